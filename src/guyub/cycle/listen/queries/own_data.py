"""Everything we hold about somebody, for themselves; and where others' notes name them.

Whoever wrote something, and other people who are named, stay out of the sheet: they have rights of
their own (docs/adr). Judgements and confidential notes about the person are theirs to see.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from guyub.core.actor import Actor
from guyub.core.erasing import mentions as names_one_of
from guyub.core.errors import Missing
from guyub.core.query import query
from guyub.cycle.listen.models import (
    Cancellation,
    Concern,
    Decision,
    Encounter,
    Meeting,
    Observation,
    Participation,
    Person,
    PlannedVisit,
    Promise,
)
from guyub.cycle.listen.queries.people_list import confidential_values
from guyub.cycle.listen.queries.records import promises_of
from guyub.cycle.listen.vocabulary import (
    EncounterKind,
    LifeArea,
    ListenPermission,
    Outcome,
    Part,
    Trait,
)

# Words of a name that are too short to look for: initials stand in every text.
_SHORTEST_NAME = 3


@dataclass(frozen=True, kw_only=True)
class OwnEncounter:
    """Where somebody was; what was said only where the talk was with them alone."""

    kind: EncounterKind
    held_on: date
    place: str
    part: Part
    summary: str


@dataclass(frozen=True, kw_only=True)
class OwnPromise:
    """What they promised, or were promised."""

    what: str
    made_on: date
    due_on: date | None
    by_worker: bool
    outcome: Outcome | None


@dataclass(frozen=True, kw_only=True)
class OwnConcern:
    """What they said they care about."""

    life_area: LifeArea
    own_words: str
    depth: int | None
    noted_on: date


@dataclass(frozen=True, kw_only=True)
class OwnJudgement:
    """How somebody of the team saw them."""

    trait: Trait
    value: int
    evidence: str
    observed_on: date


@dataclass(frozen=True, kw_only=True)
class OwnData:
    """Everything Listen holds about somebody, beside their card and what they allow."""

    confidential: dict[str, str]
    encounters: tuple[OwnEncounter, ...]
    promises: tuple[OwnPromise, ...]
    concerns: tuple[OwnConcern, ...]
    judgements: tuple[OwnJudgement, ...]
    planned_visits: tuple[date, ...]


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A text of others in which a name stands. field: which column of which row it is."""

    row: uuid.UUID
    field: str
    noted_on: date
    text: str


@query("listen.own_data", permission=ListenPermission.RIGHTS)
def own_data(actor: Actor, person: uuid.UUID) -> OwnData:
    """Everything we hold about a person that they may see.

    :raises Missing: nobody here has this identifier.
    """
    row = Person.objects.filter(pk=person).first()
    if row is None:
        raise Missing(str(person))
    return OwnData(
        confidential=confidential_values(row),
        encounters=tuple(_encounters(row)),
        promises=tuple(
            OwnPromise(
                what=each.what,
                made_on=each.made_on,
                due_on=each.due_on,
                by_worker=each.by_worker,
                outcome=each.outcome,
            )
            for each in reversed(promises_of(row.pk))
        ),
        concerns=tuple(
            OwnConcern(
                life_area=LifeArea(each.life_area),
                own_words=each.own_words or "",
                depth=each.depth,
                noted_on=each.noted_on,
            )
            for each in Concern.objects.filter(person=row).order_by("noted_on", "id")
        ),
        judgements=tuple(
            OwnJudgement(
                trait=Trait(each.trait),
                value=each.value,
                evidence=each.evidence or "",
                observed_on=each.observed_on,
            )
            for each in Observation.objects.filter(person=row).order_by("observed_on", "id")
        ),
        planned_visits=tuple(
            PlannedVisit.objects.filter(person=row)
            .order_by("planned_on", "id")
            .values_list("planned_on", flat=True)
        ),
    )


@query("listen.mentions", permission=ListenPermission.RIGHTS)
def mentions(actor: Actor, person: uuid.UUID) -> tuple[Mention, ...]:
    """Texts about others, or about nobody in particular, that contain a person's name.

    Everything sealed is opened for it: for a district this takes a while, and is done once.

    :raises Missing: nobody here has this identifier.
    """
    row = Person.objects.filter(pk=person).first()
    if row is None:
        raise Missing(str(person))
    words = called(row)
    found = [
        Mention(row=key, field=field, noted_on=day, text=text)
        for key, field, day, text in _texts(row)
        if text and names_one_of(text, words)
    ]
    return tuple(sorted(found, key=lambda each: (each.noted_on, each.row), reverse=True))


def called(row: Person) -> set[str]:
    """The names under which somebody may stand in a text: whole, and each word of them."""
    names = {row.name, row.alias} - {""}
    words = {word for name in names for word in name.split() if len(word) >= _SHORTEST_NAME}
    return names | words


def alone_with(person: uuid.UUID) -> set[uuid.UUID]:
    """Encounters in which nobody else is named: what was said there is about this person."""
    own = set(Participation.objects.filter(person=person).values_list("encounter_id", flat=True))
    shared = Participation.objects.filter(encounter__in=own).exclude(person=person)
    return own - set(shared.values_list("encounter_id", flat=True))


def _encounters(row: Person) -> Iterator[OwnEncounter]:
    alone = alone_with(row.pk)
    parts = Participation.objects.filter(person=row, encounter__withdrawn_in=None)
    for each in parts.select_related("encounter").order_by("encounter__held_on", "id"):
        met = each.encounter
        yield OwnEncounter(
            kind=EncounterKind(met.kind),
            held_on=met.held_on,
            place=met.place,
            part=Part(each.part),
            summary=(met.summary or "") if met.pk in alone else "",
        )


def _texts(row: Person) -> Iterator[tuple[uuid.UUID, str, date, str]]:
    alone = alone_with(row.pk)
    met: QuerySet[Encounter] = Encounter.objects.all()
    for encounter in met.iterator(chunk_size=1000):
        if encounter.pk not in alone:
            yield encounter.pk, "summary", encounter.held_on, encounter.summary or ""
            yield encounter.pk, "place", encounter.held_on, encounter.place
    for concern in Concern.objects.exclude(person=row).iterator(chunk_size=1000):
        yield concern.pk, "own_words", concern.noted_on, concern.own_words or ""
    for seen in Observation.objects.exclude(person=row).iterator(chunk_size=1000):
        yield seen.pk, "evidence", seen.observed_on, seen.evidence or ""
    for promise in Promise.objects.exclude(person=row).iterator(chunk_size=1000):
        yield promise.pk, "what", promise.made_on, promise.what
    yield from _texts_of_meetings()


def _texts_of_meetings() -> Iterator[tuple[uuid.UUID, str, date, str]]:
    for meeting in Meeting.objects.iterator(chunk_size=1000):
        yield meeting.pk, "title", meeting.planned_on, meeting.title
        yield meeting.pk, "venue", meeting.planned_on, meeting.venue
    for decision in Decision.objects.select_related("meeting").iterator(chunk_size=1000):
        yield decision.pk, "decided", decision.meeting.planned_on, decision.decided
    for cancelled in Cancellation.objects.select_related("meeting").iterator(chunk_size=1000):
        yield cancelled.pk, "why", cancelled.meeting.planned_on, cancelled.why
