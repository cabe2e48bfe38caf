"""What was seen of hits, and what is surely expected of them."""

from __future__ import annotations

import numpy as np
import pytest

from guyub.engine.seeds.certificate import at_least, at_most


@pytest.mark.parametrize("expected", [4, 40, 4_000])
@pytest.mark.parametrize("log_term", [1.0, 3.0])
def test_what_is_expected_lies_hardly_ever_beyond_its_bounds(
    expected: int, log_term: float
) -> None:
    drawn = np.random.default_rng(5).binomial(100_000, expected / 100_000, 4_000)

    low = np.array([at_least(float(found), log_term) for found in drawn])
    high = at_most(drawn, log_term)

    chance = np.exp(-log_term)
    assert (low > expected).mean() <= chance
    assert (high < expected).mean() <= chance
    assert (low <= drawn).all()
    assert (high >= drawn).all()


def test_the_more_is_seen_the_closer_the_bounds_lie() -> None:
    found = np.array([100.0, 10_000.0, 1_000_000.0])

    low = np.array([at_least(each, 3.0) for each in found]) / found
    high = at_most(found, 3.0) / found

    assert (np.diff(low) > 0.0).all()
    assert (np.diff(high) < 0.0).all()
    assert 0.99 < low[-1] < 1.0 < high[-1] < 1.01
