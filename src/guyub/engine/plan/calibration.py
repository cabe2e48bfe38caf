"""Was it right who would start? Chances that were told, beside what happened.

The Brier score is the mean squared distance between a chance and what happened, 0 or 1 (Brier,
Verification of forecasts expressed in terms of probability, Monthly Weather Review 78, 1950):

    B = 1/n · Σ (q_i − y_i)²

0 is perfect; whoever always says one half gets 0.25. Its interval is that of the percentile
bootstrap (Efron, Bootstrap methods: another look at the jackknife, Annals of Statistics 7, 1979).

The weights of evidence can be estimated again: a logistic regression of what happened on the terms
of the log-odds as they were told, with a ridge (Hoerl & Kennard, Ridge regression: biased
estimation for nonorthogonal problems, Technometrics 12, 1970) that pulls to what was told instead
of to zero. So few outcomes change little, and many decide.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guyub.engine.errors import EngineError
from guyub.engine.plan.self_starting import TERMS, StartingWeights
from guyub.engine.records import Record

# With fewer outcomes nothing is said of whether chances were right. Our choice.
FEWEST_OUTCOMES = 20

# Redrawn so often, and how much of what is redrawn lies within the interval. Our choice.
_REDRAWN, _WITHIN = 2000, 0.95

# How far our choice of a weight, and of the base rate on the scale of log-odds, may be off: the
# standard deviations of what is thought before any outcome. Our choice: half of a weight, and
# between 4 and 23 % around 10 %.
_WEIGHT_OFF, _BASE_OFF = 0.5, 1.0

# Newton's method converges here in under ten steps.
_MOST_STEPS, _CLOSE_ENOUGH = 50, 1e-9


@dataclass(frozen=True, kw_only=True)
class BrierScore(Record):
    """The mean squared distance of so many chances from what happened, with a 95 % interval."""

    score: float
    low: float
    high: float
    count: int


def brier_score(
    chance: NDArray[np.float64], happened: NDArray[np.bool_], *, seed: int = 1
) -> BrierScore:
    """How far chances were from what happened. seed: any whole number; the same, the same interval.

    >>> import numpy as np
    >>> from guyub.engine import brier_score
    >>> found = brier_score(np.array([0.9, 0.1, 0.5]), np.array([True, False, True]))
    >>> round(found.score, 2), found.low <= found.score <= found.high
    (0.09, True)

    :raises EngineError: there are none, or not one outcome for each chance.
    """
    if not chance.size or chance.shape != happened.shape:
        raise EngineError("A Brier score needs one outcome for each chance, and at least one.")
    squares = (chance - happened) ** 2
    generator = np.random.default_rng(seed)
    drawn = generator.integers(0, squares.size, (_REDRAWN, squares.size))
    outside = 50.0 * (1.0 - _WITHIN)
    low, high = np.percentile(squares[drawn].mean(axis=1), (outside, 100.0 - outside))
    return BrierScore(
        score=float(squares.mean()), low=float(low), high=float(high), count=squares.size
    )


def estimated_weights(
    terms: NDArray[np.float64],
    happened: NDArray[np.bool_],
    weights: StartingWeights | None = None,
) -> StartingWeights:
    """The base rate and weights that fit what happened, pulled to those with which it was told.

    terms: for each outcome what each of TERMS added to the log-odds, by `weights` (our choice,
    where none are given). Without any outcome they stay as they are. A weight below 0 becomes 0: we
    do not count acts against people because some who acted before did not start.

    >>> import numpy as np
    >>> from guyub.engine import estimated_weights
    >>> nothing_known = np.zeros((200, 4))
    >>> half = np.arange(200) % 2 == 0
    >>> 0.45 < estimated_weights(nothing_known, half).base < 0.5  # pulled towards 0.1
    True

    :raises EngineError: there is not one row of terms for each outcome.
    """
    weights = weights or StartingWeights()
    if terms.shape != (happened.size, len(TERMS)):
        raise EngineError("Weights are estimated from one row of terms for each outcome.")
    columns = np.column_stack((np.ones(happened.size), terms))
    # Times what was told each kind of evidence counts.
    told = np.array([_log_odds(weights.base), *np.ones(len(TERMS))])
    ridge = np.array([_BASE_OFF**-2.0, *np.full(len(TERMS), _WEIGHT_OFF**-2.0)])
    found = _fitted(columns, happened.astype(np.float64), told, ridge)
    base = float(np.clip(1.0 / (1.0 + np.exp(-found[0])), weights.least, weights.most))
    counts = {
        name: max(0.0, getattr(weights, name) * float(times))
        for name, times in zip(TERMS, found[1:], strict=True)
    }
    return StartingWeights(base=base, least=weights.least, most=weights.most, **counts)


def _log_odds(chance: float) -> float:
    return float(np.log(chance / (1.0 - chance)))


def _fitted(
    columns: NDArray[np.float64],
    happened: NDArray[np.float64],
    told: NDArray[np.float64],
    ridge: NDArray[np.float64],
) -> NDArray[np.float64]:
    """What fits best: Newton's method on a strictly convex loss, with steps that never climb."""
    found, loss = told.copy(), _loss(columns, happened, told, told, ridge)
    for _ in range(_MOST_STEPS):
        chance = 1.0 / (1.0 + np.exp(-(columns @ found)))
        slope = columns.T @ (chance - happened) + ridge * (found - told)
        curve = (columns.T * (chance * (1.0 - chance))) @ columns + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        while (below := _loss(columns, happened, found - step, told, ridge)) > loss + _CLOSE_ENOUGH:
            step /= 2.0
        found, loss = found - step, below
        if float(np.abs(step).max()) < _CLOSE_ENOUGH:
            break
    return found


def _loss(
    columns: NDArray[np.float64],
    happened: NDArray[np.float64],
    weights: NDArray[np.float64],
    told: NDArray[np.float64],
    ridge: NDArray[np.float64],
) -> float:
    odds = columns @ weights
    fits = np.logaddexp(0.0, odds).sum() - happened @ odds
    return float(fits + 0.5 * (ridge * (weights - told) ** 2).sum())
