"""Structural holes: how free each person's surroundings are of ties among one another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guyub.engine.network.graph import Network


@dataclass(frozen=True, eq=False, kw_only=True)
class StructuralHoles:
    """How free each person's surroundings are of ties among one another (Burt 1992).

    constraint: low where the people around somebody are not tied to one another; may exceed 1.
    effective_size: people around less their average ties among one another. Both NaN without ties.
    """

    constraint: NDArray[np.float64]
    effective_size: NDArray[np.float64]


def structural_holes(network: Network) -> StructuralHoles:
    """Burt's constraint and effective size (Burt 1992; Borgatti 1997: n - 2t/n).

    >>> from guyub.engine import Network, structural_holes
    >>> found = structural_holes(Network.from_ties(4, [0, 0, 0], [1, 2, 3]))
    >>> found.effective_size.tolist()
    [3.0, 1.0, 1.0, 1.0]
    """
    graph = network.to_igraph()
    degree = np.array(graph.degree(), np.float64)
    closed = np.array(graph.transitivity_local_undirected(mode="zero"), np.float64)
    alone = degree == 0
    constraint = np.array(graph.constraint(), np.float64)
    # Ties among the people around somebody are closed · n(n - 1) / 2.
    size = degree - closed * (degree - 1.0)
    constraint[alone] = size[alone] = np.nan
    return StructuralHoles(constraint=constraint, effective_size=size)
