// Once on each phone: what it is for, five words on paper, and the first fetching.

import { fill, notice, say, screen } from "./page.js";
import { begin, beginWithPasskey, makeWords, passkeyOffered } from "./vault.js";

const section = screen("set-up");
const steps = [...section.querySelectorAll("[data-step]")];
const check = section.querySelector("form[data-step=check]");

let words = [];
let asked = [];

// In a tab Safari throws away after a week what a site keeps; on the home screen it does not.
const inATabOfSafari = () => {
  const apple = /iP(hone|ad|od)/.test(navigator.userAgent) || (/Mac/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);
  return apple && !matchMedia("(display-mode: standalone)").matches && !navigator.standalone;
};

export async function drawSetUp() {
  go(inATabOfSafari() ? "install" : "explain");
  section.querySelector("[data-passkey]").hidden = !(await passkeyOffered());
}

export function beginSetUp(book) {
  const on = (name, work) => section.querySelector(name).addEventListener("click", work);
  on("[data-begin]", () => propose());
  on("[data-others]", () => propose());
  on("[data-written]", () => ask());
  on("[data-back]", () => go("words"));
  on("[data-again]", () => fetchAll(book));
  on("[data-passkey]", async () => {
    try {
      await book.began(await beginWithPasskey(book.store.database));
    } catch {
      notice(say("no_passkey"));
      return;
    }
    await fetchAll(book);
  });
  check.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = [...check.elements.word].map((field) => field.value.trim().toLowerCase());
    if (said.some((word, place) => word !== words[asked[place]])) {
      fill(check, { wrong: say("wrong_words") });
      check.elements.word[0].focus();
      return;
    }
    fill(check, { wrong: "" });
    await book.began(await begin(book.store.database, words.join(" ")));
    words = [];
    section.querySelector("[data-words]").replaceChildren();
    await fetchAll(book);
  });
}

function go(step) {
  steps.forEach((each) => (each.hidden = each.dataset.step !== step));
  section.querySelector(`[data-step="${step}"] [tabindex]`)?.focus();
}

function propose() {
  words = makeWords().split(" ");
  const lines = words.map((word) => Object.assign(document.createElement("li"), { textContent: word }));
  section.querySelector("[data-words]").replaceChildren(...lines);
  go("words");
}

// Two of them, in the order in which they stand.
function ask() {
  const places = words.map((_word, place) => place);
  const [one] = crypto.getRandomValues(new Uint32Array(1));
  const first = places.splice(one % places.length, 1)[0];
  const [two] = crypto.getRandomValues(new Uint32Array(1));
  asked = [first, places[two % places.length]].sort((a, b) => a - b);
  check.reset();
  fill(check, {
    "ask-1": say("ask_word", { number: asked[0] + 1 }),
    "ask-2": say("ask_word", { number: asked[1] + 1 }),
    wrong: "",
  });
  go("check");
}

async function fetchAll(book) {
  go("fetch");
  const again = section.querySelector("[data-again]");
  const logIn = section.querySelector("[data-log-in]");
  again.hidden = logIn.hidden = true;
  fill(section, { fault: "" });
  const counted = () => fill(section, { fetched: say("fetched", { count: book.store.rows("person").length }) });
  book.store.addEventListener("change", counted);
  await book.sync.now();
  book.store.removeEventListener("change", counted);
  if (book.me) {
    const lasting = await navigator.storage?.persist?.();
    book.go("today");
    if (lasting === false) {
      notice(say("not_persistent"));
    }
    return;
  }
  logIn.hidden = book.sync.state !== "log_in";
  again.hidden = !logIn.hidden;
  fill(section, { fault: say(book.sync.state === "idle" ? "failed" : book.sync.state) });
}
