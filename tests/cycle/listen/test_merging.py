"""Two records of one person: proposed by more than a name, made one, and put back exactly."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from guyub.core.action import Deed, perform
from guyub.core.actor import Actor
from guyub.core.errors import Invalid, Missing, Refused
from guyub.core.models import Change, Footprint, LogEntry, LogHead, Redirect
from guyub.cycle.listen import queries
from guyub.cycle.listen.vocabulary.rights import Allowed, LikeSign, Purpose
from guyub.cycle.map import queries as map_queries
from people import Cast, do

# What tells that something was done and taken back, and is not itself put back.
_HISTORY = (Change, Footprint, LogEntry, LogHead, Redirect)


def add(actor: Actor, name: str, **more: object) -> str:
    return do(actor, "listen.add_person", name=name, **more)["id"]


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of ours, but for the history of deeds."""
    return {
        model._meta.label: sorted((opened(row) for row in models.QuerySet(model)), key=repr)
        for model in apps.get_models()
        if model.__module__.startswith("guyub.") and model not in _HISTORY
    }


def opened(row: models.Model) -> dict[str, Any]:
    """A row with its seals opened: each sealing of one value looks different."""
    return {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields}


def undo(actor: Actor, key: uuid.UUID) -> uuid.UUID:
    entry = LogEntry.objects.get(pk=key).entry
    (receipt,) = perform(actor, [Deed(action="core.withdraw_entry", data={"entry": entry})])
    return receipt.key


def told_twice(sari: Actor) -> tuple[str, str, str]:
    """Siti, who was noted twice, and Sri; each of the records holds something of everything."""
    siti = add(sari, "Siti Aminah", household="Siti", gender="female")
    again = add(sari, "Hj. Sitti Aminah", phone="0812 3456 789", alias="Bu RT")
    sri = add(sari, "Sri")
    both = [{"person": siti, "part": "present"}, {"person": again, "part": "present"}]
    do(sari, "listen.record_encounter", kind="meeting", held_on="2026-05-01", participants=both)
    talk = [{"person": again}, {"person": sri}]
    do(sari, "listen.record_encounter", kind="group_talk", held_on="2026-05-02", participants=talk)
    do(sari, "listen.make_promise", person=again, what="bring a friend", made_on="2026-05-02")
    for each in (siti, again):
        do(sari, "map.report_tie", from_person=each, to_person=sri, kind="friend")
    do(sari, "map.report_tie", from_person=siti, to_person=again, kind="neighbour")
    do(sari, "listen.note_observation", person=again, trait="stance", value=2)
    do(sari, "listen.note_concern", person=siti, life_area="health", shared_with=[again])
    do(sari, "listen.plan_visits", visits=[{"person": again, "planned_on": "2026-05-03"}])
    return siti, again, sri


def merged(actor: Actor, stays: str, goes: str, **more: object) -> uuid.UUID:
    data = {"stays": stays, "goes": goes, **more}
    (receipt,) = perform(actor, [Deed(action="listen.merge_people", data=data)])
    return receipt.key


def test_what_was_noted_of_both_is_noted_of_the_one_that_stays(cast: Cast) -> None:
    sari = cast.actor("sari")
    siti, again, sri = told_twice(sari)

    merged(sari, siti, again, take=["phone", "alias"])

    card = queries.person(sari, uuid.UUID(siti))
    assert (card.person.name, card.person.alias, card.phone) == (
        "Siti Aminah",
        "Bu RT",
        "0812 3456 789",
    )
    assert (card.encounters, len(card.promises), len(card.observations)) == (2, 1, 1)
    ties = map_queries.ties_of(sari, uuid.UUID(siti))
    assert [(str(tie.to_person), tie.kind.value) for tie in ties] == [(sri, "friend")]
    assert [row.person for row in queries.visits(sari)] == [uuid.UUID(siti)]
    assert [row.name for row in queries.people(sari).rows] == ["Siti Aminah", "Sri"]


def test_taking_a_merge_back_puts_every_table_back_as_it_was(cast: Cast) -> None:
    sari = cast.actor("sari")
    siti, again, _sri = told_twice(sari)
    before = everything()

    deed = merged(sari, siti, again, take=["phone", "alias", "household", "name"])
    between = everything()
    taken_back = undo(sari, deed)

    assert before != between
    assert everything() == before

    undo(sari, taken_back)

    assert everything() == between


