"""The starting plan: whom to begin with, how far it reaches, beside the baselines, and why."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from guyub.engine.diffusion.influence import STARTERS, InfluenceModel, habit_diffusion
from guyub.engine.frame import Frame
from guyub.engine.plan.knowledge import knowledge
from guyub.engine.plan.missing_ties import UncertainTies, uncertain_ties
from guyub.engine.plan.outcome import SELF_STARTERS, StartingPlan
from guyub.engine.plan.outlook import opposition_to, outlook
from guyub.engine.plan.planners import (
    assess_contest,
    plan_by_hand,
    plan_fair,
    plan_habit,
    plan_plain,
    plan_within_hours,
)
from guyub.engine.plan.problem import PlanProblem
from guyub.engine.plan.request import PlanRequest, places_of
from guyub.engine.reasons import Reason


def starting_plan(
    frame: Frame, request: PlanRequest | None = None, model: InfluenceModel | None = None
) -> StartingPlan:
    """Whom of a frame to begin with, as the request says.

    model: other numbers than those of Guyub's influence model.

    >>> from guyub.engine import Frame, PlanRequest, starting_plan
    >>> ties = [("sri", each, "friend") for each in ("joko", "wati", "budi")]
    >>> frame = Frame.of(["sri", "joko", "wati", "budi", "tini"], ties)
    >>> plan = starting_plan(frame, PlanRequest(count=1, spread="constant:0.5"))
    >>> plan.catalysts[0].id, plan.guarantee > 0.9, "random" in plan.comparison
    ('sri', True, True)

    :raises TooLittleKnown: of self-starters, of whom too little is known.
    :raises EngineError: somebody named is not in the list, or given may not be chosen; too few are
        left; no visit fits into the hours; people are in fewer than two groups; needs are below 1.
    """
    request = request or PlanRequest()
    if request.objective == SELF_STARTERS:
        # Who starts is what initiative says; as a factor on ties it would count twice.
        model = STARTERS if model is None else replace(model, initiative=(1.0, 1.0))
    likely = None
    if (request.stability or request.guess) and request.spread == "model":
        likely = uncertain_ties(frame, model, guess=request.guess, competitive=request.competitive)
    diffusion = (
        likely.mean
        if likely
        else frame.diffusion(request.spread, model, competitive=request.competitive)
    )
    problem = PlanProblem.of(frame, request, diffusion, likely if request.stability else None)
    for_starters = request.objective == SELF_STARTERS and not request.given
    looks_on = request.outlook and request.needs == 1
    with ThreadPoolExecutor(1) as beside:
        later = beside.submit(outlook, problem) if looks_on else None
        plan = _planned(problem, model)
        if later is not None:
            against = opposition_to(plan, problem, model)
            plan = replace(plan, outlook=later.result(), opposition=against)
    if for_starters and request.needs == 1:
        places = {identifier: place for place, identifier in enumerate(frame.id)}
        chosen = places_of(places, [each.id for each in plan.catalysts])
        plan = replace(plan, knowledge=knowledge(problem, chosen))
    return plan if likely is None else _with_guesses(plan, likely)


def _planned(problem: PlanProblem, model: InfluenceModel | None) -> StartingPlan:
    """The plan, in the way that the request asks for."""
    request, diffusion = problem.request, problem.seeds.diffusion
    if request.given:
        plan = plan_by_hand(problem)
    elif request.fair_by:
        plan = plan_fair(problem)
    elif request.hours:
        plan = plan_within_hours(problem, request.hours)
    elif request.needs != 1:
        plan = plan_habit(problem.with_diffusion(habit_diffusion(diffusion, model)))
    else:
        plan = plan_plain(problem)
    return (
        replace(plan, contest=assess_contest(problem, plan)) if diffusion.opponents.size else plan
    )


def _with_guesses(plan: StartingPlan, likely: UncertainTies) -> StartingPlan:
    """What is taken for granted of those who were not asked."""
    ties = round(float(likely.unknown.chance.sum()))
    if not ties:
        return plan
    asked = int(likely.unknown.asked.sum())
    facts = {"asked": asked, "people": plan.people, "ties": ties}
    return replace(plan, assumptions=(*plan.assumptions, Reason(code="guessed", facts=facts)))
