// The key n opens the page for noting a conversation, but not while somebody types.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
  if (event.key !== "n" || event.ctrlKey || event.metaKey || event.altKey || typing) {
    return;
  }
  event.preventDefault();
  document.querySelector("[data-key=n]")?.click();
});
