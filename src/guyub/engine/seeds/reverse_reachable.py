"""Reverse-reachable sets: who would have reached a person drawn by chance?

Walk from the person backwards along ties, each kept with its probability; whoever is met would have
reached them. The share of such sets that a group of people hits, times the number of people, is the
group's expected reach (Borgs, Brautbar, Chayes & Lucier 2014). Where people have weights, the
person is drawn in proportion to them, and the share is taken of the weight of all.

A person's incoming arcs are not tossed one by one. They stand sorted from the likeliest down; the
walk jumps ahead by a geometric step under the likeliest that is left, and accepts the arc it lands
on in proportion (after SUBSIM: Guo, Wang, Wei & Chen 2020). Where all are equal, every landing
counts.

Where some speak against it, those count who are nearer to the person than any of them
(`diffusion.competitive`): the walk goes round by round and ends where it meets the first who does.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from guyub.engine.compiled import kernel, step
from guyub.engine.diffusion.model import DiffusionModel
from guyub.engine.randomness import advanced, stream, unit
from guyub.engine.seeds.coverage import Coverage
from guyub.engine.seeds.independent_starts import IndependentStarts

# Up to so many incoming arcs a toss each is quicker than a logarithm (measured; our choice).
_FEW_ARCS = 4

# Below so many arcs a second thread costs more than it gives (measured; our choice).
_WORTH_A_THREAD = 100_000

Graph = tuple[Any, Any, Any, Any, Any, Any]

# The sorted arcs of each model for as long as it lives: a page asks a dozen questions of one.
_graphs: WeakKeyDictionary[DiffusionModel, Graph] = WeakKeyDictionary()


@dataclass(frozen=True, eq=False, kw_only=True)
class ReverseGraph:
    """A cascade model made ready for walking backwards.

    graph: offsets of each person's incoming arcs, their senders and chances, likeliest first,
    1 / ln(1 - p) of each person's likeliest, the chance that a first step from it lands on any arc,
    and a mark for each person who speaks against it, none where nobody does.
    stop: walks that meet one of these people count for nobody (they are active already); empty
    where there are none. upto: the share of all weight that people up to each one have; empty where
    everybody counts the same. worth: all weight. chance: with what chance each person starts once
    chosen; None where everybody does for certain.
    """

    size: int
    graph: Graph
    stop: NDArray[np.bool_]
    upto: NDArray[np.float64]
    worth: float
    chance: NDArray[np.float64] | None = None

    @classmethod
    def of(
        cls,
        diffusion: DiffusionModel,
        active: NDArray[np.bool_],
        weights: NDArray[np.float64],
        chance: NDArray[np.float64] | None = None,
    ) -> ReverseGraph:
        """From people who are active already, for how much each counts, and who starts."""
        network = diffusion.network
        total = np.cumsum(weights)
        same = bool((weights == weights[:1]).all())
        return cls(
            size=network.size,
            graph=_graph(diffusion),
            stop=active if active.any() else np.empty(0, np.bool_),
            upto=np.empty(0) if same else total / total[-1],
            worth=float(total[-1]),
            chance=chance,
        )


class ReverseSets:
    """A growing collection of reverse-reachable sets, numbered from 0."""

    def __init__(self, backward: ReverseGraph, seed: np.uint64) -> None:
        self._backward, self._seed = backward, seed
        self._stamp = np.full(backward.size, -1, np.int64)
        self._members = np.empty(max(1024, 4 * backward.size), np.int32)
        self._offsets = np.zeros(1025, np.int64)
        self.sets = 0

    @property
    def entries(self) -> int:
        """How many people stand in all sets together."""
        return int(self._offsets[self.sets])

    @property
    def bulk(self) -> int:
        """How many sets there are, and people in all of them together."""
        return self.sets + self.entries

    def grow(self, sets: int, most_entries: int) -> None:
        """Draw sets until there are so many, or until they fill the memory allowed."""
        if sets + 1 > self._offsets.size:
            self._offsets = _enlarged(self._offsets, sets + 1)
        back = self._backward
        while self.sets < sets and self.entries <= most_entries:
            self.sets = int(
                _draw(
                    self._seed,
                    np.int64(self.sets),
                    np.int64(sets),
                    back.graph,
                    back.stop,
                    back.upto,
                    self._stamp,
                    self._members,
                    self._offsets,
                )
            )
            if self.sets < sets:
                self._members = _enlarged(self._members, 2 * self._members.size)

    def coverage(self) -> Coverage:
        """The sets drawn so far, for choosing on them."""
        size, chance = self._backward.size, self._backward.chance
        if chance is None:
            return Coverage(size, self.sets, self._offsets, self._members)
        chances = chance[self._members[: self.entries]]
        return IndependentStarts(size, self.sets, self._offsets, self._members, chances)


def count_hits(
    backward: ReverseGraph, seed: np.uint64, sets: int, people: NDArray[np.int64]
) -> float:
    """How many of so many sets a group of people hits; the sets themselves are not kept.

    Where people start with some chance: in how many of them somebody is expected to.
    """
    inside = np.zeros(backward.size, np.bool_)
    inside[people] = True

    def count(span: tuple[np.int64, np.int64]) -> float:
        graph, stop, upto = backward.graph, backward.stop, backward.upto
        if backward.chance is None:
            return float(_hits(seed, span[0], span[1], graph, stop, upto, inside))
        failing = np.where(inside, 1.0 - backward.chance, 1.0)
        return float(_expected_hits(seed, span[0], span[1], graph, stop, upto, failing))

    if backward.graph[1].size < _WORTH_A_THREAD:
        return count((np.int64(0), np.int64(sets)))
    half = np.int64(sets // 2)
    with ThreadPoolExecutor(2) as threads:
        return sum(threads.map(count, [(np.int64(0), half), (half, np.int64(sets))]))


def _graph(diffusion: DiffusionModel) -> Graph:
    """Every person's incoming arcs sorted by their chance, once for each model."""
    if diffusion not in _graphs:
        network = diffusion.network
        sources, chance, steps, lands = _sorted(
            network.in_offsets, network.in_sources, network.in_arcs, diffusion.probability
        )
        opponents = np.zeros(network.size if diffusion.opponents.size else 0, np.bool_)
        opponents[diffusion.opponents] = True
        _graphs[diffusion] = (
            network.in_offsets,
            sources,
            chance,
            steps,
            lands,
            opponents,
        )
    return _graphs[diffusion]


