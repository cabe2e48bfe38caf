"""How surely is a choice near the best? Draw sets until the answer is good enough.

OPIM-C (Tang, Tang, Xiao & Yuan 2018, "Online processing algorithms for influence maximization"):
two collections of reverse-reachable sets are drawn independently; a choice is made on the first,
and judged on the second. What the second shows that it reaches at least, over what the first shows
that nobody can exceed, is the guarantee. In small communities the judge is not a second collection
but the choice itself, played forward: whom it reaches varies little from simulation to simulation,
so that a few thousand simulations say more of it than as many sets do (`confidence`). Nothing here
knows how a choice is made.

Where people start with some chance (`independent_starts`), a set counts for the chance that one of
those chosen in it starts, a value from 0 to 1 whose mean over sets is F / n. All bounds hold as
they stand: those of the martingale (Chung & Lu 2006, theorems 18 and 22, as OPIM-C uses them) ask
of the values that they lie within 0 … 1 and that their variance is at most their mean, which
E[x²] <= E[x] gives; betting asks only that they are not negative; and the bound on what any choice
covers holds for the sets drawn, whatever they are, since what is covered is submodular.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guyub.engine.errors import EngineError
from guyub.engine.randomness import seed_for
from guyub.engine.seeds.confidence import lower_bound
from guyub.engine.seeds.coverage import Coverage
from guyub.engine.seeds.problem import SeedProblem
from guyub.engine.seeds.reverse_reachable import ReverseSets, count_hits

# Go on beyond what the theory promises until the guarantee is so good, while it costs next to
# nothing: up to so many sets and people in them together. Our choice: under 0.1 s for a village; in
# a district 0.2 s, for which a plan of fifty reaches a twentieth more (measured).
GOOD_GUARANTEE = 0.9
_CHEAP, _CHEAP_IN_LARGE = 600_000, 1_000_000

# With less than this share of them no small community comes so far: do not try. Our choice.
_TOO_FEW = 1 / 8

# People in all sets together before memory is full: 4 bytes each, twice. Our choice: 1.6 GB.
MOST_ENTRIES = 200_000_000

# People up to whom more than greedy is worth its time. Our choice: any village.
_SMALL_COMMUNITY = 5000

# Of what the first collection shows a judge is nearly always sure of so much. Our choice.
_JUDGED = 0.95

_CHOOSING, _JUDGING = 1, 2


@dataclass(frozen=True, eq=False)
class Options:
    """What a choice on one collection comes to.

    plans: some that are worth judging. covered: sets that the best of them is in. bound: sets that
    no choice whatever is in more of. closer: gives a bound as close as is
    enough, if it can; asked where that may decide.
    """

    plans: list[NDArray[np.int64]]
    covered: float
    bound: float
    closer: Callable[[float], float] | None = None


@dataclass(frozen=True, eq=False, kw_only=True)
class CertifiedChoice:
    """A choice when the drawing ended, and how sure it is.

    coverage: of the first collection; each of its sets stands for `scale` people. estimate: what
    the judge saw the choice reach. at_most: more no choice reaches. complete: False where memory
    ended the drawing too early.
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
        last = max(2.0 * root**2 / (epsilon**2 * share), float(_CHEAP))
        rounds = max(1, math.ceil(math.log2(last / first)))
        log_term = math.log(3.0 * rounds / delta)
        return cls(math.ceil(first), math.ceil(last), log_term, worst - epsilon)

    def enough(self, most: float) -> float:
        """The bound from which it follows that at most so many sets are hit in expectation."""
        half = self.log_term / 2.0
        return max(0.0, math.sqrt(most) - math.sqrt(half)) ** 2 - half

    def at_most(self, bound: float) -> float:
        """So many sets are hit in expectation at most, where no choice hit more than `bound`."""
        return float(at_most(bound, self.log_term))


