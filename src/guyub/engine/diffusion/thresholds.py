"""Spreading that needs more than one voice: thresholds (Granovetter 1978).

A habit (complex contagion: Centola & Macy 2007; Beaman, BenYishay, Magruder & Mobarak 2021): what
costs something or is risky is taken up by those whom several others have shown it, two or more.
With whom to begin then, see `seeds.habits`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guyub.engine.compiled import kernel
from guyub.engine.diffusion.model import DiffusionModel
from guyub.engine.diffusion.simulations import SIMULATING, simulate
from guyub.engine.errors import EngineError
from guyub.engine.randomness import mixed, seed_for, stream


def simulate_adoption(
    diffusion: DiffusionModel,
    plan: ArrayLike,
    needs: ArrayLike,
    *,
    simulations: int,
    seed: int = 1,
    weights: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """How many take a habit up in each simulation: the simulations are those of `simulate`.

    needs: by how many others somebody must have been shown it, one number for all or for each.

    >>> from guyub.engine import Network, constant, simulate_adoption
    >>> certain = constant(Network.from_ties(3, [0, 1], [2, 2]), 1.0)
    >>> [simulate_adoption(certain, plan, 2, simulations=2).tolist() for plan in ([0], [0, 1])]
    [[1.0, 1.0], [3.0, 3.0]]

    :raises EngineError: needs are below 1, or somebody speaks against a habit.
    """
    each = adoption_thresholds(needs, diffusion.network.size)
    demand_unopposed(diffusion, each)
    if diffusion.opponents.size:
        return simulate(diffusion, plan, simulations=simulations, seed=seed, weights=weights).totals
    return _adopted(
        seed_for(seed, SIMULATING),
        np.int64(simulations),
        diffusion.network.out_offsets,
        diffusion.network.out_targets,
        diffusion.probability,
        np.ascontiguousarray(plan, np.int64),
        each,
        np.empty(0) if weights is None else weights,
    )[0]


def adoption_thresholds(needs: ArrayLike, size: int) -> NDArray[np.int32]:
    """For each person, by how many others they must have been shown something.

    :raises EngineError: fewer than 1.
    """
    each = np.ascontiguousarray(np.broadcast_to(np.asarray(needs, np.int32), (size,)))
    if size and each.min() < 1:
        raise EngineError("A habit needs at least 1 other person who shows it.")
    return each


def demand_unopposed(diffusion: DiffusionModel, needs: NDArray[np.int32]) -> None:
    """Who hears what first decides between two words; what decides between two habits?

    :raises EngineError: somebody speaks against a habit.
    """
    if diffusion.opponents.size and (needs > 1).any():
        raise EngineError("A plan can include opponents of news, not of a habit.")


@kernel
def _adopted(  # type: ignore[no-untyped-def]  # noqa: C901  one loop, told in order
    seed, simulations, offsets, targets, probability, plan, needs, counts
):
    """What is taken up in each simulation, and how many arcs were walked in all."""
    size = offsets.size - 1
    stamp = np.full(size, -1, np.int64)
    heard = np.zeros(size, np.int32)
    queue = np.empty(size, np.int32)
    totals = np.zeros(simulations)
    walked = 0
    scale = 1.0 / (1 << 24)
    for simulation in range(simulations):
        key = stream(seed, simulation)
        length = 0
        for person in plan:
            if stamp[person] != simulation or heard[person] < needs[person]:
                stamp[person] = simulation
                heard[person] = needs[person]
                queue[length] = person
                length += 1
        reading = 0
        while reading < length:
            person = queue[reading]
            reading += 1
            walked += offsets[person + 1] - offsets[person]
            for arc in range(offsets[person], offsets[person + 1]):
                target = targets[arc]
                if stamp[target] != simulation:
                    stamp[target] = simulation
                    heard[target] = 0
                if heard[target] >= needs[target]:
                    continue
                coin = np.float64(mixed(key + np.uint64(arc)) >> np.uint64(40)) * scale
                if coin < probability[arc]:
                    heard[target] += 1
                    if heard[target] == needs[target]:
                        queue[length] = target
                        length += 1
        totals[simulation] = length
        if counts.size:
            totals[simulation] = counts[queue[:length]].sum()
    return totals, walked
