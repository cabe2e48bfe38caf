"""Exchanging one person of a plan, pausing or dropping it, and saying what was learnt from it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from guyub.core.action import action
from guyub.core.actor import Actor
from guyub.core.errors import Invalid, Missing
from guyub.cycle.listen import queries as listen
from guyub.cycle.start.models import PlanDebrief, PlanDecision, PlanExchange
from guyub.cycle.start.queries import kept_plan
from guyub.cycle.start.vocabulary import PlanState, StartPermission

# A page of writing. Our choice.
_LONGEST = 4000

Text = Annotated[str, Field(max_length=_LONGEST)]
Grounds = Annotated[str, Field(min_length=1, max_length=_LONGEST)]


@dataclass(frozen=True, kw_only=True)
class DecidedPlan:
    """What the team does with a plan, and why."""

    plan: uuid.UUID
    state: PlanState
    grounds: Text
    noted_on: date


@action(
    "start.decide_plan",
    permission=StartPermission.READ,
    sentence=gettext_lazy("paused, dropped or took up a plan"),
)
def decide_plan(actor: Actor, data: DecidedPlan, at: datetime) -> dict[str, str]:
    """Pause a plan, drop it, or take it up again."""
    plan = kept_plan(actor, data.plan)
    row = PlanDecision(
        community_id=actor.community,
        plan_id=plan.id,
        state=data.state,
        grounds=data.grounds,
        noted_on=data.noted_on,
    )
    row.save(force_insert=True)
    return {"id": str(row.pk)}


@dataclass(frozen=True, kw_only=True)
class ExchangedPerson:
    """A plan in which somebody's place is taken, the plan it replaces, who left, and why."""

    plan: uuid.UUID
    replaces: uuid.UUID
    person: uuid.UUID
    grounds: Grounds


@action(
    "start.exchange_person",
    permission=StartPermission.READ,
    sentence=gettext_lazy("exchanged someone in a plan"),
)
def exchange_person(actor: Actor, data: ExchangedPerson, at: datetime) -> dict[str, str]:
    """Remember that a plan replaces another, in which one person was exchanged, and why."""
    if data.person not in listen.homes_of(actor, {data.person}):
        raise Missing(str(data.person))
    new, before = kept_plan(actor, data.plan), kept_plan(actor, data.replaces)
    if new.id <= before.id:
        # Keys grow with time: so no plan ever comes out of itself.
        raise Invalid({"replaces": _("Choose a plan that was made before.")})
    row = PlanExchange(
        community_id=actor.community,
        plan_id=new.id,
        replaces_id=before.id,
        person_id=data.person,
        grounds=data.grounds,
    )
    row.save(force_insert=True)
    return {"id": str(row.pk)}


@dataclass(frozen=True, kw_only=True)
class NewDebrief:
    """What the team learnt from a plan."""

    plan: uuid.UUID
    noted_on: date
    what_moved: Text = ""
    others_named: Text = ""
    next_steps: Text = ""


@action(
    "start.debrief_plan",
    permission=StartPermission.READ,
    sentence=gettext_lazy("noted what was learnt from a plan"),
)
def debrief_plan(actor: Actor, data: NewDebrief, at: datetime) -> dict[str, str]:
    """Save what moved people, who else was named, and what comes next."""
    plan = kept_plan(actor, data.plan)
    row = PlanDebrief(
        community_id=actor.community,
        plan_id=plan.id,
        what_moved=data.what_moved,
        others_named=data.others_named,
        next_steps=data.next_steps,
        noted_on=data.noted_on,
    )
    row.save(force_insert=True)
    return {"id": str(row.pk)}
