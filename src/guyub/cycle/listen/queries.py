"""What can be read of Listen."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from guyub.core import queries as core
from guyub.core.actor import Actor
from guyub.core.confidential import unseal
from guyub.core.errors import Missing
from guyub.core.permissions import Permission
from guyub.core.query import query
from guyub.cycle.listen.models import (
    Encounter,
    Observation,
    Participation,
    Person,
    Promise,
    PromiseOutcome,
)
from guyub.cycle.listen.vocabulary import (
    EncounterKind,
    Gender,
    InitiatedBy,
    Outcome,
    Part,
    Trait,
)

PAGE = 50

# Identifiers in one statement, as in guyub.core.models.scoped.
_LOOKED_UP_AT_ONCE = 900


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    """Somebody in a list: nothing confidential."""

    id: uuid.UUID
    reference: str
    name: str
    alias: str
    gender: Gender
    birth_year: int | None
    household: str
    community: uuid.UUID
    occupation: str
    office: str


@dataclass(frozen=True, kw_only=True)
class PeoplePage:
    """A stretch of the list by name; `next` begins the following page."""

    rows: tuple[PersonRow, ...]
    next: uuid.UUID | None


@dataclass(frozen=True, kw_only=True)
class ObservationRow:
    """One worker's judgement."""

    person: uuid.UUID
    trait: Trait
    value: int
    observed_on: date
    observer: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class SignedObservation:
    """One worker's judgement with what they saw, for the person's page."""

    trait: Trait
    value: int
    evidence: str
    observed_on: date
    observer: str


@dataclass(frozen=True, kw_only=True)
class PromiseRow:
    """A promise and what became of it; without an outcome it is open."""

    person: uuid.UUID
    what: str
    made_on: date
    due_on: date | None
    outcome: Outcome | None


@dataclass(frozen=True, kw_only=True)
class ParticipationRow:
    """Somebody's part in an encounter."""

    person: uuid.UUID
    encounter: uuid.UUID
    part: Part
    held_on: date


@dataclass(frozen=True, kw_only=True)
class EncounterRow:
    """A meeting that took place; its summary is empty for who may not read it."""

    id: uuid.UUID
    kind: EncounterKind
    held_on: date
    place: str
    initiated_by: InitiatedBy
    people: int
    summary: str
    open_summary: bool
    noted_by: str


@dataclass(frozen=True, kw_only=True)
class PersonCard:
    """Somebody, as far as this actor may read: what is confidential may be missing."""

    person: PersonRow
    phone: str | None
    encounters: int
    promises: tuple[PromiseRow, ...]
    observations: tuple[SignedObservation, ...]


@dataclass(frozen=True, kw_only=True)
class ListenCounts:
    """How many we know, and how many we heard."""

    people: int
    households: int
    encounters: int
    heard: int
    promises_open: int


@query("listen.homes_of", permission=Permission.LISTEN_READ)
def homes_of(actor: Actor, people: set[uuid.UUID] | None) -> dict[uuid.UUID, uuid.UUID]:
    """In which community each of these people lives; everybody's, when None is asked."""
    rows = Person.objects.all()
    if people is None:
        return dict(rows.values_list("pk", "community_id"))
    found: dict[uuid.UUID, uuid.UUID] = {}
    for chunk in _chunks(list(people)):
        found.update(rows.filter(pk__in=chunk).values_list("pk", "community_id"))
    return found


@query("listen.people", permission=Permission.LISTEN_READ)
def people(
    actor: Actor,
    *,
    text: str = "",
    community: uuid.UUID | None = None,
    gender: Gender | None = None,
    after: uuid.UUID | None = None,
    limit: int = PAGE,
) -> PeoplePage:
    """The people here, by name, a page at a time; `after` is the last one already seen.

    Each word of `text` stands in their name or alias. `community` holds all below it, too.

    :raises Missing: nobody here is called `after`, or `community` is not here.
    """
    rows = Person.objects.order_by("name", "id")
    if community is not None:
        rows = rows.filter(community__in=_below(actor, community))
    if gender is not None:
        rows = rows.filter(gender=gender)
    for word in text.split():
        rows = rows.filter(Q(name__icontains=word) | Q(alias__icontains=word))
    if after is not None:
        # The row may have been withdrawn since; the place where it stood is still known.
        last = Person.objects.with_withdrawn().filter(pk=after).first()
        if last is None:
            raise Missing(str(after))
        rows = rows.filter(Q(name__gt=last.name) | Q(name=last.name, id__gt=after))
    found = [_listed(row) for row in rows.values_list(*_LISTED)[: limit + 1]]
    shown = tuple(found[:limit])
    return PeoplePage(rows=shown, next=shown[-1].id if len(found) > limit else None)


