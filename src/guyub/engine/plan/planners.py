"""The ways in which a starting plan is made, one for each kind of wish (see `plan`)."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from guyub.engine.diffusion.model import DiffusionModel
from guyub.engine.diffusion.simulations import (
    Reach,
    Simulations,
    enough_simulations,
    mean_reach,
    reach_interval,
    simulate,
)
from guyub.engine.diffusion.thresholds import simulate_adoption
from guyub.engine.frame import Frame
from guyub.engine.plan.explanations import assumptions, reasons_for
from guyub.engine.plan.groupings import OTHERS, group_number, grouping
from guyub.engine.plan.missing_ties import UncertainTies
from guyub.engine.plan.outcome import Chosen, Contest, Fairness, StartingPlan, Visit, Visits
from guyub.engine.plan.wishes import Hours
from guyub.engine.seeds.baselines import Baseline, baselines
from guyub.engine.seeds.budget import VisitPlan, choose_visits
from guyub.engine.seeds.catalysts import Catalysts, catalysts, quick_catalysts, share_of_best
from guyub.engine.seeds.fairness import FairPlan, fair_catalysts
from guyub.engine.seeds.habits import habit_plan
from guyub.engine.seeds.priority_group import priority_catalysts
from guyub.engine.seeds.robustness import plan_membership, stability_of

# An aim that names a group which is to be reached above all begins so.
PRIORITY_AIM = "wanted:"

# Choices are played side by side. Our choice: the cores of a small computer.
_THREADS = 2

# People up to whom it is asked how firmly each stands: half a second. Our choice, a large village.
_MOST_FIRM = 5_000


@dataclass(frozen=True, eq=False, kw_only=True)
class PlanProblem:
    """What a plan is made for: places of the frame, and the cascade along what may be there.

    begun: who is active already. given: who was chosen by hand. counts: for how much each person
    counts, None for one. likely: what may be there, where it is asked how firmly everybody stands.
    """

    frame: Frame
    diffusion: DiffusionModel
    count: int
    candidates: NDArray[np.bool_]
    begun: NDArray[np.int64]
    given: NDArray[np.int64]
    counts: NDArray[np.float64] | None
    seed: int
    likely: UncertainTies | None = None

    def usual(self, count: int | None = None) -> tuple[Baseline, ...]:
        """The usual choices of as many people, from what was told alone."""
        return baselines(
            self.frame.network(),
            self.count if count is None else count,
            seed=self.seed,
            candidates=self.candidates,
            nominated=self.frame.nominated(),
            leaders=self.frame.leader,
        )

    def chosen(
        self, people: NDArray[np.int64], adds: NDArray[np.float64], played: Simulations | None
    ) -> tuple[Chosen, ...]:
        """People with what they add, and why."""
        reasons = reasons_for(self.frame, people, played)
        ids, names = self.frame.id, self.frame.name
        return tuple(
            Chosen(id=ids[person], name=names[person], marginal_reach=added, reasons=why)
            for person, added, why in zip(people, adds.tolist(), reasons, strict=True)
        )

    def evaluate(
        self,
        found: Catalysts | FairPlan | VisitPlan,
        beside: Sequence[Baseline],
        expected: float | None = None,
    ) -> StartingPlan:
        """A choice played beside others, with reasons. expected: its reach, where known."""
        simulations = enough_simulations(self.diffusion, expected)
        with ThreadPoolExecutor(_THREADS) as threads:
            reached = threads.map(lambda choice: self._reach(choice, simulations), beside)
            played = self.played(found.people, simulations, first=True)
        after = played.after(self.begun.size)
        return StartingPlan(
            catalysts=self.chosen(found.people, after.marginal, after),
            active=tuple(self.frame.id[person] for person in self.begun),
            reach=played.reach,
            guarantee=found.guarantee,
            confidence=found.confidence,
            comparison=dict(zip((choice.name for choice in beside), reached, strict=True)),
            assumptions=assumptions(
                self.frame, self.diffusion.name, competitive=self.diffusion.opponents.size > 0
            ),
            people=self.frame.size,
            ties=self.frame.source.size,
            seed=self.seed,
            spread=self.diffusion.name,
        )

    def played(
        self, people: NDArray[np.int64], simulations: int, *, first: bool = False
    ) -> Simulations:
        """People played together with the active."""
        together = np.concatenate((self.begun, people))
        return simulate(
            self.diffusion,
            together,
            simulations=simulations,
            seed=self.seed,
            first=first,
            weights=self.counts,
        )

    def best(self, count: int, rivals: Sequence[Baseline] = ()) -> Catalysts:
        """The choice of so many people that reaches most."""
        return catalysts(
            self.diffusion,
            count,
            seed=self.seed,
            excluded=~self.candidates,
            active=self.begun,
            rivals=[each.plans[0] for each in rivals if len(each.plans) == 1],
            weights=self.counts,
        )

    def good(self, count: int) -> NDArray[np.int64]:
        """So many people who reach much, to compare with."""
        return quick_catalysts(
            self.diffusion,
            count,
            seed=self.seed,
            excluded=~self.candidates,
            active=self.begun,
            weights=self.counts,
        )

    def _reach(self, choice: Baseline, simulations: int) -> Reach:
        if len(choice.plans) == 1:
            return self.played(choice.plans[0], simulations).reach
        plans = [np.concatenate((self.begun, plan)) for plan in choice.plans]
        return mean_reach(
            self.diffusion, plans, simulations=simulations, seed=self.seed, weights=self.counts
        )


def plan_plain(problem: PlanProblem) -> StartingPlan:
    """The choice that reaches most, and how firmly each stands in it, if that is asked."""
    usual = problem.usual()
    found = problem.best(problem.count, usual)
    expected = found.estimate + problem.begun.size if problem.counts is None else None
    plan = problem.evaluate(found, usual, expected)
    return replace(plan, catalysts=with_stability(problem, plan.catalysts, found.people))


def plan_by_hand(problem: PlanProblem) -> StartingPlan:
    """People whom somebody chose, beside the choice that reaches most."""
    people = problem.given
    best = problem.best(people.size)
    share = share_of_best(
        problem.diffusion,
        people,
        best,
        seed=problem.seed,
        excluded=~problem.candidates,
        active=problem.begun,
        weights=problem.counts,
    )
    beside = (Baseline(name="plain", plans=(best.people,)), *problem.usual(people.size))
    plan = problem.evaluate(replace(best, people=people, guarantee=share), beside)
    return replace(plan, catalysts=with_stability(problem, plan.catalysts, people), by_hand=True)


def with_stability(
    problem: PlanProblem, chosen: tuple[Chosen, ...], people: NDArray[np.int64]
) -> tuple[Chosen, ...]:
    """How firmly each chosen person stands in the plan; as they are where no tie is doubtful."""
    likely = problem.likely
    if likely is None or not likely.doubtful or likely.certain.network.size > _MOST_FIRM:
        return chosen
    share = plan_membership(
        likely.certain,
        likely.there,
        people.size,
        seed=problem.seed,
        excluded=~problem.candidates,
        active=problem.begun,
        weights=problem.counts,
    )
    words = (stability_of(float(share[person])) for person in people)
    return tuple(replace(each, firm=word) for each, word in zip(chosen, words, strict=True))


def plan_fair(problem: PlanProblem, by: str, aim: str) -> StartingPlan:
    """A choice that looks to every group, or to one above all, played beside the plain one."""
    wanted = aim.removeprefix(PRIORITY_AIM)
    # One group is enough to be looked to above all.
    numbers, names = grouping(problem.frame, by, fewest=2 if wanted == aim else 1)
    diffusion, count, seed = problem.diffusion, problem.count, problem.seed
    excluded, active = ~problem.candidates, problem.begun
    if wanted == aim:
        found = fair_catalysts(
            diffusion, count, numbers, aim=aim, seed=seed, excluded=excluded, active=active
        )
    else:
        marks = numbers == group_number(names, wanted)
        found = priority_catalysts(
            diffusion, count, marks, seed=seed, excluded=excluded, active=active
        )
        names = (wanted, OTHERS)
    plan = problem.evaluate(found, (Baseline(name="plain", plans=(found.plain,)), *problem.usual()))
    groups = dict(zip(names, found.groups, strict=True))
    return replace(plan, fairness=Fairness(by=by, aim=aim, groups=groups, price=found.price))


def plan_within_hours(problem: PlanProblem, hours: Hours) -> StartingPlan:
    """Visits within the hours there are, beside as many people wherever they live."""
    going = _Going.of(problem, hours)
    found = choose_visits(
        problem.diffusion,
        going.costs,
        hours.there,
        together=going.together,
        seed=problem.seed,
        excluded=~problem.candidates,
        active=problem.begun,
        weights=problem.counts,
    )
    usual = tuple(
        replace(choice, plans=tuple(going.afforded(plan, hours.there) for plan in choice.plans))
        for choice in problem.usual(int(problem.candidates.sum()))
    )
    best = problem.good(found.people.size)
    plan = problem.evaluate(found, (Baseline(name="plain", plans=(best,)), *usual))
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
        together = hours.visits(problem.frame, problem.candidates)
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


def plan_habit(problem: PlanProblem, needs: int) -> StartingPlan:
    """People from whom a habit spreads far, beside the plan for news and the usual choices.

    What somebody adds is what would be lost without them: nobody moves anybody alone.
    """
    diffusion, seed, counts = problem.diffusion, problem.seed, problem.counts
    found = habit_plan(
        diffusion,
        problem.count,
        needs=needs,
        seed=seed,
        excluded=~problem.candidates,
        active=problem.begun,
        weights=counts,
    )

    def taken_up(plan: NDArray[np.int64], simulations: int, first: int) -> NDArray[np.float64]:
        together = np.concatenate((problem.begun, plan))
        return simulate_adoption(
            diffusion, together, needs, simulations=simulations, seed=first, weights=counts
        )

    simulations = found.reach.simulations
    order = np.argsort(-found.lost, kind="stable")
    usually = {
        choice.name: reach_interval(
            np.concatenate(
                [
                    taken_up(plan, max(2, simulations // len(choice.plans)), seed + at)
                    for at, plan in enumerate(choice.plans)
                ]
            )
        )
        for choice in problem.usual()
    }
    return StartingPlan(
        catalysts=problem.chosen(found.people[order], found.lost[order], None),
        active=tuple(problem.frame.id[person] for person in problem.begun),
        reach=found.reach,
        guarantee=None,
        confidence=None,
        comparison={"news": found.plain_reach, **usually},
        assumptions=assumptions(problem.frame, diffusion.name, needs),
        people=problem.frame.size,
        ties=problem.frame.source.size,
        seed=seed,
        spread=diffusion.name,
        needs=needs,
    )


def assess_contest(problem: PlanProblem, plan: StartingPlan) -> Contest:
    """What it means for a plan that some speak against it."""
    places = {identifier: place for place, identifier in enumerate(problem.frame.id)}
    people = np.array([places[each.id] for each in plan.catalysts], np.int64)
    simulations, more = plan.reach.simulations, None
    silent = replace(problem, diffusion=with_silent_opponents(problem.diffusion))
    if not (plan.fairness or plan.visits or plan.by_hand):
        unaware = problem.played(silent.good(people.size), simulations).totals
        more = reach_interval(problem.played(people, simulations).totals - unaware)
    return Contest(
        speakers=int(problem.diffusion.opponents.size),
        unopposed=silent.played(people, simulations).reach,
        more=more,
    )


def with_silent_opponents(diffusion: DiffusionModel) -> DiffusionModel:
    """The same cascade if those against it kept silent: nothing passes through them."""
    loud = np.isin(diffusion.network.out_sources, diffusion.opponents)
    kept = np.where(loud, np.float32(0.0), diffusion.probability)
    return replace(diffusion, probability=kept, opponents=np.empty(0, np.int64))
