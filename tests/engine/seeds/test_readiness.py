"""Who starts things by themselves, and plans between reach and readiness."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import strategies as st

from engine.examples import Exact, diffusion_of, diffusions, problem_of, random_diffusion, whatever
from engine.frames import TODAY, frame_of
from guyub.engine.errors import EngineError
from guyub.engine.seeds.readiness import readiness, tradeoffs


def test_deeds_weigh_twice_as_much_as_what_was_observed() -> None:
    frame = replace(
        frame_of(5, [], [(1, "initiative", 4.0, TODAY, 1), (2, "initiative", 0.0, TODAY, 1)]),
        promises_kept=np.array([0, 0, 8, 8, 0], np.int32),
        promises_broken=np.array([0, 0, 0, 0, 8], np.int32),
    )

    found = readiness(frame)

    assert found.tolist() == pytest.approx(
        [
            0.5,
            (2 * 0.5 + 1.0) / 3,
            (2 * 0.9 + 0.0) / 3,
            (2 * 0.9 + 0.5) / 3,
            (2 * 0.1 + 0.5) / 3,
        ]
    )
    assert readiness(frame, (0.0, 1.0)).tolist() == [0.5, 1.0, 0.0, 0.5, 0.5]


def test_one_promise_kept_says_less_than_ten() -> None:
    frame = replace(frame_of(2), promises_kept=np.array([1, 10], np.int32))

    one, ten = readiness(frame)

    assert 0.5 < one < ten < 1.0


@pytest.mark.parametrize("weights", [(0.0, 0.0), (-1.0, 2.0)])
def test_weights_that_weigh_nothing_are_refused(weights: tuple[float, float]) -> None:
    with pytest.raises(EngineError, match="weigh 0 or more"):
        readiness(frame_of(2), weights)


def test_where_reach_and_readiness_pull_apart_both_ends_and_what_lies_between_are_shown() -> None:
    # 0 reaches three and is not ready; 4 reaches two and is half ready; 7 is ready and alone.
    ties = {(0, end): 1.0 for end in (1, 2, 3)} | {(4, end): 1.0 for end in (5, 6)}
    ready = np.zeros(8)
    ready[[4, 7]] = 0.5, 1.0

    found = tradeoffs(problem_of(diffusion_of(8, ties)), 1, ready)

    assert [each.people.tolist() for each in found] == [[0], [4], [7]]
    assert [each.reach.expected for each in found] == [4.0, 3.0, 1.0]
    assert [each.ready for each in found] == [0.0, 0.5, 1.0]


def test_where_the_readiest_reach_most_there_is_one_plan() -> None:
    ready = np.array([1.0, 0.0, 0.0])

    (only,) = tradeoffs(problem_of(diffusion_of(3, {(0, 1): 1.0, (0, 2): 1.0})), 1, ready)

    assert only.people.tolist() == [0]


@pytest.mark.parametrize("seed", range(6))
def test_no_choice_of_one_is_better_in_both_than_a_plan_that_is_shown(seed: int) -> None:
    diffusion = random_diffusion(seed)
    exact, ready = Exact(diffusion), np.random.default_rng(seed).uniform(0.0, 1.0, 7)

    found = tradeoffs(problem_of(diffusion), 1, ready, rates=np.linspace(0.0, 20.0, 81).tolist())

    for plan in found:
        reach = exact.reach(plan.people)
        for other in range(7):
            assert not (exact.reach([other]) > reach + 0.05 and ready[other] > plan.ready + 1e-9)
    assert found[-1].ready == pytest.approx(ready.max(), abs=0.05)


@whatever(diffusions(), st.integers(0, 9), examples=25)
def test_along_the_plans_reach_falls_as_readiness_rises(diffusion, seed: int) -> None:
    ready = np.random.default_rng(seed).uniform(0.0, 1.0, diffusion.network.size)

    found = tradeoffs(problem_of(diffusion, seed=seed), 1, ready)

    for plan, after in zip(found, found[1:], strict=False):
        assert plan.reach.expected >= after.reach.expected
        assert plan.ready < after.ready


def test_plans_keep_to_who_may_be_chosen_and_add_to_the_active() -> None:
    ties = {(0, end): 1.0 for end in (1, 2, 3)}
    ready = np.array([1.0, 0.2, 0.3, 0.4, 0.9, 0.8])

    found = tradeoffs(problem_of(diffusion_of(6, ties), excluded=[4], active=[0]), 2, ready)

    assert all(set(each.people.tolist()) <= {1, 2, 3, 5} for each in found)
    assert all(5 in each.people for each in found)
    assert found[0].reach.expected == 5.0
    assert {tuple(sorted(each.people.tolist())) for each in found} <= set(combinations(range(6), 2))


def test_what_is_no_readiness_is_refused() -> None:
    diffusion = random_diffusion(1)

    with pytest.raises(EngineError, match="from 0 to 1"):
        tradeoffs(problem_of(diffusion), 1, np.full(7, 1.5))
    with pytest.raises(EngineError, match="from 0 to 1"):
        tradeoffs(problem_of(diffusion), 1, np.zeros(3))
    with pytest.raises(EngineError, match="8 people cannot be chosen"):
        tradeoffs(problem_of(diffusion), 8, np.zeros(7))
