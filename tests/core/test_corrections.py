"""A row that others point at is changed in place, and the change can be taken back."""

from __future__ import annotations

from typing import Any

import pytest

from guyub.core.action import Deed, perform
from guyub.core.actor import Actor
from guyub.core.errors import Invalid, Missing, Refused
from guyub.core.models import LogEntry
from guyub.cycle.listen import queries as listen
from guyub.cycle.map import queries as map_queries
from people import Cast, do


def known(actor: Actor, name: str, **more: Any) -> Any:
    return do(actor, "listen.add_person", name=name, **more)["id"]


def changed(actor: Actor, person: Any, **what: Any) -> Any:
    """Change somebody and give the entry."""
    data = {"person": person, **what}
    return perform(actor, [Deed(action="listen.change_person", data=data)])[0].entry


def undone(actor: Actor, entry: Any) -> Any:
    deed = Deed(action="core.withdraw_entry", data={"entry": entry})
    return perform(actor, [deed])[0].entry


def test_what_is_not_given_stays_as_it_is(cast: Cast) -> None:
    sari = cast.actor("sari")
    siti = known(sari, "Siti", phone="0812", household="A", birth_year=1980)

    changed(sari, siti, occupation="penjahit")

    card = listen.person(sari, siti)
    assert (card.person.name, card.person.occupation, card.phone) == ("Siti", "penjahit", "0812")
    assert (card.person.household, card.person.birth_year) == ("A", 1980)


def test_what_is_given_empty_is_known_no_more(cast: Cast) -> None:
    sari = cast.actor("sari")
    siti = known(sari, "Siti", phone="0812", household="A", birth_year=1980)

    changed(sari, siti, phone="", household="", birth_year=0)

    card = listen.person(sari, siti)
    assert (card.phone, card.person.household, card.person.birth_year) == (None, "", None)


def test_undo_puts_back_what_stood_there_and_undoing_that_puts_it_forth(cast: Cast) -> None:
    sari = cast.actor("sari")
    siti = known(sari, "Siti", phone="0812", household="A", birth_year=1980)
    before = listen.person(sari, siti)
    entry = changed(sari, siti, name="Sri", phone="0813", household="B", birth_year=0)
    after = listen.person(sari, siti)

    undo = undone(sari, entry)
    back = listen.person(sari, siti)
    undone(sari, undo)
    forth = listen.person(sari, siti)

    assert (back.person, back.phone) == (before.person, "0812")
    assert (forth.person, forth.phone) == (after.person, "0813")
    assert forth.person.household == "B"


def test_a_change_under_a_later_one_is_not_taken_back(cast: Cast) -> None:
    sari = cast.actor("sari")
    siti = known(sari, "Siti")
    first = changed(sari, siti, name="Sri", office="Ketua RT")
    later = changed(sari, siti, name="Sri Wahyuni")

    with pytest.raises(Refused):
        undone(sari, first)
    assert listen.person(sari, siti).person.office == "Ketua RT"

    undone(sari, later)
    undone(sari, first)
    assert listen.person(sari, siti).person.name == "Siti"


def test_two_changes_in_one_entry_go_back_in_the_other_order(cast: Cast) -> None:
    sari = cast.actor("sari")
    siti = known(sari, "Siti")
    deeds = [
        Deed(action="listen.change_person", data={"person": siti, "name": name})
        for name in ("Sri", "Tarno")
    ]
    undo = undone(sari, perform(sari, deeds)[0].entry)
    assert listen.person(sari, siti).person.name == "Siti"

    undone(sari, undo)
    assert listen.person(sari, siti).person.name == "Tarno"


def test_nothing_is_put_back_into_a_household_that_was_taken_back(cast: Cast) -> None:
    sari = cast.actor("sari")
    siti = known(sari, "Siti")
    slamet = Deed(action="listen.add_person", data={"name": "Slamet", "household": "A"})
    household = perform(sari, [slamet])[0].entry
    changed(sari, siti, household="A")
    away = changed(sari, siti, household="B")
    undone(sari, household)

    with pytest.raises(Refused):
        undone(sari, away)


