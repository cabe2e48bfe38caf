"""The log page and undo."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import connection
from django.test import Client

from browsing import LogIn
from guyub.core import append_only
from guyub.core.action import Deed, perform
from guyub.core.actor import Actor
from guyub.cycle.listen import queries as listen
from people import Cast


def bring_in(actor: Actor, *names: str) -> uuid.UUID:
    rows = [{"name": name} for name in names]
    (receipt,) = perform(actor, [Deed(action="listen.import_people", data={"rows": rows})])
    return receipt.entry


def undo(client: Client, entry: object, **form: object) -> Any:
    key = {"key": str(uuid.uuid4())}
    return client.post("/c/sukamaju/undo/", key | {"entry": str(entry), **form}, follow=True)


def names(actor: Actor) -> list[str]:
    return sorted(row.name for row in listen.all_people(actor))


def test_an_import_is_undone_and_brought_back(cast: Cast, at_browser: LogIn) -> None:
    sari, client = cast.actor("sari"), at_browser("sari")
    entry = bring_in(sari, "Slamet", "Sri")

    page = undo(client, entry)
    assert "Undone. The log keeps both." in page.content.decode()
    assert names(sari) == []

    way_back = page.content.decode().split('name="entry" value="')[1][:36]
    assert "Restored." in undo(client, way_back).content.decode()
    assert names(sari) == ["Slamet", "Sri"]


def test_what_was_taken_back_is_not_offered_again(cast: Cast, at_browser: LogIn) -> None:
    sari, client = cast.actor("sari"), at_browser("sari")
    entry = bring_in(sari, "Slamet")

    undo(client, entry)
    page = client.get("/c/sukamaju/").content.decode()

    assert "undone" in page
    assert f'value="{entry}"' not in page


def test_an_undo_that_is_refused_says_why(cast: Cast, at_browser: LogIn) -> None:
    client, entry = at_browser("sari"), bring_in(cast.actor("sari"), "Slamet")
    undo(client, entry)

    again = undo(client, entry).content.decode()

    assert "Nothing left to undo: it was already undone" in again


def test_pressing_undo_twice_undoes_once(cast: Cast, at_browser: LogIn) -> None:
    sari, client = cast.actor("sari"), at_browser("sari")
    entry, key = bring_in(sari, "Slamet"), str(uuid.uuid4())

    undo(client, entry, key=key)
    again = undo(client, entry, key=key).content.decode()

    assert "Undone." in again
    assert names(sari) == []


def test_undo_leads_back_to_the_page_it_was_asked_on(cast: Cast, at_browser: LogIn) -> None:
    client = at_browser("sari")

    here = undo(client, bring_in(cast.actor("sari"), "Sri"), next="/c/sukamaju/log/")
    there = undo(client, bring_in(cast.actor("sari"), "Tarno"), next="https://elsewhere.example/")

    assert here.redirect_chain == [("/c/sukamaju/log/", 302)]
    assert there.redirect_chain == [("/c/sukamaju/", 302)]


def test_an_undo_without_an_entry_cannot_be_read(at_browser: LogIn) -> None:
    assert undo(at_browser("sari"), "nonsense").status_code == 400


def test_a_viewer_undoes_nothing(cast: Cast, at_browser: LogIn) -> None:
    entry = bring_in(cast.actor("sari"), "Slamet")

    assert undo(at_browser("wati"), entry).status_code == 403
    assert names(cast.actor("sari")) == ["Slamet"]


def test_the_log_says_who_did_what(cast: Cast, at_browser: LogIn) -> None:
    bring_in(cast.actor("rudi"), "Slamet", "Sri")

    page = at_browser("sari").get("/c/sukamaju/log/").content.decode()

    assert '<strong class="font-semibold">Rudi</strong> imported 2 people' in page


def test_deeds_of_one_entry_stand_together(cast: Cast, at_browser: LogIn) -> None:
    deeds = [Deed(action="listen.add_person", data={"name": name}) for name in ("Slamet", "Sri")]
    perform(cast.actor("sari"), deeds)

    page = at_browser("sari").get("/c/sukamaju/log/").content.decode()

    assert page.count("added a person</p>") == 2
    assert page.count('name="entry"') == 1


def test_the_log_goes_on_page_by_page(cast: Cast, at_browser: LogIn) -> None:
    for number in range(51):
        bring_in(cast.actor("sari"), f"Warga {number}")
    client = at_browser("sari")

    first = client.get("/c/sukamaju/log/").content.decode()
    further = client.get("/c/sukamaju/log/?before=2").content.decode()

    assert 'href="?before=2"' in first
    assert further.count("imported 1 person</p>") == 1
    assert "Show earlier lines" not in further


def test_the_part_that_is_asked_for_is_the_part_of_the_page(cast: Cast, at_browser: LogIn) -> None:
    bring_in(cast.actor("sari"), "Slamet")
    client = at_browser("sari")

    part = client.get("/c/sukamaju/log/", headers={"hx-request": "true"})

    assert "imported 1 person" in part.content.decode()
    assert "<html" not in part.content.decode()
    assert part["Vary"].count("HX-Request") == 1


def test_the_verdict_on_the_log_is_asked_for_apart(cast: Cast, at_browser: LogIn) -> None:
    client = at_browser("sari")

    page = client.get("/c/sukamaju/log/").content.decode()
    part = client.get("/c/sukamaju/log/?check=1", headers={"hx-request": "true"}).content.decode()

    assert 'href="?check=1"' in page
    assert "The log is whole: 0 lines" in part
    assert "<html" not in part


def test_a_stretch_that_cannot_be_read_is_refused(at_browser: LogIn) -> None:
    for before in ("-1", "x", "²", "9" * 20):
        assert at_browser("sari").get("/c/sukamaju/log/", {"before": before}).status_code == 400


def test_a_log_that_was_altered_raises_the_alarm(cast: Cast, at_browser: LogIn) -> None:
    bring_in(cast.actor("sari"), "Slamet")
    client = at_browser("sari")
    assert "The log is whole: 1 line" in client.get("/c/sukamaju/log/?check=1").content.decode()

    append_only.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_logentry SET reason = 'forged' WHERE number = 1")
    append_only.install(connection)

    page = client.get("/c/sukamaju/log/?check=1").content.decode()
    assert "The log was altered from outside, starting at line 1." in page
