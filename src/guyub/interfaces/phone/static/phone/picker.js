// Choosing people by a few letters of a name, without a server to ask.

import { find } from "./people.js";
import { drawn, isoDay, say, screen, today } from "./page.js";

// As many as one looks through on a phone; who is not among them needs another letter. As online.
const OTHERS = 6;

export function picker(name) {
  return screen("note").querySelector(`[data-picker="${name}"]`);
}

export const chosenIn = (name) => [...picker(name).querySelectorAll("input[name]:checked")].map((box) => box.value);

// Chips for those who are chosen, and for those whose name is being typed.
export function draw(book, name, chosen = chosenIn(name)) {
  const field = picker(name);
  const search = field.querySelector("[type=search]");
  const text = search.value.trim();
  const known = new Set(chosen);
  field.querySelector("[data-list=chosen]").replaceChildren(...chosen.map((id) => chip(book, id, name)));
  const others = text ? find(book.store, text) : name === "people" && !chosen.length ? lately(book) : [];
  const shown = others.filter((row) => !known.has(row.id)).slice(0, OTHERS);
  const found = shown.map((row) => chip(book, row.id, ""));
  if (name === "people" && text) {
    found.push(newcomer(text));
  }
  field.querySelector("[data-list=found]").replaceChildren(...found);
  field.querySelector("[data-nobody]").hidden = !text || shown.length > 0;
  if (name === "people") {
    parts(book, chosen);
  }
}

export function clear(book, name) {
  picker(name).querySelector("[type=search]").value = "";
  draw(book, name, []);
}

// One listener for a picker: a search that is typed, somebody who is tapped.
export function listen(book, name) {
  const field = picker(name);
  field.querySelector("[type=search]").addEventListener("input", (event) => {
    event.stopPropagation();
    draw(book, name);
  });
  field.addEventListener("change", (event) => {
    const box = event.target;
    if (box.type !== "checkbox") {
      return;
    }
    if (box.dataset.newcomer) {
      addNewcomer(box.dataset.newcomer);
    }
    const chosen = chosenIn(name).filter((id) => id !== box.value || box.checked);
    if (box.checked && !box.name && !box.dataset.newcomer) {
      chosen.push(box.value);
    }
    const search = field.querySelector("[type=search]");
    search.value = "";
    draw(book, name, [...new Set(chosen)]);
    // The chip that had the focus is another one now.
    search.focus({ preventScroll: true });
  });
}

function chip(book, id, name) {
  const row = book.store.row("person", id);
  const alias = row?.alias && row.alias !== row.name ? row.alias : "";
  const more = name ? "" : [alias, book.placeOf(id), row?.occupation].filter(Boolean).join(", ");
  const shown = drawn("chip", { name: book.nameOf(id), more });
  Object.assign(shown.querySelector("input"), { name, value: id, checked: Boolean(name) });
  return shown;
}

// Whoever is met for the first time: the letters that were typed are their name.
function newcomer(text) {
  const shown = drawn("chip", { name: say("new_person", { name: text }), more: "" });
  shown.querySelector("input").dataset.newcomer = text;
  return shown;
}

function addNewcomer(text) {
  const names = screen("note").querySelector("[name=new_names]");
  names.value = [names.value.trim(), text].filter(Boolean).join(", ");
  names.closest("details").open = true;
}

// Whom one meets today and whom one met last: most conversations are with one of them.
function lately(book) {
  const due = book.store.rows("visit").filter((visit) => visit.due_on <= today());
  const month = isoDay(new Date(Date.now() - 30 * 86_400_000));
  const met = book.store
    .rows("encounter")
    .filter((each) => each.held_on >= month)
    .sort((a, b) => (a.held_on < b.held_on ? 1 : -1));
  const people = [...due.map((visit) => visit.person), ...met.flatMap((each) => each.people)];
  return [...new Set(people)].map((id) => book.store.row("person", id)).filter(Boolean);
}

// With several there: what each did, and about whom the rest of the page speaks.
function parts(book, chosen) {
  const section = screen("note").querySelector("[data-parts]");
  const answered = new FormData(screen("note").querySelector("form"));
  const rows = chosen.map((id) => {
    const name = book.nameOf(id);
    const shown = drawn("part", { name, whom: `: ${name}` });
    const select = shown.querySelector("select");
    select.name = `part_${id}`;
    select.value = answered.get(`part_${id}`) || "present";
    select.setAttribute("aria-label", say("part_of", { name }));
    Object.assign(shown.querySelector("[name=about]"), { value: id, checked: answered.get("about") === id });
    return shown;
  });
  section.hidden = rows.length < 2;
  section.querySelector("[data-list=parts]").replaceChildren(...(section.hidden ? [] : rows));
}
