"""What a plan for news leaves open: how many are enough, whom else one may look for, opponents."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from guyub.engine.diffusion.influence import InfluenceModel
from guyub.engine.diffusion.simulations import enough_simulations
from guyub.engine.plan.opponents import opposition
from guyub.engine.plan.outcome import (
    REACH,
    SELF_STARTERS,
    Alternative,
    Opposition,
    Outlook,
    StartingPlan,
)
from guyub.engine.plan.problem import PlanProblem
from guyub.engine.seeds.catalysts import quick_catalysts
from guyub.engine.seeds.reach_curve import reach_curve

# So far the curve is drawn: as many as a team of two can visit within a month. Our choice.
_FARTHEST = 12

# Those whose step nearer would change most, and up to how many people it is worked out: the plan is
# played anew for each who stands against. Our choice.
_OPPONENTS, _MOST_PEOPLE = 3, 2000


def outlook(problem: PlanProblem) -> Outlook | None:
    """How many are enough, and other plans; None where there are fewer people than asked for."""
    request, seeds = problem.request, problem.seeds
    count, there = len(request.given) or request.count, int(seeds.candidates.sum())
    if there < count:
        return None
    curve = reach_curve(seeds, min(there, _FARTHEST if request.hours else max(_FARTHEST, count)))
    return Outlook(
        adds=tuple(curve.adds.tolist()),
        elbow=curve.elbow,
        # Whom else one may look for may live too far away.
        alternatives=() if request.hours else _alternatives(problem, count),
    )


def _alternatives(problem: PlanProblem, count: int) -> tuple[Alternative, ...]:
    """A plan for each thing that may be looked for, in the same simulations."""
    chance = problem.starting.chance
    uncertain = replace(problem.seeds, chance=chance)
    certain = replace(problem.seeds, chance=None)
    order = np.argsort(-np.where(uncertain.candidates, chance, -1.0), kind="stable")
    plans = {
        SELF_STARTERS: quick_catalysts(uncertain, count),
        REACH: quick_catalysts(certain, count),
        "starting": order[:count].astype(np.int64),
    }
    simulations = enough_simulations(uncertain.diffusion)
    return tuple(
        Alternative(
            objective=objective,
            people=tuple(problem.frame.id[person] for person in people),
            reach=replace(problem, seeds=uncertain).played(people, simulations).reach,
            all_start=replace(problem, seeds=certain).played(people, simulations).reach,
            starts=float(chance[people].sum()),
        )
        for objective, people in plans.items()
    )


def opposition_to(
    plan: StartingPlan, problem: PlanProblem, model: InfluenceModel | None = None
) -> Opposition | None:
    """What those who stand against mean for a plan; None in large communities."""
    frame, request = problem.frame, problem.request
    if frame.size > _MOST_PEOPLE:
        return None
    return opposition(
        frame,
        (*plan.active, *(each.id for each in plan.catalysts)),
        seed=request.seed,
        model=model,
        competitive=request.competitive,
        most=_OPPONENTS,
    )
