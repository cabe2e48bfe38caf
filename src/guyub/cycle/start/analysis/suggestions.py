"""Whom to meet today, and why: what was noted becomes columns, in which the rules find people.

A village is looked at whole, whenever something new was noted (everybody.py). A district is too
much for a page: who may need a visit there is found by long work once a day and kept
(`Candidates`); the page looks at those, at the newest plan and at the promises, with all that was
noted of them until now.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from guyub.core import queries as core
from guyub.core.actor import Actor
from guyub.core.cache import Cache
from guyub.core.frozen import frozen, thawed
from guyub.core.query import query
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.vocabulary import ListenPermission
from guyub.cycle.start.analysis.people_columns import (
    COLUMNS,
    build_columns,
    contacts_of,
    heard_of,
    read_everybody,
)
from guyub.cycle.start.analysis.plan_record import PlanRecord
from guyub.cycle.start.queries import answers, newest_candidates, newest_plan
from guyub.cycle.start.vocabulary import StartPermission

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from guyub.engine import ContactTable, PersonToMeet

# People up to whom everybody is looked at while the page waits: some tens of milliseconds. Our
# choice: a large village.
MOST_AT_ONCE = 5000

# How many are suggested, and kept of a district. Our choice: more than a team meets in a day.
MOST_SUGGESTED = 200

# What stays true of somebody for a day or two, and is dear to find out.
_SLOW = (
    "named_by",
    "ties",
    "bridges",
    "group_met",
    "speaks_for",
    "calls",
    "child",
    "place",
    "household",
)


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """Somebody to meet: the rule that found them, and all reasons as facts."""

    person: uuid.UUID
    name: str
    community: uuid.UUID
    rule: str
    reasons: tuple[dict[str, Any], ...]


# Of so many workers. Our choice.
_days = Cache[tuple[Suggestion, ...]](most=64)


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """Who stands in a plan that is followed, in their order, and when it was made."""

    people: tuple[uuid.UUID, ...] = ()
    made_on: date | None = None


_plans = Cache[_Plan]()


@query("start.suggest_people", permission=StartPermission.READ)
def suggest_people(
    actor: Actor, *, on: date | None = None, limit: int = MOST_SUGGESTED
) -> tuple[Suggestion, ...]:
    """Whom this worker could meet and why, strongest reason first, from what they may read.

    Whoever is to be visited anyway, as far as they know, is left out, and whom they do not want to
    meet, and who does not want to be visited. Worked out once until something new is noted.
    """
    on = on or _today(actor)
    found = _days.get(actor, (on, limit), lambda: _worked_out(actor, on, limit), own=True)
    return tuple(replace(each, reasons=tuple(map(thawed, each.reasons))) for each in found)


@query("start.lacks_candidates", permission=StartPermission.READ)
def lacks_candidates(actor: Actor, on: date) -> bool:
    """Whether this place is so large that a job must find candidates, and has not yet today."""
    if build_columns(actor, on, most=MOST_AT_ONCE) is not None:
        return False
    kept = newest_candidates(actor)
    return kept is None or kept.found_on < on


@query("start.find_candidates", permission=StartPermission.READ)
def find_candidates(actor: Actor) -> dict[str, Any]:
    """Work out who may need a visit, in the form in which it is saved."""
    on = _today(actor)
    read = read_everybody(actor, on)
    contacts = _contacts(actor, on, read.places, read.columns)
    found = [each.person for each in _by_rules(contacts, frozenset(), MOST_SUGGESTED)]
    kept = {name: [int(read.columns[name][place]) for place in found] for name in _SLOW}
    return {
        "found_on": on.isoformat(),
        "found": {"people": [str(read.people[place]) for place in found], "columns": kept},
    }


def newest_plan_people(actor: Actor) -> tuple[uuid.UUID, ...]:
    """Who stands in the newest plan that this actor may see, in its order."""
    return _newest_plan(actor).people


def _newest_plan(actor: Actor) -> _Plan:
    def read() -> _Plan:
        plan = newest_plan(actor)
        if plan is not None and plan.paused:
            return _Plan()
        people = PlanRecord.of(plan).chosen if plan else ()
        return _Plan(people=people, made_on=plan.made_on if plan else None)

    return _plans.get(actor, None, read, own=not actor.may(ListenPermission.CONFIDENTIAL))


def _today(actor: Actor) -> date:
    return timezone.localdate(timezone=ZoneInfo(core.community(actor).time_zone))


def _by_rules(
    contacts: ContactTable, left_out: frozenset[int], limit: int
) -> tuple[PersonToMeet, ...]:
    from guyub.engine import suggestions as found_by_rules

    return found_by_rules(contacts, left_out=left_out, limit=limit)


def _worked_out(actor: Actor, on: date, limit: int) -> tuple[Suggestion, ...]:
    if (read := build_columns(actor, on, most=MOST_AT_ONCE)) is not None:
        return _suggestions(actor, on, limit, read.people, read.columns, read.places)
    people, columns = _candidates(actor, on)
    places = {person: place for place, person in enumerate(people)}
    return _suggestions(actor, on, limit, people, columns, places)


def _suggestions(
    actor: Actor,
    on: date,
    limit: int,
    people: Sequence[uuid.UUID],
    columns: Mapping[str, NDArray[np.int64]],
    places: Mapping[uuid.UUID, int],
) -> tuple[Suggestion, ...]:
    said = answers(actor, on)
    own = {row.person for row in said if row.worker == actor.account}
    nobody = own | listen.expected_visits(actor) | listen.unwilling(actor)
    left_out = frozenset(places[each] for each in nobody if each in places)
    contacts = _contacts(actor, on, places, columns)
    # Who is left out keeps nobody else of their household from being heard.
    contacts.to_hear[list(left_out)] = 0
    found = _by_rules(contacts, left_out, limit)
    asked = {row.person: row.worker_name for row in said if row.worker != actor.account}
    sought = {people[each.person]: each for each in found}
    return tuple(
        Suggestion(
            person=row.id,
            name=row.name,
            community=row.community,
            rule=sought[row.id].rule,
            reasons=frozen([*map(asdict, sought[row.id].reasons), *_asked_by(asked.get(row.id))]),
        )
        for row in listen.some_people(actor, tuple(sought))
    )


def _asked_by(colleague: str | None) -> tuple[dict[str, Any], ...]:
    """Why somebody else goes, where a colleague asked for it."""
    return ({"code": "somebody_else", "facts": {"name": colleague}},) if colleague else ()


def _candidates(actor: Actor, on: date) -> tuple[list[uuid.UUID], dict[str, NDArray[np.int64]]]:
    """Those kept, those of the newest plan, and those with a promise due."""
    import numpy as np

    kept, plan = newest_candidates(actor), _newest_plan(actor)
    due = [row.promise.person for row in listen.promises_due(actor, until=on)]
    people = list(dict.fromkeys([*(kept.people if kept else ()), *plan.people, *due]))
    columns = {name: np.zeros(len(people), np.int64) for name in COLUMNS}
    for name, values in (kept.columns if kept else {}).items():
        columns[name][: len(values)] = values
    contacts = contacts_of(actor, frozenset(people))
    heard = heard_of(actor, frozenset(people))
    columns["heard"] = np.array([person in heard for person in people], np.int64)
    for place, person in enumerate(people):
        if contact := contacts.get(person):
            columns["last_on"][place] = contact.last_on.toordinal()
            columns["met"][place] = contact.encounters
    return people, columns


def _contacts(
    actor: Actor,
    on: date,
    places: Mapping[uuid.UUID, int],
    columns: Mapping[str, NDArray[np.int64]],
) -> ContactTable:
    """What the rules see of these people. places: where in the columns somebody stands."""
    import numpy as np

    from guyub.engine import ContactTable
    from guyub.engine.field.suggestions import NEVER

    in_plan = np.zeros(len(places), np.int64)
    plan = _newest_plan(actor)
    for number, person in enumerate(plan.people, start=1):
        if person in places:
            in_plan[places[person]] = number
    due = [
        (places[row.promise.person], row.promise.due_on)
        for row in listen.promises_due(actor, until=on)
        if row.promise.due_on and not row.promise.by_worker and row.promise.person in places
    ]
    last_on = columns["last_on"]
    return ContactTable(
        **{name: columns[name] for name in (*_SLOW, "met") if name != "child"},
        to_hear=np.where((columns["heard"] == 0) & (columns["child"] == 0), 1, 0),
        last_met=np.where(last_on == 0, NEVER, np.maximum(0, on.toordinal() - last_on)),
        place_in_plan=in_plan,
        plan_age=max(0, (on - plan.made_on).days) if plan.made_on else 0,
        promised=np.array([place for place, _day in due], np.int64),
        overdue=np.array([(on - day).days for _place, day in due], np.int64),
    )
