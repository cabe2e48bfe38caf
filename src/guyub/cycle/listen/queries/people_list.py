"""Who lives here: the list of people, and who is meant by an identifier."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import StrIndex

from guyub.core import queries as core
from guyub.core.actor import Actor
from guyub.core.cache import Cache
from guyub.core.chunks import CHUNK, chunks
from guyub.core.confidential import unseal
from guyub.core.errors import Missing
from guyub.core.models import ScopedQuerySet
from guyub.core.permissions import CorePermission
from guyub.core.query import query
from guyub.cycle.listen.models import Person
from guyub.cycle.listen.queries.stances import people_by_stance
from guyub.cycle.listen.vocabulary import Gender, ListenPermission, PersonStatus, labels
from guyub.cycle.listen.vocabulary.person_fields import (
    CONFIDENTIAL_FIELDS,
    PERSON_FIELDS,
    LaterFields,
    OpenFields,
)
from guyub.cycle.listen.vocabulary.spelling import words_sought

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class PersonRow(LaterFields, OpenFields):
    """Somebody in a list: nothing confidential."""

    id: uuid.UUID
    reference: str
    community: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class PeoplePage:
    """A stretch of the list by name; `next` begins the following page."""

    rows: tuple[PersonRow, ...]
    next: uuid.UUID | None


@dataclass(frozen=True, kw_only=True)
class HouseholdRow:
    """A household, and who lives in it as (identifier, name)."""

    label: str
    members: tuple[tuple[uuid.UUID, str], ...]


@query("listen.homes_of", permission=ListenPermission.READ)
def homes_of(actor: Actor, people: set[uuid.UUID] | None) -> dict[uuid.UUID, uuid.UUID]:
    """The community each of these people lives in; everyone's for None."""
    rows = Person.objects.all()
    if people is None:
        return dict(rows.values_list("pk", "community_id"))
    found: dict[uuid.UUID, uuid.UUID] = {}
    for chunk in chunks(list(people)):
        found.update(rows.filter(pk__in=chunk).values_list("pk", "community_id"))
    return found


@query("listen.people", permission=ListenPermission.READ)
def people(
    actor: Actor,
    *,
    text: str = "",
    community: uuid.UUID | None = None,
    gender: Gender | None = None,
    group: str = "",
    stance: int | None = None,
    after: uuid.UUID | None = None,
    limit: int = PAGE,
) -> PeoplePage:
    """The people here, by name, a page at a time; `after` is the last one already seen.

    Each word of `text` stands in their name or alias, in whichever spelling. `community` holds all
    below it, too. `group` is one of their labels, in capital or small letters. `stance` is how they
    stand, as far as the actor may know it: nobody is found by those who may not.

    :raises Missing: nobody here is called `after`, or `community` is not here.
    """
    rows = Person.objects.order_by("name", "id")
    if community is not None:
        places = below(actor, community)
        # One of them is the common case, and an equality lets the index sort too.
        rows = rows.filter(community__in=places) if places[1:] else rows.filter(community=community)
    if gender is not None:
        rows = rows.filter(gender=gender)
    if group:
        rows = rows.filter(groups__in=naming(actor, group))
    if text.strip():
        rows = _called(rows, text)
    if after is not None:
        # The row may have been withdrawn since; the place where it stood is still known.
        last = Person.objects.with_withdrawn().filter(pk=after).values_list("name").first()
        if last is None:
            raise Missing(str(after))
        # As one bound and an exception to it, the index begins where the page before ended.
        (name,) = last
        rows = rows.filter(name__gte=name).exclude(name=name, id__lte=after)
    # Who they are is answered by an index alone, however many are passed over; then their rows.
    found = (
        list(rows.values_list("id", flat=True)[: limit + 1])
        if stance is None
        else _among(rows, people_by_stance(actor, stance), limit + 1)
    )
    shown = found[:limit]
    listed = {row.id: row for row in rows_by_identifier(shown)}
    return PeoplePage(
        rows=tuple(listed[each] for each in shown), next=shown[-1] if len(found) > limit else None
    )


@query("listen.households", permission=ListenPermission.READ)
def households(actor: Actor, *, start: int = 0, limit: int = PAGE) -> tuple[HouseholdRow, ...]:
    """Households by their label, each with who lives in it, without as many as `start`."""
    living = Person.objects.filter(status=PersonStatus.PRESENT, household__isnull=False)
    shown = living.order_by("household__label", "household").values_list(
        "household", "household__label"
    )
    page = dict(shown.distinct()[start : start + limit])
    members: dict[uuid.UUID, list[tuple[uuid.UUID, str]]] = {}
    rows = living.filter(household__in=list(page)).order_by("name", "id")
    for home, person, name in rows.values_list("household", "pk", "name"):
        members.setdefault(home, []).append((person, name))
    return tuple(
        HouseholdRow(label=label, members=tuple(members.get(home, ())))
        for home, label in page.items()
    )


@query("listen.groups", permission=ListenPermission.READ)
def groups(actor: Actor) -> tuple[str, ...]:
    """The groups that people here take part in, by name."""
    return tuple(sorted(labels(",".join(_combinations(actor))), key=str.casefold))


