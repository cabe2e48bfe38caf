"""What one entry noted of a conversation, for whoever noted it and wants to say it rightly."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from guyub.core.actor import Actor
from guyub.core.errors import Missing, Refused
from guyub.core.models import LogEntry
from guyub.core.query import query
from guyub.cycle.listen.models import (
    Concern,
    Encounter,
    Observation,
    Participation,
    PlannedVisit,
    Promise,
    SharedConcern,
    VisitOutcome,
)
from guyub.cycle.listen.vocabulary import (
    EncounterKind,
    InitiatedBy,
    LifeArea,
    ListenPermission,
    Part,
    TimeOfDay,
    Trait,
)


@dataclass(frozen=True, kw_only=True)
class NotedConcern:
    """What somebody said, as it was noted."""

    person: uuid.UUID
    life_area: LifeArea
    own_words: str
    depth: int | None
    shared_with: frozenset[uuid.UUID]


@dataclass(frozen=True, kw_only=True)
class NotedPromise:
    """A promise, as it was noted."""

    person: uuid.UUID
    what: str
    due_on: date | None
    by_worker: bool


@dataclass(frozen=True, kw_only=True)
class NotedObservation:
    """A judgement of one's own."""

    person: uuid.UUID
    trait: Trait
    value: int
    evidence: str


@dataclass(frozen=True, kw_only=True)
class NotedConversation:
    """An encounter with all that Listen keeps of the same entry.

    deeds: the keys of the entry's deeds, with their actions. settled: the visit that it was.
    visits: whom to see again, and when.
    """

    entry: uuid.UUID
    deeds: dict[uuid.UUID, str]
    kind: EncounterKind
    held_on: date
    month_only: bool
    time_of_day: TimeOfDay
    place: str
    initiated_by: InitiatedBy
    head_count: int | None
    summary: str
    open_summary: bool
    parts: tuple[tuple[uuid.UUID, Part], ...]
    concerns: tuple[NotedConcern, ...]
    promises: tuple[NotedPromise, ...]
    observations: tuple[NotedObservation, ...]
    visits: tuple[tuple[uuid.UUID, date], ...]
    settled: uuid.UUID | None


@query("listen.noted_conversation", permission=ListenPermission.WRITE)
def noted_conversation(actor: Actor, encounter: uuid.UUID) -> NotedConversation:
    """A conversation that this actor noted, and what else they noted in the same entry.

    :raises Missing: it is not here, a meeting, or somebody else's note.
    :raises Refused: it was withdrawn.
    """
    every = Encounter.objects.with_withdrawn().select_related("stated_in")
    own = every.filter(stated_in__account_id=actor.account, meeting=None)
    row: Any = own.filter(pk=encounter).first()
    if row is None:
        raise Missing(str(encounter))
    if row.withdrawn_in_id is not None:
        raise Refused(_("This note was corrected or taken back already."))
    entry = row.stated_in.entry
    logged = LogEntry.objects.filter(entry=entry, community_id=row.stated_in.community_id)
    deeds = dict(logged.values_list("key", "action"))
    there = Participation.objects.filter(encounter=row, stated_in__in=deeds).order_by("id")
    return NotedConversation(
        entry=entry,
        deeds=deeds,
        kind=EncounterKind(row.kind),
        held_on=row.held_on,
        month_only=row.month_only,
        time_of_day=TimeOfDay(row.time_of_day),
        place=row.place,
        initiated_by=InitiatedBy(row.initiated_by),
        head_count=row.head_count,
        summary=row.summary or "",
        open_summary=row.open_summary,
        parts=tuple((person, Part(part)) for person, part in there.values_list("person", "part")),
        concerns=_concerns(deeds),
        promises=_promises(deeds),
        observations=_observations(deeds),
        visits=tuple(
            PlannedVisit.objects.filter(stated_in__in=deeds)
            .order_by("id")
            .values_list("person", "planned_on")
        ),
        settled=VisitOutcome.objects.filter(stated_in__in=deeds)
        .values_list("visit", flat=True)
        .first(),
    )


def _concerns(deeds: dict[uuid.UUID, str]) -> tuple[NotedConcern, ...]:
    sharing: dict[uuid.UUID, set[uuid.UUID]] = {}
    for concern, person in SharedConcern.objects.filter(stated_in__in=deeds).values_list(
        "concern", "person"
    ):
        sharing.setdefault(concern, set()).add(person)
    return tuple(
        NotedConcern(
            person=row.person_id,
            life_area=LifeArea(row.life_area),
            own_words=row.own_words or "",
            depth=row.depth,
            shared_with=frozenset(sharing.get(row.pk, ())),
        )
        for row in Concern.objects.filter(stated_in__in=deeds).order_by("id")
    )


def _promises(deeds: dict[uuid.UUID, str]) -> tuple[NotedPromise, ...]:
    return tuple(
        NotedPromise(
            person=row.person_id, what=row.what, due_on=row.due_on, by_worker=row.by_worker
        )
        for row in Promise.objects.filter(stated_in__in=deeds).order_by("id")
    )


def _observations(deeds: dict[uuid.UUID, str]) -> tuple[NotedObservation, ...]:
    return tuple(
        NotedObservation(
            person=row.person_id,
            trait=Trait(row.trait),
            value=row.value,
            evidence=row.evidence or "",
        )
        for row in Observation.objects.filter(stated_in__in=deeds).order_by("id")
    )
