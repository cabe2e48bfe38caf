"""Choosing people so that they are in as many sets as can be.

Sets are given as one long row of members with the place where each set ends. What is proved here
about coverage carries over to reach, as far as the sets speak for it (`catalysts`).
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guyub.engine.compiled import kernel, step

# Rounds of exchanging one chosen person for another, and of pressing the bound down. Our choice:
# on villages neither changes much after that.
_EXCHANGES = 8
_PRESSINGS = 40


class Coverage:
    """Sets of people, and who is in which."""

    def __init__(
        self, size: int, sets: int, ends: NDArray[np.int64], members: NDArray[np.int32]
    ) -> None:
        self.size, self.sets = size, sets
        self._ends, self._members = ends, members
        self._index: tuple[Any, Any] | None = None

    @property
    def entries(self) -> int:
        """How many people stand in all sets together."""
        return int(self._ends[self.sets])

    @property
    def _within(self) -> tuple[Any, Any]:
        if self._index is None:
            self._index = _index(self.size, np.int64(self.sets), self._ends, self._members)
        return self._index

    @property
    def rows(self) -> tuple[Any, Any, Any, Any, Any]:
        """How many sets, where each ends, their members; and where each person's sets begin."""
        return (np.int64(self.sets), self._ends, self._members, *self._within)

    @property
    def starts(self) -> tuple[Any, Any, Any, Any, Any, Any, Any]:
        """The same with the chance of each member beside them: none is given, everybody starts."""
        certain = np.empty(0)
        return (np.int64(self.sets), self._ends, self._members, certain, *self._within, certain)

    def greedy(
        self, most: int, candidates: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int64], NDArray[Any], float]:
        """People in the order chosen, what each adds, and a bound on what anybody can cover."""
        return _greedy(
            *self.rows,
            np.int64(most),
            candidates,
        )

    def exchanged(
        self, people: NDArray[np.int64], costs: NDArray[np.float64], budget: float
    ) -> tuple[NDArray[np.int64], float]:
        """As many people after every exchange of one for another that covers more.

        costs, budget: as for `pressed_bound`; the people keep within the budget.
        """
        return _exchanged(
            *self.rows,
            people.copy(),
            costs,
            np.float64(budget),
            np.int64(_EXCHANGES),
        )

    def greedy_within(
        self,
        costs: NDArray[np.float64],
        budget: float,
        by_cost: bool,
        given: NDArray[np.int64],
    ) -> tuple[NDArray[np.int64], float, float]:
        """People whose costs keep within a budget, what they cover, and what anybody can cover.

        by_cost: take whoever adds most for what they cost, rather than whoever adds most. given:
        people who are taken first.
        """
        return _greedy_within(
            *self.rows,
            costs,
            np.float64(budget),
            by_cost,
            given,
        )

    def relabelled(self, label: NDArray[np.int32], size: int) -> Coverage:
        """The sets that labels are in, each once. label: one for each person, -1 to leave out."""
        ends, members = _relabelled(np.int64(self.sets), self._ends, self._members, label, size)
        return Coverage(size, self.sets, ends, members)

    def best_of_all(
        self, count: int, candidates: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int64], float]:
        """The best choice there is, found by looking at every one; for a few people only."""
        return self.best_of(
            np.array(list(combinations(np.flatnonzero(candidates), count)), np.int64)
        )

    def best_of(self, choices: NDArray[np.int64]) -> tuple[NDArray[np.int64], float]:
        """The best of some choices, one in each row, and what it covers."""
        covered = _union_sizes(np.int64(self.sets), *self._within, choices)
        best = int(np.argmax(covered))
        return choices[best], int(covered[best])

    def pressed_bound(
        self,
        people: NDArray[np.int64],
        covered: float,
        costs: NDArray[np.float64],
        budget: float,
        enough: float,
    ) -> float:
        """A closer bound on what people within a budget can cover, from the dual linear programme.

        people, covered: a good choice. costs: of each person; infinite for those who must not be
        chosen. enough: no closer bound than this is asked for. With a weight w in 0 … 1 for each
        set, nobody covers more than Σ(1 - w) plus the largest sums of weights that the budget buys,
        the last person perhaps in part; the weights are moved down the subgradient (Held & Karp
        1971, with Polyak's step).
        """
        # Most sets of a loosely tied community hold one person: they are pressed as one each.
        bounds = self._ends[: self.sets + 1]
        inside = self._members[: bounds[-1]]
        sizes = np.diff(bounds)
        several = sizes > 1
        alone = np.bincount(inside[np.repeat(~several, sizes)], minlength=self.size).astype(
            np.float64
        )
        members = inside[np.repeat(several, sizes)]
        ends = np.append(0, np.cumsum(sizes[several]))
        sets = np.int64(several.sum())
        within, listed = _index(self.size, sets, ends, members)
        return float(
            _pressed_bound(
                sets,
                ends,
                members,
                within,
                listed,
                alone,
                people,
                np.float64(covered),
                costs,
                np.float64(budget),
                np.float64(enough),
                np.int64(_PRESSINGS),
            )
        )


