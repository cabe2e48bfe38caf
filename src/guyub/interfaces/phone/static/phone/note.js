// A conversation noted on the phone: the server's form, kept here as it was filled in until a signal takes
// it along.
// What is being typed is kept at each keystroke, sealed as everything else.

import { mayBeTakenBack } from "../frame/take-back.js";
import { answer, handedOver, mark, placeOf, unmark, unreadable, untick } from "./filling.js";
import { dayIn, fill, notice, say, screen, shownTime, timeOfDay, today } from "./page.js";
import { chosenIn, clear, draw, listen, picker } from "./picker.js";
import { answersOf, faultsOf, namesIn, shownOf, submissionOf } from "./submissions.js";

const section = screen("note");
const PICKERS = [...section.querySelectorAll("[data-picker]")].map((each) => each.dataset.picker);
const form = section.querySelector("form");
const kept = section.querySelector("[data-kept]");

// What is open: where its draft lies, and the entry that it was before, if it was one.
let open = null;
let writing = Promise.resolve();

export function beginNotes(book) {
  PICKERS.forEach((name) => listen(book, name));
  form.addEventListener("input", () => keepDraft(book));
  form.addEventListener("change", () => keepDraft(book));
  mayBeTakenBack(form, () => keepDraft(book));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save(book);
  });
}

// An empty form, or what was begun with the same people before.
export async function openNote(book, person = "", visit = "") {
  const context = [person, visit].join(" ").trim();
  if (open?.context === context && !open.done) {
    return;
  }
  const drafts = await book.store.drafts();
  const draft = drafts.find((each) => each.context === context);
  if (person === "again" && !draft) {
    book.go("waiting");
    return;
  }
  begin(book, { context, key: draft?.key ?? crypto.randomUUID(), replaces: draft?.replaces ?? null });
  if (draft) {
    load(book, draft.answers);
  } else {
    form.elements.visit.value = visit;
    draw(book, "people", person ? [person] : []);
  }
  kept.hidden = !draft;
  offer(book, drafts.filter((each) => each.context !== context));
}

export function closeNote() {
  open = null;
  form.reset();
  section.querySelectorAll("[data-list]").forEach((each) => each.replaceChildren());
  section.querySelector("[data-drafts]").replaceChildren();
}

function begin(book, what) {
  open = what;
  form.reset();
  unmark(form);
  form.querySelectorAll("details").forEach((each) => (each.open = false));
  form.elements.key.value = what.key;
  PICKERS.forEach((name) => clear(book, name));
  days();
  places(book);
}

// Days are said by date, so that they stay true; the page itself may be weeks old.
function days() {
  const now = timeOfDay();
  const times = { now: `${today()} ${now}`, morning: `${today()} morning`, yesterday: dayIn(-1) };
  for (const radio of form.querySelectorAll("[name=when]")) {
    radio.dataset.time ??= radio.value;
    radio.value = times[radio.dataset.time];
    radio.disabled = radio.dataset.time === "morning" && now === "morning";
    radio.closest("label").hidden = radio.disabled;
  }
  for (const radio of form.querySelectorAll("[name^=soon_]")) {
    radio.dataset.days ??= radio.value;
    radio.value = dayIn(Number(radio.dataset.days));
  }
}

function places(book) {
  const select = form.elements.new_place;
  const rows = book.store.rows("place");
  select.replaceChildren(...rows.map((place) => new Option(place.name, place.id, false, place.id === book.home)));
  form.querySelector("[data-places]").hidden = rows.length < 2;
}

function load(book, answers) {
  const given = new Map(Object.entries(answers));
  untick(form);
  PICKERS.forEach((name) => draw(book, name, given.get(name) ?? []));
  answer(form, answers);
  tappedBefore(given);
  for (const part of form.querySelectorAll("details")) {
    part.open = [...part.querySelectorAll("[name]")].some(answered);
  }
}

// A day that was tapped when the draft was begun is written out where it is none to tap now.
function tappedBefore(given) {
  const [said] = given.get("when") ?? [];
  if (said && !form.querySelector("[name=when]:checked")) {
    form.elements.day.value ||= said.split(" ")[0];
  }
  for (const each of [1, 2, 3]) {
    const [soon] = given.get(`soon_${each}`) ?? [];
    if (soon && !form.querySelector(`[name=soon_${each}]:checked`)) {
      form.elements[`due_${each}`].value ||= soon;
    }
  }
}

function answered(field) {
  if (field.type === "checkbox" || field.type === "radio") {
    return field.checked && !field.defaultChecked;
  }
  return field.tagName === "SELECT" ? field.selectedIndex > 0 : Boolean(field.value);
}

// One after the other: what is typed while a draft is written goes into the next one.
function keepDraft(book) {
  const mine = open;
  writing = writing.then(async () => {
    if (mine && mine === open && !mine.done) {
      await book.store.keepDraft({ ...mine, answers: answersOf(form), what: names(book).join(", "), at: Date.now() });
      kept.hidden = false;
    }
  });
  return writing.catch(() => notice(say("fault")));
}

const names = (book) => [
  ...chosenIn("people").map((id) => book.nameOf(id)),
  ...namesIn([form.elements.new_names.value]),
];

function offer(book, drafts) {
  const shown = drafts.map((draft) => {
    const element = document.getElementById("draw-notice").content.cloneNode(true).firstElementChild;
    const what = [draft.what, shownTime(draft.at)].filter(Boolean).join(", ");
    fill(element, { text: `${say("drafted")} ${what}` });
    const go = element.querySelector("[data-do]");
    const drop = go.cloneNode();
    go.hidden = drop.hidden = false;
    go.textContent = say("go_on");
    drop.textContent = say("throw_away");
    go.addEventListener("click", () => book.go(placeOf(draft.context)));
    drop.addEventListener("click", async () => {
      await book.store.throwDraft(draft.context);
      element.remove();
    });
    go.after(drop);
    return element;
  });
  section.querySelector("[data-drafts]").replaceChildren(...shown);
}

async function save(book) {
  const mine = open;
  const submission = submissionOf("conversation", answersOf(form), mine?.key);
  const faults = { ...faultsOf(submission), ...unreadable(form) };
  unmark(form);
  if (Object.keys(faults).length) {
    mark(form, faults, (name) => PICKERS.includes(name) && picker(name));
    return;
  }
  if (!mine || mine.done) {
    return;
  }
  mine.done = true;
  const { people = [], visit = [], others = [] } = submission.answers;
  const planned = book.store.row("visit", visit[0]);
  try {
    const { text, effects, names: called } = await shownOf(book, submission);
    const counted = others.map((count) => say("others", { count: Number(count) }));
    const words = { title: say("noted", { names: [...called, ...counted].join(", ") }), text };
    await writing;
    await handedOver(book, mine.replaces, { submission }, words, effects);
    await book.store.throwDraft(mine.context);
  } catch {
    // Nothing is lost: the draft is still there.
    mine.done = false;
    notice(say("fault"));
    return;
  }
  const wasVisit = planned && people.includes(planned.person);
  book.go(mine.context && people.length && !wasVisit && !mine.replaces ? `person/${people[0]}` : "today");
}
