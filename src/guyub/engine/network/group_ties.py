"""How far those who care about the same thing are tied to each other.

Many who care and know each other can begin tomorrow; many who care and do not are brought together
first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guyub.engine.network.graph import Network


@dataclass(frozen=True, eq=False, kw_only=True)
class GroupTies:
    """people: how many share it. tied: pairs of them that are tied, largest: how many stand in the
    largest part connected by ties among themselves (1 where nobody is tied, 0 of nobody).
    share: tied pairs / all pairs of them, 0 … 1, None with fewer than two.
    """

    people: int
    tied: int
    largest: int
    share: float | None


def group_ties(
    size: int, one: ArrayLike, other: ArrayLike, groups: Sequence[NDArray[np.int64]]
) -> tuple[GroupTies, ...]:
    """For each group of people how they are tied among themselves.

    one, other: the ends of each tie, 0 … size-1, in any direction; several ties of two people are
    one pair. groups: people of each, each once. Density and components as in Wasserman & Faust
    (1994, Social Network Analysis).

    >>> import numpy as np
    >>> from guyub.engine import group_ties
    >>> [found] = group_ties(4, [0, 1], [1, 2], [np.array([0, 1, 3])])
    >>> found.tied, found.largest
    (1, 2)

    :raises EngineError: the two ends differ in length, or name somebody beyond the list.
    """
    graph = Network.from_ties(size, one, other).undirected.to_igraph()
    found = []
    for people in groups:
        part = graph.induced_subgraph(people.tolist())
        count, tied = part.vcount(), part.ecount()
        pairs = count * (count - 1) // 2
        found.append(
            GroupTies(
                people=count,
                tied=tied,
                largest=max(part.connected_components().sizes(), default=0),
                share=tied / pairs if pairs else None,
            )
        )
    return tuple(found)
