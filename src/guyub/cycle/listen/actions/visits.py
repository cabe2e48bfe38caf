"""Visits that a worker plans, and what becomes of them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from guyub.core.action import action
from guyub.core.actor import Actor
from guyub.core.errors import Invalid, Missing
from guyub.core.identifiers import new_identifier
from guyub.cycle.listen.models import PlannedVisit, VisitOutcome
from guyub.cycle.listen.queries import Colleague, colleagues, homes_of, met_on, visits
from guyub.cycle.listen.vocabulary import ListenPermission, VisitResult

# Nobody plans more in one go; our choice.
MOST_VISITS = 200


@dataclass(frozen=True, kw_only=True)
class NewVisit:
    """Whom to meet, when, and why: reasons are facts to be put into words, not sentences."""

    person: uuid.UUID
    planned_on: date
    reasons: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, kw_only=True)
class NewVisits:
    """Visits planned in one go. worker: who goes, unless it is oneself."""

    visits: Annotated[tuple[NewVisit, ...], Field(min_length=1, max_length=MOST_VISITS)]
    worker: uuid.UUID | None = None


@dataclass(frozen=True, kw_only=True)
class SettledVisit:
    """What became of a visit. later_on: the day to which it is put off."""

    visit: uuid.UUID
    result: VisitResult
    noted_on: date
    later_on: date | None = None


@action(
    "listen.plan_visits",
    permission=ListenPermission.WRITE,
    sentence=gettext_lazy("planned visits"),
    offline=True,
)
def plan_visits(actor: Actor, data: NewVisits, at: datetime) -> dict[str, int]:
    """Plan visits. Nobody gets a second one by the same worker, nor one on a day they were met."""
    worker = data.worker or actor.account
    if worker != actor.account and worker not in {each.id for each in _colleagues(actor)}:
        raise Invalid({"worker": _("This account may not note visits here.")})
    homes = homes_of(actor, {each.person for each in data.visits})
    for each in data.visits:
        if each.person not in homes:
            raise Missing(str(each.person))
    awaited = {visit.person for visit in visits(actor, worker=worker)}
    met = met_on(actor, {(each.person, each.planned_on) for each in data.visits})
    new = {
        each.person: each
        for each in data.visits
        if each.person not in awaited and (each.person, each.planned_on) not in met
    }
    PlannedVisit.objects.bulk_create(
        [
            PlannedVisit(
                id=new_identifier(),
                community_id=homes[each.person],
                person_id=each.person,
                worker_id=worker,
                planned_on=each.planned_on,
                reasons=list(each.reasons),
            )
            for each in new.values()
        ]
    )
    already = {each.person for each in data.visits} & awaited
    met_that_day = {person for person, _day in met} - already - new.keys()
    return {
        "planned": len(new),
        "awaited": len(data.visits) - len(new) - len(met_that_day),
        "met": len(met_that_day),
    }


def _colleagues(actor: Actor) -> tuple[Colleague, ...]:
    # Who goes where is decided by whoever plans with the whole team's knowledge.
    return colleagues(actor) if actor.may(ListenPermission.CONFIDENTIAL) else ()


@action(
    "listen.settle_visit",
    permission=ListenPermission.WRITE,
    sentence=gettext_lazy("noted the outcome of a visit"),
    offline=True,
)
def settle_visit(actor: Actor, data: SettledVisit, at: datetime) -> None:
    """Note the outcome of a planned visit: met, postponed to a day, or dropped."""
    if (data.result == VisitResult.LATER) != (data.later_on is not None):
        raise Invalid({"later_on": _("Choose the new day.")})
    if data.later_on is not None and data.later_on <= data.noted_on:
        raise Invalid({"later_on": _("Choose a day that is still to come.")})
    visit = PlannedVisit.objects.filter(pk=data.visit).first()
    own = visit is not None and visit.worker_id == actor.account
    if visit is None or not (own or actor.may(ListenPermission.CONFIDENTIAL)):
        raise Missing(str(data.visit))
    VisitOutcome.objects.create(
        community_id=visit.community_id,
        visit=visit,
        result=data.result,
        noted_on=data.noted_on,
        later_on=data.later_on,
    )
