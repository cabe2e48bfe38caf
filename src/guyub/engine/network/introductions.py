"""Which few new ties would bring a community closest together.

Cohesion is taken as the mean of 1/d over all pairs of people, 0 … 1: one less the distance-weighted
fragmentation of key players (Borgatti 2006). It grows when parts are joined, the more the larger
both are, and when long ways become short. Algebraic connectivity was not taken: it stays 0 while
the network is in parts, and in a village it tells of the one most remote household alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guyub.engine.compiled import kernel, step
from guyub.engine.errors import EngineError
from guyub.engine.network.cohesion import groups
from guyub.engine.network.graph import Network
from guyub.engine.network.key_players import distances
from guyub.engine.reasons import Reason

# Every pair is tried while so many pairs of pairs are looked at; of larger communities the people
# nearest to all in each group. Our choice: five for 400 or 1,000 people within some seconds.
_WORK = 1_000_000_000


@dataclass(frozen=True, eq=False, kw_only=True)
class Introduction:
    """Two people to bring together.

    gain: by how much cohesion grows, given the introductions before. steps: how far they are from
    each other, -1 where no way leads. joined: people in the smaller of the two parts it joins, else
    0. through: people tied to both. reasons: why, as facts.
    """

    people: tuple[int, int]
    gain: float
    steps: int
    joined: int
    through: tuple[int, ...]
    reasons: tuple[Reason, ...]


def introductions(
    network: Network,
    count: int,
    *,
    apart: Iterable[tuple[int, int]] = (),
    left_out: ArrayLike = (),
    seed: int = 1,
) -> tuple[Introduction, ...]:
    """Up to so many introductions, each the best given those before; nobody stands in two of them.

    apart: pairs never to be brought together: people in conflict, whichever of them said so.
    left_out: people to leave in peace. Ends earlier where nothing more would bring people closer.

    >>> from guyub.engine import Network, introductions
    >>> path = Network.from_ties(5, [0, 1, 2, 3], [1, 2, 3, 4])
    >>> [first] = introductions(path, 1)
    >>> first.people
    (0, 4)

    :raises EngineError: a negative count, or somebody outside the list.
    """
    if count < 0:
        raise EngineError(f"{count} introductions are wanted.")
    allowed = _allowed(network, apart, left_out)
    steps = distances(network)
    known = steps == 1
    pairs = _tried(network, steps, allowed, seed)
    found: list[Introduction] = []
    while len(found) < count and pairs.size:
        gains = np.asarray(_gains(steps, pairs))
        place = int(np.flatnonzero(gains >= gains.max() - 1e-9)[0])
        one, other = (int(each) for each in pairs[place])
        if gains[place] <= 1e-9:
            break
        found.append(_introduction(network, steps, known, (one, other), float(gains[place])))
        _join(steps, np.int64(one), np.int64(other))
        pairs = pairs[~np.isin(pairs, (one, other)).any(axis=1)]
    return tuple(found)


def _allowed(
    network: Network, apart: Iterable[tuple[int, int]], left_out: ArrayLike
) -> NDArray[np.bool_]:
    """Marks for the pairs that may be brought together, the lower number first."""
    separate = np.array(list(apart), np.int64).reshape(-1, 2)
    alone = np.asarray(left_out, np.int64)
    for given in (separate, alone):
        if given.size and not (given.min() >= 0 and given.max() < network.size):
            raise EngineError(f"Someone is outside the list of {network.size} people.")
    allowed = np.triu(np.ones((network.size, network.size), np.bool_), 1)
    around = network.undirected
    allowed[around.out_sources, around.out_targets] = False
    allowed[separate[:, 0], separate[:, 1]] = allowed[separate[:, 1], separate[:, 0]] = False
    allowed[alone] = False
    allowed[:, alone] = False
    return allowed


def _tried(
    network: Network, steps: NDArray[np.int16], allowed: NDArray[np.bool_], seed: int
) -> NDArray[np.int64]:
    """All allowed pairs; where these are too many, of people who stand in the middle of a group."""
    most = _WORK // max(1, network.size) ** 2
    pairs = np.argwhere(allowed)
    if len(pairs) <= most:
        return pairs
    near = np.where(steps > 0, 1.0 / np.maximum(steps, 1), 0.0).sum(axis=1)
    group = groups(network.to_igraph(), seed=seed).group
    order = np.lexsort((-near, group))
    start = np.searchsorted(group[order], group[order])
    rank = np.empty(network.size, np.int64)
    rank[order] = np.arange(network.size) - start
    # The nearest to all of every group, then the second of every group, larger groups first.
    chosen = np.lexsort((group, rank))[: max(2, int(np.sqrt(2.0 * most)))]
    middle = np.isin(pairs, chosen).all(axis=1)
    return np.ascontiguousarray(pairs[middle][:most])


def _introduction(
    network: Network,
    steps: NDArray[np.int16],
    known: NDArray[np.bool_],
    people: tuple[int, int],
    gain: float,
) -> Introduction:
    one, other = people
    distance = int(steps[one, other])
    joined = min(int((steps[each] >= 0).sum()) for each in people) if distance < 0 else 0
    through = tuple(int(each) for each in np.flatnonzero(known[one] & known[other]))
    if joined:
        reasons = [Reason(code="joins_parts", facts={"count": joined})]
    else:
        reasons = [Reason(code="shortens", facts={"steps": distance})]
    if through:
        reasons.append(Reason(code="known_by_both", facts={"count": len(through)}))
    return Introduction(
        people=people,
        gain=gain / (network.size * (network.size - 1)),
        steps=distance,
        joined=joined,
        through=through,
        reasons=tuple(reasons),
    )


@step
def _new(steps, one, other, a, b):  # type: ignore[no-untyped-def]
    """Steps from a to b once these two are tied; -1 where no way leads."""
    shortest = steps[a, b]
    if steps[a, one] >= 0 and steps[other, b] >= 0:
        way = steps[a, one] + 1 + steps[other, b]
        if shortest < 0 or way < shortest:
            shortest = way
    if steps[a, other] >= 0 and steps[one, b] >= 0:
        way = steps[a, other] + 1 + steps[one, b]
        if shortest < 0 or way < shortest:
            shortest = way
    return shortest


@step
def _profiting(steps, near, far, into):  # type: ignore[no-untyped-def]
    """Who comes closer to `far` by way of `near` once these two are tied; how many."""
    count = 0
    for person in range(steps.shape[0]):
        here, there = steps[person, near], steps[person, far]
        if here >= 0 and (there < 0 or here + 1 < there):
            into[count] = person
            count += 1
    return count


@kernel
def _gains(steps, pairs):  # type: ignore[no-untyped-def]
    """What each pair adds to the sum of 1/d over ordered pairs.

    Two people come closer to each other only if each of them comes closer to one of the pair.
    """
    gains = np.zeros(pairs.shape[0], np.float64)
    here, there = np.empty(steps.shape[0], np.int64), np.empty(steps.shape[0], np.int64)
    for row in range(pairs.shape[0]):
        one, other = pairs[row, 0], pairs[row, 1]
        on_this_side = _profiting(steps, one, other, here)
        on_that_side = _profiting(steps, other, one, there)
        for a in here[:on_this_side]:
            for b in there[:on_that_side]:
                now = steps[a, b]
                new = steps[a, one] + 1 + steps[other, b]
                if now < 0:
                    gains[row] += 2.0 / new
                elif new < now:
                    gains[row] += 2.0 / new - 2.0 / now
    return gains


@kernel
def _join(steps, one, other):  # type: ignore[no-untyped-def]
    before = steps.copy()
    size = steps.shape[0]
    for a in range(size):
        for b in range(size):
            steps[a, b] = _new(before, one, other, a, b)
