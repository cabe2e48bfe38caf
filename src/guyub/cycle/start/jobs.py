"""Long work of Start: plans, bridges and whom to meet, where they take longer than a page waits."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from typing import Any

from guyub.core.action import Deed
from guyub.core.actor import Actor
from guyub.core.identifiers import new_identifier
from guyub.core.jobs import Progress, job
from guyub.cycle.start.analysis import (
    PlanRecord,
    PlanWishes,
    draft_bridges,
    draft_exchange,
    draft_plan,
)
from guyub.cycle.start.analysis import find_candidates as found_candidates
from guyub.cycle.start.vocabulary import StartPermission


@job("start.make_plan", permission=StartPermission.READ)
def make_plan(actor: Actor, data: dict[str, Any], progress: Progress) -> None:
    """Work out a plan and keep it.

    data: the wishes, and the form as it was filled in; see PlanWishes.
    """
    record = replace(draft_plan(actor, PlanWishes.of(data)), filled_in=data["filled_in"])
    progress.perform([Deed(action="start.keep_plan", data=plan_to_keep(record))])


@job("start.exchange", permission=StartPermission.READ)
def exchange(actor: Actor, data: dict[str, Any], progress: Progress) -> None:
    """Work out a plan in which one person is exchanged, and keep it with the reason.

    data: the plan, who leaves it, and why.
    """
    drafted = draft_exchange(actor, uuid.UUID(data["plan"]), uuid.UUID(data["person"]))
    new = new_identifier()
    why = {"plan": new, "replaces": data["plan"]}
    why |= {name: data[name] for name in ("person", "grounds")}
    progress.perform(
        [
            Deed(action="start.keep_plan", data=plan_to_keep(drafted) | {"id": new}),
            Deed(action="start.exchange_person", data=why),
        ]
    )


@job("start.find_bridges", permission=StartPermission.READ)
def find_bridges(actor: Actor, data: dict[str, Any], progress: Progress) -> None:
    """Find who holds a community together and whom to introduce, and keep it."""
    if not progress.performed():
        outcome = draft_bridges(actor)
        kept = {"found_on": date.fromisoformat(outcome["on"]), "outcome": outcome}
        progress.perform([Deed(action="start.keep_bridges", data=kept)])


@job("start.find_candidates", permission=StartPermission.READ)
def find_candidates(actor: Actor, data: dict[str, Any], progress: Progress) -> None:
    """Find who may need a visit in a large community, and keep them for the day."""
    if not progress.performed():
        progress.perform([Deed(action="start.keep_candidates", data=found_candidates(actor))])


def plan_to_keep(record: PlanRecord) -> dict[str, Any]:
    """What the deed that keeps a plan is given."""
    return {
        "count": len(record.plan.catalysts),
        "seed": record.plan.seed,
        "spread": record.plan.spread,
        "made_on": date.fromisoformat(record.on),
        "outcome": record.to_dict(),
    }
