"""Whom to hear first, where too little is known to say with whom to begin."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from guyub.core.actor import Actor
from guyub.core.query import query
from guyub.cycle.listen import queries as listen
from guyub.cycle.start.analysis.plans import frame_of
from guyub.cycle.start.vocabulary import StartPermission
from guyub.engine.plan.self_starting import Starting

# As many as a worker visits in a week. Our choice.
_MOST_NAMED = 10


@dataclass(frozen=True, kw_only=True)
class ToHear:
    """Somebody to hear: all reasons as facts. known: how likely they are to start, and why, as an
    outcome is noted beside it."""

    person: uuid.UUID
    name: str
    reasons: tuple[dict[str, Any], ...]
    known: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class HearFirst:
    """Whom to hear first, and how much is known.

    people: how many live here. evident: of how many of those who may be chosen something says
    whether they start things. tied: whether any tie is known.
    """

    next: tuple[ToHear, ...]
    people: int
    evident: int
    tied: bool


@query("start.hear_first", permission=StartPermission.READ)
def hear_first(actor: Actor, *, limit: int = _MOST_NAMED) -> HearFirst:
    """Whom to hear first, as far as this actor may read; who is visited anyway is left out."""
    from guyub.engine import hear_first as named
    from guyub.engine import self_starting

    rows = listen.all_people(actor)
    seen = frame_of(actor, rows)
    spared = listen.unwilling(actor) | listen.expected_visits(actor)
    known = listen.heard(actor)
    heard = [row.id in known for row in rows]
    left_out = [place for place, row in enumerate(rows) if row.id in spared]
    persons = {identifier: row.id for row, identifier in zip(rows, seen.id, strict=True)}
    places = {identifier: place for place, identifier in enumerate(seen.id)}
    starting = self_starting(seen)
    open_to = seen.known() & ~seen.opposed() & ~seen.children()
    return HearFirst(
        next=tuple(
            ToHear(
                person=persons[each.id],
                name=each.name,
                reasons=tuple(reason.to_dict() for reason in each.reasons),
                known=_known(starting.of(places[each.id])),
            )
            for each in named(seen, heard, limit, left_out=left_out)
        ),
        people=len(rows),
        evident=int((starting.evident & open_to).sum()),
        tied=bool(seen.network().arcs),
    )


def _known(starting: Starting) -> dict[str, Any]:
    return {"chance": starting.chance, "terms": starting.terms}
