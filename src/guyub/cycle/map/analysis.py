"""What follows from ties: the one room of this step that asks the engine."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from guyub.core.actor import Actor
from guyub.core.query import query
from guyub.cycle.map import queries
from guyub.cycle.map.vocabulary import MapPermission


@dataclass(frozen=True, kw_only=True)
class TiedGroup:
    """How people are tied among themselves: pairs, the largest connected part, the share of pairs.

    share: None of fewer than two people.
    """

    people: int
    tied: int
    largest: int
    share: float | None


@query("map.tied_groups", permission=MapPermission.READ)
def tied_groups(actor: Actor, groups: tuple[frozenset[uuid.UUID], ...]) -> tuple[TiedGroup, ...]:
    """How each of these groups is tied within itself; a conflict does not count."""
    import numpy as np

    from guyub.engine import group_ties

    numbers = {
        person: place for place, person in enumerate(sorted(frozenset[uuid.UUID]().union(*groups)))
    }
    pairs = [
        (numbers[one], numbers[other])
        for one, other in queries.pairs(actor)
        if one in numbers and other in numbers
    ]
    ends = np.array(pairs, np.int64).reshape(-1, 2)
    members = [np.array(sorted(numbers[each] for each in group), np.int64) for group in groups]
    return tuple(
        TiedGroup(people=each.people, tied=each.tied, largest=each.largest, share=each.share)
        for each in group_ties(len(numbers), ends[:, 0], ends[:, 1], members)
    )
