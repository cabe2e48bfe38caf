"""Who starts things by themselves, and what it costs in reach to begin with them.

Deeds come first: of the promises that were settled, how many were kept. Observations come second:
initiative, as the team sees it. Of whom nothing is known, it counts neither for nor against. Where
reach and readiness pull apart there is no single best plan but a few, of which none is better in
both (Pareto 1906): those are shown, and people decide.

Between the two stands a rate of exchange: so many people reached are worth one person more who is
wholly ready. For each rate the plan is chosen greedily; reach and readiness together are submodular
like reach alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guyub.engine.diffusion.model import DiffusionModel
from guyub.engine.diffusion.simulations import Reach, enough_simulations, simulate
from guyub.engine.errors import EngineError
from guyub.engine.frame import Frame
from guyub.engine.randomness import seed_for
from guyub.engine.seeds.reverse_reachable import ReverseSets
from guyub.engine.seeds.situation import Situation

# How much deeds and observations weigh. Our choice: deeds first.
WEIGHTS = (2.0, 1.0)

# What is not known. Our choice: neither for nor against.
_UNKNOWN = 0.5

# So many people reached are worth one wholly ready person more. Our choice: from nothing to what
# outweighs everything in a village.
RATES = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)

# Sets on which plans are made, and people in them all. Our choice: some hundredths of a second.
_SETS, _ENTRIES = 60_000, 100_000

_CHOOSING = 22


@dataclass(frozen=True, eq=False, kw_only=True)
class Tradeoff:
    """One of the plans of which none is better in both.

    people: in the order chosen. reach: with the active, in the same simulations for all plans.
    ready: the mean readiness of the people, 0 … 1.
    """

    people: NDArray[np.int64]
    reach: Reach
    ready: float


def readiness(frame: Frame, weights: tuple[float, float] = WEIGHTS) -> NDArray[np.float64]:
    """For each person, from 0 to 1. weights: of deeds and of observations.

    :raises EngineError: a weight is below 0, or both are 0.
    """
    if min(weights) < 0.0 or sum(weights) == 0.0:
        raise EngineError("Deeds and observations weigh 0 or more, and one of them something.")
    kept, settled = frame.promises_kept, frame.promises_kept + frame.promises_broken
    # The rule of succession (Laplace 1774): one promise says less than ten.
    deeds = np.where(settled > 0, (kept + 1.0) / (settled + 2.0), _UNKNOWN)
    seen = frame.current("initiative") / 4.0
    observed = np.where(np.isnan(seen), _UNKNOWN, seen)
    return (weights[0] * deeds + weights[1] * observed) / sum(weights)


def tradeoffs(
    diffusion: DiffusionModel,
    count: int,
    ready: ArrayLike,
    *,
    rates: Sequence[float] = RATES,
    seed: int = 1,
    excluded: ArrayLike = (),
    active: ArrayLike = (),
) -> tuple[Tradeoff, ...]:
    """Plans of `count` people from the one that reaches most to the one that is readiest.

    ready: for each person, 0 … 1. rates: how many people reached one wholly ready person more is
    worth.

    :raises EngineError: readiness is out of its range, or there are fewer people to choose from.
    """
    worth = np.asarray(ready, np.float64)
    if worth.shape != (diffusion.network.size,) or not ((worth >= 0.0) & (worth <= 1.0)).all():
        raise EngineError("Readiness is one number from 0 to 1 for each person.")
    at_hand = Situation.of(diffusion, excluded=excluded, active=active)
    if not 1 <= count <= int(at_hand.candidates.sum()):
        raise EngineError(f"There are fewer than {count} people to choose from.")
    pool = ReverseSets(at_hand.backward, seed_for(seed, _CHOOSING))
    pool.grow(_SETS, _ENTRIES)
    a_person = pool.sets / at_hand.backward.worth
    drawn = pool.coverage()
    before, simulations = np.flatnonzero(at_hand.active), enough_simulations(diffusion)
    found: dict[tuple[int, ...], Tradeoff] = {}
    for rate in rates:
        # Somebody's readiness is a reward for choosing them: as many sets of their own.
        own = np.rint(rate * worth * a_person).astype(np.int64)
        people = drawn.with_own(own).greedy(count, at_hand.candidates)[0]
        key = tuple(sorted(people.tolist()))
        if key not in found:
            together = np.concatenate((before, people))
            reach = simulate(diffusion, together, simulations=simulations, seed=seed).reach
            found[key] = Tradeoff(people=people, reach=reach, ready=float(worth[people].mean()))
    return _not_worse(list(found.values()))


def _not_worse(plans: list[Tradeoff]) -> tuple[Tradeoff, ...]:
    """Those than which none is better in the one and as good in the other."""
    best, kept = -1.0, []
    for plan in sorted(plans, key=lambda each: (-each.reach.expected, -each.ready)):
        if plan.ready > best:
            kept.append(plan)
            best = plan.ready
    return tuple(kept)
