"""Whom to meet today, and why: what was noted becomes columns, in which the rules find people.

A village is looked at whole, whenever something new was noted (everybody.py). A district is too
much for a page: who may need a visit there is found by long work once a day and kept
(`Candidates`); the page looks at those, at the newest plan and at the promises, with all that was
noted of them until now.
"""

from __future__ import annotations

import uuid
from collections import OrderedDict
from dataclasses import asdict, dataclass
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from guyub.core import queries as core
from guyub.core.actor import Actor
from guyub.core.query import query
from guyub.cycle.listen import queries as listen
from guyub.cycle.start.analysis.people_columns import (
    COLUMNS,
    contacts_of,
    everybody,
    read_everybody,
)
from guyub.cycle.start.queries import answers, newest_candidates, newest_plan
from guyub.cycle.start.vocabulary import StartPermission

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from guyub.engine.field.suggestions import ContactTable, PersonToMeet

# People up to whom everybody is looked at while the page waits: some tens of milliseconds. Our
# choice: a large village.
MOST_AT_ONCE = 5000

# How many are suggested, and kept of a district. Our choice: more than a team meets in a day.
MOST_SUGGESTED = 200

# Workers whose days are remembered. Our choice.
_MOST_DAYS = 64

# What stays true of somebody for a day or two, and is dear to find out.
_SLOW = ("named_by", "ties", "bridges", "group_met")

_Day = tuple[Actor, date]


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """Somebody to meet: the rule that found them, and all reasons as facts."""

    person: uuid.UUID
    name: str
    community: uuid.UUID
    rule: str
    reasons: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class _Known:
    """What was worked out, until there is a newer deed than `newest`."""

    newest: str
    wide: bool
    limit: int
    suggestions: tuple[Suggestion, ...]


_days: OrderedDict[_Day, _Known] = OrderedDict()
_lock = Lock()


@query("start.whom_to_meet", permission=StartPermission.READ)
def whom_to_meet(
    actor: Actor, *, on: date | None = None, limit: int = MOST_SUGGESTED
) -> tuple[Suggestion, ...]:
    """Whom this worker may meet and why, the strongest reason first; from what they may read.

    Whoever is to be visited anyway, as far as they know, is left out, and whom they do not want to
    meet, and who does not want to be visited. Worked out once until something new is noted.
    """
    on = on or _today(actor)
    newest = core.newest_deeds(actor)
    with _lock:
        known = _days.get((actor, on))
    if known is None or known.newest != newest or known.limit < limit:
        known = _worked_out(actor, on, newest, limit)
        with _lock:
            _days[actor, on] = known
            while len(_days) > _MOST_DAYS:
                _days.popitem(last=False)
    return known.suggestions[:limit]


@query("start.lacks_candidates", permission=StartPermission.READ)
def lacks_candidates(actor: Actor, on: date) -> bool:
    """Whether so many people live here that long work has to find candidates, and has not today."""
    with _lock:
        known = _days.get((actor, on))
    # Whoever was just told whom to meet need not be counted again.
    if not (known.wide if known else listen.has_more_people(actor, MOST_AT_ONCE)):
        return False
    kept = newest_candidates(actor)
    return kept is None or kept.found_on < on


@query("start.find_candidates", permission=StartPermission.READ)
def find_candidates(actor: Actor) -> dict[str, Any]:
    """Look at everybody, and give who may need a visit, as it is kept."""
    on = _today(actor)
    read = read_everybody(actor, on)
    contacts = _contacts(actor, on, read.places, read.columns)
    found = [each.person for each in _by_rules(contacts, frozenset(), MOST_SUGGESTED)]
    kept = {name: [int(read.columns[name][place]) for place in found] for name in _SLOW}
    return {
        "found_on": on.isoformat(),
        "found": {"people": [str(read.people[place]) for place in found], "columns": kept},
    }


def _today(actor: Actor) -> date:
    return timezone.localdate(timezone=ZoneInfo(core.community(actor).time_zone))


def _by_rules(
    contacts: ContactTable, left_out: frozenset[int], limit: int
) -> tuple[PersonToMeet, ...]:
    from guyub.engine.field.suggestions import suggestions as found_by_rules

    return found_by_rules(contacts, left_out=left_out, limit=limit)


