"""Visits that are planned with somebody, and why."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from guyub.core.actor import Actor
from guyub.core.language import language_read
from guyub.cycle.listen import queries as listen
from guyub.cycle.start.analysis import plan_sentences
from guyub.cycle.start.vocabulary import StartPermission


@dataclass(frozen=True, kw_only=True)
class VisitLine:
    """A visit that is still to come, and why, as far as this actor may read it."""

    due_on: date
    worker: str
    reasons: tuple[str, ...]


def planned_visits(actor: Actor, person: uuid.UUID) -> list[VisitLine]:
    """The visits to somebody that are still to come, as far as this actor may know of them."""
    return [
        VisitLine(
            due_on=row.due_on,
            worker=row.worker_name,
            reasons=plan_sentences(actor, list(row.reasons), language_read())
            if row.reasons and actor.may(StartPermission.READ)
            else (),
        )
        for row in listen.visits(actor, person=person)
    ]
