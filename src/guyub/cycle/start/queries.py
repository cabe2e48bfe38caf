"""What can be read of Start."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from guyub.core.actor import Actor
from guyub.core.permissions import Permission
from guyub.core.query import query
from guyub.cycle.start.models import StartingPlan


@dataclass(frozen=True, kw_only=True)
class KeptPlan:
    """A plan as it was kept."""

    id: uuid.UUID
    made_on: date
    made_by: str
    count: int
    seed: int
    spread: str
    outcome: dict[str, Any]

    def visits(self, days: Iterable[date]) -> list[dict[str, Any]]:
        """The people of the plan as visits to be planned, one a day, each with its reasons."""
        return [
            {
                "person": each["person"],
                "planned_on": day,
                "reasons": [{"code": "in_the_plan", "facts": {"place": place}}, *each["reasons"]],
            }
            for place, (each, day) in enumerate(
                zip(self.outcome["catalysts"], days, strict=False), start=1
            )
        ]


@query("start.newest_plan", permission=Permission.START_READ)
def newest_plan(actor: Actor) -> KeptPlan | None:
    """The newest plan of the opened community that this actor may see.

    A plan shows what its maker could read. Planners read everything; others see their own plans.
    """
    plans = StartingPlan.objects.filter(community_id=actor.community)
    if not actor.may(Permission.LISTEN_CONFIDENTIAL):
        plans = plans.filter(stated_in__account_id=actor.account)
    row = plans.select_related("stated_in__account").order_by("-id").first()
    if row is None:
        return None
    return KeptPlan(
        id=row.pk,
        made_on=row.made_on,
        made_by=row.stated_in.account.name,
        count=row.count,
        seed=row.seed,
        spread=row.spread,
        outcome=row.outcome,
    )
