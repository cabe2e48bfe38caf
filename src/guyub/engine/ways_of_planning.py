"""The ways in which a starting plan is made, one for each kind of wish (see `plan`)."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from guyub.engine.budget import VisitPlan, visits_within
from guyub.engine.catalysts import Catalysts, catalysts, good_choice, share_of_best
from guyub.engine.fairness import FairPlan, fair_catalysts
from guyub.engine.frame import Frame
from guyub.engine.groupings import OTHERS, group_number, grouping
from guyub.engine.heuristics import UsualChoice, usual_choices
from guyub.engine.influence import Spread
from guyub.engine.most_wanted import most_wanted
from guyub.engine.plan_outcome import Chosen, Contest, Fairness, StartingPlan, Visit, Visits
from guyub.engine.reasons import assumptions, reasons_for
from guyub.engine.robustness import stays, word_for
from guyub.engine.spread import Cascades, Reach, cascades, enough_worlds, interval, reach_of_any
from guyub.engine.thresholds import adopted, habit_plan
from guyub.engine.unknown_ties import Possible
from guyub.engine.wishes import Hours

# An aim that names a group which is to be reached above all begins so.
WANTED = "wanted:"

# Choices are played side by side. Our choice: the cores of a small computer.
_THREADS = 2

# People up to whom it is asked how firmly each stands: half a second. Our choice, a large village.
_MOST_FIRM = 5_000


@dataclass(frozen=True, eq=False, kw_only=True)
class Asked:
    """What a plan is made for: places of the frame, and the cascade along what may be there.

    begun: who is active already. given: who was chosen by hand. counts: for how much each person
    counts, None for one. likely: what may be there, where it is asked how firmly everybody stands.
    """

    frame: Frame
    cascade: Spread
    count: int
    candidates: NDArray[np.bool_]
    begun: NDArray[np.int64]
    given: NDArray[np.int64]
    counts: NDArray[np.float64] | None
    seed: int
    likely: Possible | None = None

    def usual(self, count: int | None = None) -> tuple[UsualChoice, ...]:
        """The usual choices of as many people, from what was told alone."""
        return usual_choices(
            self.frame.network(),
            self.count if count is None else count,
            seed=self.seed,
            candidates=self.candidates,
            nominated=self.frame.nominated(),
            leaders=self.frame.leader,
        )

    def chosen(
        self, people: NDArray[np.int64], adds: NDArray[np.float64], played: Cascades | None
    ) -> tuple[Chosen, ...]:
        """People with what they add, and why."""
        reasons = reasons_for(self.frame, people, played)
        ids, names = self.frame.id, self.frame.name
        return tuple(
            Chosen(id=ids[person], name=names[person], marginal_reach=added, reasons=why)
            for person, added, why in zip(people, adds.tolist(), reasons, strict=True)
        )

    def told(
        self,
        found: Catalysts | FairPlan | VisitPlan,
        beside: Sequence[UsualChoice],
        expected: float | None = None,
    ) -> StartingPlan:
        """A choice played beside others, with reasons. expected: its reach, where known."""
        worlds = enough_worlds(self.cascade, expected)
        with ThreadPoolExecutor(_THREADS) as threads:
            reached = threads.map(lambda choice: self._reach(choice, worlds), beside)
            played = self.played(found.people, worlds, first=True)
        after = played.after(self.begun.size)
        return StartingPlan(
            catalysts=self.chosen(found.people, after.marginal, after),
            active=tuple(self.frame.id[person] for person in self.begun),
            reach=played.reach,
            guarantee=found.guarantee,
            confidence=found.confidence,
            comparison=dict(zip((choice.name for choice in beside), reached, strict=True)),
            assumptions=assumptions(
                self.frame, self.cascade.name, contested=self.cascade.against.size > 0
            ),
            people=self.frame.size,
            ties=self.frame.source.size,
            seed=self.seed,
            spread=self.cascade.name,
        )

    def played(self, people: NDArray[np.int64], worlds: int, *, first: bool = False) -> Cascades:
        """People played together with the active."""
        together = np.concatenate((self.begun, people))
        return cascades(
            self.cascade, together, worlds=worlds, seed=self.seed, first=first, weights=self.counts
        )

    def best(self, count: int, rivals: Sequence[UsualChoice] = ()) -> Catalysts:
        """The choice of so many people that reaches most."""
        return catalysts(
            self.cascade,
            count,
            seed=self.seed,
            excluded=~self.candidates,
            active=self.begun,
            rivals=[each.plans[0] for each in rivals if len(each.plans) == 1],
            weights=self.counts,
        )

    def good(self, count: int) -> NDArray[np.int64]:
        """So many people who reach much, to compare with."""
        return good_choice(
            self.cascade,
            count,
            seed=self.seed,
            excluded=~self.candidates,
            active=self.begun,
            weights=self.counts,
        )

    def _reach(self, choice: UsualChoice, worlds: int) -> Reach:
        if len(choice.plans) == 1:
            return self.played(choice.plans[0], worlds).reach
        plans = [np.concatenate((self.begun, plan)) for plan in choice.plans]
        return reach_of_any(self.cascade, plans, worlds=worlds, seed=self.seed, weights=self.counts)


def plain(asked: Asked) -> StartingPlan:
    """The choice that reaches most, and how firmly each stands in it, if that is asked."""
    usual = asked.usual()
    found = asked.best(asked.count, usual)
    expected = found.estimate + asked.begun.size if asked.counts is None else None
    told = asked.told(found, usual, expected)
    return replace(told, catalysts=firmly(asked, told.catalysts, found.people))


def by_hand(asked: Asked) -> StartingPlan:
    """People whom somebody chose, beside the choice that reaches most."""
    people = asked.given
    best = asked.best(people.size)
    share = share_of_best(
        asked.cascade,
        people,
        best,
        seed=asked.seed,
        excluded=~asked.candidates,
        active=asked.begun,
        weights=asked.counts,
    )
    beside = (UsualChoice(name="plain", plans=(best.people,)), *asked.usual(people.size))
    told = asked.told(replace(best, people=people, guarantee=share), beside)
    return replace(told, catalysts=firmly(asked, told.catalysts, people), by_hand=True)


def firmly(
    asked: Asked, chosen: tuple[Chosen, ...], people: NDArray[np.int64]
) -> tuple[Chosen, ...]:
    """How firmly each chosen person stands in the plan; as they are where no tie is doubtful."""
    likely = asked.likely
    if likely is None or not likely.doubtful or likely.certain.network.size > _MOST_FIRM:
        return chosen
    share = stays(
        likely.certain,
        likely.there,
        people.size,
        seed=asked.seed,
        excluded=~asked.candidates,
        active=asked.begun,
        weights=asked.counts,
    )
    words = (word_for(float(share[person])) for person in people)
    return tuple(replace(each, firm=word) for each, word in zip(chosen, words, strict=True))


def fair(asked: Asked, by: str, aim: str) -> StartingPlan:
    """A choice that looks to every group, or to one above all, played beside the plain one."""
    wanted = aim.removeprefix(WANTED)
    # One group is enough to be looked to above all.
    numbers, names = grouping(asked.frame, by, fewest=2 if wanted == aim else 1)
    cascade, count, seed = asked.cascade, asked.count, asked.seed
    excluded, active = ~asked.candidates, asked.begun
    if wanted == aim:
        found = fair_catalysts(
            cascade, count, numbers, aim=aim, seed=seed, excluded=excluded, active=active
        )
    else:
        marks = numbers == group_number(names, wanted)
        found = most_wanted(cascade, count, marks, seed=seed, excluded=excluded, active=active)
        names = (wanted, OTHERS)
    told = asked.told(found, (UsualChoice(name="plain", plans=(found.plain,)), *asked.usual()))
    groups = dict(zip(names, found.groups, strict=True))
    return replace(told, fairness=Fairness(by=by, aim=aim, groups=groups, price=found.price))


def within(asked: Asked, hours: Hours) -> StartingPlan:
    """Visits within the hours there are, beside as many people wherever they live."""
    going = _Going.of(asked, hours)
    found = visits_within(
        asked.cascade,
        going.costs,
        hours.there,
        together=going.together,
        seed=asked.seed,
        excluded=~asked.candidates,
        active=asked.begun,
        weights=asked.counts,
    )
    usual = tuple(
        replace(choice, plans=tuple(going.afforded(plan, hours.there) for plan in choice.plans))
        for choice in asked.usual(int(asked.candidates.sum()))
    )
    best = asked.good(found.people.size)
    told = asked.told(found, (UsualChoice(name="plain", plans=(best,)), *usual))
    worlds, ids = told.reach.worlds, asked.frame.id
    fewer = asked.played(best, worlds).totals - asked.played(found.people, worlds).totals
    return replace(
        told,
        catalysts=firmly(asked, told.catalysts, found.people),
        visits=Visits(
            visits=tuple(
                Visit(people=tuple(ids[each] for each in visit), hours=going.hours(visit))
                for visit in found.visits
            ),
            there=hours.there,
            taken=found.cost,
            price=interval(fewer),
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
    def of(cls, asked: Asked, hours: Hours) -> _Going:
        together = hours.visits(asked.frame, asked.candidates)
        return cls(
            costs=hours.costs(asked.frame),
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


def habit(asked: Asked, needs: int) -> StartingPlan:
    """People from whom a habit spreads far, beside the plan for news and the usual choices.

    What somebody adds is what would be lost without them: nobody moves anybody alone.
    """
    cascade, seed, counts = asked.cascade, asked.seed, asked.counts
    found = habit_plan(
        cascade,
        asked.count,
        needs=needs,
        seed=seed,
        excluded=~asked.candidates,
        active=asked.begun,
        weights=counts,
    )

    def taken_up(plan: NDArray[np.int64], worlds: int, first: int) -> NDArray[np.float64]:
        together = np.concatenate((asked.begun, plan))
        return adopted(cascade, together, needs, worlds=worlds, seed=first, weights=counts)

    worlds = found.reach.worlds
    order = np.argsort(-found.lost, kind="stable")
    usually = {
        choice.name: interval(
            np.concatenate(
                [
                    taken_up(plan, max(2, worlds // len(choice.plans)), seed + at)
                    for at, plan in enumerate(choice.plans)
                ]
            )
        )
        for choice in asked.usual()
    }
    return StartingPlan(
        catalysts=asked.chosen(found.people[order], found.lost[order], None),
        active=tuple(asked.frame.id[person] for person in asked.begun),
        reach=found.reach,
        guarantee=None,
        confidence=None,
        comparison={"news": found.plain_reach, **usually},
        assumptions=assumptions(asked.frame, cascade.name, needs),
        people=asked.frame.size,
        ties=asked.frame.source.size,
        seed=seed,
        spread=cascade.name,
        needs=needs,
    )


def contest(asked: Asked, told: StartingPlan) -> Contest:
    """What it means for a plan that some speak against it."""
    places = {identifier: place for place, identifier in enumerate(asked.frame.id)}
    people = np.array([places[each.id] for each in told.catalysts], np.int64)
    worlds, more = told.reach.worlds, None
    silent = replace(asked, cascade=without_speakers(asked.cascade))
    if not (told.fairness or told.visits or told.by_hand):
        unaware = asked.played(silent.good(people.size), worlds).totals
        more = interval(asked.played(people, worlds).totals - unaware)
    return Contest(
        speakers=int(asked.cascade.against.size),
        unopposed=silent.played(people, worlds).reach,
        more=more,
    )


def without_speakers(spread: Spread) -> Spread:
    """The same cascade if those against it kept silent: nothing passes through them."""
    loud = np.isin(spread.network.out_sources, spread.against)
    kept = np.where(loud, np.float32(0.0), spread.probability)
    return replace(spread, probability=kept, against=np.empty(0, np.int64))
