"""A phone and the real server: whatever happens between them, each entry is done once or kept."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from guyub.core import redirects, scope
from guyub.core.action import Deed, perform
from guyub.core.actor import Actor
from guyub.core.identifiers import new_identifier
from guyub.core.models import Device, HandedOver, LogEntry, SentEntry
from guyub.cycle.listen import queries as listen
from handset import deed, entry
from people import Cast, do
from pocket_book import PocketBook
from walking import log_in

pytestmark = pytest.mark.journey

WORDS = "melati pancing gunung selendang kelapa"
SYNC = "/c/krajan/sync"
SAID = "Sumur keruh"


@pytest.fixture
def book(visit: Callable, cast: Cast) -> Iterator[PocketBook]:
    do(cast.actor("sari", "krajan"), "listen.add_person", name="Karso")
    ways = tuple(f"{SYNC}/{name}/" for name in ("device", "push", "pull"))
    with visit("phone", expected=ways) as page:
        log_in(page, "budi")
        opened = PocketBook(page).opened("/").begun(WORDS)
        assert opened.sync() == "idle"
        assert opened.people() == ["Karso"]
        yield opened


def new_person(name: str, identifier: str | None = None) -> tuple[dict, dict]:
    """An entry that notes somebody, and how they are shown at once."""
    person = identifier or str(new_identifier())
    shown = {"kind": "person", "id": person, "data": {"id": person, "name": name}}
    return entry(deed("listen.add_person", id=person, name=name)), shown


def within_a_deed(actor: Actor, act: Callable[[], object]) -> None:
    """What a step does in an action of its own that erases."""
    (receipt,) = perform(actor, [Deed(action="listen.add_person", data={"name": "Wage"})])
    with scope.opened(scope.Scope(actor.reach, deed=receipt.key)):
        act()


def people_there(cast: Cast) -> list[str]:
    return sorted(row.name for row in listen.all_people(cast.actor("sari", "krajan")))


def asked(page: Page) -> list[str]:
    """What is asked of the server from now on."""
    seen: list[str] = []

    def hear(request: Any) -> None:
        if SYNC in request.url:
            seen.append(request.url.split(f"{SYNC}/")[1].split("/")[0])

    page.on("request", hear)
    return seen


def test_what_was_noted_without_a_network_is_there_once_when_it_is_back(
    book: PocketBook, cast: Cast
) -> None:
    book.page.context.set_offline(True)
    sent, shown = new_person("Siti")
    book.keep(sent, shown)
    assert book.sync() == "offline"
    assert book.people() == ["Karso", "Siti"]
    assert people_there(cast) == ["Karso"]

    book.page.context.set_offline(False)

    assert book.sync() == "idle"
    assert people_there(cast) == ["Karso", "Siti"]
    assert book.waiting() == book.attention() == []
    assert book.people() == ["Karso", "Siti"]
    assert book.run(
        "return [store.settled.length, store.rows('person').every((p) => p.version)]"
    ) == [
        0,
        True,
    ]
    book.opened("/").unlock(WORDS)
    assert book.sync() == "idle"
    assert LogEntry.objects.filter(entry=sent["entry"]).count() == 1


def test_an_answer_that_was_lost_makes_nothing_twice(book: PocketBook, cast: Cast) -> None:
    def drop(route: Route) -> None:
        route.fetch()
        route.abort()

    sent, shown = new_person("Siti")
    book.keep(sent, shown)
    book.page.route(f"**{SYNC}/push/", drop)
    assert book.sync() == "offline"
    assert people_there(cast) == ["Karso", "Siti"]
    assert book.waiting() == [sent["entry"]]
    book.page.unroute(f"**{SYNC}/push/")
    book.opened("/").unlock(WORDS)

    assert book.sync() == "idle"

    assert book.waiting() == []
    assert people_there(cast) == ["Karso", "Siti"]
    assert LogEntry.objects.filter(entry=sent["entry"]).count() == 1


def test_once_sent_an_entry_stays_as_it_is_until_it_is_answered(book: PocketBook) -> None:
    sent, shown = new_person("Siti")
    book.keep(sent, shown)
    book.page.route(f"**{SYNC}/push/", lambda route: route.abort())
    assert book.sync() == "offline"
    book.opened("/").unlock(WORDS)

    assert book.run("return store.throwAway(given)", sent["entry"]) is None
    assert book.waiting() == [sent["entry"]]


def test_many_entries_go_in_pushes_of_a_hundred_deeds(book: PocketBook, cast: Cast) -> None:
    for number in range(60):
        first, _shown = new_person(f"Orang {number:02}")
        second, _shown = new_person(f"Lain {number:02}")
        book.keep(first | {"deeds": first["deeds"] + second["deeds"]})
    seen = asked(book.page)

    assert book.sync() == "idle"

    assert seen.count("push") == 2
    assert len(people_there(cast)) == 121
    assert SentEntry.objects.count() == 60


def test_a_push_that_is_too_large_for_the_server_is_cut_in_two(
    book: PocketBook, cast: Cast
) -> None:
    def narrow(route: Route) -> None:
        if len(route.request.post_data_json["entries"]) > 3:
            route.fulfill(status=413, json={"why": "too_large"})
        else:
            route.continue_()

    entries = [new_person(f"Orang {number}") for number in range(10)]
    for sent, shown in entries:
        book.keep(sent, shown)
    book.page.route(f"**{SYNC}/push/", narrow)

    assert book.sync() == "idle"

    assert book.waiting() == book.attention() == []
    assert len(people_there(cast)) == 11


def test_one_entry_that_no_push_can_hold_needs_a_look_and_holds_up_none(
    book: PocketBook, cast: Cast
) -> None:
    def never(route: Route) -> None:
        if "Panjang" in route.request.post_data:
            route.fulfill(status=413, json={"why": "too_large"})
        else:
            route.continue_()

    long, shown = new_person("Panjang")
    book.keep(long, shown, words="Panjang")
    book.keep(*new_person("Siti"))
    book.page.route(f"**{SYNC}/push/", never)

    assert book.sync() == "idle"

    (kept,) = book.attention()
    assert (kept["entry"], kept["outcome"], kept["words"]["title"]) == (
        long["entry"],
        "refused",
        "Panjang",
    )
    assert people_there(cast) == ["Karso", "Siti"]


def test_what_is_refused_comes_back_with_its_reason_and_its_words(book: PocketBook) -> None:
    sent, shown = new_person("")
    book.keep(sent, shown, words=SAID)

    assert book.sync() == "idle"

    (kept,) = book.attention()
    assert kept["outcome"] == "refused"
    assert kept["reason"] or kept["fields"]
    assert kept["words"]["title"] == SAID
    assert kept["deeds"] == sent["deeds"]
    assert book.people() == ["Karso"]
    assert book.run("return store.export()")["attention"] == [kept]


def test_a_stale_correction_needs_a_look_and_overwrites_nothing(
    book: PocketBook, cast: Cast
) -> None:
    karso = book.run("return store.rows('person')[0]")
    do(cast.actor("sari", "krajan"), "listen.change_person", person=karso["id"], name="Karso Utama")
    changed = deed("listen.change_person", person=karso["id"], name="Karsa", base=karso["last"])
    book.keep(
        entry(changed), {"kind": "person", "id": karso["id"], "data": {**karso, "name": "Karsa"}}
    )

    assert book.sync() == "idle"

    (kept,) = book.attention()
    assert kept["outcome"] == "review"
    assert book.people() == ["Karso Utama"]
    assert people_there(cast) == ["Karso Utama"]


def test_what_is_about_somebody_erased_goes_on_the_phone_as_well(
    book: PocketBook, cast: Cast
) -> None:
    karso = book.run("return store.rows('person')[0].id")
    within_a_deed(cast.actor("sari"), lambda: redirects.mark_erased([uuid.UUID(karso)]))
    met = deed(
        "listen.record_encounter",
        id=str(new_identifier()),
        kind="one_on_one",
        held_on="2026-05-01",
        participants=[{"person": karso}],
        summary=SAID,
    )
    book.keep(entry(met), words=SAID)

    assert book.sync() == "idle"

    (kept,) = book.attention()
    assert (kept["outcome"], kept["deeds"], kept["words"]) == ("erased", [], {"title": ""})
    assert book.waiting() == []


def test_what_waits_on_the_server_for_another_waits_no_more_here(book: PocketBook) -> None:
    met = deed(
        "listen.record_encounter",
        id=str(new_identifier()),
        kind="one_on_one",
        held_on="2026-05-01",
        participants=[{"person": str(new_identifier())}],
    )
    book.keep(entry(met))

    assert book.sync() == "idle"

    assert book.waiting() == book.attention() == []
    assert SentEntry.objects.get().outcome == "parked"


def test_whoever_is_logged_out_loses_nothing_and_sends_after_logging_in(
    book: PocketBook, cast: Cast
) -> None:
    book.page.context.clear_cookies()
    book.keep(*new_person("Siti"))
    assert book.sync() == "log_in"
    assert book.people() == ["Karso", "Siti"]

    log_in(book.page, "budi")
    book.opened("/").unlock(WORDS)

    assert book.sync() == "idle"
    assert people_there(cast) == ["Karso", "Siti"]


def test_nobody_else_sends_or_reads_what_was_noted(book: PocketBook, cast: Cast) -> None:
    book.page.context.clear_cookies()
    sent, shown = new_person("Siti")
    book.keep(sent, shown)
    log_in(book.page, "rudi")
    book.opened("/").unlock(WORDS)

    assert book.sync() == "failed"

    assert book.waiting() == [sent["entry"]]
    assert people_there(cast) == ["Karso"]


def test_a_phone_that_the_server_does_not_know_registers_again(
    book: PocketBook, cast: Cast
) -> None:
    HandedOver.objects.all().delete()
    Device.objects.all().delete()
    book.keep(*new_person("Siti"))

    assert book.sync() == "idle"

    assert Device.objects.count() == 1
    assert people_there(cast) == ["Karso", "Siti"]


def test_other_rights_begin_the_copy_anew_and_keep_what_waits(book: PocketBook, cast: Cast) -> None:
    HandedOver.objects.all().delete()
    book.run(
        "store.fetched.set('person gone', { kind: 'person', id: 'gone', data: { name: 'Old' } })"
    )
    book.keep(*new_person("Siti"))

    assert book.sync() == "idle"

    assert book.people() == people_there(cast) == ["Karso", "Siti"]


def test_a_copy_that_is_not_what_the_server_means_is_fetched_anew(book: PocketBook) -> None:
    book.run("store.fetched.forEach((row) => { row.version = 'other'; row.data.name = 'Wrong'; });")
    seen = asked(book.page)

    assert book.sync() == "idle"

    assert seen.count("pull") == 2
    assert book.people() == ["Karso"]


def test_two_sides_that_never_agree_stop_after_a_while(book: PocketBook) -> None:
    book.run("store.digest = async () => 'never';")
    assert book.sync() == "failed"
    assert book.people() == ["Karso"]


@pytest.mark.parametrize("locked", [False, True])
def test_a_revoked_phone_wipes_itself_be_it_locked_or_not(
    book: PocketBook, cast: Cast, locked: bool
) -> None:
    book.keep(*new_person("Siti"))
    do(cast.actor("budi", "krajan"), "core.revoke_device", device=Device.objects.get().pk)
    book.page.context.clear_cookies()
    if locked:
        book.opened("/log-in/")

    assert book.sync() == "revoked"
    assert_wiped(book)


def test_whoever_lost_their_part_here_holds_nothing_any_more(book: PocketBook, cast: Cast) -> None:
    do(cast.actor("tini", "yayasan"), "core.close_account", account=cast.accounts["budi"].pk)
    assert book.sync() == "revoked"
    assert_wiped(book)


def test_an_organisation_that_switches_offline_off_empties_its_phones(
    book: PocketBook, cast: Cast
) -> None:
    do(cast.actor("tini", "yayasan"), "core.switch_offline", on=False)
    assert book.sync() == "revoked"
    assert_wiped(book)
    book.opened("/").begun(WORDS)
    assert book.sync() == "switched_off"


def assert_wiped(book: PocketBook) -> None:
    stores = book.dump()["guyub-pocket-book krajan"]["stores"]
    assert [name for name, records in stores.items() if records] == []
    assert book.people() == book.waiting() == []


def test_nothing_is_fetched_while_something_waits(book: PocketBook) -> None:
    book.run(
        """
        const takeIn = store.takeIn.bind(store);
        store.takeIn = async (page, answered) => {
          store.takeIn = takeIn;
          await store.keep(given.entry, [given.shown]);
          page.more = true;
          return takeIn(page, answered);
        };
    """,
        dict(zip(("entry", "shown"), new_person("Siti"), strict=True)),
    )
    seen = asked(book.page)

    assert book.sync() == "idle"

    assert seen == ["device", "pull", "push", "pull"]
    assert book.people() == ["Karso", "Siti"]


def test_pauses_grow_and_a_server_may_ask_for_its_own(book: PocketBook) -> None:
    pauses = book.run("return Array.from({ length: 12 }, () => sync.pause())")
    assert 2_000 <= pauses[0] <= 4_000
    assert all(
        most / 2 <= pause <= most
        for pause, most in zip(
            pauses, [min(300_000, 2_000 * 2**n) for n in range(1, 13)], strict=True
        )
    )
    book.page.route(
        f"**{SYNC}/push/", lambda route: route.fulfill(status=503, headers={"Retry-After": "17"})
    )
    book.keep(*new_person("Siti"))
    waits = book.run("""
        const seen = [];
        sync.again = (pause) => seen.push(pause);
        await sync.now();
        return [sync.state, seen, store.waiting().length];
    """)
    assert waits == ["failed", [17_000], 1]


def test_a_page_that_is_not_the_server_counts_as_no_network(book: PocketBook) -> None:
    book.page.route(f"**{SYNC}/**", lambda route: route.fulfill(status=200, body="<h1>Hotel</h1>"))
    sent, shown = new_person("Siti")
    book.keep(sent, shown)
    assert book.sync() == "offline"
    assert book.waiting() == [sent["entry"]]