@query("listen.everybody", permission=Permission.LISTEN_READ)
def everybody(actor: Actor) -> tuple[PersonRow, ...]:
    """All people here, in the order in which they were noted: for analyses and exports."""
    rows = Person.objects.order_by("id").values_list(*_LISTED)
    return tuple(_listed(row) for row in rows.iterator(chunk_size=5000))


@query("listen.names", permission=Permission.LISTEN_READ)
def names(actor: Actor, people: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    """How these people are called, as far as they are here."""
    found: dict[uuid.UUID, str] = {}
    for chunk in _chunks(list(people)):
        found.update(Person.objects.filter(pk__in=chunk).values_list("pk", "name"))
    return found


@query("listen.phones", permission=Permission.EXPORT)
def phones(actor: Actor) -> dict[uuid.UUID, str]:
    """The phone numbers of everybody who gave one: for an export, which is logged."""
    field = Person._meta.get_field("phone")
    rows = Person.objects.filter(phone__isnull=False).values_list("pk", "phone")
    return {identifier: unseal(field, identifier, sealed) for identifier, sealed in rows}


@query("listen.observations", permission=Permission.LISTEN_WRITE)
def observations(actor: Actor) -> tuple[ObservationRow, ...]:
    """The judgements this actor may read: the whole team's for a planner, else their own."""
    field = Observation._meta.get_field("value")
    rows = _readable_observations(actor).order_by("observed_on", "id")
    columns = rows.values_list("id", "person_id", "trait", "value", "observed_on", "observer_id")
    return tuple(
        ObservationRow(
            person=person,
            trait=Trait(trait),
            value=unseal(field, identifier, sealed),
            observed_on=observed_on,
            observer=observer,
        )
        for identifier, person, trait, sealed, observed_on, observer in columns
    )


@query("listen.promises", permission=Permission.LISTEN_WRITE)
def promises(actor: Actor) -> tuple[PromiseRow, ...]:
    """All promises of people here, with what became of each."""
    return tuple(_promise_row(row) for row in _promises().order_by("made_on", "id"))


@query("listen.participations", permission=Permission.LISTEN_WRITE)
def participations(actor: Actor) -> tuple[ParticipationRow, ...]:
    """Who took part in which encounter, and how."""
    rows = Participation.objects.filter(encounter__withdrawn_in=None).order_by("id")
    columns = rows.values_list("person_id", "encounter_id", "part", "encounter__held_on")
    return tuple(
        ParticipationRow(person=person, encounter=encounter, part=Part(part), held_on=held_on)
        for person, encounter, part, held_on in columns
    )


@query("listen.encounters", permission=Permission.LISTEN_READ)
def encounters(actor: Actor, *, limit: int = PAGE) -> tuple[EncounterRow, ...]:
    """The latest encounters, newest first."""
    rows = (
        Encounter.objects.select_related("stated_in__account")
        .annotate(known=Count("participations__person", distinct=True))
        .order_by("-held_on", "-id")[:limit]
    )
    return tuple(
        EncounterRow(
            id=row.pk,
            kind=EncounterKind(row.kind),
            held_on=row.held_on,
            place=row.place,
            initiated_by=InitiatedBy(row.initiated_by),
            people=row.head_count or row.known,
            summary=(row.summary or "") if _may_read_summary(actor, row) else "",
            open_summary=row.open_summary,
            noted_by=row.stated_in.account.name,
        )
        for row in rows
    )


@query("listen.person", permission=Permission.LISTEN_READ)
def person(actor: Actor, identifier: uuid.UUID) -> PersonCard:
    """Somebody's card.

    :raises Missing: nobody here has this identifier.
    """
    row = Person.objects.select_related("household").filter(pk=identifier).first()
    if row is None:
        raise Missing(str(identifier))
    # Whoever visits people needs to call them and to know what was said; a viewer does not.
    notes = actor.may(Permission.LISTEN_WRITE)
    observed = _readable_observations(actor) if notes else Observation.objects.none()
    return PersonCard(
        person=_person_row(row),
        phone=row.phone if notes else None,
        encounters=row.participations.values("encounter").distinct().count(),
        promises=tuple(
            _promise_row(each) for each in _promises().filter(person=row).order_by("-made_on")
        )
        if notes
        else (),
        observations=tuple(
            SignedObservation(
                trait=Trait(each.trait),
                value=each.value,
                evidence=each.evidence or "",
                observed_on=each.observed_on,
                observer=each.observer.name,
            )
            for each in observed.filter(person=row)
            .select_related("observer")
            .order_by("-observed_on", "id")
        ),
    )


@query("listen.counts", permission=Permission.COMMUNITY_READ)
def counts(actor: Actor) -> ListenCounts:
    """How many people we know here, and how many of them we heard."""
    known = Person.objects.aggregate(
        people=Count("pk"), households=Count("household", distinct=True)
    )
    settled = PromiseOutcome.objects.values("promise")
    return ListenCounts(
        people=known["people"],
        households=known["households"],
        encounters=Encounter.objects.count(),
        heard=Participation.objects.values("person").distinct().count(),
        promises_open=Promise.objects.exclude(pk__in=settled).count(),
    )


def _may_read_summary(actor: Actor, row: Encounter) -> bool:
    own = row.stated_in.account_id == actor.account
    return row.open_summary or own or actor.may(Permission.LISTEN_CONFIDENTIAL)


def _readable_observations(actor: Actor) -> QuerySet[Observation]:
    rows = Observation.objects.all()
    if actor.may(Permission.LISTEN_CONFIDENTIAL):
        return rows
    return rows.filter(observer_id=actor.account)


def _promises() -> QuerySet[Promise]:
    latest = PromiseOutcome.objects.filter(promise=OuterRef("pk")).order_by("-noted_on", "-id")
    return Promise.objects.annotate(latest=Subquery(latest.values("outcome")[:1]))


def _promise_row(row: Promise) -> PromiseRow:
    latest = row.latest  # type: ignore[attr-defined]
    return PromiseRow(
        person=row.person_id,
        what=row.what,
        made_on=row.made_on,
        due_on=row.due_on,
        outcome=Outcome(latest) if latest else None,
    )


_FIELDS = tuple(each.name for each in fields(PersonRow))
_ELSEWHERE = {"household": "household__label", "community": "community_id"}
_LISTED = tuple(_ELSEWHERE.get(name, name) for name in _FIELDS)


def _listed(columns: tuple[Any, ...]) -> PersonRow:
    row = dict(zip(_FIELDS, columns, strict=True))
    row |= {"gender": Gender(row["gender"]), "household": row["household"] or ""}
    return PersonRow(**row)


def _below(actor: Actor, community: uuid.UUID) -> set[uuid.UUID]:
    """A community here and all below it."""
    if community not in actor.reach:
        raise Missing(str(community))
    found = {community}
    for identifier, parent, _name in core.communities_below(actor):
        if parent in found:
            found.add(identifier)
    return found


def _person_row(row: Person) -> PersonRow:
    return PersonRow(
        id=row.pk,
        reference=row.reference,
        name=row.name,
        alias=row.alias,
        gender=Gender(row.gender),
        birth_year=row.birth_year,
        household=row.household.label if row.household else "",
        community=row.community_id,
        occupation=row.occupation,
        office=row.office,
    )


def _chunks(identifiers: list[uuid.UUID]) -> Iterable[list[uuid.UUID]]:
    for start in range(0, len(identifiers), _LOOKED_UP_AT_ONCE):
        yield identifiers[start : start + _LOOKED_UP_AT_ONCE]
