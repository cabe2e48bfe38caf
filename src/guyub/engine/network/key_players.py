"""Key players: without whom a community would break up, and from whom everybody is near.

All is of the undirected simple network. A key player is somebody whom the community cannot afford
to lose, or from whom all are near: a question about succession and about news, never a list of
people to remove.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guyub.engine.compiled import kernel, step
from guyub.engine.errors import EngineError
from guyub.engine.network.graph import Network

# Up to so many people everybody is tried as a key player; of more, those with the most shortest
# ways through them. Our choice: a village of 400 people answers within a second; 2,000 are long
# work.
_TRIED = 100


@dataclass(frozen=True, eq=False, kw_only=True)
class KeyPlayers:
    """People who matter together.

    people: in the order in which they were found. value: the measure with them, 0 … 1.
    before: the measure without (fragmentation of the whole network; 0 for reach).
    """

    people: NDArray[np.int64]
    value: float
    before: float


def fragmentation(network: Network, without: ArrayLike = ()) -> float:
    """Distance-weighted fragmentation 1 - Σ(1/d) / (n(n - 1)), 0 … 1 (Borgatti 2006).

    without: people taken out; n counts those left. 1 where fewer than two are left.

    >>> from guyub.engine import Network, fragmentation
    >>> star = Network.from_ties(4, [0, 0, 0], [1, 2, 3])
    >>> fragmentation(star), fragmentation(star, without=[0])
    (0.25, 1.0)
    """
    around = network.undirected
    gone = np.zeros(network.size, np.bool_)
    gone[_numbers(network, without)] = True
    return float(_fragmentation(around.out_offsets, around.out_targets, gone))


def key_to_cohesion(network: Network, count: int) -> KeyPlayers:
    """KPP-Neg (Borgatti 2006): without whom the community would be most fragmented.

    Greedy, then exchanges until no single one gains: not always the best set. Of more than 100
    people the 100 with the highest betweenness are tried.

    >>> from guyub.engine import Network, key_to_cohesion
    >>> star = Network.from_ties(4, [0, 0, 0], [1, 2, 3])
    >>> key_to_cohesion(star, 1).people.tolist()
    [0]

    :raises EngineError: more people are wanted than there are.
    """
    _wanted(network, count)
    around = network.undirected
    tried = np.arange(network.size)
    if network.size > _TRIED:
        between = np.array(network.to_igraph().betweenness())
        tried = np.sort(np.argsort(-between, kind="stable")[: max(_TRIED, count)])
    gone = np.zeros(network.size, np.bool_)
    people, value = _neg(around.out_offsets, around.out_targets, tried, np.int64(count), gone)
    return KeyPlayers(people=people, value=float(value), before=fragmentation(network))


def key_to_reach(network: Network, count: int, *, within: int | None = None) -> KeyPlayers:
    """KPP-Pos (Borgatti 2006): from whom everybody is near.

    Without `within`, the sum of 1/d to the nearest of them, over n, they themselves counted as
    reached at distance 1; else the share of people at most so many steps away (m-reach).

    >>> from guyub.engine import Network, key_to_reach
    >>> star = Network.from_ties(4, [0, 0, 0], [1, 2, 3])
    >>> found = key_to_reach(star, 1)
    >>> found.people.tolist(), found.value
    ([0], 1.0)

    :raises EngineError: more people are wanted than there are.
    """
    _wanted(network, count)
    steps = distances(network)
    if within is None:
        near = np.where(steps > 0, 1.0 / np.maximum(steps, 1), 0.0)
    else:
        near = ((steps >= 0) & (steps <= within)).astype(np.float64)
    np.fill_diagonal(near, 1.0)
    chosen: list[int] = []
    while len(chosen) < count:
        chosen.append(_best(near, chosen))
    improving = bool(chosen)
    while improving:
        improving = False
        for place in range(count):
            others = chosen[:place] + chosen[place + 1 :]
            other = _best(near, others)
            if _nearness(near, [*others, other]) > _nearness(near, chosen) + 1e-9:
                chosen[place], improving = other, True
    value = _nearness(near, chosen) / network.size if network.size else 0.0
    return KeyPlayers(people=np.array(chosen, np.int64), value=value, before=0.0)


def distances(network: Network) -> NDArray[np.int16]:
    """Steps between any two people, whoever named whom; -1 where no way leads.

    >>> from guyub.engine import Network, distances
    >>> distances(Network.from_ties(3, [0], [1])).tolist()
    [[0, 1, -1], [1, 0, -1], [-1, -1, 0]]
    """
    around = network.undirected
    return np.asarray(_distances(around.out_offsets, around.out_targets))


def _numbers(network: Network, people: ArrayLike) -> NDArray[np.int64]:
    chosen = np.asarray(people, np.int64)
    if chosen.size and not (chosen.min() >= 0 and chosen.max() < network.size):
        raise EngineError(f"Someone is outside the list of {network.size} people.")
    return chosen


def _wanted(network: Network, count: int) -> None:
    if not 0 <= count <= network.size:
        raise EngineError(f"{count} people are wanted of {network.size}.")


def _nearness(near: NDArray[np.float64], people: list[int]) -> float:
    return float(near[people].max(axis=0).sum()) if people else 0.0


def _best(near: NDArray[np.float64], others: list[int]) -> int:
    """Who adds most to these; of equals the one who stands earlier."""
    reached = near[others].max(axis=0) if others else np.zeros(near.shape[0])
    gains = np.array([np.maximum(row, reached).sum() for row in near])
    gains[others] = -1.0
    return int(np.flatnonzero(gains >= gains.max() - 1e-9)[0])


@kernel
def _distances(offsets, targets):  # type: ignore[no-untyped-def]
    size = offsets.size - 1
    steps = np.full((size, size), -1, np.int16)
    queue = np.empty(size, np.int64)
    for start in range(size):
        steps[start, start] = 0
        queue[0] = start
        head, tail = 0, 1
        while head < tail:
            person = queue[head]
            head += 1
            for arc in range(offsets[person], offsets[person + 1]):
                other = targets[arc]
                if steps[start, other] < 0:
                    steps[start, other] = steps[start, person] + 1
                    queue[tail] = other
                    tail += 1
    return steps


@step
def _further(offsets, targets, gone, seen, edge, coming):  # type: ignore[no-untyped-def]
    """One step further from each of the 64; how many pairs of people found each other."""
    found = 0
    for person in range(gone.size):
        word = np.uint64(0)
        if not gone[person]:
            for arc in range(offsets[person], offsets[person + 1]):
                word |= edge[targets[arc]]
            word &= ~seen[person]
        coming[person] = word
        while word:
            word &= word - np.uint64(1)
            found += 1
    for person in range(gone.size):
        seen[person] |= coming[person]
        edge[person] = coming[person]
    return found


@step
def _split(offsets, targets, gone):  # type: ignore[no-untyped-def]
    """Breadth first from 64 people at once, a bit of a word for each of them."""
    size = offsets.size - 1
    left = 0
    for person in range(size):
        left += not gone[person]
    if left < 2:
        return 1.0
    near = 0.0
    seen, edge = np.empty(size, np.uint64), np.empty(size, np.uint64)
    coming = np.empty(size, np.uint64)
    for begin in range(0, size, 64):
        seen[:] = 0
        for bit in range(min(64, size - begin)):
            if not gone[begin + bit]:
                seen[begin + bit] = np.uint64(1) << np.uint64(bit)
        edge[:] = seen
        distance, found = 0, 1
        while found:
            distance += 1
            found = _further(offsets, targets, gone, seen, edge, coming)
            near += found / distance
    return 1.0 - near / (left * (left - 1.0))


@kernel
def _fragmentation(offsets, targets, gone):  # type: ignore[no-untyped-def]
    return _split(offsets, targets, gone)


@kernel
def _neg(offsets, targets, tried, count, gone):  # type: ignore[no-untyped-def]
    people = np.full(count, -1, np.int64)
    value = _split(offsets, targets, gone)
    improving = count > 0
    while improving:
        improving = False
        for place in range(count):
            own = people[place]
            if own >= 0:
                gone[own] = False
            best, highest = own, value if own >= 0 else -1.0
            for person in tried:
                if gone[person] or person == own:
                    continue
                gone[person] = True
                found = _split(offsets, targets, gone)
                gone[person] = False
                if found > highest + 1e-12:
                    best, highest = person, found
            improving |= best != own
            people[place], value = best, highest
            gone[best] = True
    return people, value