def _worked_out(actor: Actor, on: date, newest: str, limit: int) -> _Known:
    if (read := everybody(actor, on, most=MOST_AT_ONCE)) is not None:
        sought = _suggestions(actor, on, limit, read.people, read.columns, read.places)
        return _Known(newest, wide=False, limit=limit, suggestions=sought)
    people, columns = _candidates(actor, on)
    places = {person: place for place, person in enumerate(people)}
    sought = _suggestions(actor, on, limit, people, columns, places)
    return _Known(newest, wide=True, limit=limit, suggestions=sought)


def _suggestions(
    actor: Actor,
    on: date,
    limit: int,
    people: list[uuid.UUID],
    columns: dict[str, NDArray[np.int64]],
    places: dict[uuid.UUID, int],
) -> tuple[Suggestion, ...]:
    contacts = _contacts(actor, on, places, columns)
    said = answers(actor, on)
    own = {row.person for row in said if row.worker == actor.account}
    nobody = own | listen.awaited(actor) | listen.unwilling(actor)
    left_out = frozenset(places[each] for each in nobody if each in places)
    found = _by_rules(contacts, left_out, limit)
    asked = {row.person: row.worker_name for row in said if row.worker != actor.account}
    sought = {people[each.person] for each in found}
    names, homes = listen.names(actor, sought), listen.homes_of(actor, sought)
    return tuple(
        Suggestion(
            person=person,
            name=names[person],
            community=homes[person],
            rule=each.rule,
            reasons=(
                *(asdict(reason) for reason in each.reasons),
                *_asked_by(asked.get(person)),
            ),
        )
        for each in found
        if (person := people[each.person]) in names
    )


def _asked_by(colleague: str | None) -> tuple[dict[str, Any], ...]:
    """Why somebody else goes, where a colleague asked for it."""
    return ({"code": "somebody_else", "facts": {"name": colleague}},) if colleague else ()


def _candidates(actor: Actor, on: date) -> tuple[list[uuid.UUID], dict[str, NDArray[np.int64]]]:
    """Those kept, those of the newest plan, and those with a promise due."""
    import numpy as np

    kept, plan = newest_candidates(actor), newest_plan(actor)
    people = list(kept.people) if kept else []
    others = [uuid.UUID(each["person"]) for each in (plan.outcome["catalysts"] if plan else ())]
    others += [row.promise.person for row in listen.promises_due(actor, until=on)]
    people = list(dict.fromkeys([*people, *others]))
    columns = {name: np.zeros(len(people), np.int64) for name in COLUMNS}
    for name, values in (kept.columns if kept else {}).items():
        columns[name][: len(values)] = values
    contacts = contacts_of(actor, frozenset(people))
    for place, person in enumerate(people):
        if contact := contacts.get(person):
            columns["last_on"][place] = contact.last_on.toordinal()
            columns["met"][place] = contact.encounters
    return people, columns


def _contacts(
    actor: Actor,
    on: date,
    places: dict[uuid.UUID, int],
    columns: dict[str, NDArray[np.int64]],
) -> ContactTable:
    """What the rules see of these people. places: where in the columns somebody stands."""
    import numpy as np

    from guyub.engine.field.suggestions import NEVER, ContactTable

    in_plan = np.zeros(len(places), np.int64)
    plan = newest_plan(actor)
    for number, each in enumerate(plan.outcome["catalysts"] if plan else (), start=1):
        place = places.get(uuid.UUID(each["person"]))
        if place is not None:
            in_plan[place] = number
    due = [
        (places[row.promise.person], row.promise.due_on)
        for row in listen.promises_due(actor, until=on)
        if row.promise.due_on and not row.promise.by_worker and row.promise.person in places
    ]
    last_on = columns["last_on"]
    return ContactTable(
        **{name: columns[name] for name in (*_SLOW, "met")},
        last_met=np.where(last_on == 0, NEVER, np.maximum(0, on.toordinal() - last_on)),
        place_in_plan=in_plan,
        plan_age=max(0, (on - plan.made_on).days) if plan else 0,
        promised=np.array([place for place, _day in due], np.int64),
        overdue=np.array([(on - day).days for _place, day in due], np.int64),
    )
