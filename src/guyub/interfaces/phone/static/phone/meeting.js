// Who comes to a meeting, noted at the door by taps. What was tapped and not sent yet is one entry
// that grows; each entry says by itself that the meeting is held, so that none waits for another.

import { drawn, fill, list, notice, say, screen, shownDay, today, word } from "./page.js";
import { find } from "./people.js";
import { shownOf, submissionOf } from "./submissions.js";

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
      inTurn(() => noted(book, null, { newcomer: name }));
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

// Whom an entry says to have come to a meeting.
const arrivals = ({ submission }, meeting) =>
  submission?.form === "check_in" && submission.answers.meeting[0] === meeting ? (submission.answers.people ?? []) : [];

const growing = (book, id) => book.store.waiting().find((each) => each.words.meeting === id && !each.sending);

function arrived(book, people) {
  const entry = growing(book, shownMeeting);
  const before = entry ? arrivals(entry, shownMeeting) : [];
  return noted(book, entry, { people: [...new Set([...before, ...people])] });
}

// What was tapped by mistake, as long as the server does not know of it.
async function takeBack(book, person) {
  const id = shownMeeting;
  const shows = ({ effects = [] }) => effects.some((each) => each.kind === "arrival" && each.data.person === person);
  const entry = book.store.entries.find((each) => shows(each) && each.submission?.answers.meeting[0] === id);
  if (!entry || entry.sending) {
    notice(say("sent_already"));
  } else if (entry.words.meeting) {
    await noted(book, entry, { people: arrivals(entry, id).filter((each) => each !== person) });
  } else {
    await book.throwAway(entry.entry);
  }
}

// entry: the one that is to say this from now on. It grows with each tap until it is sent.
async function noted(book, entry, { people = [], newcomer: name = "" }) {
  const id = shownMeeting;
  const answers = { meeting: [id], ...(people.length && { people }), ...(name && { new_names: [name] }) };
  const submission = submissionOf("check_in", answers, entry?.submission.key);
  const { effects, names } = await shownOf(book, submission);
  const title = say("at_meeting", { title: book.store.row("meeting", id)?.title ?? "" });
  const words = name ? { title, text: say("new_person", { name }) } : { title, text: names.join(", "), meeting: id };
  return entry
    ? book.change(entry.entry, { submission }, words, effects)
    : book.keepQuietly({ submission }, words, effects);
}
