"""Watching it spread: plans compared in the same simulations.

In a simulation every arc is either live or not; a plan reaches whoever can be walked to from its
people along live arcs (the live-edge view of the independent cascade: Kempe, Kleinberg & Tardos
2003). Whether an arc lives in a simulation follows from a hash of the two: all plans meet the very
same simulations, no simulation is stored, and differences between plans are far more certain than
their levels. Nothing here is shared with the choosing: other code, other random numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guyub.engine.compiled import kernel
from guyub.engine.diffusion.competitive import (
    NEVER,
    is_live,
    opposing_rounds,
    simulate_competitive,
)
from guyub.engine.diffusion.model import DiffusionModel
from guyub.engine.diffusion.reach import Reach
from guyub.engine.errors import EngineError
from guyub.engine.randomness import seed_for, stream

# 99 % intervals: the normal quantile, and from it Student's for the simulations that were seen.
_QUANTILE = 2.5758293035489004

# Below so many arcs × simulations a second thread costs more than it gives (measured; our choice).
_WORTH_A_THREAD = 20_000_000

SIMULATING = 3

# Simulations to look at: as many as a walk over so many arcs allows, but never fewer or more than
# this. Our choice: some hundredths of a second for each plan of a village.
_FEWEST_SIMULATIONS, _MOST_SIMULATIONS = 32, 10_000
_WALKED_ARCS = 4_000_000


@dataclass(frozen=True, eq=False, kw_only=True)
class Simulations:
    """A plan in many simulations.

    added: people × simulations, how many each person of the plan adds to those before them, in the
    order of the plan (or the weight of those whom they add). first: people × size, in how many
    simulations each chosen person is the first in the order of the plan to reach each other person
    (where people start with some chance: in how many that is expected); None unless it was asked
    for.
    """

    added: NDArray[np.float64]
    first: NDArray[np.int32] | NDArray[np.float64] | None

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

    >>> from guyub.engine import Network, constant, enough_simulations
    >>> enough_simulations(constant(Network.from_ties(3, [0], [1]), 0.5))
    10000
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
    starts: NDArray[np.float64] | None = None,
) -> Simulations:
    """Play a plan in many simulations; the same seed gives every plan the same simulations.

    plan: people in the order in which they are visited. weights: for how much each person counts.
    starts: with what chance each of the plan starts; None where everybody does. What they add in a
    simulation is then what is expected of it.

    >>> from guyub.engine import Network, constant, simulate
    >>> chain = constant(Network.from_ties(3, [0, 1], [1, 2]), 0.5)
    >>> 1.7 < simulate(chain, [0], simulations=20_000).reach.expected < 1.8
    True

    :raises EngineError: the plan names somebody outside the network, or fewer than 2 simulations.
    """
    network = diffusion.network
    people = as_plan(plan, network.size)
    simulations = enough_simulations(diffusion) if simulations is None else simulations
    spans = _spans(simulations, threads if network.arcs * simulations >= _WORTH_A_THREAD else 1)
    play_one = _kernel_for(diffusion, starts)

    def play(span: tuple[np.int64, np.int64]) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
        kind = np.int32 if starts is None else np.float64
        counted = np.zeros((people.size, network.size if first else 0), kind)
        added = play_one(
            seed_for(seed, SIMULATING),
            *span,
            network.out_offsets,
            network.out_targets,
            diffusion.probability,
            diffusion.opponents,
            people,
            np.empty(0) if weights is None else weights,
            counted,
        )
        return added, counted

    with ThreadPoolExecutor(len(spans)) as pool:
        parts = list(pool.map(play, spans))
    together = np.sum([counts for _added, counts in parts], axis=0) if first else None
    return Simulations(added=np.concatenate([added for added, _ in parts], axis=1), first=together)


def as_plan(plan: ArrayLike, size: int) -> NDArray[np.int64]:
    """The people of a plan as numbers.

    :raises EngineError: somebody outside the list is named.
    """
    people = np.ascontiguousarray(plan, dtype=np.int64)
    if people.size and not 0 <= people.min() <= people.max() < size:
        raise EngineError(f"The plan names someone outside the list of {size} people.")
    return people


def mean_reach(
    diffusion: DiffusionModel,
    plans: Sequence[ArrayLike],
    *,
    simulations: int | None = None,
    seed: int = 1,
    weights: NDArray[np.float64] | None = None,
    chance: NDArray[np.float64] | None = None,
) -> Reach:
    """The expected reach of a plan drawn from these, each seen in its share of the same
    simulations. chance: with what chance each person of the network starts, once chosen.

    >>> from guyub.engine import Network, constant, mean_reach
    >>> pair = constant(Network.from_ties(3, [0], [1]), 1.0)
    >>> mean_reach(pair, [[0], [2]], simulations=100).expected
    1.5
    """
    simulations = enough_simulations(diffusion) if simulations is None else simulations
    if not plans:
        raise EngineError("There is no plan to look at.")
    share = max(2, math.ceil(simulations / len(plans)))
    totals = [
        simulate(
            diffusion,
            plan,
            simulations=share,
            seed=seed + number,
            weights=weights,
            starts=None if chance is None else chance[np.asarray(plan)],
        ).totals
        for number, plan in enumerate(plans)
    ]
    return reach_interval(np.concatenate(totals))


def reach_interval(totals: NDArray[np.float64]) -> Reach:
    """Mean and 99 % interval of what was counted in each simulation.

    >>> import numpy as np
    >>> from guyub.engine import reach_interval
    >>> found = reach_interval(np.array([3.0, 4.0, 5.0, 4.0]))
    >>> found.expected, found.low < 4.0 < found.high, found.simulations
    (4.0, True, 4)
    """
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


def _spans(simulations: int, blocks: int) -> list[tuple[np.int64, np.int64]]:
    """The simulations in so many parts."""
    if simulations < 2:
        raise EngineError("An interval needs at least 2 simulations.")
    return list(pairwise(np.linspace(0, simulations, blocks + 1).astype(np.int64)))


def _kernel_for(
    diffusion: DiffusionModel, starts: NDArray[np.float64] | None
) -> Callable[..., NDArray[np.float64]]:
    """What plays a plan in this model."""
    if starts is None:
        return simulate_competitive if diffusion.opponents.size else _play
    chances = np.ascontiguousarray(starts, np.float64)
    return lambda *told: _play_starts(*told, chances)  # type: ignore[call-arg]


@kernel
def _play(  # type: ignore[no-untyped-def]  # noqa: C901  one loop, told in order
    seed, begin, end, offsets, targets, probability, opponents, plan, counts, counted
):
    size = offsets.size - 1
    stamp = np.full(size, -1, np.int64)
    queue = np.empty(size, np.int32)
    added = np.zeros((plan.size, end - begin))
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
                    if is_live(key, arc, probability[arc]):
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


@kernel
def _play_starts(  # type: ignore[no-untyped-def]  # noqa: C901  one loop, told in order
    seed, begin, end, offsets, targets, probability, opponents, plan, counts, counted, starts
):
    """What each person of a plan is expected to add to those before them, where they may not start.

    Whoever is reached by several is missed where none of them starts; so everybody of the plan is
    walked from, whomever those before them reach. Where some speak against it, those are reached
    who are nearer than any of them.
    """
    size = offsets.size - 1
    stamp, missed = np.full(size, -1, np.int64), np.empty(size)
    queue, theirs = np.empty(size, np.int32), np.empty(size, np.int64)
    rounds = np.zeros(size, np.int64)
    added = np.zeros((plan.size, end - begin))
    for simulation in range(begin, end):
        key = stream(seed, simulation)
        if opponents.size:
            opposing_rounds(key, opponents, offsets, targets, probability, queue, theirs)
        else:
            theirs[:] = NEVER
        missed[:] = 1.0
        for place in range(plan.size):
            start = plan[place]
            if theirs[start] == 0:
                continue
            mark = simulation * plan.size + place
            stamp[start] = mark
            rounds[start] = 0
            queue[0] = start
            reading, length = 0, 1
            while reading < length:
                person = queue[reading]
                reading += 1
                for arc in range(offsets[person], offsets[person + 1]):
                    target = targets[arc]
                    if stamp[target] == mark or rounds[person] + 1 >= theirs[target]:
                        continue
                    if is_live(key, arc, probability[arc]):
                        stamp[target] = mark
                        rounds[target] = rounds[person] + 1
                        queue[length] = target
                        length += 1
            for reached in range(length):
                person = queue[reached]
                gain = missed[person] * starts[place]
                missed[person] -= gain
                if counted.shape[1]:
                    counted[place, person] += gain
                added[place, simulation - begin] += gain * counts[person] if counts.size else gain
    return added
