"""What the rules see of a village stays in step with what is noted, without being read anew."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from guyub.core.action import Deed, perform
from guyub.core.actor import Actor
from guyub.cycle.listen import queries as listen
from guyub.cycle.start.analysis import people_columns as module
from guyub.cycle.start.analysis.people_columns import COLUMNS, PeopleColumns, read_everybody
from people import Cast, do

TODAY = timezone.localdate()
GROUPS = ("", "PKK", "Karang taruna", "PKK, Yasinan")
KINDS = ("friend", "kin", "nomination", "conflict")

Work = Callable[[random.Random, Actor, list[str]], None]


def remembered(actor: Actor) -> PeopleColumns:
    read = module.build_columns(actor, TODAY, most=100)
    assert read is not None
    return read


def add_somebody(chance: random.Random, sari: Actor, people: list[str]) -> None:
    name, groups = f"Siti {len(people)}", chance.choice(GROUPS)
    people.append(do(sari, "listen.add_person", name=name, groups=groups)["id"])


def tie_two(chance: random.Random, sari: Actor, people: list[str]) -> None:
    one, other = chance.sample(people, 2)
    kind = chance.choice(KINDS)
    do(sari, "map.report_tie", from_person=one, to_person=other, kind=kind)


def meet(chance: random.Random, sari: Actor, people: list[str]) -> None:
    there = chance.sample(people, chance.randrange(1, 4))
    day = TODAY - timedelta(days=chance.randrange(200))
    participants = [{"person": person} for person in there]
    met = {"kind": "one_on_one", "held_on": day, "participants": participants}
    do(sari, "listen.record_encounter", **met)


def gather(chance: random.Random, sari: Actor, people: list[str]) -> None:
    """One after the other, as they arrive, and somebody looks at today in between."""
    day = TODAY - timedelta(days=chance.randrange(50))
    meeting = do(sari, "listen.plan_meeting", title="Rembug", planned_on=day)["id"]
    do(sari, "listen.hold_meeting", meeting=meeting)
    for person in chance.sample(people, 3):
        do(sari, "listen.check_in", meeting=meeting, arrivals=[{"person": person}])
        remembered(sari)


def promise(chance: random.Random, sari: Actor, people: list[str]) -> None:
    told = {"what": "datang", "made_on": TODAY}
    do(sari, "listen.make_promise", person=chance.choice(people), **told)


def take_a_conversation_back(chance: random.Random, sari: Actor, people: list[str]) -> None:
    met = {"kind": "one_on_one", "held_on": TODAY, "participants": [{"person": people[0]}]}
    (receipt,) = perform(sari, [Deed(action="listen.record_encounter", data=met)])
    remembered(sari)
    do(sari, "core.withdraw_entry", entry=receipt.entry)


def change_somebody(chance: random.Random, sari: Actor, people: list[str]) -> None:
    groups = f"RT {chance.randrange(10**6)}, Karang taruna"
    do(sari, "listen.change_person", person=chance.choice(people), groups=groups)


ADDING: tuple[Work, ...] = (add_somebody, tie_two, tie_two, meet, meet, gather, promise)
OTHERS: tuple[Work, ...] = (take_a_conversation_back, change_somebody)


@pytest.fixture
def people(cast: Cast) -> list[str]:
    hamlets = [cast.actor("sari", place) for place in ("krajan", "kali")]
    somebody = {"gender": "female", "groups": "PKK", "household": "Sri", "office": "RT"}
    return [
        do(
            hamlets[number % 2],
            "listen.add_person",
            name=f"Sri {number}",
            birth_year=TODAY.year - 10 * number,
            **somebody,
        )["id"]
        for number in range(6)
    ]


def plain(read: PeopleColumns) -> dict[str, dict[str, int]]:
    rows = zip(read.people, *(read.columns[name].tolist() for name in COLUMNS), strict=True)
    return {str(person): dict(zip(COLUMNS, values, strict=True)) for person, *values in rows}


@pytest.mark.parametrize("seed", range(4))
def test_what_is_remembered_is_what_would_be_read(cast: Cast, people: list[str], seed: int) -> None:
    chance, sari = random.Random(seed), cast.actor("sari")
    for _ in range(40):
        chance.choice(ADDING + OTHERS)(chance, sari, people)

        kept, anew = remembered(sari), read_everybody(sari, TODAY)

        assert kept.people == anew.people
        assert plain(kept) == plain(anew)
    assert all(any(column) for column in anew.columns.values())


@pytest.mark.parametrize("seed", range(4))
def test_when_people_of_a_district_were_met_is_what_would_be_read(
    cast: Cast, people: list[str], seed: int
) -> None:
    chance, sari = random.Random(seed), cast.actor("sari")
    looked_at = frozenset(map(uuid.UUID, people[:4]))
    for _ in range(40):
        chance.choice(ADDING + OTHERS)(chance, sari, people)

        assert module.contacts_of(sari, looked_at) == listen.contacts(sari, looked_at)
    assert len(module.contacts_of(sari, looked_at)) == 4


def test_after_a_conversation_only_those_in_it_are_read_again(
    cast: Cast, people: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sari, asked = cast.actor("sari"), []
    looked_at = frozenset(map(uuid.UUID, people))
    module.contacts_of(sari, looked_at)
    read = listen.contacts
    monkeypatch.setattr(
        listen, "contacts", lambda actor, people: asked.append(people) or read(actor, people)
    )

    met = {"kind": "one_on_one", "held_on": TODAY, "participants": [{"person": people[2]}]}
    do(sari, "listen.record_encounter", **met)
    found = module.contacts_of(sari, looked_at)

    assert asked == [frozenset({uuid.UUID(people[2])})]
    assert found[uuid.UUID(people[2])].last_on == TODAY
    assert module.contacts_of(sari, looked_at) == found
    assert len(asked) == 1


@pytest.mark.parametrize("work", dict.fromkeys(ADDING))
def test_after_an_ordinary_note_not_everybody_is_read_anew(
    cast: Cast, people: list[str], work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    sari = cast.actor("sari")
    before = plain(remembered(sari))
    monkeypatch.setattr(module, "read_everybody", None)
    for seed in range(5):
        work(random.Random(seed), sari, people)

    after = plain(remembered(sari))

    assert (after == before) == (work is promise)


def test_a_village_that_was_added_is_seen(cast: Cast, people: list[str]) -> None:
    tini = cast.actor("tini", "sukamaju")
    before = remembered(tini)
    founded = do(tini, "core.found_community", name="Pojok", kind="dusun", slug="pojok")
    tini = cast.actor("tini", "sukamaju")
    do(tini, "listen.add_person", name="Slamet", community=founded["id"])

    assert len(remembered(tini).people) == len(before.people) + 1


@pytest.mark.parametrize("known", [True, False])
def test_where_too_many_live_nobody_is_looked_at(
    cast: Cast, people: list[str], known: bool
) -> None:
    sari = cast.actor("sari")
    if known:
        remembered(sari)

    assert module.build_columns(sari, TODAY, most=len(people)) is not None
    do(sari, "listen.add_person", name="Slamet")
    assert module.build_columns(sari, TODAY, most=len(people)) is None
