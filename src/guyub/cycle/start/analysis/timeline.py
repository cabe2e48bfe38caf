"""How plans that were kept spread by what is known now, followed in the same simulations."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guyub.core.actor import Actor
from guyub.core.query import query
from guyub.cycle.listen import queries as listen
from guyub.cycle.start.analysis.plan_record import PlanRecord
from guyub.cycle.start.analysis.plans import frame_of
from guyub.cycle.start.queries import kept_plan
from guyub.cycle.start.vocabulary import StartPermission

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from guyub.engine import DiffusionModel

# Simulations in which plans are followed. Our choice: a tenth of a second for a village.
_SIMULATIONS = 1000


@dataclass(frozen=True, kw_only=True)
class FollowedPlan:
    """A plan round by round, round 0 being the people it begins with.

    reach: how many have heard by each round. ends: after which round hardly anybody follows.
    heard: for each person, in how many of a hundred simulations they have heard by each round.
    """

    reach: tuple[float, ...]
    ends: int
    heard: dict[uuid.UUID, tuple[int, ...]]


@dataclass(frozen=True, kw_only=True)
class Followed:
    """Plans in the same simulations.

    more, low, high: how many more the second reaches than the first, with a 99 % interval; None
    where there is only one.
    """

    plans: tuple[FollowedPlan, ...]
    more: tuple[float, float, float] | None


@query("start.followed", permission=StartPermission.READ)
def followed(
    actor: Actor, plans: tuple[uuid.UUID, ...], *, needs: int = 1, seed: int = 1
) -> Followed:
    """Follow one or two saved plans using what is known now.

    needs: 1 for news, for a habit how many others must have shown it. Whoever is no longer here
    begins nothing.

    :raises Missing: a plan is not there, or somebody else's.
    """
    import numpy as np

    from guyub.engine import habit_diffusion, timeline, uncertain_ties

    kept = [PlanRecord.of(kept_plan(actor, each)) for each in plans]
    begins = [each.begins_with for each in kept]
    people = listen.all_people(actor)
    # Where one plan reckons with those who speak against it, both are followed past them.
    competitive = needs == 1 and any(each.plan.contest for each in kept)
    diffusion = uncertain_ties(frame_of(actor, people), competitive=competitive).mean
    if needs != 1:
        diffusion = habit_diffusion(diffusion)
    places = {row.id: place for place, row in enumerate(people)}
    begun = [np.array([places[each] for each in plan if each in places], int) for plan in begins]
    found = [
        timeline(diffusion, each, needs=needs, simulations=_SIMULATIONS, seed=seed)
        for each in begun
    ]
    return Followed(
        plans=tuple(
            FollowedPlan(
                reach=tuple(each.reach.tolist()),
                ends=each.ends,
                heard=_in_hundred(each.heard, places),
            )
            for each in found
        ),
        more=_more(diffusion, begun, needs, seed) if len(begun) == 2 else None,
    )


def _more(
    diffusion: DiffusionModel, begun: list[NDArray[np.int64]], needs: int, seed: int
) -> tuple[float, float, float]:
    """How many more the second of two plans reaches than the first, in the same simulations."""
    from guyub.engine import reach_interval, simulate_adoption

    mine, theirs = (
        simulate_adoption(diffusion, each, needs, simulations=_SIMULATIONS, seed=seed)
        for each in begun
    )
    found = reach_interval(theirs - mine)
    return found.expected, found.low, found.high


def _in_hundred(
    heard: NDArray[np.float64], places: dict[uuid.UUID, int]
) -> dict[uuid.UUID, tuple[int, ...]]:
    """For whoever hears in one of a hundred simulations at least."""
    columns = (100.0 * heard).round().astype(int).T
    return {
        person: tuple(columns[place].tolist())
        for person, place in places.items()
        if columns[place, -1]
    }
