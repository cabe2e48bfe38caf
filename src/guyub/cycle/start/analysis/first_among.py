"""With whom to begin among some people: by the newest plan, then by what they did."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from guyub.core.actor import Actor
from guyub.core.query import query
from guyub.cycle.listen import queries as listen
from guyub.cycle.start.analysis.suggestions import newest_plan_people
from guyub.cycle.start.vocabulary import StartPermission

# What people did long ago says less of what they would do now. Our choice: a year, as the ladder.
_LATELY = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class FirstPerson:
    """Somebody to begin with: their place in the newest plan (0 outside), and what they did."""

    person: uuid.UUID
    name: str
    community: uuid.UUID
    place_in_plan: int
    kept: int
    hosted: int


@query("start.first_among", permission=StartPermission.READ)
def first_among(
    actor: Actor, people: frozenset[uuid.UUID], on: date, *, limit: int = 5
) -> tuple[FirstPerson, ...]:
    """With whom to begin among these people; those of whom nothing says so are left out.

    First who stands in the newest plan that this actor may see, in its order; then who kept most
    promises and hosted most often in the last year. Who does not want visits is left out.
    """
    places = {person: place for place, person in enumerate(newest_plan_people(actor), start=1)}
    did = listen.deeds_since(actor, on - _LATELY)
    nothing = listen.DeedCounts()
    found = []
    for row in listen.some_people(actor, tuple(sorted(people - listen.unwilling(actor)))):
        deeds = did.get(row.id, nothing)
        found.append(
            FirstPerson(
                person=row.id,
                name=row.name,
                community=row.community,
                place_in_plan=places.get(row.id, 0),
                kept=deeds.kept,
                hosted=deeds.hosted,
            )
        )
    known = [each for each in found if each.place_in_plan or each.kept or each.hosted]
    known.sort(
        key=lambda each: (
            each.place_in_plan or len(places) + 1,
            -(each.kept + each.hosted),
            each.name.casefold(),
        )
    )
    return tuple(known[:limit])
