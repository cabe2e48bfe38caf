"""People who start only with some chance, each on their own."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import strategies as st

from engine.examples import Exact, Told, diffusion_of, random_diffusion, whatever
from guyub.engine.diffusion.model import DiffusionModel, constant
from guyub.engine.diffusion.simulations import simulate
from guyub.engine.errors import EngineError
from guyub.engine.network.graph import Network
from guyub.engine.seeds.budget import choose_visits
from guyub.engine.seeds.catalysts import catalysts, quick_catalysts, share_of_best
from guyub.engine.seeds.coverage import Coverage
from guyub.engine.seeds.fairness import fair_catalysts
from guyub.engine.seeds.independent_starts import IndependentStarts
from guyub.engine.seeds.priority_group import priority_catalysts
from guyub.engine.seeds.problem import SeedProblem
from guyub.engine.seeds.reverse_reachable import ReverseGraph, count_hits
from guyub.engine.seeds.robustness import plan_membership


def expected(reach, people, chance) -> float:
    """What is expected of people, from the reach of each part of them that may start."""
    total = 0.0
    for starts in product((False, True), repeat=len(people)):
        likely = np.prod(
            [chance[p] if s else 1 - chance[p] for p, s in zip(people, starts, strict=True)]
        )
        started = [p for p, s in zip(people, starts, strict=True) if s]
        total += likely * (reach(started) if started else 0.0)
    return float(total)


def drawn_chances(seed: int, size: int = 7) -> np.ndarray:
    return np.random.default_rng(seed).uniform(0.02, 0.9, size)


PAIR = diffusion_of(2, {(0, 1): 0.5})


@pytest.mark.parametrize(
    ("people", "reach"), [((0,), 1.2), ((1,), 0.4), ((0, 1), 1.44)], ids=["first", "second", "both"]
)
def test_the_worked_example_of_the_design_comes_out(people: tuple[int, ...], reach: float) -> None:
    chance = np.array([0.8, 0.4])
    assert expected(lambda s: Exact(PAIR).reach(s), people, chance) == pytest.approx(reach)

    problem = SeedProblem.of(PAIR, candidates=list(people), chance=chance)
    found = catalysts(problem, len(people))

    assert sorted(found.people.tolist()) == list(people)
    assert found.estimate == pytest.approx(reach, abs=0.02)


def test_who_is_chosen_second_adds_only_what_the_first_leaves() -> None:
    found = catalysts(SeedProblem.of(PAIR, chance=[0.8, 0.4]), 2)

    assert found.people.tolist() == [0, 1]
    assert found.gains.tolist() == pytest.approx([1.2, 0.24], abs=0.01)


@pytest.mark.parametrize("seed", range(24))
@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_best_choice_of_a_small_community_is_found_and_the_guarantee_holds(
    seed: int, count: int
) -> None:
    diffusion, chance = random_diffusion(seed), drawn_chances(seed)
    exact = Exact(diffusion)
    most = max(expected(exact.reach, each, chance) for each in combinations(range(7), count))

    found = catalysts(SeedProblem.of(diffusion, chance=chance, seed=seed), count)

    reached = expected(exact.reach, found.people.tolist(), chance)
    assert reached >= max(found.guarantee * most, most - 0.03)
    assert found.at_most >= most
    assert found.estimate == pytest.approx(reached, abs=0.05)
    assert found.guarantee > 0.85


@pytest.mark.parametrize("seed", range(6))
def test_where_all_start_for_certain_the_plan_is_the_plain_plan_to_the_digit(seed: int) -> None:
    diffusion = random_diffusion(seed)

    plain = catalysts(SeedProblem.of(diffusion, seed=seed), 2)
    certain = catalysts(SeedProblem.of(diffusion, chance=np.ones(7), seed=seed), 2)

    assert certain.people.tolist() == plain.people.tolist()
    assert (certain.estimate, certain.guarantee, certain.at_most) == (
        plain.estimate,
        plain.guarantee,
        plain.at_most,
    )


@pytest.mark.parametrize("seed", range(10))
def test_the_own_simulation_draws_who_starts_and_finds_the_same(seed: int) -> None:
    # An independent one: who starts is drawn, and reach is looked up.
    diffusion, chance = random_diffusion(seed), drawn_chances(seed)
    plan = np.random.default_rng(seed).permutation(7)[:3]
    generator, exact = np.random.default_rng(seed + 100), Exact(diffusion)
    started = [plan[generator.random(3) < chance[plan]].tolist() for _ in range(4000)]
    known = {part: exact.reach(part) if part else 0.0 for part in {tuple(s) for s in started}}

    played = simulate(diffusion, plan, simulations=20_000, starts=chance[plan])

    assert played.reach.expected == pytest.approx(
        expected(exact.reach, plan.tolist(), chance), abs=0.05
    )
    assert played.reach.expected == pytest.approx(
        np.mean([known[tuple(each)] for each in started]), abs=0.2
    )


def test_what_each_adds_and_whom_they_reach_first_add_up_to_the_reach() -> None:
    diffusion, chance = random_diffusion(3), drawn_chances(3)

    played = simulate(diffusion, [2, 5, 1], simulations=500, starts=chance[[2, 5, 1]], first=True)

    assert played.first is not None
    assert played.first.sum(axis=1) / 500 == pytest.approx(played.marginal)
    assert played.added.sum(axis=0) == pytest.approx(played.totals)


def test_sets_that_are_counted_and_forgotten_tell_the_same() -> None:
    diffusion, chance = random_diffusion(4), drawn_chances(4)
    people = np.array([0, 3])
    graph = ReverseGraph.of(diffusion, np.zeros(7, bool), np.ones(7), chance)

    hits = count_hits(graph, np.uint64(9), 40_000, people)

    known = expected(Exact(diffusion).reach, people.tolist(), chance)
    assert 7 * hits / 40_000 == pytest.approx(known, abs=0.05)


def test_the_guarantee_holds_in_nearly_all_of_many_runs() -> None:
    diffusion, chance = random_diffusion(11), drawn_chances(11)
    exact = Exact(diffusion)
    most = max(expected(exact.reach, each, chance) for each in combinations(range(7), 2))
    failed = 0
    for seed in range(60):
        found = catalysts(SeedProblem.of(diffusion, chance=chance, seed=seed), 2, delta=0.05)
        reached = expected(exact.reach, found.people.tolist(), chance)
        failed += reached < found.guarantee * most or found.at_most < most
    # With a chance of 0.05 each, more than 8 of 60 would happen less than once in a hundred times.
    assert failed <= 8


def sets_of(size: int, sets: list[set[int]], chance: np.ndarray) -> IndependentStarts:
    members = [person for each in sets for person in sorted(each)]
    ends = np.cumsum([0, *map(len, sets)])
    return IndependentStarts(
        size, len(sets), ends, np.array(members, np.int32), chance[members].astype(float)
    )


def worth(sets: list[set[int]], chance: np.ndarray, people) -> float:
    return float(sum(1 - np.prod([1 - chance[p] for p in people if p in each]) for each in sets))


@st.composite
def collections(draw):
    size = draw(st.integers(2, 8))
    person = st.integers(0, size - 1)
    sets = draw(st.lists(st.sets(person, min_size=1, max_size=5), min_size=1, max_size=30))
    chance = np.array(
        draw(st.lists(st.sampled_from([0.02, 0.1, 0.33, 0.9, 1.0]), min_size=size, max_size=size))
    )
    return size, sets, chance


@whatever(collections(), st.integers(1, 3))
def test_no_choice_covers_more_than_the_bounds(drawn, count: int) -> None:
    size, sets, chance = drawn
    count = min(count, size)
    coverage, everybody = sets_of(size, sets, chance), np.ones(size, bool)
    costs = np.ones(size)
    best = max(worth(sets, chance, each) for each in combinations(range(size), count))

    chosen, gains, bound = coverage.greedy(count, everybody)
    covered = worth(sets, chance, chosen.tolist())
    pressed = coverage.pressed_bound(chosen, covered, costs, float(count), 0.0)
    exchanged, hit = coverage.exchanged(chosen, costs, float(count))
    exact, most = coverage.best_of_all(count, everybody)

    assert gains.sum() == pytest.approx(covered)
    assert bound >= best - 1e-9
    assert pressed >= best - 1e-9
    assert covered >= (1 - 1 / np.e) * best - 1e-9
    assert hit == pytest.approx(worth(sets, chance, exchanged.tolist()))
    assert hit >= covered - 1e-9
    assert most == pytest.approx(best)
    assert worth(sets, chance, exact.tolist()) == pytest.approx(best)


@whatever(collections(), st.floats(1.0, 6.0))
def test_a_budget_is_kept_and_bounded(drawn, budget: float) -> None:
    size, sets, chance = drawn
    coverage = sets_of(size, sets, chance)
    costs = np.array([1.0 + person % 3 for person in range(size)])
    within = [
        each
        for many in range(1, size + 1)
        for each in combinations(range(size), many)
        if costs[list(each)].sum() <= budget
    ]
    best = max(worth(sets, chance, each) for each in within)
    for by_cost in (False, True):
        people, covered, bound = coverage.greedy_within(
            costs, budget, by_cost, np.empty(0, np.int64)
        )
        assert costs[people].sum() <= budget
        assert covered == pytest.approx(worth(sets, chance, people.tolist()))
        assert bound >= best - 1e-9


@whatever(collections())
def test_certain_starts_are_plain_coverage(drawn) -> None:
    size, sets, _chance = drawn
    members = np.array([person for each in sets for person in sorted(each)], np.int32)
    ends = np.cumsum([0, *map(len, sets)])
    plain = Coverage(size, len(sets), ends, members)
    certain = IndependentStarts(size, len(sets), ends, members, np.ones(members.size))
    everybody, count = np.ones(size, bool), min(3, size)

    ours, theirs = certain.greedy(count, everybody), plain.greedy(count, everybody)

    assert ours[0].tolist() == theirs[0].tolist()
    assert ours[1].tolist() == theirs[1].tolist()
    assert ours[2] == theirs[2]


def test_those_who_are_met_in_one_visit_may_each_start() -> None:
    chance = np.array([0.5, 0.4, 0.3])
    coverage = sets_of(3, [{0, 1}, {1, 2}, {0}], chance)

    visits = coverage.relabelled(np.array([0, 0, 1], np.int32), 2)

    assert visits.covered_by(np.array([[0], [1]])).tolist() == pytest.approx(
        [(1 - 0.5 * 0.6) + 0.4 + 0.5, 0.3]
    )


@pytest.mark.parametrize("seed", range(10))
def test_visits_within_hours_keep_their_guarantee(seed: int) -> None:
    diffusion, chance = random_diffusion(seed), drawn_chances(seed)
    costs = np.random.default_rng(seed).choice([1.0, 2.0, 3.0], 7)
    exact, budget = Exact(diffusion), 4.0
    within = [
        each
        for many in range(1, 5)
        for each in combinations(range(7), many)
        if costs[list(each)].sum() <= budget
    ]
    most = max(expected(exact.reach, each, chance) for each in within)

    found = choose_visits(SeedProblem.of(diffusion, chance=chance, seed=seed), costs, budget)

    reached = expected(exact.reach, found.people.tolist(), chance)
    assert costs[found.people].sum() <= budget
    assert reached >= max(found.guarantee * most, most - 0.05)
    assert found.at_most >= most


@pytest.mark.parametrize("seed", range(8))
def test_who_is_active_starts_for_certain_and_is_counted_beside(seed: int) -> None:
    diffusion, chance = random_diffusion(seed), drawn_chances(seed)
    exact, active = Exact(diffusion), seed % 7
    others = [person for person in range(7) if person != active]

    def adds(people) -> float:
        return (
            expected(lambda s: exact.reach([active, *s]), people, chance)
            + (np.prod([1 - chance[p] for p in people]) * exact.reach([active]))
            - exact.reach([active])
        )

    most = max(adds(each) for each in combinations(others, 2))
    problem = SeedProblem.of(diffusion, active=[active], chance=chance, seed=seed)

    found = catalysts(problem, 2)

    assert active not in found.people
    assert adds(found.people.tolist()) >= max(found.guarantee * most, most - 0.03)
    assert found.estimate == pytest.approx(adds(found.people.tolist()), abs=0.05)


@pytest.mark.parametrize("seed", range(8))
def test_opponents_who_speak_leave_the_guarantee_as_it_is(seed: int) -> None:
    diffusion = replace(random_diffusion(seed), opponents=np.array([6]))
    chance, told = drawn_chances(seed), Told(diffusion)
    others = list(range(6))
    most = max(expected(told.won, each, chance) for each in combinations(others, 2))
    problem = SeedProblem.of(diffusion, candidates=others, chance=chance, seed=seed)

    found = catalysts(problem, 2)

    reached = expected(told.won, found.people.tolist(), chance)
    assert reached >= max(found.guarantee * most, most - 0.03)
    assert found.estimate == pytest.approx(reached, abs=0.05)
    played = simulate(diffusion, found.people, simulations=20_000, starts=chance[found.people])
    assert played.reach.expected == pytest.approx(reached, abs=0.05)


@pytest.mark.parametrize("aim", ["welfare", "worst"])
@pytest.mark.parametrize("seed", range(5))
def test_every_group_is_looked_to_when_people_may_not_start(seed: int, aim: str) -> None:
    diffusion, chance = random_diffusion(seed), drawn_chances(seed)
    group = np.array([0, 0, 0, 0, 1, 1, 1])
    exact = Exact(diffusion)

    def met(people) -> float:
        shares = np.array(
            [
                expected(lambda s, g=g: exact.chances(s)[group == g].sum(), people, chance)
                / (group == g).sum()
                for g in (0, 1)
            ]
        )
        return float(np.sqrt(shares).sum() if aim == "welfare" else shares.min())

    most = max(met(each) for each in combinations(range(7), 2))

    found = fair_catalysts(SeedProblem.of(diffusion, chance=chance, seed=seed), 2, group, aim=aim)

    assert met(found.people.tolist()) >= max(found.guarantee * most, most - 0.03)
    shares = [each.reached for each in found.groups]
    assert (sum(np.sqrt(shares)) if aim == "welfare" else min(shares)) == pytest.approx(
        met(found.people.tolist()), abs=0.02
    )


def test_a_priority_group_counts_more_when_people_may_not_start() -> None:
    stars = diffusion_of(8, {(0, 1): 0.5, (0, 2): 0.5, (0, 3): 0.5, (4, 5): 0.5, (4, 6): 0.5})
    problem = SeedProblem.of(stars, chance=np.full(8, 0.5))

    found = priority_catalysts(problem, 1, [5, 6])

    assert (found.people.tolist(), found.plain.tolist()) == ([4], [0])
    assert found.plain_reach.expected == pytest.approx(0.5 * 2.5, abs=0.02)


def test_a_choice_by_hand_is_judged_by_the_same_chances() -> None:
    diffusion, chance = random_diffusion(7), drawn_chances(7)
    exact, problem = Exact(diffusion), SeedProblem.of(diffusion, chance=chance)
    best = catalysts(problem, 2)
    most = max(expected(exact.reach, each, chance) for each in combinations(range(7), 2))

    share = share_of_best(problem, np.array([5, 6]), best)

    assert share <= expected(exact.reach, (5, 6), chance) / most + 1e-9
    assert share == pytest.approx(expected(exact.reach, (5, 6), chance) / most, abs=0.1)


def test_who_starts_sooner_than_others_is_preferred_to_who_reaches_a_little_further() -> None:
    # The test of the intent: three traits at 4 (0.33) with median reach, and a stranger (0.10) who
    # reaches half as far again.
    known = {(0, other): 1.0 for other in (1, 2)}
    stranger = {(3, other): 1.0 for other in (4, 5, 6)} | {(3, 7): 0.5}
    chance = np.full(8, 0.02)
    chance[[0, 3]] = 0.33, 0.10

    plan = quick_catalysts(SeedProblem.of(diffusion_of(8, known | stranger), chance=chance), 1)

    assert plan.tolist() == [0]


def test_firmness_in_a_plan_counts_who_starts() -> None:
    pairs = constant(diffusion_of(4, {(0, 1): 1.0, (2, 3): 1.0}).network, 1.0)
    problem = SeedProblem.of(pairs, chance=[0.1, 0.1, 0.9, 0.1])

    assert plan_membership(problem, [1.0, 0.9], 1).argmax() == 2


def test_a_large_community_is_judged_by_sets_and_keeps_its_promise() -> None:
    drawn = np.random.default_rng(5).integers(0, 6000, (2, 24_000))
    village = constant(Network.from_ties(6000, *drawn), 0.1)
    chance = np.random.default_rng(2).uniform(0.02, 0.5, 6000)

    found = catalysts(SeedProblem.of(village, chance=chance), 10)

    assert found.complete
    assert found.guarantee > 0.53
    played = simulate(village, found.people, starts=chance[found.people])
    assert played.reach.expected == pytest.approx(found.estimate, rel=0.1)


@pytest.mark.parametrize(
    ("chance", "fault"),
    [([0.5], "1 chances for 2 people"), ([0.0, 0.5], "above 0"), ([0.5, 1.1], "at most 1")],
)
def test_chances_that_are_none_are_refused(chance, fault: str) -> None:
    with pytest.raises(EngineError, match=fault):
        SeedProblem.of(PAIR, chance=chance)


def test_all_chances_of_one_are_no_chances() -> None:
    assert (
        SeedProblem.of(
            DiffusionModel(network=PAIR.network, probability=PAIR.probability, name="t"),
            chance=[1, 1],
        ).chance
        is None
    )
