"""How far a plan reaches, watched in simulations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume
from hypothesis import strategies as st

from engine.examples import (
    Exact,
    diffusion_of,
    diffusions,
    karate,
    mask,
    network_of,
    random_diffusion,
    ties,
    whatever,
)
from guyub.engine.diffusion.influence import Dispositions, Ties, diffusion_from_ties
from guyub.engine.diffusion.model import DiffusionModel, constant
from guyub.engine.diffusion.simulations import (
    enough_simulations,
    mean_reach,
    reach_interval,
    simulate,
)
from guyub.engine.errors import EngineError
from guyub.engine.network.graph import Network


def plan_for(data: st.DataObject, size: int) -> list[int]:
    return data.draw(st.lists(st.integers(0, size - 1), unique=True, min_size=1, max_size=4))


def test_the_interval_covers_the_exact_reach() -> None:
    covered = []
    for seed in range(40):
        diffusion = random_diffusion(seed)
        exact = Exact(diffusion)
        for plan in ([0], [1, 2], [3, 4, 5]):
            reach = simulate(diffusion, plan, simulations=4000, seed=seed).reach
            error = abs(reach.expected - exact.reach(plan))
            margin = reach.high - reach.expected + 1e-9
            assert error <= 2 * margin
            covered.append(error <= margin)

    assert np.mean(covered) >= 0.97


@pytest.mark.parametrize("seed", range(4))
def test_of_people_with_weights_the_weight_reached_is_counted(seed: int) -> None:
    diffusion = random_diffusion(seed)
    worth = np.array([0.0, 3.0, 1.0, 0.5, 7.0, 0.0, 2.0])
    exact = Exact(diffusion)
    growth = np.diff([0.0, *(exact.reach(plan, worth) for plan in ([5], [5, 2], [5, 2, 0]))])

    played = simulate(diffusion, [5, 2, 0], simulations=40_000, weights=worth)
    either = mean_reach(diffusion, [[5], [5]], simulations=40_000, weights=worth)

    assert played.marginal.tolist() == pytest.approx(growth, abs=0.2)
    assert either.expected == pytest.approx(growth[0], abs=0.2)


def test_each_person_adds_what_the_exact_reach_grows_by() -> None:
    diffusion = random_diffusion(3)
    exact = Exact(diffusion)
    plan = [5, 2, 0]
    growth = np.diff([0.0, *(exact.reach(plan[:length]) for length in (1, 2, 3))])

    added = simulate(diffusion, plan, simulations=40_000).marginal

    assert added.tolist() == pytest.approx(growth, abs=0.05)


def test_along_a_chain_the_reach_is_a_geometric_series() -> None:
    chain = diffusion_of(5, {(person, person + 1): 0.5 for person in range(4)})

    reach = simulate(chain, [0], simulations=50_000).reach

    assert reach.expected == pytest.approx(1 + 0.5 + 0.25 + 0.125 + 0.0625, abs=0.03)


def test_an_arc_lives_as_often_as_its_chance_says() -> None:
    fan = diffusion_of(9, {(0, person): person / 8 for person in range(1, 9)})

    first = simulate(fan, [0], simulations=50_000, first=True).first

    assert (first[0, 1:] / 50_000).tolist() == pytest.approx(np.arange(1, 9) / 8, abs=0.012)


def test_arcs_live_independently_of_one_another() -> None:
    fan = diffusion_of(9, {(0, person): 0.5 for person in range(1, 9)})

    totals = simulate(fan, [0], simulations=50_000).totals

    assert totals.var() == pytest.approx(8 * 0.25, abs=0.06)


@whatever(diffusions(), st.data())
def test_reach_lies_between_the_plan_and_everybody(diffusion, data) -> None:
    size = diffusion.network.size
    plan = plan_for(data, size)

    played = simulate(diffusion, plan, simulations=50)

    assert (played.totals >= len(plan)).all()
    assert (played.totals <= size).all()


@whatever(diffusions(), st.data())
def test_what_each_adds_sums_to_the_reach_of_all(diffusion, data) -> None:
    played = simulate(diffusion, plan_for(data, diffusion.network.size), simulations=50)

    assert played.marginal.sum() == pytest.approx(played.reach.expected)
    assert (played.added >= 0).all()


@whatever(diffusions(), st.data())
def test_in_the_same_worlds_one_more_person_never_lowers_reach(diffusion, data) -> None:
    *plan, more = plan_for(data, diffusion.network.size)
    assume(plan)

    before = simulate(diffusion, plan, simulations=50)
    after = simulate(diffusion, [*plan, more], simulations=50)

    assert (after.totals >= before.totals).all()
    assert (after.added[:-1] == before.added).all()


@whatever(diffusions(), st.data())
def test_in_the_same_worlds_the_order_of_visits_does_not_change_reach(diffusion, data) -> None:
    plan = plan_for(data, diffusion.network.size)

    there, back = (simulate(diffusion, each, simulations=50) for each in (plan, plan[::-1]))

    assert (there.totals == back.totals).all()


@whatever(diffusions(), st.data())
def test_likelier_arcs_never_lower_reach_in_the_same_worlds(diffusion, data) -> None:
    plan = plan_for(data, diffusion.network.size)
    raised = DiffusionModel(
        network=diffusion.network, probability=np.sqrt(diffusion.probability), name="likelier"
    )

    before, after = (simulate(each, plan, simulations=50).totals for each in (diffusion, raised))

    assert (after >= before).all()


@whatever(diffusions(), st.data())
def test_the_first_to_reach_are_counted_once_in_each_world(diffusion, data) -> None:
    plan = plan_for(data, diffusion.network.size)

    played = simulate(diffusion, plan, simulations=50, first=True)

    assert (played.first.sum(axis=1) == played.added.sum(axis=1)).all()
    assert (played.first.sum(axis=0) <= 50).all()
    assert (played.first[:, plan].sum(axis=0) == 50).all()


@whatever(diffusions(), st.integers(), st.data())
def test_the_same_seed_gives_the_same_worlds(diffusion, seed, data) -> None:
    plan = plan_for(data, diffusion.network.size)

    once, again = (simulate(diffusion, plan, simulations=20, seed=seed) for _ in range(2))

    assert (once.added == again.added).all()


def test_another_seed_gives_other_worlds() -> None:
    diffusion = constant(karate(), 0.1)

    one, two = (simulate(diffusion, [0], simulations=200, seed=seed).totals for seed in (1, 2))

    assert (one != two).any()
    assert abs(np.corrcoef(one, two)[0, 1]) < 0.25


def test_the_number_of_threads_changes_nothing() -> None:
    generator = np.random.default_rng(1)
    network = Network.from_ties(2000, *generator.integers(0, 2000, (2, 20_000)))
    diffusion = constant(network, 0.03)

    played = [
        simulate(diffusion, [1, 2], simulations=1100, first=True, threads=threads)
        for threads in (1, 2, 3)
    ]

    for other in played[1:]:
        assert (other.added == played[0].added).all()
        assert (other.first == played[0].first).all()


def test_relabelling_people_keeps_reach() -> None:
    diffusion = random_diffusion(11)
    network = diffusion.network
    moved = np.random.default_rng(1).permutation(network.size)
    arcs = zip(network.out_sources, network.out_targets, diffusion.probability, strict=True)
    renamed = diffusion_of(network.size, {(moved[a], moved[b]): float(p) for a, b, p in arcs})

    before = simulate(diffusion, [0, 3], simulations=40_000).reach
    after = simulate(renamed, moved[[0, 3]], simulations=40_000, seed=2).reach

    assert before.expected == pytest.approx(after.expected, abs=0.05)


@whatever(ties(), st.data())
def test_certain_arcs_reach_whoever_can_be_walked_to(given_ties, data) -> None:
    size, rows = given_ties
    plan = plan_for(data, size)
    graph = network_of(size, rows).to_igraph(directed=True)
    everybody = set().union(*(graph.subcomponent(person, mode="out") for person in plan))

    sure, never = (
        simulate(constant(network_of(size, rows), p), plan, simulations=3).reach for p in (1.0, 0.0)
    )

    assert (sure.low, sure.high) == (len(everybody), len(everybody))
    assert never.expected == len(plan)


@whatever(ties(), st.data())
def test_nobody_is_reached_through_an_active_opponent(given_ties, data) -> None:
    size, rows = given_ties
    opponents = data.draw(st.sets(st.integers(0, size - 1)))
    plan = plan_for(data, size)
    network = network_of(size, rows)
    strongest = Ties(
        kinds=("trust",),
        kind=np.zeros(len(rows), np.int8),
        strength=np.full(len(rows), 5, np.int8),
        by_one=np.zeros(len(rows), bool),
    )
    unknown = np.full(size, np.nan)
    stance = np.where(mask(size, opponents), 5.0, 1.0)
    who = Dispositions(stance=stance, openness=unknown, initiative=unknown)
    graph = network.to_igraph(directed=True)
    graph.delete_edges([edge for edge in graph.es if {edge.source, edge.target} & opponents])
    others = set().union(*(graph.subcomponent(person, mode="out") for person in plan))

    first = simulate(
        diffusion_from_ties(network, strongest, who), plan, simulations=50, first=True
    ).first

    assert set(np.flatnonzero(first.sum(axis=0)).tolist()) <= others


def test_somebody_named_twice_adds_nothing_the_second_time() -> None:
    played = simulate(random_diffusion(5), [2, 2], simulations=30)

    assert (played.added[1] == 0).all()


def test_an_empty_plan_reaches_nobody() -> None:
    assert simulate(random_diffusion(5), [], simulations=30).reach.expected == 0.0


def test_of_many_worlds_the_interval_is_the_normal_one_at_99_percent() -> None:
    reach = reach_interval(np.tile([1, 2, 3, 4, 5], 200_000))

    assert reach.expected == 3.0
    assert reach.high - reach.expected == pytest.approx(2.5758293 * np.sqrt(2e-6), rel=1e-5)
    assert reach.expected - reach.low == pytest.approx(reach.high - reach.expected)
    assert reach.simulations == 1_000_000


def test_a_plan_drawn_from_several_reaches_their_mean() -> None:
    diffusion = random_diffusion(8)
    exact = Exact(diffusion)
    plans = [[0], [3], [6, 1]]

    reach = mean_reach(diffusion, plans, simulations=60_000)

    assert reach.expected == pytest.approx(np.mean([exact.reach(p) for p in plans]), abs=0.05)
    assert reach.simulations == 60_000


def test_larger_networks_are_seen_in_fewer_worlds_but_never_in_few() -> None:
    sizes = (10, 3000, 300_000)
    looked = [enough_simulations(constant(ring(size), 0.1)) for size in sizes]

    assert looked == sorted(looked, reverse=True)
    assert looked[0] >= 1000
    assert looked[0] > looked[-1] >= 30


def ring(size: int) -> Network:
    around = np.arange(size)
    return Network.from_ties(size, around, (around + 1) % size)


@pytest.mark.parametrize(
    ("plan", "simulations", "fragment"),
    [
        ([7], 10, "outside the list of 7"),
        ([-1], 10, "outside the list of 7"),
        ([0], 1, "at least 2 simulations"),
    ],
)
def test_a_plan_that_cannot_be_played_is_refused(plan, simulations, fragment: str) -> None:
    with pytest.raises(EngineError, match=fragment):
        simulate(random_diffusion(1), plan, simulations=simulations)


def test_of_no_plans_there_is_no_reach() -> None:
    with pytest.raises(EngineError, match="no plan"):
        mean_reach(random_diffusion(1), [])


@pytest.mark.parametrize(
    ("simulations", "quantile"), [(21, 2.845), (31, 2.750), (61, 2.660), (121, 2.617)]
)
def test_few_worlds_make_the_interval_as_wide_as_student_says(
    simulations: int, quantile: float
) -> None:
    totals = np.arange(simulations)

    found = reach_interval(totals)

    # Quantiles as tabulated, two-sided 99 %.
    margin = quantile * totals.std(ddof=1) / np.sqrt(simulations)
    assert found.high - found.expected == pytest.approx(margin, rel=0.004)
