"""Spreading that needs more than one voice."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume
from hypothesis import strategies as st

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
from guyub.engine.diffusion.model import DiffusionModel, constant
from guyub.engine.diffusion.simulations import simulate
from guyub.engine.diffusion.thresholds import simulate_adoption
from guyub.engine.errors import EngineError
from guyub.engine.seeds.habits import habit_plan


def exact_habit(diffusion: DiffusionModel, people, needs: int) -> float:
    """The expected number who take it up, over every simulation."""
    exact, network = Exact(diffusion), diffusion.network
    live = (np.arange(exact.weight.size)[:, None] >> np.arange(network.arcs)) & 1 == 1
    expected = 0.0
    for simulation, weight in zip(live, exact.weight, strict=True):
        shown = np.zeros((network.size, network.size), int)
        shown[network.out_sources[simulation], network.out_targets[simulation]] = 1
        active = np.zeros(network.size, bool)
        active[list(people)] = True
        for _ in range(network.size):
            active |= active @ shown >= needs
        expected += weight * active.sum()
    return expected


def ring(size: int = 20) -> DiffusionModel:
    """Everybody is tied to the two next on either side, and passes on for certain."""
    ties = {(a, (a + step) % size): 1.0 for a in range(size) for step in (1, 2, -1, -2)}
    return diffusion_of(size, ties)


@pytest.mark.parametrize(
    ("people", "needs", "taken_up"),
    [([0], 1, 20), ([0], 2, 1), ([0, 1], 2, 20), ([0, 10], 2, 2), ([0, 1, 2], 3, 3)],
)
def test_on_a_ring_a_habit_needs_two_side_by_side(people, needs, taken_up) -> None:
    # Worked out by hand after Centola and Macy (2007).
    assert set(simulate_adoption(ring(), people, needs, simulations=5)) == {taken_up}


@whatever(diffusions(), st.integers(0, 1000), examples=25)
def test_a_habit_that_one_other_is_enough_for_is_news(diffusion, seed) -> None:
    plan = [0, diffusion.network.size - 1]

    news = simulate(diffusion, plan, simulations=50, seed=seed).totals

    assert (
        simulate_adoption(diffusion, plan, 1, simulations=50, seed=seed).tolist() == news.tolist()
    )


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("needs", [1, 2])
def test_a_habit_is_taken_up_as_often_as_in_all_worlds_together(needs: int, seed: int) -> None:
    diffusion = random_diffusion(seed, arcs=10)

    seen = simulate_adoption(diffusion, [0, 2, 5], needs, simulations=40_000).mean()

    assert seen == pytest.approx(exact_habit(diffusion, [0, 2, 5], needs), abs=0.04)


@pytest.mark.parametrize("seed", range(5))
def test_the_best_beginners_of_a_habit_are_found_among_few(seed: int) -> None:
    diffusion = random_diffusion(seed, arcs=10)
    most = max(exact_habit(diffusion, each, 2) for each in combinations(range(7), 3))

    found = habit_plan(problem_of(diffusion, seed=seed), 3)

    assert found.complete
    assert exact_habit(diffusion, found.people, 2) >= most - 0.2
    assert found.reach.low <= exact_habit(diffusion, found.people, 2) + 0.02
    assert found.reach.high >= exact_habit(diffusion, found.people, 2) - 0.02


def test_a_habit_begins_with_people_side_by_side_where_news_begins_apart() -> None:
    found = habit_plan(problem_of(ring(60)), 2)

    assert not found.complete
    assert found.reach.expected == 60.0
    assert (found.people[1] - found.people[0]) % 60 in (1, 2, 58, 59)
    assert found.more.expected == 60.0 - found.plain_reach.expected


def test_every_beginning_is_improved_or_left_as_good_as_it_was() -> None:
    diffusion = constant(karate(), 0.6)

    found = habit_plan(problem_of(diffusion), 2)

    assert {"plain", "core"} <= set(found.beginnings)
    assert any(way.startswith("around") for way in found.beginnings)
    assert all(after >= before for before, after in found.beginnings.values())
    pairs = combinations(range(34), 2)
    best = max(
        simulate_adoption(diffusion, each, 2, simulations=500, seed=3).mean() for each in pairs
    )
    assert found.reach.expected >= 0.95 * best


def test_in_a_real_village_a_plan_for_a_habit_carries_it_further_than_one_for_news() -> None:
    found = habit_plan(problem_of(constant(community("karnataka-village"), 0.5)), 5, needs=3)

    assert found.more.low > 0.0


@whatever(diffusions(), st.data(), examples=20)
def test_a_habit_keeps_to_who_may_begin_and_the_same_seed_gives_the_same(diffusion, data) -> None:
    person = st.integers(0, diffusion.network.size - 1)
    excluded, active = data.draw(st.sets(person)), data.draw(st.sets(person))
    allowed = set(range(diffusion.network.size)) - excluded - active
    assume(allowed)

    once, again = (
        habit_plan(problem_of(diffusion, excluded=list(excluded), active=list(active)), 1)
        for _ in range(2)
    )

    assert set(once.people.tolist()) <= allowed
    assert once.people.tolist() == again.people.tolist()
    assert once.reach == again.reach
    assert len(active) + 1 <= once.reach.expected <= diffusion.network.size


def test_people_with_weights_count_for_them_when_they_take_a_habit_up() -> None:
    diffusion = diffusion_of(5, {(0, 2): 1.0, (1, 2): 1.0, (0, 3): 1.0, (4, 3): 1.0})

    found = habit_plan(problem_of(diffusion, weights=[1, 1, 1, 9, 1], excluded=[2, 3]), 2)

    assert found.people.tolist() == [0, 4]
    assert found.reach.expected == 11.0


@pytest.mark.parametrize("needs", [0, [1, 1, 1, 0, 1, 1, 1]])
def test_a_habit_that_needs_nobody_is_refused(needs) -> None:
    with pytest.raises(EngineError, match="at least 1 other"):
        habit_plan(problem_of(random_diffusion(1)), 2, needs=needs)
    with pytest.raises(EngineError, match="at least 1 other"):
        simulate_adoption(random_diffusion(1), [0], needs, simulations=5)
