"""What is asked of a plan, by the ids of a frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from guyub.engine.errors import EngineError
from guyub.engine.frame import Frame
from guyub.engine.plan.outcome import OBJECTIVES, REACH
from guyub.engine.plan.self_starting import StartingWeights


@dataclass(frozen=True, kw_only=True)
class Hours:
    """How many hours there are for visits, and how many one takes.

    there: for all visits. each: for one visit. by_place: for one in these sub-communities instead.
    households: people in one household are met in one visit. together: ids of people who are
    met in one visit besides.
    """

    there: float
    each: float = 1.0
    by_place: Mapping[str, float] = field(default_factory=dict)
    households: bool = False
    together: Sequence[Sequence[str]] = ()

    def costs(self, frame: Frame) -> NDArray[np.float64]:
        """The hours that a visit to each person takes."""
        return np.array([self.by_place.get(place, self.each) for place in frame.sub_community])

    def visits(self, frame: Frame, candidates: NDArray[np.bool_]) -> dict[tuple[int, ...], float]:
        """Who is met in one visit with others, and the hours it takes: those of the farthest.

        In a household whoever may be chosen is met; somebody named is met with those named.
        """
        places = {identifier: place for place, identifier in enumerate(frame.id)}
        groups = [places_of(places, each).tolist() for each in self.together]
        if self.households:
            told = {person for group in groups for person in group}
            homes: dict[str, list[int]] = {}
            for person in np.flatnonzero(candidates).tolist():
                if frame.household[person] and person not in told:
                    homes.setdefault(frame.household[person], []).append(person)
            groups += list(homes.values())
        costs = self.costs(frame)
        return {tuple(group): float(costs[group].max()) for group in groups if len(group) > 1}


@dataclass(frozen=True, kw_only=True)
class PlanRequest:
    """What is asked of a plan, people by the ids of the frame.

    count: how many people, where neither hours nor people chosen by hand say it. seed: any whole
    number; the same seed gives the same plan. spread: how news spreads: model, weighted-cascade or
    constant:0.1. excluded: who must be left out; whoever stands against is left out in any case.
    active: who has begun already: the plan is what adds most to them. weights: for how much people
    count when they are reached; everybody else counts for one, and all that is said of reach is
    said of weight. fair_by: a grouping of which every group is to be reached (`groupings`), as well
    as `aim` says (welfare, worst, or wanted:NAME for one above all); people then count for one.
    hours: visits within them instead of so many people. needs: how many others must have shown it
    to somebody, 1 for news, 2 or more for a habit (`thresholds`). competitive: active opponents
    speak against it (`competitive`). given: who was chosen by hand.

    guess: count what may be between people nobody of whom was asked (`missing_ties`); the neutral
    models take ties as they were told. objective: self-starters counts with what chance each person
    starts, by the evidence weighed so (`self_starting`), and chooses among people who are known;
    for a habit it chooses among those who may start. reach takes everybody to start for certain.
    stability: ask how firmly each stands in the plan where ties are doubtful (not of a fair plan,
    nor of one for a habit). outlook: ask what a plan for news leaves open (`outlook`).

    :raises EngineError: what is asked does not go together.
    """

    count: int = 5
    seed: int = 1
    spread: str = "model"
    excluded: Sequence[str] = ()
    active: Sequence[str] = ()
    weights: Mapping[str, float] | None = None
    fair_by: str = ""
    aim: str = "welfare"
    hours: Hours | None = None
    needs: int = 1
    competitive: bool = False
    given: Sequence[str] = ()
    guess: bool = False
    stability: bool = False
    outlook: bool = False
    objective: str = REACH
    evidence: StartingWeights = field(default_factory=StartingWeights)

    def __post_init__(self) -> None:
        if self.objective not in OBJECTIVES:
            raise EngineError(
                f"The objective {self.objective!r} is not known: {' or '.join(OBJECTIVES)}."
            )
        habit = self.needs != 1
        if self.fair_by and self.weights:
            raise EngineError("A plan that balances groups counts everyone once.")
        if self.fair_by and habit:
            raise EngineError("A plan can balance groups for news, not for a habit.")
        if self.hours and (self.fair_by or habit):
            raise EngineError(
                "A plan can be limited by hours for news only, and without balancing groups."
            )
        if self.competitive and habit:
            raise EngineError("A plan cannot include opponents of a habit.")
        if self.given and (self.fair_by or self.hours or habit):
            raise EngineError("People chosen by hand are for news, without groups or hours.")

    @property
    def says_how_many(self) -> bool:
        """Whether hours or people chosen by hand decide how many they are."""
        return bool(self.hours or self.given)


def places_of(places: dict[str, int], identifiers: Sequence[str]) -> NDArray[np.int64]:
    """The places of people named by their ids, each once."""
    for identifier in identifiers:
        if identifier not in places:
            raise EngineError(f"Nobody in the list has the id {identifier!r}.")
    return np.array(list(dict.fromkeys(places[each] for each in identifiers)), np.int64)


def weights_of(
    places: dict[str, int], weights: Mapping[str, float] | None
) -> NDArray[np.float64] | None:
    """For how much each person counts, in the order of the frame."""
    if not weights:
        return None
    counts = np.ones(len(places))
    counts[places_of(places, list(weights))] = list(weights.values())
    return counts
