"""What is said of reach: how many are expected, how sure that is, and where a curve of it bends."""

from __future__ import annotations

from dataclasses import dataclass

from guyub.engine.records import Record


@dataclass(frozen=True, kw_only=True)
class Reach(Record):
    """How many people are expected to be reached, with a 99 % interval over the simulations seen.

    Where people have weights, the weight of those reached.
    """

    expected: float
    low: float
    high: float
    simulations: int


@dataclass(frozen=True, kw_only=True)
class GroupReached(Record):
    """A group under a fair plan and under the plain one.

    people: how many belong to it. chosen: how many of them are to begin. reached, reached_plainly:
    the share of it that is reached. part: its share of all people in groups who are reached.
    """

    people: int
    chosen: int
    reached: float
    reached_plainly: float
    part: float


@dataclass(frozen=True, kw_only=True)
class Elbow(Record):
    """Where a curve of reach bends.

    count: so many people are enough; all, where nothing bends. before, after: what each of them
    adds on average, and each of those who follow. share: the part of all reached that they reach.
    clear: whether the bend can be seen; without it there is no better place to stop than the hours.
    """

    count: int
    before: float
    after: float
    share: float
    clear: bool
