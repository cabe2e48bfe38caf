"""How long the server takes for the pages of every day where 1,000,000 encounters are noted.

python -m bench.daily           (`make bench` runs it on SQLite and on PostgreSQL)

The district of bench.district, three years on: two field workers in each of its villages have met
everybody ten times, heard what they care about, and noted promises, of which most were kept. Each
page is asked for by a field worker in her village and by the owner for the whole district; Today
both again and right after something new was noted, when it has to be worked out anew.
"""

from __future__ import annotations

import random
import secrets
import time
from datetime import date, timedelta
from itertools import cycle
from typing import Any

from bench.district import PEOPLE, VILLAGES, District, found_district
from bench.installation import installation
from bench.page_times import page_row

ENCOUNTERS = 1_000_000
_BATCH = 5_000
_AT_ONCE = 25_000

# Of so many encounters one is a gathering of so many, one yields a concern, one a promise; of so
# many promises one is still open. As in a busy year of a team; our choice.
_GATHERING, _GATHERED, _CONCERN, _PROMISE, _OPEN = 100, 20, 5, 4, 50
_YEARS = 3 * 365

# Today and a person are many lists: as many questions as the guard test allows them, and some more
# to work out anew whom to meet.
_MOST_TODAY, _MOST_ANEW = 16, 28


def main() -> None:
    """Set up and measure."""
    with installation("daily"):
        from guyub.interfaces.cli.installation import open_installation, prepare_tables

        open_installation()
        prepare_tables()
        from django.db import connection

        print(f"\nEvery day: {PEOPLE:,} people, {ENCOUNTERS:,} encounters, {connection.vendor}")
        begin = time.perf_counter()
        district = found_district()
        _three_years(district)
        print(f"  (filled in {time.perf_counter() - begin:.0f} s)", flush=True)
        if connection.vendor == "postgresql":
            # What its own housekeeping does within a minute.
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")
        _find_candidates(district)
        _measure(district)


