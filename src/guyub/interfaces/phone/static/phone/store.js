// What the pocket book holds: the server's rows as they were fetched, and what was noted here. On the
// disk all of it is ciphertext; while it is unlocked all of it is in memory, where it is read from.
//
// What was noted here is laid over the rows and never mixed with them: first while it waits, then
// until the server's own answer to it has been fetched.

import { asked, Database } from "./database.js";

const ORDER = (one, other) => one.number - other.number;

export class Store extends EventTarget {
  static async open(slug) {
    return new Store(await Database.open(slug));
  }

  constructor(database) {
    super();
    this.database = database;
    this.forget();
  }

  // Reads everything into memory. One page at a time holds it: another one that had it lets go.
  async unlocked(vault) {
    await this.alone();
    const read = async (name) => {
      const records = await this.database.read([name], (store) => asked(store(name).getAll()));
      return Promise.all(
        records.map(async ({ slot, sealed }) => ({ slot, ...(await vault.open(sealed, `${name} ${slot}`)) })),
      );
    };
    const [rows, waiting, shown, attention, drafts, told] = await Promise.all(
      ["rows", "waiting", "shown", "attention", "drafts", "told"].map(read),
    );
    this.forget();
    this.vault = vault;
    rows.forEach((row) => this.fetched.set(nameOf(row), row));
    this.entries = waiting.sort(ORDER);
    this.settled = shown.sort(ORDER);
    this.asking = attention.sort(ORDER);
    this.begun = drafts;
    this.told = told[0] ?? this.told;
    this.changed();
  }

  forget() {
    this.vault = null;
    this.fetched = new Map();
    this.entries = [];
    this.settled = [];
    this.asking = [];
    this.begun = [];
    this.told = { cursor: null, last: null };
    this.overlay = new Map();
    this.turn = Promise.resolve();
  }

  // A page that is opened beside this one takes the pocket book over, and this one forgets.
  async alone() {
    if (this.holding) {
      return;
    }
    await new Promise((resolve) => {
      const hold = () => {
        this.holding = true;
        resolve();
        return new Promise(() => {});
      };
      navigator.locks.request(this.database.name, { steal: true }, hold).catch(() => {
        this.holding = false;
        this.forget();
        this.dispatchEvent(new Event("taken"));
      });
    });
  }

  // Reading

  rows(kind) {
    const found = [];
    for (const [name, row] of this.fetched) {
      if (row.kind === kind && !this.overlay.has(name)) {
        found.push(shownRow(row));
      }
    }
    for (const effect of this.overlay.values()) {
      if (effect.kind === kind && effect.data) {
        found.push(shownRow(effect));
      }
    }
    return found;
  }

  row(kind, id) {
    const name = nameOf({ kind, id });
    const row = this.overlay.get(name) ?? this.fetched.get(name);
    return row?.data ? shownRow(row) : undefined;
  }

  waiting() {
    return this.entries.map(({ slot: _slot, number: _number, effects: _effects, ...rest }) => rest);
  }

  attention() {
    return this.asking.map(({ slot: _slot, number: _number, ...rest }) => rest);
  }

  // Without unlocking it.
  waitingCount() {
    return this.database.read(["waiting"], (store) => asked(store("waiting").count()));
  }

  drafts() {
    return this.begun.map(({ slot: _slot, ...draft }) => draft);
  }

  // What has not reached the server, or was not taken by it, as plain data for a file.
  export() {
    return { waiting: this.waiting(), attention: this.attention() };
  }

  // Noting

  // One entry (deeds, or a submission) and what is to be seen of it at once, in one transaction. Gives its
  // identifier.
  keep({ entry = crypto.randomUUID(), ...content }, effects = []) {
    return this.inTurn(async () => {
      const at = new Date().toISOString();
      const kept = { entry, at, number: this.nextNumber(), ...content, effects, sending: false };
      this.entries.push(await this.put("waiting", kept));
      return entry;
    });
  }