def test_the_log_says_which_fields_changed_and_nothing_of_what_they_hold(cast: Cast) -> None:
    sari = cast.actor("sari")
    siti = known(sari, "Siti", phone="0812")
    changed(sari, siti, phone="0813-555", household="Darmo")

    deed = LogEntry.objects.filter(action="listen.change_person").latest("number")

    assert deed.result == {"id": siti, "fields": ["phone", "household"]}


def test_who_saw_an_older_version_changes_nothing(cast: Cast) -> None:
    sari = cast.actor("sari")
    siti = known(sari, "Siti")
    seen = listen.person(sari, siti).version
    changed(cast.actor("rudi"), siti, name="Sri", seen=seen)

    with pytest.raises(Refused):
        changed(sari, siti, name="Siti Aminah", seen=seen)

    assert listen.person(sari, siti).person.name == "Sri"


@pytest.mark.parametrize("what", [{"name": " "}, {"birth_year": 1700}])
def test_a_change_is_held_to_the_same_rules(cast: Cast, what: dict[str, Any]) -> None:
    sari = cast.actor("sari")
    with pytest.raises(Invalid):
        changed(sari, known(sari, "Siti"), **what)


def test_a_change_that_changes_nothing_is_not_noted(cast: Cast) -> None:
    sari = cast.actor("sari")
    with pytest.raises(Refused):
        changed(sari, known(sari, "Siti", household="A"), name="Siti", household=" A ")


def test_who_moves_takes_along_what_was_noted_of_them(cast: Cast) -> None:
    sari, krajan = cast.actor("sari"), cast.actor("sari", "krajan")
    kali = cast.actor("sari", "kali")
    siti, sri = known(krajan, "Siti", household="A"), known(krajan, "Sri", household="A")
    promise = {"person": siti, "what": "come", "made_on": "2026-05-01"}
    made = do(krajan, "listen.make_promise", **promise)["id"]
    settled = {"promise": made, "outcome": "kept", "noted_on": "2026-05-02"}
    do(krajan, "listen.settle_promise", **settled)
    do(krajan, "listen.note_observation", person=siti, trait="stance", value=2)
    do(krajan, "map.report_tie", from_person=siti, to_person=sri, kind="friend")

    entry = changed(sari, siti, community=kali.community)

    with pytest.raises(Missing):
        listen.person(cast.actor("budi", "krajan"), siti)
    card = listen.person(kali, siti)
    assert (card.person.community, card.person.household) == (kali.community, "A")
    assert [each.outcome for each in card.promises] == ["kept"]
    assert len(card.observations) == 1
    assert (map_queries.ties(krajan), map_queries.ties(kali)) == ((), ())
    assert map_queries.counts(sari).bridging == 1

    undone(sari, entry)

    card = listen.person(krajan, siti)
    assert [each.outcome for each in card.promises] == ["kept"]
    assert len(map_queries.ties(krajan)) == 1
    assert listen.counts(krajan).households == 1


def test_nobody_moves_to_where_the_worker_has_no_role(cast: Cast) -> None:
    siti = known(cast.actor("sari", "krajan"), "Siti")
    kali = cast.actor("sari", "kali").community

    with pytest.raises(Missing):
        changed(cast.actor("budi", "krajan"), siti, community=kali)


def test_who_moved_away_or_died_is_found_but_not_counted_on(cast: Cast) -> None:
    sari = cast.actor("sari")
    siti = known(sari, "Siti")
    known(sari, "Sri")

    changed(sari, siti, status="moved")

    assert [row.name for row in listen.people(sari).rows] == ["Siti", "Sri"]
    assert [row.name for row in listen.all_people(sari)] == ["Sri"]
    assert listen.counts(sari).people == 1
