"""How sure a tie is that one side told of."""

from __future__ import annotations

import numpy as np
import pytest
from bench.reliability import Reports, fit

PAIRS = np.array([400.0, 1000.0, 9000.0])
TRUTH = Reports(exists=np.array([0.9, 0.5, 0.1]), told=np.full(3, 0.7), made_up=np.array(0.08))


def test_what_is_expected_follows_from_the_chances() -> None:
    both, one, none = TRUTH.expected(PAIRS)[1]

    assert both == pytest.approx(500 * 0.49 + 500 * 0.0064)
    assert one == pytest.approx(500 * 0.42 + 500 * 0.1472)
    assert both + one + none == pytest.approx(1000)


def test_the_figures_that_made_the_reports_are_found_again() -> None:
    found = fit(TRUTH.expected(PAIRS))

    assert found.exists == pytest.approx(TRUTH.exists, abs=1e-4)
    assert found.told == pytest.approx(TRUTH.told, abs=1e-4)
    assert found.made_up == pytest.approx(0.08, abs=1e-4)


def test_a_tie_told_by_one_is_as_sure_as_bayes_says() -> None:
    there, absent = 0.5 * 2 * 0.7 * 0.3, 0.5 * 2 * 0.08 * 0.92

    assert TRUTH.sure()[1, 1] == pytest.approx(there / (there + absent))


def test_where_nothing_is_made_up_every_tie_told_of_exists() -> None:
    found = fit(TRUTH.expected(PAIRS), made_up=0.0)

    assert found.sure()[:, :2] == pytest.approx(1.0)


def test_many_samples_are_fitted_at_once() -> None:
    counts = np.stack([TRUTH.expected(PAIRS), TRUTH.expected(PAIRS[::-1])])
    together = fit(counts)

    assert together.told[1] == pytest.approx(fit(counts[1]).told, abs=1e-6)
