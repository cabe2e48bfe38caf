"""With whom to begin where a habit is to spread: tried out, without a guarantee.

What costs something or is risky is taken up by those whom several others have shown it
(`diffusion.thresholds`). Nothing is guaranteed then: one person alone may move nobody, and two who
have friends in common a whole village. So plans are tried out in simulations: people in one
neighbourhood, the plain plan, the core of the community; one after the other is exchanged for a
better one. News wants people who stand apart; a habit wants people who see each other.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guyub.engine.diffusion.reach import Reach
from guyub.engine.diffusion.simulations import SIMULATING, reach_interval
from guyub.engine.diffusion.thresholds import (
    _adopted,
    adoption_thresholds,
    demand_unopposed,
    simulate_adoption,
)
from guyub.engine.network.centrality import core_numbers
from guyub.engine.network.graph import Network
from guyub.engine.randomness import seed_for
from guyub.engine.seeds.catalysts import quick_catalysts
from guyub.engine.seeds.problem import SeedProblem

# Simulations in which plans are compared while searching, and in which the plan found is shown.
# Arcs that the whole search may walk. Our choice: a tenth of a second.
_TRIED_SIMULATIONS, _SHOWN_SIMULATIONS = 100, 2000
_WALKED_ARCS = 15_000_000


# Neighbourhoods tried to begin with, how many beginnings are improved, and choices up to which
# every one of them is tried. Our choice.
_NEIGHBOURHOODS, _IMPROVED, _EVERY_CHOICE = 40, 3, 300


_SEARCHING = 13


@dataclass(frozen=True, eq=False, kw_only=True)
class HabitPlan:
    """A good plan for a habit: found by trying, without a guarantee.

    people: in the order of the list. lost: for each of them, how many fewer there would be without
    them. reach: people who take the habit up, they and the already active included, in simulations
    not looked at while searching. plain, plain_reach: the plan that would carry news furthest, in
    the same simulations; more: how many more the plan for a habit reaches. beginnings: how far each
    way to begin got in the search, before and after the best of them were improved. complete: every
    choice there is was tried.
    """

    people: NDArray[np.int64]
    lost: NDArray[np.float64]
    reach: Reach
    plain: NDArray[np.int64]
    plain_reach: Reach
    more: Reach
    beginnings: dict[str, tuple[float, float]]
    complete: bool


def habit_plan(problem: SeedProblem, count: int, *, needs: ArrayLike = 2) -> HabitPlan:
    """`count` people from whom a habit spreads far; found by trying, without a guarantee.

    problem: its diffusion model says with what chance somebody who has taken it up shows it to
    another. needs: how many must have shown it to somebody, one number or one for each person; with
    1 it is news.

    >>> from guyub.engine import Network, SeedProblem, constant, habit_plan
    >>> bridge = Network.from_ties(4, [0, 1, 0, 1], [2, 2, 3, 3])  # 2 and 3 see what 0 and 1 do
    >>> habit_plan(SeedProblem.of(constant(bridge, 1.0)), 2).people.tolist()
    [0, 1]

    :raises EngineError: needs are below 1, or there are fewer people to choose from.
    """
    diffusion = problem.diffusion
    demand_unopposed(diffusion, adoption_thresholds(needs, diffusion.network.size))
    plain = quick_catalysts(problem, count)
    people, beginnings = _searched(problem, count, plain, needs)

    def shown(plan: NDArray[np.int64]) -> NDArray[np.float64]:
        together = np.concatenate((problem.begun, plan))
        return simulate_adoption(
            diffusion,
            together,
            needs,
            simulations=_SHOWN_SIMULATIONS,
            seed=problem.seed,
            weights=problem.weights,
        )

    mine, plainly = shown(people), shown(plain)
    without = [float((mine - shown(people[people != each])).mean()) for each in people]
    return HabitPlan(
        people=people,
        lost=np.array(without),
        reach=reach_interval(mine),
        plain=plain,
        plain_reach=reach_interval(plainly),
        more=reach_interval(mine - plainly),
        beginnings=beginnings,
        complete=not beginnings,
    )


def _searched(
    problem: SeedProblem, count: int, plain: NDArray[np.int64], needs: ArrayLike
) -> tuple[NDArray[np.int64], dict[str, tuple[float, float]]]:
    """The best plan found, and how far each beginning got; none where every plan was tried."""
    search = _Search(problem, needs)
    allowed = np.flatnonzero(problem.candidates)
    if math.comb(allowed.size, count) <= _EVERY_CHOICE:
        every = [np.array(each, np.int64) for each in combinations(allowed.tolist(), count)]
        return np.sort(max(every, key=search.value)), {}
    best, beginnings = search.best_from(_beginnings(problem, count, plain))
    return np.sort(best), beginnings


class _Search:
    """Plans tried in the same simulations until so many arcs were walked."""

    def __init__(self, problem: SeedProblem, needs: ArrayLike) -> None:
        self._diffusion, self._before = problem.diffusion, problem.begun
        self._allowed = np.flatnonzero(problem.candidates)
        self._needs = adoption_thresholds(needs, problem.diffusion.network.size)
        self._counts = np.empty(0) if problem.weights is None else problem.weights
        self._seed = seed_for(int(seed_for(problem.seed, _SEARCHING)) >> 1, SIMULATING)
        self._known: dict[tuple[int, ...], float] = {}
        self._left = _WALKED_ARCS

    def value(self, plan: NDArray[np.int64]) -> float:
        """How many take it up on average."""
        key = tuple(sorted(plan.tolist()))
        if key not in self._known:
            totals, walked = _adopted(
                self._seed,
                np.int64(_TRIED_SIMULATIONS),
                self._diffusion.network.out_offsets,
                self._diffusion.network.out_targets,
                self._diffusion.probability,
                np.concatenate((self._before, plan)),
                self._needs,
                self._counts,
            )
            self._left -= int(walked) + _TRIED_SIMULATIONS
            self._known[key] = float(totals.mean())
        return self._known[key]

    def best_from(
        self, begun: dict[str, NDArray[np.int64]]
    ) -> tuple[NDArray[np.int64], dict[str, tuple[float, float]]]:
        """The best plan that the best beginnings lead to, and how far each got on the way."""
        values = {way: self.value(plan) for way, plan in begun.items()}
        ways = sorted(begun, key=lambda way: -values[way])[:_IMPROVED]
        found = {
            way: self._improved(begun[way], self._left // (_IMPROVED - place))
            for place, way in enumerate(ways)
        }
        best = max(found.values(), key=self.value)
        return best, {way: (values[way], self.value(found.get(way, begun[way]))) for way in begun}

    def _improved(self, plan: NDArray[np.int64], arcs: int) -> NDArray[np.int64]:
        """One after the other exchanged for whoever carries it further, as long as arcs last."""
        best, end = plan.copy(), self._left - arcs
        others = _near(self._diffusion.network, plan, self._allowed)
        changed = True
        while changed:
            changed = False
            for place in range(best.size):
                for other in others:
                    if self._left <= end:
                        return best
                    tried = best.copy()
                    tried[place] = other
                    if other not in best and self.value(tried) > self.value(best):
                        best, changed = tried, True
        return best


def _beginnings(
    problem: SeedProblem, count: int, plain: NDArray[np.int64]
) -> dict[str, NDArray[np.int64]]:
    """Plans to begin the search with, by name."""
    around = problem.diffusion.network.undirected
    allowed = problem.candidates
    degree = around.out_degree
    core = core_numbers(around)
    order = np.lexsort((-degree, -core))
    begun = {"plain": plain, "core": order[allowed[order]][:count].astype(np.int64)}
    centres = np.argsort(-np.where(allowed, degree, -1), kind="stable")
    for centre in centres[: min(_NEIGHBOURHOODS, int(allowed.sum()))]:
        plan = _neighbourhood(around, int(centre), allowed, count)
        if plan.size == count:
            begun[f"around {centre}"] = plan
    return begun


def _neighbourhood(
    around: Network, centre: int, allowed: NDArray[np.bool_], count: int
) -> NDArray[np.int64]:
    """Somebody and those tied to them who share most ties with all taken before."""

    def ties(person: int) -> NDArray[np.int32]:
        return around.out_targets[around.out_offsets[person] : around.out_offsets[person + 1]]

    shared = np.zeros(around.size)
    taken, last = [centre], centre
    while len(taken) < count:
        for other in ties(last):
            shared[ties(int(other))] += 1.0
            shared[other] += 1.0
        open_to = allowed & (shared > 0.0)
        open_to[taken] = False
        if not open_to.any():
            break
        last = int(np.argmax(np.where(open_to, shared, -1.0)))
        taken.append(last)
    return np.array(taken, np.int64)


def _near(
    network: Network, plan: NDArray[np.int64], allowed: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Who may be chosen, those first who are tied to most of a plan, then those with most ties."""
    around = network.undirected
    tied = np.zeros(network.size)
    for person in plan:
        tied[around.out_targets[around.out_offsets[person] : around.out_offsets[person + 1]]] += 1
    return allowed[np.lexsort((-around.out_degree[allowed], -tied[allowed]))]
