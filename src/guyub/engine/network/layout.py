"""Where to draw people so that those who are tied stand close."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from guyub.engine.network.graph import Network
from guyub.engine.randomness import seed_for

_DRAWN = 8

# Rounds of Fruchterman & Reingold: enough for a village to come to rest, and as many as fit so much
# work (pairs of people) in larger ones. Measured: of 2,000 people 100 rounds tell neighbours and
# hamlets apart as well as 500 do. Our choice.
_FEWEST_ROUNDS, _MOST_ROUNDS, _PAIRS = 60, 500, 100_000_000


def layout(network: Network, *, seed: int = 1) -> NDArray[np.float64]:
    """Positions in a unit square, one row (x, y) for each person; the same for the same seed.

    Fruchterman & Reingold 1991 on the undirected network; people without ties stand on a ring
    around the others, so that nobody is left out of the picture.

    >>> from guyub.engine import Network, layout
    >>> layout(Network.from_ties(3, [0, 1], [1, 2])).shape
    (3, 2)
    """
    if not network.size:
        return np.empty((0, 2))
    alone = (network.out_degree + network.in_degree) == 0
    placed = np.zeros((network.size, 2))
    if not alone.all():
        placed[~alone] = _drawn(network, ~alone, seed)
    angle = np.linspace(0.0, 2.0 * np.pi, int(alone.sum()), endpoint=False)
    placed[alone] = 0.58 * np.column_stack((np.cos(angle), np.sin(angle)))
    return _squared(placed) + 0.5


def _drawn(network: Network, tied: NDArray[np.bool_], seed: int) -> NDArray[np.float64]:
    """Those who have ties, around the middle."""
    import random

    import igraph

    rounds = int(np.clip(_PAIRS / network.size**2, _FEWEST_ROUNDS, _MOST_ROUNDS))
    generator = random.Random(int(seed_for(seed, _DRAWN)))
    start = np.random.default_rng(int(seed_for(seed, _DRAWN))).random((network.size, 2))
    igraph.set_random_number_generator(generator)
    try:
        graph = network.to_igraph().induced_subgraph(np.flatnonzero(tied).tolist())
        drawn = graph.layout_fruchterman_reingold(niter=rounds, seed=start[tied].tolist())
    finally:
        igraph.set_random_number_generator(random)
    return _squared(np.array(drawn.coords))


def _squared(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same picture around the middle, one wide at its widest."""
    low, high = points.min(axis=0), points.max(axis=0)
    return (points - (low + high) / 2.0) / max(1e-9, float((high - low).max()))
