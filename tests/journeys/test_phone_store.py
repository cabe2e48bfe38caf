"""What a phone holds lies sealed, opens to its own words alone, and is kept wholly or not."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Iterator

import pytest

from pocket_book import GOLDEN, PocketBook, golden

pytestmark = pytest.mark.journey

WORDS = "melati pancing gunung selendang kelapa"
SAID = "Air sumur keruh tiap kemarau"
NAME = "Siti Wahyuningsih"

# Everything a pocket book can hold: a fetched row, an entry that waits, one that was settled, one
# that needs a look, a draft.
FILLED = """
  const row = { kind: "person", id: "p1", version: "v1", data: { id: "p1", name: given.name } };
  await store.takeIn({ rows: [row], cursor: "c1", more: false }, new Set());
  const deeds = [{ key: "k", action: "a", data: { said: given.said } }];
  const entry = (title) => ({ deeds, words: { title } });
  const seen = (name) => [{ kind: "person", id: name, data: { id: name, name } }];
  await store.keep({ entry: "done", ...entry("done") }, seen("p2"));
  await store.keep({ entry: "refused", ...entry("refused") }, seen("p3"));
  await store.keep({ entry: "waits", ...entry(given.said) }, seen("p4"));
  await store.settle([
    { entry: "done", outcome: "done" },
    { entry: "refused", outcome: "refused", reason: given.said },
  ]);
  await store.keepDraft({ context: "p1", answers: given.said });
