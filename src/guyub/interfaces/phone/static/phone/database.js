// Where the pocket book lies in this browser: one IndexedDB for each community. Whatever is anybody's
// lies in it as ciphertext (vault.js); only a phone's own number and the locked key are plain.

export const SCHEMA = 1;

const PREFIX = "guyub-pocket-book ";

// Stores of sealed records, {slot, sealed}. The slot is a number by chance: it tells nothing.
export const SEALED = ["rows", "waiting", "shown", "attention", "drafts", "told"];
const ALL = ["about", ...SEALED];

// From each schema to the next. What was released once is never changed: a phone may have slept long.
const MIGRATIONS = [
  (opened) => {
    opened.createObjectStore("about");
    SEALED.forEach((name) => opened.createObjectStore(name, { keyPath: "slot" }));
  },
];

// The answer to one request. Within a transaction nothing else may be waited for.
export const asked = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

export class Database {
  static async open(slug) {
    const database = new Database();
    database.name = PREFIX + slug;
    await database.connect();
    return database;
  }

  async connect() {
    const opening = indexedDB.open(this.name, SCHEMA);
    opening.onupgradeneeded = ({ oldVersion }) => {
      MIGRATIONS.slice(oldVersion).forEach((migrate) => migrate(opening.result, opening.transaction));
    };
    this.connection = await asked(opening);
    // A newer page brings the store forward: this one lets go, and has to be loaded again.
    this.connection.onversionchange = () => this.connection.close();
  }

  read(names, work) {
    return this.within("readonly", names, work);
  }

  write(names, work) {
    return this.within("readwrite", names, work);
  }

  // All that `work` asks for is done, and on the disk when this is over, or nothing of it.
  async within(mode, names, work) {
    const transaction = await this.begun(mode, names);
    const over = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error ?? new DOMException("given up", "AbortError"));
    });
    over.catch(() => {});
    try {
      const result = await work((name) => transaction.objectStore(name));
      await over;
      return result;
    } catch (fault) {
      try {
        transaction.abort();
      } catch {
        // It is over already.
      }
      throw fault;
    }
  }

  // Safari lets go of a page's connection while it sleeps.
  async begun(mode, names) {
    const begin = () => this.connection.transaction(names, mode, { durability: "strict" });
    try {
      return begin();
    } catch (fault) {
      if (fault.name !== "InvalidStateError") {
        throw fault;
      }
      await this.connect();
      return begin();
    }
  }

  about(name) {
    return this.read(["about"], (store) => asked(store("about").get(name)));
  }

  // Nothing is left, neither what was held nor the key to it.
  wipe() {
    return this.write(ALL, (store) => empty(store));
  }
}

// Within a transaction over everything.
export function empty(store) {
  ALL.forEach((name) => store(name).clear());
}

export const EVERYTHING = ALL;

// Pocket books in this browser, without opening any, and how much each of them has not sent.
export async function pocketBooks() {
  const found = (await indexedDB.databases()).filter(({ name }) => name.startsWith(PREFIX));
  return Promise.all(
    found.map(async ({ name }) => {
      const database = await Database.open(name.slice(PREFIX.length));
      const unsent = await database.read(["waiting"], (store) => asked(store("waiting").count()));
      return { database, unsent };
    }),
  );
}