def choose_certified(
    problem: SeedProblem,
    schedule: Schedule,
    choose: Callable[[Coverage], Options],
    *,
    most_entries: int = MOST_ENTRIES,
    further: bool = True,
) -> CertifiedChoice:
    """Draw until the guarantee is good enough, or the schedule or the memory comes to its end.

    choose: on the first collection. Of the plans that it gives, the one that reaches most when they
    are played forward is judged, by other random numbers. further: beyond the schedule's aim, while
    that is cheap.
    """
    backward = problem.backward
    pool = ReverseSets(backward, seed_for(problem.seed, _CHOOSING))
    wanted, in_small = schedule.first, is_small(backward.size)
    while True:
        pool.grow(wanted, most_entries)
        last_round = pool.sets < wanted or wanted >= schedule.last
        wanted *= 2
        cheap = further and pool.bulk <= (_CHEAP if in_small else _CHEAP_IN_LARGE) // 2
        if cheap and in_small and pool.bulk < _TOO_FEW * _CHEAP and not last_round:
            continue
        aim = max(GOOD_GUARANTEE, schedule.aim) if cheap else schedule.aim
        coverage = pool.coverage()
        found = choose(coverage)
        scale = backward.worth / pool.sets
        # A judge may find what the first collection shows, hardly more: what could not be good
        # enough even so is not worth a closer bound, nor worth judging.
        if not last_round and found.covered < aim * schedule.at_most(found.covered):
            continue
        most = schedule.at_most(_closest(found, schedule)) * scale
        if not last_round and found.covered * scale < aim * most:
            continue
        reach = found.covered / pool.sets * backward.size
        people = problem.best_played(found.plans, reach)
        estimate, least = _judged(problem, people, reach, pool.sets, schedule.log_term)
        guarantee = min(1.0, least / most)
        if last_round or guarantee >= aim:
            return CertifiedChoice(
                people=people,
                coverage=coverage,
                scale=scale,
                estimate=estimate,
                guarantee=guarantee,
                at_most=most,
                complete=guarantee >= schedule.aim or pool.sets >= schedule.last,
            )


def _closest(found: Options, schedule: Schedule) -> float:
    """The bound, worked on for as long as a guarantee may hang on it."""
    if found.closer is None:
        return found.bound
    enough = schedule.enough(_JUDGED * found.covered / GOOD_GUARANTEE)
    return min(found.bound, found.closer(enough))


def _judged(
    problem: SeedProblem,
    people: NDArray[np.int64],
    reach: float,
    sets: int,
    log_term: float,
) -> tuple[float, float]:
    """What a choice reaches, about `reach`, and what it surely reaches at least."""
    first = seed_for(problem.seed, _JUDGING)
    if is_small(problem.backward.size):
        gained = problem.gained(people, reach, first)
        return float(gained.mean()), lower_bound(gained, log_term)
    hit = count_hits(problem.backward, first, sets, people)
    scale = problem.backward.worth / sets
    return hit * scale, at_least(hit, log_term) * scale


def is_small(size: int, entries: int = 0) -> bool:
    """Whether with so many people, and so many in all sets, more than greedy is worth its time."""
    return size <= _SMALL_COMMUNITY and entries <= _CHEAP


def at_least(found: float, log_term: float) -> float:
    """So many hits are expected at least where `found` were seen, but for a chance e^-log_term."""
    root = math.sqrt(found + 2.0 * log_term / 9.0) - math.sqrt(log_term / 2.0)
    return max(0.0, max(0.0, root) ** 2 - log_term / 18.0)


def at_most(found: ArrayLike, log_term: float) -> NDArray[np.float64]:
    """So many hits are expected at most where `found` were seen, but for a chance e^-log_term."""
    half = log_term / 2.0
    return np.asarray((np.sqrt(np.asarray(found, np.float64) + half) + math.sqrt(half)) ** 2)


def log_binomial(size: int, count: int) -> float:
    """The logarithm of how many choices of `count` out of `size` there are."""
    return math.lgamma(size + 1) - math.lgamma(count + 1) - math.lgamma(size - count + 1)
