// What may be left out and was chosen by mistake goes with another tap, or with the key that deletes.
// It speaks of the radio buttons within [data-optional]; `changed` is called after one was taken back.

export function mayBeTakenBack(root, changed) {
  let chosenBefore = null;
  const takeBack = (radio) => {
    radio.checked = false;
    chosenBefore = null;
    changed();
  };
  root.addEventListener("pointerdown", (event) => {
    const label = event.target.closest("[data-optional] label");
    chosenBefore = label?.querySelector("[type=radio]:checked");
  });
  root.addEventListener("click", (event) => {
    if (event.target === chosenBefore) {
      takeBack(event.target);
    }
  });
  root.addEventListener("keydown", (event) => {
    const chosen = event.target.matches("[data-optional] [type=radio]:checked");
    if (chosen && (event.key === "Delete" || event.key === "Backspace")) {
      event.preventDefault();
      takeBack(event.target);
    }
  });
}
