"""One figure from what several saw, and where they differ."""

from __future__ import annotations

import numpy as np
import pytest

from guyub.engine.errors import EngineError
from guyub.engine.ratings import HALF_LIFE, consensus


def of_one(*rows: tuple[int, float, float]):
    """One person's observations, as (observer, value, age)."""
    observers, values, ages = zip(*rows, strict=True)
    return consensus(1, [0] * len(rows), observers, values, ages)


def test_only_the_newest_word_of_each_observer_counts() -> None:
    found = of_one((1, 4.0, 30), (1, 1.0, 3), (2, 3.0, 3))

    assert found.figure[0] == pytest.approx(2.0)
    assert found.latest.tolist() == [1, 2]


def test_of_two_words_of_one_day_the_later_counts() -> None:
    assert of_one((1, 4.0, 3), (1, 2.0, 3)).figure[0] == 2.0


def test_after_a_half_life_an_observation_weighs_half() -> None:
    assert of_one((1, 4.0, 0), (2, 1.0, HALF_LIFE)).figure[0] == pytest.approx(3.0)


def test_observers_differ_from_one_point_on() -> None:
    assert of_one((1, 3.0, 0), (2, 2.0, 300)).differ.tolist() == [True]
    assert of_one((1, 3.0, 0), (2, 3.0, 300)).differ.tolist() == [False]
    assert of_one((1, 1.0, 90), (1, 4.0, 0)).differ.tolist() == [False]


def test_an_unknown_day_is_older_than_any_other_but_weighs_fully() -> None:
    assert of_one((1, 4.0, np.nan), (1, 2.0, 900)).figure[0] == 2.0
    assert of_one((1, 4.0, np.nan), (2, 2.0, 0)).figure[0] == pytest.approx(3.0)


def test_whom_nobody_observed_has_no_figure() -> None:
    found = consensus(2, [1], [7], [3.0], [0])

    assert np.isnan(found.figure[0])
    assert found.figure[1] == 3.0
    assert found.spread.tolist() == [0.0, 0.0]
    assert consensus(1, [], [], [], []).latest.tolist() == []


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(EngineError):
        consensus(1, [0], [1], [2.0, 3.0], [0])
