"""How far two orders agree."""

from __future__ import annotations

import numpy as np
import pytest
from bench.ranks import kendall, over_communities


def by_hand(one: list[int], other: list[int]) -> float:
    """Kendall's τ-b, pair after pair, as it is defined."""
    score = only_one = only_other = 0
    for second in range(len(one)):
        for first in range(second):
            a, b = one[second] - one[first], other[second] - other[first]
            score += (a * b > 0) - (a * b < 0)
            only_one += a != 0
            only_other += b != 0
    return float(score / (only_one * only_other) ** 0.5)


def test_an_order_with_ties_has_its_published_tau() -> None:
    # The example of scipy.stats.kendalltau.
    assert kendall([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]) == pytest.approx(-0.4714045207910316)


def test_an_order_without_ties_counts_its_exchanges() -> None:
    assert kendall([1, 2, 3, 4], [1, 2, 4, 3]) == pytest.approx(4 / 6)


@pytest.mark.parametrize("seed", range(5))
def test_every_pair_is_looked_at(seed: int) -> None:
    one, other = np.random.default_rng(seed).integers(0, 6, (2, 40)).tolist()

    assert kendall(one, other) == pytest.approx(by_hand(one, other))


def test_a_column_that_never_differs_agrees_with_nothing() -> None:
    assert np.isnan(kendall([1, 1, 1], [1, 2, 3]))


def test_communities_weigh_as_many_as_they_are() -> None:
    found = over_communities(np.array([[0.0], [1.0]]), [3, 1], seed=1, resamples=2000)[0]

    assert (found.value, found.low, found.high) == (0.25, 0.0, 1.0)


def test_a_community_without_a_value_has_no_say() -> None:
    values = np.array([[0.5, np.nan], [0.5, 0.25], [0.5, 0.25]])
    first, second = over_communities(values, [1, 1, 1], seed=1, resamples=500)

    assert (first.low, first.high) == (0.5, 0.5)
    assert (second.value, second.low, second.high) == (0.25, 0.25, 0.25)


def test_an_interval_is_as_wide_as_theory_says() -> None:
    values = np.random.default_rng(1).normal(size=(400, 1))
    found = over_communities(values, np.ones(400), seed=1, resamples=4000)[0]

    assert found.high - found.low == pytest.approx(2 * 1.96 * values.std() / 20, rel=0.05)
