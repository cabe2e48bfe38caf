// Somebody to meet and a promise to settle, drawn wherever they stand, and what one tap notes.

import { dayIn, daysSince, drawn, fill, reach, say, shownDay, today, word } from "./page.js";
import { shownOf, submissionOf } from "./submissions.js";

// Reasons as one sentence.
export function sentence(reasons) {
  const text = reasons.filter(Boolean).join("; ");
  return text && `${text[0].toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
}

export function meetCard(book, { person, badge, tone, why, visit = null }) {
  const name = book.nameOf(person);
  const shown = drawn("meet", {
    name,
    badge,
    place: book.placeOf(person),
    why,
    whom: `: ${name}`,
    about: say("more_about", { name }),
  });
  shown.setAttribute("aria-label", name);
  if (tone) {
    shown.classList.add(`visit-${tone}`);
  }
  shown.querySelector("[data-person]").href = `#person/${person}`;
  shown.querySelector("[data-note]").href = visit ? `#note/${person}/${visit.id}` : `#note/${person}`;
  reach(shown, book.store.row("person", person)?.phone);
  const more = shown.querySelector("[data-more]");
  if (!visit) {
    more.remove();
    return shown;
  }
  shown.querySelector("[data-met]").addEventListener("click", () => met(book, visit));
  shown.querySelector("[data-later]").addEventListener("click", () => {
    const day = dayIn(Number(shown.querySelector("select").value));
    later(book, visit, day);
  });
  const drop = () => settle(book, visit, { result: "dropped" }, say("dropped", { name }), [gone(visit)]);
  shown.querySelector("[data-dropped]").addEventListener("click", drop);
  if (refuses(book, person)) {
    shown.querySelector("[data-acts]").remove();
    fill(shown, { why: "" });
    const words = shown.querySelector("[data-refuses]");
    words.hidden = false;
    words.querySelector("button").addEventListener("click", drop);
  }
  return shown;
}

// Whether somebody said that they do not want to be visited.
export const refuses = (book, person) => Boolean(book.store.row("person", person)?.unwilling);

const gone = (visit) => ({ kind: "visit", id: visit.id, data: null });

function settle(book, visit, result, words, effects) {
  const data = { visit: visit.id, noted_on: today(), later_on: null, ...result };
  const deed = { key: crypto.randomUUID(), action: "listen.settle_visit", data };
  return book.keep({ deeds: [deed] }, words, effects);
}

// The form of a conversation, with who and when alone.
async function met(book, visit) {
  const least = { kind: ["one_on_one"], initiated_by: ["worker"], when: [today()] };
  const submission = submissionOf("conversation", { people: [visit.person], visit: [visit.id], ...least });
  const { effects } = await shownOf(book, submission);
  return book.keep({ submission }, say("met", { name: book.nameOf(visit.person) }), effects);
}

function later(book, visit, day) {
  const words = say("later", { name: book.nameOf(visit.person), day: shownDay(day) });
  const { id, version: _version, ...data } = visit;
  const effects = [{ kind: "visit", id, data: { ...data, id, due_on: day, put_off: true } }];
  return settle(book, visit, { result: "later", later_on: day }, words, effects);
}

export function promiseCard(book, promise) {
  const name = book.nameOf(promise.person);
  const late = promise.due_on ? daysSince(promise.due_on) : 0;
  const due = promise.due_on && late < 0 ? say("due", { day: shownDay(promise.due_on) }) : "";
  const badge =
    word("outcomes", promise.outcome) ||
    (late > 0 ? say("overdue", { count: late }) : due) ||
    (promise.due_on ? say("due_today") : say("promised_on", { day: shownDay(promise.made_on) }));
  const what = say(promise.by_worker ? "you_promised" : "promised", { what: promise.what });
  const shown = drawn("promise", { name, badge, what, whom: `: ${promise.what}` });
  shown.setAttribute("aria-label", `${name}: ${promise.what}`);
  shown.classList.toggle("visit-overdue", !promise.outcome && late > 0);
  shown.querySelector("[data-person]").href = `#person/${promise.person}`;
  if (promise.outcome) {
    shown.querySelector("[data-settle]").remove();
    return shown;
  }
  for (const button of shown.querySelectorAll("[data-outcome]")) {
    button.addEventListener("click", () => settlePromise(book, promise, button.dataset.outcome));
  }
  return shown;
}

function settlePromise(book, { version: _version, ...promise }, outcome) {
  const data = { promise: promise.id, outcome, noted_on: today() };
  const deed = { key: crypto.randomUUID(), action: "listen.settle_promise", data };
  const name = book.nameOf(promise.person);
  const words = say("settled", { name, outcome: word("outcomes", outcome) });
  const settled = { ...promise, outcome, settled_on: today() };
  return book.keep({ deeds: [deed] }, words, [{ kind: "promise", id: promise.id, data: settled }]);
}