@kernel
def _index(size, sets, ends, members):  # type: ignore[no-untyped-def]
    """In which sets each person is, by counting sort."""
    within = np.zeros(size + 1, np.int64)
    for entry in range(ends[sets]):
        within[members[entry] + 1] += 1
    for person in range(size):
        within[person + 1] += within[person]
    place = within[:-1].copy()
    listed = np.empty(ends[sets], np.int32)
    for number in range(sets):
        for entry in range(ends[number], ends[number + 1]):
            person = members[entry]
            listed[place[person]] = number
            place[person] += 1
    return within, listed


@step
def _rest(having, top, most):  # type: ignore[no-untyped-def]
    """The sum of the `most` largest gains, from how many people have each gain."""
    left, value, rest = most, top, 0
    while left > 0 and value > 0:
        here = min(left, having[value])
        rest += here * value
        left -= here
        value -= 1
    return rest


@kernel
def _greedy(sets, ends, members, within, listed, most, candidates):  # type: ignore[no-untyped-def]
    """Choose people one by one, each the one in most sets that nobody chosen is in.

    Of equals the first in the list is taken. The bound is the least, over all steps, of what is
    covered so far plus the `most` largest gains left: no choice of `most` candidates covers more.
    """
    size = candidates.size
    gain = within[1:] - within[:-1]
    having = np.zeros(sets + 2, np.int64)
    for person in range(size):
        if candidates[person]:
            having[gain[person]] += 1
    top = gain[candidates].max()
    covered = np.zeros(sets, np.bool_)
    open_to = candidates.copy()
    chosen, gains = np.empty(most, np.int64), np.empty(most, np.int64)
    total = 0
    bound = np.int64(sets)
    for turn in range(most):
        while top > 0 and having[top] == 0:
            top -= 1
        bound = min(bound, total + _rest(having, top, most))
        best = 0
        while not (open_to[best] and gain[best] == top):
            best += 1
        open_to[best] = False
        having[top] -= 1
        chosen[turn], gains[turn] = best, top
        total += top
        for place in range(within[best], within[best + 1]):
            number = listed[place]
            if covered[number]:
                continue
            covered[number] = True
            for entry in range(ends[number], ends[number + 1]):
                person = members[entry]
                if open_to[person]:
                    having[gain[person]] -= 1
                    having[gain[person] - 1] += 1
                gain[person] -= 1
    bound = min(bound, total + _rest(having, top, most))
    return chosen, gains, np.float64(bound)


@step
def _shift(number, by, ends, members, gain):  # type: ignore[no-untyped-def]
    """A set became uncovered (+1) or covered (-1): its members gain or lose it."""
    for entry in range(ends[number], ends[number + 1]):
        gain[members[entry]] += by


@step
def _bought(gain, costs, budget):  # type: ignore[no-untyped-def]
    """The most gain that a budget buys where the last person may be taken in part."""
    left, bought = budget, 0.0
    for person in np.argsort(-gain / costs):
        if left <= 0.0 or gain[person] <= 0:
            break
        if costs[person] <= budget:
            bought += gain[person] * min(1.0, left / costs[person])
            left -= costs[person]
    return bought


@kernel
def _greedy_within(  # type: ignore[no-untyped-def]  # noqa: C901  one loop, told in order
    sets, ends, members, within, listed, costs, budget, by_cost, given
):
    """Choose people one by one within a budget; at every step try who fits best as the last one.

    The bound is the least, over all steps, of what is covered so far plus what the whole budget
    buys of the gains left.
    """
    size = costs.size
    gain = within[1:] - within[:-1]
    covered = np.zeros(sets, np.bool_)
    open_to = costs <= budget
    chosen = np.empty(size, np.int64)
    count, total, left = 0, 0, budget
    bound = np.float64(sets)
    best, best_count, best_last = np.int64(-1), 0, -1
    while True:
        bound = min(bound, total + _bought(gain, costs, budget))
        pick, last = -1, -1
        if count < given.size:
            pick = given[count]
        else:
            for person in range(size):
                if not open_to[person] or costs[person] > left or gain[person] == 0:
                    continue
                if last < 0 or gain[person] > gain[last]:
                    last = person
                if pick < 0 or gain[person] / costs[person] > gain[pick] / costs[pick]:
                    pick = person
            if not by_cost:
                pick = last
            if last >= 0 and total + gain[last] > best:
                best, best_count, best_last = total + gain[last], count, last
        if pick < 0:
            break
        open_to[pick] = False
        chosen[count] = pick
        count += 1
        left -= costs[pick]
        total += gain[pick]
        for place in range(within[pick], within[pick + 1]):
            number = listed[place]
            if not covered[number]:
                covered[number] = True
                _shift(number, -1, ends, members, gain)
    if best > total:
        chosen[best_count] = best_last
        return chosen[: best_count + 1].copy(), best, bound
    return chosen[:count].copy(), np.int64(total), bound


