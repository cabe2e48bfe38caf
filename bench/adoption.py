"""Who takes something up when: a hazard of one's own, and one that comes along ties.

In each period somebody who has not yet adopted does so with the chance 1 - exp(-(own + rate × x)),
where x is how strongly those who adopted before act on them. This is network-based diffusion
analysis (Franz & Nunn 2009, Proc R Soc B 276:1829) in discrete time. Without x it is a hazard that
is the same for everybody at all times: the intercept-only model.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# The search ends at these hazards; a chance of 1 - exp(-5) is all but certain. Our choice.
_LEAST, _MOST = 1e-6, 5.0
_MOST_RATE = 100.0
_GOLDEN = (5.0**0.5 - 1.0) / 2.0


@dataclass(frozen=True, eq=False, kw_only=True)
class Periods:
    """Everybody who could still adopt, period after period.

    period, pressure, adopted: one entry for each person and period at risk.
    """

    period: NDArray[np.int64]
    pressure: NDArray[np.float64]
    adopted: NDArray[np.bool_]

    def where(self, chosen: NDArray[np.bool_]) -> Periods:
        """Only some of the entries."""
        return Periods(
            period=self.period[chosen],
            pressure=self.pressure[chosen],
            adopted=self.adopted[chosen],
        )


@dataclass(frozen=True, kw_only=True)
class Rates:
    """What was fitted: the hazard of one's own, and how much of it one unit of pressure adds."""

    own: float
    spread: float


def periods(acting: NDArray[np.float64], adopted_at: NDArray[np.int64], last: int) -> Periods:
    """Person by period, 1 … last.

    acting: person × person, how strongly the one acts on the other. adopted_at: the period of each
    person, above `last` for those who did not adopt.
    """
    rows = []
    for period in range(1, last + 1):
        pressure = (adopted_at < period).astype(np.float64) @ acting
        risk = np.flatnonzero(adopted_at >= period)
        rows.append((np.full(risk.size, period), pressure[risk], adopted_at[risk] == period))
    period_of, pressures, events = (np.concatenate(column) for column in zip(*rows, strict=True))
    return Periods(period=period_of, pressure=pressures, adopted=events)


def half_time(adopted_at: NDArray[np.int64], last: int) -> int:
    """The first period by whose end half of all who ever adopt have done so."""
    times = np.sort(adopted_at[adopted_at <= last])
    return int(times[(times.size - 1) // 2])


def fit(seen: Periods, *, spreading: bool = True) -> Rates:
    """The most likely rates. The likelihood is concave in both, so a search in each finds them."""

    def best_own(spread: float) -> float:
        return _highest(lambda own: log_score(seen, Rates(own=own, spread=spread)), _LEAST, _MOST)

    if not spreading:
        return Rates(own=best_own(0.0), spread=0.0)
    spread = _highest(
        lambda spread: log_score(seen, Rates(own=best_own(spread), spread=spread)), 0.0, _MOST_RATE
    )
    return Rates(own=best_own(spread), spread=spread)


def log_score(seen: Periods, rates: Rates) -> float:
    """The logarithm of the chance that these rates gave to what happened; higher is better."""
    hazard = np.maximum(rates.own + rates.spread * seen.pressure, _LEAST)
    came = hazard[seen.adopted]
    return float(np.log(-np.expm1(-came)).sum() - (hazard.sum() - came.sum()))


def _highest(figure, low: float, high: float) -> float:  # type: ignore[no-untyped-def]
    """Where a concave figure is highest: golden-section search, its lower end included."""
    begin, left, right = low, high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    at_left, at_right = figure(left), figure(right)
    while high - low > 1e-7 * max(1.0, high):
        if at_left >= at_right:
            high, right, at_right = right, left, at_left
            left = high - _GOLDEN * (high - low)
            at_left = figure(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + _GOLDEN * (high - low)
            at_right = figure(right)
    middle = (low + high) / 2.0
    return begin if figure(begin) >= figure(middle) else middle
