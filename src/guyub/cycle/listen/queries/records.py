"""What was noted of people: encounters, promises, observations."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from guyub.core.actor import Actor
from guyub.core.confidential import unseal
from guyub.core.models import FilledForm
from guyub.core.query import query
from guyub.cycle.listen.models import (
    Encounter,
    Observation,
    Participation,
    Promise,
    PromiseOutcome,
)
from guyub.cycle.listen.queries.people_list import PAGE
from guyub.cycle.listen.queries.stances import readable_observations
from guyub.cycle.listen.vocabulary import (
    EncounterKind,
    InitiatedBy,
    ListenPermission,
    Outcome,
    Part,
    Trait,
)


@dataclass(frozen=True, kw_only=True)
class ObservationRow:
    """One worker's judgement."""

    person: uuid.UUID
    trait: Trait
    value: int
    observed_on: date
    observer: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class PromiseRow:
    """A promise and what became of it; without an outcome it is open.

    by_worker: promised to the person, by the worker of this name; else the person promised it.
    settled_on: when its outcome was noted.
    """

    id: uuid.UUID
    person: uuid.UUID
    what: str
    made_on: date
    due_on: date | None
    outcome: Outcome | None
    settled_on: date | None
    by_worker: bool
    worker_name: str


@dataclass(frozen=True, kw_only=True)
class ParticipationRow:
    """Somebody's part in an encounter."""

    person: uuid.UUID
    encounter: uuid.UUID
    part: Part
    held_on: date


@dataclass(frozen=True, kw_only=True)
class EncounterOf:
    """An encounter of somebody, and what they did in it. own: this actor filled in its form."""

    id: uuid.UUID
    kind: EncounterKind
    held_on: date
    place: str
    parts: tuple[Part, ...]
    noted_by: str
    own: bool


@dataclass(frozen=True, kw_only=True)
class EncounterRow:
    """A meeting that took place; its summary is empty for who may not read it."""

    id: uuid.UUID
    kind: EncounterKind
    held_on: date
    month_only: bool
    place: str
    initiated_by: InitiatedBy
    people: int
    summary: str
    open_summary: bool
    noted_by: str


@query("listen.observations", permission=ListenPermission.WRITE)
def observations(actor: Actor) -> tuple[ObservationRow, ...]:
    """The judgements this actor may read: the whole team's for a planner, else their own."""
    field = Observation._meta.get_field("value")
    rows = readable_observations(actor).order_by("observed_on", "id")
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


@query("listen.promises", permission=ListenPermission.WRITE)
def promises(actor: Actor) -> tuple[PromiseRow, ...]:
    """All promises of people here, with their outcomes."""
    return tuple(promise_row(row) for row in promises_with_outcome().order_by("made_on", "id"))


@query("listen.participations", permission=ListenPermission.WRITE)
def participations(actor: Actor) -> tuple[ParticipationRow, ...]:
    """Who took part in which encounter, and how."""
    rows = Participation.objects.filter(encounter__withdrawn_in=None).order_by("id")
    columns = rows.values_list("person_id", "encounter_id", "part", "encounter__held_on")
    return tuple(
        ParticipationRow(person=person, encounter=encounter, part=Part(part), held_on=held_on)
        for person, encounter, part, held_on in columns
    )


@query("listen.encounters_of", permission=ListenPermission.WRITE)
def encounters_of(actor: Actor, person: uuid.UUID) -> tuple[EncounterOf, ...]:
    """A person's encounters, newest first, without what was said."""
    rows = Participation.objects.filter(person=person, encounter__withdrawn_in=None)
    filled = FilledForm.objects.filter(entry=OuterRef("encounter__stated_in__entry"))
    columns = (
        rows.annotate(filled=Exists(filled))
        .order_by("id")
        .values_list(
            "encounter_id",
            "encounter__kind",
            "encounter__held_on",
            "encounter__place",
            "encounter__stated_in__account__name",
            "encounter__stated_in__account",
            "encounter__meeting",
            "filled",
            "part",
        )
    )
    parts: dict[tuple[Any, ...], list[Part]] = {}
    for *encounter, part in columns:
        parts.setdefault(tuple(encounter), []).append(Part(part))
    found = [
        EncounterOf(
            id=identifier,
            kind=EncounterKind(kind),
            held_on=held_on,
            place=place,
            parts=tuple(did),
            noted_by=noted_by,
            own=account == actor.account and meeting is None and filled_in,
        )
        for (
            identifier,
            kind,
            held_on,
            place,
            noted_by,
            account,
            meeting,
            filled_in,
        ), did in parts.items()
    ]
    return tuple(sorted(found, key=lambda each: (each.held_on, each.id), reverse=True))


