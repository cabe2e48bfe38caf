"""Somebody's page: what the steps know of them, put into words."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from math import floor
from typing import Any

from guyub.core.actor import Actor
from guyub.core.permissions import Permission
from guyub.core.queries import communities_below
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.analysis import observed
from guyub.cycle.listen.queries import PersonCard
from guyub.cycle.listen.vocabulary import Trait
from guyub.cycle.map import queries as map_queries
from guyub.cycle.map.queries import TieRow
from guyub.interfaces.web.around import FEWEST_AROUND, picture_around
from guyub.interfaces.web.scales import anchor, anchors
from guyub.interfaces.web.steps import individual_lenses

# Of somebody with many ties the closest are shown first, and most of those whom half the district
# knows only when they are asked for; our choice.
_FIRST_TIES, _TIES = 12, 50


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


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What one worker saw of somebody."""

    trait: str
    words: str
    evidence: str
    observed_on: date
    observer: str


def place_names(actor: Actor) -> dict[uuid.UUID, str]:
    """How the opened community and those below it are called."""
    return {identifier: name for identifier, _above, name in communities_below(actor)}


def person_context(actor: Actor, person: uuid.UUID, *, every_tie: bool = False) -> dict[str, Any]:
    """All that somebody's page shows, as far as this actor may read."""
    ties, names, ties_left = _ties(actor, person, None if every_tie else _TIES)
    card = listen.person(actor, person)
    may_note = actor.may(Permission.LISTEN_WRITE)
    places = place_names(actor)
    shown = [_line(*tie, names) for tie in ties]
    return {
        "card": card,
        "person": card.person,
        "place": places[card.person.community],
        "lenses": individual_lenses(actor, person),
        **_seen_context(actor, card, may_note),
        "concerns": listen.concerns_of(actor, person) if may_note else (),
        "assets": map_queries.assets_of(actor, person) if actor.may(Permission.MAP_READ) else (),
        "ties": shown[:_FIRST_TIES],
        "more_ties": shown[_FIRST_TIES:],
        "ties_left": ties_left,
        "tie_count": len(shown) + ties_left,
        "around": len(names) >= FEWEST_AROUND,
        "may_note": may_note,
        "may_read_ties": actor.may(Permission.MAP_READ),
        "may_tie": actor.may(Permission.MAP_WRITE),
    }


def person_around(actor: Actor, slug: str, person: uuid.UUID) -> dict[str, Any]:
    """The picture of somebody among those they are tied to."""
    _rows, names, _left = _ties(actor, person, None)
    named = {person: listen.person(actor, person).person.name} | names
    return picture_around(actor, slug, person, named, place_names(actor))


def _seen(card: PersonCard) -> list[Seen]:
    return [
        Seen(
            trait=str(each.trait.label),
            words=anchor(each.trait, each.value),
            evidence=each.evidence,
            observed_on=each.observed_on,
            observer=each.observer,
        )
        for each in card.observations
    ]


def _seen_context(actor: Actor, card: PersonCard, may_note: bool) -> dict[str, Any]:
    """One figure for each trait, and where those who saw it differ."""
    found = observed(actor, card.person.id) if may_note else ()
    stance = next((each.figure for each in found if each.trait == Trait.STANCE), None)
    return {
        "seen": _seen(card),
        "observers": len({each.by for each in card.observations}),
        # To the nearest, halves up: as questions to the list count it.
        "stance": floor(stance + 0.5) if stance is not None else None,
        "stances": anchors(Trait.STANCE),
        "figures": [
            {
                "trait": str(each.trait.label),
                "figure": each.figure,
                "percent": round(25 * each.figure),
            }
            for each in found
            if each.trait != Trait.STANCE
        ],
        "differing": [
            {
                "trait": str(each.trait.label),
                "words": [f"{observer} {value}" for observer, value in each.latest],
            }
            for each in found
            if each.differ
        ],
    }


def _ties(
    actor: Actor, person: uuid.UUID, most: int | None
) -> tuple[list[tuple[TieRow, uuid.UUID]], dict[uuid.UUID, str], int]:
    """Somebody's closest ties, each with who is at its other end; names; how many are left."""
    if not actor.may(Permission.MAP_READ):
        return [], {}, 0
    rows = map_queries.ties_of(actor, person)
    ties = [
        (row, row.to_person if row.from_person == person else row.from_person)
        for row in rows[:most]
    ]
    names = listen.names(actor, {other for _row, other in ties})
    # Whoever was taken back is no longer here, and neither is the tie to them.
    return [tie for tie in ties if tie[1] in names], names, len(rows) - len(ties)


def _line(row: TieRow, other: uuid.UUID, names: dict[uuid.UUID, str]) -> TieLine:
    return TieLine(
        person=other,
        name=names[other],
        kind=str(row.kind.label),
        mutual=row.mutual,
        outgoing=row.to_person == other,
        strength=row.strength,
        told_on=row.reported_on,
    )
