"""What is wished of a plan, by the ids of a frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from guyub.engine.errors import EngineError


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


def demand_fairness(fair_by: str, weights: Mapping[str, float] | None, needs: int) -> None:
    """Whether groups can be looked to with these wishes.

    :raises EngineError: they cannot.
    """
    if fair_by and weights:
        raise EngineError("A fair plan counts everybody for one.")
    if fair_by and needs != 1:
        raise EngineError("Every group can be looked to for news, not for a habit.")


def demand_enough(count: int, candidates: NDArray[np.bool_]) -> None:
    """Whether so many can be chosen.

    :raises EngineError: they cannot.
    """
    there = int(candidates.sum())
    if not 1 <= count <= there:
        raise EngineError(f"{count} people cannot be chosen: {there} of {candidates.size} may be.")
