"""Long work that pages begin; see guyub.core.jobs."""

from __future__ import annotations

from datetime import date
from typing import Any

from guyub.core.action import Deed
from guyub.core.actor import Actor
from guyub.core.jobs import Progress, job
from guyub.cycle.start.analysis import PlanWishes, draft_bridges, draft_plan
from guyub.cycle.start.analysis import find_candidates as found_candidates
from guyub.cycle.start.vocabulary import StartPermission


@job("start.make_plan", permission=StartPermission.READ)
def make_plan(actor: Actor, data: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Work out a plan and keep it.

    data: the wishes, and the form as it was filled in; see PlanWishes. Work begun earlier names
    fewer of them.
    """
    outcome = draft_plan(actor, PlanWishes.of(data))
    progress.perform([Deed(action="start.keep_plan", data=plan_to_keep(data, outcome))])
    return {"goes_to": ["start", {}]}


@job("start.find_bridges", permission=StartPermission.READ)
def find_bridges(actor: Actor, data: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Find who holds a community together and whom to introduce, and keep it."""
    if not progress.performed():
        outcome = draft_bridges(actor)
        kept = {"found_on": date.fromisoformat(outcome["on"]), "outcome": outcome}
        progress.perform([Deed(action="start.keep_bridges", data=kept)])
    return {"goes_to": ["bridges", {}]}


@job("start.find_candidates", permission=StartPermission.READ)
def find_candidates(actor: Actor, data: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Find who may need a visit in a large community, and keep them for the day."""
    if not progress.performed():
        progress.perform([Deed(action="start.keep_candidates", data=found_candidates(actor))])
    return {"goes_to": ["today", {}]}


def plan_to_keep(wishes: dict[str, Any], outcome: dict[str, Any]) -> dict[str, Any]:
    """What the deed that keeps a plan is given. wishes: with the form as it was filled in."""
    return {
        "count": len(outcome["catalysts"]),
        "seed": wishes["seed"],
        "spread": outcome["spread"],
        "made_on": date.fromisoformat(outcome["on"]),
        "outcome": outcome | {"filled_in": wishes.get("filled_in", {})},
    }
