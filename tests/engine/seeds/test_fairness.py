"""Plans that look to every group, and their price."""

from __future__ import annotations

import csv
from collections.abc import Callable
from itertools import combinations

import networkx as nx
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
from guyub.engine.diffusion.model import DiffusionModel, constant
from guyub.engine.errors import EngineError
from guyub.engine.seeds.fairness import AIMS, FairPlan, fair_catalysts

GROUPS = np.array([0, 0, 0, 0, 1, 1, 2])
MET = {"welfare": lambda shares: float(np.sqrt(shares).sum()), "worst": lambda shares: shares.min()}


def shares_of(chances: np.ndarray, groups: np.ndarray) -> np.ndarray:
    return np.array([chances[groups == each].mean() for each in range(groups.max() + 1)])


def reached(plan: FairPlan) -> np.ndarray:
    return np.array([group.reached for group in plan.groups])


@pytest.mark.parametrize("aim", AIMS)
@pytest.mark.parametrize("seed", range(8))
def test_the_fairest_of_all_choices_is_found(aim: str, seed: int) -> None:
    diffusion, met = random_diffusion(seed), MET[aim]
    exact = Exact(diffusion)
    most = max(met(shares_of(exact.chances(each), GROUPS)) for each in combinations(range(7), 2))

    found = fair_catalysts(problem_of(diffusion, seed=seed), 2, GROUPS, aim=aim)

    shares = shares_of(exact.chances(found.people), GROUPS)
    assert met(shares) >= max(found.guarantee * most, most - 0.02)
    assert found.guarantee > 0.9
    assert reached(found).tolist() == pytest.approx(shares, abs=0.02)


@pytest.mark.parametrize("aim", AIMS)
@pytest.mark.parametrize("seed", range(3))
def test_over_what_the_active_reach_the_fairest_choice_is_found(aim: str, seed: int) -> None:
    diffusion, met = random_diffusion(seed), MET[aim]
    exact = Exact(diffusion)
    others = [each for each in range(7) if each not in (0, 4)]
    most = max(
        met(shares_of(exact.chances([0, 4, *each]), GROUPS)) for each in combinations(others, 2)
    )

    found = fair_catalysts(problem_of(diffusion, seed=seed, active=[0, 4]), 2, GROUPS, aim=aim)

    shares = shares_of(exact.chances([0, 4, *found.people]), GROUPS)
    assert met(shares) >= max(found.guarantee * most, most - 0.02)
    assert reached(found).tolist() == pytest.approx(shares, abs=0.02)


def certain(seed: int) -> tuple[DiffusionModel, Callable[[tuple[int, ...]], np.ndarray]]:
    """Twenty people whom news reaches for certain or never, and whom each choice reaches."""
    graph = nx.gnp_random_graph(20, 0.06, seed=seed, directed=True)
    reach = [{each} | nx.descendants(graph, each) for each in range(20)]

    def chances(people: tuple[int, ...]) -> np.ndarray:
        heard = np.zeros(20)
        heard[list(set().union(*(reach[person] for person in people)))] = 1.0
        return heard

    return diffusion_of(20, dict.fromkeys(graph.edges, 1.0)), chances


@pytest.mark.parametrize("aim", AIMS)
@pytest.mark.parametrize("seed", range(6))
def test_among_very_many_choices_the_plan_is_close_to_the_fairest(aim: str, seed: int) -> None:
    (diffusion, chances), met = certain(seed), MET[aim]
    groups = np.repeat([0, 1, 2], [11, 6, 3])
    most = max(met(shares_of(chances(each), groups)) for each in combinations(range(20), 4))

    found = fair_catalysts(problem_of(diffusion, seed=seed), 4, groups, aim=aim)

    shares = shares_of(chances(tuple(found.people.tolist())), groups)
    assert met(shares) >= found.guarantee * most
    assert met(shares) >= 0.93 * most
    assert found.guarantee > (0.75 if aim == "welfare" else 0.4)


