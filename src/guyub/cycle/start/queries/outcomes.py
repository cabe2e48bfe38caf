"""What came of the people of plans, and of those who were heard first."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from guyub.core.actor import Actor
from guyub.core.query import query
from guyub.cycle.listen.vocabulary import ListenPermission
from guyub.cycle.start.models import PlanOutcome, StartingPlan
from guyub.cycle.start.vocabulary import CameOfIt, StartPermission


@dataclass(frozen=True, kw_only=True)
class OutcomeRow:
    """What came of somebody; person: None once they were erased.

    chance, terms: how likely they were to start, and what each kind of evidence added, as it was
    known when it was planned; without either nothing was. entry: takes it back.
    """

    plan: uuid.UUID | None
    person: uuid.UUID | None
    outcome: CameOfIt
    noted_on: date
    noted_by: str
    planned_on: date
    heard_first: bool
    chance: float | None = None
    terms: Mapping[str, float] = field(default_factory=dict)
    entry: uuid.UUID


@query("start.outcomes", permission=StartPermission.READ)
def outcomes(actor: Actor) -> tuple[OutcomeRow, ...]:
    """All that came of plans and of hearing first, as far as this actor may read it, oldest first.

    Planners read everything; others what came of their own plans, and what they noted themselves.
    """
    rows = PlanOutcome.objects.all()
    if not actor.may(ListenPermission.CONFIDENTIAL):
        own = StartingPlan.objects.with_withdrawn().filter(stated_in__account_id=actor.account)
        noted = Q(stated_in__account_id=actor.account)
        rows = rows.filter(noted | Q(plan__in=own.values("pk")))
    return tuple(map(_row, rows.select_related("stated_in__account").order_by("id")))


def _row(row: Any) -> OutcomeRow:
    known = row.known or {}
    return OutcomeRow(
        plan=row.plan,
        person=row.person_id,
        outcome=CameOfIt(row.outcome),
        noted_on=row.noted_on,
        noted_by=row.stated_in.account.name,
        planned_on=row.planned_on,
        heard_first=row.heard_first,
        chance=known.get("chance"),
        terms=known.get("terms", {}),
        entry=row.stated_in.entry,
    )
