"""Somebody's page: what the steps know of them, put into words."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from math import floor
from typing import Any

from guyub.core.actor import Actor
from guyub.core.queries import place_names
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.analysis import trait_ratings
from guyub.cycle.listen.queries import PersonCard
from guyub.cycle.listen.vocabulary import ListenPermission, Trait
from guyub.cycle.map import queries as map_queries
from guyub.cycle.map.vocabulary import MapPermission
from guyub.interfaces.submissions.forms import short_forms
from guyub.interfaces.submissions.scales import anchor, anchors
from guyub.interfaces.web.frame.steps import individual_lenses
from guyub.interfaces.web.people.ego_network import FEWEST_AROUND, picture_around
from guyub.interfaces.web.people.fields import in_brief
from guyub.interfaces.web.people.ties import tie_line, ties_of

# Of somebody with many ties the closest are shown first, and most of those whom half the district
# knows only when they are asked for; our choice.
_FIRST_TIES, _TIES = 12, 50


@dataclass(frozen=True, kw_only=True)
class ObservationLine:
    """What one worker saw of somebody."""

    trait: str
    words: str
    evidence: str
    observed_on: date
    observer: str


def person_context(actor: Actor, person: uuid.UUID, *, every_tie: bool = False) -> dict[str, Any]:
    """All that somebody's page shows, as far as this actor may read."""
    ties, names, ties_left = ties_of(actor, person, None if every_tie else _TIES)
    card = listen.person(actor, person)
    may_note = actor.may(ListenPermission.WRITE)
    places = place_names(actor)
    shown = [tie_line(*tie, names) for tie in ties]
    return {
        "card": card,
        "person": card.person,
        "place": places[card.person.community],
        "in_brief": in_brief(card.person, places),
        "lenses": individual_lenses(actor, person),
        **_seen_context(actor, card, may_note),
        "concerns": listen.concerns_of(actor, person) if may_note else (),
        "assets": map_queries.assets_of(actor, person) if actor.may(MapPermission.READ) else (),
        "ties": shown[:_FIRST_TIES],
        "more_ties": shown[_FIRST_TIES:],
        "ties_left": ties_left,
        "tie_count": len(shown) + ties_left,
        "around": len(names) >= FEWEST_AROUND,
        "may_note": may_note,
        "may_read_ties": actor.may(MapPermission.READ),
        "short_forms": [(each.shown.title, each.page) for each in short_forms(actor) if each.page],
        "may_tie": actor.may(MapPermission.WRITE),
    }


def person_around(actor: Actor, slug: str, person: uuid.UUID) -> dict[str, Any]:
    """The picture of somebody among those they are tied to."""
    _rows, names, _left = ties_of(actor, person, None)
    named = {person: listen.person(actor, person).person.name} | names
    return picture_around(actor, slug, person, named, place_names(actor))


def _seen(card: PersonCard) -> list[ObservationLine]:
    return [
        ObservationLine(
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
    found = trait_ratings(actor, card.person.id) if may_note else ()
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
