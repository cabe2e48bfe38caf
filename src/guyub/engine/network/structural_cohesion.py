"""How firmly does a group hang together: how many people must be missing before it falls apart?

A *k-component* is a largest group that stays connected unless at least k people are taken out of it
(Moody & White 2003, Am Sociol Rev 68:103). Groups lie within groups; somebody's embeddedness is the
deepest k of theirs. A plan that rests on a 3-component survives that any two of its people leave.

Exact recursion: a group that some few people hold together is taken apart at them, each part with
the few, and each is looked at again. Libraries are not relied on: those we know leave out groups
that are there (see the tests). A smallest cut is found by flows of at most k units between people
who are not tied: it leaves the person with fewest ties on one side of it, or holds that person and
then parts two of those tied to them (Esfahanian & Hakimi 1984).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from guyub.engine.compiled import kernel, step
from guyub.engine.network.centrality import core_numbers
from guyub.engine.network.graph import Network


@dataclass(frozen=True, eq=False, kw_only=True)
class StructuralCohesion:
    """Groups within groups.

    components: for each k from 2 on, its groups, the largest first, everybody by their number, in
    order; they may overlap in fewer than k people. embeddedness: for each person the deepest k of a
    group of theirs; 1 with ties alone, 0 without.
    """

    components: dict[int, tuple[NDArray[np.int64], ...]]
    embeddedness: NDArray[np.int64]


def structural_cohesion(network: Network, *, deepest: int | None = None) -> StructuralCohesion:
    """The k-components of a network, whoever named whom, up to `deepest` or as deep as it goes.

    >>> from guyub.engine import Network, structural_cohesion
    >>> ring = Network.from_ties(4, [0, 1, 2, 3], [1, 2, 3, 0])
    >>> structural_cohesion(ring).embeddedness.tolist()
    [2, 2, 2, 2]
    """
    around = network.undirected
    core = core_numbers(around)
    embeddedness = (around.out_degree > 0).astype(np.int64)
    last = int(core.max(initial=0)) if deepest is None else deepest
    components: dict[int, tuple[NDArray[np.int64], ...]] = {}
    # A k-component lies within a (k - 1)-component, and within the k-core.
    within = [np.arange(network.size)]
    for k in range(2, last + 1):
        found = _largest_sets(
            [each for group in within for each in _parted(around, group[core[group] >= k], k)]
        )
        if not found:
            break
        components[k] = tuple(found)
        embeddedness[np.concatenate(found)] = k
        within = found
    return StructuralCohesion(components=components, embeddedness=embeddedness)


def _parted(around: Network, people: NDArray[np.int64], k: int) -> list[NDArray[np.int64]]:
    """The largest groups among these people that at least k must leave before they fall apart."""
    found, waiting = [], [people]
    while waiting:
        group = _with_enough_ties(around, waiting.pop(), k)
        if group.size <= k:
            continue
        offsets, targets = _among(around, group)
        parts = _parts(offsets, targets, np.zeros(group.size, np.bool_))
        if parts.max() > 0:
            waiting += [group[parts == part] for part in range(parts.max() + 1)]
            continue
        cut = _small_cut(offsets, targets, k)
        if cut is None:
            found.append(group)
            continue
        parts = _parts(offsets, targets, cut)
        waiting += [group[(parts == part) | cut] for part in range(parts.max() + 1)]
    return found


def _with_enough_ties(around: Network, group: NDArray[np.int64], k: int) -> NDArray[np.int64]:
    """Those who keep k ties among themselves: whoever has fewer is cut off by those they have."""
    while group.size:
        offsets, _ = _among(around, group)
        enough = np.diff(offsets) >= k
        if enough.all():
            break
        group = group[enough]
    return group


def _among(
    around: Network, group: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The ties among a group, by places in it."""
    place = np.full(around.size, -1, np.int64)
    place[group] = np.arange(group.size)
    return _inner(around.out_offsets, around.out_targets, group, place)


def _small_cut(
    offsets: NDArray[np.int64], targets: NDArray[np.int64], k: int
) -> NDArray[np.bool_] | None:
    """Marks of fewer than k people without whom the others fall apart; None where none do."""
    size = offsets.size - 1
    first = int(np.argmin(np.diff(offsets)))
    tied = targets[offsets[first] : offsets[first + 1]]
    apart = np.setdiff1d(np.arange(size), np.append(tied, first))
    pairs = [(first, int(each)) for each in apart]
    pairs += [(int(one), int(other)) for one, other in combinations(tied, 2)]
    for one, other in pairs:
        if other in targets[offsets[one] : offsets[one + 1]]:
            continue
        cut = _cut_between(offsets, targets, np.int64(one), np.int64(other), np.int64(k))
        if cut.size == size:
            return cut
    return None


