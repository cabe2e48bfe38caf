"""Somebody's ties, each from where they stand."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from guyub.core.actor import Actor
from guyub.cycle.listen import queries as listen
from guyub.cycle.map import queries as map_queries
from guyub.cycle.map.queries import TieRow
from guyub.cycle.map.vocabulary import MapPermission


@dataclass(frozen=True, kw_only=True)
class TieLine:
    """A tie from where somebody stands: who is at its other end."""

    person: uuid.UUID
    name: str
    kind: str
    mutual: bool
    outgoing: bool
    strength: int | None
    told_on: date | None


def ties_of(
    actor: Actor, person: uuid.UUID, most: int | None
) -> tuple[list[tuple[TieRow, uuid.UUID]], dict[uuid.UUID, str], int]:
    """Somebody's closest ties, each with who is at its other end; names; how many are left."""
    if not actor.may(MapPermission.READ):
        return [], {}, 0
    rows = map_queries.ties_of(actor, person)
    ties = [
        (row, row.to_person if row.from_person == person else row.from_person)
        for row in rows[:most]
    ]
    names = listen.names(actor, {other for _row, other in ties})
    # Whoever was taken back is no longer here, and neither is the tie to them.
    return [tie for tie in ties if tie[1] in names], names, len(rows) - len(ties)


def tie_line(row: TieRow, other: uuid.UUID, names: dict[uuid.UUID, str]) -> TieLine:
    """A tie, as somebody's page shows it."""
    return TieLine(
        person=other,
        name=names[other],
        kind=str(row.kind.label),
        mutual=row.mutual,
        outgoing=row.to_person == other,
        strength=row.strength,
        told_on=row.reported_on,
    )