"""
HELD = """return {
  people: store.rows("person").map(({ id }) => id).sort(),
  name: store.row("person", "p1")?.name,
  waiting: store.waiting().map(({ entry }) => entry),
  attention: store.attention().map(({ entry, reason }) => [entry, reason]),
  drafts: store.drafts().map(({ answers }) => answers),
  cursor: store.told.cursor,
};"""
ALL_OF_IT = {
    "people": ["p1", "p2", "p4"],
    "name": NAME,
    "waiting": ["waits"],
    "attention": [["refused", SAID]],
    "drafts": [SAID],
    "cursor": "c1",
}


@pytest.fixture
def book(visit: Callable) -> Iterator[PocketBook]:
    with visit("phone") as page:
        yield PocketBook(page).opened()


@pytest.fixture
def full(book: PocketBook) -> PocketBook:
    book.begun(WORDS).run(FILLED, {"name": NAME, "said": SAID})
    return book


def later(book: PocketBook, seconds: int) -> None:
    """Let time pass on the phone."""
    book.run("const now = Date.now; Date.now = () => now() + given * 1000;", seconds)


def test_nothing_that_was_noted_is_readable_on_the_disk(full: PocketBook) -> None:
    dump = full.dump()
    text = json.dumps(dump)
    for record in text.split('"bytes": "')[1:]:
        text += base64.b64decode(record.split('"')[0]).decode("latin-1")
    assert full.run(HELD) == ALL_OF_IT
    stores = dump["guyub-pocket-book krajan"]["stores"]
    assert all(stores[name] for name in ("rows", "waiting", "shown", "attention", "drafts", "told"))
    for plain in (SAID, NAME, "person", "refused", *WORDS.split()):
        assert plain not in text


def test_a_new_page_is_locked_until_the_words_are_said(full: PocketBook) -> None:
    full.opened()
    assert full.run(HELD)["people"] == []
    assert full.run("return store.keep({ deeds: [], words: {} })")["thrown"] == "InvalidStateError"
    assert full.run("return store.waitingCount()") == 1
    assert full.unlock("  Melati PANCING\tgunung selendang  kelapa ") is None
    assert full.run(HELD) == ALL_OF_IT


def test_the_key_cannot_be_read_out(book: PocketBook) -> None:
    made = """
      const seen = [];
      const unwrap = crypto.subtle.unwrapKey.bind(crypto.subtle);
      crypto.subtle.unwrapKey = async (...how) => {
        seen.push(await unwrap(...how));
        return seen.at(-1);
      };
      await vault.begin(store.database, given);
      return seen.map((key) => [key.extractable, key.algorithm.name, key.algorithm.length]);
    """
    assert book.run(made, WORDS) == [[False, "AES-GCM", 256]]


def test_what_lies_in_one_place_does_not_open_in_another(book: PocketBook) -> None:
    moved = """
      const mine = await vault.begin(store.database, given);
      const sealed = await mine.seal({ name: "Siti" }, "rows 1");
      const read = await mine.open(sealed, "rows 1");
      return [read, await mine.open(sealed, "rows 2").catch((fault) => fault.name)];
    """
    assert book.run(moved, WORDS) == [{"name": "Siti"}, "OperationError"]


def test_wrong_words_make_the_next_try_wait_longer_each_time(full: PocketBook) -> None:
    full.opened()
    waits = []
    for left in (9, 8, 7):
        refused = full.unlock("bukan kata yang benar ini")
        assert (refused["thrown"], refused["left"]) == ("WrongWords", left)
        waits.append(round((refused["waitUntil"] - full.run("return Date.now()")) / 1000))
        too_early = full.unlock(WORDS)
        assert (too_early["thrown"], too_early["left"]) == ("WrongWords", left)
        later(full, waits[-1] + 1)
    assert waits[0] >= 1
    assert waits[0] < waits[1] < waits[2]
    assert full.unlock(WORDS) is None
    assert full.run("return (await vault.state(store.database)).left") == 10


def test_a_try_counts_though_the_page_is_killed_in_the_middle(full: PocketBook) -> None:
    full.opened()
    full.run(
        """
        crypto.subtle.deriveKey = () => new Promise(() => {});
        vault.unlock(store.database, given);
        """,
        WORDS,
    )
    full.run(
        """
        const left = async () => (await vault.state(store.database)).left;
        while ((await left()) === 10) await new Promise((go) => setTimeout(go, 10));
        """
    )
    full.opened()
    assert full.run("return (await vault.state(store.database)).left") == 9


def test_a_clock_set_back_makes_nobody_wait_for_years(full: PocketBook) -> None:
    full.opened()
    wait = full.unlock("bukan kata yang benar ini")
    later(full, -3600 * 24 * 365)
    state = full.run("return { ...await vault.state(store.database), now: Date.now() }")
    assert state["waitUntil"] < wait["waitUntil"]
    assert state["waitUntil"] - state["now"] <= 5_000


def test_after_ten_wrong_tries_nothing_is_left(full: PocketBook) -> None:
    full.opened()
    for left in range(9, -1, -1):
        refused = full.unlock("bukan kata yang benar ini")
        assert refused["left"] == left
        later(full, 3600)
    assert not full.run("return (await vault.state(store.database)).set")
    stores = full.dump()["guyub-pocket-book krajan"]["stores"]
    assert [name for name, records in stores.items() if records] == []
    full.begun(WORDS)
    assert full.run(HELD)["people"] == []


def test_a_pocket_book_that_is_set_up_is_not_set_up_over(full: PocketBook) -> None:
    again = full.run("return vault.begin(store.database, given)", "lima kata yang lain sekali")
    assert again["thrown"] == "InvalidStateError"
    assert full.opened().unlock(WORDS) is None
    assert full.run(HELD) == ALL_OF_IT


def test_what_was_noted_is_kept_wholly_or_not_at_all(full: PocketBook) -> None:
    torn = """
      store.database.within = async function (mode, names, work) {
        const transaction = await this.begun(mode, names);
        await work((name) => transaction.objectStore(name));
        transaction.abort();
        throw new Error("the battery is empty");
      };
      const effects = [{ kind: "person", id: "p9", data: { id: "p9" } }];
      await store.settle([{ entry: "waits", outcome: "refused" }]).catch(() => {});
      return store.keep({ entry: "new", deeds: [], words: {} }, effects);
    """
    assert full.run(torn)["said"] == "the battery is empty"
    assert full.run(HELD) == ALL_OF_IT
    assert full.opened().unlock(WORDS) is None
    assert full.run(HELD) == ALL_OF_IT


def test_a_page_killed_while_it_keeps_leaves_whole_entries(full: PocketBook) -> None:
    context = full.page.context
    keeping = """
      for (let number = 0; number < 500; number += 1) {
        const effects = [{ kind: "visit", id: `v${number}`, data: { id: `v${number}` } }];
        store.keep({ entry: `e${number}`, deeds: [{ number }], words: {} }, effects);
      }
      while (store.waiting().length < 5) await new Promise((go) => setTimeout(go, 1));
    """
    full.run(keeping)
    full.page.close()
    after = PocketBook(context.new_page()).opened()
    assert after.unlock(WORDS) is None
    entries = after.run("return store.waiting().map(({ entry }) => entry).slice(1)")
    shown = after.run("return store.rows('visit').map(({ id }) => id)")
    assert len(entries) >= 4
    assert entries == [f"e{number}" for number in range(len(entries))]
    assert shown == [f"v{number}" for number in range(len(entries))]


def test_every_write_waits_for_the_disk(full: PocketBook) -> None:
    asked = """
      const begun = IDBDatabase.prototype.transaction;
      const seen = [];
      IDBDatabase.prototype.transaction = function (names, mode, how) {
        const made = begun.call(this, names, mode, how);
        seen.push([mode, made.durability]);
        return made;
      };
      await store.keep({ deeds: [], words: {} }, []);
      return seen;
    """
    assert full.run(asked) == [["readwrite", "strict"]]


def test_what_waits_may_be_changed_or_thrown_away_until_it_is_sent(full: PocketBook) -> None:
    changed = """
      const title = () => store.waiting().map(({ words }) => words.title);
      const other = (title) => ({ deeds: [], words: { title }, effects: [] });
      const one = await store.change("waits", other("other"));
      const two = title();
      const back = await store.throwAway("waits");
      const three = title();
      await back();
      const four = title();
      await store.freeze(["waits"]);
      const five = await store.change("waits", other("late"));
      return [one, two, three, four, five, await store.throwAway("waits"), title()];
    """
    assert full.run(changed) == [True, ["other"], [], ["other"], False, None, ["other"]]


def test_a_page_opened_beside_another_takes_the_pocket_book_over(full: PocketBook) -> None:
    full.run("store.addEventListener('taken', () => (window.taken = true));")
    beside = PocketBook(full.page.context.new_page()).opened()
    assert beside.unlock(WORDS) is None
    full.page.wait_for_function("window.taken")
    assert full.run(HELD)["people"] == []
    assert full.run("return store.keep({ deeds: [], words: {} })")["thrown"] == "InvalidStateError"
    assert beside.run(HELD) == ALL_OF_IT


def test_pocket_books_of_a_browser_are_found_without_opening_them(full: PocketBook) -> None:
    full.opened()
    counted = """
      const books = await database.pocketBooks();
      return books.map(({ database, unsent }) => [database.name, unsent]);
    """
    assert full.run(counted) == [["guyub-pocket-book krajan", 1]]


def test_words_are_made_by_chance_out_of_a_long_list(book: PocketBook) -> None:
    made = book.run("return Array.from({ length: 400 }, () => vault.makeWords())")
    words = [phrase.split() for phrase in made]
    assert {len(phrase) for phrase in words} == {5}
    assert len(set(made)) == 400
    # Of 2,000 drawn out of 1,024 about 880 are different ones; far fewer would mean a bent die.
    assert len({word for phrase in words for word in phrase}) > 800
    listed = book.run("return (await import('/static/phone/words.js')).WORDS")
    assert len(listed) == len(set(listed)) == 1024
    assert all(word.isalpha() and word.islower() and 4 <= len(word) <= 7 for word in listed)


def test_a_passkey_of_the_phone_opens_it(visit: Callable) -> None:
    with visit("phone") as page:
        authenticator(page, able=True)
        book = PocketBook(page).opened()
        assert book.run("return vault.passkeyOffered()")
        assert (
            book.run("await store.unlocked(await vault.beginWithPasskey(store.database))") is None
        )
        book.run(FILLED, {"name": NAME, "said": SAID})
        book.opened()
        assert book.run("return (await vault.state(store.database)).ways") == ["passkey"]
        assert (
            book.run("await store.unlocked(await vault.unlockWithPasskey(store.database))") is None
        )
        assert book.run(HELD) == ALL_OF_IT


def test_a_passkey_that_locks_nothing_sets_nothing_up(visit: Callable) -> None:
    with visit("phone") as page:
        authenticator(page, able=False)
        book = PocketBook(page).opened()
        refused = book.run("return vault.beginWithPasskey(store.database)")
        assert refused["thrown"] == "NotSupportedError"
        assert not book.run("return (await vault.state(store.database)).set")


def authenticator(page: object, *, able: bool) -> None:
    """A phone that knows its owner, and whose passkeys can or cannot lock something."""
    session = page.context.new_cdp_session(page)  # type: ignore[attr-defined]
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "ctap2Version": "ctap2_1",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "hasPrf": able,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_each_released_schema_opens_in_this_program(book: PocketBook) -> None:
    """A new schema keeps a dump as well: GUYUB_WRITE_GOLDEN=1, once, and never again."""
    newest = book.run("return database.SCHEMA")
    if os.environ.get("GUYUB_WRITE_GOLDEN"):
        book.begun(WORDS).run(FILLED, {"name": NAME, "said": SAID})
        GOLDEN.mkdir(exist_ok=True)
        written = json.dumps(book.dump(), indent=1)
        (GOLDEN / f"pocket_book_{newest}.json").write_text(written + "\n")
    for schema in range(1, newest + 1):
        book.page.goto("/log-in/")
        book.page.evaluate("indexedDB.deleteDatabase('guyub-pocket-book krajan')")
        book.restore(golden(schema))
        assert book.opened().unlock(WORDS) is None
        assert book.run(HELD) == ALL_OF_IT, f"schema {schema}"
