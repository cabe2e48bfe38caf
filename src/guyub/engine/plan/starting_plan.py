"""The starting plan: whom to begin with, how far it reaches, beside the usual choices, and why."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from guyub.engine.diffusion.influence import InfluenceModel, habit_diffusion
from guyub.engine.diffusion.model import DiffusionModel
from guyub.engine.errors import EngineError
from guyub.engine.frame import Frame
from guyub.engine.plan.missing_ties import UncertainTies, uncertain_ties
from guyub.engine.plan.outcome import StartingPlan
from guyub.engine.plan.planners import (
    PlanProblem,
    assess_contest,
    plan_by_hand,
    plan_fair,
    plan_habit,
    plan_plain,
    plan_within_hours,
)
from guyub.engine.plan.wishes import Wishes, demand_enough, places_of, weights_of
from guyub.engine.reasons import Reason


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
    (`missing_ties`); the neutral models take ties as they were told.

    :raises EngineError: somebody named is not in the list, or given may not be chosen; too few are
        left; no visit fits into the hours; people are in fewer than two groups; needs are below 1.
    """
    wishes = wishes or Wishes()
    likely = None
    if (firmness or guess) and spread == "model":
        likely = uncertain_ties(frame, model, guess=guess, competitive=wishes.competitive)
    diffusion = (
        likely.mean if likely else frame.diffusion(spread, model, competitive=wishes.competitive)
    )
    problem = _problem(frame, diffusion, count, wishes, seed)
    plan = _planned(replace(problem, likely=likely if firmness else None), wishes, model)
    return plan if likely is None else _with_guesses(plan, likely)


def _problem(
    frame: Frame, diffusion: DiffusionModel, count: int, wishes: Wishes, seed: int
) -> PlanProblem:
    """What is asked, by places of the frame instead of ids."""
    places = {identifier: place for place, identifier in enumerate(frame.id)}
    begun, given = places_of(places, wishes.active), places_of(places, wishes.given)
    candidates = ~frame.opposed()
    candidates[np.concatenate((begun, places_of(places, wishes.excluded)))] = False
    demand_enough(1 if wishes.says_how_many else count, candidates)
    if not candidates[given].all():
        raise EngineError("Somebody chosen by hand stands against, is left out or has begun.")
    return PlanProblem(
        frame=frame,
        diffusion=diffusion,
        count=count,
        candidates=candidates,
        begun=begun,
        given=given,
        counts=weights_of(places, wishes.weights),
        seed=seed,
    )


def _planned(problem: PlanProblem, wishes: Wishes, model: InfluenceModel | None) -> StartingPlan:
    """The plan, in the way that the wishes ask for."""
    if wishes.given:
        plan = plan_by_hand(problem)
    elif wishes.fair_by:
        plan = plan_fair(problem, wishes.fair_by, wishes.aim)
    elif wishes.hours:
        plan = plan_within_hours(problem, wishes.hours)
    elif wishes.needs != 1:
        plan = plan_habit(
            replace(problem, diffusion=habit_diffusion(problem.diffusion, model)), wishes.needs
        )
    else:
        plan = plan_plain(problem)
    return (
        replace(plan, contest=assess_contest(problem, plan))
        if problem.diffusion.opponents.size
        else plan
    )


def _with_guesses(plan: StartingPlan, likely: UncertainTies) -> StartingPlan:
    """What is taken for granted of those who were not asked."""
    ties = round(float(likely.unknown.chance.sum()))
    if not ties:
        return plan
    asked = int(likely.unknown.asked.sum())
    facts = {"asked": asked, "people": plan.people, "ties": ties}
    return replace(plan, assumptions=(*plan.assumptions, Reason(code="guessed", facts=facts)))