def test_a_small_group_apart_is_forgotten_by_the_plain_plan_and_seen_by_the_fair_one() -> None:
    star = {(0, end): 0.9 for end in range(1, 12)} | {(12, end): 0.9 for end in range(13, 23)}
    diffusion = diffusion_of(26, star | {(23, 24): 0.9, (23, 25): 0.9})
    groups = np.repeat([0, 1], [23, 3])

    for aim in AIMS:
        found = fair_catalysts(problem_of(diffusion), 2, groups, aim=aim)

        assert set(found.plain.tolist()) == {0, 12}
        assert 23 in found.people
        assert found.groups[1].reached == pytest.approx((1 + 2 * 0.9) / 3, abs=0.02)
        assert found.groups[1].reached_plainly == 0.0
        assert [group.people for group in found.groups] == [23, 3]
        assert [group.chosen for group in found.groups] == [1, 1]
        assert found.price.expected == pytest.approx(10.0 - 2.8, abs=0.3)
        assert found.price.low <= 10.0 - 2.8 <= found.price.high


@whatever(diffusions(), st.data(), examples=15)
def test_a_fair_plan_keeps_to_its_candidates_and_adds_up(diffusion, data) -> None:
    size = diffusion.network.size
    groups = np.array(data.draw(st.lists(st.integers(-1, 2), min_size=size, max_size=size)))
    inside = groups[groups >= 0]
    assume(inside.size and np.bincount(inside).all())
    aim = data.draw(st.sampled_from(AIMS))

    once, again = (fair_catalysts(problem_of(diffusion), 1, groups, aim=aim) for _ in range(2))

    assert once.people.tolist() == again.people.tolist()
    assert once.groups == again.groups
    assert 0.0 <= once.guarantee <= 1.0
    assert sum(group.part for group in once.groups) == pytest.approx(1.0, abs=1e-6) or all(
        group.reached == 0.0 for group in once.groups
    )
    if (groups >= 0).all():
        heard = sum(group.people * group.reached for group in once.groups)
        assert heard == pytest.approx(once.reach.expected)


@pytest.mark.parametrize("aim", AIMS)
@pytest.mark.parametrize(
    ("name", "column"),
    [("arang-dak", "sex"), ("karnataka-village", "gender"), ("illinois-doctors", "city")],
)
def test_in_real_communities_the_fair_plan_meets_its_aim_better(name, column, aim) -> None:
    network = community(name)
    with open(real_data.files(name)[0], encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    groups = np.unique([row[column] for row in rows], return_inverse=True)[1]
    diffusion = constant(network, 0.1)

    found = fair_catalysts(problem_of(diffusion), 5, groups, aim=aim)

    plainly = np.array([group.reached_plainly for group in found.groups])
    assert MET[aim](reached(found)) >= MET[aim](plainly) - 0.01
    assert found.price.low <= 0.1 * found.plain_reach.expected + 5.0
    assert found.guarantee > 0.4


def test_everybody_in_one_group_is_the_plain_question() -> None:
    diffusion = constant(karate(), 0.1)

    found = fair_catalysts(problem_of(diffusion), 3, np.zeros(34, int))

    assert abs(found.price.expected) < 0.2


@pytest.mark.parametrize(
    ("groups", "wishes", "fragment"),
    [
        ([0] * 6, {}, "one whole number for each of 7"),
        ([0.5] * 7, {}, "one whole number"),
        ([-1] * 7, {}, "somebody has to be in one"),
        ([-2] + [0] * 6, {}, "numbered from 0"),
        ([0, 2, 2, 2, 2, 2, 2], {}, "without gaps"),
        ([0] * 7, {"aim": "equal"}, "'equal' is not known"),
        ([0] * 7, {"weights": [2.0] * 7}, "everyone once"),
        ([0] * 7, {"excluded": range(7)}, "cannot be chosen"),
    ],
)
def test_a_plan_that_cannot_be_fair_is_refused(groups, wishes, fragment: str) -> None:
    aim = wishes.pop("aim", "welfare")

    with pytest.raises(EngineError, match=fragment):
        fair_catalysts(problem_of(random_diffusion(1), **wishes), 1, groups, aim=aim)
