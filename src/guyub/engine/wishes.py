"""What is wished of a plan, by the ids of a frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from guyub.engine.errors import EngineError
from guyub.engine.frame import Frame


@dataclass(frozen=True, kw_only=True)
class Hours:
    """How many hours there are for visits, and how many one takes.

    there: for all visits. each: for one visit. by_place: for one in these sub-communities instead.
    households: whoever lives in one household is met in one visit. together: ids of people who are
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

    def visits(
        self, frame: Frame, places: dict[str, int], candidates: NDArray[np.bool_]
    ) -> dict[tuple[int, ...], float]:
        """Who is met in one visit with others, and the hours it takes: those of the farthest.

        In a household whoever may be chosen is met; somebody named is met with those named.
        """
        groups = [named(places, each).tolist() for each in self.together]
        if self.households:
            told = {person for group in groups for person in group}
            homes: dict[str, list[int]] = {}
            for person in np.flatnonzero(candidates).tolist():
                if frame.household[person] and person not in told:
                    homes.setdefault(frame.household[person], []).append(person)
            groups += list(homes.values())
        costs = self.costs(frame)
        return {tuple(group): float(costs[group].max()) for group in groups if len(group) > 1}


def named(places: dict[str, int], identifiers: Sequence[str]) -> NDArray[np.int64]:
    """The places of people named by their ids, each once."""
    for identifier in identifiers:
        if identifier not in places:
            raise EngineError(f"Nobody in the list has the id {identifier!r}.")
    return np.array(list(dict.fromkeys(places[each] for each in identifiers)), np.int64)


def counted(
    places: dict[str, int], weights: Mapping[str, float] | None
) -> NDArray[np.float64] | None:
    """For how much each person counts, in the order of the frame."""
    if not weights:
        return None
    counts = np.ones(len(places))
    counts[named(places, list(weights))] = list(weights.values())
    return counts


def demand_together(
    *,
    needs: int,
    fair_by: str,
    weights: Mapping[str, float] | None,
    hours: Hours | None,
    contested: bool,
    given: Sequence[str],
) -> None:
    """Whether these wishes can be met in one plan.

    :raises EngineError: they cannot.
    """
    if fair_by and weights:
        raise EngineError("A fair plan counts everybody for one.")
    if fair_by and needs != 1:
        raise EngineError("Every group can be looked to for news, not for a habit.")
    if hours and (fair_by or needs != 1):
        raise EngineError("Hours can be kept to by a plan for news that does not look to groups.")
    if contested and needs != 1:
        raise EngineError("What is said against it can be reckoned with for news, not for a habit.")
    if given and (fair_by or hours or needs != 1):
        raise EngineError("People chosen by hand are a plan for news, without groups or hours.")


def demand_enough(count: int, candidates: NDArray[np.bool_]) -> None:
    """Whether so many can be chosen.

    :raises EngineError: they cannot.
    """
    there = int(candidates.sum())
    if not 1 <= count <= there:
        raise EngineError(f"{count} people cannot be chosen: {there} of {candidates.size} may be.")
