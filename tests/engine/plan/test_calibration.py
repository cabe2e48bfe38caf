"""Whether chances were right, and weights estimated again, on outcomes of which all is known."""

from __future__ import annotations

import numpy as np
import pytest

from guyub.engine import EngineError, StartingWeights, brier_score, estimated_weights

# What each kind of evidence really counts, times what was told, and the real base rate.
TRUE_TIMES, TRUE_BASE = np.array([1.6, 0.4, 1.0, 1.0]), 0.25


def happened(count: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Terms as they were told, and outcomes drawn with the true weights."""
    generator = np.random.default_rng(seed)
    terms = generator.normal(0.0, 1.0, (count, 4))
    odds = np.log(TRUE_BASE / (1.0 - TRUE_BASE)) + terms @ TRUE_TIMES
    return terms, generator.random(count) < 1.0 / (1.0 + np.exp(-odds))


def test_the_score_is_the_mean_squared_distance() -> None:
    found = brier_score(np.array([1.0, 0.5, 0.2]), np.array([True, False, False]))

    assert found.score == pytest.approx((0.0 + 0.25 + 0.04) / 3)
    assert found.count == 3


def test_chances_that_are_always_right_score_nothing() -> None:
    found = brier_score(np.array([1.0, 0.0]), np.array([True, False]))

    assert (found.score, found.low, found.high) == (0.0, 0.0, 0.0)


def test_the_interval_holds_the_true_score_about_as_often_as_it_says() -> None:
    generator, within = np.random.default_rng(7), 0
    for seed in range(200):
        chance = generator.choice([0.1, 0.3, 0.6], 60)
        found = brier_score(chance, generator.random(60) < chance, seed=seed)
        within += found.low <= np.mean([q * (1.0 - q) for q in (0.1, 0.3, 0.6)]) <= found.high

    assert within / 200 > 0.88


def test_more_outcomes_make_the_interval_narrower() -> None:
    def width(count: int) -> float:
        chance = np.resize([0.1, 0.3, 0.6], count)
        found = brier_score(chance, np.random.default_rng(3).random(count) < chance)
        return found.high - found.low

    assert width(900) < width(90) / 2


def test_without_outcomes_there_is_no_score() -> None:
    with pytest.raises(EngineError):
        brier_score(np.zeros(0), np.zeros(0, np.bool_))


def test_without_outcomes_the_weights_stay_our_choice() -> None:
    found = estimated_weights(np.zeros((0, 4)), np.zeros(0, np.bool_))
    assert found.base == pytest.approx(0.1)
    assert (found.acts, found.traits, found.named, found.asked) == pytest.approx((1, 1, 1, 1))


def test_many_outcomes_find_the_true_weights() -> None:
    found = estimated_weights(*happened(20_000))

    assert (found.acts, found.traits, found.named, found.asked) == pytest.approx(
        tuple(TRUE_TIMES), abs=0.1
    )
    assert found.base == pytest.approx(TRUE_BASE, abs=0.02)


def test_few_outcomes_move_the_weights_little() -> None:
    few, many = (estimated_weights(*happened(count)) for count in (20, 2000))

    assert abs(few.acts - 1.0) < abs(many.acts - 1.0)
    assert abs(few.base - 0.1) < abs(many.base - 0.1)


def test_evidence_that_speaks_the_other_way_counts_nothing_at_worst() -> None:
    terms = np.zeros((400, 4))
    terms[:, 0] = np.resize([2.0, -2.0], 400)

    assert estimated_weights(terms, terms[:, 0] < 0.0).acts == 0.0


def test_the_fit_is_where_the_slope_of_the_penalised_likelihood_is_nothing() -> None:
    terms, came = happened(300)
    found = estimated_weights(terms, came)
    weights = np.array([found.acts, found.traits, found.named, found.asked])
    base = np.log(found.base / (1.0 - found.base))
    misses = 1.0 / (1.0 + np.exp(-(base + terms @ weights))) - came

    # The ridge as the module states it: half of a weight, and one step of the log-odds.
    assert terms.T @ misses + (weights - 1.0) / 0.25 == pytest.approx(np.zeros(4), abs=1e-6)
    assert misses.sum() + base - np.log(0.1 / 0.9) == pytest.approx(0.0, abs=1e-6)


def test_another_weighing_is_the_point_it_is_pulled_to() -> None:
    told = StartingWeights(base=0.2, acts=2.0)

    found = estimated_weights(np.zeros((0, 4)), np.zeros(0, np.bool_), told)

    assert (found.base, found.acts) == pytest.approx((0.2, 2.0))


def test_a_row_of_terms_belongs_to_each_outcome() -> None:
    with pytest.raises(EngineError):
        estimated_weights(np.zeros((3, 4)), np.zeros(2, np.bool_))