def test_a_merge_across_hamlets_takes_along_where_things_belong_and_comes_back(cast: Cast) -> None:
    sari, tini = cast.actor("sari"), cast.actor("tini", "sukamaju")
    krajan, kali = cast.actor("sari", "krajan"), cast.actor("sari", "kali")
    here, there = add(krajan, "Slamet"), add(kali, "Slamet")
    sri = add(krajan, "Sri")
    do(kali, "listen.make_promise", person=there, what="come", made_on="2026-05-01")
    do(sari, "map.report_tie", from_person=there, to_person=sri, kind="kin")
    before = everything()

    deed = merged(sari, here, there)

    assert len(map_queries.ties(krajan)) == 1, "both live in Krajan now, and so does their tie"
    assert len(queries.promises(krajan)) == 1
    undo(tini, deed)
    assert everything() == before


def test_an_address_and_a_form_of_the_record_that_went_lead_to_the_one_that_stays(
    cast: Cast,
) -> None:
    sari = cast.actor("sari")
    siti, again, _sri = told_twice(sari)
    merged(sari, siti, again)

    assert queries.person(sari, uuid.UUID(again)).person.id == uuid.UUID(siti)
    do(sari, "listen.make_promise", person=again, what="later", made_on="2026-05-04")
    assert {row.person for row in queries.promises(sari)} == {uuid.UUID(siti)}


def test_after_a_merge_was_taken_back_what_is_said_of_either_stays_with_them(cast: Cast) -> None:
    sari = cast.actor("sari")
    siti, again, sri = told_twice(sari)
    merged(sari, sri, add(sari, "Sri"))
    undo(sari, merged(sari, siti, again))

    do(sari, "listen.make_promise", person=again, what="later", made_on="2026-05-04")

    (later,) = (row for row in queries.promises(sari) if row.made_on == date(2026, 5, 4))
    assert later.person == uuid.UUID(again)


def test_sending_a_deed_again_after_a_merge_does_it_no_second_time(cast: Cast) -> None:
    sari = cast.actor("sari")
    siti, again, _sri = told_twice(sari)
    promise = {"person": again, "what": "later", "made_on": "2026-05-04"}
    deed = Deed(action="listen.make_promise", data=promise)
    perform(sari, [deed])
    merged(sari, siti, again)

    (receipt,) = perform(sari, [deed])

    assert receipt.done_before


def test_of_two_records_the_stricter_consent_counts(cast: Cast) -> None:
    sari = cast.actor("sari")
    siti, again = add(sari, "Siti Aminah"), add(sari, "Siti Aminah", phone="08123456789")
    do(sari, "listen.note_consent", person=again, purpose="judge", answer="refused")
    do(sari, "listen.note_consent", person=siti, purpose="judge", answer="given")

    merged(sari, siti, again)

    assert queries.rights(sari, uuid.UUID(siti)).allowed[Purpose.JUDGE] == Allowed.NO


def test_whoever_is_tied_beyond_the_open_place_is_merged_by_somebody_above(cast: Cast) -> None:
    sari, krajan = cast.actor("sari"), cast.actor("sari", "krajan")
    siti, again, far = add(krajan, "Siti"), add(krajan, "Siti"), add(sari, "Far")
    do(sari, "map.report_tie", from_person=again, to_person=far, kind="kin")

    with pytest.raises(Refused):
        merged(krajan, siti, again)

    merged(sari, siti, again)


def test_whoever_is_invited_to_a_meeting_elsewhere_is_merged_by_somebody_above(cast: Cast) -> None:
    sari, tini = cast.actor("sari"), cast.actor("tini", "yayasan")
    siti, again = add(sari, "Siti"), add(sari, "Siti")
    gathering = {"title": "Wells", "planned_on": "2026-05-01"}
    meeting = do(cast.actor("charlie", "sidorejo"), "listen.plan_meeting", **gathering)["id"]
    do(tini, "listen.invite", meeting=meeting, people=[again])

    with pytest.raises(Refused):
        merged(sari, siti, again)

    merged(tini, siti, again)


