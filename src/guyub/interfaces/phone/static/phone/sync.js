// Hands over what waits, then fetches what is different, as docs/reference/sync.md has it. Whatever goes
// wrong on the way, an entry leaves the queue only when its answer lies on this phone.

import { asked } from "./database.js";

// The form of what is sent, and the most that one push may hold: a hundred deeds, of which a submission
// counts as five, and 512 kB (parsing.py).
const SCHEMA = 1;
const MOST_DEEDS = 100;
const DEEDS_OF_A_SUBMISSION = 5;
const MOST_BYTES = 500_000;

// Pauses between tries that failed grow from two seconds to five minutes; our choice, as is how long an
// answer is waited for, and how long something just noted may be taken back before it is sent.
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 300_000;
const PATIENCE = 60_000;
const MAY_BE_TAKEN_BACK = 7_000;

// Beginning anew more often in one go would mean that the two sides never agree.
const MOST_BEGINNINGS = 3;

// An answer that ends this go, and what is to be said of it.
class Ended extends Error {
  constructor(state, { reason = "", pause = null } = {}) {
    super(state);
    Object.assign(this, { state, reason, pause });
  }
}

export class Sync extends EventTarget {
  state = "idle";
  reason = "";
  failures = 0;

  constructor(store, { slug }) {
    super();
    this.store = store;
    this.address = `/c/${slug}/sync/`;
  }

  get last() {
    return this.store.told.last;
  }

  // Soon, so that what was just noted can still be taken back.
  soon() {
    this.again(MAY_BE_TAKEN_BACK);
  }

  // Now. Asked for while it is under way, it goes round once more.
  now() {
    this.wanted = true;
    this.running ??= this.run().finally(() => (this.running = null));
    return this.running;
  }

  async run() {
    clearTimeout(this.timer);
    this.become("sending");
    try {
      while (this.wanted) {
        this.wanted = false;
        await this.round();
      }
      this.failures = 0;
      this.become("idle");
    } catch (fault) {
      this.wanted = false;
      if (!(fault instanceof Ended)) {
        this.become("failed");
        throw fault;
      }
      this.become(fault.state, fault.reason);
      if (["offline", "failed"].includes(fault.state)) {
        this.again(fault.pause ?? this.pause());
      }
    }
  }

  become(state, reason = "") {
    Object.assign(this, { state, reason });
    this.dispatchEvent(new Event("change"));
  }