def _enlarged(array: NDArray[Any], size: int) -> NDArray[Any]:
    larger = np.empty(max(size, 2 * array.size), array.dtype)
    larger[: array.size] = array
    return larger


@kernel
def _sorted(offsets, sources, arcs, probability):  # type: ignore[no-untyped-def]
    """Each person's incoming arcs from the likeliest down; equal ones keep their order."""
    people = offsets.size - 1
    ordered = np.empty(sources.size, np.int32)
    chance = np.empty(sources.size, np.float32)
    steps, lands = np.zeros(people, np.float64), np.zeros(people, np.float64)
    for person in range(people):
        first, last = offsets[person], offsets[person + 1]
        here = probability[arcs[first:last]]
        equal = True
        for place in range(1, here.size):
            if here[place] != here[0]:
                equal = False
                break
        if equal:
            ordered[first:last] = sources[first:last]
            chance[first:last] = here
        else:
            order = np.argsort(-here, kind="mergesort")
            for place in range(order.size):
                ordered[first + place] = sources[first + order[place]]
                chance[first + place] = here[order[place]]
        if last > first and chance[first] > 0.0:
            likeliest = np.log1p(-np.float64(chance[first]))
            steps[person] = 1.0 / likeliest
            lands[person] = -np.expm1((last - first) * likeliest)
    return ordered, chance, steps, lands


@step
def _root(draw, size, upto):  # type: ignore[no-untyped-def]
    """The person whom a number in [0, 1) draws, in proportion to their weights."""
    if upto.size == 0:
        return np.int64(draw * size)
    return np.searchsorted(upto, draw, side="right")


