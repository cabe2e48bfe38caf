"""The ways in which a starting plan is made, one for each kind of wish (see `plan`)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from guyub.engine.diffusion.model import DiffusionModel
from guyub.engine.diffusion.reach import Reach
from guyub.engine.diffusion.simulations import reach_interval
from guyub.engine.diffusion.thresholds import simulate_adoption
from guyub.engine.plan.explanations import assumptions
from guyub.engine.plan.groupings import OTHERS, group_number, grouping
from guyub.engine.plan.outcome import Chosen, Contest, Fairness, StartingPlan, Visit, Visits
from guyub.engine.plan.problem import PlanProblem
from guyub.engine.plan.request import Hours
from guyub.engine.seeds.baselines import Baseline
from guyub.engine.seeds.budget import choose_visits
from guyub.engine.seeds.catalysts import quick_catalysts, share_of_best
from guyub.engine.seeds.fairness import fair_catalysts
from guyub.engine.seeds.habits import habit_plan
from guyub.engine.seeds.priority_group import priority_catalysts
from guyub.engine.seeds.robustness import plan_membership, stability_of

# An aim that names a group which is to be reached above all begins so.
PRIORITY_AIM = "wanted:"

# People up to whom it is asked how firmly each stands: half a second. Our choice, a large village.
_MOST_ASKED_OF = 5_000


def plan_plain(problem: PlanProblem) -> StartingPlan:
    """The choice that reaches most, and how firmly each stands in it, if that is asked."""
    beside = problem.baselines()
    found = problem.best(problem.request.count, beside)
    expected = found.estimate + problem.begun.size if problem.seeds.weights is None else None
    plan = problem.evaluate(found, beside, expected)
    return replace(plan, catalysts=with_stability(problem, plan.catalysts, found.people))


def plan_by_hand(problem: PlanProblem) -> StartingPlan:
    """People whom somebody chose, beside the choice that reaches most."""
    people = problem.given
    best = problem.best(people.size)
    share = share_of_best(problem.seeds, people, best)
    beside = (Baseline(name="plain", plans=(best.people,)), *problem.baselines(people.size))
    plan = problem.evaluate(replace(best, people=people, guarantee=share), beside)
    return replace(plan, catalysts=with_stability(problem, plan.catalysts, people), by_hand=True)


def with_stability(
    problem: PlanProblem, chosen: tuple[Chosen, ...], people: NDArray[np.int64]
) -> tuple[Chosen, ...]:
    """How firmly each chosen person stands in the plan; as they are where no tie is doubtful."""
    likely = problem.likely
    if likely is None or not likely.doubtful or problem.frame.size > _MOST_ASKED_OF:
        return chosen
    certain = problem.with_diffusion(likely.certain).seeds
    share = plan_membership(certain, likely.there, people.size)
    words = (stability_of(float(share[person])) for person in people)
    return tuple(replace(each, stability=word) for each, word in zip(chosen, words, strict=True))


def plan_fair(problem: PlanProblem) -> StartingPlan:
    """A choice that looks to every group, or to one above all, played beside the plain one."""
    seeds, count, by, aim = (
        problem.seeds,
        problem.request.count,
        problem.request.fair_by,
        problem.request.aim,
    )
    wanted = aim.removeprefix(PRIORITY_AIM)
    # One group is enough to be looked to above all.
    numbers, names = grouping(problem.frame, by, fewest=2 if wanted == aim else 1)
    if wanted == aim:
        found = fair_catalysts(seeds, count, numbers, aim=aim)
    else:
        found = priority_catalysts(seeds, count, numbers == group_number(names, wanted))
        names = (wanted, OTHERS)
    beside = (Baseline(name="plain", plans=(found.plain,)), *problem.baselines())
    plan = problem.evaluate(found, beside)
    groups = dict(zip(names, found.groups, strict=True))
    return replace(plan, fairness=Fairness(by=by, aim=aim, groups=groups, price=found.price))


def plan_within_hours(problem: PlanProblem, hours: Hours) -> StartingPlan:
    """Visits within the hours there are, beside as many people wherever they live."""
    going = _Going.of(problem, hours)
    found = choose_visits(problem.seeds, going.costs, hours.there, together=going.together)
    everybody = problem.baselines(int(problem.seeds.candidates.sum()))
    beside = tuple(
        replace(choice, plans=tuple(going.afforded(plan, hours.there) for plan in choice.plans))
        for choice in everybody
    )
    best = quick_catalysts(problem.seeds, found.people.size)
    plan = problem.evaluate(found, (Baseline(name="plain", plans=(best,)), *beside))
    simulations, ids = plan.reach.simulations, problem.frame.id
    fewer = (
        problem.played(best, simulations).totals - problem.played(found.people, simulations).totals
    )
    return replace(
        plan,
        catalysts=with_stability(problem, plan.catalysts, found.people),
        visits=Visits(
            visits=tuple(
                Visit(people=tuple(ids[each] for each in visit), hours=going.hours(visit))
                for visit in found.visits
            ),
            there=hours.there,
            taken=found.cost,
            price=reach_interval(fewer),
            plain_hours=sum(map(going.hours, {going.visit(each) for each in best.tolist()})),
        ),
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class _Going:
    """What visits take: costs for each person alone, together for those met in one visit."""

    costs: NDArray[np.float64]
    together: dict[tuple[int, ...], float]
    visit_of: dict[int, tuple[int, ...]]

    @classmethod
    def of(cls, problem: PlanProblem, hours: Hours) -> _Going:
        together = hours.visits(problem.frame, problem.seeds.candidates)
        return cls(
            costs=hours.costs(problem.frame),
            together=together,
            visit_of={person: visit for visit in together for person in visit},
        )

    def visit(self, person: int) -> tuple[int, ...]:
        """Everybody whom one meets when one goes to somebody."""
        return self.visit_of.get(person, (person,))

    def hours(self, visit: tuple[int, ...]) -> float:
        """What a visit takes."""
        return self.together.get(visit, float(self.costs[visit[0]]))

    def afforded(self, plan: NDArray[np.int64], there: float) -> NDArray[np.int64]:
        """Whoever is visited if one goes down a list as long as hours last."""
        left, taken = there, dict[tuple[int, ...], None]()
        for person in plan.tolist():
            visit = self.visit(person)
            if visit not in taken and self.hours(visit) <= left:
                taken[visit] = None
                left -= self.hours(visit)
        return np.array([person for visit in taken for person in visit], np.int64)


def plan_habit(problem: PlanProblem) -> StartingPlan:
    """People from whom a habit spreads far, beside the plan for news and the baselines.

    What somebody adds is what would be lost without them: nobody moves anybody alone.
    """
    frame, seeds, needs = problem.frame, problem.seeds, problem.request.needs
    found = habit_plan(seeds, problem.request.count, needs=needs)
    order = np.argsort(-found.lost, kind="stable")
    simulations = found.reach.simulations
    return StartingPlan(
        catalysts=problem.chosen(found.people[order], found.lost[order], None),
        active=tuple(frame.id[person] for person in problem.begun),
        reach=found.reach,
        guarantee=None,
        confidence=None,
        comparison={
            "news": found.plain_reach,
            **{each.name: _adoption(problem, each, simulations) for each in problem.baselines()},
        },
        assumptions=assumptions(frame, seeds.diffusion.name, needs),
        people=frame.size,
        ties=frame.source.size,
        seed=seeds.seed,
        spread=seeds.diffusion.name,
        needs=needs,
    )


def _adoption(problem: PlanProblem, choice: Baseline, simulations: int) -> Reach:
    """How many take a habit up from a baseline, each of its plans in its share of simulations."""
    share = max(2, simulations // len(choice.plans))
    totals = [
        simulate_adoption(
            problem.seeds.diffusion,
            np.concatenate((problem.begun, plan)),
            problem.request.needs,
            simulations=share,
            seed=problem.seeds.seed + number,
            weights=problem.seeds.weights,
        )
        for number, plan in enumerate(choice.plans)
    ]
    return reach_interval(np.concatenate(totals))


def assess_contest(problem: PlanProblem, plan: StartingPlan) -> Contest:
    """What it means for a plan that some speak against it."""
    places = {identifier: place for place, identifier in enumerate(problem.frame.id)}
    people = np.array([places[each.id] for each in plan.catalysts], np.int64)
    simulations, more = plan.reach.simulations, None
    diffusion = problem.seeds.diffusion
    silent = problem.with_diffusion(with_silent_opponents(diffusion))
    if not (plan.fairness or plan.visits or plan.by_hand):
        unaware = problem.played(quick_catalysts(silent.seeds, people.size), simulations).totals
        more = reach_interval(problem.played(people, simulations).totals - unaware)
    return Contest(
        speakers=int(diffusion.opponents.size),
        unopposed=silent.played(people, simulations).reach,
        more=more,
    )


def with_silent_opponents(diffusion: DiffusionModel) -> DiffusionModel:
    """The same cascade if those against it kept silent: nothing passes through them."""
    loud = np.isin(diffusion.network.out_sources, diffusion.opponents)
    kept = np.where(loud, np.float32(0.0), diffusion.probability)
    return replace(diffusion, probability=kept, opponents=np.empty(0, np.int64))