@kernel
def _relabelled(sets, ends, members, label, size):  # type: ignore[no-untyped-def]
    stamp = np.full(size, -1, np.int64)
    relabelled = np.empty(ends[sets], np.int32)
    until = np.zeros(sets + 1, np.int64)
    end = 0
    for number in range(sets):
        for entry in range(ends[number], ends[number + 1]):
            here = label[members[entry]]
            if here >= 0 and stamp[here] != number:
                stamp[here] = number
                relabelled[end] = here
                end += 1
        until[number + 1] = end
    return until, relabelled[:end].copy()


@kernel
def _union_sizes(sets, within, listed, choices):  # type: ignore[no-untyped-def]
    """How many sets each choice of people covers."""
    stamp = np.full(sets, -1, np.int64)
    sizes = np.zeros(choices.shape[0], np.int64)
    for choice in range(choices.shape[0]):
        for person in choices[choice]:
            for place in range(within[person], within[person + 1]):
                number = listed[place]
                if stamp[number] != choice:
                    stamp[number] = choice
                    sizes[choice] += 1
    return sizes


@kernel
def _exchanged(  # type: ignore[no-untyped-def]  # noqa: C901  one loop, told in order
    sets, ends, members, within, listed, people, costs, budget, rounds
):
    size = costs.size
    times = np.zeros(sets, np.int32)
    gain = within[1:] - within[:-1]
    open_to = costs <= budget
    left = budget
    for person in people:
        open_to[person] = False
        left -= costs[person]
        for place in range(within[person], within[person + 1]):
            number = listed[place]
            if times[number] == 0:
                _shift(number, -1, ends, members, gain)
            times[number] += 1
    for _ in range(rounds):
        changed = False
        for position in range(people.size):
            # Without this person, the sets that only they are in count for everybody again.
            person = people[position]
            for place in range(within[person], within[person + 1]):
                number = listed[place]
                times[number] -= 1
                if times[number] == 0:
                    _shift(number, 1, ends, members, gain)
            left += costs[person]
            best = person
            for other in range(size):
                if open_to[other] and gain[other] > gain[best] and costs[other] <= left:
                    best = other
            if best != person:
                changed = True
                open_to[person], open_to[best] = costs[person] <= budget, False
                people[position] = best
            left -= costs[best]
            for place in range(within[best], within[best + 1]):
                number = listed[place]
                if times[number] == 0:
                    _shift(number, -1, ends, members, gain)
                times[number] += 1
        if not changed:
            break
    return people, (times > 0).sum()


@kernel
def _pressed_bound(  # type: ignore[no-untyped-def]  # noqa: C901  one loop, told in order
    sets, ends, members, within, listed, alone, people, covered, costs, budget, enough, rounds
):
    size = costs.size
    times = np.zeros(sets, np.float32)
    for person in people:
        for place in range(within[person], within[person + 1]):
            times[listed[place]] += 1
    weight = np.empty(sets, np.float32)
    for number in range(sets):
        weight[number] = 1.0 / max(times[number], np.float32(1.0))
    own = np.ones(size)  # The weight of the sets that hold one person and nobody else.
    least = np.inf
    sums = np.empty(size)
    part = np.zeros(size)  # How much of each person the budget buys.
    for _ in range(rounds):
        bound = 0.0
        for person in range(size):
            bound += alone[person] * (1.0 - own[person])
            sums[person] = alone[person] * own[person]
        for number in range(sets):
            bound += 1.0 - weight[number]
            for entry in range(ends[number], ends[number + 1]):
                sums[members[entry]] += weight[number]
        for person in range(size):
            if costs[person] > budget:
                sums[person] = -1.0
        times[:] = 0.0
        part[:] = 0.0
        left = budget
        for person in np.argsort(-sums / costs):
            if left <= 0.0 or costs[person] > budget:
                break
            part[person] = min(1.0, left / costs[person])
            left -= costs[person]
            bound += part[person] * sums[person]
            for place in range(within[person], within[person + 1]):
                times[listed[place]] += part[person]
        least = min(least, bound)
        length = 0.0
        for number in range(sets):
            length += (1.0 - times[number]) ** 2
        for person in range(size):
            length += alone[person] * (1.0 - part[person]) ** 2
        if least <= max(enough, covered + 0.5) or length == 0.0:
            break
        stride = (bound - covered) / length
        for number in range(sets):
            moved = weight[number] + stride * (1.0 - times[number])
            weight[number] = min(max(moved, 0.0), 1.0)
        for person in range(size):
            own[person] = min(1.0, own[person] + stride * (1.0 - part[person]))
    return least
