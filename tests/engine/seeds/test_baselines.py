"""Whom one would pick without computing reach."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import strategies as st

from engine.examples import florentine, karate, mask, mutual, network_of, ties, whatever
from guyub.engine.errors import EngineError
from guyub.engine.network.centrality import betweenness, core_numbers, diffusion_centrality
from guyub.engine.network.graph import Network
from guyub.engine.seeds.baselines import baselines


def plans(network: Network, count: int, **wishes) -> dict[str, list[list[int]]]:
    wishes = {"seed": 1} | wishes
    return {
        choice.name: [plan.tolist() for plan in choice.plans]
        for choice in baselines(network, count, **wishes)
    }


def test_the_karate_club_has_its_published_diffusion_centrality() -> None:
    heard = diffusion_centrality(karate(), steps=5)

    figures = {33: 9.7715, 0: 9.3926, 32: 7.8494, 2: 7.6593, 1: 6.4643}
    assert heard[list(figures)] == pytest.approx(list(figures.values()), abs=5e-5)
    assert np.argsort(-heard)[:5].tolist() == list(figures)


def test_the_florentine_families_have_their_published_diffusion_centrality() -> None:
    network, names = florentine()
    heard = dict(zip(names, diffusion_centrality(network, steps=5), strict=True))

    assert heard["Medici"] == pytest.approx(7.8994, abs=5e-5)
    assert heard["Strozzi"] == pytest.approx(6.0466, abs=5e-5)
    assert heard["Ridolfi"] == pytest.approx(5.6804, abs=5e-5)


def test_the_middle_of_a_star_is_heard_twice_as_often_as_its_ends() -> None:
    heard = diffusion_centrality(mutual(nx.star_graph(4)), passing=0.5, steps=2)

    assert heard.tolist() == [3.0, 1.5, 1.5, 1.5, 1.5]


def test_news_flows_along_the_arrows() -> None:
    heard = diffusion_centrality(network_of(3, [(0, 1), (1, 2)]), passing=0.5, steps=5)

    assert heard.tolist() == [0.75, 0.5, 0.0]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(0, 1), (1, 2), (2, 3)], [3.0, 2.0, 1.0, 0.0]),
        ([(0, 1), (0, 2), (0, 3)], [1.0, 0.0, 0.0, 0.0]),
        ([], [0.0, 0.0, 0.0, 0.0]),
    ],
)
def test_where_nothing_comes_back_news_is_passed_on_by_the_most_arcs_of_one_person(
    rows: list[tuple[int, int]], expected: list[float]
) -> None:
    heard = diffusion_centrality(network_of(4, rows))

    assert heard.tolist() == pytest.approx(expected)


def test_one_step_of_diffusion_is_the_number_of_ties() -> None:
    network = karate()

    heard = diffusion_centrality(network, passing=1.0, steps=1)

    assert heard.tolist() == network.out_degree.tolist()


def test_the_medici_lie_between_as_many_families_as_published() -> None:
    network, names = florentine()

    between = betweenness(network)

    assert between[names.index("Medici")] == pytest.approx(47.5)


@whatever(ties())
def test_betweenness_is_that_of_another_program(given_ties) -> None:
    network = network_of(*given_ties).undirected
    graph = nx.Graph(network.to_igraph().get_edgelist())
    graph.add_nodes_from(range(network.size))

    theirs = nx.betweenness_centrality(graph, normalized=False)

    assert betweenness(network).tolist() == pytest.approx(
        [theirs[person] for person in range(network.size)]
    )


def test_in_a_large_network_betweenness_of_a_sample_is_close() -> None:
    graph = nx.connected_watts_strogatz_graph(2500, 6, 0.1, seed=1)
    network = mutual(graph)
    exact = np.array(network.to_igraph().betweenness())

    sampled = betweenness(network, seed=1)

    assert sampled.sum() == pytest.approx(exact.sum(), rel=0.05)
    assert np.corrcoef(sampled, exact)[0, 1] > 0.9


@whatever(ties())
def test_core_numbers_are_those_of_another_program(given_ties) -> None:
    network = network_of(*given_ties).undirected

    assert core_numbers(network).tolist() == network.to_igraph().coreness()


def test_the_karate_club_has_a_core_of_ten_with_four_ties_each() -> None:
    core = core_numbers(karate())

    assert np.flatnonzero(core == 4).tolist() == [0, 1, 2, 3, 7, 8, 13, 30, 32, 33]


@whatever(ties())
def test_made_symmetric_every_tie_is_returned(given_ties) -> None:
    size, rows = given_ties
    network = network_of(size, rows).undirected

    arcs = set(zip(network.out_sources.tolist(), network.out_targets.tolist(), strict=True))

    assert arcs == {pair for a, b in rows if a != b for pair in ((a, b), (b, a))}


def test_each_usual_choice_takes_the_largest_figures() -> None:
    chosen = plans(karate(), 3)

    assert chosen["most_ties"] == [[33, 0, 32]]
    assert chosen["betweenness"] == [[0, 33, 32]]
    assert chosen["diffusion_centrality"] == [[33, 0, 32]]
    assert chosen["k_core"] == [[33, 0, 32]]


def test_of_equals_the_one_with_more_ties_and_then_the_earlier_one_is_taken() -> None:
    path = mutual(nx.path_graph(5))

    chosen = plans(path, 3, nominated=np.array([2, 0, 2, 0, 2]))

    assert chosen["most_ties"] == [[1, 2, 3]]
    assert chosen["nominations"] == [[2, 0, 4]]


@whatever(ties(), st.data(), examples=30)
def test_only_candidates_are_picked_by_any_choice(given_ties, data) -> None:
    size, rows = given_ties
    allowed = data.draw(st.sets(st.integers(0, size - 1), min_size=1))
    count = data.draw(st.integers(1, len(allowed)))

    chosen = plans(
        network_of(size, rows),
        count,
        candidates=mask(size, allowed),
        nominated=np.arange(size),
        leaders=np.ones(size, bool),
    )

    for name, each in chosen.items():
        for plan in each:
            assert len(set(plan)) == count, name
            assert set(plan) <= allowed, name


def test_nominations_and_leaders_are_compared_only_where_they_were_noted() -> None:
    nothing = {"nominated": np.zeros(34, int), "leaders": mask(34, [])}

    without = plans(karate(), 2)
    empty = plans(karate(), 2, **nothing)
    noted = plans(karate(), 2, nominated=np.arange(34), leaders=mask(34, [5, 9]))

    assert set(empty) == set(without)
    assert set(noted) - set(without) == {"nominations", "formal_leaders"}
    assert noted["nominations"] == [[33, 32]]
    assert noted["formal_leaders"] == [[5, 9]]


def test_of_many_leaders_several_draws_are_made() -> None:
    drawn = plans(karate(), 2, leaders=mask(34, [5, 9, 11, 20]))["formal_leaders"]

    assert len(drawn) == 20
    assert {person for plan in drawn for person in plan} == {5, 9, 11, 20}


def test_random_choices_follow_the_seed() -> None:
    once, again, other = (plans(karate(), 3, seed=seed)["random"] for seed in (1, 1, 2))

    assert once == again != other
    assert len(once) == 20


def test_too_few_candidates_are_refused() -> None:
    with pytest.raises(EngineError, match="fewer than 3 people"):
        baselines(karate(), 3, seed=1, candidates=mask(34, [1, 2]))
