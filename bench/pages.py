"""How long the server takes for a page where 100,000 people and 500,000 ties are noted.

python -m bench.pages           (`make bench` runs it on SQLite and on PostgreSQL)

Times are those of Django's test client, warm: from the request to the whole answer, without the
network. The rows come in by bulk insert, under the deed that founded the workspace.

A machine shared with others swings by a factor of two within a second. Before each request a fixed
piece of plain Python is timed as well: *steady* is the p95 of requests divided by how much slower
than at its quickest the machine was just then.
"""

from __future__ import annotations

import random
import secrets
import time
import uuid
from datetime import date, timedelta
from math import inf
from operator import truediv
from statistics import median, quantiles
from typing import Any

from bench.installation import installation

_PEOPLE, _TIES, _OBSERVED, _HAMLETS = 100_000, 500_000, 100_000, 20
_BATCH = 5_000
_RUNS = 60

# What a page of somebody at work may take; our choice. Below 50 ms nobody notices the server.
_LIMIT, _QUERIES = 0.050, 12

_FIRST = (
    "Agus Ani Bambang Budi Darmi Dewi Eko Endang Fitri Hadi Joko Kartini Lestari Mulyono Ngatmi"
)
_SECOND = (
    "Aminah Hidayat Kusuma Lestari Nugroho Pratiwi Rahayu Riyadi Santoso Setiawan Susilo Utomo"
)
_GROUPS = ("", "", "", "PKK", "Karang taruna", "Kelompok tani", "PKK, Yasinan", "Yasinan")


def main() -> None:
    """Set up and measure."""
    with installation("pages"):
        from guyub.interfaces.cli.installation import open_installation, prepare_tables

        open_installation()
        prepare_tables()
        from django.db import connection

        print(f"\nPages: {_PEOPLE:,} people, {_TIES:,} ties, {connection.vendor}", flush=True)
        begin = time.perf_counter()
        well_known, ordinary = _fill()
        print(f"  (filled in {time.perf_counter() - begin:.0f} s)", flush=True)
        if connection.vendor == "postgresql":
            # What its own housekeeping does within a minute.
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")
        _measure(well_known, ordinary)


def _fill() -> tuple[uuid.UUID, uuid.UUID]:
    """Found a district, and give its best known person and an ordinary one."""
    from guyub.core import scope
    from guyub.core.action import Deed, perform
    from guyub.core.actor import actor_in
    from guyub.core.founding import found_workspace
    from guyub.core.models import LogEntry

    owner = found_workspace(
        "Kabupaten", slug="bench", username="bench", owner="Bench", password=secrets.token_hex()
    )
    hamlets = [
        Deed(action="core.found_community", data={"name": f"Desa {number}", "kind": "desa"})
        for number in range(_HAMLETS)
    ]
    founded = perform(actor_in(owner, "bench"), hamlets)
    actor = actor_in(owner, "bench")
    deed = LogEntry.objects.filter(community=actor.community).earliest("number")
    chance = random.Random(1)
    with scope.opened(scope.Scope(actor.reach, deed=deed.key)):
        people = _people([uuid.UUID(each.result["id"]) for each in founded], chance)
        _ties(actor.community, people, chance)
        _observations(owner.pk, people, chance)
    from guyub.cycle.start.analysis import draft_plan

    plan = {"count": 10, "seed": 1, "spread": "model", "made_on": date(2026, 5, 1)}
    plan["outcome"] = draft_plan(actor, 10)
    perform(actor, [Deed(action="start.keep_plan", data=plan)])
    return people[0].pk, people[_PEOPLE // 2].pk


def _people(hamlets: list[uuid.UUID], chance: random.Random) -> list[Any]:
    from guyub.cycle.listen.models import Household, Person

    first, second = _FIRST.split(), _SECOND.split()
    households = [
        Household(community_id=hamlets[number % _HAMLETS], label=f"KK {number:05}")
        for number in range(_PEOPLE // 4)
    ]
    Household.objects.bulk_create(households, batch_size=_BATCH)
    people = []
    for number in range(_PEOPLE):
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

    ends = [(0, number) for number in chance.sample(range(1, _PEOPLE), 600)]
    while len(ends) < _TIES:
        one, other = chance.randrange(_PEOPLE), chance.randrange(_PEOPLE)
        if one != other:
            ends.append((one, other))
    for start in range(0, _TIES, 50_000):
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
        for each in chance.sample(people, min(_OBSERVED, _PEOPLE // 2))
    ]
    Observation.objects.bulk_create(rows, batch_size=_BATCH)


def _measure(well_known: uuid.UUID, ordinary: uuid.UUID) -> None:
    from django.test import Client

    from guyub.core.actor import actor_in
    from guyub.core.models import Account, Community
    from guyub.cycle.listen import queries as listen

    account = Account.objects.get(username="bench")
    client = Client(headers={"accept-language": "id"}, SERVER_NAME="localhost")
    client.force_login(account)
    actor = actor_in(account, "bench")
    later = listen.people(actor, limit=_PEOPLE * 7 // 10).next
    place = Community.objects.get(name="Desa 7").pk
    people = "/c/bench/people/"
    for label, address in (
        ("people, first page", people),
        ("people, a later page", f"{people}?after={later}"),
        ("search: many (sant)", f"{people}?text=sant"),
        ("search: few (kartini santoso 97)", f"{people}?text=kartini+santoso+97"),
        ("search: nobody (zulkifli)", f"{people}?text=zulkifli"),
        ("people of one place", f"{people}?community={place}"),
        ("people of a group", f"{people}?group=Yasinan"),
        ("people of a stance: many (3)", f"{people}?stance=3"),
        ("people of a stance: few (5)", f"{people}?stance=5"),
        ("person with 600 ties", f"{people}{well_known}/"),
        ("person, ordinary", f"{people}{ordinary}/"),
        ("form to change a person", f"{people}{ordinary}/change/"),
        ("start, with a plan", "/c/bench/start/"),
    ):
        _row(client, label, address)


# How long the fixed work took when the machine was at its quickest.
_quickest = [inf]


def _fixed_work() -> float:
    begin = time.perf_counter()
    sum(number * number for number in range(20_000))
    return time.perf_counter() - begin


def _row(client: Any, label: str, address: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    begin = time.perf_counter()
    assert client.get(address).status_code == 200, address
    cold = time.perf_counter() - begin
    took, machine = [], []
    for _ in range(_RUNS):
        machine.append(_fixed_work())
        begin = time.perf_counter()
        client.get(address)
        took.append(time.perf_counter() - begin)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    cuts = quantiles(took, n=20)
    p50, p95 = cuts[9], cuts[18]
    _quickest[0] = min(*machine, _quickest[0])
    slower = [each / _quickest[0] for each in machine]
    steady = quantiles(map(truediv, took, slower), n=20)[18]
    missed = "" if steady <= _LIMIT and len(asked) <= _QUERIES else "  misses the limit"
    print(
        f"  {label:<36} p50 {p50 * 1000:>6.1f} ms  p95 {p95 * 1000:>6.1f} ms  "
        f"steady {steady * 1000:>6.1f} ms (machine {median(slower):.1f})  "
        f"first {cold * 1000:>6.0f} ms  {len(asked):>3} queries{missed}",
        flush=True,
    )


if __name__ == "__main__":
    main()
