"""Two words at the same time: who is nearer to the plan than to those against it?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume
from hypothesis import strategies as st

from engine.examples import (
    Told,
    diffusion_of,
    diffusions,
    karate,
    mask,
    problem_of,
    random_diffusion,
    whatever,
)
from guyub.engine.diffusion.influence import Dispositions, Ties, diffusion_from_ties
from guyub.engine.diffusion.model import DiffusionModel, constant
from guyub.engine.diffusion.simulations import simulate
from guyub.engine.diffusion.thresholds import simulate_adoption
from guyub.engine.diffusion.timeline import timeline
from guyub.engine.errors import EngineError
from guyub.engine.network.graph import Network
from guyub.engine.seeds.budget import choose_visits
from guyub.engine.seeds.catalysts import catalysts
from guyub.engine.seeds.fairness import fair_catalysts
from guyub.engine.seeds.habits import habit_plan
from guyub.engine.seeds.reverse_reachable import ReverseGraph, ReverseSets, count_hits

NOISE = 0.05


def competitive(seed: int, *opponents: int, arcs: int = 12) -> DiffusionModel:
    return replace(random_diffusion(seed, arcs=arcs), opponents=np.array(opponents, np.int64))


@pytest.mark.parametrize("seed", range(10))
def test_played_forward_as_many_are_won_as_in_all_worlds_together(seed: int) -> None:
    diffusion = competitive(seed, 2, 5)
    told, plan = Told(diffusion), [seed % 2, 3, 6]

    played = simulate(diffusion, plan, simulations=40_000, seed=seed)

    assert played.reach.expected == pytest.approx(told.won(plan), abs=0.03)
    adds = np.diff([0.0, *(told.won(plan[:count]) for count in (1, 2, 3))])
    assert played.marginal == pytest.approx(adds, abs=0.03)


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("seed", range(10))
def test_the_choice_is_the_best_against_them_and_its_guarantee_holds(seed: int, count: int) -> None:
    diffusion = competitive(seed, 2, arcs=11)
    told = Told(diffusion)
    most = told.best([0, 1, 3, 4, 5, 6], count)

    found = catalysts(problem_of(diffusion, seed=seed, excluded=[2]), count)

    won = told.won(found.people)
    assert won >= max(found.guarantee * most, most - NOISE)
    assert found.at_most >= most
    assert found.guarantee > 0.9
    assert found.estimate == pytest.approx(won, abs=NOISE)


@pytest.mark.parametrize("seed", range(8))
def test_with_people_who_have_begun_the_most_is_won_besides_them(seed: int) -> None:
    diffusion, active = competitive(seed, 2), (0, 4)
    told = Told(diffusion)
    most = told.best([1, 3, 5, 6], 2, active)

    found = catalysts(problem_of(diffusion, seed=seed, excluded=[2], active=active), 2)

    gained = told.won([*active, *found.people]) - told.won(active)
    assert gained >= max(found.guarantee * most, most - NOISE)
    assert found.estimate == pytest.approx(gained, abs=NOISE)
    assert found.gains.sum() == pytest.approx(gained, abs=2 * NOISE)


def test_whoever_hears_both_in_the_same_round_believes_the_opposite() -> None:
    meeting = {(0, 2): 1.0, (1, 2): 1.0, (2, 3): 1.0}
    diffusion = replace(diffusion_of(4, meeting), opponents=np.array([1]))

    assert simulate(diffusion, [0], simulations=2).reach.expected == 1.0
    assert timeline(diffusion, [0], simulations=2).reach.max() == 1.0
    assert catalysts(problem_of(diffusion, excluded=[1, 2, 3]), 1).estimate == 1.0


def test_behind_somebody_who_is_won_first_the_opposite_does_not_come() -> None:
    # 0 and 3 both reach 2, who alone leads on to 4 and 5; the word from 3 takes a round longer.
    arcs = {(0, 2): 1.0, (3, 1): 1.0, (1, 2): 1.0, (2, 4): 1.0, (4, 5): 1.0}
    diffusion = replace(diffusion_of(6, arcs), opponents=np.array([3]))

    assert simulate(diffusion, [0], simulations=2).reach.expected == 4.0
    assert catalysts(problem_of(diffusion, excluded=[3]), 1).people.tolist() == [0]


def test_somebody_in_the_way_of_the_opposite_is_worth_more_than_the_best_connected() -> None:
    # 0 reaches four whom nobody else can; 5 holds six back from 6, who would tell them otherwise.
    arcs = {(0, each): 1.0 for each in (1, 2, 3, 4)}
    arcs |= {(6, 5): 1.0} | {(5, each): 1.0 for each in range(7, 12)}
    diffusion = diffusion_of(12, arcs)

    plain = catalysts(problem_of(diffusion, excluded=[6]), 1)
    assert plain.people.tolist() == [5]
    held = replace(diffusion, opponents=np.array([6]))
    assert catalysts(problem_of(held, excluded=[6]), 1).estimate == pytest.approx(6.0)
    near = replace(diffusion, opponents=np.array([5]))
    assert catalysts(problem_of(near, excluded=[5]), 1).people.tolist() == [0]


@pytest.mark.parametrize("active", [[], [1]])
@pytest.mark.parametrize("seed", range(6))
def test_sets_that_are_only_counted_are_those_that_are_kept(seed: int, active: list[int]) -> None:
    held = replace(competitive(seed, 2), probability=np.full(12, 0.7, np.float32))
    backward, number = ReverseGraph.of(held, mask(7, active), np.ones(7)), np.uint64(seed)
    pool = ReverseSets(backward, number)
    pool.grow(2000, 10**6)

    for plan in ([0], [3, 4], [5, 6, 0]):
        covered = pool.coverage().greedy(len(plan), mask(7, plan))[1].sum()
        assert count_hits(backward, number, 2000, np.array(plan)) == covered


@whatever(diffusions(), st.integers(0, 2**40), st.data(), examples=30)
def test_of_the_same_people_fewer_are_won_the_more_speak_against(diffusion, seed, data) -> None:
    size = diffusion.network.size
    people = st.sets(st.integers(0, size - 1))
    few, plan = data.draw(people), sorted(data.draw(people))
    many = few | data.draw(people)

    won = [
        simulate(
            replace(diffusion, opponents=np.array(sorted(each), int)),
            plan,
            simulations=20,
            seed=seed,
        )
        for each in (set(), few, many)
    ]

    assert (won[0].totals >= won[1].totals).all()
    assert (won[1].totals >= won[2].totals).all()
    assert (won[2].totals == 0).all() or set(plan) - many


@whatever(diffusions(), st.integers(0, 2**40), st.data(), examples=30)
def test_round_by_round_as_many_are_won_as_at_the_end(diffusion, seed, data) -> None:
    size = diffusion.network.size
    people = st.sets(st.integers(0, size - 1))
    plan, opponents = data.draw(people), data.draw(people)
    assume(plan)
    held = replace(diffusion, opponents=np.array(sorted(opponents), np.int64))

    followed = timeline(held, sorted(plan), simulations=20, seed=seed, most=size)

    at_the_end = simulate(held, sorted(plan), simulations=20, seed=seed)
    assert followed.reach[-1] == pytest.approx(at_the_end.reach.expected)
    assert followed.heard[0].sum() == len(plan - opponents)


def test_other_wishes_go_together_with_it() -> None:
    network = karate()
    held = replace(constant(network, 0.2), opponents=np.array([33, 2]))
    free = constant(network, 0.2)
    opposed = [33, 2]

    visits = choose_visits(problem_of(held, excluded=opposed), np.ones(34), 3.0)
    fair = fair_catalysts(problem_of(held, excluded=opposed), 3, np.arange(34) % 2)
    weighed = catalysts(problem_of(held, excluded=opposed, weights=np.arange(34.0)), 3)

    assert visits.estimate == pytest.approx(
        catalysts(problem_of(held, excluded=opposed), 3).estimate, rel=0.05
    )
    assert (
        fair.reach.expected < fair_catalysts(problem_of(free), 3, np.arange(34) % 2).reach.expected
    )
    assert weighed.guarantee > 0.8
    played = simulate(held, weighed.people, simulations=20_000, weights=np.arange(34.0))
    assert played.reach.expected == pytest.approx(weighed.estimate, rel=0.03)


def test_active_opponents_speak_up_only_where_that_is_asked() -> None:
    network = Network.from_ties(3, [0, 1], [1, 2])
    ties = Ties(
        kinds=("friend",),
        kind=np.zeros(2, np.int8),
        strength=np.zeros(2, np.int8),
        by_one=np.zeros(2, np.bool_),
    )
    stance = Dispositions.unknown(3)
    stance = replace(stance, stance=np.array([5.0, 4.0, np.nan]))

    silent = diffusion_from_ties(network, ties, stance)
    loud = diffusion_from_ties(network, ties, stance, competitive=True)

    assert silent.opponents.size == 0
    assert silent.probability[0] == 0.0
    assert loud.opponents.tolist() == [0]
    assert loud.probability[0] > 0.0
    assert loud.probability[1] == silent.probability[1] > 0.0


def test_where_one_voice_is_enough_a_habit_has_opponents_as_news_has() -> None:
    diffusion = competitive(1, 2)

    taken_up = simulate_adoption(diffusion, [0, 4], 1, simulations=50, seed=3)

    assert taken_up.tolist() == simulate(diffusion, [0, 4], simulations=50, seed=3).totals.tolist()


@pytest.mark.parametrize(
    "ask",
    [
        lambda diffusion: habit_plan(problem_of(diffusion), 2),
        lambda diffusion: simulate_adoption(diffusion, [0], 2, simulations=5),
        lambda diffusion: timeline(diffusion, [0], needs=2),
    ],
)
def test_against_a_habit_nobody_can_speak(ask) -> None:
    with pytest.raises(EngineError, match="opponents of news, not of a habit"):
        ask(competitive(1, 2))
