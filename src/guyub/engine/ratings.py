"""What several workers saw of people, as one figure, and where they differ.

The latest observation of each observer counts. They are averaged, an older one weighing less: half
after HALF_LIFE days. So a figure moves when something new is seen, and no single voice decides.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guyub.engine.errors import EngineError

# Days after which an observation weighs half: half a year, in which a stance is asked for anew.
# Our choice.
HALF_LIFE = 180.0

# Two observers differ from one point of the scale on. Our choice: a point is what the anchors on
# the form set apart.
APART = 1.0


@dataclass(frozen=True, eq=False, kw_only=True)
class Consensus:
    """One trait of many people.

    figure: the weighted mean of each, NaN for somebody whom nobody observed. latest: the rows that
    counted, in the order given. spread: highest less lowest of those, 0 with one observer.
    """

    figure: NDArray[np.float64]
    latest: NDArray[np.int64]
    spread: NDArray[np.float64]

    @property
    def differ(self) -> NDArray[np.bool_]:
        """Of whom observers say different things: from APART points on."""
        return self.spread >= APART


def consensus(
    size: int, people: ArrayLike, observers: ArrayLike, values: ArrayLike, ages: ArrayLike
) -> Consensus:
    """The figure of each of `size` people: sum(w v) / sum(w), where w = 0.5 ** (age / HALF_LIFE).

    One entry for each observation of one trait. people: 0 … size-1. observers: any number that
    tells them apart. ages: days since it was seen; of one age the later row counts. Below 0 (a
    clock that runs ahead) weighs like 0; NaN is an unknown day, older than any other but not less.

    >>> from guyub.engine import consensus
    >>> found = consensus(2, people=[0, 0], observers=[7, 8], values=[2.0, 4.0], ages=[0, 0])
    >>> found.figure[0], found.differ.tolist()
    (np.float64(3.0), [True, False])

    :raises EngineError: the columns differ in length.
    """
    person, observer = np.asarray(people, np.int64), np.asarray(observers, np.int64)
    value, age = np.asarray(values, np.float64), np.asarray(ages, np.float64)
    if not person.shape == observer.shape == value.shape == age.shape:
        raise EngineError("Each observation needs a person, an observer, a value and an age.")
    # By person and observer, the newest last: it is the one that counts.
    order = np.lexsort((-np.nan_to_num(age, nan=np.inf), observer, person))
    same = (np.diff(person[order]) == 0) & (np.diff(observer[order]) == 0)
    latest = np.sort(order[~np.append(same, False)]) if order.size else order
    weight = 0.5 ** (np.maximum(0.0, np.nan_to_num(age[latest])) / HALF_LIFE)
    counted = person[latest]
    total = np.bincount(counted, weight, size)
    figure = np.full(size, np.nan)
    known = total > 0
    figure[known] = np.bincount(counted, weight * value[latest], size)[known] / total[known]
    highest, lowest = np.full(size, -np.inf), np.full(size, np.inf)
    np.maximum.at(highest, counted, value[latest])
    np.minimum.at(lowest, counted, value[latest])
    spread = np.zeros(size)
    spread[known] = highest[known] - lowest[known]
    return Consensus(figure=figure, latest=latest, spread=spread)