  // Another content for an entry that was not sent yet. Says whether that was still possible.
  change(entry, content) {
    return this.inTurn(async () => {
      const place = this.entries.findIndex((each) => each.entry === entry && !each.sending);
      if (place < 0) {
        return false;
      }
      this.entries[place] = await this.put("waiting", { ...this.entries[place], ...content });
      return true;
    });
  }

  // Gives what brings it back; nothing where it may have reached the server already.
  throwAway(entry) {
    return this.inTurn(async () => {
      for (const [name, list] of [["waiting", this.entries], ["attention", this.asking]]) {
        const place = list.findIndex((each) => each.entry === entry && !each.sending);
        if (place >= 0) {
          const [thrown] = list.splice(place, 1);
          await this.remove(name, thrown.slot);
          return () => this.inTurn(() => this.bringBack(name, thrown));
        }
      }
      return null;
    });
  }

  async bringBack(name, thrown) {
    const list = name === "waiting" ? this.entries : this.asking;
    list.push(await this.put(name, thrown));
    list.sort(ORDER);
  }

  keepDraft(draft) {
    return this.inTurn(async () => {
      const before = this.begun.find((each) => each.context === draft.context);
      const kept = await this.put("drafts", { ...draft, slot: before?.slot });
      this.begun = [...this.begun.filter((each) => each !== before), kept];
    }, false);
  }

  throwDraft(context) {
    return this.inTurn(async () => {
      const gone = this.begun.find((each) => each.context === context);
      if (gone) {
        await this.remove("drafts", gone.slot);
        this.begun = this.begun.filter((each) => each !== gone);
      }
    }, false);
  }

  // Between this phone and the server (sync.js)

  // From now on these may have reached the server: they stay as they are until it has answered.
  freeze(entries) {
    return this.inTurn(async () => {
      const frozen = this.entries.filter((each) => entries.includes(each.entry) && !each.sending);
      const sealed = await Promise.all(
        frozen.map((each) => this.sealed("waiting", { ...each, sending: true })),
      );
      await this.database.write(["waiting"], (store) => {
        sealed.forEach(({ stored }) => store("waiting").put(stored));
      });
      frozen.forEach((each) => (each.sending = true));
    });
  }

  // What became of entries: each leaves the queue in the transaction that keeps what is left of it.
  settle(receipts) {
    return this.inTurn(async () => {
      const moved = { shown: [], attention: [] };
      const gone = [];
      for (const receipt of receipts) {
        const entry = this.entries.find((each) => each.entry === receipt.entry);
        if (entry) {
          gone.push(entry);
          leftOf(entry, receipt).forEach(([name, record]) => moved[name].push(record));
        }
      }
      const [shown, attention] = await Promise.all([
        Promise.all(moved.shown.map((record) => this.sealed("shown", record))),
        Promise.all(moved.attention.map((record) => this.sealed("attention", record))),
      ]);
      await this.database.write(["waiting", "shown", "attention"], (store) => {
        shown.forEach(({ stored }) => store("shown").put(stored));
        attention.forEach(({ stored }) => store("attention").put(stored));
        gone.forEach(({ slot }) => store("waiting").delete(slot));
      });
      this.entries = this.entries.filter((each) => !gone.includes(each));
      this.settled.push(...shown.map(({ record }) => record));
      this.asking.push(...attention.map(({ record }) => record));
    });
  }

