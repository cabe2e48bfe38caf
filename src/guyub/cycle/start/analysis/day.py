"""Whom to meet today, and why: what was noted becomes columns, in which the rules find people.

A village is looked at whole, whenever something new was noted. A district is too much for a page:
who may need a visit there is found by long work once a day and kept (`Candidates`); the page looks
at those, at the newest plan and at the promises, with all that was noted of them until now.
"""

from __future__ import annotations

import uuid
from collections import Counter, OrderedDict, defaultdict
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from guyub.core import queries as core
from guyub.core.actor import Actor
from guyub.core.permissions import Permission
from guyub.core.query import query
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.vocabulary import labels
from guyub.cycle.map import queries as map_queries
from guyub.cycle.start.queries import answers, newest_candidates, newest_plan

if TYPE_CHECKING:
    from guyub.engine.whom_to_meet import Circle, ToMeet

# People up to whom everybody is looked at while the page waits: some tens of milliseconds. Our
# choice: a large village.
MOST_AT_ONCE = 5000

# How many candidates of a district are kept. Our choice: more than a team meets in a day.
_MOST_KEPT = 200

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
    suggestions: tuple[Suggestion, ...]


_days: OrderedDict[_Day, _Known] = OrderedDict()
_lock = Lock()


@query("start.whom_to_meet", permission=Permission.START_READ)
def whom_to_meet(actor: Actor, *, on: date | None = None) -> tuple[Suggestion, ...]:
    """Whom this worker may meet and why, the strongest reason first; from what they may read.

    Whoever is to be visited anyway, as far as they know, is left out, and whom they do not want to
    meet, and who does not want to be visited. Worked out once until something new is noted.
    """
    on = on or _today(actor)
    newest = core.newest_deeds(actor)
    with _lock:
        known = _days.get((actor, on))
    if known is None or known.newest != newest:
        wide = listen.has_more_people(actor, MOST_AT_ONCE)
        known = _Known(newest, wide, _suggestions(actor, on, wide=wide))
        with _lock:
            _days[actor, on] = known
            while len(_days) > _MOST_DAYS:
                _days.popitem(last=False)
    return known.suggestions


@query("start.lacks_candidates", permission=Permission.START_READ)
def lacks_candidates(actor: Actor, on: date) -> bool:
    """Whether so many people live here that long work has to find candidates, and has not today."""
    with _lock:
        known = _days.get((actor, on))
    # Whoever was just told whom to meet need not be counted again.
    if not (known.wide if known else listen.has_more_people(actor, MOST_AT_ONCE)):
        return False
    kept = newest_candidates(actor)
    return kept is None or kept.found_on < on


@query("start.find_candidates", permission=Permission.START_READ)
def find_candidates(actor: Actor) -> dict[str, Any]:
    """Look at everybody, and give who may need a visit, as it is kept."""
    on = _today(actor)
    people, columns = _everybody(actor, on)
    circle = _circle(actor, on, people, columns, looked_at=None)
    found = [each.person for each in _by_rules(circle, frozenset())[:_MOST_KEPT]]
    kept = {name: [int(columns[name][place]) for place in found] for name in _SLOW}
    return {
        "found_on": on.isoformat(),
        "found": {"people": [str(people[place]) for place in found], "columns": kept},
    }


def _today(actor: Actor) -> date:
    return timezone.localdate(timezone=ZoneInfo(core.community(actor).time_zone))


def _by_rules(circle: Circle, left_out: frozenset[int]) -> tuple[ToMeet, ...]:
    from guyub.engine.whom_to_meet import whom_to_meet as found_by_rules

    return found_by_rules(circle, left_out=left_out)