@query("listen.summaries", permission=ListenPermission.WRITE)
def summaries(actor: Actor, encounters: frozenset[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What was said in a few encounters, of those that this actor may read."""
    rows = Encounter.objects.filter(pk__in=encounters, summary__isnull=False)
    return {
        row.pk: row.summary or ""
        for row in rows.select_related("stated_in")
        if _may_read_summary(actor, row)
    }


@query("listen.encounters", permission=ListenPermission.READ)
def encounters(actor: Actor, *, start: int = 0, limit: int = PAGE) -> tuple[EncounterRow, ...]:
    """The latest encounters, newest first, without as many as `start`."""
    rows = (
        Encounter.objects.select_related("stated_in__account")
        .annotate(known=Count("participations__person", distinct=True))
        .order_by("-held_on", "-id")[start : start + limit]
    )
    return tuple(
        EncounterRow(
            id=row.pk,
            kind=EncounterKind(row.kind),
            held_on=row.held_on,
            month_only=row.month_only,
            place=row.place,
            initiated_by=InitiatedBy(row.initiated_by),
            people=row.head_count or row.known,
            summary=(row.summary or "") if _may_read_summary(actor, row) else "",
            open_summary=row.open_summary,
            noted_by=row.stated_in.account.name,
        )
        for row in rows
    )


def _may_read_summary(actor: Actor, row: Encounter) -> bool:
    own = row.stated_in.account_id == actor.account
    return row.open_summary or own or actor.may(ListenPermission.CONFIDENTIAL)


def promises_with_outcome() -> QuerySet[Promise]:
    """Promises with what became of each, as `latest`."""
    latest = PromiseOutcome.objects.filter(promise=OuterRef("pk")).order_by("-noted_on", "-id")
    rows = Promise.objects.select_related("stated_in__account")
    return rows.annotate(
        latest=Subquery(latest.values("outcome")[:1]),
        settled_on=Subquery(latest.values("noted_on")[:1]),
    )


def promise_row(row: Promise) -> PromiseRow:
    """A promise with its outcome as plain data."""
    latest = row.latest  # type: ignore[attr-defined]
    return PromiseRow(
        id=row.pk,
        person=row.person_id,
        what=row.what,
        made_on=row.made_on,
        due_on=row.due_on,
        outcome=Outcome(latest) if latest else None,
        settled_on=row.settled_on,  # type: ignore[attr-defined]
        by_worker=row.by_worker,
        worker_name=row.stated_in.account.name,
    )


def promises_of(person: uuid.UUID) -> tuple[PromiseRow, ...]:
    """The promises of one person and to them, the latest first, with what became of each."""
    # Joined, not asked along for each: for one person that takes half the time.
    rows = Promise.objects.filter(person=person).annotate(
        became=FilteredRelation("outcomes", condition=Q(outcomes__withdrawn_in=None))
    )
    ordered = rows.order_by("-made_on", "-id", "-became__noted_on", "-became__id")
    columns = ordered.values_list(
        "id",
        "what",
        "made_on",
        "due_on",
        "became__outcome",
        "became__noted_on",
        "by_worker",
        "stated_in__account__name",
    )
    found: dict[uuid.UUID, PromiseRow] = {}
    for identifier, what, made_on, due_on, outcome, settled_on, by_worker, worker in columns:
        # The latest outcome comes first, and counts.
        if identifier not in found:
            found[identifier] = PromiseRow(
                id=identifier,
                person=person,
                what=what,
                made_on=made_on,
                due_on=due_on,
                outcome=Outcome(outcome) if outcome else None,
                settled_on=settled_on,
                by_worker=by_worker,
                worker_name=worker,
            )
    return tuple(found.values())
