"""With whom to begin where some people are to be reached above all.

A vaccination wants mothers of small children, a youth club the young. Whoever is wanted counts
several times as much when they are reached; the person in each sample is drawn in proportion
(`catalysts`), so the guarantee stays. What it costs is said beside it: how many fewer people are
reached in all than by the plan in which everybody counts the same.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from guyub.engine.errors import EngineError
from guyub.engine.seeds.catalysts import catalysts
from guyub.engine.seeds.fairness import FairPlan, compare_with_plain, demand_unweighted
from guyub.engine.seeds.problem import SeedProblem, as_mask

# For so many of the others each of those counts who are wanted. Our choice.
PRIORITY_WEIGHT = 3.0


def priority_catalysts(
    problem: SeedProblem,
    count: int,
    priority: ArrayLike,
    *,
    times: float = PRIORITY_WEIGHT,
) -> FairPlan:
    """The `count` people who reach most where a priority group counts `times` as much.

    They stand beside the plain plan.

    priority: who is in the group, by number or mark. The groups of the answer are they and the
    others. The guarantee
    is that of the weighted reach.

    >>> from guyub.engine import Network, SeedProblem, constant, priority_catalysts
    >>> stars = Network.from_ties(9, [0, 0, 0, 0, 5, 5, 5], [1, 2, 3, 4, 6, 7, 8])
    >>> found = priority_catalysts(SeedProblem.of(constant(stars, 0.5)), 1, [6, 7, 8])
    >>> found.people.tolist(), found.plain.tolist()
    ([5], [0])

    :raises EngineError: the group is empty, or everybody; times are 1 or less; people have weights.
    """
    demand_unweighted(problem)
    marks = as_mask(priority, problem.candidates.size, "priority")
    if not 0 < int(marks.sum()) < marks.size:
        raise EngineError("Some are wanted above all, but not nobody, and not everybody.")
    if not times > 1.0:
        raise EngineError(f"Whoever is wanted counts more than once, not {times:g} times.")
    plain = catalysts(problem, count).people
    weighted = replace(problem, weights=np.where(marks, times, 1.0))
    found = catalysts(weighted, count, rivals=[plain])
    return compare_with_plain(
        problem,
        found.people,
        plain,
        np.where(marks, 0, 1),
        found.guarantee,
        1.0 - found.confidence,
    )
