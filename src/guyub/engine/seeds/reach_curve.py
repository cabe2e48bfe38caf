"""What each person more adds to those before them, up to some number of people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guyub.engine.diffusion.reach import Elbow
from guyub.engine.diffusion.simulations import enough_simulations, simulate
from guyub.engine.seeds.catalysts import quick_catalysts
from guyub.engine.seeds.elbow import elbow
from guyub.engine.seeds.problem import SeedProblem


@dataclass(frozen=True, eq=False, kw_only=True)
class ReachCurve:
    """People in the order in which they add most, what each adds to those before, and the elbow."""

    people: NDArray[np.int64]
    adds: NDArray[np.float64]
    elbow: Elbow


def reach_curve(problem: SeedProblem, most: int) -> ReachCurve:
    """What one person more adds, from the first up to `most`.

    >>> from guyub.engine import Network, SeedProblem, constant, reach_curve
    >>> star = Network.from_ties(6, [0, 0, 0, 0], [1, 2, 3, 4])
    >>> curve = reach_curve(SeedProblem.of(constant(star, 1.0)), 2)
    >>> curve.people.tolist(), curve.adds.tolist(), curve.elbow.count
    ([0, 5], [5.0, 1.0], 1)

    :raises EngineError: fewer people can be chosen.
    """
    people = quick_catalysts(problem, most)
    begun = problem.begun
    played = simulate(
        problem.diffusion,
        np.concatenate((begun, people)),
        simulations=enough_simulations(problem.diffusion),
        seed=problem.seed,
        weights=problem.weights,
    )
    adds = played.after(begun.size).marginal
    return ReachCurve(people=people, adds=adds, elbow=elbow(adds))
