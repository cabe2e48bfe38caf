"""How a community holds together: parts, groups, bridges, and how far it looks beyond itself.

All measures are of the undirected simple network: somebody is tied to somebody, whoever named whom.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guyub.engine.errors import EngineError
from guyub.engine.network.centrality import core_numbers
from guyub.engine.network.graph import Network
from guyub.engine.randomness import seed_for

# Leiden runs until a pass gains nothing; the best of several starts is kept. Our choice.
_STARTS, _START_LARGE = 10, 2
_LARGE = 20_000

_LEIDEN = 6


@dataclass(frozen=True, eq=False, kw_only=True)
class Groups:
    """People in groups that are tied more within than between.

    group: for each person, the number of their group, the largest group being 0. modularity: Q at
    resolution 1 (Newman & Girvan 2004), -0.5 … 1.
    """

    group: NDArray[np.int64]
    modularity: float

    @property
    def count(self) -> int:
        """How many groups there are."""
        return int(self.group.max()) + 1 if self.group.size else 0


@dataclass(frozen=True, kw_only=True)
class ExternalInternal:
    """The E-I index (Krackhardt & Stern 1988): -1 all ties within, +1 all ties between.

    index: of the whole, None where nobody with a known label is tied. by_label: of each label.
    """

    external: int
    internal: int
    index: float | None
    by_label: dict[str, float]


@dataclass(frozen=True, eq=False, kw_only=True)
class Cohesion:
    """The figures of one network.

    people n, ties m (pairs of people). density 2m / (n(n - 1)). components: parts that nothing
    ties to one another; giant_share: share of people in the largest. isolates: people without ties.
    reciprocity: share of arcs returned. transitivity: 3 × triangles / connected triples.
    bridges: pairs of people whose tie is the only way between two parts; cut_people: people without
    whom a part would fall apart. core: the core number of each person.
    """

    people: int
    ties: int
    density: float
    components: int
    giant_share: float
    isolates: NDArray[np.int64]
    reciprocity: float | None
    transitivity: float | None
    groups: Groups
    bridges: tuple[tuple[int, int], ...]
    cut_people: NDArray[np.int64]
    core: NDArray[np.int64]


def cohesion(network: Network, *, seed: int = 1) -> Cohesion:
    """Every figure of a network; the same seed gives the same groups.

    Self-ties are not in a network. Sources: Wasserman & Faust 1994 (density, components,
    transitivity), Tarjan 1974 (bridges), Seidman 1983 (cores), Traag et al. 2019 (groups).

    >>> from guyub.engine import Network, cohesion
    >>> found = cohesion(Network.from_ties(4, [0, 1], [1, 2]))
    >>> found.components, found.giant_share, found.isolates.tolist()
    (2, 0.75, [3])
    """
    graph = network.to_igraph()
    people, ties = network.size, graph.ecount()
    parts = graph.connected_components()
    sizes = parts.sizes()
    return Cohesion(
        people=people,
        ties=ties,
        density=2.0 * ties / (people * (people - 1)) if people > 1 else 0.0,
        components=len(sizes),
        giant_share=max(sizes) / people if people else 0.0,
        isolates=np.flatnonzero(np.array(graph.degree()) == 0),
        reciprocity=2.0 * (network.arcs - ties) / network.arcs if network.arcs else None,
        transitivity=_number(graph.transitivity_undirected()),
        groups=groups(graph, seed=seed),
        bridges=tuple(sorted(graph.es[edge].tuple for edge in graph.bridges())),
        cut_people=np.array(sorted(graph.articulation_points()), np.int64),
        core=core_numbers(network.undirected),
    )


def groups(graph: Any, *, seed: int = 1) -> Groups:
    """The best partition that Leiden finds (Traag, Waltman & van Eck 2019), by modularity.

    graph: an undirected igraph graph. Groups of fewer than about 15 people are suggestions.
    """
    import random

    import igraph

    if not graph.ecount():
        return Groups(group=np.arange(graph.vcount()), modularity=0.0)
    starts = _STARTS if graph.vcount() <= _LARGE else _START_LARGE
    generator = random.Random(int(seed_for(seed, _LEIDEN)))
    igraph.set_random_number_generator(generator)
    try:
        found = [_settled(graph) for _ in range(starts)]
    finally:
        igraph.set_random_number_generator(random)
    best = max(found, key=lambda each: round(each.modularity, 12))
    member = np.array(best.membership)
    # The largest group is 0; of equal ones the one whose first member stands earlier.
    labels, first, size = np.unique(member, return_index=True, return_counts=True)
    order = labels[np.lexsort((first, -size))]
    number = np.empty(labels.size, np.int64)
    number[order] = np.arange(labels.size)
    return Groups(group=number[member], modularity=float(best.modularity))


def _settled(graph: Any) -> Any:
    """Leiden from one start, until two passes more gain nothing.

    igraph's own "until nothing changes" never ends on some small graphs, where equally good
    partitions take turns.
    """
    found = graph.community_leiden(objective_function="modularity", n_iterations=2)
    while True:
        further = graph.community_leiden(
            objective_function="modularity", n_iterations=2, initial_membership=found.membership
        )
        if further.modularity <= found.modularity + 1e-12:
            return found
        found = further


def external_internal(network: Network, labels: tuple[str, ...]) -> ExternalInternal:
    """E-I = (external - internal) / (external + internal) over pairs of tied people.

    labels: one for each person; people with an empty one are left out.

    >>> from guyub.engine import Network, external_internal
    >>> path = Network.from_ties(3, [0, 1], [1, 2])
    >>> external_internal(path, ("krajan", "krajan", "kali")).index
    0.0

    :raises EngineError: there are not as many labels as people.
    """
    if len(labels) != network.size:
        raise EngineError(f"{len(labels)} labels for {network.size} people.")
    known, code = np.unique(np.array(labels, dtype=object).astype(str), return_inverse=True)
    pairs = network.undirected
    one, other = pairs.out_sources, pairs.out_targets
    named = np.array([bool(label) for label in known])
    counted = (one < other) & named[code[one]] & named[code[other]]
    one, other = code[one[counted]], code[other[counted]]
    outside = one != other
    external, internal = int(outside.sum()), int((~outside).sum())
    by_label = {}
    for number, label in enumerate(known):
        touching = (one == number) | (other == number)
        if label and touching.any():
            by_label[str(label)] = _index(
                int(outside[touching].sum()), int((~outside[touching]).sum())
            )
    total = external + internal
    return ExternalInternal(
        external=external,
        internal=internal,
        index=_index(external, internal) if total else None,
        by_label=by_label,
    )


def _index(external: int, internal: int) -> float:
    return (external - internal) / (external + internal)


def _number(value: float) -> float | None:
    return None if value != value else float(value)
