"""How those who care about the same thing are tied to each other."""

from __future__ import annotations

import networkx
import numpy as np
import pytest

from guyub.engine.network.group_ties import group_ties


def test_a_chain_of_three_beside_two_who_know_nobody() -> None:
    (found,) = group_ties(6, [0, 1, 4], [1, 2, 5], [np.array([0, 1, 2, 3, 4])])

    assert (found.people, found.tied, found.largest) == (5, 2, 3)
    assert found.share == pytest.approx(2 / 10)


def test_ties_named_by_both_or_of_several_kinds_are_one_pair() -> None:
    (found,) = group_ties(2, [0, 1, 0], [1, 0, 1], [np.array([0, 1])])

    assert (found.tied, found.share) == (1, 1.0)


def test_few_people_have_no_share() -> None:
    nobody, alone = group_ties(2, [], [], [np.array([], np.int64), np.array([1])])

    assert (nobody.people, nobody.largest, nobody.share) == (0, 0, None)
    assert (alone.people, alone.largest, alone.share) == (1, 1, None)


def test_it_is_what_networkx_says() -> None:
    graph = networkx.gnm_random_graph(60, 90, seed=4)
    one, other = zip(*graph.edges, strict=True)
    group = np.arange(0, 60, 2)
    part = graph.subgraph(group.tolist())

    (found,) = group_ties(60, one, other, [group])

    assert found.tied == part.number_of_edges()
    assert found.largest == max(map(len, networkx.connected_components(part)))
    assert found.share == pytest.approx(networkx.density(part))
