"""Who hears when: a plan followed from one round of conversations to the next.

In a round, everybody who was moved in the round before tries to move whom they are tied to. The
simulations are those of `simulate` and `simulate_adoption`, so that the last round reaches what
those say the plan reaches, and two plans are followed through the same simulations. A round is no
day: how long it takes for people to see each other nobody knows beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guyub.engine.compiled import kernel
from guyub.engine.diffusion.competitive import is_live, opposing_rounds
from guyub.engine.diffusion.model import DiffusionModel
from guyub.engine.diffusion.simulations import SIMULATING, as_plan, enough_simulations
from guyub.engine.diffusion.thresholds import adoption_thresholds, demand_unopposed
from guyub.engine.errors import EngineError
from guyub.engine.randomness import seed_for, stream

# Rounds that are told apart; what comes later counts as the last. Our choice: news that is still
# under way after so many has long become something else.
_ROUNDS = 12


@dataclass(frozen=True, eq=False, kw_only=True)
class Timeline:
    """A plan round by round, from the people it begins with (round 0) to the end.

    heard: rounds × people, in which share of the simulations somebody has heard by then, 0 … 1.
    """

    heard: NDArray[np.float64]
    simulations: int

    @property
    def reach(self) -> NDArray[np.float64]:
        """How many have heard by each round, on average."""
        return self.heard.sum(axis=1)

    @property
    def ends(self) -> int:
        """The round after which less than one in a hundred of those reached is still to come.

        Our choice of when news has gone as far as it goes.
        """
        reach = self.reach
        return int(np.argmax(reach >= 0.99 * reach[-1]))


def timeline(
    diffusion: DiffusionModel,
    plan: ArrayLike,
    *,
    needs: ArrayLike = 1,
    simulations: int | None = None,
    seed: int = 1,
    most: int = _ROUNDS,
) -> Timeline:
    """Follow a plan. needs: from how many others somebody must have heard; 1 for news.

    most: rounds told apart; whoever hears later is counted with the last. The same seed gives every
    plan the same simulations.

    >>> from guyub.engine import Network, constant, timeline
    >>> chain = constant(Network.from_ties(3, [0, 1], [1, 2]), 1.0)
    >>> timeline(chain, [0], simulations=10, most=3).reach.tolist()
    [1.0, 2.0, 3.0, 3.0]

    :raises EngineError: the plan names somebody outside the network; needs below 1; no round, or no
        simulation.
    """
    network = diffusion.network
    people = as_plan(plan, network.size)
    simulations = enough_simulations(diffusion) if simulations is None else simulations
    if most < 1 or simulations < 1:
        raise EngineError("To follow a plan takes at least one round and one simulation.")
    each = adoption_thresholds(needs, network.size)
    demand_unopposed(diffusion, each)
    counts = _followed(
        seed_for(seed, SIMULATING),
        np.int64(simulations),
        np.int64(most),
        network.out_offsets,
        network.out_targets,
        diffusion.probability,
        np.setdiff1d(people, diffusion.opponents),
        each,
        diffusion.opponents,
    )
    return Timeline(heard=np.cumsum(counts, axis=0) / simulations, simulations=simulations)


@kernel
def _followed(  # type: ignore[no-untyped-def]  # noqa: C901  one loop, told in order
    seed, simulations, most, offsets, targets, probability, plan, needs, opponents
):
    """In how many simulations somebody hears in each round."""
    size = offsets.size - 1
    stamp = np.full(size, -1, np.int64)
    heard = np.zeros(size, np.int32)
    queue = np.empty(size, np.int32)
    counts = np.zeros((most + 1, size), np.int32)
    theirs = np.empty(size if opponents.size else 0, np.int64)
    for simulation in range(simulations):
        key = stream(seed, simulation)
        if opponents.size:
            opposing_rounds(key, opponents, offsets, targets, probability, queue, theirs)
        length = 0
        for person in plan:
            stamp[person] = simulation
            heard[person] = needs[person]
            queue[length] = person
            length += 1
        reading, now = 0, 0
        while reading < length:
            end = length
            for place in range(reading, end):
                person = queue[place]
                counts[min(now, most), person] += 1
                for arc in range(offsets[person], offsets[person + 1]):
                    target = targets[arc]
                    if stamp[target] != simulation:
                        stamp[target] = simulation
                        heard[target] = 0
                    if heard[target] >= needs[target]:
                        continue
                    if opponents.size and now + 1 >= theirs[target]:
                        continue
                    if is_live(key, arc, probability[arc]):
                        heard[target] += 1
                        if heard[target] == needs[target]:
                            queue[length] = target
                            length += 1
            reading = end
            now += 1
    return counts
