"""Promises whose day has come."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q

from guyub.core.actor import Actor
from guyub.core.cache import Cache
from guyub.core.errors import Missing
from guyub.core.models import ScopedQuerySet
from guyub.core.query import query
from guyub.cycle.listen.models import Promise, PromiseOutcome
from guyub.cycle.listen.queries.records import PromiseRow, promise_row, promises_with_outcome
from guyub.cycle.listen.vocabulary import ListenPermission, PersonStatus

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


@query("listen.promises_due", permission=ListenPermission.WRITE)
def promises_due(
    actor: Actor, *, until: date | None = None, limit: int = MOST_DUE
) -> tuple[NamedPromise, ...]:
    """Open promises of people here, and promises made to them; longest overdue first.

    until: due by this day. Those without a day come last, and only after a while. limit: no more
    than MOST_DUE.
    """
    # A page of today asks twice, for the list and for whom to meet, and many times a day.
    due = _due.get(actor, until, lambda: _promises_due(actor, until), own=True)
    return due[:limit]


# Of so many workers: a few rows for each. Our choice.
_due = Cache[tuple[NamedPromise, ...]](most=256)


def is_settled() -> Exists:
    """Whether something became of a promise.

    Asked of each promise: "not among all that were settled" takes PostgreSQL minutes once these no
    longer fit its memory. An outcome stands where its promise stands; with the community the index
    is looked into once, not once for each place that somebody sees.
    """
    return Exists(
        PromiseOutcome.objects.filter(promise=OuterRef("pk"), community=OuterRef("community"))
    )


def overdue_promises(today: date) -> ScopedQuerySet:
    """Open promises whose day has passed, of people who live here and those made to them."""
    return Promise.objects.filter(
        ~is_settled(),
        due_on__lt=today,
        person__withdrawn_in=None,
        person__status=PersonStatus.PRESENT,
    )


def _promises_due(actor: Actor, until: date | None) -> tuple[NamedPromise, ...]:
    # Indexes answer which are open; only those are read.
    rows = Promise.objects.filter(
        ~is_settled(),
        Q(by_worker=False) | Q(stated_in__account_id=actor.account),
        person__withdrawn_in=None,
        person__status=PersonStatus.PRESENT,
    )
    if until is not None:
        undated = Q(due_on=None, made_on__lte=until - UNDATED)
        rows = rows.filter(Q(due_on__lte=until) | undated)
    ordered = rows.order_by(F("due_on").asc(nulls_last=True), "made_on", "id")
    open_ones = list(ordered.values_list("id", flat=True)[:MOST_DUE])
    columns = Promise.objects.filter(pk__in=open_ones).values_list(
        "id",
        "person_id",
        "what",
        "made_on",
        "due_on",
        "by_worker",
        "stated_in__account__name",
        "person__name",
        "person__community_id",
    )
    found = {each[0]: _open_promise(*each) for each in columns}
    return tuple(found[each] for each in open_ones)


def _open_promise(
    identifier: uuid.UUID,
    person: uuid.UUID,
    what: str,
    made_on: date,
    due_on: date | None,
    by_worker: bool,
    worker_name: str,
    name: str,
    community: uuid.UUID,
) -> NamedPromise:
    return NamedPromise(
        promise=PromiseRow(
            id=identifier,
            person=person,
            what=what,
            made_on=made_on,
            due_on=due_on,
            outcome=None,
            settled_on=None,
            by_worker=by_worker,
            worker_name=worker_name,
        ),
        name=name,
        community=community,
    )


@query("listen.promise", permission=ListenPermission.WRITE)
def promise(actor: Actor, identifier: uuid.UUID) -> NamedPromise:
    """One promise, whatever its outcome.

    :raises Missing: it is not there.
    """
    rows = promises_with_outcome().select_related("person", "stated_in__account")
    row = rows.filter(pk=identifier, person__withdrawn_in=None).first()
    if row is None:
        raise Missing(str(identifier))
    return NamedPromise(
        promise=promise_row(row), name=row.person.name, community=row.person.community_id
    )
