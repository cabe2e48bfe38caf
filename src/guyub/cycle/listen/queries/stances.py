"""How people stand, as the team sees it: for narrowing the list of people.

Values are sealed, so no database can look for them, and to open those of a whole district takes a
while. What was opened is remembered, in the process that may open everything anyway, and given only
to those whose rows it was read from.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.db.models import QuerySet

from guyub.core.actor import Actor
from guyub.core.cache import Cache
from guyub.core.confidential import unseal
from guyub.core.query import query
from guyub.cycle.listen.models import Observation
from guyub.cycle.listen.vocabulary import ListenPermission, Trait

_VALUE = Observation._meta.get_field("value")


def readable_observations(actor: Actor) -> QuerySet[Observation]:
    """The judgements this actor may read: all of them as a planner, else their own."""
    rows = Observation.objects.all()
    if actor.may(ListenPermission.CONFIDENTIAL):
        return rows
    return rows.filter(observer_id=actor.account)


@dataclass(frozen=True, kw_only=True)
class Judgements:
    """The judgements of one trait that an actor may read, the oldest first: columns of one length.

    On a day, under a key, of somebody, by an observer, of a value.
    """

    days: tuple[date, ...]
    keys: tuple[uuid.UUID, ...]
    people: tuple[uuid.UUID, ...]
    observers: tuple[uuid.UUID, ...]
    values: tuple[int, ...]


_Row = tuple[date, uuid.UUID, uuid.UUID, uuid.UUID, int]

_judgements = Cache[Judgements]()
_standing = Cache[Mapping[int, frozenset[uuid.UUID]]]()


@query("listen.judgements", permission=ListenPermission.WRITE)
def judgements(actor: Actor, trait: Trait) -> Judgements:
    """What this actor may read about one trait of everyone, opened and cached."""

    def follow(known: Judgements, people: frozenset[uuid.UUID]) -> Judgements:
        rows = zip(known.days, known.keys, known.people, known.observers, known.values, strict=True)
        others = [row for row in rows if row[2] not in people]
        return _columns([*others, *_opened(actor, trait, people)])

    return _judgements.get(
        actor,
        trait,
        lambda: _columns(_opened(actor, trait)),
        own=_sees_only_own(actor),
        follow=follow,
    )


def people_by_stance(actor: Actor, stance: int) -> frozenset[uuid.UUID]:
    """Whom this actor sees standing so: the latest of each observer, their mean to the nearest."""
    if not actor.may(ListenPermission.WRITE):
        return frozenset()
    found = _standing.get(actor, None, lambda: _stances(actor), own=_sees_only_own(actor))
    return found.get(stance, frozenset())


def _sees_only_own(actor: Actor) -> bool:
    """All planners of a place see the same; everybody else sees what they noted themselves."""
    return not actor.may(ListenPermission.CONFIDENTIAL)


def _opened(
    actor: Actor, trait: Trait, people: frozenset[uuid.UUID] | None = None
) -> Iterable[_Row]:
    rows = readable_observations(actor).filter(trait=trait)
    if people is not None:
        rows = rows.filter(person__in=people)
    columns = rows.values_list("observed_on", "id", "person_id", "observer_id", "value")
    for day, identifier, person, observer, sealed in columns.order_by().iterator(chunk_size=5000):
        yield day, identifier, person, observer, int(unseal(_VALUE, identifier, sealed))


def _columns(rows: Iterable[_Row]) -> Judgements:
    found = sorted(rows)
    days, keys, people, observers, values = zip(*found, strict=True) if found else ((),) * 5
    return Judgements(days=days, keys=keys, people=people, observers=observers, values=values)


def _stances(actor: Actor) -> Mapping[int, frozenset[uuid.UUID]]:
    told = judgements(actor, Trait.STANCE)
    latest: dict[uuid.UUID, dict[uuid.UUID, int]] = defaultdict(dict)
    for person, observer, value in zip(told.people, told.observers, told.values, strict=True):
        latest[person][observer] = value
    found: dict[int, set[uuid.UUID]] = defaultdict(set)
    for person, by_observer in latest.items():
        found[_nearest(list(by_observer.values()))].add(person)
    return MappingProxyType({stance: frozenset(people) for stance, people in found.items()})


def _nearest(values: list[int]) -> int:
    # Halves go up: with 3.5 and more somebody is taken for an opponent everywhere.
    return int(sum(values) / len(values) + 0.5)
