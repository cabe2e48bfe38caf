"""Whether a network has a core, and who is in it."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from engine.examples import community, florentine, mutual, network_of, ties, whatever
from guyub.engine.errors import EngineError
from guyub.engine.network import core_periphery as module
from guyub.engine.network.core_periphery import core_periphery


def correlation(graph: nx.Graph, core) -> float:
    """Over all pairs, tied or not beside touching the core or not."""
    pairs = list(combinations(graph, 2))
    tied = [float(graph.has_edge(a, b)) for a, b in pairs]
    ideal = [float(a in core or b in core) for a, b in pairs]
    return float(np.corrcoef(tied, ideal)[0, 1])


def test_a_star_is_a_core_and_a_periphery_and_nothing_else() -> None:
    found = core_periphery(mutual(nx.star_graph(6)))

    assert (found.core.tolist(), found.clear, found.complete) == ([0], True, True)
    assert found.fit == pytest.approx(1.0)


def test_the_core_of_the_florentine_families_is_weak() -> None:
    network, names = florentine()

    found = core_periphery(network)

    assert {names[person] for person in found.core} == {"Medici", "Strozzi", "Guadagni"}
    assert found.fit == pytest.approx(0.32985, abs=1e-5)
    assert not found.clear


def test_the_core_of_the_kite_fits_as_was_enumerated() -> None:
    assert core_periphery(mutual(nx.krackhardt_kite_graph())).fit == pytest.approx(
        0.32733, abs=1e-5
    )


@whatever(ties())
def test_how_well_a_core_fits_is_the_correlation_over_all_pairs(given) -> None:
    size, rows = given
    graph = nx.Graph()
    graph.add_nodes_from(range(size))
    graph.add_edges_from((a, b) for a, b in rows if a != b)
    if size < 3 or not 0 < graph.number_of_edges() < size * (size - 1) // 2:
        with pytest.raises(EngineError):
            core_periphery(network_of(size, rows))
        return

    found = core_periphery(network_of(size, rows))

    assert found.fit == pytest.approx(correlation(graph, set(found.core.tolist())))


@pytest.mark.parametrize("seed", range(8))
def test_climbing_finds_the_best_of_all_cores(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    network = mutual(nx.gnm_random_graph(14, 30, seed=seed))
    best = core_periphery(network)
    monkeypatch.setattr(module, "_EVERY_CORE", 2)

    climbed = core_periphery(network)

    assert climbed.fit == pytest.approx(best.fit)
    assert not climbed.complete


def test_a_core_that_was_planted_is_found_again() -> None:
    generator = np.random.default_rng(4)
    chance = np.where(np.minimum.outer(np.arange(60), np.arange(60)) < 8, 0.85, 0.04)
    drawn = np.argwhere(np.triu(generator.random((60, 60)) < chance, 1))

    found = core_periphery(network_of(60, [tuple(row) for row in drawn.tolist()]))

    assert found.core.tolist() == list(range(8))
    assert found.clear


def test_a_village_has_no_core_that_should_be_spoken_of() -> None:
    assert not core_periphery(community("karnataka-village")).clear


def test_where_no_group_differs_from_another_no_core_is_looked_for() -> None:
    with pytest.raises(EngineError, match="no core"):
        core_periphery(network_of(4, []))
    with pytest.raises(EngineError, match="no core"):
        core_periphery(mutual(nx.complete_graph(4)))
    with pytest.raises(EngineError, match="3 to 2000"):
        core_periphery(network_of(2, [(0, 1)]))
