"""Small communities written by hand."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

import numpy as np

from guyub.engine.frame import TIE_KINDS, Frame, Observations
from guyub.engine.plan.outcome import StartingPlan
from guyub.engine.plan.starting_plan import starting_plan
from guyub.engine.plan.wishes import Wishes

TODAY = date(2026, 7, 1)


def frame_of(size: int, ties=(), observations=(), **columns) -> Frame:
    """A community: ties as (source, target, kind) with anything else as a dictionary behind."""
    rows = [(*tie[:3], tie[3] if len(tie) > 3 else {}) for tie in ties]

    def column(name: str, kind: type) -> np.ndarray:
        return np.array([extra.get(name, 0) for *_, extra in rows], kind)

    nothing = ("",) * size
    known = {
        "on": TODAY,
        "id": tuple(f"p{number}" for number in range(size)),
        "name": tuple(f"Name {number}" for number in range(size)),
        "gender": nothing,
        "birth_year": np.zeros(size, np.int32),
        "household": nothing,
        "sub_community": nothing,
        "leader": np.zeros(size, bool),
        "promises_kept": np.zeros(size, np.int32),
        "promises_broken": np.zeros(size, np.int32),
        "observations": Observations.of(list(observations)),
        "source": np.array([row[0] for row in rows], np.int32),
        "target": np.array([row[1] for row in rows], np.int32),
        "kind": np.array([TIE_KINDS.index(row[2]) for row in rows], np.int8),
        "strength": column("strength", np.int8),
        "by_one": column("by_one", bool),
        "mutual": column("mutual", bool),
    }
    return Frame(**(known | columns))


def planned(frame: Frame, count: int, **asked: Any) -> StartingPlan:
    """A starting plan; wishes and what else is asked by their names."""
    wished = {each.name: asked.pop(each.name) for each in fields(Wishes) if each.name in asked}
    return starting_plan(frame, count, Wishes(**wished), **asked)
