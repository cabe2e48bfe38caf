"""Who may stand in the book twice: similar names, and never these alone.

Nobody is compared with everybody. People whose names may be one are put together with what else
they share (a phone, a household, a year of birth, a small place); only those in one such group are
a pair. So the work grows with the people, not with their pairs.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from heapq import nsmallest
from itertools import combinations
from typing import Any

from django.db.models import Q

from guyub.core.actor import Actor
from guyub.core.errors import Missing
from guyub.core.merging import what_moves
from guyub.core.query import query
from guyub.cycle.listen.models import NotTheSame, Person, phone_marks
from guyub.cycle.listen.queries.people_list import (
    PersonRow,
    confidential_values,
    field_value,
    person_rows,
)
from guyub.cycle.listen.queries.rights import is_protected, may_call
from guyub.cycle.listen.vocabulary import ListenPermission
from guyub.cycle.listen.vocabulary.person_fields import PERSON_FIELDS
from guyub.cycle.listen.vocabulary.rights import LikeSign
from guyub.cycle.listen.vocabulary.spelling import alike as spelled_alike

# As many pairs as somebody decides about in one sitting; the likeliest come first. Our choice.
PAIRS = 50

# As many as one looks through while noting somebody. Our choice.
_ALIKE = 5

# What each sign weighs beside a name. Our choice: a phone is shared by a family at most, a birth
# year by one in fifty, a hamlet by hundreds.
_WEIGHT = {LikeSign.PHONE: 4, LikeSign.HOUSEHOLD: 3, LikeSign.BORN: 2, LikeSign.PLACE: 1}

# Where more people than this share a name and a sign, it says nothing: half a hamlet may be called
# so. A phone is one family's, a household one kitchen's. Our choice.
_LARGEST_GROUP = {
    LikeSign.PHONE: 30,
    LikeSign.HOUSEHOLD: 30,
    LikeSign.BORN: 6,
    LikeSign.PLACE: 3,
}


@dataclass(frozen=True, slots=True)
class _Known:
    """What likeness is judged by: each field is the column of this name."""

    id: uuid.UUID
    called: str
    gender: str
    birth_year: int | None
    household_id: uuid.UUID | None
    community_id: uuid.UUID
    phone_mark: str


@dataclass(frozen=True, kw_only=True)
class DuplicatePair:
    """Two records that may be one person, and what speaks for it beside the name."""

    one: PersonRow
    other: PersonRow
    signs: tuple[LikeSign, ...]


@dataclass(frozen=True, kw_only=True)
class DuplicatePairs:
    """The likeliest pairs, and how many there are in all."""

    pairs: tuple[DuplicatePair, ...]
    count: int


@dataclass(frozen=True, kw_only=True)
class MergePreview:
    """Two records side by side: where they differ, and how much would move from the one that goes.

    differing: fields with another value in each; filled: fields that only the one that goes has.
    """

    stays: PersonRow
    goes: PersonRow
    stays_confidential: dict[str, str]
    goes_confidential: dict[str, str]
    differing: tuple[str, ...]
    filled: tuple[str, ...]
    moves: dict[str, int]


# What stands for a number, say, of somebody who is protected.
_HIDDEN = "•••"


@query("listen.likely_duplicates", permission=ListenPermission.MERGE)
def likely_duplicates(actor: Actor, *, limit: int = PAIRS) -> DuplicatePairs:
    """Records that may be one person, the likeliest first; never those told apart already."""
    signs = _signs(actor)
    for pair in NotTheSame.objects.values_list("one_id", "other_id"):
        signs.pop(pair, None)
    weights = {pair: sum(map(_WEIGHT.__getitem__, found)) for pair, found in signs.items()}
    shown = nsmallest(limit, weights, key=lambda pair: (-weights[pair], pair))
    rows = person_rows({each for pair in shown for each in pair})
    return DuplicatePairs(
        pairs=tuple(
            DuplicatePair(one=rows[one], other=rows[other], signs=tuple(sorted(signs[one, other])))
            for one, other in shown
        ),
        count=len(signs),
    )


@query("listen.alike", permission=ListenPermission.WRITE)
def alike(actor: Actor, name: str, *, phone: str = "") -> tuple[PersonRow, ...]:
    """People here whose name resembles a new one, or who have this phone."""
    wanted = spelled_alike(name)
    if not wanted:
        return ()
    meant = Q(called=wanted) | Q(called__startswith=f"{wanted} ")
    if marks := phone_marks(phone):
        meant |= Q(phone_mark__in=marks)
    found = Person.objects.filter(meant).order_by("called", "name", "id")[:_ALIKE]
    rows = person_rows({row.pk for row in found})
    return tuple(rows[row.pk] for row in found)


@query("listen.merge_preview", permission=ListenPermission.MERGE)
def merge_preview(actor: Actor, stays: uuid.UUID, goes: uuid.UUID) -> MergePreview:
    """A preview of merging two records.

    :raises Missing: one of them is not here.
    """
    found = Person.objects.annotate(hidden=is_protected("pk")).filter(pk__in=(stays, goes))
    people = {row.pk: row for row in found}
    for each in (stays, goes):
        if each not in people:
            raise Missing(str(each))
    one, other = people[stays], people[goes]
    differing: list[str] = []
    filled: list[str] = []
    for name in PERSON_FIELDS:
        here, there = field_value(one, name), field_value(other, name)
        if there not in ("", None, "unstated") and here != there:
            (differing if here not in ("", None, "unstated") else filled).append(name)
    rows = person_rows({stays, goes})
    return MergePreview(
        stays=rows[stays],
        goes=rows[goes],
        stays_confidential=_confidential(actor, one),
        goes_confidential=_confidential(actor, other),
        differing=tuple(differing),
        filled=tuple(filled),
        moves=what_moves(other),
    )


def _confidential(actor: Actor, person: Person) -> dict[str, str]:
    values = confidential_values(person)
    return values if may_call(actor, person) else dict.fromkeys(values, _HIDDEN)


def _signs(actor: Actor) -> dict[tuple[uuid.UUID, uuid.UUID], set[LikeSign]]:
    columns = [column.name for column in fields(_Known)]
    rows = Person.objects.exclude(called="").values_list(*columns).iterator(chunk_size=5000)
    people = [_Known(*row) for row in rows]
    found: dict[tuple[uuid.UUID, uuid.UUID], set[LikeSign]] = defaultdict(set)
    for sign, group in _groups(people):
        for one, other in combinations(sorted(group, key=lambda each: each.id), 2):
            if _may_be_one(one, other, sign):
                found[one.id, other.id].add(sign)
    return found


def _groups(people: Iterable[_Known]) -> Iterator[tuple[LikeSign, list[_Known]]]:
    # Almost everybody is alone with what they share: a list is made only where a second one comes.
    alone: dict[tuple[Any, ...], _Known] = {}
    groups: dict[tuple[Any, ...], list[_Known]] = {}
    for each in people:
        for key in _keys(each):
            first = alone.setdefault(key, each)
            if first is not each:
                groups.setdefault(key, [first]).append(each)
    for key, group in groups.items():
        if len(group) <= _LARGEST_GROUP[key[0]]:
            yield key[0], group


def _keys(each: _Known) -> Iterator[tuple[Any, ...]]:
    first = each.called.partition(" ")[0]
    if each.phone_mark:
        yield LikeSign.PHONE, first, each.phone_mark
    if each.household_id:
        yield LikeSign.HOUSEHOLD, first, each.household_id
    if each.birth_year:
        # In the group of their own year, and in that of the year after: one apart meets there. In
        # one place only: in a district somebody of the same name and age is found for everybody.
        yield LikeSign.BORN, each.called, each.community_id, each.birth_year
        yield LikeSign.BORN, each.called, each.community_id, each.birth_year + 1
    if " " in each.called:
        yield LikeSign.PLACE, each.called, each.community_id


def _may_be_one(one: _Known, other: _Known, sign: LikeSign) -> bool:
    """Nothing speaks against it: one name holds the words of the other, no year, no gender."""
    if one.called != other.called:
        words, others = set(one.called.split()), set(other.called.split())
        if not (words <= others or others <= words):
            return False
    if sign is LikeSign.PHONE:
        return True
    stated = {one.gender, other.gender} - {"unstated"}
    years = [each.birth_year for each in (one, other) if each.birth_year]
    return len(stated) < 2 and (len(years) < 2 or abs(years[0] - years[1]) <= 1)
