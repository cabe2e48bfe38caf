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

from guyub.engine.errors import EngineError
from guyub.engine.influence import Spread
from guyub.engine.randomness import seed_for
from guyub.engine.reverse_reachable import Backward, Pool, hits

_WORST_CASE = 1.0 - 1.0 / math.e

# Beyond what the theory promises, go on drawing while it costs next to nothing: up to so many
# entries for a guarantee of so much. Our choice: about 0.05 s for a village.
_CHEAP_ENTRIES = 600_000
_GOOD_GUARANTEE = 0.92

# People up to whom exchanging and pressing are worth their time. Our choice: any village.
_SMALL_COMMUNITY = 5000

# People in all sets together before memory is full: 4 bytes each, twice. Our choice: 1.6 GB.
MOST_ENTRIES = 200_000_000

_CHOOSING, _JUDGING = 1, 2


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
    if not 1 <= count <= int(candidates.sum()):
        raise EngineError(
            f"{count} people cannot be chosen out of {int(candidates.sum())}: ask for fewer."
        )
    if not 0.0 < epsilon < _WORST_CASE:
        raise EngineError("epsilon lies between 0 and 1 - 1/e.")
    delta = 1.0 / max(size, 2) if delta is None else delta
    if not 0.0 < delta < 1.0:
        raise EngineError("delta lies between 0 and 1.")
    schedule = _Schedule.of(size, count, epsilon, delta)
    backward = Backward.of(spread, already)
    pool = Pool(backward, seed_for(seed, _CHOOSING))

    def judged(chosen: NDArray[np.int64]) -> int:
        return hits(backward, seed_for(seed, _JUDGING), pool.sets, chosen)

    found = _drawn(schedule, pool, judged, count, candidates, rivals, most_entries)
    chosen, gains, hit, guarantee = found
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
    judged: Callable[[NDArray[np.int64]], int],
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
        cheap = candidates.size <= _SMALL_COMMUNITY and 4 * pool.entries < _CHEAP_ENTRIES
        if cheap and not last_round:
            continue
        chosen, gains, bound = _choice(pool, count, candidates, rivals)
        # Judged on the second collection the chosen do hardly better than on the first: a round
        # that could not be good enough even so is not worth judging.
        if last_round or schedule.ratio(gains.sum(), bound) >= schedule.aim:
            found = judged(chosen)
            guarantee = schedule.ratio(found, bound)
            if last_round or _enough(guarantee, pool, schedule.aim):
                return chosen, gains, found, guarantee


def _enough(guarantee: float, pool: Pool, aim: float) -> bool:
    if guarantee < aim:
        return False
    return guarantee >= _GOOD_GUARANTEE or 2 * pool.entries > _CHEAP_ENTRIES


def _choice(
    pool: Pool, count: int, candidates: NDArray[np.bool_], rivals: Sequence[ArrayLike]
) -> tuple[NDArray[np.int64], NDArray[np.int64], float]:
    """The best choice found on the first collection, and a bound on every choice there.

    Greedy first; in small communities, where it costs next to nothing, one person after the other
    is exchanged for a better one, from the greedy choice and from every rival, and the bound is
    pressed down. Nobody in the second collection has been looked at, so it still judges fairly.
    """
    coverage = pool.coverage()
    chosen, gains, bound = coverage.greedy(count, candidates)
    if candidates.size > _SMALL_COMMUNITY or pool.entries > _CHEAP_ENTRIES:
        return chosen, gains, bound
    starts = [chosen, *(np.asarray(rival, np.int64) for rival in rivals)]
    reached = [
        coverage.exchanged(start, candidates)
        for start in starts
        if start.size == count and candidates[start].all()
    ]
    best, covered = max(reached, key=lambda each: each[1])
    if covered > gains.sum():
        among = np.zeros_like(candidates)
        among[best] = True
        chosen, gains, _ = coverage.greedy(count, among)
    return chosen, gains, min(bound, coverage.pressed_bound(chosen, int(covered), candidates))


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
