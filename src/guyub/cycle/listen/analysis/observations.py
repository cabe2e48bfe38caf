"""What was seen of somebody, by one or by several: one figure, and where they differ."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from guyub.core.actor import Actor
from guyub.core.query import query
from guyub.cycle.listen import queries
from guyub.cycle.listen.analysis.days import today_here
from guyub.cycle.listen.vocabulary import ListenPermission, Trait

if TYPE_CHECKING:
    from guyub.engine import Consensus


@dataclass(frozen=True, kw_only=True)
class TraitRating:
    """A trait of somebody: the figure, and the latest word of each observer by their name.

    differ: whether their words lie apart.
    """

    trait: Trait
    figure: float
    latest: tuple[tuple[str, int], ...]
    differ: bool


@query("listen.trait_ratings", permission=ListenPermission.WRITE)
def trait_ratings(actor: Actor, person: uuid.UUID) -> tuple[TraitRating, ...]:
    """Observations of a person, as far as this actor may read them, in the order of the traits.

    :raises Missing: nobody here has this identifier.
    """
    today, found = today_here(actor), []
    # The oldest first, as noted: of one day the later word counts.
    seen = queries.person(actor, person).observations[::-1]
    for trait in Trait:
        rows = [each for each in seen if each.trait == trait]
        if rows:
            consensus = _agreed(
                [0] * len(rows),
                [each.by for each in rows],
                [each.value for each in rows],
                [each.observed_on for each in rows],
                today,
                size=1,
            )
            latest = [rows[place] for place in consensus.latest.tolist()]
            found.append(
                TraitRating(
                    trait=trait,
                    figure=float(consensus.figure[0]),
                    latest=tuple((each.observer, each.value) for each in latest),
                    differ=bool(consensus.differ[0]),
                )
            )
    return tuple(found)


def figures(actor: Actor, trait: Trait) -> dict[uuid.UUID, float]:
    """The figure of a trait of everybody of whom this actor may read it."""
    told = queries.judgements(actor, trait)
    people = {person: place for place, person in enumerate(dict.fromkeys(told.people))}
    consensus = _agreed(
        [people[person] for person in told.people],
        told.observers,
        told.values,
        told.days,
        today_here(actor),
        size=len(people),
    )
    return dict(zip(people, consensus.figure.tolist(), strict=True))


def _agreed(
    people: Sequence[int],
    observers: Sequence[uuid.UUID],
    values: Sequence[int],
    days: Sequence[date],
    today: date,
    *,
    size: int,
) -> Consensus:
    from guyub.engine import consensus

    numbers = {observer: place for place, observer in enumerate(dict.fromkeys(observers))}
    ages = [(today - day).days for day in days]
    return consensus(size, people, [numbers[each] for each in observers], values, ages)