def _largest_sets(groups: list[NDArray[np.int64]]) -> list[NDArray[np.int64]]:
    """Those that lie in no other, the largest first."""
    ordered = sorted(groups, key=lambda each: (-each.size, each.tolist()))
    kept: list[NDArray[np.int64]] = []
    for group in ordered:
        if not any(np.isin(group, other).all() for other in kept):
            kept.append(group)
    return kept


@kernel
def _inner(offsets, targets, group, place):  # type: ignore[no-untyped-def]
    """The rows of a group, with only those ties that stay within it."""
    inner = np.zeros(group.size + 1, np.int64)
    for number in range(group.size):
        person = group[number]
        for arc in range(offsets[person], offsets[person + 1]):
            inner[number + 1] += place[targets[arc]] >= 0
    for number in range(group.size):
        inner[number + 1] += inner[number]
    ends = np.empty(inner[-1], np.int64)
    here = 0
    for person in group:
        for arc in range(offsets[person], offsets[person + 1]):
            if place[targets[arc]] >= 0:
                ends[here] = place[targets[arc]]
                here += 1
    return inner, ends


@kernel
def _parts(offsets, targets, gone):  # type: ignore[no-untyped-def]
    """In which part each person is once some are gone, from 0; -1 for those."""
    size = offsets.size - 1
    part = np.full(size, -1, np.int64)
    queue = np.empty(size, np.int64)
    parts = 0
    for start in range(size):
        if part[start] >= 0 or gone[start]:
            continue
        part[start] = parts
        queue[0] = start
        reading, length = 0, 1
        while reading < length:
            person = queue[reading]
            reading += 1
            for arc in range(offsets[person], offsets[person + 1]):
                other = targets[arc]
                if part[other] < 0 and not gone[other]:
                    part[other] = parts
                    queue[length] = other
                    length += 1
        parts += 1
    return part


@step
def _arc(offsets, targets, source, target):  # type: ignore[no-untyped-def]
    """The number of an arc; rows are in the order of their targets."""
    first, last = offsets[source], offsets[source + 1]
    return first + np.searchsorted(targets[first:last], target)


@kernel
def _cut_between(offsets, targets, one, other, k):  # type: ignore[no-untyped-def]  # noqa: C901
    """Marks of fewer than k people who part two that are not tied; nothing where k ways lead.

    Ways that share nobody are found one after the other (Ford & Fulkerson 1956). Everybody has a
    door in, 2 × person, and a door out, 2 × person + 1; one way leads from the one to the other. A
    new way may take back what an old one took: against a tie, or out again by the door in.
    """
    size = offsets.size - 1
    through = np.zeros(size, np.bool_)
    along = np.zeros(targets.size, np.bool_)
    came = np.empty(2 * size, np.int64)
    queue = np.empty(2 * size, np.int64)
    start, goal = 2 * one + 1, 2 * other
    for _way in range(k):
        came[:] = -1
        came[start] = start
        queue[0] = start
        reading, length = 0, 1
        while reading < length and came[goal] < 0:
            door = queue[reading]
            reading += 1
            person = door // 2
            leaving = door % 2 == 1
            opposite = door - 1 if leaving else door + 1
            if through[person] == leaving and came[opposite] < 0 and person != one:
                came[opposite] = door
                queue[length] = opposite
                length += 1
            for arc in range(offsets[person], offsets[person + 1]):
                friend = targets[arc]
                if leaving:
                    open_to, taken = 2 * friend, along[arc]
                else:
                    open_to = 2 * friend + 1
                    taken = not along[_arc(offsets, targets, friend, person)]
                if not taken and came[open_to] < 0:
                    came[open_to] = door
                    queue[length] = open_to
                    length += 1
        if came[goal] < 0:
            cut = np.zeros(size, np.bool_)
            for person in range(size):
                cut[person] = came[2 * person] >= 0 and came[2 * person + 1] < 0
            return cut
        door = goal
        while door != start:
            before = came[door]
            here, there = before // 2, door // 2
            if here == there:
                through[here] = before % 2 == 0
            elif before % 2 == 1:
                along[_arc(offsets, targets, here, there)] = True
            else:
                along[_arc(offsets, targets, there, here)] = False
            door = before
    return np.empty(0, np.bool_)
