"""With whom to begin: the few whose activation is expected to reach most.

OPIM-C (Tang, Tang, Xiao & Yuan 2018, "Online processing algorithms for influence maximization") on
reverse-reachable sets. Two collections are drawn independently: people are chosen greedily on the
first, and judged on the second. What the second shows they reach, over what the first shows that
nobody can exceed, is the guarantee: with probability 1 - δ the chosen reach at least that share of
the best possible. Maximising reach is NP-hard; 1 - 1/e ≈ 0.63 is what a greedy choice is worth in
the worst case (Kempe, Kleinberg & Tardos 2003); on real communities the certificate is better.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guyub.engine.coverage import Coverage
from guyub.engine.errors import EngineError
from guyub.engine.influence import Spread
from guyub.engine.randomness import seed_for
from guyub.engine.reverse_reachable import Backward, Pool, hits
from guyub.engine.spread import cascades

_WORST_CASE = 1.0 - 1.0 / math.e

# Beyond what the theory promises, go on drawing while it costs next to nothing: up to so many
# entries. Our choice: under 0.1 s for a village.
_CHEAP_ENTRIES = 400_000

# People up to whom exchanging and pressing are worth their time. Our choice: any village.
_SMALL_COMMUNITY = 5000

# Choices up to which every one of them is looked at. Our choice: some hundredths of a second.
_EVERY_CHOICE = 3000

# People in all sets together before memory is full: 4 bytes each, twice. Our choice: 1.6 GB.
MOST_ENTRIES = 200_000_000

# Plans whose coverage differs by less than this share are played forward; in how many worlds at
# least and at most, and how many arcs may be walked for each. Our choice: 10 ms a plan.
_ALIKE = 0.93
_PLAYED_WORLDS, _MOST_PLAYED_WORLDS, _PLAYED_ARCS = 200, 20_000, 1_500_000

_CHOOSING, _JUDGING, _PLAYING = 1, 2, 7


@dataclass(frozen=True, eq=False, kw_only=True)
class Catalysts:
    """A near-best choice of people, and what is certain about it.

    people: in the order chosen. estimate: expected number reached besides the already active, the
    chosen included. gains: what each adds to those before, as the first collection shows it.
    guarantee: the choice reaches at least this share of the best possible, with probability
    `confidence`. complete: False where memory ended the drawing before the promised guarantee.
    """

    people: NDArray[np.int64]
    estimate: float
    gains: NDArray[np.float64]
    guarantee: float
    confidence: float
    sets: int
    complete: bool


def catalysts(
    spread: Spread,
    count: int,
    *,
    seed: int = 1,
    excluded: ArrayLike = (),
    active: ArrayLike = (),
    rivals: Sequence[ArrayLike] = (),
    epsilon: float = 0.1,
    delta: float | None = None,
    most_entries: int = MOST_ENTRIES,
) -> Catalysts:
    """The `count` people whose activation is expected to reach most.

    excluded: people who are not to be chosen; they may still pass things on. active: people who are
    active already; what is maximised is the gain over them. rivals: plans of as many people to
    start from as well; the answer is no worse than any of them on the sets drawn. epsilon: the
    guarantee aimed at is 1 - 1/e - epsilon, or better where that is cheap. delta: the chance that
    it fails, 1/n unless given. The same seed gives the same answer.

    :raises EngineError: a count below 1, or more than there are people to choose from.
    """
    size = spread.network.size
    already = _mask(active, size, "active")
    candidates = ~(_mask(excluded, size, "excluded") | already)
    _demand_enough(count, candidates)
    if not 0.0 < epsilon < _WORST_CASE:
        raise EngineError("epsilon lies between 0 and 1 - 1/e.")
    delta = 1.0 / max(size, 2) if delta is None else delta
    schedule = _Schedule.of(size, count, epsilon, delta)
    backward = Backward.of(spread, already)
    pool = Pool(backward, seed_for(seed, _CHOOSING))

    def judged(plans: list[NDArray[np.int64]]) -> tuple[NDArray[np.int64], int]:
        best = _best_played(spread, plans, already, seed)
        return best, hits(backward, seed_for(seed, _JUDGING), pool.sets, best)

    drawn = _drawn(schedule, pool, judged, count, candidates, rivals, most_entries)
    chosen, gains, hit, guarantee = drawn
    scale = size / pool.sets
    return Catalysts(
        people=chosen,
        estimate=hit * scale,
        gains=gains.astype(np.float64) * scale,
        guarantee=guarantee,
        confidence=1.0 - delta,
        sets=pool.sets,
        complete=guarantee >= schedule.aim or pool.sets >= schedule.last,
    )


@dataclass(frozen=True)
class _Schedule:
    """How many sets to draw in each round, and the bounds that hold in all rounds together."""

    first: int
    last: int
    log_term: float
    aim: float

    @classmethod
    def of(cls, size: int, count: int, epsilon: float, delta: float) -> _Schedule:
        if not 0.0 < delta < 1.0:
            raise EngineError("delta lies between 0 and 1.")
        log_choices = _log_binomial(size, count)
        log_delta = math.log(6.0 / delta)
        root = _WORST_CASE * math.sqrt(log_delta) + math.sqrt(
            _WORST_CASE * (log_choices + log_delta)
        )
        last = 2.0 * size * root**2 / (epsilon**2 * count)
        first = max(1.0, last * epsilon**2 * count / size)
        # Small communities go on for a better guarantee; the bounds must hold for those rounds too.
        last = max(last, float(_CHEAP_ENTRIES))
        rounds = max(1, math.ceil(math.log2(last / first)))
        log_term = math.log(3.0 * rounds / delta)
        return cls(math.ceil(first), math.ceil(last), log_term, _WORST_CASE - epsilon)

    def ratio(self, found: int, bound: float) -> float:
        """What the chosen hit at least, over what any choice hits at most, in expectation."""
        a = self.log_term
        root = math.sqrt(found + 2.0 * a / 9.0) - math.sqrt(a / 2.0)
        lower = max(0.0, root) ** 2 - a / 18.0
        upper = (math.sqrt(bound + a / 2.0) + math.sqrt(a / 2.0)) ** 2
        return min(1.0, max(0.0, lower) / upper)


def _drawn(
    schedule: _Schedule,
    pool: Pool,
    judged: Callable[[list[NDArray[np.int64]]], tuple[NDArray[np.int64], int]],
    count: int,
    candidates: NDArray[np.bool_],
    rivals: Sequence[ArrayLike],
    most_entries: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], int, float]:
    """Draw until the guarantee is good enough: the choice, its gains, its hits, the guarantee."""
    wanted = schedule.first
    while True:
        pool.grow(wanted, most_entries)
        last_round = pool.sets < wanted or wanted >= schedule.last
        wanted *= 2
        cheap = 2 * pool.entries <= _CHEAP_ENTRIES
        if cheap and not last_round:
            continue
        coverage = pool.coverage()
        plans, covered, bound = _choice(coverage, pool, count, candidates, rivals)
        # Judged on the second collection the chosen do hardly better than on the first: a round
        # that could not be good enough even so is not worth judging.
        if last_round or schedule.ratio(covered, bound) >= schedule.aim:
            chosen, hit = judged(plans)
            guarantee = schedule.ratio(hit, bound)
            if last_round or guarantee >= schedule.aim:
                chosen, gains, _ = coverage.greedy(count, _among(chosen, candidates))
                return chosen, gains, hit, guarantee


def _choice(
    coverage: Coverage,
    pool: Pool,
    count: int,
    candidates: NDArray[np.bool_],
    rivals: Sequence[ArrayLike],
) -> tuple[list[NDArray[np.int64]], int, float]:
    """Plans worth playing, what the best covers of the first collection, and what any could.

    Greedy alone in large communities. In small ones, where it costs next to nothing, one person
    after the other is exchanged for a better one, from the greedy choice and from every rival, and
    the bound is pressed down. Nobody in the second collection has been looked at, so it still
    judges fairly.
    """
    chosen, gains, bound = coverage.greedy(count, candidates)
    covered = int(gains.sum())
    if candidates.size > _SMALL_COMMUNITY or pool.entries > _CHEAP_ENTRIES:
        return [chosen], covered, bound
    fitting = [np.asarray(rival, np.int64) for rival in rivals]
    fitting = [each for each in fitting if _fits(each, count, candidates)]
    found = [(covered, chosen)]
    for start in (chosen, *fitting):
        better, hit = coverage.exchanged(start, candidates)
        found.append((int(hit), better))
    found += [
        (int(coverage.greedy(count, _among(each, candidates))[1].sum()), each) for each in fitting
    ]
    few = math.comb(int(candidates.sum()), count) <= _EVERY_CHOICE
    if few:
        exact, covered = coverage.best_of_all(count, candidates)
        found.append((covered, exact))
        bound = min(bound, float(covered))
    best, people = max(found, key=lambda each: each[0])
    # The collection is a sample: plans that it can hardly tell apart are all played.
    plans = {tuple(sorted(each)): each for hit, each in found if hit >= _ALIKE * best}
    if not few:
        bound = min(bound, coverage.pressed_bound(people, best, candidates))
    return list(plans.values()), best, bound


def _fits(rival: NDArray[np.int64], count: int, candidates: NDArray[np.bool_]) -> bool:
    """Whether a rival names so many different people, all of whom may be chosen."""
    named = _mask(rival, candidates.size, "rivals")
    return rival.size == count == int(named[candidates].sum())


def _best_played(
    spread: Spread, plans: list[NDArray[np.int64]], active: NDArray[np.bool_], seed: int
) -> NDArray[np.int64]:
    """The plan that reaches most when all are played forward in the same worlds."""
    if len(plans) == 1:
        return plans[0]
    before = np.flatnonzero(active)
    worlds, seed = _PLAYED_WORLDS, int(seed_for(seed, _PLAYING)) >> 1
    first = cascades(spread, np.concatenate([before, plans[0]]), worlds=worlds, seed=seed)
    # As many worlds more as the work of a few million arcs allows.
    touched = first.reach.expected * spread.network.arcs / max(1, spread.network.size)
    worlds = int(min(_MOST_PLAYED_WORLDS, max(worlds, _PLAYED_ARCS / (touched + 1))))
    reached = [
        cascades(spread, np.concatenate([before, plan]), worlds=worlds, seed=seed).totals.sum()
        for plan in plans
    ]
    return plans[int(np.argmax(reached))]


def _among(people: NDArray[np.int64], candidates: NDArray[np.bool_]) -> NDArray[np.bool_]:
    among = np.zeros_like(candidates)
    among[people] = True
    return among


def _demand_enough(count: int, candidates: NDArray[np.bool_]) -> None:
    there = int(candidates.sum())
    if not 1 <= count <= there:
        raise EngineError(f"{count} people cannot be chosen out of {there}: ask for fewer.")


def _mask(people: ArrayLike, size: int, name: str) -> NDArray[np.bool_]:
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


def _log_binomial(size: int, count: int) -> float:
    return math.lgamma(size + 1) - math.lgamma(count + 1) - math.lgamma(size - count + 1)
