"""Who takes something up when."""

from __future__ import annotations

import numpy as np
import pytest
from bench.adoption import Periods, Rates, fit, half_time, log_score, periods


def chain(adopted_at: list[int], last: int) -> Periods:
    """0 acts on 1, 1 on 2, and so on, each with 0.5."""
    return periods(0.5 * np.eye(len(adopted_at), k=1), np.array(adopted_at), last)


def test_somebody_is_at_risk_until_they_adopt() -> None:
    seen = chain([1, 3, 4], last=3)

    assert seen.period.tolist() == [1, 1, 1, 2, 2, 3, 3]
    assert seen.adopted.tolist() == [True, False, False, False, False, True, False]


def test_only_those_who_adopted_before_act_on_others() -> None:
    assert chain([1, 2, 4], last=3).pressure.tolist() == [0, 0, 0, 0.5, 0, 0.5]


def test_half_of_those_who_ever_adopt_have_adopted() -> None:
    assert half_time(np.array([1, 2, 2, 5, 9, 11, 11]), 10) == 2
    assert half_time(np.array([1, 3, 4, 9, 11]), 10) == 3


def test_a_hazard_of_ones_own_is_the_share_who_adopt() -> None:
    seen = chain([1, 3, 4, 4], last=3)

    assert fit(seen, spreading=False).own == pytest.approx(-np.log(1 - 2 / 10), abs=1e-5)


def test_nothing_is_more_likely_than_what_was_fitted() -> None:
    chance = np.random.default_rng(3)
    acting = (chance.random((30, 30)) < 0.1) * 0.2
    seen = periods(acting, chance.integers(1, 9, 30), 7)
    found = fit(seen)
    grid = [
        log_score(seen, Rates(own=own, spread=spread))
        for own in np.linspace(0.001, 1.0, 60)
        for spread in np.linspace(0.0, 10.0, 60)
    ]

    assert log_score(seen, found) >= max(grid)
    assert log_score(seen, found) == pytest.approx(max(grid), abs=0.05)


def test_the_rates_that_made_a_history_are_found_again() -> None:
    chance = np.random.default_rng(5)
    size, own, spread = 1500, 0.03, 2.0
    acting = (chance.random((size, size)) < 3 / size) * 0.2
    adopted_at = np.full(size, 13)
    for period in range(1, 13):
        hazard = own + spread * ((adopted_at < period) @ acting)
        now = (adopted_at == 13) & (chance.random(size) < -np.expm1(-hazard))
        adopted_at[now] = period
    found = fit(periods(acting, adopted_at, 12))

    assert found.own == pytest.approx(own, rel=0.1)
    assert found.spread == pytest.approx(spread, rel=0.1)


def test_where_ties_carry_nothing_the_rate_is_none() -> None:
    # Those on whom somebody acts never adopt.
    seen = Periods(
        period=np.repeat(1, 6),
        pressure=np.array([0.0, 0, 0, 1, 1, 1]),
        adopted=np.array([True, True, False, False, False, False]),
    )

    assert fit(seen).spread == 0.0
