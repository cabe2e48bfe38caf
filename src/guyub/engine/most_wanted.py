"""With whom to begin where some people are to be reached above all.

A vaccination wants mothers of small children, a youth club the young. Whoever is wanted counts
several times as much when they are reached; the person in each sample is drawn in proportion
(`catalysts`), so the guarantee stays. What it costs is said beside it: how many fewer people are
reached in all than by the plan in which everybody counts the same.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guyub.engine.catalysts import catalysts
from guyub.engine.errors import EngineError
from guyub.engine.fairness import FairPlan, beside_plain
from guyub.engine.influence import Spread
from guyub.engine.situation import as_mask

# For so many of the others each of those counts who are wanted. Our choice.
TIMES = 3.0


def most_wanted(
    spread: Spread,
    count: int,
    wanted: ArrayLike,
    *,
    times: float = TIMES,
    seed: int = 1,
    excluded: ArrayLike = (),
    active: ArrayLike = (),
) -> FairPlan:
    """The `count` people who reach most where the wanted count `times` as much, beside the plain
    plan.

    wanted: by number or mark. The groups of the answer are the wanted and the others. The guarantee
    is that of the weighted reach.

    :raises EngineError: nobody is wanted, or everybody; times are 1 or less.
    """
    marks = as_mask(wanted, spread.network.size, "wanted")
    if not 0 < int(marks.sum()) < marks.size:
        raise EngineError("Some are wanted above all, but not nobody, and not everybody.")
    if not times > 1.0:
        raise EngineError(f"Whoever is wanted counts more than once, not {times:g} times.")
    wishes = {"seed": seed, "excluded": excluded, "active": active}
    plain = catalysts(spread, count, **wishes).people  # type: ignore[arg-type]
    weights = np.where(marks, times, 1.0)
    found = catalysts(spread, count, weights=weights, rivals=[plain], **wishes)  # type: ignore[arg-type]
    before: NDArray[np.int64] = np.flatnonzero(as_mask(active, marks.size, "active"))
    return beside_plain(
        spread,
        before,
        found.people,
        plain,
        np.where(marks, 0, 1),
        found.guarantee,
        1.0 - found.confidence,
        seed,
    )
