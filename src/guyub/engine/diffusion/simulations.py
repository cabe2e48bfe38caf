"""Watching it spread: plans compared in the same simulations.

In a simulation every arc is either live or not; a plan reaches whoever can be walked to from its
people along live arcs (the live-edge view of the independent cascade: Kempe, Kleinberg & Tardos
2003). Whether an arc lives in a simulation follows from a hash of the two: all plans meet the very
same simulations, no simulation is stored, and differences between plans are far more certain than
their levels. Nothing here is shared with the choosing: other code, other random numbers.

Under thresholds a person follows at most one of those they hear in a simulation: one number for
each person and simulation falls into the stretch of one arc, or of none (Kempe, Kleinberg & Tardos
2003).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guyub.engine.compiled import kernel
from guyub.engine.diffusion.competitive import simulate_competitive
from guyub.engine.diffusion.model import DiffusionModel
from guyub.engine.errors import EngineError
from guyub.engine.randomness import mixed, seed_for, stream

# 99 % intervals: the normal quantile, and from it Student's for the simulations that were seen.
_QUANTILE = 2.5758293035489004

# Below so many arcs × simulations a second thread costs more than it gives (measured; our choice).
_WORTH_A_THREAD = 20_000_000

SIMULATING = 3

# Simulations to look at: as many as a walk over so many arcs allows, but never fewer or more than
# this. Our choice: some hundredths of a second for each plan of a village.
_FEWEST_SIMULATIONS, _MOST_SIMULATIONS = 32, 10_000
_WALKED_ARCS = 4_000_000


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How many people are expected to be reached, with a 99 % interval over the simulations seen.

    Where people have weights, the weight of those reached.
    """

    expected: float
    low: float
    high: float
    simulations: int


@dataclass(frozen=True, eq=False, kw_only=True)
class Simulations:
    """A plan in many simulations.

    added: people × simulations, how many each person of the plan adds to those before them, in the
    order of the plan (or the weight of those whom they add). first: people × size, in how many
    simulations each chosen person is the first in the order of the plan to reach each other person;
    None unless it was asked for.
    """

    added: NDArray[np.float64]
    first: NDArray[np.int32] | None

    @property
    def totals(self) -> NDArray[np.float64]:
        """How many are reached in each simulation."""
        return self.added.sum(axis=0)

    @property
    def reach(self) -> Reach:
        """The expected reach of the whole plan."""
        return reach_interval(self.totals)

    def after(self, place: int) -> Simulations:
        """Without the first people of the plan; what the others add stays what it is."""
        first = None if self.first is None else self.first[place:]
        return Simulations(added=self.added[place:], first=first)

    @property
    def marginal(self) -> NDArray[np.float64]:
        """What each person adds on average to those before them."""
        return self.added.mean(axis=1)


def enough_simulations(diffusion: DiffusionModel, reach: float | None = None) -> int:
    """How many simulations to look at. reach: about how many are reached in each, or all of them.

    Only the arcs of those who are reached are walked, so a plan that reaches few is seen in many.
    """
    size, arcs = diffusion.network.size, diffusion.network.arcs
    walked = arcs if reach is None else reach * arcs / max(1, size)
    return int(min(_MOST_SIMULATIONS, max(_FEWEST_SIMULATIONS, _WALKED_ARCS / (walked + 1))))


def simulate(
    diffusion: DiffusionModel,
    plan: ArrayLike,
    *,
    simulations: int | None = None,
    seed: int = 1,
    first: bool = False,
    threads: int = 2,
    weights: NDArray[np.float64] | None = None,
) -> Simulations:
    """Play a plan in many simulations; the same seed gives every plan the same simulations.

    plan: people in the order in which they are visited. weights: for how much each person counts.

    :raises EngineError: the plan names somebody outside the network, or fewer than 2 simulations.
    """
    network = diffusion.network
    people = _within(network.size, plan)
    simulations = enough_simulations(diffusion) if simulations is None else simulations
    if simulations < 2:
        raise EngineError("An interval needs at least 2 simulations.")
    blocks = threads if network.arcs * simulations >= _WORTH_A_THREAD else 1
    edges = np.linspace(0, simulations, blocks + 1).astype(np.int64)
    spans = list(pairwise(edges))

    def play(span: tuple[np.int64, np.int64]) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
        counted = np.zeros((people.size, network.size if first else 0), np.int32)
        competitive = diffusion.opponents.size > 0
        added = (simulate_competitive if competitive else _play)(
            seed_for(seed, SIMULATING),
            span[0],
            span[1],
            network.out_offsets,
            network.out_targets,
            diffusion.probability,
            diffusion.opponents if competitive else _stretches(diffusion),
            people,
            np.empty(0) if weights is None else weights,
            counted,
        )
        return added, counted

    with ThreadPoolExecutor(blocks) as pool:
        played = list(map(play, spans) if blocks == 1 else pool.map(play, spans))
    return Simulations(
        added=np.concatenate([added for added, _ in played], axis=1),
        first=sum((counted for _, counted in played[1:]), played[0][1]) if first else None,
    )


