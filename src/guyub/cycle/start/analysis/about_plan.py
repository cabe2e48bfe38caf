"""What a plan leaves open: how many are enough, what opponents change, and who is readier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from guyub.cycle.start.analysis.plan_wishes import DEEDS, PlanWishes

if TYPE_CHECKING:
    from guyub.engine.frame import Frame
    from guyub.engine.influence import Spread
    from guyub.engine.plan_outcome import StartingPlan

# So far the curve is drawn: as many as a team of two can visit within a month. Our choice.
_FARTHEST = 12

# Those whose step nearer would change most, and up to how many people it is worked out: the plan is
# played anew for each who stands against. Our choice.
_OPPONENTS, _MOST_PEOPLE = 3, 2000


def about_plan(
    seen: Frame,
    persons: Mapping[str, str],
    plan: StartingPlan,
    excluded: Sequence[str],
    wishes: PlanWishes,
) -> dict[str, Any]:
    """All, as they are kept with the plan. Excluded by the ids of the frame; persons names them."""
    from guyub.engine.unknown_ties import possible

    chosen, active, seed = [each.id for each in plan.catalysts], plan.active, wishes.seed
    spread = possible(seen, contested=wishes.contested).mean
    return {
        # Whoever is readier may live too far away.
        "balances": []
        if wishes.hours
        else _balances(seen, spread, persons, len(chosen), excluded, active, wishes),
        "curve": _curve(seen, spread, max(_FARTHEST, len(chosen)), excluded, active, seed),
        "opposition": _opposition(seen, persons, (*active, *chosen), wishes),
    }


def _balances(
    seen: Frame,
    spread: Spread,
    persons: Mapping[str, str],
    count: int,
    excluded: Sequence[str],
    active: Sequence[str],
    wishes: PlanWishes,
) -> list[dict[str, Any]]:
    """Plans between reach and readiness; none where the one that reaches most is the readiest."""
    from guyub.engine.readiness import balances, readiness

    begun, kept_out = _marks(seen, excluded, active)
    ready = readiness(seen, DEEDS[wishes.deeds])
    found = balances(spread, count, ready, seed=wishes.seed, excluded=kept_out, active=begun)
    return [
        {
            "people": [persons[seen.id[person]] for person in each.people],
            "reach": asdict(each.reach),
            "ready": each.ready,
        }
        for each in (found if len(found) > 1 else ())
    ]


def _marks(seen: Frame, excluded: Sequence[str], active: Sequence[str]) -> tuple[Any, Any]:
    """Who has begun, and who may not be chosen though they have not."""
    import numpy as np

    begun, out = (np.isin(seen.id, list(each)) for each in (active, excluded))
    return begun, (seen.opposed() | out) & ~begun


def _curve(
    seen: Frame,
    spread: Spread,
    most: int,
    excluded: Sequence[str],
    active: Sequence[str],
    seed: int,
) -> dict[str, Any]:
    from guyub.engine.when_to_stop import reach_curve

    begun, kept_out = _marks(seen, excluded, active)
    most = min(most, int((~kept_out & ~begun).sum()))
    curve = reach_curve(spread, most, seed=seed, excluded=kept_out, active=begun)
    return {"adds": [round(float(each), 2) for each in curve.adds], "elbow": asdict(curve.elbow)}


def _opposition(
    seen: Frame, persons: Mapping[str, str], plan: Sequence[str], wishes: PlanWishes
) -> dict[str, Any] | None:
    from guyub.engine.opponents import opposition

    if seen.size > _MOST_PEOPLE:
        return None
    found = opposition(seen, plan, seed=wishes.seed, contested=wishes.contested)
    return {
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
