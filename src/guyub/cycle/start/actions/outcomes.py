"""Noting what came of the people of a plan, and of those who were heard first."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Annotated, Any

from django.utils.translation import gettext_lazy
from pydantic import Field

from guyub.core.action import action
from guyub.core.actor import Actor
from guyub.core.errors import Missing
from guyub.core.redirects import followed
from guyub.cycle.listen import queries as listen
from guyub.cycle.start.actions.plans import MOST_CHOSEN
from guyub.cycle.start.models import PlanOutcome
from guyub.cycle.start.queries import kept_plan, outcomes
from guyub.cycle.start.vocabulary import CameOfIt, StartPermission


@dataclass(frozen=True, kw_only=True)
class KnownThen:
    """How likely somebody was to start, and what each kind of evidence added to its log-odds."""

    chance: Annotated[float, Field(ge=0.0, le=1.0)]
    terms: dict[str, float]


@dataclass(frozen=True, kw_only=True)
class NewOutcome:
    """What came of somebody of a plan; without a plan, of somebody who was to be heard first."""

    person: uuid.UUID
    outcome: CameOfIt
    noted_on: date
    plan: uuid.UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ToBeHeard:
    """Somebody who is to be heard first, and what is known of them until then."""

    person: uuid.UUID
    known: KnownThen


@dataclass(frozen=True, kw_only=True)
class NewHearing:
    """Who is to be heard first, as it was planned on a day."""

    people: Annotated[tuple[ToBeHeard, ...], Field(min_length=1, max_length=MOST_CHOSEN)]
    planned_on: date


@action(
    "start.note_outcome",
    permission=StartPermission.READ,
    sentence=gettext_lazy("noted what came of a plan"),
)
def note_outcome(actor: Actor, data: NewOutcome, at: datetime) -> dict[str, str]:
    """Note what came of somebody with whom a plan begins, in place of what was noted before."""
    home = listen.homes_of(actor, {data.person}).get(data.person)
    if home is None:
        raise Missing(str(data.person))
    before = PlanOutcome.objects.filter(plan=data.plan, person=data.person)
    planned_on, known = (
        _planned(actor, data.plan, data.person) if data.plan else _heard(actor, data)
    )
    before.withdraw()
    row = PlanOutcome(
        community_id=home,
        plan=data.plan,
        person_id=data.person,
        outcome=data.outcome.value,
        noted_on=data.noted_on,
        planned_on=planned_on,
        heard_first=data.plan is None,
        known=known,
    )
    row.save(force_insert=True)
    return {"id": str(row.pk)}


@action(
    "start.keep_hearing",
    permission=StartPermission.READ,
    sentence=gettext_lazy("planned who to hear first"),
)
def keep_hearing(actor: Actor, data: NewHearing, at: datetime) -> dict[str, int]:
    """Remember who was to be heard first, and what was known of them then.

    Without them only people with a high chance would ever be looked at again. Whoever was heard
    before stays as they were noted.
    """
    people = {each.person: each for each in data.people}
    homes = listen.homes_of(actor, set(people))
    if missing := people.keys() - homes.keys():
        raise Missing(str(min(missing)))
    before = PlanOutcome.objects.filter(plan=None, person__in=people)
    kept = {row.person_id for row in before if row.outcome != CameOfIt.NOT_MET.value}
    before.exclude(person__in=kept).withdraw()
    rows = [
        PlanOutcome(
            community_id=homes[person],
            person_id=person,
            outcome=CameOfIt.NOT_MET.value,
            noted_on=data.planned_on,
            planned_on=data.planned_on,
            heard_first=True,
            known=asdict(each.known),
        )
        for person, each in people.items()
        if person not in kept
    ]
    PlanOutcome.objects.bulk_create(rows)
    return {"people": len(rows)}


def _planned(
    actor: Actor, identifier: uuid.UUID, person: uuid.UUID
) -> tuple[date, dict[str, Any] | None]:
    """When the plan was made, and what was known of this person then.

    :raises Missing: the plan is not there, is a colleague's, or does not begin with this person.
    """
    plan = kept_plan(actor, identifier)
    for chosen in followed(plan.outcome["plan"]["catalysts"]):
        if chosen["id"] == str(person):
            starting = chosen.get("starting")
            named = starting and {name: starting[name] for name in ("chance", "terms")}
            return plan.made_on, named
    raise Missing(str(person))


def _heard(actor: Actor, data: NewOutcome) -> tuple[date, dict[str, Any] | None]:
    """When somebody was put among those to be heard, and what was known then.

    :raises Missing: they never were, as far as this actor may know.
    """
    for row in outcomes(actor):
        if row.heard_first and row.person == data.person:
            known = None if row.chance is None else {"chance": row.chance, "terms": dict(row.terms)}
            return row.planned_on, known
    raise Missing(str(data.person))
