"""A network of people: who is tied to whom, in compressed sparse rows.

People are numbered 0 … n-1. An arc leads from somebody to somebody whom they can reach; a mutual
tie is two arcs. Several ties between the same two people in the same direction are one arc: what
distinguishes them is composed into one number for each arc (`combine`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guyub.engine.compiled import kernel
from guyub.engine.errors import EngineError
from guyub.engine.network.sorted_arcs import SortedArcs

Offsets = NDArray[np.int64]
People = NDArray[np.int32]


@dataclass(frozen=True, eq=False, kw_only=True)
class Network:
    """A directed network in compressed sparse rows, both ways round.

    Arcs are numbered in the order of `out_targets`: the arcs of person u are
    `out_offsets[u] : out_offsets[u + 1]`. `in_arcs` gives, for each place in `in_sources`, the
    number of that arc.

    size: number of people. self_ties: ties of somebody with themselves, which were left out.
    row_arcs: for each tie given, the number of its arc, -1 for one left out.
    """

    size: int
    out_offsets: Offsets
    out_targets: People
    in_offsets: Offsets
    in_sources: People
    in_arcs: NDArray[np.int64]
    row_arcs: NDArray[np.int64] = field(repr=False)
    self_ties: int = 0

    @classmethod
    def from_ties(cls, size: int, sources: ArrayLike, targets: ArrayLike) -> Network:
        """Build a network from ties, one row each; a mutual tie is given both ways.

        size: number of people, at least 0. sources, targets: whole numbers in 0 … size-1.

        >>> from guyub.engine import Network
        >>> network = Network.from_ties(3, [0, 1, 1], [1, 2, 2])
        >>> network.arcs, network.out_degree.tolist()
        (2, [1, 1, 0])

        :raises EngineError: the two columns differ in length, or name somebody beyond the list.
        """
        source, target = _people(sources, "sources"), _people(targets, "targets")
        if source.shape != target.shape:
            raise EngineError(
                f"{source.size} sources and {target.size} targets: a tie needs both ends."
            )
        for column in (source, target):
            if column.size and int(column.max()) >= size:
                raise EngineError(f"A tie names somebody outside the list of {size} people.")
        built = SortedArcs(size, source, target)
        return cls(
            size=size,
            out_offsets=built.out_offsets,
            out_targets=built.out_targets,
            in_offsets=built.in_offsets,
            in_sources=built.in_sources,
            in_arcs=built.in_arcs,
            row_arcs=built.row_arcs,
            self_ties=int((source == target).sum()),
        )

    @property
    def arcs(self) -> int:
        """Number of arcs."""
        return int(self.out_targets.size)

    @property
    def out_degree(self) -> NDArray[np.int64]:
        """How many each person can reach directly."""
        return np.diff(self.out_offsets)

    @property
    def in_degree(self) -> NDArray[np.int64]:
        """How many can reach each person directly."""
        return np.diff(self.in_offsets)

    @property
    def out_sources(self) -> People:
        """The person from whom each arc leads, in the order of the arcs."""
        return np.repeat(np.arange(self.size, dtype=np.int32), self.out_degree)

    @cached_property
    def undirected(self) -> Network:
        """Who is tied to whom, whoever named whom: every arc, and its return."""
        offsets, targets, in_arcs, row_arcs = _merge(
            self.out_offsets, self.out_targets, self.in_offsets, self.in_sources, self.in_arcs
        )
        return Network(
            size=self.size,
            out_offsets=offsets,
            out_targets=targets,
            in_offsets=offsets,
            in_sources=targets,
            in_arcs=in_arcs,
            row_arcs=row_arcs,
        )

    def combine(self, values: ArrayLike) -> NDArray[np.float32]:
        """One probability for each arc, from the probabilities of its ties: 1 - Π(1 - p).

        Ties of several kinds between the same two people are several chances, taken as
        independent.

        values: one probability for each tie given to `from_ties`, in 0 … 1.

        >>> from guyub.engine import Network
        >>> Network.from_ties(2, [0, 0], [1, 1]).combine([0.5, 0.5]).tolist()
        [0.75]

        :raises EngineError: another number of values, or one outside 0 … 1.
        """
        given = np.ascontiguousarray(values, dtype=np.float64)
        if given.shape != self.row_arcs.shape:
            raise EngineError(f"{given.size} probabilities for {self.row_arcs.size} ties.")
        if given.size and not (given.min() >= 0.0 and given.max() <= 1.0):
            raise EngineError("A probability lies between 0 and 1.")
        return _combine(self.row_arcs, given, np.int64(self.arcs))

    def to_igraph(self, *, directed: bool = False) -> Any:
        """The same network as an igraph graph; undirected, two opposite arcs are one edge."""
        import igraph

        sources = self.out_sources.astype(np.int64)
        targets = self.out_targets.astype(np.int64)
        if not directed:
            low, high = np.minimum(sources, targets), np.maximum(sources, targets)
            sources, targets = np.divmod(np.unique(low * max(self.size, 1) + high), self.size or 1)
        edges = np.column_stack((sources, targets))
        return igraph.Graph(n=self.size, edges=edges, directed=directed)


def both_ways(
    sources: ArrayLike, targets: ArrayLike, mutual: ArrayLike
) -> tuple[People, People, NDArray[np.int64]]:
    """Ties with the return of each mutual one appended, and the row each arc comes from.

    >>> from guyub.engine import both_ways
    >>> [each.tolist() for each in both_ways([0, 1], [1, 2], [True, False])]
    [[0, 1, 1], [1, 2, 0], [0, 1, 0]]
    """
    source, target = _people(sources, "sources"), _people(targets, "targets")
    back = np.flatnonzero(np.asarray(mutual, dtype=bool))
    rows = np.concatenate((np.arange(source.size), back))
    return (
        np.concatenate((source, target[back])),
        np.concatenate((target, source[back])),
        rows.astype(np.int64),
    )


def _people(column: ArrayLike, name: str) -> People:
    array = np.asarray(column)
    if array.ndim != 1:
        raise EngineError(f"{name} is one column of whole numbers.")
    if array.size == 0:
        return np.empty(0, dtype=np.int32)
    if not np.issubdtype(array.dtype, np.integer):
        raise EngineError(f"{name} holds {array.dtype}, not whole numbers.")
    if int(array.max()) > np.iinfo(np.int32).max:
        raise EngineError("People are numbered below 2^31.")
    if int(array.min()) < 0:
        raise EngineError("People are numbered from 0.")
    return np.ascontiguousarray(array, dtype=np.int32)


@kernel
def _merge(out_offsets, out_targets, in_offsets, in_sources, in_arcs):  # type: ignore[no-untyped-def]
    """Everybody's arcs both ways, once for each other person.

    Gives their offsets and targets, for each arc in the order of those to whom it leads its number,
    and the arc of each given one and of its return.
    """
    size, arcs = out_offsets.size - 1, out_targets.size
    offsets, targets = np.zeros(size + 1, np.int64), np.empty(2 * arcs, np.int32)
    row_arcs = np.empty(2 * arcs, np.int64)
    length = 0
    for person in range(size):
        out, back = out_offsets[person], in_offsets[person]
        last_out, last_back = out_offsets[person + 1], in_offsets[person + 1]
        while out < last_out or back < last_back:
            there = out_targets[out] if out < last_out else size
            here = in_sources[back] if back < last_back else size
            if there <= here:
                row_arcs[out] = length
                out += 1
            if here <= there:
                row_arcs[arcs + in_arcs[back]] = length
                back += 1
            targets[length] = min(there, here)
            length += 1
        offsets[person + 1] = length
    place = offsets[:-1].copy()
    turned = np.empty(length, np.int64)
    for arc in range(length):
        turned[place[targets[arc]]] = arc
        place[targets[arc]] += 1
    return offsets, targets[:length].copy(), turned, row_arcs


@kernel
def _combine(row_arcs, values, arcs):  # type: ignore[no-untyped-def]
    missed = np.ones(arcs, np.float64)
    for row in range(row_arcs.size):
        if row_arcs[row] >= 0:
            missed[row_arcs[row]] *= 1.0 - values[row]
    return (1.0 - missed).astype(np.float32)
