"""When one person more is not worth it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import strategies as st

from engine.examples import Exact, diffusion_of, problem_of, random_diffusion, whatever
from guyub.engine.errors import EngineError
from guyub.engine.seeds.elbow import elbow
from guyub.engine.seeds.reach_curve import reach_curve


@pytest.mark.parametrize(
    ("adds", "count", "before", "after", "share"),
    [
        ([10, 9, 1, 1, 1, 1], 2, 9.5, 1.0, 19 / 23),
        ([8, 1, 1, 1], 1, 8.0, 1.0, 8 / 11),
        ([6, 5, 4, 0, 0], 3, 5.0, 0.0, 1.0),
    ],
)
def test_the_elbow_is_the_last_who_adds_more_than_the_mean(
    adds, count, before, after, share
) -> None:
    found = elbow(adds)

    assert (found.count, found.clear) == (count, True)
    assert (found.before, found.after) == (pytest.approx(before), pytest.approx(after))
    assert found.share == pytest.approx(share)


@pytest.mark.parametrize("adds", [[3, 3, 3], [1.0], [5, 4.8, 4.6, 4.5], [0, 0]])
def test_where_all_add_about_as_much_there_is_no_elbow(adds) -> None:
    found = elbow(adds)

    assert not found.clear
    assert found.count == len(adds)
    assert found.share == 1.0


@whatever(st.lists(st.integers(0, 50), min_size=1, max_size=12))
def test_whoever_stands_before_an_elbow_adds_more_than_all_on_average(adds) -> None:
    falling = sorted(adds, reverse=True)

    found = elbow(falling)

    if found.clear:
        mean = np.mean(falling)
        assert all(each >= mean for each in falling[: found.count])
        assert all(each <= mean for each in falling[found.count :])


def test_the_curve_of_two_stars_bends_after_their_middles() -> None:
    stars = {(0, end): 0.9 for end in range(1, 9)} | {(9, end): 0.9 for end in range(10, 17)}

    found = reach_curve(problem_of(diffusion_of(17, stars)), 6)

    assert found.people[:2].tolist() == [0, 9]
    assert found.adds[:2].tolist() == pytest.approx([1 + 8 * 0.9, 1 + 7 * 0.9], abs=0.05)
    assert found.elbow.clear
    assert found.elbow.count == 2


@pytest.mark.parametrize("seed", range(3))
def test_what_each_adds_is_the_exact_reach_over_those_before_and_the_active(seed: int) -> None:
    diffusion = random_diffusion(seed)
    exact, worth = Exact(diffusion), np.array([1.0, 2.0, 0.0, 3.0, 1.0, 1.0, 5.0])

    found = reach_curve(problem_of(diffusion, active=[2], weights=worth), 3)

    reach = [exact.reach([2, *found.people[:length]], worth) for length in range(4)]
    assert found.adds.tolist() == pytest.approx(np.diff(reach), abs=0.1)


@pytest.mark.parametrize("adds", [[], [1.0, -0.5]])
def test_a_curve_of_nobody_or_that_falls_is_refused(adds) -> None:
    with pytest.raises(EngineError, match="nobody takes away"):
        elbow(adds)