def _within(size: int, plan: ArrayLike) -> NDArray[np.int64]:
    people = np.ascontiguousarray(plan, dtype=np.int64)
    if people.size and not 0 <= people.min() <= people.max() < size:
        raise EngineError(f"The plan names somebody outside the list of {size} people.")
    return people


def _stretches(diffusion: DiffusionModel) -> NDArray[np.float64]:
    """Where the stretch of each arc begins in 0 … 1 for its target; none without thresholds."""
    if not diffusion.threshold:
        return np.empty(0)
    network = diffusion.network
    weights = diffusion.probability[network.in_arcs].astype(np.float64)
    until = np.concatenate(([0.0], np.cumsum(weights)))
    begins = np.empty(network.arcs)
    begins[network.in_arcs] = until[:-1] - np.repeat(
        until[network.in_offsets[:-1]], network.in_degree
    )
    return begins


def mean_reach(
    diffusion: DiffusionModel,
    plans: Sequence[ArrayLike],
    *,
    simulations: int | None = None,
    seed: int = 1,
    weights: NDArray[np.float64] | None = None,
) -> Reach:
    """The expected reach of a plan drawn from these, each seen in its share of the same
    simulations."""
    simulations = enough_simulations(diffusion) if simulations is None else simulations
    if not plans:
        raise EngineError("There is no plan to look at.")
    share = max(2, math.ceil(simulations / len(plans)))
    totals = [
        simulate(diffusion, plan, simulations=share, seed=seed + number, weights=weights).totals
        for number, plan in enumerate(plans)
    ]
    return reach_interval(np.concatenate(totals))


def reach_interval(totals: NDArray[np.float64]) -> Reach:
    """Mean and 99 % interval of what was counted in each simulation."""
    mean = float(totals.mean())
    margin = _student(totals.size - 1) * float(totals.std(ddof=1)) / math.sqrt(totals.size)
    return Reach(expected=mean, low=mean - margin, high=mean + margin, simulations=totals.size)


def _student(freedom: int) -> float:
    """Student's 99.5 % quantile, from the normal one (Abramowitz & Stegun 1964, 26.7.5).

    Right to a hundredth from 20 degrees of freedom on.
    """
    z = _QUANTILE
    first = (z**3 + z) / 4.0
    second = (5.0 * z**5 + 16.0 * z**3 + 3.0 * z) / 96.0
    return z + first / freedom + second / freedom**2


@kernel
def _play(  # type: ignore[no-untyped-def]  # noqa: C901  one loop, told in order
    seed, begin, end, offsets, targets, probability, from_where, plan, counts, counted
):
    size = offsets.size - 1
    stamp = np.full(size, -1, np.int64)
    queue = np.empty(size, np.int32)
    added = np.zeros((plan.size, end - begin))
    scale = 1.0 / (1 << 24)
    several = from_where.size > 0
    for simulation in range(begin, end):
        key = stream(seed, simulation)
        for place in range(plan.size):
            start = plan[place]
            if stamp[start] == simulation:
                continue
            stamp[start] = simulation
            queue[0] = start
            reading, length = 0, 1
            while reading < length:
                person = queue[reading]
                reading += 1
                for arc in range(offsets[person], offsets[person + 1]):
                    target = targets[arc]
                    if stamp[target] == simulation:
                        continue
                    number, begins = (target, from_where[arc]) if several else (arc, 0.0)
                    coin = np.float64(mixed(key + np.uint64(number)) >> np.uint64(40)) * scale
                    if begins <= coin < begins + probability[arc]:
                        stamp[target] = simulation
                        queue[length] = target
                        length += 1
            added[place, simulation - begin] = length
            if counts.size:
                added[place, simulation - begin] = counts[queue[:length]].sum()
            if counted.shape[1]:
                for reached in range(length):
                    counted[place, queue[reached]] += 1
    return added
