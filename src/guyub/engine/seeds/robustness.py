"""What stays of a plan when ties are uncertain?

Each tie may or may not be there. Where ties are there independently of each other, drawing the
network first and the spreading then is the same as spreading with both chances multiplied: the plan
under that uncertainty is the plain plan of `p × q`, with its guarantee. How firmly each person
stands in it is something else. Networks are drawn from what is known, each is planned for as if it
were certain, and it is counted in how many of them somebody belongs to the plan.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guyub.engine.diffusion.model import DiffusionModel
from guyub.engine.errors import EngineError
from guyub.engine.randomness import seed_for
from guyub.engine.seeds.problem import SeedProblem
from guyub.engine.seeds.reverse_reachable import ReverseGraph, ReverseSets

# Networks drawn, and people in the sets for each of them. Our choice: a share is then right to
# within 0.15, and a village takes a tenth of a second.
_NETWORKS, _ENTRIES, _SETS = 40, 20_000, 20_000

# Networks are planned for side by side. Our choice: the cores of a small computer.
_THREADS = 2

_DRAWING, _CHOOSING = 14, 15

# From which share on somebody is sure to stay, and from which likely. Our choice.
_SURE, _LIKELY = 0.8, 0.5


def stability_of(share: float) -> str:
    """How firmly somebody stands who is in the plan of this share of networks, as a word.

    sure, likely, or one_of_several.

    >>> from guyub.engine import stability_of
    >>> [stability_of(share) for share in (0.9, 0.6, 0.2)]
    ['sure', 'likely', 'one_of_several']
    """
    return "sure" if share >= _SURE else "likely" if share >= _LIKELY else "one_of_several"


def plan_membership(
    problem: SeedProblem,
    existence: ArrayLike,
    count: int,
    *,
    networks: int = _NETWORKS,
) -> NDArray[np.float64]:
    """For each person, in the plan of which share of the networks drawn they are.

    problem: its diffusion model has the chance of each arc if its tie is there. existence: for each
    arc the chance that it is, 0 … 1. networks: how many are drawn.

    >>> from guyub.engine import Network, SeedProblem, constant, plan_membership
    >>> pairs = SeedProblem.of(constant(Network.from_ties(5, [0, 2, 2], [1, 3, 4]), 1.0))
    >>> share = plan_membership(pairs, [1.0, 0.1, 0.1], 1)  # the ties of 2 are hardly there
    >>> bool(share[0] > share[2])
    True

    :raises EngineError: another number of chances, or one outside 0 … 1.
    """
    diffusion, seed = problem.diffusion, problem.seed
    there = _chances(diffusion, existence)
    generator = np.random.default_rng(int(seed_for(seed, _DRAWING)))

    def planned(drawn: tuple[int, NDArray[np.bool_]]) -> NDArray[np.int64]:
        number, there_is = drawn
        kept = np.where(there_is, diffusion.probability, np.float32(0.0))
        backward = ReverseGraph.of(
            replace(diffusion, probability=kept), problem.active, problem.worth, problem.chance
        )
        # Sets of its own for each network: what chance does to one plan is not done to all.
        pool = ReverseSets(backward, seed_for(int(first) + number, _CHOOSING))
        pool.grow(_SETS, _ENTRIES)
        return pool.coverage().greedy(count, problem.candidates)[0]

    first = seed_for(seed, _CHOOSING) >> np.uint64(1)
    drawn = ((number, generator.random(there.size) < there) for number in range(networks))
    with ThreadPoolExecutor(_THREADS) as threads:
        plans = threads.map(planned, drawn)
        chosen = np.concatenate(list(plans)) if networks else np.empty(0, np.int64)
    return np.bincount(chosen, minlength=diffusion.network.size) / max(1, networks)


def _chances(diffusion: DiffusionModel, existence: ArrayLike) -> NDArray[np.float64]:
    there = np.asarray(existence, np.float64)
    if there.shape != diffusion.probability.shape:
        raise EngineError(f"{there.size} chances for {diffusion.network.arcs} arcs.")
    if there.size and not (there.min() >= 0.0 and there.max() <= 1.0):
        raise EngineError("The chance that a tie is there lies between 0 and 1.")
    return there
