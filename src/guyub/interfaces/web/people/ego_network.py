"""Somebody among those they are tied to: the picture on their page."""

from __future__ import annotations

import uuid
from math import cos, pi, sin
from typing import Any

from django.urls import reverse

from guyub.core.actor import Actor
from guyub.cycle.listen import queries as listen
from guyub.cycle.map import queries as map_queries

# As many as can be told apart in a ring on a phone; the closest. Our choice.
_MOST = 40

# Somebody with one other person needs no picture.
FEWEST_AROUND = 2


def picture_around(
    actor: Actor,
    slug: str,
    person: uuid.UUID,
    named: dict[uuid.UUID, str],
    places: dict[uuid.UUID, str],
) -> dict[str, Any]:
    """Somebody in the middle, those they are tied to around them, and who of them knows whom.

    named: who is in the picture and how they are called, the person first, then the closest.
    """
    people = list(named)[: _MOST + 1]
    homes = listen.homes_of(actor, set(people))
    # People of one place stand side by side, so that ties between places can be seen.
    others = sorted(people[1:], key=lambda each: places.get(homes[each], ""))
    people = [person, *others]
    number = {each: place for place, each in enumerate(people)}
    angles = [2 * pi * place / len(others) - pi / 2 for place in range(len(others))]
    kinds = {
        place: kind for kind, place in enumerate(sorted(set(homes.values()), key=str), start=1)
    }
    pairs = {
        tuple(sorted((number[one], number[other])))
        for one, other in map_queries.pairs_among(actor, set(people))
    }
    return {
        "x": [500, *(round(500 + 480 * cos(angle)) for angle in angles)],
        "y": [500, *(round(500 + 480 * sin(angle)) for angle in angles)],
        "colours": {"place": [min(kinds[homes[each]], 7) for each in people]},
        "ties": [end for pair in sorted(pairs) for end in pair],
        "names": [named[each] for each in people],
        "people": [str(each) for each in people],
        "chosen": [0],
        "active": [],
        "numbered": False,
        "address": reverse("person", args=(slug, uuid.UUID(int=0))),
    }
