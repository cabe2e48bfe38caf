"""Small communities written by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from guyub.engine.frame import Frame, Observations
from guyub.engine.plan.outcome import StartingPlan
from guyub.engine.plan.request import PlanRequest
from guyub.engine.plan.starting_plan import starting_plan

TODAY = date(2026, 7, 1)


def frame_of(size: int, ties=(), observations=(), **columns) -> Frame:
    """A community: ties as (source, target, kind) with anything else as a dictionary behind."""
    rows = [(*tie[:3], tie[3] if len(tie) > 3 else {}) for tie in ties]

    def column(name: str, kind: type) -> np.ndarray:
        return np.array([extra.get(name, 0) for *_, extra in rows], kind)

    known = {
        "on": TODAY,
        "name": tuple(f"Name {number}" for number in range(size)),
        "observations": Observations.of(list(observations)),
        "strength": column("strength", np.int8),
        "by_one": column("by_one", bool),
        "mutual": column("mutual", bool),
    }
    ids = [f"p{number}" for number in range(size)]
    told = [(ids[source], ids[target], kind) for source, target, kind, *_ in rows]
    return Frame.of(ids, told, **(known | columns))


def planned(frame: Frame, count: int, **asked: Any) -> StartingPlan:
    """A starting plan; what is asked by its name."""
    model = asked.pop("model", None)
    return starting_plan(frame, PlanRequest(count=count, **asked), model)
