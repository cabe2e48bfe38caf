"""Promises whose day has come."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from guyub.core.actor import Actor
from guyub.core.errors import Missing
from guyub.core.permissions import Permission
from guyub.core.query import query
from guyub.cycle.listen.models import Promise
from guyub.cycle.listen.queries.notes import PromiseRow, promise_row, promises_with_outcome
from guyub.cycle.listen.vocabulary import PersonStatus

# A promise without a day is asked after once a month has gone by. Our choice.
UNDATED = timedelta(days=30)

# More than anybody asks after in a day; the longest overdue come first. Our choice.
MOST_DUE = 100


@dataclass(frozen=True, kw_only=True)
class NamedPromise:
    """A promise, with the name of the person and the community where they live."""

    promise: PromiseRow
    name: str
    community: uuid.UUID


@query("listen.promises_due", permission=Permission.LISTEN_WRITE)
def promises_due(
    actor: Actor, *, until: date | None = None, limit: int = MOST_DUE
) -> tuple[NamedPromise, ...]:
    """Open promises of people here, and those one gave them; the longest overdue first.

    until: due by this day. Those without a day come last, and only after a while.
    """
    rows: QuerySet[Any] = promises_with_outcome()
    rows = rows.filter(
        Q(by_worker=False) | Q(stated_in__account_id=actor.account),
        latest=None,
        person__withdrawn_in=None,
        person__status=PersonStatus.PRESENT,
    )
    if until is not None:
        undated = Q(due_on=None, made_on__lte=until - UNDATED)
        rows = rows.filter(Q(due_on__lte=until) | undated)
    rows = rows.select_related("person", "stated_in__account")
    ordered = rows.order_by(F("due_on").asc(nulls_last=True), "made_on", "id")
    return tuple(_named(row) for row in ordered[:limit])


@query("listen.promise", permission=Permission.LISTEN_WRITE)
def promise(actor: Actor, identifier: uuid.UUID) -> NamedPromise:
    """One promise, whatever became of it.

    :raises Missing: it is not there.
    """
    rows = promises_with_outcome().select_related("person", "stated_in__account")
    row = rows.filter(pk=identifier, person__withdrawn_in=None).first()
    if row is None:
        raise Missing(str(identifier))
    return _named(row)


def _named(row: Promise) -> NamedPromise:
    return NamedPromise(
        promise=promise_row(row), name=row.person.name, community=row.person.community_id
    )
