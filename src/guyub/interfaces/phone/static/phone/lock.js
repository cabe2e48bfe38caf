// Between two uses the pocket book is locked: the words or the passkey open it.

import { fill, say, screen } from "./page.js";
import { unlock, unlockWithPasskey, WrongWords } from "./vault.js";

const section = screen("lock");
const form = section.querySelector("[data-with-words]");
const field = form.elements.words;

let counting = 0;

export function beginLock(book) {
  section.querySelector("[data-show]").addEventListener("change", (event) => {
    field.type = event.target.checked ? "text" : "password";
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(book, () => unlock(book.store.database, field.value));
  });
  section.querySelector("[data-with-passkey]").addEventListener("click", () => {
    attempt(book, () => unlockWithPasskey(book.store.database));
  });
}

export async function drawLock(book) {
  const { ways, left, waitUntil } = await book.vaultState();
  const count = await book.store.waitingCount();
  fill(section, { held: count ? say("held", { count }) : "", fault: "" });
  form.hidden = !ways.includes("words");
  section.querySelector("[data-with-passkey]").hidden = !ways.includes("passkey");
  field.value = "";
  if (waitUntil > Date.now()) {
    refused(left, waitUntil);
  }
}

async function attempt(book, work) {
  fill(section, { fault: "" });
  form.setAttribute("aria-busy", "true");
  try {
    const vault = await work();
    field.value = "";
    await book.opened(vault);
  } catch (fault) {
    if (!(fault instanceof WrongWords)) {
      fill(section, { fault: say(fault?.name === "NotAllowedError" ? "passkey" : "fault") });
    } else if (fault.left > 0) {
      refused(fault.left, fault.waitUntil);
    } else {
      await book.emptied(say("wiped"));
    }
  } finally {
    form.removeAttribute("aria-busy");
  }
}

// Tries that are left, and the time that has to pass; both stand in the store, so that a new page
// changes nothing about them.
function refused(left, waitUntil) {
  clearInterval(counting);
  const button = form.querySelector("[type=submit]");
  const shown = () => {
    const seconds = Math.ceil((waitUntil - Date.now()) / 1000);
    const wait = seconds > 0 ? ` ${say("wait", { count: seconds })}` : "";
    fill(section, { fault: say("wrong", { count: left }) + wait });
    button.disabled = seconds > 0;
    if (seconds <= 0) {
      clearInterval(counting);
      field.focus();
    }
  };
  field.value = "";
  shown();
  counting = setInterval(shown, 1000);
}

// Emptying by hand: told what would be lost, and only after somebody said that they know.
export function mayBeEmptied(book, root) {
  const sure = root.querySelector("[data-sure]");
  const button = root.querySelector("[data-wipe]");
  sure.addEventListener("change", () => (button.disabled = !sure.checked));
  button.addEventListener("click", async () => {
    sure.checked = false;
    button.disabled = true;
    await book.empty(say("emptied"));
  });
}

export async function sayWhatIsLost(book, root) {
  const count = await book.store.waitingCount();
  fill(root, { lost: count ? say("lost", { count }) : say("nothing_lost") });
}