def test_a_merge_is_refused_when_somebody_changed_one_of_them_meanwhile(cast: Cast) -> None:
    sari = cast.actor("sari")
    siti, again, _sri = told_twice(sari)
    seen = [queries.person(sari, uuid.UUID(each)).version for each in (siti, again)]
    do(sari, "listen.change_person", person=again, alias="Bu Haji")

    with pytest.raises(Refused):
        merged(sari, siti, again, seen=seen)


def test_one_record_is_not_merged_with_itself_nor_with_what_is_not_there(cast: Cast) -> None:
    sari = cast.actor("sari")
    siti = add(sari, "Siti")

    with pytest.raises(Invalid):
        merged(sari, siti, siti)
    with pytest.raises(Missing):
        merged(sari, siti, str(uuid.uuid4()))


def test_a_name_alone_makes_no_pair(cast: Cast) -> None:
    sari = cast.actor("sari")
    for _number in range(3):
        add(sari, "Siti")
        add(sari, "Slamet", birth_year=1950)
    add(sari, "Slamet", birth_year=1990)

    names = {pair.one.name for pair in queries.likely_duplicates(sari).pairs}

    assert names == {"Slamet"}, "three of one year; three Siti of whom nothing else is known"


@pytest.mark.parametrize(
    ("one", "other", "sign"),
    [
        (
            {"name": "Siti Aminah", "phone": "+62 812-3456-789"},
            {"name": "Sitti", "phone": "08123456789"},
            LikeSign.PHONE,
        ),
        (
            {"name": "Muhammad Arif", "household": "Arif"},
            {"name": "Moh. Arif", "household": "Arif"},
            LikeSign.HOUSEHOLD,
        ),
        (
            {"name": "Djoko", "birth_year": 1970},
            {"name": "Pak Joko", "birth_year": 1971},
            LikeSign.BORN,
        ),
        ({"name": "Tri Wahyuni"}, {"name": "Bu Tri Wahjuni"}, LikeSign.PLACE),
    ],
)
def test_two_records_are_proposed_with_what_speaks_for_it(
    cast: Cast, one: dict, other: dict, sign: LikeSign
) -> None:
    sari = cast.actor("sari")
    pair = {uuid.UUID(add(sari, **one)), uuid.UUID(add(sari, **other))}

    (found,) = queries.likely_duplicates(sari).pairs

    assert {found.one.id, found.other.id} == pair
    assert sign in found.signs


def test_another_gender_or_another_age_speaks_against_it(cast: Cast) -> None:
    sari = cast.actor("sari")
    add(sari, "Tri Wahyuni", gender="male", birth_year=1970)
    add(sari, "Tri Wahyuni", gender="female", birth_year=1970)
    add(sari, "Tri Wahyuni", gender="male", birth_year=1990)

    assert queries.likely_duplicates(sari).count == 0


def test_a_name_that_half_the_hamlet_bears_says_nothing(cast: Cast) -> None:
    sari = cast.actor("sari")
    for _number in range(4):
        add(sari, "Tri Wahyuni")

    assert queries.likely_duplicates(sari).count == 0


def test_who_was_told_apart_is_not_proposed_again_until_that_is_taken_back(cast: Cast) -> None:
    sari = cast.actor("sari")
    one, other = add(sari, "Tri Wahyuni"), add(sari, "Tri Wahyuni")

    (receipt,) = perform(
        sari, [Deed(action="listen.tell_apart", data={"one": one, "other": other})]
    )

    assert queries.likely_duplicates(sari).count == 0
    undo(sari, receipt.key)
    assert queries.likely_duplicates(sari).count == 1


def test_somebody_about_to_be_noted_is_looked_for_in_any_spelling(cast: Cast) -> None:
    sari = cast.actor("sari")
    siti = uuid.UUID(add(sari, "Siti Aminah", phone="0812 3456 789"))
    add(sari, "Slamet")

    assert [row.id for row in queries.alike(sari, "hj sitti aminah")] == [siti]
    assert [row.id for row in queries.alike(sari, "Sitti")] == [siti]
    assert [row.id for row in queries.alike(sari, "Mina", phone="628123456789")] == [siti]
    assert queries.alike(sari, "Wage") == ()
