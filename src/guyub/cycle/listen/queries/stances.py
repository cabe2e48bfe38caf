"""How people stand, as the team sees it: for narrowing the list of people.

Values are sealed, so no database can look for them. Each process opens a value once and remembers
it: values are never overwritten, and a deed in between costs a look at which observations count,
not the opening of all of them. What is remembered stays in memory, in the process that may open
everything anyway, and is given only to those whose rows it was read from.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from guyub.core.actor import Actor
from guyub.core.confidential import Sealed, unseal
from guyub.core.query import query
from guyub.core.remembering import Remembered
from guyub.cycle.listen.models import Observation
from guyub.cycle.listen.vocabulary import ListenPermission, Trait

# The values of a district, a few times over: about 200 bytes each.
_MOST_OPENED = 500_000

_VALUE = Observation._meta.get_field("value")

_opened: dict[uuid.UUID, int] = {}
_standing: Remembered[dict[int, frozenset[uuid.UUID]]] = Remembered()


def readable_observations(actor: Actor) -> QuerySet[Observation]:
    """The judgements this actor may read: all of them as a planner, else their own."""
    rows = Observation.objects.all()
    if actor.may(ListenPermission.CONFIDENTIAL):
        return rows
    return rows.filter(observer_id=actor.account)


@dataclass(frozen=True, kw_only=True)
class Judgements:
    """The judgements of one trait that an actor may read, the oldest first: columns of one length.

    Of somebody, by an observer, of a value, on a day.
    """

    people: tuple[uuid.UUID, ...]
    observers: tuple[uuid.UUID, ...]
    values: tuple[int, ...]
    days: tuple[date, ...]


@query("listen.judgements", permission=ListenPermission.WRITE)
def judgements(actor: Actor, trait: Trait) -> Judgements:
    """What this actor may read of one trait of everybody, opened and remembered."""
    rows = readable_observations(actor).filter(trait=trait).order_by("observed_on", "id")
    columns = rows.values_list("id", "person_id", "observer_id", "value", "observed_on")
    found = [
        (person, observer, _value(identifier, sealed), day)
        for identifier, person, observer, sealed, day in columns.iterator(chunk_size=5000)
    ]
    people, observers, values, days = zip(*found, strict=True) if found else ((), (), (), ())
    return Judgements(people=people, observers=observers, values=values, days=days)


def standing(actor: Actor, stance: int) -> frozenset[uuid.UUID]:
    """Whom this actor sees standing so: the latest of each observer, their mean to the nearest."""
    if not actor.may(ListenPermission.WRITE):
        return frozenset()
    # All planners of a place see the same; everybody else sees what they noted themselves.
    own = not actor.may(ListenPermission.CONFIDENTIAL)
    return _standing.get(actor, lambda: _read(actor), own=own).get(stance, frozenset())


def _read(actor: Actor) -> dict[int, frozenset[uuid.UUID]]:
    latest: dict[uuid.UUID, dict[uuid.UUID, int]] = defaultdict(dict)
    rows = readable_observations(actor).filter(trait=Trait.STANCE).order_by("observed_on", "id")
    columns = rows.values_list("id", "person_id", "observer_id", "value")
    for identifier, person, observer, sealed in columns.iterator(chunk_size=5000):
        latest[person][observer] = _value(identifier, sealed)
    found: dict[int, set[uuid.UUID]] = defaultdict(set)
    for person, values in latest.items():
        found[_nearest(list(values.values()))].add(person)
    return {stance: frozenset(people) for stance, people in found.items()}


def _value(observation: uuid.UUID, sealed: Sealed) -> int:
    value = _opened.get(observation)
    if value is None:
        if len(_opened) >= _MOST_OPENED:
            _opened.clear()
        value = _opened[observation] = int(unseal(_VALUE, observation, sealed))
    return value


def _nearest(values: list[int]) -> int:
    # Halves go up: with 3.5 and more somebody is taken for an opponent everywhere.
    return int(sum(values) / len(values) + 0.5)
