"""The starting plan: whom to begin with, how far it reaches, beside the usual choices, and why."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from guyub.engine.errors import EngineError
from guyub.engine.frame import Frame
from guyub.engine.influence import InfluenceModel, Spread, shown
from guyub.engine.plan_outcome import StartingPlan
from guyub.engine.reasons import Reason
from guyub.engine.unknown_ties import Possible, possible
from guyub.engine.ways_of_planning import Asked, by_hand, contest, fair, habit, plain, within
from guyub.engine.wishes import Wishes, counted, demand_enough, named


def starting_plan(
    frame: Frame,
    count: int,
    wishes: Wishes | None = None,
    *,
    seed: int = 1,
    spread: str = "model",
    model: InfluenceModel | None = None,
    firmness: bool = False,
    guess: bool = False,
) -> StartingPlan:
    """Choose `count` people of a frame to begin with, or as many as the wishes say.

    firmness: ask how firmly each stands in the plan where ties are doubtful (not of a fair plan,
    nor of one for a habit). guess: count what may be between people nobody of whom was asked
    (`unknown_ties`); the neutral models take ties as they were told.

    :raises EngineError: somebody named is not in the list, or given may not be chosen; too few are
        left; no visit fits into the hours; people are in fewer than two groups; needs are below 1.
    """
    wishes = wishes or Wishes()
    likely = None
    if (firmness or guess) and spread == "model":
        likely = possible(frame, model, guess=guess, contested=wishes.contested)
    cascade = likely.mean if likely else frame.spread(spread, model, contested=wishes.contested)
    asked = _asked(frame, cascade, count, wishes, seed)
    told = _made(replace(asked, likely=likely if firmness else None), wishes, model)
    return told if likely is None else _with_guesses(told, likely)


def _asked(frame: Frame, cascade: Spread, count: int, wishes: Wishes, seed: int) -> Asked:
    """What is asked, by places of the frame instead of ids."""
    places = {identifier: place for place, identifier in enumerate(frame.id)}
    begun, given = named(places, wishes.active), named(places, wishes.given)
    candidates = ~frame.opposed()
    candidates[np.concatenate((begun, named(places, wishes.excluded)))] = False
    demand_enough(1 if wishes.says_how_many else count, candidates)
    if not candidates[given].all():
        raise EngineError("Somebody chosen by hand stands against, is left out or has begun.")
    return Asked(
        frame=frame,
        cascade=cascade,
        count=count,
        candidates=candidates,
        begun=begun,
        given=given,
        counts=counted(places, wishes.weights),
        seed=seed,
    )


def _made(asked: Asked, wishes: Wishes, model: InfluenceModel | None) -> StartingPlan:
    """The plan, in the way that the wishes ask for."""
    if wishes.given:
        told = by_hand(asked)
    elif wishes.fair_by:
        told = fair(asked, wishes.fair_by, wishes.aim)
    elif wishes.hours:
        told = within(asked, wishes.hours)
    elif wishes.needs != 1:
        told = habit(replace(asked, cascade=shown(asked.cascade, model)), wishes.needs)
    else:
        told = plain(asked)
    return replace(told, contest=contest(asked, told)) if asked.cascade.against.size else told


def _with_guesses(told: StartingPlan, likely: Possible) -> StartingPlan:
    """What is taken for granted of those who were not asked."""
    ties = round(float(likely.unknown.chance.sum()))
    if not ties:
        return told
    asked = int(likely.unknown.asked.sum())
    facts = {"asked": asked, "people": told.people, "ties": ties}
    return replace(told, assumptions=(*told.assumptions, Reason(code="guessed", facts=facts)))
