"""A district in the tables: 20 villages, 100,000 people and 500,000 ties, by bulk insert."""

from __future__ import annotations

import random
import secrets
import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

PEOPLE, TIES, VILLAGES = 100_000, 500_000, 20
_OBSERVED = 100_000
_BATCH = 5_000

_FIRST = (
    "Agus Ani Bambang Budi Darmi Dewi Eko Endang Fitri Hadi Joko Kartini Lestari Mulyono Ngatmi"
)
_SECOND = (
    "Aminah Hidayat Kusuma Lestari Nugroho Pratiwi Rahayu Riyadi Santoso Setiawan Susilo Utomo"
)
_GROUPS = ("", "", "", "PKK", "Karang taruna", "Kelompok tani", "PKK, Yasinan", "Yasinan")


@dataclass(frozen=True, kw_only=True)
class District:
    """Who owns it, as whom they act, its villages, and its people in the order of the rows."""

    owner: Any
    actor: Any
    villages: list[uuid.UUID]
    people: list[Any]


def found_district() -> District:
    """Found it under the address `bench`, with people, ties, stances, and whom to begin with.

    The rows come in by bulk insert, under the deed that founded the workspace.
    """
    from guyub.core import scope
    from guyub.core.action import Deed, perform
    from guyub.core.actor import actor_in
    from guyub.core.founding import found_workspace
    from guyub.core.models import LogEntry

    owner = found_workspace(
        "Kabupaten", slug="bench", username="bench", owner="Bench", password=secrets.token_hex()
    )
    names = [f"Desa {number}" for number in range(VILLAGES)]
    founding = [
        Deed(action="core.found_community", data={"name": name, "kind": "desa"}) for name in names
    ]
    founded = perform(actor_in(owner, "bench"), founding)
    villages = [uuid.UUID(each.result["id"]) for each in founded]
    actor = actor_in(owner, "bench")
    deed = LogEntry.objects.filter(community=actor.community).earliest("number")
    chance = random.Random(1)
    with scope.opened(scope.Scope(actor.reach, deed=deed.key)):
        people = _people(villages, chance)
        _ties(actor.community, people, chance)
        _observations(owner.pk, people, chance)
    from guyub.cycle.start.analysis import PlanWishes, draft_plan

    plan = {"count": 10, "seed": 1, "spread": "model", "made_on": date(2026, 5, 1)}
    plan["outcome"] = draft_plan(actor, PlanWishes(count=10)).to_dict()
    perform(actor, [Deed(action="start.keep_plan", data=plan)])
    return District(owner=owner, actor=actor, villages=villages, people=people)


def _people(villages: list[uuid.UUID], chance: random.Random) -> list[Any]:
    from guyub.cycle.listen.models import Household, Person

    first, second = _FIRST.split(), _SECOND.split()
    households = [
        Household(community_id=villages[number % VILLAGES], label=f"KK {number:05}")
        for number in range(PEOPLE // 4)
    ]
    Household.objects.bulk_create(households, batch_size=_BATCH)
    people = []
    for number in range(PEOPLE):
        household = households[number % len(households)]
        name = f"{chance.choice(first)} {chance.choice(second)} {number % 977}"
        people.append(
            Person(
                community_id=household.community_id,
                household=household,
                name=name,
                alias=f"Pak {chance.choice(first)}" if number % 3 == 0 else "",
                gender=chance.choice(("female", "male")),
                occupation="petani",
                groups=chance.choice(_GROUPS),
                phone="0800-000-0000" if number % 2 else None,
                reference=f"w{number}",
            )
        )
    Person.objects.bulk_create(people, batch_size=_BATCH)
    return people


def _ties(root: uuid.UUID, people: list[Any], chance: random.Random) -> None:
    """The first is known by 600; the others have ten ties each, as many out as in."""
    from guyub.cycle.map.models import Tie

    ends = [(0, number) for number in chance.sample(range(1, PEOPLE), 600)]
    while len(ends) < TIES:
        one, other = chance.randrange(PEOPLE), chance.randrange(PEOPLE)
        if one != other:
            ends.append((one, other))
    for start in range(0, TIES, 50_000):
        Tie.objects.bulk_create(
            [
                Tie(
                    community_id=people[one].community_id
                    if people[one].community_id == people[other].community_id
                    else root,
                    from_person=people[one],
                    to_person=people[other],
                    kind="friend",
                    mutual=True,
                )
                for one, other in ends[start : start + 50_000]
            ],
            batch_size=_BATCH,
        )


def _observations(observer: uuid.UUID, people: list[Any], chance: random.Random) -> None:
    from guyub.cycle.listen.models import Observation

    day = date(2026, 5, 1)
    rows = [
        Observation(
            community_id=each.community_id,
            person=each,
            trait="stance",
            value=chance.choices((1, 2, 3, 4, 5), (10, 30, 50, 9, 1))[0],
            observed_on=day - timedelta(days=chance.randrange(300)),
            observer_id=observer,
        )
        for each in chance.sample(people, min(_OBSERVED, PEOPLE // 2))
    ]
    Observation.objects.bulk_create(rows, batch_size=_BATCH)