def _three_years(district: District) -> None:
    from django.utils import timezone

    from guyub.core import scope
    from guyub.core.action import Deed, perform
    from guyub.core.actor import actor_in
    from guyub.core.models import Account, Community, LogEntry

    today = timezone.localdate()
    chance = random.Random(2)
    slugs = dict(Community.objects.values_list("pk", "slug"))
    for number, village in enumerate(district.villages):
        people = district.people[number::VILLAGES]
        for worker in ("a", "b"):
            username = f"worker-{number}{worker}"
            account = {"username": username, "name": username, "password": secrets.token_hex()}
            account |= {"role": "field_worker", "community": village, "language": "id"}
            perform(district.actor, [Deed(action="core.open_account", data=account)])
            actor = actor_in(Account.objects.get(username=username), slugs[village])
            visits = [
                {"person": each.pk, "planned_on": today - timedelta(days=chance.randrange(_YEARS))}
                for each in chance.sample(people, 200)
            ]
            perform(actor, [Deed(action="listen.plan_visits", data={"visits": visits})])
            deed = LogEntry.objects.filter(account_id=actor.account).latest("number").key
            with scope.opened(scope.Scope(actor.reach, deed=deed)):
                _settle_visits(today, chance)
                for _ in range(ENCOUNTERS // VILLAGES // 2 // _AT_ONCE):
                    _noted(village, people, today, chance)


def _settle_visits(today: date, chance: random.Random) -> None:
    """All visits are made but eight, of which some stand on today."""
    from guyub.core import scope
    from guyub.cycle.listen.models import PlannedVisit, VisitOutcome

    visits = list(PlannedVisit.objects.filter(stated_in=scope.deed()))
    VisitOutcome.objects.bulk_create(
        [
            VisitOutcome(
                community_id=each.community_id,
                visit=each,
                result="met",
                noted_on=min(today, each.planned_on + timedelta(days=chance.randrange(9))),
            )
            for each in visits[8:]
        ],
        batch_size=_BATCH,
    )


def _noted(village: Any, people: list[Any], today: date, chance: random.Random) -> None:
    """What one worker noted of so many encounters, and what came of it."""
    from guyub.cycle.listen.models import Encounter, Participation

    met = [
        Encounter(
            community_id=village,
            kind="meeting" if number % _GATHERING == 0 else "one_on_one",
            held_on=today - timedelta(days=chance.randrange(_YEARS)),
            head_count=_GATHERED if number % _GATHERING == 0 else None,
            summary="",
        )
        for number in range(_AT_ONCE)
    ]
    Encounter.objects.bulk_create(met, batch_size=_BATCH)
    there = [
        (each, person)
        for each in met
        for person in chance.sample(people, _GATHERED if each.kind == "meeting" else 1)
    ]
    Participation.objects.bulk_create(
        [
            Participation(community_id=village, encounter=each, person=person)
            for each, person in there
        ],
        batch_size=_BATCH,
    )
    _told(village, [pair for pair in there if pair[0].kind != "meeting"], today, chance)


def _told(village: Any, there: list[tuple[Any, Any]], today: date, chance: random.Random) -> None:
    from guyub.cycle.listen.models import Concern, Promise, PromiseOutcome

    areas = ("health", "housing", "education", "environment", "employment")
    Concern.objects.bulk_create(
        [
            Concern(
                community_id=village,
                person=person,
                encounter=each,
                life_area=chance.choice(areas),
                depth=chance.randrange(1, 6),
                noted_on=each.held_on,
            )
            for each, person in there[::_CONCERN]
        ],
        batch_size=_BATCH,
    )
    promises = [
        Promise(
            community_id=village,
            person=person,
            what="mengajak dua tetangga",
            made_on=each.held_on,
            due_on=each.held_on + timedelta(days=chance.randrange(1, 30)),
            by_worker=number % 3 == 0,
        )
        for number, (each, person) in enumerate(there[::_PROMISE])
    ]
    Promise.objects.bulk_create(promises, batch_size=_BATCH)
    PromiseOutcome.objects.bulk_create(
        [
            PromiseOutcome(
                community_id=village,
                promise=each,
                outcome=chance.choice(("kept", "kept", "broken")),
                noted_on=min(today, each.due_on),
            )
            for number, each in enumerate(promises)
            if number % _OPEN
        ],
        batch_size=_BATCH,
    )


def _find_candidates(district: District) -> None:
    """What long work does once a day for a district."""
    from guyub.core.action import Deed, perform
    from guyub.cycle.start.analysis import find_candidates

    begin = time.perf_counter()
    found = find_candidates(district.actor)
    perform(district.actor, [Deed(action="start.keep_candidates", data=found)])
    print(f"  whom to meet, of the whole district     {time.perf_counter() - begin:.1f} s")


def _measure(district: District) -> None:
    from django.test import Client

    from guyub.core.action import Deed, perform
    from guyub.core.actor import actor_in
    from guyub.core.models import Account, Community

    slugs = dict(Community.objects.values_list("pk", "slug"))
    village = slugs[district.villages[7]]
    for who, slug in (("worker-7a", village), ("bench", "bench")):
        account = Account.objects.get(username=who)
        actor = actor_in(account, slug)
        client = Client(headers={"accept-language": "id"}, SERVER_NAME="localhost")
        client.force_login(account)
        where = "village" if slug == village else "district"
        well_known, ordinary = district.people[7 if slug == village else 0], district.people[5007]

        others = cycle(district.people[7::VILLAGES])

        def note_something(actor: Any = actor, others: Any = others) -> None:
            met = {"kind": "one_on_one", "held_on": date(2026, 1, 1)}
            met["participants"] = [{"person": next(others).pk}]
            perform(actor, [Deed(action="listen.record_encounter", data=met)])

        today, people = f"/c/{slug}/today/", f"/c/{slug}/people/"
        page_row(client, f"today, {where}", today, most=_MOST_TODAY)
        page_row(
            client, f"today, {where}, after a note", today, most=_MOST_ANEW, before=note_something
        )
        person = f"{people}{ordinary.pk}/"
        page_row(client, f"person, {where}", person, most=_MOST_TODAY)
        page_row(
            client,
            f"person, {where}, after a note",
            person,
            most=_MOST_TODAY,
            before=note_something,
        )
        if where == "district":
            page_row(client, "person with 600 ties", f"{people}{well_known.pk}/", most=_MOST_TODAY)
        page_row(client, f"journey, {where}", f"{person}journey/", most=_MOST_TODAY)
        page_row(client, f"note, {where}", f"/c/{slug}/note/?person={ordinary.pk}")


if __name__ == "__main__":
    main()
