// Who comes to a meeting, noted at the door by taps. What was tapped and not sent yet is one entry
// that grows; each entry says by itself that the meeting is held, so that none waits for another.

import { drawn, fill, list, notice, say, screen, shownDay, today, word } from "./page.js";
import { find } from "./people.js";

// Others than those who are expected, as many as where a conversation is noted.
const OTHERS = 6;

const section = screen("meeting");
const search = section.querySelector("[type=search]");
const newcomer = section.querySelector("form");

let shownMeeting = null;
// One tap after the other: what the second adds to is what the first has kept.
let turn = Promise.resolve();

export function beginMeetings(book) {
  search.addEventListener("input", () => drawDoor(book, shownMeeting));
  section.querySelector("[data-begin-meeting]").addEventListener("click", () => inTurn(() => arrived(book, [])));
  newcomer.addEventListener("submit", (event) => {
    event.preventDefault();
    const name = newcomer.elements.name.value.trim();
    if (name) {
      newcomer.reset();
      inTurn(() => addSomebody(book, name));
    }
  });
}

export function drawMeeting(book, id) {
  if (id !== shownMeeting) {
    search.value = "";
    newcomer.reset();
  }
  shownMeeting = id;
  const meeting = book.store.row("meeting", id);
  fill(section, {
    title: meeting?.title ?? say("no_meeting"),
    when: meeting && [shownDay(meeting.planned_on, { weekday: "long", day: "numeric", month: "long" }), at(meeting)].filter(Boolean).join(", "),
  });
  section.querySelector("[data-begin-meeting]").hidden = !meeting || held(book, meeting) || meeting.planned_on > today();
  section.querySelector("[data-door]").hidden = !meeting;
  if (meeting) {
    drawDoor(book, id);
  }
}

export function meetingLine(book, meeting) {
  const here = held(book, meeting) ? say("here", { count: cameTo(book, meeting).size }) : "";
  const shown = drawn("gathering", {
    title: meeting.title,
    more: [word("kinds", meeting.kind), shownDay(meeting.planned_on), at(meeting), here].filter(Boolean).join(", "),
  });
  shown.href = `#meeting/${meeting.id}`;
  return shown;
}

const at = ({ begins_at, venue }) => [begins_at?.slice(0, 5).replace(":", "."), venue].filter(Boolean).join(", ");

const held = (book, meeting) => meeting.state === "held" || Boolean(book.store.row("begun", meeting.id));

// Who is there, by all that is known here: what the server said, and what was tapped since.
function cameTo(book, meeting) {
  const tapped = book.store.rows("arrival").filter((each) => each.meeting === meeting.id);
  return new Set([...meeting.came, ...tapped.map((each) => each.person)]);
}

function drawDoor(book, id) {
  const meeting = book.store.row("meeting", id);
  const open = held(book, meeting);
  const came = cameTo(book, meeting);
  const listed = new Set([...meeting.invited, ...came]);
  const sought = open ? search.value.trim() : "";
  const others = sought ? find(book.store, sought).filter((row) => !listed.has(row.id)) : [];
  const focused = section.contains(document.activeElement) ? document.activeElement.dataset.person : null;
  fill(section, {
    who: say(open ? "who_came" : "who_is_expected"),
    count: open ? say("came", { came: came.size, invited: meeting.invited.length }) : say("people", { count: listed.size }),
  });
  section.querySelector("[data-others]").hidden = !open;
  section.querySelector("[data-nobody]").hidden = !sought || others.length > 0;
  list(section, "found", others.slice(0, OTHERS).map((row) => line(book, row.id, false, open)));
  const people = [...listed].sort((one, other) => book.nameOf(one).localeCompare(book.nameOf(other)));
  list(section, "door", people.map((person) => line(book, person, came.has(person), open)));
  section.querySelector("[data-empty=door]").hidden = people.length > 0;
  // The button that had the focus is another one now.
  section.querySelector(`[data-person="${focused}"]`)?.focus({ preventScroll: true });
}

function line(book, person, here, open) {
  const name = book.nameOf(person);
  const shown = drawn("arrival", { name, more: book.placeOf(person), whom: `: ${name}` });
  const button = shown.querySelector("button");
  button.hidden = !open;
  button.dataset.person = person;
  button.setAttribute("aria-pressed", here);
  button.classList.add(...(here ? ["btn-primary"] : ["btn-soft"]));
  button.querySelector("svg").toggleAttribute("hidden", !here);
  button.addEventListener("click", () => inTurn(() => (here ? takeBack(book, person) : arrived(book, [person]))));
  return shown;
}

function inTurn(work) {
  turn = turn.then(work).catch(() => notice(say("fault")));
}

const arrivals = ({ deeds }, meeting) =>
  deeds
    .filter((deed) => deed.action === "listen.check_in" && deed.data.meeting === meeting)
    .flatMap((deed) => deed.data.arrivals.map((each) => each.person));

const growing = (book, id) => book.store.waiting().find((each) => each.words.meeting === id && !each.sending);

function arrived(book, people) {
  const id = shownMeeting;
  const entry = growing(book, id);
  const before = entry ? arrivals(entry, id) : [];
  return noted(book, id, entry, [...new Set([...before, ...people])]);
}

// What was tapped by mistake, as long as the server does not know of it.
async function takeBack(book, person) {
  const id = shownMeeting;
  const entry = book.store.waiting().find((each) => arrivals(each, id).includes(person));
  if (!entry || entry.sending) {
    notice(say("sent_already"));
  } else if (entry.words.meeting) {
    await noted(book, id, entry, arrivals(entry, id).filter((each) => each !== person));
  } else {
    await book.throwAway(entry.entry);
  }
}

function noted(book, id, entry, people) {
  const title = book.store.row("meeting", id)?.title ?? "";
  const words = { title: say("at_meeting", { title }), text: people.map((each) => book.nameOf(each)).join(", "), meeting: id };
  const deeds = doorDeeds(id, people);
  const effects = doorEffects(id, people);
  return entry ? book.change(entry.entry, deeds, words, effects) : book.keepQuietly(deeds, words, effects);
}

function addSomebody(book, name) {
  const id = shownMeeting;
  const person = { id: crypto.randomUUID(), name, community: book.home };
  const title = book.store.row("meeting", id)?.title ?? "";
  const add = { key: crypto.randomUUID(), action: "listen.add_person", data: person };
  const row = { alias: "", occupation: "", groups: "", phone: "", ...person };
  const effects = [{ kind: "person", id: person.id, data: row }, ...doorEffects(id, [person.id])];
  const words = { title: say("at_meeting", { title }), text: say("new_person", { name }) };
  return book.keepQuietly([add, ...doorDeeds(id, [person.id])], words, effects);
}

function doorDeeds(meeting, people) {
  const deed = (action, data) => ({ key: crypto.randomUUID(), action, data: { meeting, ...data } });
  const came = people.length ? [deed("listen.check_in", { arrivals: people.map((person) => ({ person })) })] : [];
  return [deed("listen.hold_meeting", {}), ...came];
}

const doorEffects = (meeting, people) => [
  { kind: "begun", id: meeting, data: { id: meeting } },
  ...people.map((person) => ({ kind: "arrival", id: `${meeting} ${person}`, data: { meeting, person } })),
];
