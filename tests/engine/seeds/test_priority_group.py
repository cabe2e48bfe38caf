"""Where some people are to be reached above all."""

from __future__ import annotations

import numpy as np
import pytest

from engine.examples import Exact, community, diffusion_of, problem_of, random_diffusion
from engine.frames import frame_of, planned
from guyub.engine.diffusion.model import weighted_cascade
from guyub.engine.errors import EngineError
from guyub.engine.seeds.priority_group import priority_catalysts


def two_stars() -> tuple:
    """Person 0 reaches four others, person 5 three who are wanted."""
    ties = {(0, end): 0.5 for end in (1, 2, 3, 4)} | {(5, end): 0.5 for end in (6, 7, 8)}
    return diffusion_of(9, ties), [6, 7, 8]


def test_whoever_reaches_those_who_are_wanted_is_chosen_and_the_price_is_said() -> None:
    diffusion, wanted = two_stars()

    found = priority_catalysts(problem_of(diffusion), 1, wanted)

    assert (found.people.tolist(), found.plain.tolist()) == ([5], [0])
    # 0 reaches 3 people, 5 two and a half of whom one and a half are wanted.
    assert found.price.expected == pytest.approx(0.5, abs=0.05)
    first, others = found.groups
    assert (first.people, others.people) == (3, 6)
    assert first.reached == pytest.approx(0.5, abs=0.02)
    assert first.reached_plainly == 0.0
    assert found.reach.expected == pytest.approx(2.5, abs=0.05)


@pytest.mark.parametrize("seed", range(5))
def test_no_other_choice_reaches_more_of_what_the_wanted_are_worth(seed: int) -> None:
    diffusion = random_diffusion(seed)
    wanted = np.array([seed % 7, (seed + 3) % 7])
    worth = np.ones(7)
    worth[wanted] = 3.0
    exact = Exact(diffusion)

    found = priority_catalysts(problem_of(diffusion, seed=seed), 1, wanted)

    reached = exact.reach(found.people, worth)
    best = max(exact.reach([person], worth) for person in range(7))
    assert reached >= max(found.guarantee * best, best - 0.05)


def test_on_a_real_network_more_of_the_wanted_are_reached_and_fewer_of_all() -> None:
    diffusion = weighted_cascade(community("karnataka-village"))
    wanted = np.arange(0, 843, 9)

    found = priority_catalysts(problem_of(diffusion), 5, wanted, times=20.0)

    assert found.groups[0].reached > found.groups[0].reached_plainly
    assert found.price.expected > 0
    assert found.guarantee > 0.6


def test_a_starting_plan_names_the_wanted_and_the_others() -> None:
    ties = [(0, end, "friend") for end in (1, 2, 3, 4)] + [(5, end, "friend") for end in (6, 7, 8)]
    frame = frame_of(9, ties, sub_community=("Krajan",) * 5 + ("Kali",) * 4)

    plan = planned(frame, 1, fair_by="sub_community", aim="wanted:Kali")

    assert [person.id for person in plan.catalysts] == ["p5"]
    assert plan.fairness is not None
    assert plan.fairness.aim == "wanted:Kali"
    assert list(plan.fairness.groups) == ["Kali", "others"]
    assert list(plan.comparison)[0] == "plain"
    with pytest.raises(EngineError, match="Nobody is in a group called 'Alas'"):
        planned(frame, 1, fair_by="sub_community", aim="wanted:Alas")


@pytest.mark.parametrize("wanted", [[], list(range(9))])
def test_where_nobody_or_everybody_is_wanted_that_is_refused(wanted: list[int]) -> None:
    with pytest.raises(EngineError, match="not nobody"):
        priority_catalysts(problem_of(two_stars()[0]), 1, wanted)


def test_whoever_is_wanted_counts_more_than_once() -> None:
    with pytest.raises(EngineError, match="more than once"):
        priority_catalysts(problem_of(two_stars()[0]), 1, [6], times=1.0)