@step
def _walk(  # type: ignore[no-untyped-def]  # noqa: C901  one loop, told in order
    seed, number, begin, members, stamp, graph, stop, upto, inside
):
    """Draw set `number` into `members` from `begin` on.

    Gives where it ends, whether it met somebody of `stop`, and somebody of `inside`. A walk that
    looks for somebody (`inside` is not empty) ends as soon as the answer is known.
    """
    offsets, sources, chance, steps, lands, opponents = graph
    state = stream(seed, number)
    root = _root(unit(state), offsets.size - 1, upto)
    state = advanced(state)
    looking = inside.size > 0
    competitive = opponents.size > 0
    if (stop.size and stop[root]) or (competitive and opponents[root]):
        return begin, True, False
    hit = looking and inside[root]
    stamp[root] = number
    members[begin] = root
    end, reading = begin + 1, begin
    # Where it is competitive: up to where those stand who are nearer than the arcs now read lead,
    # whether one of `inside` is among them, and whether one of `stop` is as far as these arcs lead.
    nearer, sure, met = end, hit, False
    while reading < end and not ((sure if competitive else hit) and not stop.size):
        if competitive and reading == nearer:
            if met:
                return begin, True, False
            nearer, sure = end, hit
        person = members[reading]
        reading += 1
        arc, closing = offsets[person], offsets[person + 1]
        if arc == closing:
            continue
        # No arc that is left is likelier than `top`; `inverse` belongs to it. Below `landing` a
        # step from here comes down on one of them: most do not, and need no logarithm.
        few = closing - arc <= _FEW_ARCS
        top, inverse, landing = np.float64(chance[arc]), steps[person], lands[person]
        while arc < closing and top > 0.0:
            draw = unit(state)
            state = advanced(state)
            if few:
                keep = draw < chance[arc]
            else:
                if draw >= landing:
                    break
                landing = 1.0
                ahead = np.log1p(-draw) * inverse
                if ahead >= closing - arc:
                    break
                arc += np.int64(ahead)
                keep = True
                here = np.float64(chance[arc])
                if here != top:
                    keep = unit(state) * top < here
                    state = advanced(state)
                    top = here
                    inverse = 1.0 / np.log1p(-here)
            if keep and stamp[sources[arc]] != number:
                source = sources[arc]
                if competitive and opponents[source]:
                    return nearer, False, sure
                if stop.size and stop[source]:
                    if not competitive:
                        return begin, True, False
                    met = True  # It is decided after this round: some may be as near.
                stamp[source] = number
                members[end] = source
                end += 1
                hit = hit or (looking and inside[source])
            arc += 1
    return end, False, hit


@kernel
def _draw(seed, first, last, graph, stop, upto, stamp, members, ends):  # type: ignore[no-untyped-def]
    """Draw the sets first … last-1; gives how many there are when the room is used up."""
    room = members.size - stamp.size
    nobody = np.empty(0, np.bool_)
    for number in range(first, last):
        if ends[number] > room:
            return number
        end, met, hit = _walk(seed, number, ends[number], members, stamp, graph, stop, upto, nobody)
        ends[number + 1] = end
    return last


@kernel
def _hits(seed, first, last, graph, stop, upto, inside):  # type: ignore[no-untyped-def]
    """How many of the sets first … last-1 somebody of `inside` is in."""
    stamp = np.full(inside.size, -1, np.int64)
    members = np.empty(inside.size, np.int32)
    found = 0
    for number in range(first, last):
        end, met, hit = _walk(seed, number, 0, members, stamp, graph, stop, upto, inside)
        found += hit
    return found


@kernel
def _expected_hits(seed, first, last, graph, stop, upto, failing):  # type: ignore[no-untyped-def]
    """In how many of the sets first … last-1 somebody is expected to start.

    failing: with what chance each person does not.
    """
    stamp = np.full(failing.size, -1, np.int64)
    members = np.empty(failing.size, np.int32)
    nobody = np.empty(0, np.bool_)
    found = 0.0
    for number in range(first, last):
        end, met, hit = _walk(seed, number, 0, members, stamp, graph, stop, upto, nobody)
        left = 1.0
        for place in range(end):
            left *= failing[members[place]]
        found += 1.0 - left
    return found
