// Finding somebody by a few letters of a name, in whichever spelling; everybody is in memory.

import { drawn, fill, list, say, screen } from "./page.js";
import { searched, wordsSought } from "./spelling.js";

// More than these nobody looks through; another letter finds fewer. Our choice.
const SHOWN = 50;

let indexed = null;
let index = [];

// Everybody with what their search looks in, by name; made anew only where somebody changed.
function indexOf(store) {
  const rows = store.rows("person");
  const state = rows.map((row) => `${row.id} ${row.version}`).join();
  if (state !== indexed) {
    indexed = state;
    index = rows
      .map((row) => ({ row, text: searched(row.name, row.alias ?? "") }))
      .sort((a, b) => a.row.name.localeCompare(b.row.name));
  }
  return index;
}

export function find(store, text) {
  const sought = wordsSought(text);
  const everybody = indexOf(store);
  return everybody.filter(({ text: own }) => sought.every((each) => own.includes(each))).map(({ row }) => row);
}

export function forget() {
  indexed = null;
  index = [];
}

export function drawPeople(book) {
  const section = screen("people");
  const found = find(book.store, section.querySelector("input").value);
  const most = found.length > SHOWN ? ` ${say("most_found", { count: SHOWN })}` : "";
  const count = found.length ? say("found", { count: found.length }) + most : say("nobody");
  fill(section, { found: count });
  list(section, "people", found.slice(0, SHOWN).map((row) => line(book, row)));
}

function line(book, row) {
  const name = row.alias && row.alias !== row.name ? `${row.name} (${row.alias})` : row.name;
  const more = [book.placeOf(row.id), row.occupation].filter(Boolean).join(", ");
  const shown = drawn("person", { initial: row.name[0], name, more });
  shown.querySelector("[data-person]").href = `#person/${row.id}`;
  return shown;
}
