// Somebody, as far as this phone holds them: how to reach them, promises, visits, encounters, ties.

import { meetCard, promiseCard, sentence } from "./cards.js";
import { drawn, fill, list, reach, say, screen, shownDay, word } from "./page.js";

export function drawPerson(book, id) {
  const section = screen("person");
  const { store } = book;
  const row = store.row("person", id);
  const details = [book.placeOf(id), ...(row?.in_brief ?? [])].filter(Boolean).join(", ");
  fill(section, { name: book.nameOf(id), more: details, phone: row?.phone });
  section.querySelector("[data-note]").href = `#note/${id}`;
  section.querySelectorAll("[data-ask]").forEach((link) => (link.href = `#ask/${link.dataset.ask}/${id}`));
  reach(section, row?.phone);
  const promises = store.rows("promise").filter((each) => each.person === id);
  const visits = store.rows("visit").filter((each) => each.person === id);
  const encounters = store
    .rows("encounter")
    .filter((each) => each.people.includes(id))
    .sort((a, b) => (a.held_on < b.held_on ? 1 : -1));
  const ties = store.rows("tie").filter((each) => [each.from_person, each.to_person].includes(id));
  list(section, "promises-of", promises.map((each) => promiseCard(book, each)));
  list(section, "visits-of", visits.map((each) => ofAVisit(book, each)));
  list(section, "encounters-of", encounters.map(ofAnEncounter));
  list(section, "ties-of", ties.map((each) => ofATie(book, each, id)));
  const found = promises.length + visits.length + encounters.length + ties.length;
  section.querySelector("[data-empty=person]").hidden = found > 0;
}

function ofAVisit(book, visit) {
  const day = shownDay(visit.due_on);
  const badge = visit.put_off ? say("put_off", { day }) : day;
  return meetCard(book, { person: visit.person, visit, badge, tone: "", why: sentence(visit.why) });
}

function ofAnEncounter(each) {
  const style = each.month_only ? { month: "long", year: "numeric" } : undefined;
  const by = each.noted_by ? say("noted_by", { name: each.noted_by }) : "";
  return drawn("line", {
    title: [word("kinds", each.kind), each.place].filter(Boolean).join(", "),
    text: each.summary,
    when: [shownDay(each.held_on, style), by].filter(Boolean).join(", "),
  });
}

function ofATie(book, tie, id) {
  const other = tie.from_person === id ? tie.to_person : tie.from_person;
  const shown = `${word("ties", tie.kind)}: ${book.nameOf(other)}`;
  return drawn("line", { title: shown, text: "", when: tie.reported_on ? shownDay(tie.reported_on) : "" });
}