  again(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), pause);
  }

  // Half of it by chance: phones that lost one server at one time do not all come back at one time.
  pause() {
    this.failures += 1;
    const most = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.failures);
    return most / 2 + (Math.random() * most) / 2;
  }

  async round() {
    const phone = await this.phone();
    await this.greet(phone);
    if (!this.store.vault) {
      return;
    }
    if (!phone.registered) {
      await this.register(phone);
    }
    this.beginnings = 0;
    do {
      await this.pushAll();
      await this.pullAll();
    } while (this.store.waiting().length);
  }

  // This phone's own number, made here once.
  async phone() {
    const known = await this.store.database.about("phone");
    return known ?? { id: crypto.randomUUID(), registered: false };
  }

  // A fresh token. A revoked phone hears it here, be it locked or not.
  async greet(phone) {
    this.id = phone.id;
    const { status, content } = await this.ask("device/");
    await this.ended(status, content);
    this.token = content.token;
    if (!content.offline) {
      // Where the organisation keeps nothing on phones any more, this one forgets as well.
      await this.ended(phone.registered ? 410 : 403, { why: phone.registered ? "revoked" : "switched_off" });
    }
  }

  async register(phone) {
    const label = navigator.userAgentData?.platform || navigator.platform || "";
    await this.known({ ...phone, registered: false });
    const { status, content } = await this.ask("device/", { device: phone.id, label, schema: SCHEMA });
    await this.ended(status, content);
    await this.known({ ...phone, registered: true });
  }

  async known(phone) {
    await this.store.database.write(["about"], async (store) => {
      // Not after somebody emptied it meanwhile.
      if (await asked(store("about").get("vault"))) {
        store("about").put(phone, "phone");
      }
    });
  }

  async pushAll() {
    let most = MOST_DEEDS;
    for (;;) {
      const batch = batchOf(this.store.waiting(), most);
      if (!batch.length) {
        return;
      }
      await this.store.freeze(batch.map(({ entry }) => entry));
      const { status, content } = await this.askKnown("push/", bodyOf(batch));
      if (status === 413 || status === 400) {
        if (batch.length > 1) {
          most = Math.max(1, Math.floor(deedsOf(batch) / 2));
          continue;
        }
        await this.store.settle([{ entry: batch[0].entry, outcome: "refused", fields: {} }]);
        continue;
      }
      await this.ended(status, content);
      const receipts = content.receipts ?? [];
      if (!receipts.some(({ entry }) => batch.some((sent) => sent.entry === entry))) {
        throw new Ended("failed");
      }
      await this.store.settle(receipts);
    }
  }

  // Nothing is fetched while something waits: what was noted here is never taken back by an older answer.
  async pullAll() {
    while (!this.store.waiting().length) {
      const { cursor } = this.store.told;
      const answered = this.store.answered();
      const { status, content } = await this.askKnown(`pull/${cursor ? `?cursor=${cursor}` : ""}`);
      if (status === 410 && content.why === "epoch") {
        await this.beginAnew();
        continue;
      }
      await this.ended(status, content);
      await this.store.takeIn(content, answered);
      if (content.more) {
        continue;
      }
      if ((await this.store.digest()) === content.digest) {
        return;
      }
      await this.beginAnew();
    }
  }

  async beginAnew() {
    this.beginnings += 1;
    if (this.beginnings > MOST_BEGINNINGS) {
      throw new Ended("failed");
    }
    await this.store.startAnew();
  }

  // A phone that the server does not know registers once, and asks again.
  async askKnown(what, content) {
    const answer = await this.ask(what, content);
    if (answer.status !== 409) {
      return answer;
    }
    await this.register(await this.phone());
    return this.ask(what, content);
  }

  // Whatever is no answer of the server (no network, a page of a hotel's) counts as none.
  async ask(what, content = null) {
    const headers = { Accept: "application/json", "X-Guyub-Device": this.id };
    if (content) {
      Object.assign(headers, { "Content-Type": "application/json", "X-CSRFToken": this.token });
    }
    try {
      const answer = await fetch(this.address + what, {
        method: content ? "POST" : "GET",
        body: content && JSON.stringify(content),
        headers,
        cache: "no-store",
        credentials: "same-origin",
        redirect: "error",
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (answer.status >= 500 || answer.status === 429) {
        throw new Ended("failed", { pause: pauseOf(answer.headers.get("Retry-After")) });
      }
      return { status: answer.status, content: await answer.json() };
    } catch (fault) {
      throw fault instanceof Ended ? fault : new Ended("offline");
    }
  }

  // Goes on only where the server did what was asked.
  async ended(status, { why, reason }) {
    if (status === 410 && (why === "revoked" || why === "out_of_reach")) {
      await this.store.wipe();
      throw new Ended("revoked");
    }
    if (status === 200) {
      return;
    }
    if (status === 401 || status === 404) {
      throw new Ended("log_in");
    }
    const off = why === "switched_off" || why === "not_allowed";
    throw new Ended(off ? "switched_off" : "failed", { reason });
  }
}

// As many of the first entries as one push may hold, and at least one.
function batchOf(entries, mostDeeds) {
  const batch = [];
  let deeds = 0;
  let bytes = 0;
  for (const entry of entries) {
    deeds += weightOf(entry);
    bytes += bytesOf(plain(entry));
    if (batch.length && (deeds > mostDeeds || bytes > MOST_BYTES)) {
      break;
    }
    batch.push(entry);
  }
  return batch;
}

const plain = ({ entry, deeds, submission }) => (submission ? { entry, submission } : { entry, deeds });
const weightOf = ({ deeds, submission }) => (submission ? DEEDS_OF_A_SUBMISSION : deeds.length);
const bytesOf = (content) => new TextEncoder().encode(JSON.stringify(content)).length;
const deedsOf = (batch) => batch.reduce((sum, entry) => sum + weightOf(entry), 0);

function bodyOf(batch) {
  return { schema: SCHEMA, sent_at: new Date().toISOString(), entries: batch.map(plain) };
}

// Seconds, or a date; never longer than our own longest pause.
function pauseOf(text) {
  const wait = Number(text) * 1000 || Date.parse(text) - Date.now();
  return text && wait > 0 ? Math.min(wait, LONGEST_PAUSE) : null;
}
