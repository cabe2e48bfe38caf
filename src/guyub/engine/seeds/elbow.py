"""When to stop adding people: each adds less than the one before, and at some point hardly more.

The curve of reach rises steeply and then flattens; its elbow is where it lies farthest above the
straight line from nobody to all (Satopää, Albrecht, Irwin & Raghavan 2011, "Finding a Kneedle in a
haystack"). Since each adds less than the one before, that is the last person who adds more than all
do on average: it can be said in one sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guyub.engine.diffusion.model import DiffusionModel
from guyub.engine.diffusion.simulations import enough_simulations, simulate
from guyub.engine.errors import EngineError
from guyub.engine.seeds.catalysts import quick_catalysts
from guyub.engine.seeds.situation import Situation

# How far above the line the elbow must lie, as a share of all that is reached, for anybody to see
# it. Our choice.
_CLEAR = 0.1


@dataclass(frozen=True, kw_only=True)
class Elbow:
    """Where a curve of reach bends.

    count: so many people are enough; all, where nothing bends. before, after: what each of them
    adds on average, and each of those who follow. share: the part of all reached that they reach.
    clear: whether the bend can be seen; without it there is no better place to stop than the hours.
    """

    count: int
    before: float
    after: float
    share: float
    clear: bool


@dataclass(frozen=True, eq=False, kw_only=True)
class ReachCurve:
    """People in the order in which they add most, what each adds to those before, and the elbow."""

    people: NDArray[np.int64]
    adds: NDArray[np.float64]
    elbow: Elbow


def reach_curve(
    diffusion: DiffusionModel,
    most: int,
    *,
    seed: int = 1,
    excluded: ArrayLike = (),
    active: ArrayLike = (),
    weights: ArrayLike | None = None,
) -> ReachCurve:
    """What one person more adds, from the first up to `most`; the wishes are those of `catalysts`.

    :raises EngineError: fewer people can be chosen.
    """
    at_hand = Situation.of(diffusion, excluded=excluded, active=active, weights=weights)
    people = quick_catalysts(
        diffusion, most, seed=seed, excluded=excluded, active=active, weights=weights
    )
    before = np.flatnonzero(at_hand.active)
    played = simulate(
        diffusion,
        np.concatenate((before, people)),
        simulations=enough_simulations(diffusion),
        seed=seed,
        weights=at_hand.counted,
    )
    adds = played.after(before.size).marginal
    return ReachCurve(people=people, adds=adds, elbow=elbow(adds))


def elbow(adds: ArrayLike) -> Elbow:
    """The elbow of a curve, from what each person adds to those before.

    :raises EngineError: there is nobody, or somebody takes away.
    """
    each = np.asarray(adds, np.float64)
    if each.size == 0 or each.min() < 0.0:
        raise EngineError("A curve has at least one person, and nobody takes away.")
    reach = np.cumsum(each)
    above = reach - reach[-1] * np.arange(1, each.size + 1) / each.size
    count = int(np.argmax(above)) + 1
    clear = bool(above[count - 1] >= _CLEAR * reach[-1] and above[count - 1] > 0.0)
    count = count if clear else each.size
    rest = each[count:]
    return Elbow(
        count=count,
        before=float(each[:count].mean()),
        after=float(rest.mean()) if rest.size else 0.0,
        share=float(reach[count - 1] / reach[-1]) if reach[-1] > 0.0 else 1.0,
        clear=clear,
    )
