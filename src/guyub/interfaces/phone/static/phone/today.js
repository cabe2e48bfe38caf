// Whom to meet today and why, which promises are due, and what comes next.

import { meetCard, promiseCard, refuses, sentence } from "./cards.js";
import { meetingLine } from "./meeting.js";
import { daysSince, dayIn, fill, list, say, screen, shownDay, timeOfDay, today } from "./page.js";

// As far ahead as the page of the server looks.
const AHEAD = 14;

export function drawToday(book) {
  const section = screen("today");
  const day = today();
  const visits = book.store.rows("visit").sort((a, b) => (a.due_on < b.due_on ? -1 : 1));
  const due = visits.filter((visit) => visit.due_on <= day);
  const ahead = visits.filter((visit) => visit.due_on > day && visit.due_on <= dayIn(AHEAD));
  const promises = book.store
    .rows("promise")
    .filter((promise) => !promise.outcome && promise.due_on && promise.due_on <= day)
    .sort((a, b) => (a.due_on < b.due_on ? -1 : 1));
  const meet = [...due.map((visit) => ofAVisit(book, visit, promises)), ...ofPromises(book, promises, due)];
  fill(section, {
    date: shownDay(day, { weekday: "long", day: "numeric", month: "long" }),
    greeting: `${say(timeOfDay())}, ${book.me.name}`,
    count: meet.length ? say("people", { count: meet.length }) : "",
  });
  list(section, "meet", meet);
  section.querySelector("[data-empty=meet]").hidden = meet.length > 0;
  const meetings = book.store.rows("meeting").sort((a, b) => (when(a) < when(b) ? -1 : 1));
  list(section, "meetings", meetings.map((meeting) => meetingLine(book, meeting)));
  list(section, "promises", promises.map((promise) => promiseCard(book, promise)));
  list(section, "next", ahead.map((visit) => ofAVisit(book, visit, [])));
}

function ofAVisit(book, visit, promises) {
  const day = shownDay(visit.due_on);
  const owed = promises.filter((promise) => promise.person === visit.person && !promise.by_worker);
  return meetCard(book, {
    person: visit.person,
    visit,
    badge: visit.put_off ? say("put_off", { day }) : day,
    tone: daysSince(visit.due_on) > 0 ? "overdue" : "",
    why: [sentence(visit.why), sentence(owed.map(said))].filter(Boolean).join(" "),
  });
}

// Whoever promised something that is due is met as well: a word given comes first.
function ofPromises(book, promises, visits) {
  const planned = new Set(visits.map((visit) => visit.person));
  const owed = promises.filter(
    ({ by_worker, person }) => !by_worker && !planned.has(person) && !refuses(book, person),
  );
  const people = [...new Set(owed.map((promise) => promise.person))];
  return people.map((person) =>
    meetCard(book, {
      person,
      badge: say("promise"),
      tone: "",
      why: sentence(owed.filter((promise) => promise.person === person).map(said)),
    }),
  );
}

const when = (meeting) => `${meeting.planned_on} ${meeting.begins_at ?? ""}`;
const said = (promise) => say("promised", { what: promise.what });
