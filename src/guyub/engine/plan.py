"""The starting plan: whom to begin with, how far it reaches, beside the usual choices, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from guyub.engine.errors import EngineError
from guyub.engine.frame import Frame
from guyub.engine.influence import InfluenceModel, shown
from guyub.engine.plan_outcome import StartingPlan
from guyub.engine.reasons import Reason
from guyub.engine.unknown_ties import Possible, possible
from guyub.engine.ways_of_planning import Asked, by_hand, contest, fair, habit, plain, within
from guyub.engine.wishes import Hours, counted, demand_enough, demand_together, named


def starting_plan(
    frame: Frame,
    count: int,
    *,
    seed: int = 1,
    spread: str = "model",
    excluded: Sequence[str] = (),
    active: Sequence[str] = (),
    weights: Mapping[str, float] | None = None,
    fair_by: str = "",
    aim: str = "welfare",
    hours: Hours | None = None,
    needs: int = 1,
    contested: bool = False,
    given: Sequence[str] = (),
    model: InfluenceModel | None = None,
    firmness: bool = False,
    guess: bool = False,
) -> StartingPlan:
    """Choose `count` people of a frame to begin with.

    excluded: ids of people who must be left out; whoever stands against is left out in any case.
    active: ids of people who have begun already: the plan is what adds most to them. weights: for
    how much people count when they are reached, by their ids; everybody else counts for one. All
    that is said of reach is then said of weight. fair_by: a grouping of which every group is to be
    reached (`groupings`), as well as `aim` says; people then count for one. hours: visits within
    them instead of so many people; `count` is then not looked at. needs: how many others must have
    shown it to somebody, 1 for news, 2 or more for a habit (`thresholds`). contested: active
    opponents speak against it (`contested`). given: ids of people chosen by hand, instead of
    `count`. firmness: ask how firmly each stands in the plan where ties are doubtful (not of a fair
    plan, nor of one for a habit). guess: count what may be between people nobody of whom was asked
    (`unknown_ties`).

    :raises EngineError: somebody named is not in the list, or given may not be chosen; too few are
        left; no visit fits into the hours; people are in fewer than two groups; needs are below 1;
        or wishes do not go together.
    """
    demand_together(
        needs=needs, fair_by=fair_by, weights=weights, hours=hours, contested=contested, given=given
    )
    places = {identifier: place for place, identifier in enumerate(frame.id)}
    begun, hand = named(places, active), named(places, given)
    candidates = ~frame.opposed()
    candidates[np.concatenate((begun, named(places, excluded)))] = False
    demand_enough(1 if hours or given else count, candidates)
    if not candidates[hand].all():
        raise EngineError("Somebody chosen by hand stands against, is left out or has begun.")
    likely = None
    if (firmness or guess) and spread == "model":
        # The neutral models take ties as they were told.
        likely = possible(frame, model, guess=guess, contested=contested)
    asked = Asked(
        frame=frame,
        cascade=likely.mean if likely else frame.spread(spread, model, contested=contested),
        count=count,
        candidates=candidates,
        begun=begun,
        counts=counted(places, weights),
        seed=seed,
        likely=likely if firmness else None,
    )
    if given:
        told = by_hand(asked, hand)
    elif fair_by:
        told = fair(asked, fair_by, aim)
    elif hours:
        told = within(asked, hours, places)
    elif needs != 1:
        told = habit(replace(asked, cascade=shown(asked.cascade, model)), needs)
    else:
        told = plain(asked)
    if asked.cascade.against.size:
        people = named(places, [each.id for each in told.catalysts])
        told = replace(told, contest=contest(asked, told, people))
    return told if likely is None else _with_guesses(told, likely)


def _with_guesses(told: StartingPlan, likely: Possible) -> StartingPlan:
    """What is taken for granted of those who were not asked."""
    ties = round(float(likely.unknown.chance.sum()))
    if not ties:
        return told
    asked = int(likely.unknown.asked.sum())
    facts = {"asked": asked, "people": told.people, "ties": ties}
    return replace(told, assumptions=(*told.assumptions, Reason(code="guessed", facts=facts)))
