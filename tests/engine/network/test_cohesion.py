"""How a community holds together."""

from __future__ import annotations

import random

import networkx as nx
import numpy as np
import pytest

from engine.examples import florentine, karate, mutual, network_of, ties, whatever
from guyub.engine.errors import EngineError
from guyub.engine.network.cohesion import cohesion, external_internal, groups


def factions() -> tuple[str, ...]:
    return tuple(club for _, club in nx.karate_club_graph().nodes(data="club"))


def test_the_karate_club_has_its_published_figures() -> None:
    club = cohesion(karate())

    assert (club.people, club.ties, club.components) == (34, 78, 1)
    assert club.density == pytest.approx(0.13904, abs=5e-6)
    assert club.transitivity == pytest.approx(0.25568, abs=5e-6)
    assert club.giant_share == club.reciprocity == 1.0
    assert club.bridges == ((0, 11),)
    assert club.cut_people.tolist() == [0]
    assert club.core.max() == 4


@pytest.mark.parametrize("seed", range(5))
def test_the_karate_club_falls_into_its_four_best_groups(seed: int) -> None:
    found = cohesion(karate(), seed=seed).groups

    assert found.modularity == pytest.approx(0.4197896, abs=5e-8)
    assert found.count == 4
    assert np.bincount(found.group).tolist() == [12, 11, 6, 5]


def test_the_florentine_families_have_their_published_figures() -> None:
    network, names = florentine()
    families = cohesion(network)

    assert (families.people, families.ties) == (15, 20)
    assert families.density == pytest.approx(0.19048, abs=5e-6)
    assert families.bridges
    assert names.index("Medici") in families.cut_people


@whatever(ties())
def test_every_figure_is_that_of_another_program(given_ties) -> None:
    network = network_of(*given_ties)
    arrows = nx.DiGraph()
    arrows.add_nodes_from(range(network.size))
    arrows.add_edges_from(zip(network.out_sources, network.out_targets, strict=True))
    graph = arrows.to_undirected()
    parts = list(nx.connected_components(graph))

    found = cohesion(network)

    assert found.ties == graph.number_of_edges()
    assert found.density == pytest.approx(nx.density(graph))
    assert found.components == len(parts)
    assert found.giant_share == max(map(len, parts)) / network.size
    assert found.isolates.tolist() == sorted(nx.isolates(graph))
    assert found.transitivity in (None, pytest.approx(nx.transitivity(graph)))
    assert found.bridges == tuple(sorted(tuple(sorted(edge)) for edge in nx.bridges(graph)))
    assert found.cut_people.tolist() == sorted(nx.articulation_points(graph))
    assert found.core.tolist() == [nx.core_number(graph)[each] for each in range(network.size)]
    if network.arcs:
        assert found.reciprocity == pytest.approx(nx.overall_reciprocity(arrows))


@whatever(ties())
def test_the_modularity_told_is_that_of_the_groups_told(given_ties) -> None:
    network = network_of(*given_ties)
    graph = network.to_igraph()

    found = groups(graph)

    sizes = np.bincount(found.group)
    assert sizes.tolist() == sorted(sizes, reverse=True)
    assert len(sizes) == found.count
    if graph.ecount():
        assert found.modularity == pytest.approx(graph.modularity(found.group.tolist()))


def test_the_same_seed_gives_the_same_groups_and_leaves_other_chance_alone() -> None:
    graph = mutual(nx.gnp_random_graph(80, 0.06, seed=1)).to_igraph()
    random.seed(5)
    undisturbed = random.random()
    random.seed(5)

    once, again = groups(graph, seed=3), groups(graph, seed=3)

    assert (once.group == again.group).all()
    assert random.random() == undisturbed


def test_looking_for_groups_ends_where_equally_good_ones_take_turns() -> None:
    pairs = ["01", "03", "06", "07", "12", "17", "26", "27", "56", "57"]
    graph = network_of(8, [(int(a), int(b)) for a, b in pairs]).to_igraph()

    found = [groups(graph, seed=seed).modularity for seed in range(300)]

    assert found == pytest.approx([max(found)] * 300)


def test_one_tie_of_three_returned_is_two_arcs_of_four() -> None:
    found = cohesion(network_of(4, [(0, 1), (1, 0), (1, 2), (2, 3)]))

    assert (found.ties, found.reciprocity) == (3, 0.5)


@pytest.mark.parametrize("size", [0, 1, 3])
def test_people_without_ties_are_all_parts_of_their_own(size: int) -> None:
    found = cohesion(network_of(size, []))

    assert (found.density, found.components) == (0.0, size)
    assert found.isolates.tolist() == list(range(size))
    assert found.reciprocity is None
    assert found.transitivity is None
    assert found.groups.count == size


def test_the_karate_club_looks_inwards_by_faction() -> None:
    found = external_internal(karate(), factions())

    assert (found.external, found.internal) == (11, 67)
    assert found.index == pytest.approx(-0.71795, abs=5e-6)


def test_each_label_has_an_index_of_its_own() -> None:
    network = network_of(5, [(0, 1), (1, 0), (1, 2), (2, 3), (3, 4)])

    found = external_internal(network, ("a", "a", "b", "b", ""))

    assert (found.external, found.internal) == (1, 2)
    assert found.index == pytest.approx(-1 / 3)
    assert found.by_label == {"a": 0.0, "b": 0.0}


def test_all_ties_between_are_one_and_all_within_minus_one() -> None:
    pair = network_of(2, [(0, 1)])

    assert external_internal(pair, ("a", "b")).index == 1.0
    assert external_internal(pair, ("a", "a")).index == -1.0
    assert external_internal(pair, ("a", "")).index is None


@whatever(ties())
def test_ties_counted_within_and_between_are_all_ties(given_ties) -> None:
    network = network_of(*given_ties)
    labels = tuple("ab"[person % 2] for person in range(network.size))

    found = external_internal(network, labels)

    assert found.external + found.internal == cohesion(network).ties


def test_labels_for_other_people_are_refused() -> None:
    with pytest.raises(EngineError, match="2 labels for 34 people"):
        external_internal(karate(), ("a", "b"))
