"""Which few new ties would bring a community closest together."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import strategies as st

from engine.examples import karate, mutual, network_of, ties, whatever
from guyub.engine.errors import EngineError
from guyub.engine.network import introductions as module
from guyub.engine.network.graph import Network
from guyub.engine.network.introductions import introductions
from guyub.engine.network.key_players import fragmentation
from guyub.engine.reasons import LANGUAGES, sentence


def with_ties(network: Network, pairs: list[tuple[int, int]]) -> Network:
    """The same community with these people tied."""
    rows = list(zip(network.out_sources.tolist(), network.out_targets.tolist(), strict=True))
    return network_of(network.size, rows + pairs)


@whatever(ties(), st.sets(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=8))
def test_the_first_introduction_is_the_best_of_all_that_are_allowed(given_ties, conflicts) -> None:
    network = network_of(*given_ties)
    apart = [pair for pair in conflicts if max(pair) < network.size]
    tied = set(zip(network.undirected.out_sources, network.undirected.out_targets, strict=True))
    forbidden = tied | set(apart) | {(b, a) for a, b in apart}
    before = fragmentation(network)
    gains = [
        before - fragmentation(with_ties(network, [pair]))
        for pair in combinations(range(network.size), 2)
        if pair not in forbidden
    ]

    found = introductions(network, 1, apart=apart)

    assert len(found) == bool(gains)
    for each in found:
        assert each.people not in forbidden
        assert each.gain == pytest.approx(max(gains))
        assert before - fragmentation(with_ties(network, [each.people])) == pytest.approx(each.gain)


@whatever(ties())
def test_the_gains_together_are_what_cohesion_grows(given_ties) -> None:
    network = network_of(*given_ties)

    found = introductions(network, 3)

    after = with_ties(network, [each.people for each in found])
    grown = fragmentation(network) - fragmentation(after)
    assert grown == pytest.approx(sum(each.gain for each in found))
    met = [person for each in found for person in each.people]
    assert len(met) == len(set(met))


def test_two_parts_are_joined_in_their_middle() -> None:
    parts = mutual(nx.disjoint_union(nx.star_graph(4), nx.star_graph(3)))

    (found,) = introductions(parts, 1)

    assert found.people == (0, 5)
    assert (found.steps, found.joined, found.through) == (-1, 4, ())
    assert [reason.code for reason in found.reasons] == ["joins_parts"]


def test_whoever_is_in_conflict_is_never_introduced_and_others_take_their_place() -> None:
    parts = mutual(nx.disjoint_union(nx.star_graph(4), nx.star_graph(3)))

    (found,) = introductions(parts, 1, apart=[(5, 0)])

    assert found.people != (0, 5)
    assert found.joined == 4


def test_whoever_is_left_in_peace_is_introduced_to_nobody() -> None:
    assert introductions(network_of(3, [(0, 1), (1, 2)]), 2, left_out=[2]) == ()


def test_somebody_who_knows_both_could_introduce_them() -> None:
    (found,) = introductions(mutual(nx.path_graph(3)), 1)

    assert (found.people, found.steps, found.through) == ((0, 2), 2, (1,))
    for language in LANGUAGES:
        assert all("{" not in sentence(each, language) for each in found.reasons)


def test_of_a_large_community_those_in_the_middle_of_groups_are_tried(monkeypatch) -> None:
    monkeypatch.setattr(module, "_WORK", 34 * 34 * 40)

    found = introductions(karate(), 3)

    assert len(found) == 3
    assert all(each.gain > 0 for each in found)
    best = introductions(karate(), 1, left_out=np.empty(0, int))[0].gain
    assert found[0].gain <= best + 1e-9


def test_nobody_outside_the_list_is_named() -> None:
    with pytest.raises(EngineError, match="outside"):
        introductions(network_of(2, []), 1, apart=[(0, 7)])
    with pytest.raises(EngineError, match="wanted"):
        introductions(network_of(2, []), -1)
