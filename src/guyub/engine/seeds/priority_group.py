"""With whom to begin where some people are to be reached above all.

A vaccination wants mothers of small children, a youth club the young. Whoever is wanted counts
several times as much when they are reached; the person in each sample is drawn in proportion
(`catalysts`), so the guarantee stays. What it costs is said beside it: how many fewer people are
reached in all than by the plan in which everybody counts the same.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guyub.engine.diffusion.model import DiffusionModel
from guyub.engine.errors import EngineError
from guyub.engine.seeds.catalysts import catalysts
from guyub.engine.seeds.fairness import FairPlan, compare_with_plain
from guyub.engine.seeds.situation import as_mask

# For so many of the others each of those counts who are wanted. Our choice.
PRIORITY_WEIGHT = 3.0


def priority_catalysts(
    diffusion: DiffusionModel,
    count: int,
    wanted: ArrayLike,
    *,
    times: float = PRIORITY_WEIGHT,
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
    marks = as_mask(wanted, diffusion.network.size, "wanted")
    if not 0 < int(marks.sum()) < marks.size:
        raise EngineError("Some are wanted above all, but not nobody, and not everybody.")
    if not times > 1.0:
        raise EngineError(f"Whoever is wanted counts more than once, not {times:g} times.")
    wishes = {"seed": seed, "excluded": excluded, "active": active}
    plain = catalysts(diffusion, count, **wishes).people  # type: ignore[arg-type]
    weights = np.where(marks, times, 1.0)
    found = catalysts(diffusion, count, weights=weights, rivals=[plain], **wishes)  # type: ignore[arg-type]
    before: NDArray[np.int64] = np.flatnonzero(as_mask(active, marks.size, "active"))
    return compare_with_plain(
        diffusion,
        before,
        found.people,
        plain,
        np.where(marks, 0, 1),
        found.guarantee,
        1.0 - found.confidence,
        seed,
    )
