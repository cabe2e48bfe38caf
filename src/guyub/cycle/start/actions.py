"""The deeds of Start: keeping a plan."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from guyub.core.action import action
from guyub.core.actor import Actor
from guyub.core.identifiers import new_identifier
from guyub.core.permissions import Permission
from guyub.cycle.start.models import StartingPlan


@dataclass(frozen=True, kw_only=True)
class NewPlan:
    """A plan that was worked out, with what it was worked out from."""

    count: Annotated[int, Field(ge=1, le=50)]
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)]
    spread: Annotated[str, Field(max_length=40)]
    made_on: date
    outcome: dict[str, Any]
    id: uuid.UUID | None = None


@action("start.keep_plan", permission=Permission.START_READ)
def keep_plan(actor: Actor, data: NewPlan, at: datetime) -> dict[str, str]:
    """Keep a plan of whom to begin with."""
    plan = StartingPlan(
        id=data.id or new_identifier(),
        community_id=actor.community,
        count=data.count,
        seed=data.seed,
        spread=data.spread,
        made_on=data.made_on,
        outcome=data.outcome,
    )
    plan.save(force_insert=True)
    return {"id": str(plan.pk)}
