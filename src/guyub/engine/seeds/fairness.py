"""With whom to begin so that every group hears of it, and what that costs in people reached.

Two aims (Tsang, Wilder, Rice, Tambe & Zick 2019; Rahmattalabi et al. 2021). *Welfare*: the sum over
the groups of the square root of the share of each that is reached; the first who hear in a group
count for more than the last, so no group is forgotten, and little reach is given up. *Worst*: the
share of the group that is reached least.

People to begin sets with are drawn so that each group has as many; what a plan covers, group by
group, is then its shares. Welfare is chosen greedily and by exchanges. The worst share is raised by
Saturate (Krause, McMahan, Guestrin & Gupta 2008): a level is sought up to which all groups can be
lifted, each counting only up to it. The guarantee comes from the one for people with weights
(`catalysts`): a concave aim lies below its tangents, the worst share below every mean of shares;
either is a reach with weights for the groups, which nobody can exceed. Where there are few choices,
every one of them is looked at and bounded.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guyub.engine.compiled import inlined, kernel, step
from guyub.engine.diffusion.reach import GroupReached, Reach
from guyub.engine.diffusion.simulations import (
    enough_simulations,
    reach_interval,
    simulate,
)
from guyub.engine.errors import EngineError
from guyub.engine.randomness import seed_for
from guyub.engine.seeds.catalysts import catalysts
from guyub.engine.seeds.certificate import at_least, at_most
from guyub.engine.seeds.coverage import Coverage
from guyub.engine.seeds.problem import SeedProblem
from guyub.engine.seeds.reverse_reachable import ReverseSets

AIMS = ("welfare", "worst")

# People in all sets together, and sets at most. Our choice: some hundredths of a second a village.
_ENTRIES, _SETS = 100_000, 2_000_000

# Choices up to which every one of them is looked at; halvings of the level sought; rounds in which
# the groups' weights in the bound are moved, and by how much. Our choice: little changes after.
_EVERY_CHOICE = 3000
_HALVINGS = 8
_ROUNDS, _STRIDE = 12, 2.0
_EXCHANGES = 2

# No share is taken for smaller in a tangent: it would be too steep to say anything.
_LEAST_SHARE = 1e-3

_CHOOSING, _JUDGING = 11, 12

_SQUARE_ROOT, _UP_TO, _SLOPE = 0, 1, 2


@dataclass(frozen=True, eq=False, kw_only=True)
class FairPlan:
    """A plan that looks to every group, beside the plain plan of as many people.

    groups: one for each, in the order of their numbers. reach, plain_reach: people reached, the
    already active included. price: how many fewer are reached than by the plain plan, in the same
    simulations. guarantee: the aim is met to at least this share of the best possible, with
    probability `confidence`.
    """

    people: NDArray[np.int64]
    plain: NDArray[np.int64]
    groups: tuple[GroupReached, ...]
    reach: Reach
    plain_reach: Reach
    price: Reach
    guarantee: float
    confidence: float


def fair_catalysts(
    problem: SeedProblem,
    count: int,
    groups: ArrayLike,
    *,
    aim: str = "welfare",
) -> FairPlan:
    """The `count` people with whom every group is reached best.

    groups: for each person the number of their group from 0 on, -1 for those who are in none.
    aim: welfare or worst. Everybody counts for one.

    >>> from guyub.engine import Network, SeedProblem, constant, fair_catalysts
    >>> stars = Network.from_ties(9, [0, 0, 0, 4, 4, 4, 7], [1, 2, 3, 5, 6, 8, 8])
    >>> problem = SeedProblem.of(constant(stars, 0.9))
    >>> found = fair_catalysts(problem, 2, [0, 0, 0, 0, 0, 0, 0, 1, 1], aim="worst")
    >>> 7 in found.people, [group.people for group in found.groups]
    (True, [7, 2])

    :raises EngineError: the aim is not known, groups are no groups, people have weights, or the
        count is too large.
    """
    if aim not in AIMS:
        raise EngineError(f"The aim {aim!r} is not known: welfare or worst.")
    demand_unweighted(problem)
    group = _as_groups(groups, problem.candidates.size)
    plain = catalysts(problem, count)
    each = 1.0 / np.bincount(group[group >= 0])
    alike = replace(problem, weights=np.where(group >= 0, each[group], 0.0))
    candidates, begun = problem.candidates, problem.begun
    nobody = np.empty(0, np.int64)
    base = _shares(problem, nobody, group) if begun.size else np.zeros(each.size)
    first = _Sets.drawn(alike, group, base, _CHOOSING)
    chosen = first.fairest(aim, count, candidates, plain.people)
    delta = 1.0 / max(candidates.size, 4)
    if (plans := first.few(count, candidates)) is not None:
        bound = first.most_of(plans, aim, delta / 2.0)
    else:
        slopes = first.slopes(aim, count, candidates, chosen)
        sloped = replace(problem, weights=np.where(group >= 0, (slopes * each)[group], 0.0))
        most = catalysts(sloped, count, delta=delta / 2.0).at_most
        bound = most + float(slopes @ base) + (_above(slopes) if aim == "welfare" else 0.0)
    judged = _Sets.drawn(alike, group, base, _JUDGING)
    surely = float(_met(aim, judged.surely(chosen, delta / 2.0)))
    guarantee = min(1.0, surely / bound) if bound > 0.0 else 1.0
    return compare_with_plain(problem, chosen, plain.people, group, guarantee, delta)


def demand_unweighted(problem: SeedProblem) -> None:
    """Whether everybody counts for one.

    :raises EngineError: they do not.
    """
    if problem.weights is not None:
        raise EngineError("A plan that balances groups counts everyone once.")


def _met(aim: str, shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """How well shares of the groups (last axis) meet an aim."""
    return np.asarray(np.sqrt(shares).sum(axis=-1) if aim == "welfare" else shares.min(axis=-1))


def _above(slopes: NDArray[np.float64]) -> float:
    """How far the tangents of the square root with these slopes lie above zero at zero."""
    return float((0.25 / slopes).sum())


def compare_with_plain(
    problem: SeedProblem,
    chosen: NDArray[np.int64],
    plain: NDArray[np.int64],
    group: NDArray[np.int64],
    guarantee: float,
    delta: float,
) -> FairPlan:
    """A plan beside the plain one, in the same simulations. delta: how likely its guarantee
    fails."""
    diffusion, begun = problem.diffusion, problem.begun
    simulations = enough_simulations(diffusion)
    fair_play, plain_play = (
        simulate(
            diffusion,
            np.concatenate((begun, each)),
            simulations=simulations,
            seed=problem.seed,
            starts=problem.starts(each),
        )
        for each in (chosen, plain)
    )
    shares, plainly = (_shares(problem, each, group) for each in (chosen, plain))
    sizes = np.bincount(group[group >= 0])
    seats = np.bincount(group[chosen][group[chosen] >= 0], minlength=sizes.size)
    heard = shares * sizes
    return FairPlan(
        people=chosen,
        plain=plain,
        groups=tuple(
            GroupReached(
                people=int(sizes[each]),
                chosen=int(seats[each]),
                reached=float(shares[each]),
                reached_plainly=float(plainly[each]),
                part=float(heard[each] / heard.sum()),
            )
            for each in range(sizes.size)
        ),
        reach=fair_play.reach,
        plain_reach=plain_play.reach,
        price=reach_interval(plain_play.totals - fair_play.totals),
        guarantee=guarantee,
        confidence=1.0 - delta,
    )


def _shares(
    problem: SeedProblem, people: NDArray[np.int64], group: NDArray[np.int64]
) -> NDArray[np.float64]:
    """The share of each group that people and the active reach, in simulations."""
    diffusion, together = problem.diffusion, np.concatenate((problem.begun, people))
    simulations = enough_simulations(diffusion)
    played = simulate(
        diffusion,
        together,
        simulations=simulations,
        seed=problem.seed,
        first=True,
        starts=problem.starts(people),
    )
    reached_by = np.asarray(played.first, np.float64).sum(axis=0) / simulations
    inside = group >= 0
    reached = np.bincount(group[inside], weights=reached_by[inside])
    return np.asarray(reached / np.bincount(group[inside]))


def _as_groups(groups: ArrayLike, size: int) -> NDArray[np.int64]:
    given = np.asarray(groups)
    if given.shape != (size,) or not np.issubdtype(given.dtype, np.integer):
        raise EngineError(f"Groups are one whole number for each of {size} people.")
    given = given.astype(np.int64)
    if size == 0 or given.max() < 0 or given.min() < -1:
        raise EngineError("Groups are numbered from 0, and somebody has to be in one.")
    if not np.bincount(given[given >= 0]).all():
        raise EngineError("Groups are numbered without gaps.")
    return given


@dataclass(frozen=True, eq=False, kw_only=True)
class _Sets:
    """Sets with the group of the person whom each began with.

    each: the share of a group for which one of its sets stands. base: shares reached already.
    """

    coverage: Coverage
    group_of: NDArray[np.int32]
    each: float
    base: NDArray[np.float64]

    @classmethod
    def drawn(
        cls,
        problem: SeedProblem,
        group: NDArray[np.int64],
        base: NDArray[np.float64],
        purpose: int,
    ) -> _Sets:
        pool = ReverseSets(problem.backward, seed_for(problem.seed, purpose))
        wanted = 20_000
        while pool.entries < _ENTRIES and wanted <= _SETS:
            pool.grow(wanted, 4 * _ENTRIES)
            wanted *= 2
        return cls(
            coverage=pool.coverage(),
            group_of=_groups_of(*pool.coverage().rows, group),
            each=base.size / pool.sets,
            base=base,
        )

    def shares(self, choices: NDArray[np.int64]) -> NDArray[np.float64]:
        """The shares of the groups (columns) that choices of people (rows) reach."""
        hits = _hits_by_group(*self.coverage.starts, self.group_of, choices, self.base.size)
        return self.base + hits * self.each

    def surely(self, people: NDArray[np.int64], delta: float) -> NDArray[np.float64]:
        """The shares that people reach at least, all together with probability 1 - delta."""
        log_term = math.log(self.base.size / delta)
        hits = (self.shares(people[None])[0] - self.base) / self.each
        least = np.array([at_least(float(each), log_term) for each in hits])
        return self.base + least * self.each

    def fairest(
        self, aim: str, count: int, candidates: NDArray[np.bool_], plain: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """The plan that meets the aim best on these sets; of equals the one that reaches most."""
        plans = self.few(count, candidates)
        if plans is None:
            tried = [plain, self._plan(_SQUARE_ROOT, count, candidates)]
            if aim == "worst":
                tried += self._saturated(count, candidates, np.array(tried))
            plans = np.array(tried)
        shares = self.shares(plans)
        return plans[np.lexsort((shares.sum(axis=1), _met(aim, shares)))[-1]]

    def few(self, count: int, candidates: NDArray[np.bool_]) -> NDArray[np.int64] | None:
        """Every choice there is, one a row; None where there are too many."""
        if math.comb(int(candidates.sum()), count) > _EVERY_CHOICE:
            return None
        return np.array(list(combinations(np.flatnonzero(candidates), count)), np.int64)

    def most_of(self, plans: NDArray[np.int64], aim: str, delta: float) -> float:
        """What none of these plans exceeds, with probability 1 - delta."""
        log_term = math.log(plans.shape[0] * self.base.size / delta)
        hits = (self.shares(plans) - self.base) / self.each
        shares = self.base + at_most(hits, log_term) * self.each
        return float(_met(aim, np.minimum(shares, 1.0)).max())

    def slopes(
        self, aim: str, count: int, candidates: NDArray[np.bool_], chosen: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Weights of the groups whose weighted reach bounds the aim from above.

        For welfare those of the tangent at the chosen plan. For the worst group weights that add
        up to one, raised for the groups that a plan for the others reaches least (multiplicative
        weights, Arora, Hazan & Kale 2012).
        """
        if aim == "welfare":
            touching = np.maximum(self.shares(chosen[None])[0], _LEAST_SHARE)
            return np.asarray(0.5 / np.sqrt(touching))
        weights = np.full(self.base.size, 1.0 / self.base.size)
        best, least = weights, math.inf
        for turn in range(_ROUNDS):
            plan = self._plan(_SLOPE, count, candidates, slopes=weights, exchanges=0)
            shares = self.shares(plan[None])[0]
            if float(weights @ shares) < least:
                best, least = weights, float(weights @ shares)
            stride = _STRIDE / math.sqrt(turn + 1.0) / max(float(shares.max()), _LEAST_SHARE)
            weights = weights * np.exp(-stride * (shares - shares.min()))
            weights = weights / weights.sum()
        return best

    def _saturated(
        self, count: int, candidates: NDArray[np.bool_], tried: NDArray[np.int64]
    ) -> list[NDArray[np.int64]]:
        """Plans for levels up to which every group counts, the level halved in on."""
        low, high = float(self.shares(tried).min(axis=1).max()), 1.0
        high = min(high, float(self.shares(tried).max()))
        found = []
        for _ in range(_HALVINGS):
            level = (low + high) / 2.0
            plan = self._plan(_UP_TO, count, candidates, level=level)
            found.append(plan)
            worst = float(self.shares(plan[None]).min())
            low, high = (worst, high) if worst > low else (low, level)
            if high - low < self.each:
                break
        return found

    def _plan(
        self,
        kind: int,
        count: int,
        candidates: NDArray[np.bool_],
        *,
        level: float = 1.0,
        slopes: NDArray[np.float64] | None = None,
        exchanges: int = _EXCHANGES,
    ) -> NDArray[np.int64]:
        return _fair(
            *self.coverage.starts,
            self.group_of,
            self.base,
            self.each,
            kind,
            level,
            self.base if slopes is None else slopes,
            np.int64(count),
            candidates,
            np.int64(exchanges),
        )


