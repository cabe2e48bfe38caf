// What waits for a signal, what was sent, and what needs a look: nothing of it goes by itself.

import { openAgain } from "./filling.js";
import { drawn, fill, list, notice, say, screen, shownTime, word } from "./page.js";
import { briefOf, isAsked } from "./submissions.js";

const section = screen("waiting");

export function beginWaiting(book) {
  section.querySelector("[data-sync]").addEventListener("click", () => book.sync.now());
  section.querySelector("[data-export]").addEventListener("click", () => saveAsFile(book));
  section.querySelector("[data-lock]").addEventListener("click", () => book.lock());
}

export function drawWaiting(book) {
  const { store, sync } = book;
  const waiting = store.waiting();
  const attention = store.attention();
  const last = sync.last ? say("last", { when: shownTime(sync.last) }) : say("never");
  const state = stateOf(sync) || (waiting.length ? say("waits", { count: waiting.length }) : say("all_sent"));
  fill(section, { state: `${state} ${last}` });
  section.querySelector("[data-log-in]").hidden = sync.state !== "log_in";
  list(section, "attention", attention.map((entry) => ofAttention(book, entry)));
  list(section, "unsent", waiting.map((entry) => ofWaiting(book, entry)));
  list(section, "sent", book.sent.map(ofSent));
}

export function stateOf(sync) {
  const told = { sending: "sending", offline: "offline", log_in: "log_in", switched_off: "switched_off" };
  const name = { ...told, failed: "failed" }[sync.state];
  return name ? say(name) : "";
}

// What an entry is: its own words, and what was filled in or done.
function described({ words, deeds = [], submission }) {
  const done = [...new Set(deeds.map((deed) => word("actions", deed.action)).filter(Boolean))];
  const more = submission ? briefOf(submission) : done.slice(1);
  return { title: words?.title || done.join(", "), text: [words?.text, more.join(", ")].filter(Boolean).join(" · ") };
}

function ofWaiting(book, entry) {
  const { title, text } = described(entry);
  const when = entry.sending ? say("on_its_way") : shownTime(entry.at);
  const shown = drawn("entry", { title, text, when, reason: "", whom: `: ${title}` });
  const deeds = shown.querySelector("[data-deeds]");
  if (entry.sending) {
    deeds.remove();
    return shown;
  }
  mayBeChanged(book, entry, shown, true);
  mayBeThrown(book, entry, shown, title);
  return shown;
}

function ofAttention(book, entry) {
  const { title, text } = described(entry);
  const said = [say(`outcome_${entry.outcome}`), entry.reason, ...Object.values(entry.fields ?? {})];
  const reason = said.filter(Boolean).join(" ");
  const shown = drawn("entry", { title, text, when: shownTime(entry.at), reason, whom: `: ${title}` });
  shown.classList.add("visit-overdue");
  if (entry.outcome === "refused") {
    mayBeChanged(book, entry, shown, false);
  }
  mayBeThrown(book, entry, shown, title);
  return shown;
}

function ofSent(entry) {
  const { title, text } = described(entry);
  const shown = drawn("entry", { title, text, when: say("outcome_done"), reason: "" });
  shown.classList.add("visit-new");
  shown.querySelector("[data-deeds]").remove();
  return shown;
}

function mayBeChanged(book, entry, shown, waits) {
  const edit = shown.querySelector("[data-edit]");
  fill(edit, { edit: say(waits ? "change" : "change_again") });
  edit.hidden = !entry.submission || !(entry.submission.form === "conversation" || isAsked(entry.submission));
  edit.addEventListener("click", () => openAgain(book, entry, waits));
}

// Thrown away at once, and brought back as long as the notice stands.
function mayBeThrown(book, entry, shown, title) {
  shown.querySelector("[data-throw]").addEventListener("click", async () => {
    const back = await book.throwAway(entry.entry);
    if (back) {
      notice(say("thrown", { what: title }), { label: say("undo"), act: back });
    }
  });
}

async function saveAsFile(book) {
  const content = JSON.stringify(await book.store.export(), null, 2);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: "application/json" }));
  link.download = "buku-saku.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
