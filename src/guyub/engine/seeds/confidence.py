"""A lower confidence bound of a mean, by betting.

Somebody who holds that the mean is m should not grow rich from bets that are fair if it is: with
stakes fixed beforehand, Π(1 + λ(x - m)) grows beyond 1/δ with a chance of at most δ. Whatever m
makes it grow beyond that is ruled out (Waudby-Smith & Ramdas 2024, "Estimating means of bounded
random variables by betting", J R Stat Soc B). Nothing need be known of how large the values can
be, and the bound is nearly that of a normal distribution.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from guyub.engine.errors import EngineError

# One value of so many, the first of them, sets the stake and is not bet on. Our choice.
_PILOT = 10

# No stake loses more than half at once of what is expected. Our choice.
_BOLDEST = 0.5

_HALVINGS = 50


def lower_bound(seen: NDArray[np.float64], log_term: float) -> float:
    """The least that the mean of independent values is, but for a chance e^-log_term.

    seen: 20 values or more, each 0 or more, of one distribution, in the order in which they came.

    >>> import numpy as np
    >>> from guyub.engine import lower_bound
    >>> seen = np.random.default_rng(1).uniform(0.0, 2.0, 1000)
    >>> bool(0.9 < lower_bound(seen, np.log(100.0)) < 1.0)  # the mean is 1
    True

    :raises EngineError: they are fewer, or one is negative.
    """
    if seen.size < 2 * _PILOT or seen.min() < 0.0:
        raise EngineError(f"A bound needs {2 * _PILOT} values, none below 0.")
    pilot, rest = seen[: seen.size // _PILOT], seen[seen.size // _PILOT :]
    mean = float(pilot.mean())
    if mean == 0.0:
        return 0.0
    # The stake that leaves most where values vary as the pilot's do.
    spread = max(float(pilot.var()), 1e-12 * mean**2)
    stake = min(math.sqrt(2.0 * log_term / (rest.size * spread)), _BOLDEST / mean)
    low, high = 0.0, min(float(rest.mean()), 0.999 / stake)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        if float(np.log1p(stake * (rest - middle)).sum()) >= log_term:
            low = middle
        else:
            high = middle
    return low
