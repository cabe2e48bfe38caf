"""The starting plan: whom to begin with, how far it reaches, beside the usual choices, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guyub.engine.catalysts import Catalysts, catalysts
from guyub.engine.errors import EngineError
from guyub.engine.frame import Frame
from guyub.engine.heuristics import UsualChoice, usual_choices
from guyub.engine.influence import InfluenceModel, Spread
from guyub.engine.reasons import Reason, assumptions, reasons_for
from guyub.engine.spread import Cascades, Reach, cascades, enough_worlds, reach_of_any


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """One person of the plan. marginal_reach: how many they add to those before them."""

    id: str
    name: str
    marginal_reach: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True)
class StartingPlan:
    """Whom to begin with.

    reach: of the whole plan, with a 99 % interval. guarantee: the plan reaches at least this share
    of the best possible, with probability `confidence`. comparison: the usual choices in the same
    simulated worlds.
    """

    catalysts: tuple[Chosen, ...]
    reach: Reach
    guarantee: float
    confidence: float
    comparison: dict[str, Reach]
    assumptions: tuple[Reason, ...]
    people: int
    ties: int
    seed: int
    spread: str


def starting_plan(
    frame: Frame,
    count: int,
    *,
    seed: int = 1,
    spread: str = "model",
    excluded: Sequence[str] = (),
    model: InfluenceModel | None = None,
) -> StartingPlan:
    """Choose `count` people of a frame to begin with.

    excluded: ids of people who must be left out; whoever stands against is left out in any case.

    :raises EngineError: somebody to be left out is not in the list, or too few are left.
    """
    candidates = _candidates(frame, count, excluded)
    cascade = frame.spread(spread, model)
    usual = usual_choices(
        cascade.network,
        count,
        seed=seed,
        candidates=candidates,
        nominated=frame.nominated(),
        leaders=frame.leader,
    )
    single = [choice.plans[0] for choice in usual if len(choice.plans) == 1]
    found: Catalysts = catalysts(cascade, count, seed=seed, excluded=~candidates, rivals=single)
    worlds = enough_worlds(cascade, found.estimate)
    played = cascades(cascade, found.people, worlds=worlds, seed=seed, first=True)
    return StartingPlan(
        catalysts=_chosen(frame, found.people, played),
        reach=played.reach,
        guarantee=found.guarantee,
        confidence=found.confidence,
        comparison={choice.name: _reach(cascade, choice, worlds, seed) for choice in usual},
        assumptions=assumptions(frame, cascade.name),
        people=frame.size,
        ties=frame.source.size,
        seed=seed,
        spread=cascade.name,
    )


def _candidates(frame: Frame, count: int, excluded: Sequence[str]) -> NDArray[np.bool_]:
    """Who may be chosen."""
    candidates = ~frame.opposed()
    places = {identifier: place for place, identifier in enumerate(frame.id)}
    for identifier in excluded:
        if identifier not in places:
            raise EngineError(f"Nobody in the list has the id {identifier!r}.")
        candidates[places[identifier]] = False
    if not 1 <= count <= int(candidates.sum()):
        raise EngineError(
            f"{count} people cannot be chosen: {int(candidates.sum())} of {frame.size} may be."
        )
    return candidates


def _chosen(frame: Frame, people: NDArray[np.int64], played: Cascades) -> tuple[Chosen, ...]:
    reasons = reasons_for(frame, people, played)
    return tuple(
        Chosen(id=frame.id[person], name=frame.name[person], marginal_reach=added, reasons=why)
        for person, added, why in zip(people, played.marginal.tolist(), reasons, strict=True)
    )


def _reach(cascade: Spread, choice: UsualChoice, worlds: int, seed: int) -> Reach:
    if len(choice.plans) == 1:
        return cascades(cascade, choice.plans[0], worlds=worlds, seed=seed).reach
    return reach_of_any(cascade, choice.plans, worlds=worlds, seed=seed)
