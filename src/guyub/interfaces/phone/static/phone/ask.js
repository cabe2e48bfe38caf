// A short form about one person, as its declaration says: kept as it was filled in until a signal takes it
// along. What is being typed is kept at each keystroke, sealed as everything else.

import { answer, handedOver, mark, unmark, unreadable, untick } from "./filling.js";
import { fill, notice, say, screen } from "./page.js";
import { answersOf, faultsOf, shownOf, submissionOf, titleOf } from "./submissions.js";

const section = screen("ask");
const forms = [...section.querySelectorAll("form")];
const kept = section.querySelector("[data-kept]");

// What is open: the form, about whom, where its draft lies, and the entry that it was before, if it was one.
let open = null;
let writing = Promise.resolve();

export function beginAsking(book) {
  for (const form of forms) {
    form.addEventListener("input", () => keepDraft(book));
    form.addEventListener("change", () => keepDraft(book));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      save(book);
    });
  }
}

// An empty form about somebody, or what was begun before.
export async function openForm(book, name, ...about) {
  const form = forms.find((each) => each.dataset.form === name);
  const context = ["ask", name, ...about].join(" ");
  if (open?.context === context && !open.done) {
    return;
  }
  const draft = (await book.store.drafts()).find((each) => each.context === context);
  if (!form || (about[0] === "again" && !draft)) {
    book.go(form ? "waiting" : "today");
    return;
  }
  const field = form.elements[form.dataset.about];
  open = { form, context, key: draft?.key ?? crypto.randomUUID(), replaces: draft?.replaces ?? null };
  forms.forEach((each) => (each.hidden = each !== form));
  form.reset();
  unmark(form);
  field.value = about[0];
  if (draft) {
    untick(form);
    answer(form, draft.answers);
  }
  open.person = field.value;
  fill(section, { title: form.dataset.title, whom: book.nameOf(open.person) });
  kept.hidden = !draft;
}

export function closeForm() {
  open = null;
  forms.forEach((form) => form.reset());
  fill(section, { whom: "" });
}

function keepDraft(book) {
  const mine = open;
  writing = writing.then(async () => {
    if (mine && mine === open && !mine.done) {
      const { form, person, ...more } = mine;
      const what = `${form.dataset.title}: ${book.nameOf(person)}`;
      await book.store.keepDraft({ ...more, answers: answersOf(form), what, at: Date.now() });
      kept.hidden = false;
    }
  });
  return writing.catch(() => notice(say("fault")));
}

async function save(book) {
  const mine = open;
  if (!mine || mine.done) {
    return;
  }
  const submission = submissionOf(mine.form.dataset.form, answersOf(mine.form), mine.key);
  const faults = { ...faultsOf(submission), ...unreadable(mine.form) };
  unmark(mine.form);
  if (Object.keys(faults).length) {
    mark(mine.form, faults);
    return;
  }
  mine.done = true;
  try {
    const { text, effects, names } = await shownOf(book, submission);
    await writing;
    await handedOver(book, mine.replaces, { submission }, { title: titleOf(submission, names), text }, effects);
    await book.store.throwDraft(mine.context);
  } catch {
    // Nothing is lost: the draft is still there.
    mine.done = false;
    notice(say("fault"));
    return;
  }
  book.go(`person/${mine.person}`);
}