@kernel
def _groups_of(sets, ends, members, within, listed, group):  # type: ignore[no-untyped-def]
    """The group of the person whom each set began with; -1 where the set counts for nobody."""
    found = np.full(sets, -1, np.int32)
    for number in range(sets):
        if ends[number + 1] > ends[number]:
            found[number] = group[members[ends[number]]]
    return found


@inlined
def _start(chances, place):  # type: ignore[no-untyped-def]
    """With what chance a member of a set starts; for certain where no chances are given."""
    return 1.0 if chances.size == 0 else chances[place]


@kernel
def _hits_by_group(  # type: ignore[no-untyped-def]
    sets, ends, members, chances, within, listed, listed_chances, group_of, choices, groups
):
    stamp, left = np.full(sets, -1, np.int64), np.empty(sets)
    hits = np.zeros((choices.shape[0], groups))
    for choice in range(choices.shape[0]):
        for person in choices[choice]:
            for place in range(within[person], within[person + 1]):
                number = listed[place]
                if stamp[number] != choice:
                    stamp[number], left[number] = choice, 1.0
                here = left[number] * _start(listed_chances, place)
                hits[choice, group_of[number]] += here
                left[number] -= here
    return hits


@step
def _worth(share, kind, level, slope):  # type: ignore[no-untyped-def]
    if kind == 0:
        return np.sqrt(share)
    if kind == 1:
        return min(share, level)
    return slope * share


