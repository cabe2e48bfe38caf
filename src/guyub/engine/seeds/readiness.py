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

from guyub.engine.diffusion.reach import Reach
from guyub.engine.diffusion.simulations import (
    enough_simulations,
    simulate,
)
from guyub.engine.errors import EngineError
from guyub.engine.frame import Frame
from guyub.engine.randomness import seed_for
from guyub.engine.seeds.problem import SeedProblem
from guyub.engine.seeds.reverse_reachable import ReverseSets

# How much deeds and observations weigh. Our choice: deeds first.
READINESS_WEIGHTS = (2.0, 1.0)

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


def readiness(
    frame: Frame, weights: tuple[float, float] = READINESS_WEIGHTS
) -> NDArray[np.float64]:
    """For each person, from 0 to 1. weights: of deeds and of observations.

    >>> import numpy as np
    >>> from guyub.engine import Frame, readiness
    >>> kept, broken = np.array([3, 0], np.int32), np.array([0, 0], np.int32)
    >>> frame = Frame.of(["sri", "joko"], promises_kept=kept, promises_broken=broken)
    >>> readiness(frame).round(2).tolist()
    [0.7, 0.5]

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
    problem: SeedProblem,
    count: int,
    ready: ArrayLike,
    *,
    rates: Sequence[float] = RATES,
) -> tuple[Tradeoff, ...]:
    """Plans of `count` people from the one that reaches most to the one that is readiest.

    ready: for each person, 0 … 1. rates: how many people reached one wholly ready person more is
    worth.

    >>> from guyub.engine import Network, SeedProblem, constant, tradeoffs
    >>> star = SeedProblem.of(constant(Network.from_ties(4, [0, 0], [1, 2]), 1.0))
    >>> [found.people.tolist() for found in tradeoffs(star, 1, [0.0, 0.0, 0.0, 1.0])]
    [[0], [3]]

    :raises EngineError: readiness is out of its range, or there are fewer people to choose from.
    """
    worth = np.asarray(ready, np.float64)
    if worth.shape != problem.candidates.shape or not ((worth >= 0.0) & (worth <= 1.0)).all():
        raise EngineError("Readiness is one number from 0 to 1 for each person.")
    problem.demand(count)
    diffusion, seed = problem.diffusion, problem.seed
    pool = ReverseSets(problem.backward, seed_for(seed, _CHOOSING))
    pool.grow(_SETS, _ENTRIES)
    a_person = pool.sets / problem.backward.worth
    drawn = pool.coverage()
    simulations = enough_simulations(diffusion)
    found: dict[tuple[int, ...], Tradeoff] = {}
    for rate in rates:
        # Somebody's readiness is a reward for choosing them: as many sets of their own.
        own = np.rint(rate * worth * a_person).astype(np.int64)
        people = drawn.with_own(own).greedy(count, problem.candidates)[0]
        key = tuple(sorted(people.tolist()))
        if key not in found:
            together = np.concatenate((problem.begun, people))
            reach = simulate(
                diffusion, together, simulations=simulations, seed=seed, weights=problem.weights
            ).reach
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
