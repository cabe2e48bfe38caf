"""What was decided about a plan, why it took the place of another, and what was learnt from it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from guyub.core.actor import Actor
from guyub.core.cache import Cache
from guyub.cycle.listen.vocabulary import ListenPermission
from guyub.cycle.start.models import PlanDebrief, PlanDecision, PlanExchange
from guyub.cycle.start.vocabulary import PlanState


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A plan is paused, dropped or taken up again: since when, by whom and why.

    grounds: empty where this actor may not read them.
    """

    state: PlanState
    since: date
    by: str
    grounds: str


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """Who left the plan before, and why; replaces: that plan."""

    replaces: uuid.UUID
    person: uuid.UUID
    by: str
    grounds: str


@dataclass(frozen=True, kw_only=True)
class Debrief:
    """What the team learnt from a plan; texts are empty where this actor may not read them."""

    noted_on: date
    by: str
    what_moved: str
    others_named: str
    next_steps: str


@dataclass(frozen=True, kw_only=True)
class PlanNotes:
    """All that was noted of a plan."""

    decision: Decision | None
    exchange: Exchange | None
    debrief: Debrief | None


# Of so many plans and workers. Our choice.
_notes = Cache[PlanNotes](most=64)


def notes_of(actor: Actor, plan: uuid.UUID) -> PlanNotes:
    """What was decided about a plan, how it came out of another, and what was learnt from it."""

    def read() -> PlanNotes:
        return PlanNotes(
            decision=_decision_on(actor, plan),
            exchange=_exchange_of(actor, plan),
            debrief=_debrief_of(actor, plan),
        )

    return _notes.get(actor, plan, read, own=True)


def _decision_on(actor: Actor, plan: uuid.UUID) -> Decision | None:
    """What was decided about a plan last."""
    row = _latest(PlanDecision, plan)
    if row is None:
        return None
    return Decision(
        state=PlanState(row.state),
        since=row.noted_on,
        by=row.stated_in.account.name,
        grounds=_readable(actor, row, "grounds"),
    )


def _exchange_of(actor: Actor, plan: uuid.UUID) -> Exchange | None:
    """How a plan came out of another."""
    row = _latest(PlanExchange, plan)
    if row is None:
        return None
    return Exchange(
        replaces=row.replaces_id,
        person=row.person_id,
        by=row.stated_in.account.name,
        grounds=_readable(actor, row, "grounds"),
    )


def _debrief_of(actor: Actor, plan: uuid.UUID) -> Debrief | None:
    """What was learnt from a plan, as it was noted last."""
    row = _latest(PlanDebrief, plan)
    if row is None:
        return None
    return Debrief(
        noted_on=row.noted_on,
        by=row.stated_in.account.name,
        what_moved=_readable(actor, row, "what_moved"),
        others_named=_readable(actor, row, "others_named"),
        next_steps=_readable(actor, row, "next_steps"),
    )


def _latest(model: Any, plan: uuid.UUID) -> Any:
    rows = model.objects.filter(plan=plan).select_related("stated_in__account")
    return rows.order_by("-id").first()


def _readable(actor: Actor, row: Any, name: str) -> str:
    """A text of somebody's own, or any for a planner: others wrote theirs for planners alone."""
    own = row.stated_in.account_id == actor.account
    return getattr(row, name) or "" if own or actor.may(ListenPermission.CONFIDENTIAL) else ""
