"""The inner side of a phone's pocket book, driven in a real browser without its screens."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

GOLDEN = Path(__file__).parent / "journeys" / "golden"

SET_UP = """async () => {
  const { Store } = await import("/static/phone/store.js");
  const vault = await import("/static/phone/vault.js");
  const { Sync } = await import("/static/phone/sync.js");
  const database = await import("/static/phone/database.js");
  const store = await Store.open("krajan");
  window.book = { Store, vault, database, store, sync: new Sync(store, { slug: "krajan" }) };
}"""

# Every value of every store of every database of this site; bytes as {"bytes": base64}.
DUMP = """async () => {
  const told = (value) => {
    if (value instanceof Uint8Array) {
      return { bytes: btoa(String.fromCharCode(...value)) };
    }
    if (!value || typeof value !== "object" || Array.isArray(value)) {
      return value;
    }
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, told(each)]));
  };
  const done = (asked) => new Promise((resolve) => (asked.onsuccess = () => resolve(asked.result)));
  const dump = {};
  for (const { name, version } of await indexedDB.databases()) {
    const opened = await done(indexedDB.open(name));
    const stores = {};
    for (const store of opened.objectStoreNames) {
      const within = opened.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([done(within.getAllKeys()), done(within.getAll())]);
      stores[store] = keys.map((key, place) => [key, told(values[place])]);
    }
    dump[name] = { version, stores };
    opened.close();
  }
  return dump;
}"""

# The other way, as that schema was: its stores are made by the dump, not by the program.
RESTORE = """async (dump) => {
  const meant = (value) => {
    if (value?.bytes) {
      return Uint8Array.from(atob(value.bytes), (letter) => letter.charCodeAt(0));
    }
    if (!value || typeof value !== "object" || Array.isArray(value)) {
      return value;
    }
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, meant(each)]));
  };
  for (const [name, { version, stores }] of Object.entries(dump)) {
    await new Promise((resolve, reject) => {
      const opening = indexedDB.open(name, version);
      opening.onerror = () => reject(opening.error);
      opening.onupgradeneeded = () => {
        for (const [store, records] of Object.entries(stores)) {
          const keyed = store !== "about";
          const made = opening.result.createObjectStore(store, keyed ? { keyPath: "slot" } : {});
          records.forEach(([key, value]) => made.put(meant(value), keyed ? undefined : key));
        }
      };
      opening.onsuccess = () => {
        opening.result.close();
        resolve();
      };
    });
  }
}"""


class PocketBook:
    """A pocket book on a page of the app; what is done with it is said in JavaScript."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def opened(self, address: str = "/log-in/") -> PocketBook:
        """Load the page, and with it the modules: a locked pocket book."""
        self.page.goto(address)
        self.page.evaluate(SET_UP)
        return self

    def run(self, steps: str, given: Any = None) -> Any:
        """Do something; `store`, `vault` and `database` are at hand, and a thrown error is told."""
        script = f"""async (given) => {{
            const {{ Store, store, vault, database, sync }} = window.book;
            const did = async () => {{ {steps} }};
            return did().catch(({{ name, left, waitUntil, message }}) => (
                {{ thrown: name, left, waitUntil, said: message }}
            ));
        }}"""
        return self.page.evaluate(script, given)

    def begun(self, words: str) -> PocketBook:
        """Set up with these words, and open."""
        assert (
            self.run("await store.unlocked(await vault.begin(store.database, given));", words)
            is None
        )
        return self

    def unlock(self, words: str) -> Any:
        """Try these words; nothing where they open it, and otherwise the error."""
        return self.run("await store.unlocked(await vault.unlock(store.database, given));", words)

    def keep(self, entry: dict[str, Any], *effects: dict[str, Any], words: str = "") -> None:
        """Note something."""
        told = {"entry": {**entry, "words": {"title": words}}, "effects": list(effects)}
        assert self.run("await store.keep(given.entry, given.effects);", told) is None

    def sync(self) -> str:
        """Send and fetch; gives how that ended."""
        return self.run("await sync.now(); clearTimeout(sync.timer); return sync.state;")

    def people(self) -> list[str]:
        """The names of everybody it shows."""
        return self.run("return store.rows('person').map(({ name }) => name).sort();")

    def waiting(self) -> list[str]:
        """The entries that have no answer yet."""
        return self.run("return store.waiting().map(({ entry }) => entry);")

    def attention(self) -> list[dict[str, Any]]:
        """The entries that need a look."""
        return self.run("return store.attention();")

    def dump(self) -> dict[str, Any]:
        """Everything that lies on the disk."""
        return self.page.evaluate(DUMP)

    def restore(self, dump: dict[str, Any]) -> None:
        """Put a dump on the disk of a browser that holds nothing yet."""
        self.page.evaluate(RESTORE, dump)


def golden(schema: int) -> dict[str, Any]:
    """What a phone of this schema held."""
    return json.loads((GOLDEN / f"pocket_book_{schema}.json").read_text())
