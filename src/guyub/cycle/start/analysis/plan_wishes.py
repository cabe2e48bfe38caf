"""What is wished of a plan: whom it may name, what is to spread, and how far hours go."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self

from guyub.engine.plan.outcome import SELF_STARTERS


@dataclass(frozen=True, kw_only=True)
class HoursWished:
    """Hours there are for visits, what one takes, what one takes in some smaller communities (by
    their names), and whether people in one household are met in one visit."""

    there: float
    each: float
    by_place: Mapping[str, float] = field(default_factory=dict)
    households: bool = False


@dataclass(frozen=True, kw_only=True)
class PlanWishes:
    """What is wished of a plan.

    count: how many people, where neither hours nor people chosen by hand (`given`) say it.
    excluded: who must be left out, beside those who do not want to be visited. active: who has
    begun already; the plan adds to them. fair_by, aim: by what every group is to be reached, and
    how; needs: 1 for news, for a habit how many others must have shown it; competitive:
    active opponents speak against it; objective: what it looks for (see
    guyub.engine.plan.request). evidence: times what our choice is each kind of evidence counts (see
    guyub.engine.plan.self_starting); what is not named counts once.
    """

    count: int
    excluded: tuple[uuid.UUID, ...] = ()
    active: tuple[uuid.UUID, ...] = ()
    given: tuple[uuid.UUID, ...] = ()
    fair_by: str = ""
    aim: str = "welfare"
    needs: int = 1
    competitive: bool = False
    hours: HoursWished | None = None
    objective: str = SELF_STARTERS
    evidence: Mapping[str, float] = field(default_factory=dict)
    seed: int = 1

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """From plain data, as long work keeps it."""
        known = {each.name: told[each.name] for each in fields(cls) if each.name in told}
        for name in ("excluded", "active", "given"):
            known[name] = tuple(uuid.UUID(str(each)) for each in told[name])
        if hours := told["hours"]:
            known["hours"] = HoursWished(**hours)
        return cls(**known)
