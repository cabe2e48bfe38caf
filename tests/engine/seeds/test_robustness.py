"""What stays of a plan when ties are uncertain."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest

from engine.examples import Exact, diffusion_of, karate, network_of, problem_of, random_diffusion
from guyub.engine.diffusion.model import constant
from guyub.engine.errors import EngineError
from guyub.engine.seeds.catalysts import catalysts
from guyub.engine.seeds.robustness import plan_membership, stability_of


@pytest.mark.parametrize("seed", range(3))
def test_each_stays_in_the_plan_of_as_many_networks_as_there_are(seed: int) -> None:
    diffusion = random_diffusion(seed, size=6, arcs=8)
    existence = np.ones(8)
    existence[[0, 3, 6]] = [0.3, 0.6, 0.8]
    exact, sure = np.zeros(6), 0.0
    for kept in product([False, True], repeat=3):
        there = np.ones(8)
        there[[0, 3, 6]] = kept
        network = Exact(
            replace(diffusion, probability=(diffusion.probability * there).astype("f4"))
        )
        weight = np.prod(np.where(kept, existence[[0, 3, 6]], 1 - existence[[0, 3, 6]]))
        reach = [network.reach([person]) for person in range(6)]
        first, second = np.argsort(reach)[::-1][:2]
        # Where two are as good as each other, either may be taken.
        sure += weight if reach[first] - reach[second] > 0.05 else 0.0
        exact[first] += weight

    share = plan_membership(problem_of(diffusion, seed=seed), existence, 1, networks=400)

    assert np.abs(share - exact).max() <= 0.1 + (1.0 - sure)
    assert share.sum() == pytest.approx(1.0)


@pytest.mark.parametrize("seed", range(4))
def test_the_plan_is_the_best_on_average_over_all_networks(seed: int) -> None:
    diffusion, existence = random_diffusion(seed), np.random.default_rng(seed).uniform(0, 1, 12)
    mean = replace(diffusion, probability=(diffusion.probability * existence).astype("f4"))
    average = Exact(mean)
    most = max(average.reach(each) for each in combinations(range(7), 2))

    found = catalysts(problem_of(mean, seed=seed), 2)

    assert average.reach(found.people) >= most - 0.03
    assert found.estimate == pytest.approx(average.reach(found.people), abs=0.06)


def test_whose_ties_are_certain_is_sure_and_whose_are_guessed_is_one_of_several() -> None:
    star = {(0, end): 0.9 for end in range(1, 9)}
    guessed = {(9, 10): 0.9, (11, 12): 0.9, (13, 14): 0.9}
    diffusion = diffusion_of(15, star | guessed)

    share = plan_membership(problem_of(diffusion), [1.0] * 8 + [0.4] * 3, 2)

    assert stability_of(share[0]) == "sure"
    assert {stability_of(share[person]) for person in (11, 13)} == {"one_of_several"}


def test_somebody_stays_as_often_as_the_tie_is_there_that_makes_them_best() -> None:
    diffusion = diffusion_of(4, {(0, 1): 0.8, (2, 3): 1.0})

    share = plan_membership(problem_of(diffusion), [1.0, 0.3], 1, networks=400)

    assert share[2] == pytest.approx(0.3, abs=0.07)
    assert share[0] == pytest.approx(0.7, abs=0.07)


def test_where_every_tie_is_certain_the_networks_agree() -> None:
    star = diffusion_of(10, {(0, end): 0.8 for end in range(1, 6)} | {(6, 7): 0.9, (6, 8): 0.9})

    share = plan_membership(problem_of(star), np.ones(7), 2)

    assert share[[0, 6]].tolist() == pytest.approx([1.0, 1.0])


def test_the_excluded_and_the_active_are_in_no_plan_and_the_same_seed_gives_the_same() -> None:
    diffusion = constant(karate(), 0.2)
    existence = np.full(diffusion.network.arcs, 0.7)

    problem = problem_of(diffusion, excluded=[0], active=[33])

    once, again = (plan_membership(problem, existence, 3) for _ in range(2))

    assert once[[0, 33]].tolist() == [0.0, 0.0]
    assert once.tolist() == again.tolist()
    assert once.sum() == pytest.approx(3.0)


@pytest.mark.parametrize(
    ("existence", "fragment"),
    [([0.5] * 3, "3 chances for 12 arcs"), ([1.5] * 12, "between 0 and 1")],
)
def test_chances_that_are_none_are_refused(existence, fragment: str) -> None:
    with pytest.raises(EngineError, match=fragment):
        plan_membership(problem_of(random_diffusion(1)), existence, 1)


def test_the_shares_of_two_seeds_differ_by_no_more_than_forty_networks_do() -> None:
    # Two equal stars: either middle is chosen, as the sets drawn for each network fall.
    rows = [(0, end) for end in range(1, 40)] + [(40, end) for end in range(41, 80)]
    diffusion = constant(network_of(80, rows), 0.05)

    shares = [
        plan_membership(problem_of(diffusion, seed=seed), np.full(78, 0.9), 1, networks=40)[0]
        for seed in range(12)
    ]

    # Four standard errors around a half.
    assert np.std(shares) < 0.15
    assert np.abs(np.array(shares) - 0.5).max() < 4 * 0.5 / np.sqrt(40)
