"""How far two orders agree, and how sure that is when few communities were seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, kw_only=True)
class Interval:
    """A figure, and between what it lies in 95 of 100 resamples."""

    value: float
    low: float
    high: float


def kendall(one: ArrayLike, other: ArrayLike) -> float:
    """Kendall's τ-b of two columns, -1 … 1; NaN where one of them never differs.

    (C - D) / √((pairs - tied in one)(pairs - tied in the other)), by looking at every pair
    (Kendall 1945, Biometrika 33:239).
    """
    x, y = np.asarray(one, np.float64), np.asarray(other, np.float64)
    above = np.triu_indices(x.size, 1)
    signs_x = np.sign(x[above[0]] - x[above[1]])
    signs_y = np.sign(y[above[0]] - y[above[1]])
    differing = float(np.abs(signs_x).sum()) * float(np.abs(signs_y).sum())
    return float(signs_x @ signs_y) / differing**0.5 if differing else float("nan")


def over_communities(
    values: NDArray[np.float64], weights: ArrayLike, *, seed: int, resamples: int
) -> list[Interval]:
    """The weighted mean of each column over communities, with percentile intervals.

    Whole communities are drawn with replacement, for all columns the same ones, so that a column of
    differences is paired. A community whose value is NaN has no say in that column.

    values: communities × columns.
    """
    given = np.asarray(values, np.float64)
    known = ~np.isnan(given)
    weight = np.where(known, np.asarray(weights, np.float64)[:, None], 0.0)
    total = np.where(known, given, 0.0) * weight
    drawn = np.random.default_rng(seed).integers(0, given.shape[0], (resamples, given.shape[0]))
    with np.errstate(invalid="ignore"):
        means = total[drawn].sum(axis=1) / weight[drawn].sum(axis=1)
    low, high = np.nanquantile(means, (0.025, 0.975), axis=0)
    middle = total.sum(axis=0) / weight.sum(axis=0)
    return [
        Interval(value=float(a), low=float(b), high=float(c))
        for a, b, c in zip(middle, low, high, strict=True)
    ]
