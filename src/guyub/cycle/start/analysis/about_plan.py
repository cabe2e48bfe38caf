"""What a plan leaves open: how many are enough, what opponents change, and who is readier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from guyub.cycle.start.analysis.plan_wishes import DEEDS, PlanWishes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from guyub.engine.diffusion.model import DiffusionModel
    from guyub.engine.frame import Frame
    from guyub.engine.plan.outcome import StartingPlan

# So far the curve is drawn: as many as a team of two can visit within a month. Our choice.
_FARTHEST = 12

# Those whose step nearer would change most, and up to how many people it is worked out: the plan is
# played anew for each who stands against. Our choice.
_OPPONENTS, _MOST_PEOPLE = 3, 2000


def beside_plan(
    seen: Frame,
    persons: Mapping[str, str],
    excluded: Sequence[str],
    active: Sequence[str],
    wishes: PlanWishes,
) -> dict[str, Any]:
    """How many are enough, and who is readier, for a plan that is worked out meanwhile.

    For news alone. People by the ids of the frame; persons names them, as they are kept.
    """
    from guyub.engine.plan.missing_ties import uncertain_ties

    if wishes.needs != 1:
        return {}
    begun, out = _marks(seen, excluded, active)
    count, there = len(wishes.given) or wishes.count, int((~out & ~begun).sum())
    if there < count:
        return {}
    spread = uncertain_ties(seen, competitive=wishes.contested).mean
    most = min(there, _FARTHEST if wishes.hours else max(_FARTHEST, count))
    return {
        # Whoever is readier may live too far away.
        "balances": []
        if wishes.hours
        else _balances(seen, spread, persons, count, out, begun, wishes),
        "curve": _curve(spread, most, out, begun, wishes.seed),
    }


def against_plan(
    seen: Frame, persons: Mapping[str, str], plan: StartingPlan, wishes: PlanWishes
) -> dict[str, Any]:
    """What opponents mean for a plan for news."""
    from guyub.engine.plan.opponents import opposition

    if wishes.needs != 1 or seen.size > _MOST_PEOPLE:
        return {}
    people = (*plan.active, *(each.id for each in plan.catalysts))
    found = opposition(seen, people, seed=wishes.seed, competitive=wishes.contested)
    return {
        "opposition": {
            "count": len(found.opponents),
            "apart": found.apart - found.without,
            "opponents": [
                {
                    "person": persons[each.id],
                    "stance": each.stance,
                    "apart": each.apart,
                    "more": asdict(each.more),
                }
                for each in found.opponents[:_OPPONENTS]
            ],
        }
    }


def _balances(
    seen: Frame,
    spread: DiffusionModel,
    persons: Mapping[str, str],
    count: int,
    excluded: NDArray[np.bool_],
    active: NDArray[np.bool_],
    wishes: PlanWishes,
) -> list[dict[str, Any]]:
    """Plans between reach and readiness; none where the one that reaches most is the readiest."""
    from guyub.engine.seeds.readiness import readiness, tradeoffs

    ready = readiness(seen, DEEDS[wishes.deeds])
    found = tradeoffs(spread, count, ready, seed=wishes.seed, excluded=excluded, active=active)
    return [
        {
            "people": [persons[seen.id[person]] for person in each.people],
            "reach": asdict(each.reach),
            "ready": each.ready,
        }
        for each in (found if len(found) > 1 else ())
    ]


def _curve(
    spread: DiffusionModel,
    most: int,
    excluded: NDArray[np.bool_],
    active: NDArray[np.bool_],
    seed: int,
) -> dict[str, Any]:
    """What each one more adds, and where it bends."""
    from guyub.engine.seeds.elbow import reach_curve

    curve = reach_curve(spread, most, seed=seed, excluded=excluded, active=active)
    return {"adds": [round(float(each), 2) for each in curve.adds], "elbow": asdict(curve.elbow)}


def _marks(
    seen: Frame, excluded: Sequence[str], active: Sequence[str]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Who has begun, and who may not be chosen though they have not."""
    import numpy as np

    begun, out = (np.isin(seen.id, list(each)) for each in (active, excluded))
    return begun, (seen.opposed() | out) & ~begun
