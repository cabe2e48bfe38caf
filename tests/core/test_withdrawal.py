"""Undo: of the last deed, of an import, and of an undo."""

from __future__ import annotations

from typing import Any

import pytest

from guyub.core import queries
from guyub.core.action import Deed, perform
from guyub.core.actor import Actor
from guyub.core.errors import Denied, Missing, Refused
from guyub.core.models import LogEntry
from guyub.cycle.listen import queries as listen
from people import Cast, do


def names(actor: Actor) -> list[str]:
    return sorted(row.name for row in listen.all_people(actor))


def entry_of(actor: Actor, *deeds: Deed) -> Any:
    return perform(actor, deeds)[0].entry


def add(name: str, **data: Any) -> Deed:
    return Deed(action="listen.add_person", data={"name": name, **data})


def test_undoing_an_entry_takes_back_everything_it_stated(cast: Cast) -> None:
    sari = cast.actor("sari")
    do(sari, "listen.add_person", name="Slamet")
    entry = entry_of(sari, add("Tarno", household="A"), add("Sri", household="A"))

    result = do(sari, "core.withdraw_entry", entry=entry, reason="wrong village")

    assert names(sari) == ["Slamet"]
    assert result == {"entry": str(entry), "withdrawn": 3, "restored": 0}


def test_undoing_the_undo_brings_it_back(cast: Cast) -> None:
    sari = cast.actor("sari")
    entry = entry_of(sari, add("Tarno"))
    undo = perform(sari, [Deed(action="core.withdraw_entry", data={"entry": entry})])[0].entry

    do(sari, "core.withdraw_entry", entry=undo)

    assert names(sari) == ["Tarno"]


def test_what_was_taken_back_stays_in_the_log(cast: Cast) -> None:
    sari = cast.actor("sari")
    entry = entry_of(sari, add("Tarno"))
    do(sari, "core.withdraw_entry", entry=entry, reason="a mistake")

    rows = queries.log(sari).rows
    assert [row.action for row in rows[:2]] == ["core.withdraw_entry", "listen.add_person"]
    assert rows[0].reason == "a mistake"


def test_taking_back_twice_is_refused(cast: Cast) -> None:
    sari = cast.actor("sari")
    entry = entry_of(sari, add("Tarno"))
    do(sari, "core.withdraw_entry", entry=entry)

    with pytest.raises(Refused):
        do(sari, "core.withdraw_entry", entry=entry)


def test_what_a_later_note_rests_on_is_not_taken_from_under_it(cast: Cast) -> None:
    sari = cast.actor("sari")
    receipts = perform(sari, [add("Tarno")])
    person = receipts[0].result["id"]
    do(sari, "listen.make_promise", person=person, what="bring Sri", made_on="2026-05-01")

    with pytest.raises(Refused):
        do(sari, "core.withdraw_entry", entry=receipts[0].entry)

    assert names(sari) == ["Tarno"]


def test_a_field_worker_takes_back_only_their_own(cast: Cast) -> None:
    budi, sari = cast.actor("budi", "krajan"), cast.actor("sari", "krajan")
    his, hers = entry_of(budi, add("Tarno")), entry_of(sari, add("Sri"))

    do(budi, "core.withdraw_entry", entry=his)
    with pytest.raises(Denied):
        do(budi, "core.withdraw_entry", entry=hers)

    assert names(sari) == ["Sri"]


def test_an_outsiders_entry_does_not_exist(cast: Cast) -> None:
    entry = entry_of(cast.actor("charlie", "sidorejo"), add("Yanto"))

    with pytest.raises(Missing):
        do(cast.actor("sari"), "core.withdraw_entry", entry=entry)


def test_undo_is_no_way_to_touch_a_role_above_ones_own(cast: Cast) -> None:
    tini = cast.actor("tini", "sukamaju")
    grant = Deed(
        action="core.grant_role", data={"account": cast.accounts["rudi"].pk, "role": "owner"}
    )
    entry = entry_of(tini, grant)

    with pytest.raises(Denied):
        do(cast.actor("sari"), "core.withdraw_entry", entry=entry)


def test_the_founding_of_a_workspace_stands(cast: Cast) -> None:
    founding = LogEntry.objects.get(
        action="core.found_workspace", account=cast.accounts["tini"]
    ).entry

    with pytest.raises(Refused):
        do(cast.actor("tini", "yayasan"), "core.withdraw_entry", entry=founding)
