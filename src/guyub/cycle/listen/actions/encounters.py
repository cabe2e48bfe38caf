"""What is learnt from meeting people: the encounter itself, promises, observations."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from guyub.core import queries as core
from guyub.core.action import action
from guyub.core.actor import Actor
from guyub.core.errors import Invalid, Missing, Refused
from guyub.core.identifiers import new_identifier
from guyub.cycle.listen.models import (
    Encounter,
    Observation,
    Participation,
    Person,
    Promise,
    PromiseOutcome,
)
from guyub.cycle.listen.queries.rights import refusing
from guyub.cycle.listen.vocabulary import (
    EncounterKind,
    InitiatedBy,
    ListenPermission,
    Outcome,
    Part,
    TimeOfDay,
    Trait,
    values_of,
)
from guyub.cycle.listen.vocabulary.rights import Purpose

Note = Annotated[str, Field(max_length=10_000)]


@dataclass(frozen=True, kw_only=True)
class Participant:
    """Somebody who was there, and what they did."""

    person: uuid.UUID
    part: Part = Part.PRESENT


@dataclass(frozen=True, kw_only=True)
class NewEncounter:
    """A meeting that took place. Who and when is enough.

    month_only: of the day only the month is known.
    """

    kind: EncounterKind
    held_on: date
    month_only: bool = False
    time_of_day: TimeOfDay = TimeOfDay.UNKNOWN
    participants: tuple[Participant, ...] = ()
    head_count: int | None = None
    place: Annotated[str, Field(max_length=200)] = ""
    initiated_by: InitiatedBy = InitiatedBy.WORKER
    summary: Note = ""
    open_summary: bool = False
    id: uuid.UUID | None = None


@dataclass(frozen=True, kw_only=True)
class NewPromise:
    """What somebody said they would do. by_worker: what one promised them oneself."""

    person: uuid.UUID
    what: Annotated[str, Field(min_length=1, max_length=500)]
    made_on: date
    due_on: date | None = None
    by_worker: bool = False
    id: uuid.UUID | None = None


@dataclass(frozen=True, kw_only=True)
class SettledPromise:
    """What became of a promise."""

    promise: uuid.UUID
    outcome: Outcome
    noted_on: date


@dataclass(frozen=True, kw_only=True)
class NewObservation:
    """What a worker judged about somebody, and what they saw."""

    person: uuid.UUID
    trait: Trait
    value: int
    evidence: Note = ""
    observed_on: date | None = None
    id: uuid.UUID | None = None


@action(
    "listen.record_encounter",
    permission=ListenPermission.WRITE,
    sentence=gettext_lazy("noted an encounter"),
    offline=True,
)
def record_encounter(actor: Actor, data: NewEncounter, at: datetime) -> dict[str, str]:
    """Note that people met."""
    wrong = {}
    if data.held_on > day_here(actor, at):
        wrong["held_on"] = _("An encounter that took place cannot be in the future.")
    if not data.participants and not data.head_count:
        wrong["participants"] = _("Say who was there, or how many.")
    if wrong:
        raise Invalid(wrong)
    communities = communities_of({each.person for each in data.participants})
    # People of one hamlet met in that hamlet; people of several met in what holds them both.
    places = set(communities.values())
    community = places.pop() if len(places) == 1 else actor.community
    encounter = Encounter.objects.create(
        id=data.id or new_identifier(),
        community_id=community,
        kind=data.kind,
        held_on=data.held_on.replace(day=1) if data.month_only else data.held_on,
        month_only=data.month_only,
        time_of_day=data.time_of_day,
        place=data.place.strip(),
        initiated_by=data.initiated_by,
        head_count=data.head_count,
        summary=data.summary.strip() or None,
        open_summary=data.open_summary,
    )
    Participation.objects.bulk_create(
        [
            Participation(
                community_id=communities[person], encounter=encounter, person_id=person, part=part
            )
            for person, part in sorted({(each.person, each.part) for each in data.participants})
        ]
    )
    return {"id": str(encounter.pk)}


@action(
    "listen.make_promise",
    permission=ListenPermission.WRITE,
    sentence=gettext_lazy("noted a promise"),
    offline=True,
)
def make_promise(actor: Actor, data: NewPromise, at: datetime) -> dict[str, str]:
    """Note what a person promised, or what one promised them."""
    promise = Promise.objects.create(
        id=data.id or new_identifier(),
        community_id=communities_of({data.person})[data.person],
        person_id=data.person,
        what=data.what.strip(),
        made_on=data.made_on,
        due_on=data.due_on,
        by_worker=data.by_worker,
    )
    return {"id": str(promise.pk)}


@action(
    "listen.settle_promise",
    permission=ListenPermission.WRITE,
    sentence=gettext_lazy("noted the outcome of a promise"),
    offline=True,
)
def settle_promise(actor: Actor, data: SettledPromise, at: datetime) -> None:
    """Note the outcome of a promise."""
    promise = Promise.objects.filter(pk=data.promise).first()
    if promise is None:
        raise Missing(str(data.promise))
    PromiseOutcome.objects.create(
        community_id=promise.community_id,
        promise=promise,
        outcome=data.outcome,
        noted_on=data.noted_on,
    )


@action(
    "listen.note_observation",
    permission=ListenPermission.WRITE,
    sentence=gettext_lazy("noted an observation"),
    offline=True,
)
def note_observation(actor: Actor, data: NewObservation, at: datetime) -> dict[str, str]:
    """Note a judgement about a person, under one's own name."""
    community = communities_of({data.person})[data.person]
    demand_may_judge({data.person})
    row = observation_row(actor, data, community, day_here(actor, at))
    row.save(force_insert=True)
    return {"id": str(row.pk)}


def demand_may_judge(people: set[uuid.UUID]) -> None:
    """Nobody is judged who said that they do not want it.

    :raises Refused: somebody among these people did.
    """
    if refusing(people, Purpose.JUDGE):
        raise Refused(_("They do not want us to note their stance or skills. Nothing was saved."))


def observation_row(
    actor: Actor, data: NewObservation, community: uuid.UUID, today: date
) -> Observation:
    """The row of an observation, not yet saved.

    :raises Invalid: the value does not lie on the scale of its trait.
    """
    scale = values_of(data.trait)
    if data.value not in scale:
        raise Invalid(
            {
                "value": _("%(trait)s goes from %(least)s to %(most)s.")
                % {"trait": data.trait.label, "least": scale[0], "most": scale[-1]}
            }
        )
    return Observation(
        id=data.id or new_identifier(),
        community_id=community,
        person_id=data.person,
        trait=data.trait,
        value=data.value,
        evidence=data.evidence.strip() or None,
        observed_on=data.observed_on or today,
        observer_id=actor.account,
    )


def day_here(actor: Actor, at: datetime) -> date:
    """The day where people live; east of Greenwich it begins while the clocks of servers sleep."""
    return at.astimezone(ZoneInfo(core.community(actor).time_zone)).date()


def communities_of(people: set[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Where these people live.

    :raises Missing: one of them is not here.
    """
    found = dict(Person.objects.filter(pk__in=people).values_list("pk", "community_id"))
    for person in people - found.keys():
        raise Missing(str(person))
    return found
