"""With whom to begin when visits cost time, and there are only so many hours.

What is chosen are visits: to one person, or to several who should be met together. Each costs its
hours; together they must not cost more than there are. Visits are taken greedily by what they add,
and by what they add for each hour, and at every step the best visit that still fits is tried as the
last one; the better of all is kept. That is worth at least 1 - 1/√e ≈ 0.39 of the best possible
(Khuller, Moss & Naor 1999; proved by Tang, Tang, Lim, Han, Li & Yuan 2021). What is certain of a
plan is the certificate: what the judge sees it reach, over what the collection shows
that no visits within the hours can exceed (`certificate`). That bound is a knapsack which may be
filled with parts of visits, taken at every step of the greedy choice, and pressed down.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guyub.engine.errors import EngineError, NoVisitFits
from guyub.engine.seeds.certificate import (
    MOST_ENTRIES,
    Options,
    Schedule,
    choose_certified,
    is_small,
    log_binomial,
)
from guyub.engine.seeds.coverage import Coverage
from guyub.engine.seeds.problem import SeedProblem

_WORST_CASE = 1.0 - 1.0 / math.sqrt(math.e)

# Choices up to which every one of them is looked at. Our choice: some hundredths of a second.
_EVERY_CHOICE = 3000

# Hours are added up in another order than they were given in: so much may be lost in rounding.
_ROUNDING = 1e-9


@dataclass(frozen=True, eq=False, kw_only=True)
class VisitPlan:
    """Near-best visits within the hours there are, and what is certain about them.

    visits: in the order chosen, each the people met in it. cost: hours of all. estimate: expected
    number (or weight) reached besides the already active. gains: what each visit adds to those
    before. guarantee: the visits reach at least this share of the best possible within the hours,
    with probability `confidence`; as surely no visits reach more than `at_most`. complete: False
    where memory ended the drawing before the promised guarantee.
    """

    visits: tuple[tuple[int, ...], ...]
    cost: float
    estimate: float
    gains: NDArray[np.float64]
    guarantee: float
    confidence: float
    at_most: float
    complete: bool

    @property
    def people(self) -> NDArray[np.int64]:
        """Everybody who is met, in the order chosen."""
        return np.array([person for visit in self.visits for person in visit], np.int64)


def choose_visits(
    problem: SeedProblem,
    costs: ArrayLike,
    budget: float,
    *,
    together: Mapping[tuple[int, ...], float] | None = None,
    epsilon: float = 0.1,
    delta: float | None = None,
    most_entries: int = MOST_ENTRIES,
) -> VisitPlan:
    """The visits within a budget whose people are expected to reach most.

    costs: hours of a visit to each person, above 0. budget: hours there are. together: people who
    are only met together, and the hours that one visit to all of them costs; nobody may stand in
    two of these. epsilon, delta, most_entries: as for `catalysts`, the guarantee aimed at being
    1 - 1/√e - epsilon. A visit in which somebody may not be chosen is not made.

    >>> from guyub.engine import Network, SeedProblem, choose_visits, constant
    >>> stars = Network.from_ties(7, [0, 0, 0, 4, 4], [1, 2, 3, 5, 6])
    >>> problem = SeedProblem.of(constant(stars, 0.5))
    >>> choose_visits(problem, [9, 2, 2, 2, 2, 2, 2], 3.0).people.tolist()  # 0 is too far away
    [4]

    :raises EngineError: no visit fits into the budget; costs are no costs; somebody stands twice.
    """
    choice = _Choice.of(problem, costs, together or {}, budget)
    size = problem.candidates.size
    delta = 1.0 / max(size, 2) if delta is None else delta
    log_choices, share = choice.extent(problem)
    schedule = Schedule.of(log_choices, share, epsilon, delta, _WORST_CASE)
    found = choose_certified(
        problem,
        schedule,
        choice.options,
        most_entries=most_entries,
    )
    taken = np.unique(choice.visit_of[found.people])
    among = np.zeros(choice.costs.size, np.bool_)
    among[taken] = True
    order, gains, _ = choice.by_visit(found.coverage).greedy(taken.size, among)
    return VisitPlan(
        visits=tuple(choice.visits[visit] for visit in order),
        cost=float(choice.costs[order].sum()),
        estimate=found.estimate,
        gains=gains.astype(np.float64) * found.scale,
        guarantee=found.guarantee,
        confidence=1.0 - delta,
        at_most=found.at_most,
        complete=found.complete,
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class _Choice:
    """The visits there are. visit_of: for each person the number of their visit, -1 for none."""

    visits: tuple[tuple[int, ...], ...]
    visit_of: NDArray[np.int32]
    costs: NDArray[np.float64]
    budget: float

    @classmethod
    def of(
        cls,
        problem: SeedProblem,
        costs: ArrayLike,
        together: Mapping[tuple[int, ...], float],
        budget: float,
    ) -> _Choice:
        candidates = problem.candidates
        alone = np.ascontiguousarray(costs, np.float64)
        if alone.shape != candidates.shape:
            raise EngineError(f"{alone.size} costs for {candidates.size} people.")
        shared = [person for visit in together for person in visit]
        if len(set(shared)) < len(shared):
            raise EngineError("Somebody stands in two of the visits made together.")
        if shared and not 0 <= min(shared) <= max(shared) < candidates.size:
            raise EngineError(f"together names somebody outside the {candidates.size} people.")
        single = set(range(candidates.size)) - set(shared)
        offered = {(person,): float(alone[person]) for person in sorted(single)} | dict(together)
        if not all(0.0 < cost < math.inf for cost in offered.values()):
            raise EngineError("A visit costs more than 0.")
        visits = tuple(
            visit
            for visit, cost in offered.items()
            if candidates[list(visit)].all() and cost <= budget + _ROUNDING
        )
        if not visits:
            raise NoVisitFits("No visit fits into the budget: give more hours, or leave fewer out.")
        visit_of = np.full(candidates.size, -1, np.int32)
        for number, visit in enumerate(visits):
            visit_of[list(visit)] = number
        return cls(
            visits=visits,
            visit_of=visit_of,
            costs=np.array([offered[visit] for visit in visits]),
            budget=budget + _ROUNDING,
        )

    def extent(self, problem: SeedProblem) -> tuple[float, float]:
        """The logarithm of how many choices there are at most, and what the best surely reaches."""
        weights = problem.worth
        worth = weights if problem.chance is None else problem.chance * weights
        many = self.costs.size
        cheapest = np.argsort(self.costs, kind="stable")
        most = int((np.cumsum(self.costs[cheapest]) <= self.budget).sum())
        log_choices = math.log(most + 1) + log_binomial(many, min(most, many // 2))
        met = np.array([worth[list(visit)].sum() for visit in self.visits])
        least = max(float(met.max()), float(met[cheapest[:most]].sum())) / float(weights.sum())
        return min(log_choices, many * math.log(2.0)), least if least > 0.0 else most / weights.size

    def people(self, visits: NDArray[np.int64]) -> NDArray[np.int64]:
        """Everybody met in these visits."""
        return np.array([each for visit in visits for each in self.visits[visit]], np.int64)

    def by_visit(self, coverage: Coverage) -> Coverage:
        """The sets that visits are in, rather than people."""
        return coverage.relabelled(self.visit_of, self.costs.size)

    def options(self, coverage: Coverage) -> Options:
        """Visits within the budget worth judging, and what no such visits can exceed."""
        harder, coverage = is_small(coverage.size, coverage.entries), self.by_visit(coverage)
        costs, budget, nobody = self.costs, self.budget, np.empty(0, np.int64)
        tried = [coverage.greedy_within(costs, budget, by, nobody) for by in (False, True)]
        bound = min(each[2] for each in tried)
        if harder:
            # One visit is given up for another, and what is left of the hours is used again.
            tried += [
                coverage.greedy_within(
                    costs, budget, by, coverage.exchanged(visits, costs, budget)[0]
                )
                for by in (False, True)
                for visits, _, _ in tried[:2]
            ]
        visits, covered, _ = max(tried, key=lambda each: each[1])
        if not harder:
            return Options([self.people(visits)], covered, bound)
        choices = affordable_choices(costs, budget, _EVERY_CHOICE)
        if choices is not None:
            visits, covered = coverage.best_of(choices)
            return Options([self.people(visits)], covered, min(bound, float(covered)))
        press = partial(coverage.pressed_bound, visits, covered, costs, budget)
        return Options([self.people(visits)], covered, bound, press)


def affordable_choices(
    costs: NDArray[np.float64], budget: float, most: int
) -> NDArray[np.int64] | None:
    """Every choice within a budget, one a row, its first repeated to fill it; None if too many."""
    order = np.argsort(costs, kind="stable").tolist()
    found: list[list[int]] = []
    open_ends: list[tuple[list[int], int, float]] = [([], 0, budget)]
    while open_ends:
        chosen, begin, left = open_ends.pop()
        for place in range(begin, len(order)):
            price = float(costs[order[place]])
            if price > left:
                break
            further = [*chosen, order[place]]
            found.append(further)
            open_ends.append((further, place + 1, left - price))
            if len(found) > most:
                return None
    widest = max(len(each) for each in found)
    return np.array([each + each[:1] * (widest - len(each)) for each in found], np.int64)
