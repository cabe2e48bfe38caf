"""Whom to meet today, and why: what was noted becomes columns, in which the rules find people."""

from __future__ import annotations

import uuid
from collections import Counter, OrderedDict, defaultdict
from dataclasses import asdict, dataclass
from datetime import date
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
from guyub.cycle.map.vocabulary import TieKind
from guyub.cycle.start.queries import newest_plan

if TYPE_CHECKING:
    from guyub.engine.whom_to_meet import Circle

# Beyond so many people only promises say whom to meet: all else would take seconds. Our choice.
MOST_SOUGHT = 10_000

# Workers whose days are remembered. Our choice.
_MOST_DAYS = 64

_Day = tuple[Actor, date]


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """Somebody to meet: the rule that found them, and all reasons as facts."""

    person: uuid.UUID
    name: str
    community: uuid.UUID
    rule: str
    reasons: tuple[dict[str, Any], ...]


_days: OrderedDict[_Day, tuple[str, tuple[Suggestion, ...]]] = OrderedDict()
_lock = Lock()


@query("start.whom_to_meet", permission=Permission.START_READ)
def whom_to_meet(actor: Actor, *, on: date | None = None) -> tuple[Suggestion, ...]:
    """Whom this worker may meet and why, the strongest reason first; from what they may read.

    Whoever is to be visited anyway, as far as they know, is left out. Worked
    out once until something new is noted.
    """
    on = on or timezone.localdate(timezone=ZoneInfo(core.community(actor).time_zone))
    newest = core.newest_deeds(actor)
    with _lock:
        known = _days.get((actor, on))
    if known is None or known[0] != newest:
        known = (newest, _suggestions(actor, on))
        with _lock:
            _days[actor, on] = known
            while len(_days) > _MOST_DAYS:
                _days.popitem(last=False)
    return known[1]


def _suggestions(actor: Actor, on: date) -> tuple[Suggestion, ...]:
    from guyub.engine.whom_to_meet import whom_to_meet as found_by_rules

    wide = listen.counts(actor).people > MOST_SOUGHT
    due = listen.promises_due(actor, until=on)
    people = (
        [(row.promise.person, row.name, row.community, "") for row in due]
        if wide
        else [(row.id, row.name, row.community, row.groups) for row in listen.everybody(actor)]
    )
    who = list({entry[0]: entry for entry in people}.values())
    places = {entry[0]: place for place, entry in enumerate(who)}
    circle = _circle(actor, on, places, [entry[3] for entry in who], only_promises=wide)
    awaited = {row.person for row in listen.visits(actor)}
    left_out = frozenset(places[each] for each in awaited & places.keys())
    return tuple(
        Suggestion(
            person=who[each.person][0],
            name=who[each.person][1],
            community=who[each.person][2],
            rule=each.rule,
            reasons=tuple(asdict(reason) for reason in each.reasons),
        )
        for each in found_by_rules(circle, left_out=left_out)
    )


def _circle(
    actor: Actor, on: date, places: dict[uuid.UUID, int], groups: list[str], *, only_promises: bool
) -> Circle:
    """What the rules see of the people at these places, as far as this actor may read it."""
    import numpy as np

    from guyub.engine.whom_to_meet import NEVER, Circle

    size = len(places)
    columns = {
        name: np.zeros(size, np.int64)
        for name in ("met", "named_by", "ties", "bridges", "place_in_plan", "group_met")
    }
    columns["last_met"] = np.full(size, NEVER, np.int64)
    plan = None if only_promises else newest_plan(actor)
    if not only_promises:
        _met(actor, on, places, groups, columns)
        _tied(actor, places, columns)
    for number, each in enumerate(plan.outcome["catalysts"] if plan else (), start=1):
        place = places.get(uuid.UUID(each["person"]))
        if place is not None:
            columns["place_in_plan"][place] = number
    due = [
        (places[row.promise.person], row.promise.due_on)
        for row in listen.promises_due(actor, until=on)
        if row.promise.due_on and not row.promise.by_worker and row.promise.person in places
    ]
    return Circle(
        **columns,
        plan_age=max(0, (on - plan.made_on).days) if plan else 0,
        promised=np.array([place for place, _day in due], np.int64),
        overdue=np.array([(on - day).days for _place, day in due], np.int64),
    )


def _met(
    actor: Actor,
    on: date,
    places: dict[uuid.UUID, int],
    groups: list[str],
    columns: dict[str, Any],
) -> None:
    """When somebody was met last, how often, and how often two of one group met lately."""
    from guyub.engine.whom_to_meet import DRIFTING_DAYS, NEVER

    there: dict[uuid.UUID, set[int]] = defaultdict(set)
    days: dict[uuid.UUID, int] = {}
    for row in listen.participations(actor):
        if row.person in places:
            there[row.encounter].add(places[row.person])
            days[row.encounter] = max(0, (on - row.held_on).days)
    named = [{label.casefold() for label in labels(text)} for text in groups]
    lately: Counter[str] = Counter()
    for encounter, people in there.items():
        for place in people:
            last = columns["last_met"][place]
            columns["met"][place] += 1
            if last == NEVER or days[encounter] < last:
                columns["last_met"][place] = days[encounter]
        if days[encounter] < DRIFTING_DAYS:
            present = Counter(label for place in people for label in named[place])
            lately.update(label for label, count in present.items() if count > 1)
    for place, own in enumerate(named):
        columns["group_met"][place] = sum(lately[label] for label in own)


def _tied(actor: Actor, places: dict[uuid.UUID, int], columns: dict[str, Any]) -> None:
    """Who named them, and how many people they are tied to, here and in other places."""
    homes = listen.homes_of(actor, None)
    named: dict[int, set[int]] = defaultdict(set)
    tied: dict[int, set[int]] = defaultdict(set)
    bridged: dict[int, set[int]] = defaultdict(set)
    for tie in map_queries.ties(actor):
        one, other = places.get(tie.from_person), places.get(tie.to_person)
        if one is None or other is None or tie.kind == TieKind.CONFLICT:
            continue
        if tie.kind == TieKind.NOMINATION:
            named[other].add(one)
            continue
        across = homes.get(tie.from_person) != homes.get(tie.to_person)
        for here, there in ((one, other), (other, one)):
            tied[here].add(there)
            if across:
                bridged[here].add(there)
    for name, found in (("named_by", named), ("ties", tied), ("bridges", bridged)):
        for place, others in found.items():
            columns[name][place] = len(others)
