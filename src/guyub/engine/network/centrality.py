"""How central somebody is: betweenness, core numbers and diffusion centrality."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from guyub.engine.compiled import kernel
from guyub.engine.network.graph import Network
from guyub.engine.randomness import seed_for

# Walks for betweenness: all shortest paths up to so many people, beyond that from a sample of
# people (Brandes & Pich 2007), as many as fit this much work (people visited × arcs). Our choice.
_EXACT_PEOPLE = 2000


_BETWEENNESS_WORK = 12_000_000


# Banerjee et al. (2013) let news walk as long as it had time; five steps reach across a village.
DIFFUSION_STEPS = 5

_SAMPLING = 4


def betweenness(network: Network, *, seed: int = 1) -> NDArray[np.float64]:
    """Between how many pairs somebody lies: shares of shortest paths (Freeman 1977).

    `network` is symmetric; each pair counts once. Exact for small networks (Brandes 2001), else
    estimated from a sample of people (Brandes & Pich 2007), scaled up.

    >>> from guyub.engine import Network, betweenness
    >>> path = Network.from_ties(3, [0, 1], [1, 2]).undirected
    >>> betweenness(path).tolist()
    [0.0, 1.0, 0.0]
    """
    size = network.size
    pivots = np.arange(size, dtype=np.int64)
    if size > _EXACT_PEOPLE:
        many = max(1, min(size, _BETWEENNESS_WORK // max(1, network.arcs)))
        generator = np.random.default_rng(int(seed_for(seed, _SAMPLING)))
        pivots = np.sort(generator.choice(size, many, replace=False)).astype(np.int64)
    if not size:
        return np.empty(0)
    between = _betweenness(network.out_offsets, network.out_targets, pivots)
    return between * (size / pivots.size / 2.0)


def core_numbers(network: Network) -> NDArray[np.int64]:
    """The largest k such that somebody belongs to a group in which all have k ties (Seidman 1983).

    `network` is symmetric. Algorithm: Batagelj & Zaveršnik 2003.

    >>> from guyub.engine import Network, core_numbers
    >>> triangle_and_tail = Network.from_ties(4, [0, 1, 2, 2], [1, 2, 0, 3]).undirected
    >>> core_numbers(triangle_and_tail).tolist()
    [2, 2, 2, 1]
    """
    return _core_numbers(network.out_offsets, network.out_targets)


def diffusion_centrality(
    network: Network, *, passing: float | None = None, steps: int = DIFFUSION_STEPS
) -> NDArray[np.float64]:
    """How often others hear what somebody starts: Σ_{t=1..T} (qG)^t · 1 (Banerjee et al. 2013).

    passing: the chance q that one passes it on in a step; 1/λ₁ of the network unless given, and
    1/the largest number of arcs of one person where λ₁ is 0 (nothing ever comes back).

    >>> from guyub.engine import Network, diffusion_centrality
    >>> path = Network.from_ties(3, [0, 1], [1, 2])
    >>> diffusion_centrality(path, passing=0.5).tolist()
    [0.75, 0.5, 0.0]
    """
    offsets, targets = network.out_offsets, network.out_targets
    if passing is None:
        largest = 0.0 if _nothing_comes_back(network) else _largest_eigenvalue(network)
        most = int(network.out_degree.max(initial=0))
        passing = 1.0 / (largest if largest > 1e-9 else max(1, most))
    heard = np.zeros(network.size)
    wave: NDArray[Any] = np.ones(network.size)
    for _ in range(steps):
        wave = passing * _summed(offsets, targets, wave)
        heard += wave
    return heard


def _nothing_comes_back(network: Network) -> bool:
    """Whether there are no rounds of people: then every walk ends, and λ₁ is 0.

    Power iteration would only creep towards 0. Those from whom a walk of t steps leads become
    fewer with every t until only those are left who reach a round.
    """
    walking = np.ones(network.size, np.bool_)
    while True:
        following = _summed(network.out_offsets, network.out_targets, walking.astype(float)) > 0.0
        if (following == walking).all():
            return not walking.any()
        walking = following


def _largest_eigenvalue(network: Network, rounds: int = 200) -> float:
    """λ₁ of the adjacency, by power iteration on G + 1 (which a two-sided network needs)."""
    offsets, targets = network.out_offsets, network.out_targets
    vector: NDArray[Any] = np.ones(network.size)
    value = 1.0
    for _ in range(rounds):
        following = vector + _summed(offsets, targets, vector)
        norm = float(np.linalg.norm(following))
        change = abs(norm / max(float(np.linalg.norm(vector)), 1e-300) - value)
        value = norm / max(float(np.linalg.norm(vector)), 1e-300)
        vector = following / norm
        if change < 1e-9 * value:
            break
    return value - 1.0


@kernel
def _summed(offsets, targets, values):  # type: ignore[no-untyped-def]
    """For each person the sum of what those have to whom their arcs lead."""
    sums = np.empty(offsets.size - 1)
    for person in range(sums.size):
        total = 0.0
        for arc in range(offsets[person], offsets[person + 1]):
            total += values[targets[arc]]
        sums[person] = total
    return sums


@kernel
def _betweenness(offsets, targets, pivots):  # type: ignore[no-untyped-def]
    size = offsets.size - 1
    between = np.zeros(size)
    distance = np.full(size, -1, np.int32)
    paths = np.zeros(size)
    share = np.zeros(size)
    queue = np.empty(size, np.int32)
    # To whom shortest paths lead on from each person, in the order in which they were met.
    onward = np.empty(targets.size, np.int32)
    begins = np.empty(size + 1, np.int64)
    for pivot in pivots:
        queue[0] = pivot
        distance[pivot], paths[pivot] = 0, 1.0
        reading, length, found = 0, 1, 0
        while reading < length:
            person = queue[reading]
            begins[reading] = found
            reading += 1
            next_step = distance[person] + 1
            for arc in range(offsets[person], offsets[person + 1]):
                other = targets[arc]
                steps = distance[other]
                if steps < 0:
                    distance[other] = steps = next_step
                    queue[length] = other
                    length += 1
                if steps == next_step:
                    paths[other] += paths[person]
                    onward[found] = other
                    found += 1
        begins[length] = found
        for place in range(length - 1, -1, -1):
            person = queue[place]
            for way in range(begins[place], begins[place + 1]):
                other = onward[way]
                share[person] += paths[person] / paths[other] * (1.0 + share[other])
            if person != pivot:
                between[person] += share[person]
        for place in range(length):
            person = queue[place]
            distance[person], paths[person], share[person] = -1, 0.0, 0.0
    return between


@kernel
def _core_numbers(offsets, targets):  # type: ignore[no-untyped-def]
    size = offsets.size - 1
    core = offsets[1:] - offsets[:-1]
    most = 0
    for person in range(size):
        most = max(most, core[person])
    begin = np.zeros(most + 2, np.int64)
    for person in range(size):
        begin[core[person] + 1] += 1
    for value in range(most + 1):
        begin[value + 1] += begin[value]
    place = np.empty(size, np.int64)
    order = np.empty(size, np.int64)
    filled = begin[:-1].copy()
    for person in range(size):
        place[person] = filled[core[person]]
        order[place[person]] = person
        filled[core[person]] += 1
    for turn in range(size):
        person = order[turn]
        for arc in range(offsets[person], offsets[person + 1]):
            other = targets[arc]
            if core[other] > core[person]:
                # Exchange with the first of their group, then move the group's border past them.
                first = begin[core[other]]
                head = order[first]
                if head != other:
                    order[first], order[place[other]] = other, head
                    place[head], place[other] = place[other], first
                begin[core[other]] += 1
                core[other] -= 1
    return core
