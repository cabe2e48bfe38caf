"""What a plan for news leaves open: how many are enough, who is readier, what opponents change."""

from __future__ import annotations

from guyub.engine.diffusion.influence import InfluenceModel
from guyub.engine.plan.opponents import opposition
from guyub.engine.plan.outcome import Alternative, Opposition, Outlook, StartingPlan
from guyub.engine.plan.problem import PlanProblem
from guyub.engine.seeds.reach_curve import reach_curve
from guyub.engine.seeds.readiness import readiness, tradeoffs

# So far the curve is drawn: as many as a team of two can visit within a month. Our choice.
_FARTHEST = 12

# Those whose step nearer would change most, and up to how many people it is worked out: the plan is
# played anew for each who stands against. Our choice.
_OPPONENTS, _MOST_PEOPLE = 3, 2000


def outlook(problem: PlanProblem) -> Outlook | None:
    """How many are enough, and who is readier; None where there are fewer people than asked for."""
    request, seeds = problem.request, problem.seeds
    count, there = len(request.given) or request.count, int(seeds.candidates.sum())
    if there < count:
        return None
    curve = reach_curve(seeds, min(there, _FARTHEST if request.hours else max(_FARTHEST, count)))
    return Outlook(
        adds=tuple(curve.adds.tolist()),
        elbow=curve.elbow,
        # Whoever is readier may live too far away.
        alternatives=() if request.hours else _alternatives(problem, count),
    )


def _alternatives(problem: PlanProblem, count: int) -> tuple[Alternative, ...]:
    """Plans between reach and readiness; none where the one that reaches most is the readiest."""
    frame = problem.frame
    found = tradeoffs(problem.seeds, count, readiness(frame, problem.request.readiness))
    return tuple(
        Alternative(
            people=tuple(frame.id[person] for person in each.people),
            reach=each.reach,
            ready=each.ready,
        )
        for each in (found if len(found) > 1 else ())
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
