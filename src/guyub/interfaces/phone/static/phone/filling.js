// What all forms that are filled in here share: loading answers, saying what is wrong, and handing over.

import { fill, notice, say, word } from "./page.js";

// Where what was begun goes on: the screen that asks it, and about whom.
export function placeOf(context) {
  const address = context.replaceAll(" ", "/");
  return context.startsWith("ask ") ? address : `note/${address}`;
}

// What the server refused, or what still waits, opened once more.
export async function openAgain(book, entry, waits) {
  const { form } = entry.submission;
  const context = `${form === "conversation" ? "" : `ask ${form} `}again ${entry.entry}`;
  const key = crypto.randomUUID();
  const replaces = { entry: entry.entry, waits };
  const draft = { context, key, replaces, answers: entry.submission.answers, what: entry.words.title };
  await book.store.keepDraft({ ...draft, at: Date.now() });
  book.go(placeOf(context));
}

// Takes away what stands ticked from the start, so that only what was answered is.
export function untick(form) {
  for (const box of form.querySelectorAll("input:is([type=radio], [type=checkbox])[name]:enabled")) {
    box.checked = false;
  }
}

export function answer(form, answers) {
  for (const [name, values] of Object.entries(answers)) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]:enabled`)) {
      if (field.type === "radio" || field.type === "checkbox") {
        field.checked = values.includes(field.value) || (field.value === "on" && values.length > 0);
      } else {
        field.value = values[0];
      }
    }
  }
}

// What the fields themselves cannot take: nothing where something is asked, or a number without end.
export function unreadable(form) {
  const wrong = [...form.elements].filter((field) => field.name && !field.validity.valid);
  return Object.fromEntries(wrong.map(({ name, validity }) => [name, word("faults", fault(validity))]));
}

const fault = ({ tooLong, valueMissing }) => (tooLong ? "too_long" : valueMissing ? "missing" : "whole_number");

// As a new entry; or in the place of one that waits, unless that was sent meanwhile. What was refused goes
// as soon as its better form is kept.
export async function handedOver(book, replaces, content, words, effects) {
  if (!replaces?.waits) {
    await book.keep(content, words, effects);
    await (replaces && book.throwAway(replaces.entry));
  } else if (!(await book.change(replaces.entry, content, words, effects))) {
    notice(say("sent_already"));
  }
}

export function unmark(form) {
  form.querySelectorAll("[data-fault]").forEach((each) => each.remove());
  form.querySelectorAll("[aria-invalid]").forEach((each) => each.removeAttribute("aria-invalid"));
  fill(form, { fault: "" });
}

// Says what is wrong where it is wrong, and goes to the first of it.
export function mark(form, faults, picker = () => null) {
  fill(form, { fault: word("faults", "marked") });
  const places = Object.entries(faults).map(([name, sentence]) => {
    const field = form.querySelector(`[name="${name}"]`);
    const place = picker(name) || (field.closest("fieldset") ?? field.parentElement);
    const said = Object.assign(document.createElement("p"), { className: "field-error", id: `fault-${name}` });
    said.dataset.fault = name;
    said.textContent = sentence;
    place.append(said);
    const target = picker(name) ? place.querySelector("[type=search]") : field;
    target.setAttribute("aria-invalid", "true");
    target.setAttribute("aria-describedby", said.id);
    for (let part = place.closest("details"); part; part = part.parentElement.closest("details")) {
      part.open = true;
    }
    return target;
  });
  places[0].focus();
}
