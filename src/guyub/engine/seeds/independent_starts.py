"""Choosing people who start only with some chance, each on their own.

Whoever is asked to begin may or may not. Each person i of a choice S starts with chance q_i, and
what is maximised is the reach that is expected when it is not known who will:

    F(S) = sum over A within S of  prod(q_i, i in A) · prod(1 - q_i, i in S less A) · reach(A)

This is a general marketing strategy (Kempe, Kleinberg & Tardos 2003; 2015, Theory of Computing
11:105): F is monotone and submodular as reach is. A set of people who would have reached somebody
is worth 1 - prod(1 - q_i) over those of S in it, a number from 0 to 1 where plain coverage has a
yes or a no. So each set keeps what is left of it, 1 at first: choosing i gains q_i times what is
left of the sets with i, and leaves 1 - q_i of that.

The chance belongs to somebody's place in a set, so that people who are met in one visit are one
label whose chance differs from set to set.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guyub.engine.compiled import kernel, step
from guyub.engine.seeds.coverage import Coverage

# Rounds of exchanging one chosen person for another, and of pressing the bound down. Our choice:
# on villages neither changes much after that.
_EXCHANGES = 8
_PRESSINGS = 40

# At so many steps of a choice the bound is looked at: each time everybody's gains are partly
# sorted. Our choice.
_BOUNDS = 8

# A bound is near enough when it lies so little above what is covered. Our choice.
_NEAR = 1.002

# Whoever starts for certain is taken for so nearly certain in the pressed bound, which needs a
# logarithm; each set may then be worth so much more than it says.
_LEAST_LEFT = 2.0**-20


class IndependentStarts(Coverage):
    """Sets of people, and with what chance each member of each set starts.

    chances: one for each member, in the order of the members, above 0 and up to 1.
    """

    def __init__(
        self,
        size: int,
        sets: int,
        ends: NDArray[np.int64],
        members: NDArray[np.int32],
        chances: NDArray[np.float64],
    ) -> None:
        super().__init__(size, sets, ends, members)
        self._chances = chances
        self._places: tuple[Any, Any, Any] | None = None

    @property
    def starts(self) -> tuple[Any, Any, Any, Any, Any, Any, Any]:
        """The sets with the chance of each member, and in which of them each person is."""
        if self._places is None:
            self._places = _indexed(
                self.size, np.int64(self.sets), self._ends, self._members, self._chances
            )
        return (np.int64(self.sets), self._ends, self._members, self._chances, *self._places)

    def greedy(
        self, most: int, candidates: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64], float]:
        """People in the order chosen, what each adds, and a bound on what anybody can cover."""
        return _greedy(*self.starts, np.int64(most), candidates)

    def exchanged(
        self, people: NDArray[np.int64], costs: NDArray[np.float64], budget: float
    ) -> tuple[NDArray[np.int64], float]:
        """As many people after every exchange of one for another that covers more."""
        return _exchanged(
            *self.starts, people.copy(), costs, np.float64(budget), np.int64(_EXCHANGES)
        )

    def greedy_within(
        self,
        costs: NDArray[np.float64],
        budget: float,
        by_cost: bool,
        given: NDArray[np.int64],
    ) -> tuple[NDArray[np.int64], float, float]:
        """People whose costs keep within a budget, what they cover, and what anybody can cover."""
        return _greedy_within(*self.starts, costs, np.float64(budget), by_cost, given)

    def relabelled(self, label: NDArray[np.int32], size: int) -> IndependentStarts:
        """The sets that labels are in, each once: with the chance that one of its people starts."""
        ends, members, chances = _relabelled(
            np.int64(self.sets), self._ends, self._members, self._chances, label, size
        )
        return IndependentStarts(size, self.sets, ends, members, chances)

    def best_of_all(
        self, count: int, candidates: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int64], float]:
        """The best choice there is, found by looking at every one; for a few people only."""
        return self.best_of(
            np.array(list(combinations(np.flatnonzero(candidates), count)), np.int64)
        )

    def best_of(self, choices: NDArray[np.int64]) -> tuple[NDArray[np.int64], float]:
        """The best of some choices, one in each row, and what it covers."""
        covered = self.covered_by(choices)
        best = int(np.argmax(covered))
        return choices[best], float(covered[best])

    def covered_by(self, choices: NDArray[np.int64]) -> NDArray[np.float64]:
        """What each choice covers, one in each row; whoever stands in it twice counts once."""
        return np.asarray(_covered_by(*self.starts, choices))

    def pressed_bound(
        self,
        people: NDArray[np.int64],
        covered: float,
        costs: NDArray[np.float64],
        budget: float,
        enough: float,
    ) -> float:
        """A closer bound on what people within a budget can cover.

        With x_i in 0 … 1 for each person, sum over sets of 1 - prod((1 - q_i)^x_i) is concave, and
        equals what is covered where every x is 0 or 1. It lies below each of its tangents; the
        largest value of a tangent within the budget, the last person perhaps in part, bounds it.
        The point of the tangent moves towards where that largest value is (Frank & Wolfe 1956).
        """
        begun = np.zeros(self.size)
        begun[people] = 1.0
        return float(
            _pressed_bound(
                *self.starts,
                begun,
                np.float64(covered),
                costs,
                np.float64(budget),
                np.float64(max(enough, _NEAR * covered)),
                np.int64(_PRESSINGS),
            )
        )


@kernel
def _indexed(size, sets, ends, members, chances):  # type: ignore[no-untyped-def]
    """In which sets each person is, and with which chance, by counting sort."""
    within = np.zeros(size + 1, np.int64)
    for entry in range(ends[sets]):
        within[members[entry] + 1] += 1
    for person in range(size):
        within[person + 1] += within[person]
    place = within[:-1].copy()
    listed = np.empty(ends[sets], np.int32)
    listed_chances = np.empty(ends[sets], np.float64)
    for number in range(sets):
        for entry in range(ends[number], ends[number + 1]):
            person = members[entry]
            listed[place[person]] = number
            listed_chances[place[person]] = chances[entry]
            place[person] += 1
    return within, listed, listed_chances


@step
def _gains(within, listed_chances):  # type: ignore[no-untyped-def]
    """What each person covers alone."""
    gain = np.zeros(within.size - 1)
    for person in range(gain.size):
        for place in range(within[person], within[person + 1]):
            gain[person] += listed_chances[place]
    return gain


@step
def _shift(number, by, ends, members, chances, gain):  # type: ignore[no-untyped-def]
    """So much more (less) is left of a set: its members gain or lose it, each by their chance."""
    for entry in range(ends[number], ends[number + 1]):
        gain[members[entry]] += by * chances[entry]


@step
def _taken(person, left, ends, members, chances, within, listed, listed_chances, gain):  # type: ignore[no-untyped-def]
    """Somebody is chosen: what is left of their sets, and what others would add."""
    for place in range(within[person], within[person + 1]):
        number = listed[place]
        covered = left[number] * listed_chances[place]
        if covered > 0.0:
            left[number] -= covered
            _shift(number, -covered, ends, members, chances, gain)


@step
def _largest(gain, open_to, most):  # type: ignore[no-untyped-def]
    """The sum of the `most` largest gains of those who may be chosen."""
    here = gain[open_to]
    if here.size > most:
        here = np.partition(here, here.size - most)[here.size - most :]
    return np.maximum(here, 0.0).sum()


@kernel
def _greedy(  # type: ignore[no-untyped-def]
    sets, ends, members, chances, within, listed, listed_chances, most, candidates
):
    """Choose people one by one, each the one who adds most; of equals the first in the list.

    The bound is the least, over some steps, of what is covered so far plus the `most` largest gains
    left: what is covered is submodular, so no choice of `most` candidates covers more.
    """
    stride = max(1, most // _BOUNDS)
    gain, left = _gains(within, listed_chances), np.ones(sets)
    open_to = candidates.copy()
    chosen, gains = np.empty(most, np.int64), np.empty(most)
    total, bound = 0.0, np.float64(sets)
    for turn in range(most):
        if turn % stride == 0:
            bound = min(bound, total + _largest(gain, open_to, most))
        best = -1
        for person in range(gain.size):
            if open_to[person] and (best < 0 or gain[person] > gain[best]):
                best = person
        open_to[best] = False
        chosen[turn], gains[turn] = best, max(0.0, gain[best])
        total += gains[turn]
        _taken(best, left, ends, members, chances, within, listed, listed_chances, gain)
    return chosen, gains, min(bound, total + _largest(gain, open_to, most))


@step
def _bought(gain, costs, budget):  # type: ignore[no-untyped-def]
    """The most gain that a budget buys where the last person may be taken in part."""
    left, bought = budget, 0.0
    for person in np.argsort(-gain / costs):
        if left <= 0.0 or gain[person] <= 0.0:
            break
        if costs[person] <= budget:
            bought += gain[person] * min(1.0, left / costs[person])
            left -= costs[person]
    return bought


@kernel
def _greedy_within(  # type: ignore[no-untyped-def]  # noqa: C901  one loop, told in order
    sets, ends, members, chances, within, listed, listed_chances, costs, budget, by_cost, given
):
    """Choose people one by one within a budget; at every step try who fits best as the last one.

    The bound is the least, over all steps, of what is covered so far plus what the whole budget
    buys of the gains left.
    """
    size = costs.size
    gain, left_of = _gains(within, listed_chances), np.ones(sets)
    open_to = costs <= budget
    chosen = np.empty(size, np.int64)
    count, total, left = 0, 0.0, budget
    bound = np.float64(sets)
    best, best_count, best_last = -1.0, 0, -1
    while True:
        bound = min(bound, total + _bought(np.where(open_to, gain, 0.0), costs, budget))
        pick, last = -1, -1
        if count < given.size:
            pick = given[count]
        else:
            for person in range(size):
                if not open_to[person] or costs[person] > left or gain[person] <= 0.0:
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
        _taken(pick, left_of, ends, members, chances, within, listed, listed_chances, gain)
    if best > total:
        chosen[best_count] = best_last
        return chosen[: best_count + 1].copy(), best, bound
    return chosen[:count].copy(), total, bound


@step
def _left_of(number, ends, members, chances, inside):  # type: ignore[no-untyped-def]
    """What those who are chosen leave of a set."""
    left = 1.0
    for entry in range(ends[number], ends[number + 1]):
        if inside[members[entry]]:
            left *= 1.0 - chances[entry]
    return left


@kernel
def _exchanged(  # type: ignore[no-untyped-def]
    sets, ends, members, chances, within, listed, listed_chances, people, costs, budget, rounds
):
    size = costs.size
    inside = np.zeros(size, np.bool_)
    gain, left_of = _gains(within, listed_chances), np.ones(sets)
    open_to = costs <= budget
    left = budget
    for person in people:
        open_to[person], inside[person] = False, True
        left -= costs[person]
        _taken(person, left_of, ends, members, chances, within, listed, listed_chances, gain)
    for _ in range(rounds):
        changed = False
        for position in range(people.size):
            # Without this person, more is left of their sets for everybody.
            person = people[position]
            inside[person] = False
            for place in range(within[person], within[person + 1]):
                number = listed[place]
                more = _left_of(number, ends, members, chances, inside) - left_of[number]
                left_of[number] += more
                _shift(number, more, ends, members, chances, gain)
            left += costs[person]
            best = person
            for other in range(size):
                # Sums of fractions differ in their last digits; such a gain is none.
                more = gain[other] - gain[best]
                if open_to[other] and more > 1e-9 * sets and costs[other] <= left:
                    best = other
            if best != person:
                changed = True
                open_to[person], open_to[best] = costs[person] <= budget, False
                people[position] = best
            inside[best] = True
            left -= costs[best]
            _taken(best, left_of, ends, members, chances, within, listed, listed_chances, gain)
        if not changed:
            break
    return people, (1.0 - left_of).sum()


@kernel
def _relabelled(sets, ends, members, chances, label, size):  # type: ignore[no-untyped-def]
    stamp = np.full(size, -1, np.int64)
    place = np.empty(size, np.int64)
    relabelled = np.empty(ends[sets], np.int32)
    together = np.empty(ends[sets], np.float64)
    until = np.zeros(sets + 1, np.int64)
    end = 0
    for number in range(sets):
        for entry in range(ends[number], ends[number + 1]):
            here = label[members[entry]]
            if here < 0:
                continue
            if stamp[here] != number:
                stamp[here], place[here] = number, end
                relabelled[end], together[end] = here, chances[entry]
                end += 1
            else:
                at = place[here]
                together[at] = 1.0 - (1.0 - together[at]) * (1.0 - chances[entry])
        until[number + 1] = end
    return until, relabelled[:end].copy(), together[:end].copy()


@kernel
def _covered_by(  # type: ignore[no-untyped-def]
    sets, ends, members, chances, within, listed, listed_chances, choices
):
    """What each choice of people covers."""
    stamp, left = np.full(sets, -1, np.int64), np.empty(sets)
    covered = np.zeros(choices.shape[0])
    for choice in range(choices.shape[0]):
        for at in range(choices.shape[1]):
            person = choices[choice, at]
            again = False
            for before in range(at):
                again = again or choices[choice, before] == person
            if again:
                continue
            for place in range(within[person], within[person + 1]):
                number = listed[place]
                if stamp[number] != choice:
                    stamp[number], left[number] = choice, 1.0
                here = left[number] * listed_chances[place]
                covered[choice] += here
                left[number] -= here
    return covered


@kernel
def _pressed_bound(  # type: ignore[no-untyped-def]  # noqa: C901  one loop, told in order
    sets, ends, members, chances, within, listed, listed_chances,
    begun, covered, costs, budget, enough, rounds,
):  # fmt: skip
    size = costs.size
    tangent, point = np.empty(size), begun.copy()
    steep = np.empty(chances.size)
    certain = False
    for entry in range(ends[sets]):
        certain = certain or chances[entry] > 1.0 - _LEAST_LEFT
        steep[entry] = -np.log(max(1.0 - chances[entry], _LEAST_LEFT))
    # No set is worth more than 1, whatever is pressed.
    missed = sets * _LEAST_LEFT if certain else 0.0
    least = np.float64(sets)
    for turn in range(rounds):
        tangent[:] = 0.0
        value = 0.0
        for number in range(sets):
            exponent = 0.0
            for entry in range(ends[number], ends[number + 1]):
                exponent += point[members[entry]] * steep[entry]
            left = np.exp(-exponent)
            value += 1.0 - left
            for entry in range(ends[number], ends[number + 1]):
                tangent[members[entry]] += left * steep[entry]
        here = 0.0
        for person in range(size):
            here += tangent[person] * point[person]
        bound = value - here
        stride = 2.0 / (turn + 3.0)
        point *= 1.0 - stride
        left_to_spend = budget
        for person in np.argsort(-tangent / costs):
            if left_to_spend <= 0.0 or tangent[person] <= 0.0:
                break
            if costs[person] > budget:
                continue
            part = min(1.0, left_to_spend / costs[person])
            left_to_spend -= costs[person]
            bound += part * tangent[person]
            point[person] += stride * part
        least = min(least, np.float64(bound + missed))
        if least <= enough:
            break
    return least