@step
def _turned(  # type: ignore[no-untyped-def]
    person, ends, members, chances, within, listed, group_of, inside, left, hits, gain
):
    """Somebody was chosen or given up: what is covered now, and what others would add."""
    for place in range(within[person], within[person + 1]):
        number = listed[place]
        group = group_of[number]
        now = 1.0
        for entry in range(ends[number], ends[number + 1]):
            if inside[members[entry]]:
                now *= 1.0 - _start(chances, entry)
        more = now - left[number]
        if more != 0.0:
            left[number] = now
            hits[group] -= more
            for entry in range(ends[number], ends[number + 1]):
                gain[members[entry], group] += more * _start(chances, entry)


@kernel
def _fair(  # type: ignore[no-untyped-def]  # noqa: C901  one loop, told in order
    sets, ends, members, chances, within, listed, listed_chances, group_of,
    base, each, kind, level, slopes, most, candidates, exchanges,
):  # fmt: skip
    """Choose greedily by what the groups' shares are worth, then exchange one after the other.

    Of people who add the same, the one in more sets is taken; of these the first in the list.
    """
    size, groups = candidates.size, base.size
    gain = np.zeros((size, groups))
    for person in range(size):
        for place in range(within[person], within[person + 1]):
            gain[person, group_of[listed[place]]] += _start(listed_chances, place)
    inside, left, hits = np.zeros(size, np.bool_), np.ones(sets), np.zeros(groups)
    now = np.empty(groups)
    open_to = candidates.copy()
    chosen = np.full(most, -1, np.int64)
    for _ in range(1 + exchanges):
        changed = False
        for position in range(most):
            given_up = chosen[position]
            if given_up >= 0:
                inside[given_up] = False
                _turned(
                    given_up,
                    ends, members, chances, within, listed, group_of, inside, left, hits, gain,
                )  # fmt: skip
                open_to[given_up] = True
            for group in range(groups):
                now[group] = _worth(base[group] + each * hits[group], kind, level, slopes[group])
            best, best_added, best_sets = -1, -1.0, -1.0
            for person in range(size):
                if not open_to[person]:
                    continue
                added, in_sets = 0.0, 0.0
                for group in range(groups):
                    if gain[person, group] > 0.0:
                        share = base[group] + each * (hits[group] + gain[person, group])
                        added += _worth(share, kind, level, slopes[group]) - now[group]
                        in_sets += gain[person, group]
                better = added > best_added + 1e-12
                if better or (added > best_added - 1e-12 and in_sets > best_sets):
                    best, best_added, best_sets = person, max(added, best_added), in_sets
            changed = changed or best != given_up
            chosen[position] = best
            open_to[best] = False
            inside[best] = True
            _turned(
                best, ends, members, chances, within, listed, group_of, inside, left, hits, gain
            )
        if not changed:
            break
    return chosen
