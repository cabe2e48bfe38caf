"""Who stands where: key players, holes, brokers, and kinds of ties."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from engine.examples import florentine, karate, mask, mutual, network_of, ties, whatever
from guyub.engine.errors import EngineError
from guyub.engine.network.brokerage import ROLES, brokerage
from guyub.engine.network.graph import Network
from guyub.engine.network.key_players import fragmentation, key_to_cohesion, key_to_reach
from guyub.engine.network.structural_holes import structural_holes
from guyub.engine.network.tie_kinds import kinds_of_ties


def borgatti() -> tuple[Network, list[str]]:
    """The example of Borgatti 1997."""
    graph = nx.Graph(["AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC"])
    return mutual(graph), list(graph)


def test_two_circles_of_friends_are_less_fragmented_than_two_lines() -> None:
    circles = mutual(nx.disjoint_union(nx.complete_graph(5), nx.complete_graph(5)))
    lines = mutual(nx.disjoint_union(nx.path_graph(5), nx.path_graph(5)))

    assert fragmentation(circles) == pytest.approx(0.55556, abs=5e-6)
    assert fragmentation(lines) == pytest.approx(0.71481, abs=5e-6)


@pytest.mark.parametrize(
    ("count", "people", "value"),
    [(1, [0], 0.641540), (2, [0, 1], 0.684409), (3, [0, 32, 33], 0.796810)],
)
def test_those_whom_the_karate_club_cannot_lose(
    count: int, people: list[int], value: float
) -> None:
    found = key_to_cohesion(karate(), count)

    assert found.before == pytest.approx(0.507992, abs=5e-7)
    assert sorted(found.people) == people
    assert found.value == pytest.approx(value, abs=5e-7)


@pytest.mark.parametrize(
    ("count", "people", "value"), [(1, [33], 0.713235), (2, [0, 33], 0.955882)]
)
def test_those_from_whom_the_karate_club_is_near(
    count: int, people: list[int], value: float
) -> None:
    found = key_to_reach(karate(), count)

    assert sorted(found.people) == people
    assert found.value == pytest.approx(value, abs=5e-7)


def test_the_medici_hold_the_families_together() -> None:
    network, names = florentine()

    assert [names[each] for each in key_to_cohesion(network, 1).people] == ["Medici"]
    two = key_to_cohesion(network, 2)
    assert {names[each] for each in two.people} == {"Medici", "Guadagni"}
    assert two.value == pytest.approx(0.802350, abs=5e-7)


@whatever(ties(), examples=30)
def test_no_exchange_of_one_key_player_would_fragment_more(given_ties) -> None:
    network = network_of(*given_ties)
    count = min(2, network.size)

    found = key_to_cohesion(network, count)

    assert found.value == pytest.approx(fragmentation(network, found.people))
    for own in found.people:
        kept = [each for each in found.people if each != own]
        for other in set(range(network.size)) - set(found.people.tolist()):
            assert fragmentation(network, [*kept, other]) <= found.value + 1e-9


@whatever(ties(), examples=30)
def test_two_people_reach_nearly_as_many_within_two_steps_as_the_best_two(given_ties) -> None:
    network = network_of(*given_ties)
    graph = network.to_igraph()
    near = (np.array(graph.distances()) <= 2).reshape(network.size, network.size)
    count = min(2, network.size)
    best = max(
        near[list(two)].any(axis=0).mean() for two in combinations(range(network.size), count)
    )

    found = key_to_reach(network, count, within=2)

    assert found.value == pytest.approx(near[found.people].any(axis=0).mean())
    assert (1.0 - 1.0 / np.e) * best <= found.value <= best + 1e-9


def test_holes_have_the_figures_of_borgatti() -> None:
    network, names = borgatti()
    found = structural_holes(network)

    constraint = dict(zip(names, found.constraint, strict=True))
    size = dict(zip(names, found.effective_size, strict=True))
    assert [round(constraint[each], 3) for each in "GAC"] == [0.400, 0.595, 1.0]
    assert [round(size[each], 2) for each in "GAC"] == [4.67, 2.50, 1.0]


def test_nobody_without_ties_has_holes() -> None:
    found = structural_holes(network_of(2, []))

    assert np.isnan(found.constraint).all()
    assert np.isnan(found.effective_size).all()


@pytest.mark.parametrize(
    ("labels", "role"),
    [("AAA", 0), ("ABA", 1), ("ABB", 2), ("AAB", 3), ("ABC", 4)],
)
def test_somebody_between_two_has_the_role_that_their_places_give(labels: str, role: int) -> None:
    found = brokerage(network_of(3, [(0, 1), (1, 2)]), tuple(labels))

    assert found[1].tolist() == [int(each == role) for each in range(len(ROLES))]
    assert found.sum() == 1


def test_nobody_stands_between_two_who_are_tied_or_of_unknown_places() -> None:
    tied = network_of(3, [(0, 1), (1, 2), (0, 2)])
    unknown = network_of(3, [(0, 1), (1, 2)])

    assert not brokerage(tied, ("A", "B", "A")).any()
    assert not brokerage(unknown, ("A", "B", "")).any()


def test_ties_bond_bridge_or_link() -> None:
    network = network_of(5, [(0, 1), (1, 2), (2, 3), (3, 4)])
    hamlets, faiths = ("A", "A", "B", "B", ""), ("x", "x", "x", "x", "")

    found = kinds_of_ties(network, (hamlets, faiths), mask(5, [3]))

    assert (found.bonding, found.bridging, found.linking, found.unknown) == (1, 1, 2, 0)
    without = kinds_of_ties(network, (hamlets, faiths), mask(5, []))
    assert (without.bonding, without.linking, without.unknown) == (2, 0, 1)


def test_more_people_than_there_are_cannot_be_wanted() -> None:
    for find in (key_to_cohesion, key_to_reach):
        with pytest.raises(EngineError, match="wanted"):
            find(network_of(2, []), 3)
