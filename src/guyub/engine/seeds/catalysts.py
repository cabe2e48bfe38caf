"""Who to start with: the few people expected to reach most.

People are chosen greedily on one collection of reverse-reachable sets and judged apart from it
(`certificate`): with probability 1 - δ they reach at least the share of the best possible that is
given as the guarantee. Maximising reach is NP-hard; 1 - 1/e ≈ 0.63 is what a greedy choice is worth
in the worst case (Kempe, Kleinberg & Tardos 2003); on real communities the certificate is better.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guyub.engine.randomness import seed_for
from guyub.engine.seeds.certificate import (
    MOST_ENTRIES,
    Options,
    Schedule,
    choose_certified,
    is_small,
    log_binomial,
)
from guyub.engine.seeds.confidence import lower_bound
from guyub.engine.seeds.coverage import Coverage
from guyub.engine.seeds.problem import SeedProblem, as_mask
from guyub.engine.seeds.reverse_reachable import ReverseSets

_WORST_CASE = 1.0 - 1.0 / math.e

# Choices up to which every one of them is looked at. Our choice: some hundredths of a second.
_EVERY_CHOICE = 3000

# Plans whose coverage differs by less than this share are played forward. Our choice.
_ALIKE = 0.93

# Sets for a choice of which nothing is to be proved, and people in them all. Our choice: some
# hundredths of a second for a village.
_SETS, _ENTRIES = 60_000, 100_000

_UNPROVED, _BY_HAND = 20, 31


@dataclass(frozen=True, eq=False, kw_only=True)
class Catalysts:
    """A near-best choice of people, and what is certain about it.

    people: in the order chosen. estimate: expected number (or weight) reached besides the already
    active, the chosen included. gains: what each adds to those before, as the first collection
    shows it. guarantee: the choice reaches at least this share of the best possible, with
    probability `confidence`; as surely no choice reaches more than `at_most`. complete: False where
    memory ended the drawing before the promised guarantee.
    """

    people: NDArray[np.int64]
    estimate: float
    gains: NDArray[np.float64]
    guarantee: float
    confidence: float
    at_most: float
    sets: int
    complete: bool


def catalysts(
    problem: SeedProblem,
    count: int,
    *,
    rivals: Sequence[ArrayLike] = (),
    epsilon: float = 0.1,
    delta: float | None = None,
    most_entries: int = MOST_ENTRIES,
    further: bool = True,
) -> Catalysts:
    """The `count` people whose activation is expected to reach most.

    rivals: plans of as many people to start from as well; the answer is no worse than any of them
    on the sets drawn. epsilon: the guarantee aimed at is 1 - 1/e - epsilon. delta: the chance that
    it fails, 1/n unless given. most_entries: people in all sets together before memory is full.
    further: go on to a better one where that is cheap.

    >>> from guyub.engine import Network, SeedProblem, catalysts, constant
    >>> stars = Network.from_ties(8, [0, 0, 0, 4, 4, 4], [1, 2, 3, 5, 6, 7])
    >>> found = catalysts(SeedProblem.of(constant(stars, 0.5)), 2)
    >>> sorted(found.people.tolist()), found.guarantee > 0.9
    ([0, 4], True)

    :raises EngineError: a count below 1, or more than there are people to choose from; epsilon or
        delta out of their range.
    """
    problem.demand(count)
    candidates, size = problem.candidates, problem.candidates.size
    delta = 1.0 / max(size, 2) if delta is None else delta
    choices, share = log_binomial(size, count), problem.least_share(count)
    found = choose_certified(
        problem,
        Schedule.of(choices, share, epsilon, delta, _WORST_CASE),
        lambda coverage: _choice(coverage, count, candidates, rivals),
        most_entries=most_entries,
        further=further,
    )
    chosen, gains, _ = found.coverage.greedy(count, _among(found.people, candidates))
    return Catalysts(
        people=chosen,
        estimate=found.estimate,
        gains=gains.astype(np.float64) * found.scale,
        guarantee=found.guarantee,
        confidence=1.0 - delta,
        at_most=found.at_most,
        sets=found.coverage.sets,
        complete=found.complete,
    )


def quick_catalysts(problem: SeedProblem, count: int) -> NDArray[np.int64]:
    """The greedy choice on a few sets, to compare with: good, quick, and nothing is proved of it.

    >>> from guyub.engine import Network, SeedProblem, constant, quick_catalysts
    >>> star = Network.from_ties(4, [0, 0, 0], [1, 2, 3])
    >>> quick_catalysts(SeedProblem.of(constant(star, 0.5)), 1).tolist()
    [0]

    :raises EngineError: as for `catalysts`.
    """
    problem.demand(count)
    pool = ReverseSets(problem.backward, seed_for(problem.seed, _UNPROVED))
    pool.grow(_SETS, _ENTRIES)
    return pool.coverage().greedy(count, problem.candidates)[0]


def share_of_best(problem: SeedProblem, people: NDArray[np.int64], best: Catalysts) -> float:
    """At least which share of the best possible people reach whom somebody else chose.

    best: what `catalysts` found for as many of the same problem. As sure as its guarantee.

    >>> import numpy as np
    >>> from guyub.engine import Network, SeedProblem, catalysts, constant, share_of_best
    >>> star = Network.from_ties(4, [0, 0, 0], [1, 2, 3])
    >>> problem = SeedProblem.of(constant(star, 0.5))
    >>> best = catalysts(problem, 1)
    >>> share_of_best(problem, np.array([1]), best) < 0.45  # 1 of 2.5
    True
    """
    log_term = math.log(2.0 / (1.0 - best.confidence))
    gained = problem.gained(people, best.estimate, seed_for(problem.seed, _BY_HAND))
    return min(1.0, lower_bound(gained, log_term) / best.at_most)


def _choice(
    coverage: Coverage,
    count: int,
    candidates: NDArray[np.bool_],
    rivals: Sequence[ArrayLike],
) -> Options:
    """Plans worth playing, what the best covers of the first collection, and what any could.

    In large communities the greedy choice, or a rival that covers more. In small ones, where it
    costs next to nothing, one person after the other is exchanged for a better one, from the greedy
    choice and from every rival, and the bound is pressed down. The judge has other random numbers,
    so it still judges fairly.
    """
    chosen, gains, bound = coverage.greedy(count, candidates)
    covered = float(gains.sum())
    fitting = [np.asarray(rival, np.int64) for rival in rivals]
    fitting = [each for each in fitting if _fits(each, count, candidates)]
    found = [(covered, chosen)]
    found += [
        (float(coverage.greedy(count, _among(each, candidates))[1].sum()), each) for each in fitting
    ]
    if not is_small(coverage.size, coverage.entries):
        covered, best = max(found, key=lambda each: each[0])
        return Options([best], covered, bound)
    costs = np.where(candidates, 1.0, np.inf)
    for start in (chosen, *fitting):
        better, hit = coverage.exchanged(start, costs, float(count))
        found.append((float(hit), better))
    few = math.comb(int(candidates.sum()), count) <= _EVERY_CHOICE
    if few:
        exact, covered = coverage.best_of_all(count, candidates)
        found.append((covered, exact))
        bound = min(bound, covered)
    most, people = max(found, key=lambda each: each[0])
    # The collection is a sample: plans that it can hardly tell apart are all played.
    plans = {tuple(sorted(each)): each for hit, each in found if hit >= _ALIKE * most}
    if few:
        return Options(list(plans.values()), most, bound)
    press = partial(coverage.pressed_bound, people, most, costs, float(count))
    return Options(list(plans.values()), most, bound, press)


def _fits(rival: NDArray[np.int64], count: int, candidates: NDArray[np.bool_]) -> bool:
    """Whether a rival names so many different people, all of whom may be chosen."""
    named = as_mask(rival, candidates.size, "rivals")
    return rival.size == count == int(named[candidates].sum())


def _among(people: NDArray[np.int64], candidates: NDArray[np.bool_]) -> NDArray[np.bool_]:
    among = np.zeros_like(candidates)
    among[people] = True
    return among
