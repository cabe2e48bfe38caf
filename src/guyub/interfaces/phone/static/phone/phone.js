// The pocket book: which screen is shown, when it locks itself, and how it becomes a newer one.

import { beginAsking, closeForm, openForm } from "./ask.js";
import { beginLock, drawLock, mayBeEmptied, sayWhatIsLost } from "./lock.js";
import { beginMeetings, drawMeeting } from "./meeting.js";
import { beginNotes, closeNote, openNote } from "./note.js";
import { drawPeople, forget } from "./people.js";
import { drawPerson } from "./person.js";
import { fill, notice, passOver, say, screen } from "./page.js";
import { beginSetUp, drawSetUp } from "./set-up.js";
import { Store } from "./store.js";
import { Sync } from "./sync.js";
import { drawToday } from "./today.js";
import { state } from "./vault.js";
import { beginWaiting, drawWaiting, stateOf } from "./waiting.js";

// In the background it locks itself after this; our choice.
const LOCKED_AFTER = 5 * 60 * 1000;

const page = document.querySelector("[data-phone]");
const status = document.querySelector("[data-status]");
const foot = document.querySelector("[data-foot]");

const DRAWN = {
  today: (book) => drawToday(book),
  people: (book) => drawPeople(book),
  person: (book, id) => drawPerson(book, id),
  meeting: (book, id) => drawMeeting(book, id),
  note: (book, ...context) => openNote(book, ...context),
  ask: (book, ...context) => openForm(book, ...context),
  waiting: (book) => drawWaiting(book),
};

// What an entry holds, deeds or a submission, with the time at which it was noted.
function dated({ deeds, submission }) {
  const at = new Date().toISOString();
  return submission ? { submission: { ...submission, at } } : { deeds: deeds.map((deed) => ({ ...deed, at })) };
}

class Book {
  sent = [];

  async begin() {
    this.store = await Store.open(page.dataset.phone);
    this.sync = new Sync(this.store, { slug: page.dataset.phone });
    this.sync.addEventListener("change", () => this.synced());
    this.store.addEventListener("change", () => this.changed());
    // Another window opened it, or somebody logged out there.
    this.store.addEventListener("taken", () => this.lock());
    beginSetUp(this);
    beginLock(this);
    beginMeetings(this);
    beginNotes(this);
    beginAsking(this);
    beginWaiting(this);
    for (const name of ["lock", "waiting"]) {
      mayBeEmptied(this, screen(name));
    }
    screen("people").querySelector("input").addEventListener("input", () => drawPeople(this));
    document.querySelectorAll("[data-log-in]").forEach((link) => (link.href = page.dataset.logIn));
    addEventListener("hashchange", () => this.show());
    addEventListener("online", () => this.vault && this.sync.now());
    document.addEventListener("visibilitychange", () => this.turned());
    await this.entrance();
  }

  vaultState() {
    return state(this.store.database);
  }

  get me() {
    return this.vault ? this.store.rows("me")[0] : undefined;
  }

  // The community of this pocket book itself: the place that lies in none of the others.
  get home() {
    const places = this.store.rows("place");
    const known = new Set(places.map((place) => place.id));
    return places.find((place) => !known.has(place.parent))?.id ?? null;
  }

  nameOf(id) {
    return this.store.row("person", id)?.name ?? say("somebody");
  }

  placeOf(id) {
    const community = this.store.row("person", id)?.community;
    return (community && this.store.row("place", community)?.name) ?? "";
  }

  // Set up, unlock, or, once open, whatever the address says.
  async entrance() {
    const { set } = await this.vaultState();
    if (set) {
      await Promise.all([drawLock(this), sayWhatIsLost(this, screen("lock"))]);
    } else {
      await drawSetUp();
    }
    this.reveal(set ? "lock" : "set-up");
  }

  async began(vault) {
    this.vault = vault;
    await this.store.unlocked(vault);
  }

  async opened(vault) {
    await this.began(vault);
    this.waited = new Map();
    this.show();
    this.sync.now();
  }

  go(address) {
    if (location.hash === `#${address}`) {
      this.show();
    } else {
      location.hash = address;
    }
  }

  async show() {
    if (!this.me) {
      if (this.vault && !screen("set-up").hidden) {
        return;
      }
      await (this.vault ? this.sync.now() : this.entrance());
      return;
    }
    const [name, ...more] = location.hash.slice(1).split("/");
    const known = name in DRAWN ? name : "today";
    await DRAWN[known](this, ...more);
    if (known === "waiting") {
      await sayWhatIsLost(this, screen("waiting"));
    }
    this.reveal(known);
    this.changed();
  }