def _suggestions(actor: Actor, on: date, *, wide: bool) -> tuple[Suggestion, ...]:
    people, columns = _candidates(actor, on) if wide else _everybody(actor, on)
    circle = _circle(actor, on, people, columns, looked_at=frozenset(people) if wide else None)
    said = answers(actor, on)
    own = {row.person for row in said if row.worker == actor.account}
    awaited = {row.person for row in listen.visits(actor)}
    nobody = own | awaited | listen.unwilling(actor)
    left_out = frozenset(place for place, each in enumerate(people) if each in nobody)
    found = _by_rules(circle, left_out)
    asked = {row.person: row.worker_name for row in said if row.worker != actor.account}
    everybody = {people[each.person] for each in found}
    names, homes = listen.names(actor, everybody), listen.homes_of(actor, everybody)
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


def _candidates(actor: Actor, on: date) -> tuple[list[uuid.UUID], dict[str, Any]]:
    """Those kept, those of the newest plan, and those with a promise due."""
    import numpy as np

    kept, plan = newest_candidates(actor), newest_plan(actor)
    people = list(kept.people) if kept else []
    others = [uuid.UUID(each["person"]) for each in (plan.outcome["catalysts"] if plan else ())]
    others += [row.promise.person for row in listen.promises_due(actor, until=on)]
    people += [each for each in dict.fromkeys(others) if each not in set(people)]
    columns = {name: np.zeros(len(people), np.int64) for name in _SLOW}
    for name, values in (kept.columns if kept else {}).items():
        columns[name][: len(values)] = values
    return people, columns


def _everybody(actor: Actor, on: date) -> tuple[list[uuid.UUID], dict[str, Any]]:
    """All who live here: who named them, to how many they are tied, how their groups meet."""
    import numpy as np

    rows = listen.everybody(actor)
    places = {row.id: place for place, row in enumerate(rows)}
    columns = {name: np.zeros(len(rows), np.int64) for name in _SLOW}
    for person, count in map_queries.namings(actor).items():
        if person in places:
            columns["named_by"][places[person]] = count
    homes = {row.id: row.community for row in rows}
    tied: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for one, other in map_queries.pairs(actor):
        if one in places and other in places:
            tied[one].add(other)
            tied[other].add(one)
    for person, others in tied.items():
        home = homes[person]
        columns["ties"][places[person]] = len(others)
        columns["bridges"][places[person]] = sum(homes[each] != home for each in others)
    columns["group_met"][:] = _group_met(actor, on, {row.id: row.groups for row in rows})
    return list(places), columns


def _group_met(actor: Actor, on: date, groups: dict[uuid.UUID, str]) -> list[int]:
    """In how many encounters of late two or more of one's group took part."""
    from guyub.engine.whom_to_meet import DRIFTING_DAYS

    named = {
        person: {label.casefold() for label in labels(text)}
        for person, text in groups.items()
        if text
    }
    lately: Counter[str] = Counter()
    since = on - timedelta(days=DRIFTING_DAYS - 1)
    for people in listen.seen_together(actor, since).values():
        present = Counter(label for person in people for label in named.get(person, ()))
        lately.update(label for label, count in present.items() if count > 1)
    return [sum(lately[label] for label in named.get(person, ())) for person in groups]


def _circle(
    actor: Actor,
    on: date,
    people: list[uuid.UUID],
    columns: dict[str, Any],
    *,
    looked_at: frozenset[uuid.UUID] | None,
) -> Circle:
    """What the rules see of these people. looked_at: None where they are everybody."""
    import numpy as np

    from guyub.engine.whom_to_meet import NEVER, Circle

    places = {person: place for place, person in enumerate(people)}
    last_met = np.full(len(people), NEVER, np.int64)
    met, in_plan = np.zeros(len(people), np.int64), np.zeros(len(people), np.int64)
    for person, contact in listen.contacts(actor, looked_at).items():
        if person in places:
            last_met[places[person]] = max(0, (on - contact.last_on).days)
            met[places[person]] = contact.encounters
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
    return Circle(
        **columns,
        last_met=last_met,
        met=met,
        place_in_plan=in_plan,
        plan_age=max(0, (on - plan.made_on).days) if plan else 0,
        promised=np.array([place for place, _day in due], np.int64),
        overdue=np.array([(on - day).days for _place, day in due], np.int64),
    )