  // A page of what is different. answered: what the server knew when it was asked; with the last page
  // its own answer takes the place of what was shown of that here.
  takeIn({ rows, cursor, more }, answered) {
    return this.inTurn(async () => {
      const fresh = await Promise.all(
        rows
          .filter((row) => row.data)
          .map((row) => this.sealed("rows", { ...row, slot: this.fetched.get(nameOf(row))?.slot })),
      );
      const gone = rows.filter((row) => !row.data).map((row) => this.fetched.get(nameOf(row)));
      const seen = more ? [] : this.settled.filter((each) => answered.has(each.slot));
      const last = more ? this.told.last : new Date().toISOString();
      const told = await this.sealed("told", { ...this.told, cursor, last });
      await this.database.write(["rows", "shown", "told"], (store) => {
        fresh.forEach(({ stored }) => store("rows").put(stored));
        gone.filter(Boolean).forEach(({ slot }) => store("rows").delete(slot));
        seen.forEach(({ slot }) => store("shown").delete(slot));
        store("told").put(told.stored);
      });
      fresh.forEach(({ record }) => this.fetched.set(nameOf(record), record));
      gone.filter(Boolean).forEach((row) => this.fetched.delete(nameOf(row)));
      this.settled = this.settled.filter((each) => !seen.includes(each));
      this.told = told.record;
    });
  }

  // What is shown of entries that the server has answered, as a set to be compared with later.
  answered() {
    return new Set(this.settled.map(({ slot }) => slot));
  }

  // The server's rows count no more. What was noted here stays.
  startAnew() {
    return this.inTurn(async () => {
      await this.database.write(["rows", "told"], (store) => {
        store("rows").clear();
        store("told").clear();
      });
      this.fetched.clear();
      this.told = { cursor: null, last: this.told.last };
    });
  }

  // Of all rows held, as the server works it out too (docs/reference/sync.md).
  async digest() {
    const lines = [...this.fetched].map(([name, { version }]) => [name, `${name} ${version}\n`]);
    lines.sort(([one], [other]) => (one < other ? -1 : 1));
    const content = new TextEncoder().encode(lines.map(([, line]) => line).join(""));
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
    return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // Everything goes, and the phone's number too: whoever begins here again is another phone.
  async wipe() {
    await this.turn;
    this.vault?.lock();
    this.forget();
    await this.database.wipe();
    this.changed();
  }

  // One after the other, so that nothing that is being sealed is overtaken by what removes it.
  inTurn(work, seen = true) {
    const done = this.turn.then(async () => {
      if (!this.vault) {
        throw new DOMException("The pocket book is locked.", "InvalidStateError");
      }
      const result = await work();
      if (seen) {
        this.changed();
      }
      return result;
    });
    this.turn = done.catch(() => {});
    return done;
  }

  changed() {
    this.overlay = new Map();
    for (const { effects = [] } of [...this.settled, ...this.entries]) {
      effects.forEach((effect) => this.overlay.set(nameOf(effect), effect));
    }
    this.dispatchEvent(new Event("change"));
  }

  nextNumber() {
    return 1 + Math.max(0, ...[...this.entries, ...this.settled, ...this.asking].map(({ number }) => number));
  }

  async sealed(name, { slot = crypto.randomUUID(), ...content }) {
    const sealed = await this.vault.seal(content, `${name} ${slot}`);
    return { stored: { slot, sealed }, record: { slot, ...content } };
  }

  async put(name, content) {
    const { stored, record } = await this.sealed(name, content);
    await this.database.write([name], (store) => store(name).put(stored));
    return record;
  }

  remove(name, slot) {
    return this.database.write([name], (store) => store(name).delete(slot));
  }
}

const nameOf = ({ kind, id }) => `${kind} ${id}`;

const shownRow = ({ id, version = null, data }) => ({ ...data, id, version });

// What stays here of an entry that the server has answered. Its own words stay only where somebody has
// to decide something; of who was erased nothing does.
function leftOf({ entry, at, number, deeds, submission, words, effects }, { outcome, reason = "", fields = {} }) {
  switch (outcome) {
    case "refused":
    case "review":
      return [["attention", { entry, at, number, outcome, reason, fields, deeds, submission, words }]];
    case "erased":
      return [["attention", { entry, at, number, outcome, reason, fields, deeds: [], words: { title: "" } }]];
    default:
      return effects.length ? [["shown", { entry, number, effects }]] : [];
  }
}