  reveal(name) {
    const before = document.querySelector("[data-screen]:not([hidden])");
    document.querySelectorAll("[data-screen]").forEach((each) => (each.hidden = each.dataset.screen !== name));
    foot.hidden = !this.me;
    for (const link of foot.querySelectorAll("a")) {
      link.toggleAttribute("aria-current", false);
      if (link.hash === `#${name}`) {
        link.setAttribute("aria-current", "page");
      }
    }
    if (before?.dataset.screen !== name || ["person", "meeting"].includes(name)) {
      scrollTo(0, 0);
      passOver("[data-seen]");
      document.querySelectorAll("[data-notices] .notice").forEach((each) => each.toggleAttribute("data-seen", true));
      screen(name).querySelector("h1")?.focus({ preventScroll: true });
    }
  }

  // Something else is held than before: what is shown says so at once, but for a form in hand.
  changed() {
    if (!this.me) {
      return;
    }
    const waiting = this.store.waiting();
    const attention = this.store.attention();
    this.remember(waiting, attention);
    const texts = [
      attention.length ? say("look", { count: attention.length }) : "",
      waiting.length ? say("waits", { count: waiting.length }) : "",
    ].filter(Boolean);
    status.hidden = !texts.length && !["offline", "log_in", "switched_off"].includes(this.sync.state);
    fill(status, { status: texts.join(", ") || stateOf(this.sync) });
    const shown = document.querySelector("[data-screen]:not([hidden])")?.dataset.screen;
    if (shown in DRAWN && !["note", "ask"].includes(shown)) {
      DRAWN[shown](this, ...location.hash.split("/").slice(1));
    }
  }

  // Whatever waited, and neither waits nor needs a look any more, was sent.
  remember(waiting, attention) {
    const here = new Map(waiting.map((entry) => [entry.entry, entry]));
    const asked = new Set(attention.map((entry) => entry.entry));
    for (const [id, entry] of this.waited ?? []) {
      if (!here.has(id) && !asked.has(id) && !this.thrown.has(id)) {
        this.sent.unshift(entry);
      }
    }
    this.waited = here;
  }

  thrown = new Set();

  async keep(content, words, effects) {
    const told = typeof words === "string" ? { title: words } : words;
    const entry = await this.store.keep({ ...dated(content), words: told }, effects);
    notice(say("kept", { what: told.title }), { label: say("undo"), act: () => this.throwAway(entry) });
    this.sync.soon();
    return entry;
  }

  // Without a word above the screen: one tap follows the other, and nothing may move beneath them.
  async keepQuietly(content, words, effects) {
    const entry = await this.store.keep({ ...dated(content), words }, effects);
    this.sync.soon();
    return entry;
  }

  async change(entry, content, words, effects) {
    const changed = await this.store.change(entry, { ...dated(content), words, effects });
    this.sync.soon();
    return changed;
  }

  // Gives what brings it back; nothing where it was sent already.
  async throwAway(entry) {
    this.thrown.add(entry);
    const back = await this.store.throwAway(entry);
    if (!back) {
      this.thrown.delete(entry);
      notice(say("sent_already"));
    }
    return back;
  }

  synced() {
    if (this.sync.state === "revoked") {
      this.emptied(say("wiped_by_others"));
    }
    this.changed();
  }

  turned() {
    clearTimeout(this.locking);
    if (document.hidden && this.vault) {
      this.hiddenAt = Date.now();
      this.locking = setTimeout(() => this.lock(), LOCKED_AFTER);
    } else if (this.vault && Date.now() - this.hiddenAt > LOCKED_AFTER) {
      this.lock();
    } else if (this.vault) {
      this.sync.now();
    }
  }

  // A new page holds nothing of the old one in memory.
  lock() {
    this.vault?.lock();
    location.reload();
  }

  async empty(words) {
    await this.store.wipe();
    await this.emptied(words);
  }

  async emptied(words) {
    this.vault?.lock();
    this.vault = null;
    this.sent = [];
    closeNote();
    closeForm();
    forget();
    status.hidden = true;
    await this.entrance();
    notice(words, { stays: true });
  }
}

// A newer page waits until somebody has a moment for it.
async function keepNew() {
  if (!("serviceWorker" in navigator)) {
    return;
  }
  const registration = await navigator.serviceWorker.register(page.dataset.worker);
  const ready = () => {
    if (registration.waiting && navigator.serviceWorker.controller) {
      const act = () => registration.waiting.postMessage("take over");
      notice(say("new_version"), { label: say("load_again"), act, stays: true });
    }
  };
  let taken = false;
  const controlled = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (controlled && !taken) {
      taken = true;
      location.reload();
    }
  });
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", ready);
  });
  ready();
}

keepNew().catch(() => {});
await new Book().begin();
