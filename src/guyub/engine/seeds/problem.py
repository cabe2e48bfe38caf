"""The problem of choosing seeds: in which model, who may be chosen, who is active, who counts.

Every way of choosing takes one of these, so that all that is wished can be combined.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guyub.engine.diffusion.model import DiffusionModel
from guyub.engine.diffusion.simulations import simulate
from guyub.engine.errors import EngineError
from guyub.engine.randomness import seed_for
from guyub.engine.seeds.reverse_reachable import ReverseGraph

# In how many simulations at least and at most a plan is played, and how many arcs may be walked for
# it. Our choice: 10 ms.
_FEWEST_SIMULATIONS, _MOST_SIMULATIONS, _PLAYED_ARCS = 200, 20_000, 1_500_000

_PLAYING = 7


@dataclass(frozen=True, eq=False, kw_only=True)
class SeedProblem:
    """Whom to begin with in a diffusion model.

    candidates: a mark for each person who may be chosen; those who may not still pass things on.
    active: a mark for each person who has begun already: what is maximised is the gain over them,
    and they are no candidates. weights: for how much each person counts when they are reached, 0 or
    more; reach is then their weight. None where everybody counts for one. chance: with what chance
    each person, once chosen, starts, on their own (`independent_starts`); reach is then what is
    expected when it is not known who will. None where everybody starts for certain; who is active
    does. seed: any whole number; the same seed gives the same answer.
    """

    diffusion: DiffusionModel
    candidates: NDArray[np.bool_]
    active: NDArray[np.bool_]
    weights: NDArray[np.float64] | None
    seed: int
    chance: NDArray[np.float64] | None = None

    @classmethod
    def of(
        cls,
        diffusion: DiffusionModel,
        *,
        candidates: ArrayLike | None = None,
        active: ArrayLike = (),
        weights: ArrayLike | None = None,
        chance: ArrayLike | None = None,
        seed: int = 1,
    ) -> SeedProblem:
        """From people given by number or by mark; everybody is a candidate unless some are named.

        >>> from guyub.engine import Network, SeedProblem, constant
        >>> problem = SeedProblem.of(constant(Network.from_ties(3, [0], [1]), 0.5), active=[2])
        >>> problem.candidates.tolist()
        [True, True, False]

        :raises EngineError: somebody outside the list is named, weights are no weights, or chances
            no chances.
        """
        size = diffusion.network.size
        already = as_mask(active, size, "active")
        everybody = np.ones(size, np.bool_) if candidates is None else candidates
        return cls(
            diffusion=diffusion,
            candidates=as_mask(everybody, size, "candidates") & ~already,
            active=already,
            weights=None if weights is None else as_weights(weights, size),
            chance=None if chance is None else as_chances(chance, size),
            seed=seed,
        )

    @property
    def begun(self) -> NDArray[np.int64]:
        """The numbers of those who are active."""
        return np.flatnonzero(self.active)

    @cached_property
    def worth(self) -> NDArray[np.float64]:
        """For how much each person counts."""
        return np.ones(self.active.size) if self.weights is None else self.weights

    def demand(self, count: int) -> None:
        """Whether so many can be chosen.

        :raises EngineError: they cannot.
        """
        there = int(self.candidates.sum())
        if not 1 <= count <= there:
            raise EngineError(
                f"{count} people cannot be chosen: {there} of {self.candidates.size} may be."
            )

    @cached_property
    def backward(self) -> ReverseGraph:
        """Ready for walking backwards."""
        return ReverseGraph.of(self.diffusion, self.active, self.worth, self.chance)

    def starts(self, people: NDArray[np.int64]) -> NDArray[np.float64] | None:
        """With what chance each of those who are active starts, and then of these people."""
        if self.chance is None:
            return None
        return np.concatenate((np.ones(self.begun.size), self.chance[people]))

    def best_played(self, plans: list[NDArray[np.int64]], reach: float) -> NDArray[np.int64]:
        """The plan that gains most when all are played forward in the same simulations."""
        if len(plans) == 1:
            return plans[0]
        first = seed_for(self.seed, _PLAYING)
        return plans[int(np.argmax([self.gained(each, reach, first).sum() for each in plans]))]

    def gained(
        self, people: NDArray[np.int64], reach: float, seed: np.uint64
    ) -> NDArray[np.float64]:
        """How many (or how much weight) people reach besides the active, in each of many
        simulations.

        reach: about how many that is: the fewer, the more simulations are played. The same seed
        gives the same simulations.
        """
        network, before = self.diffusion.network, self.begun
        # Of whoever starts with some chance all whom they might reach are walked to.
        certain = 1.0 if self.chance is None else float(self.chance[people].mean())
        walked = (reach / certain + before.size) * network.arcs / max(1, network.size)
        played = simulate(
            self.diffusion,
            np.concatenate((before, people)),
            simulations=int(
                min(_MOST_SIMULATIONS, max(_FEWEST_SIMULATIONS, _PLAYED_ARCS / (walked + 1.0)))
            ),
            seed=int(seed >> np.uint64(1)),
            weights=self.weights,
            starts=self.starts(people),
        )
        return played.after(before.size).totals

    def least_share(self, count: int) -> float:
        """What the best choice reaches at least, of everybody's weight: those chosen themselves.

        Where these count for little, whoever moves most weight by the next step.
        """
        weights, candidates = self.worth, self.candidates
        if (weights == weights[0]).all() and self.chance is None:
            return count / weights.size
        chance = np.ones(weights.size) if self.chance is None else self.chance
        themselves = float(np.sort((chance * weights)[candidates])[-count:].sum())
        diffusion, network = self.diffusion, self.diffusion.network
        moved = diffusion.probability * weights[network.out_targets]
        onward = np.bincount(network.out_sources, weights=moved, minlength=network.size)
        alone = float((chance * (weights + onward))[candidates].max())
        least = max(themselves, alone) / float(weights.sum())
        # Where nothing at all is certain to be reached, draw as if everybody counted.
        return least if least > 0.0 else count / weights.size


def as_weights(weights: ArrayLike, size: int) -> NDArray[np.float64]:
    """For how much each person counts.

    :raises EngineError: another number of weights, one below 0 or without end, or nobody counts.
    """
    given = np.ascontiguousarray(weights, np.float64)
    if given.shape != (size,):
        raise EngineError(f"{given.size} weights for {size} people.")
    if not (np.isfinite(given).all() and given.min() >= 0.0 and given.sum() > 0.0):
        raise EngineError("A weight is 0 or more, and somebody has to count.")
    return given


def as_chances(chance: ArrayLike, size: int) -> NDArray[np.float64] | None:
    """With what chance each person starts; None where all do for certain.

    :raises EngineError: another number of chances, or one that is not above 0 and at most 1.
    """
    given = np.ascontiguousarray(chance, np.float64)
    if given.shape != (size,):
        raise EngineError(f"{given.size} chances for {size} people.")
    if size and not (given.min() > 0.0 and given.max() <= 1.0):
        raise EngineError("The chance that somebody starts lies above 0 and is at most 1.")
    return None if (given == 1.0).all() else given


def as_mask(people: ArrayLike, size: int, name: str) -> NDArray[np.bool_]:
    """Marks for people given by number or by mark.

    :raises EngineError: somebody outside the list is named.
    """
    mask = np.zeros(size, np.bool_)
    given = np.asarray(people)
    if given.dtype == np.bool_:
        if given.shape != (size,):
            raise EngineError(f"{name} marks {given.size} people; there are {size}.")
        return given.copy()
    if given.size:
        if given.min() < 0 or given.max() >= size:
            raise EngineError(f"{name} names somebody outside the list of {size} people.")
        mask[given.astype(np.int64)] = True
    return mask