@query("listen.all_people", permission=ListenPermission.READ)
def all_people(actor: Actor, *, among: frozenset[uuid.UUID] | None = None) -> tuple[PersonRow, ...]:
    """Everyone who lives here, in the order they were noted: for analyses and exports.

    among: only those among these few.
    """
    rows = Person.objects.filter(status=PersonStatus.PRESENT).order_by("id")
    if among is not None:
        rows = rows.filter(pk__in=among)
    return tuple(_listed(row) for row in rows.values_list(*_LISTED).iterator(chunk_size=5000))


@query("listen.some_people", permission=ListenPermission.READ)
def some_people(actor: Actor, people: tuple[uuid.UUID, ...]) -> tuple[PersonRow, ...]:
    """A few people as rows of the list, in the order given, as far as they are here."""
    listed = {row.id: row for row in rows_by_identifier(list(people))}
    return tuple(listed[each] for each in people if each in listed)


@query("listen.names", permission=ListenPermission.READ)
def names(actor: Actor, people: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The names of these people, as far as they are here."""
    found: dict[uuid.UUID, str] = {}
    for chunk in chunks(list(people)):
        found.update(Person.objects.filter(pk__in=chunk).values_list("pk", "name"))
    return found


@query("listen.phones", permission=CorePermission.EXPORT)
def phones(actor: Actor) -> dict[uuid.UUID, str]:
    """The phone numbers of everyone who gave one: for an export, which is logged."""
    field = Person._meta.get_field("phone")
    rows = Person.objects.filter(phone__isnull=False).values_list("pk", "phone")
    return {identifier: unseal(field, identifier, sealed) for identifier, sealed in rows}


_FIELDS = tuple(each.name for each in fields(PersonRow))
_ELSEWHERE = {"household": "household__label", "community": "community_id"}
_LISTED = tuple(_ELSEWHERE.get(name, name) for name in _FIELDS)
_CHOICES = tuple(
    (each.name, each.choices) for each in PERSON_FIELDS.values() if each.choices is not None
)


def _listed(columns: Iterable[Any]) -> PersonRow:
    row = dict(zip(_FIELDS, columns, strict=True))
    for name, choices in _CHOICES:
        row[name] = choices(row[name])
    row["household"] = row["household"] or ""
    return PersonRow(**row)


def listed(person: Person) -> PersonRow:
    """The row of somebody who was read with their household."""
    return _listed(field_value(person, name) for name in _FIELDS)


def field_value(person: Person, name: str) -> Any:
    """What is noted in a field of somebody, as rows of lists say it."""
    if name == "household":
        return person.household.label if person.household else ""
    return getattr(person, "community_id" if name == "community" else name)


def confidential_values(person: Person) -> dict[str, str]:
    """What is sealed of somebody; whoever may not read it must not get it."""
    return {name: getattr(person, name) or "" for name in CONFIDENTIAL_FIELDS}


def _called(rows: ScopedQuerySet, text: str) -> ScopedQuerySet:
    # The longest word passes over most people at the least cost: it comes last, to stand first. A
    # search for a part of a text is quicker than LIKE, which SQLite compares letter by letter.
    words = sorted(words_sought(text), key=len)
    for number, word in enumerate(words):
        place = StrIndex("searched", Value(word))
        rows = rows.alias(**{f"place_{number}": place})
        rows = rows.filter_first(**{f"place_{number}__gt": 0})
    return rows if words else rows.none()


def person_rows(people: set[uuid.UUID]) -> dict[uuid.UUID, PersonRow]:
    """These people as rows of a list, by identifier."""
    return {row.id: row for row in rows_by_identifier(list(people))}


_together = Cache[tuple[str, ...]]()


def _combinations(actor: Actor) -> tuple[str, ...]:
    """The labels of people as they stand together: few against the people."""

    def read() -> tuple[str, ...]:
        rows = Person.objects.exclude(groups="").order_by()
        return tuple(rows.values_list("groups", flat=True).distinct())

    return _together.get(actor, None, read, own=False)


def naming(actor: Actor, group: str) -> list[str]:
    """The texts of labels in which this one stands."""
    wanted = group.casefold()
    return [text for text in _combinations(actor) if wanted in map(str.casefold, labels(text))]


def _among(rows: QuerySet[Person], people: frozenset[uuid.UUID], limit: int) -> list[uuid.UUID]:
    """The first of these rows that are among the people."""
    identifiers = rows.values_list("id", flat=True)
    if len(people) <= CHUNK:
        return list(identifiers.filter(pk__in=people)[:limit])
    # So many are met soon, however the list is ordered: look through it in growing stretches.
    found: list[uuid.UUID] = []
    start, length = 0, CHUNK
    while len(found) < limit:
        stretch = list(identifiers[start : start + length])
        found += [each for each in stretch if each in people]
        if len(stretch) < length:
            break
        start, length = start + length, 2 * length
    return found[:limit]


def rows_by_identifier(people: list[uuid.UUID]) -> Iterable[PersonRow]:
    """The rows of these people, in no order."""
    for chunk in chunks(people):
        rows = Person.objects.filter(pk__in=chunk).values_list(*_LISTED)
        yield from (_listed(row) for row in rows)


def below(actor: Actor, community: uuid.UUID) -> list[uuid.UUID]:
    """A community here and all below it."""
    if community not in actor.reach:
        raise Missing(str(community))
    found = [community]
    for identifier, parent, _name in core.communities_below(actor):
        if parent in found:
            found.append(identifier)
    return found
