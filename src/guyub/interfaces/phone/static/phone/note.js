// A conversation noted on the phone: the server's form, kept here as it was filled in until a signal takes
// it along.
// What is being typed is kept at each keystroke, sealed as everything else.

import { mayBeTakenBack } from "../frame/take-back.js";
import { dayIn, fill, notice, say, screen, shownTime, timeOfDay, today, word } from "./page.js";
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
    answer(book, draft.answers);
  } else {
    form.elements.visit.value = visit;
    draw(book, "people", person ? [person] : []);
  }
  kept.hidden = !draft;
  offer(book, drafts.filter((each) => each.context !== context));
}

// What the server refused, or what still waits, opened once more.
export async function openAgain(book, entry, waits) {
  const context = `again ${entry.entry}`;
  const key = crypto.randomUUID();
  const replaces = { entry: entry.entry, waits };
  const draft = { context, key, replaces, answers: entry.submission.answers, what: entry.words.title };
  await book.store.keepDraft({ ...draft, at: Date.now() });
  book.go(`note/again/${entry.entry}`);
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
  unmark();
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

function answer(book, answers) {
  const given = new Map(Object.entries(answers));
  for (const box of form.querySelectorAll("input:is([type=radio], [type=checkbox])[name]:enabled")) {
    box.checked = false;
  }
  PICKERS.forEach((name) => draw(book, name, given.get(name) ?? []));
  for (const [name, values] of given) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]:enabled`)) {
      if (field.type === "radio" || field.type === "checkbox") {
        field.checked = values.includes(field.value) || (field.value === "on" && values.length > 0);
      } else {
        field.value = values[0];
      }
    }
  }
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
    go.addEventListener("click", () => book.go(`note/${draft.context.replaceAll(" ", "/")}`));
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
  const faults = { ...faultsOf(submission), ...unreadable() };
  unmark();
  if (Object.keys(faults).length) {
    mark(faults);
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

// What the fields themselves cannot take, such as a number without end.
function unreadable() {
  const wrong = [...form.elements].filter((field) => field.name && !field.validity.valid);
  return Object.fromEntries(
    wrong.map(({ name, validity }) => [name, word("faults", validity.tooLong ? "too_long" : "whole_number")]),
  );
}

// As a new entry; or in the place of one that waits, unless that was sent meanwhile. What was refused goes
// as soon as its better form is kept.
async function handedOver(book, replaces, content, words, effects) {
  if (!replaces?.waits) {
    await book.keep(content, words, effects);
    await (replaces && book.throwAway(replaces.entry));
  } else if (!(await book.change(replaces.entry, content, words, effects))) {
    notice(say("sent_already"));
  }
}

function unmark() {
  form.querySelectorAll("[data-fault]").forEach((each) => each.remove());
  form.querySelectorAll("[aria-invalid]").forEach((each) => each.removeAttribute("aria-invalid"));
  fill(form, { fault: "" });
}

// Says what is wrong where it is wrong, and goes to the first of it.
function mark(faults) {
  fill(form, { fault: word("faults", "marked") });
  const places = Object.entries(faults).map(([name, sentence]) => {
    const field = form.querySelector(`[name="${name}"]`);
    const place = PICKERS.includes(name) ? picker(name) : (field.closest("fieldset") ?? field.parentElement);
    const said = Object.assign(document.createElement("p"), { className: "field-error", id: `fault-${name}` });
    said.dataset.fault = name;
    said.textContent = sentence;
    place.append(said);
    const target = PICKERS.includes(name) ? place.querySelector("[type=search]") : field;
    target.setAttribute("aria-invalid", "true");
    target.setAttribute("aria-describedby", said.id);
    for (let part = place.closest("details"); part; part = part.parentElement.closest("details")) {
      part.open = true;
    }
    return target;
  });
  places[0].focus();
}
