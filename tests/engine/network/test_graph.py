"""People and who is tied to whom."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import strategies as st

from engine.examples import florentine, karate, network_of, ties, whatever
from guyub.engine.errors import EngineError
from guyub.engine.network.graph import Network, both_ways

NOBODY = np.empty(0, np.int64)


@whatever(ties())
def test_the_arcs_are_the_distinct_ties_between_two_people(given_ties) -> None:
    size, rows = given_ties
    network = network_of(size, rows)

    arcs = list(zip(network.out_sources.tolist(), network.out_targets.tolist(), strict=True))

    assert arcs == sorted({(a, b) for a, b in rows if a != b})
    assert network.self_ties == sum(a == b for a, b in rows)


@whatever(ties())
def test_incoming_arcs_are_the_outgoing_ones_seen_from_the_other_end(given_ties) -> None:
    network = network_of(*given_ties)
    receivers = np.repeat(np.arange(network.size), network.in_degree)

    assert sorted(network.in_arcs) == list(range(network.arcs))
    assert (network.out_targets[network.in_arcs] == receivers).all()
    assert (network.out_sources[network.in_arcs] == network.in_sources).all()


@whatever(ties())
def test_each_tie_knows_its_arc_and_a_self_tie_has_none(given_ties) -> None:
    size, rows = given_ties
    network = network_of(size, rows)
    sources, targets = network.out_sources, network.out_targets

    for (source, target), arc in zip(rows, network.row_arcs, strict=True):
        if source == target:
            assert arc == -1
        else:
            assert (sources[arc], targets[arc]) == (source, target)


@whatever(ties())
def test_the_arcs_given_again_build_the_same_network(given_ties) -> None:
    network = network_of(*given_ties)

    again = Network.from_ties(network.size, network.out_sources, network.out_targets)

    assert (again.out_offsets == network.out_offsets).all()
    assert (again.out_targets == network.out_targets).all()
    assert (again.row_arcs == np.arange(network.arcs)).all()


@whatever(ties(), st.data())
def test_several_ties_are_several_chances(given_ties, data) -> None:
    size, rows = given_ties
    network = network_of(size, rows)
    chances = data.draw(st.lists(st.floats(0, 1), min_size=len(rows), max_size=len(rows)))

    combined = network.combine(chances)

    for arc, pair in enumerate(zip(network.out_sources, network.out_targets, strict=True)):
        missed = np.prod([1 - p for p, row in zip(chances, rows, strict=True) if row == pair])
        assert combined[arc] == pytest.approx(1 - missed, abs=1e-6)


def test_two_chances_of_a_half_are_three_quarters() -> None:
    network = network_of(2, [(0, 1), (1, 0), (0, 1)])

    assert network.combine([0.5, 0.2, 0.5]).tolist() == pytest.approx([0.75, 0.2])


def test_degrees_count_people_and_not_ties() -> None:
    network = network_of(4, [(0, 1), (0, 1), (0, 2), (2, 0), (1, 1)])

    assert network.out_degree.tolist() == [2, 0, 1, 0]
    assert network.in_degree.tolist() == [1, 1, 1, 0]


def test_the_classics_have_their_published_size() -> None:
    club, (families, _) = karate(), florentine()

    assert (club.size, club.to_igraph().ecount()) == (34, 78)
    assert (families.size, families.to_igraph().ecount()) == (15, 20)
    assert club.to_igraph(directed=True).ecount() == club.arcs == 156


def test_undirected_a_tie_named_by_one_end_is_an_edge_too() -> None:
    graph = network_of(4, [(2, 1), (0, 1), (1, 0)]).to_igraph()

    assert sorted(graph.get_edgelist()) == [(0, 1), (1, 2)]


def test_a_mutual_tie_is_returned_and_keeps_its_row() -> None:
    sources, targets, rows = both_ways([0, 1, 2], [1, 2, 0], [True, False, True])

    assert sources.tolist() == [0, 1, 2, 1, 0]
    assert targets.tolist() == [1, 2, 0, 0, 2]
    assert rows.tolist() == [0, 1, 2, 0, 2]


@pytest.mark.parametrize("size", [0, 3])
def test_a_community_without_ties_is_a_network(size: int) -> None:
    network = Network.from_ties(size, NOBODY, NOBODY)

    assert network.arcs == 0
    assert network.out_degree.tolist() == network.in_degree.tolist() == [0] * size
    assert network.to_igraph().vcount() == size


@pytest.mark.parametrize(
    ("sources", "targets", "fragment"),
    [
        ([0, 1], [1], "both ends"),
        ([0], [3], "outside the list of 3"),
        ([-1], [0], "from 0"),
        ([-(2**32)], [1], "from 0"),
        ([2**31], [0], "below 2\\^31"),
        ([0.0], [1.0], "not whole numbers"),
        ([[0, 1]], [[1, 0]], "one column"),
    ],
)
def test_ties_that_make_no_sense_are_refused(sources, targets, fragment: str) -> None:
    with pytest.raises(EngineError, match=fragment):
        Network.from_ties(3, sources, targets)


@pytest.mark.parametrize(
    ("values", "fragment"),
    [([0.5], "1 probabilities for 2 ties"), ([0.5, 1.1], "0 and 1"), ([0.5, np.nan], "0 and 1")],
)
def test_chances_that_make_no_sense_are_refused(values, fragment: str) -> None:
    with pytest.raises(EngineError, match=fragment):
        network_of(3, [(0, 1), (1, 2)]).combine(values)


@whatever(ties())
def test_whoever_named_whom_it_is_the_network_of_every_tie_and_its_return(rows) -> None:
    size, pairs = rows
    network = network_of(size, pairs)
    sources, targets = network.out_sources, network.out_targets

    both = Network.from_ties(
        size, np.concatenate((sources, targets)), np.concatenate((targets, sources))
    )

    for field in fields(Network):
        assert np.array_equal(getattr(network.undirected, field.name), getattr(both, field.name)), (
            field.name
        )
