"""Visits within the hours there are."""

from __future__ import annotations

from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import assume
from hypothesis import strategies as st

import real_data
from engine.examples import (
    Exact,
    community,
    diffusion_of,
    diffusions,
    karate,
    problem_of,
    random_diffusion,
    whatever,
)
from guyub.engine.diffusion.model import constant
from guyub.engine.diffusion.simulations import simulate
from guyub.engine.errors import EngineError
from guyub.engine.seeds.budget import affordable_choices, choose_visits
from guyub.engine.seeds.catalysts import catalysts

WORTH = np.array([1.0, 5.0, 0.0, 2.0, 4.0, 0.5, 3.0])


def best(exact: Exact, offered: dict[tuple[int, ...], float], budget: float, worth=None) -> float:
    """The most that any visits within the budget reach."""
    visits = list(offered)
    choices = chain.from_iterable(combinations(visits, many) for many in range(1, len(visits) + 1))
    return max(
        exact.reach([person for visit in choice for person in visit], worth)
        for choice in choices
        if sum(offered[visit] for visit in choice) <= budget
    )


def drawn_costs(seed: int, size: int = 7) -> np.ndarray:
    return np.random.default_rng(seed).choice([0.5, 1.0, 1.5, 2.0, 3.0], size)


@pytest.mark.parametrize("seed", range(16))
def test_the_best_visits_within_the_hours_are_found(seed: int) -> None:
    diffusion, costs, budget = random_diffusion(seed), drawn_costs(seed), 1.5 + seed % 4
    exact = Exact(diffusion)
    most = best(exact, {(each,): costs[each] for each in range(7)}, budget)

    found = choose_visits(problem_of(diffusion, seed=seed), costs, budget)

    reached = exact.reach(found.people)
    assert found.cost <= budget
    assert found.cost == pytest.approx(costs[found.people].sum())
    assert reached >= max(found.guarantee * most, most - 0.05)
    assert found.at_most >= most
    assert found.guarantee > 0.9
    assert found.estimate == pytest.approx(reached, abs=0.06)
    assert found.gains.sum() == pytest.approx(found.estimate, abs=0.1)


@pytest.mark.parametrize("seed", range(8))
def test_those_met_together_are_visited_both_or_not_at_all(seed: int) -> None:
    diffusion, costs = random_diffusion(seed), drawn_costs(seed)
    exact, together = Exact(diffusion), {(0, 3): 1.5, (5, 6): 2.0}
    offered = {(each,): costs[each] for each in (1, 2, 4)} | together

    found = choose_visits(
        problem_of(diffusion, seed=seed, weights=WORTH), costs, 3.5, together=together
    )

    assert set(found.visits) <= set(offered)
    assert found.cost == pytest.approx(sum(offered[visit] for visit in found.visits))
    assert found.cost <= 3.5
    most = best(exact, offered, 3.5, WORTH)
    assert exact.reach(found.people, WORTH) >= max(found.guarantee * most, most - 0.25)


@pytest.mark.parametrize("seed", range(6))
def test_where_there_are_too_many_choices_the_certificate_still_holds(seed: int) -> None:
    generator = np.random.default_rng(seed)
    hundredths, reach = generator.integers(50, 200, 24), generator.uniform(0.0, 1.0, 24)
    # Each can move one other person and nobody else, so what they reach adds up: a knapsack.
    diffusion = diffusion_of(48, {(each, each + 24): float(reach[each]) for each in range(24)})
    table = np.zeros(801)
    for cost, value in zip(hundredths, 1.0 + reach, strict=True):
        table[cost:] = np.maximum(table[cost:], table[: 801 - cost] + value)
    costs = np.concatenate((hundredths / 100, np.ones(24)))

    found = choose_visits(problem_of(diffusion, seed=seed, excluded=np.arange(24, 48)), costs, 8.0)

    assert affordable_choices(costs[:24], 8.0, 3000) is None
    assert found.cost <= 8.0
    assert found.at_most >= table[-1]
    assert (1.0 + reach[found.people]).sum() >= 0.95 * table[-1]
    assert found.guarantee > 0.9


def test_one_dear_person_who_reaches_all_is_not_lost_to_many_cheap_ones() -> None:
    star = diffusion_of(40, {(0, end): 1.0 for end in range(1, 31)})
    costs = np.ones(40)
    costs[0] = 5.0

    found = choose_visits(problem_of(star), costs, 5.0)

    assert found.people.tolist() == [0]
    assert found.estimate == pytest.approx(31.0, abs=0.5)


def test_where_every_visit_costs_the_same_the_plan_is_as_good_as_one_of_so_many_people() -> None:
    diffusion = constant(karate(), 0.1)

    of_three, of_hours = (
        catalysts(problem_of(diffusion), 3),
        choose_visits(problem_of(diffusion), np.full(34, 2.0), 6.5),
    )

    assert len(of_hours.visits) == 3
    one, other = (
        simulate(diffusion, each.people, simulations=20_000).reach.expected
        for each in (of_three, of_hours)
    )
    assert other == pytest.approx(one, rel=0.02)


