"""What a mean surely is at least."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from guyub.engine.errors import EngineError
from guyub.engine.seeds.confidence import lower_bound

Draw = Callable[[np.random.Generator, int], np.ndarray]

# Each with mean 1: nearly always the same, rarely something, and now and then a great deal.
SHAPES: dict[str, Draw] = {
    "uniform": lambda generator, size: generator.uniform(0.0, 2.0, size),
    "rare": lambda generator, size: 20.0 * (generator.random(size) < 0.05),
    "heavy": lambda generator, size: generator.pareto(2.2, size) * 1.2,
    "exponential": lambda generator, size: generator.exponential(1.0, size),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("size", [40, 400])
def test_the_mean_is_hardly_ever_less(shape: str, size: int) -> None:
    draw, chance = SHAPES[shape], 0.1

    above = [
        lower_bound(draw(np.random.default_rng(seed), size), math.log(1.0 / chance)) > 1.0
        for seed in range(1000)
    ]

    # Three standard errors of 1,000 trials.
    assert np.mean(above) <= chance + 3.0 * math.sqrt(chance * (1.0 - chance) / 1000)


@pytest.mark.parametrize("shape", ["uniform", "exponential"])
def test_the_bound_is_nearly_that_of_a_normal_distribution(shape: str) -> None:
    seen, log_term = SHAPES[shape](np.random.default_rng(3), 20_000), 9.0

    below = seen.mean() - lower_bound(seen, log_term)

    normal = math.sqrt(2.0 * log_term * seen.var() / seen.size)
    assert 0.9 * normal < below < 1.3 * normal


def test_what_never_varies_is_nearly_certain() -> None:
    assert 0.99 < lower_bound(np.full(5000, 3.0), 9.0) / 3.0 < 1.0


def test_more_certainty_allows_less() -> None:
    seen = np.random.default_rng(1).exponential(1.0, 1000)

    bounds = [lower_bound(seen, log_term) for log_term in (1.0, 3.0, 9.0, 30.0)]

    assert bounds == sorted(bounds, reverse=True)


def test_where_the_first_are_all_nothing_nothing_is_sure() -> None:
    assert lower_bound(np.repeat([0.0, 5.0], [50, 450]), 3.0) == 0.0


@pytest.mark.parametrize("seen", [np.ones(19), np.append(np.ones(40), -0.1)])
def test_a_bound_needs_enough_values_none_of_them_negative(seen: np.ndarray) -> None:
    with pytest.raises(EngineError, match="20 values"):
        lower_bound(seen, 3.0)
