// On a slow phone letters are typed before the page can listen: searched for as soon as it does.
// htmx looks at the page when this event comes, too, and it was here first.
document.addEventListener("DOMContentLoaded", () => {
  for (const box of document.querySelectorAll("input[type=search]")) {
    if (box.value !== box.defaultValue) {
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
});