def test_the_excluded_and_those_met_with_them_are_not_visited() -> None:
    diffusion = random_diffusion(2)

    found = choose_visits(
        problem_of(diffusion, excluded=[1], active=[4]), np.ones(7), 7.0, together={(0, 1): 1.0}
    )

    assert not {0, 1, 4} & set(found.people.tolist())


@pytest.mark.parametrize("seed", range(4))
def test_what_is_gained_over_the_active_is_the_most_within_the_hours(seed: int) -> None:
    diffusion, costs, active = random_diffusion(seed), drawn_costs(seed), [0, 4]
    exact = Exact(diffusion)
    before = exact.reach(active)
    choices = [
        each
        for many in range(1, 6)
        for each in combinations([1, 2, 3, 5, 6], many)
        if costs[list(each)].sum() <= 3.0
    ]
    most = max(exact.reach([*active, *each]) for each in choices) - before

    found = choose_visits(problem_of(diffusion, seed=seed, active=active), costs, 3.0)

    gained = exact.reach([*active, *found.people]) - before
    assert gained >= max(found.guarantee * most, most - 0.05)


@whatever(diffusions(), st.data(), examples=30)
def test_visits_keep_within_the_hours_and_the_same_seed_gives_the_same(diffusion, data) -> None:
    size = diffusion.network.size
    cost = st.sampled_from([0.1, 0.25, 1.0, 3.7])
    costs = np.array(data.draw(st.lists(cost, min_size=size, max_size=size)))
    budget = data.draw(st.sampled_from([0.5, 1.0, 4.0, 100.0]))
    assume(costs.min() <= budget)

    once, again = (choose_visits(problem_of(diffusion), costs, budget) for _ in range(2))

    assert once.visits == again.visits
    assert (once.estimate, once.guarantee) == (again.estimate, again.guarantee)
    assert len(set(once.people.tolist())) == once.people.size
    assert costs[once.people].sum() <= budget + 1e-6
    assert 0.0 <= once.guarantee <= 1.0


def test_every_affordable_choice_is_looked_at_once() -> None:
    costs = np.array([2.0, 1.0, 3.0, 1.5])
    wanted = {
        frozenset(each)
        for many in (1, 2, 3, 4)
        for each in combinations(range(4), many)
        if costs[list(each)].sum() <= 4.5
    }

    choices = affordable_choices(costs, 4.5, 100)

    assert choices is not None
    assert len(choices) == len(wanted)
    assert {frozenset(row) for row in choices.tolist()} == wanted
    assert affordable_choices(costs, 4.5, len(wanted) - 1) is None


@pytest.mark.parametrize("name", real_data.NAMES)
def test_in_real_communities_the_hours_are_well_spent(name: str) -> None:
    network = community(name)
    diffusion = constant(network, 0.1)
    # A visit to somebody with many ties takes longer.
    costs = 0.5 + 0.1 * network.undirected.out_degree
    cheapest = np.argsort(costs, kind="stable")
    cheapest = cheapest[np.cumsum(costs[cheapest]) <= 8.0]
    per_hour = np.argsort(-network.out_degree / costs, kind="stable")
    per_hour = per_hour[np.cumsum(costs[per_hour]) <= 8.0]

    found = choose_visits(problem_of(diffusion), costs, 8.0)

    assert found.cost <= 8.0
    assert found.guarantee > 0.6
    mine = simulate(diffusion, found.people, simulations=1500, seed=5).totals
    for other in (cheapest, per_hour):
        difference = mine - simulate(diffusion, other, simulations=1500, seed=5).totals
        assert difference.mean() >= -3.9 * difference.std(ddof=1) / np.sqrt(1500)


@pytest.mark.parametrize(
    ("costs", "budget", "wishes", "fragment"),
    [
        ([1.0] * 6, 2.0, {}, "6 costs for 7 people"),
        ([0.0] * 7, 2.0, {}, "more than 0"),
        ([np.inf] * 7, 2.0, {}, "more than 0"),
        ([3.0] * 7, 2.0, {}, "No visit fits"),
        ([1.0] * 7, 2.0, {"together": {(0, 1): 1.0, (1, 2): 1.0}}, "in two of the visits"),
        ([1.0] * 7, 2.0, {"together": {(0, 7): 1.0}}, "outside the 7 people"),
        ([1.0] * 7, 2.0, {"epsilon": 0.5}, "epsilon lies between 0 and 0.39"),
    ],
)
def test_visits_that_cannot_be_planned_are_refused(costs, budget, wishes, fragment: str) -> None:
    with pytest.raises(EngineError, match=fragment):
        choose_visits(problem_of(random_diffusion(1)), costs, budget, **wishes)
