"""Groups that hold together however few leave, and how deep they go."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import strategies as st

from engine.examples import community, karate, mutual, network_of, ties, whatever
from guyub.engine.network.structural_cohesion import structural_cohesion


def groups(network, k: int) -> list[list[int]]:
    return [each.tolist() for each in structural_cohesion(network).components.get(k, ())]


def test_the_groups_of_the_karate_club_are_those_of_the_exact_recursion() -> None:
    # Worked out by exact recursion; igraph 0.11 leaves out the ten of the 4-component.
    club = karate()
    most = [person for person in range(34) if person not in {4, 5, 6, 10, 11, 16}]

    assert groups(club, 2) == [most, [0, 4, 5, 6, 10, 16]]
    assert groups(club, 3) == [
        [0, 1, 2, 3, 7, 8, 13, 19, 23, 24, 25, 27, 28, 29, 30, 31, 32, 33],
        [0, 4, 5, 6, 10],
    ]
    assert groups(club, 4) == [[0, 1, 2, 3, 7, 8, 13, 30, 32, 33]]
    assert groups(club, 5) == []


def test_somebody_is_embedded_as_deep_as_the_deepest_of_their_groups() -> None:
    embedded = structural_cohesion(karate()).embeddedness

    assert [embedded[person] for person in (0, 4, 11, 16, 28, 33)] == [4, 3, 1, 2, 3, 4]


def exactly(graph: nx.Graph, k: int) -> set[frozenset[int]]:
    """Every group that k must leave before it falls apart, by trying all of them."""
    found: list[frozenset[int]] = []
    for size in range(len(graph), k, -1):
        for people in combinations(graph, size):
            group = graph.subgraph(people)
            inside = any(set(people) <= each for each in found)
            if not inside and nx.node_connectivity(group) >= k:
                found.append(frozenset(people))
    return set(found)


@whatever(ties(most=30), examples=120)
def test_all_groups_are_found_and_no_others(given) -> None:
    size, rows = given
    size, rows = min(size, 8), [(a % min(size, 8), b % min(size, 8)) for a, b in rows]
    network = network_of(size, rows)
    graph = nx.Graph()
    graph.add_nodes_from(range(size))
    graph.add_edges_from((a, b) for a, b in rows if a != b)

    found = structural_cohesion(network)

    for k in range(2, size):
        told = {frozenset(each.tolist()) for each in found.components.get(k, ())}
        assert told == exactly(graph, k), k


@pytest.mark.parametrize("seed", range(12))
def test_of_a_larger_network_every_group_needs_k_to_leave(seed: int) -> None:
    graph = nx.gnm_random_graph(40, 110, seed=seed)

    found = structural_cohesion(mutual(graph))

    assert len(found.components) >= 2
    for k, sets in found.components.items():
        for group in sets:
            assert nx.node_connectivity(graph.subgraph(group.tolist())) >= k
        # Two groups of one depth share fewer than k people, or they would be one.
        for one, other in combinations(sets, 2):
            assert np.intersect1d(one, other).size < k


@whatever(ties(most=40), st.integers(2, 4))
def test_groups_lie_within_groups(given, k: int) -> None:
    found = structural_cohesion(network_of(*given)).components

    for group in found.get(k + 1, ()):
        assert any(np.isin(group, each).all() for each in found[k])


def test_everybody_tied_to_everybody_is_one_group_as_deep_as_they_are_many() -> None:
    six = mutual(nx.complete_graph(6))

    assert groups(six, 5) == [[0, 1, 2, 3, 4, 5]]
    assert structural_cohesion(six).embeddedness.tolist() == [5] * 6


def test_two_circles_that_share_one_person_are_two_groups() -> None:
    ring = [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 2)]

    assert groups(network_of(5, ring), 2) == [[0, 1, 2], [2, 3, 4]]


def test_without_ties_nobody_is_embedded() -> None:
    found = structural_cohesion(network_of(3, []))

    assert (found.components, found.embeddedness.tolist()) == ({}, [0, 0, 0])


def test_a_village_is_taken_apart_as_deep_as_is_asked() -> None:
    village = community("karnataka-village")

    found = structural_cohesion(village, deepest=4)

    assert sorted(found.components) == [2, 3, 4]
    sizes = [found.components[k][0].size for k in (2, 3, 4)]
    assert sizes == sorted(sizes, reverse=True)
    assert set(np.unique(found.embeddedness)) <= {0, 1, 2, 3, 4}
