"""How surely is a choice near the best? Draw sets until the answer is good enough.

OPIM-C (Tang, Tang, Xiao & Yuan 2018, "Online processing algorithms for influence maximization"):
two collections of reverse-reachable sets are drawn independently; a choice is made on the first,
and judged on the second. What the second shows that it reaches at least, over what the first shows
that nobody can exceed, is the guarantee. Nothing here knows how a choice is made.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guyub.engine.coverage import Coverage
from guyub.engine.errors import EngineError
from guyub.engine.randomness import seed_for
from guyub.engine.reverse_reachable import Pool, hits
from guyub.engine.situation import Situation

# Beyond what the theory promises, go on drawing while it costs next to nothing: up to so many
# entries. Our choice: under 0.1 s for a village.
CHEAP_ENTRIES = 400_000

# People in all sets together before memory is full: 4 bytes each, twice. Our choice: 1.6 GB.
MOST_ENTRIES = 200_000_000

# People up to whom exchanging and pressing are worth their time. Our choice: any village.
_SMALL_COMMUNITY = 5000

_CHOOSING, _JUDGING = 1, 2


@dataclass(frozen=True, eq=False)
class Options:
    """What a choice on one collection comes to.

    plans: some that are worth judging. covered: sets that the best of them is in. bound: sets that
    no choice whatever is in more of.
    """

    plans: list[NDArray[np.int64]]
    covered: int
    bound: float


@dataclass(frozen=True, eq=False, kw_only=True)
class Drawn:
    """A choice when the drawing ended, and how sure it is.

    coverage: of the first collection; each of its sets stands for `scale` people. estimate: what
    the second shows that the choice reaches. at_most: more no choice reaches. complete: False where
    memory ended the drawing too early.
    """

    people: NDArray[np.int64]
    coverage: Coverage
    scale: float
    estimate: float
    guarantee: float
    at_most: float
    complete: bool


@dataclass(frozen=True)
class Schedule:
    """How many sets to draw in each round, and the bounds that hold in all rounds together."""

    first: int
    last: int
    log_term: float
    aim: float

    @classmethod
    def of(
        cls, log_choices: float, share: float, epsilon: float, delta: float, worst: float
    ) -> Schedule:
        """Begin with few sets and end where the theory says that there are enough.

        log_choices: logarithm of how many choices there are. share: the least that the best of
        them reaches, of everybody's weight. epsilon, delta: the guarantee aimed at is `worst` -
        epsilon, the chance that it fails delta. worst: what the way of choosing is worth at worst.

        :raises EngineError: epsilon or delta lie outside their range.
        """
        if not 0.0 < epsilon < worst:
            raise EngineError(f"epsilon lies between 0 and {worst:.2f}.")
        if not 0.0 < delta < 1.0:
            raise EngineError("delta lies between 0 and 1.")
        log_delta = math.log(6.0 / delta)
        root = worst * math.sqrt(log_delta) + math.sqrt(worst * (log_choices + log_delta))
        first = max(1.0, 2.0 * root**2)
        # Small communities go on for a better guarantee; the bounds must hold for those rounds too.
        last = max(2.0 * root**2 / (epsilon**2 * share), float(CHEAP_ENTRIES))
        rounds = max(1, math.ceil(math.log2(last / first)))
        log_term = math.log(3.0 * rounds / delta)
        return cls(math.ceil(first), math.ceil(last), log_term, worst - epsilon)

    def ratio(self, found: int, bound: float) -> float:
        """What the chosen hit at least, over what any choice hits at most, in expectation."""
        return min(1.0, self.at_least(found) / self.at_most(bound))

    def at_least(self, found: int) -> float:
        """So many sets are hit in expectation at least, where `found` were."""
        return at_least(found, self.log_term)

    def at_most(self, bound: float) -> float:
        """So many sets are hit in expectation at most, where no choice hit more than `bound`."""
        return float(at_most(bound, self.log_term))


def drawn(
    at_hand: Situation,
    schedule: Schedule,
    choose: Callable[[Coverage], Options],
    *,
    seed: int,
    most_entries: int = MOST_ENTRIES,
) -> Drawn:
    """Draw until the guarantee is good enough, or the schedule or the memory comes to its end.

    choose: on the first collection. Of the plans that it gives, the one that reaches most when they
    are played forward is judged on a second collection as large.
    """
    backward = at_hand.backward
    pool = Pool(backward, seed_for(seed, _CHOOSING))
    wanted = schedule.first
    while True:
        pool.grow(wanted, most_entries)
        last_round = pool.sets < wanted or wanted >= schedule.last
        wanted *= 2
        cheap = 2 * pool.entries <= CHEAP_ENTRIES
        if cheap and not last_round:
            continue
        coverage = pool.coverage()
        found = choose(coverage)
        # Judged on the second collection the chosen do hardly better than on the first: a round
        # that could not be good enough even so is not worth judging.
        if last_round or schedule.ratio(found.covered, found.bound) >= schedule.aim:
            people = at_hand.best_played(found.plans, seed)
            hit = hits(backward, seed_for(seed, _JUDGING), pool.sets, people)
            guarantee = schedule.ratio(hit, found.bound)
            if last_round or guarantee >= schedule.aim:
                scale = backward.worth / pool.sets
                return Drawn(
                    people=people,
                    coverage=coverage,
                    scale=scale,
                    estimate=hit * scale,
                    guarantee=guarantee,
                    at_most=schedule.at_most(found.bound) * scale,
                    complete=guarantee >= schedule.aim or pool.sets >= schedule.last,
                )


def at_least(found: float, log_term: float) -> float:
    """So many hits are expected at least where `found` were seen, but for a chance e^-log_term."""
    root = math.sqrt(found + 2.0 * log_term / 9.0) - math.sqrt(log_term / 2.0)
    return max(0.0, max(0.0, root) ** 2 - log_term / 18.0)


def at_most(found: ArrayLike, log_term: float) -> NDArray[np.float64]:
    """So many hits are expected at most where `found` were seen, but for a chance e^-log_term."""
    half = log_term / 2.0
    return np.asarray((np.sqrt(np.asarray(found, np.float64) + half) + math.sqrt(half)) ** 2)


def is_small(coverage: Coverage) -> bool:
    """Whether to look harder than greedy does: it costs next to nothing."""
    return coverage.size <= _SMALL_COMMUNITY and coverage.entries <= CHEAP_ENTRIES


def log_binomial(size: int, count: int) -> float:
    """The logarithm of how many choices of `count` out of `size` there are."""
    return math.lgamma(size + 1) - math.lgamma(count + 1) - math.lgamma(size - count + 1)
