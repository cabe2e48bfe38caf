"""Whom to meet: visits that are planned and have not taken place."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from guyub.core.actor import Actor
from guyub.core.errors import Missing
from guyub.core.permissions import Permission
from guyub.core.query import query
from guyub.cycle.listen.models import PlannedVisit, VisitOutcome
from guyub.cycle.listen.queries.rights import is_protected, may_call
from guyub.cycle.listen.vocabulary import VisitResult


@dataclass(frozen=True, kw_only=True)
class VisitRow:
    """A visit that is still to come. due_on: the day planned, or to which it was put off.

    reasons: facts for sentences, empty where they rest on what this actor may not read.
    """

    id: uuid.UUID
    person: uuid.UUID
    name: str
    community: uuid.UUID
    phone: str
    due_on: date
    put_off: bool
    settled: bool
    worker: uuid.UUID
    worker_name: str
    reasons: tuple[dict[str, Any], ...]


@query("listen.visits", permission=Permission.LISTEN_WRITE)
def visits(
    actor: Actor, *, worker: uuid.UUID | None = None, until: date | None = None
) -> tuple[VisitRow, ...]:
    """Visits still to come, the longest due first: one's own, or as a planner the whole team's.

    worker: of this account only. until: due by this day.
    """
    rows = _to_come(_own(actor))
    if worker is not None:
        rows = rows.filter(worker_id=worker)
    if until is not None:
        rows = rows.filter(due_on__lte=until)
    return tuple(_visit_row(actor, row) for row in rows.order_by("due_on", "id"))


@query("listen.awaited", permission=Permission.LISTEN_WRITE)
def awaited(actor: Actor) -> frozenset[uuid.UUID]:
    """To whom a visit is still to come, as far as this actor may know of it."""
    return frozenset(_to_come(_known(actor)).order_by().values_list("person_id", flat=True))


@query("listen.visit", permission=Permission.LISTEN_WRITE)
def visit(actor: Actor, identifier: uuid.UUID) -> VisitRow:
    """One visit, whatever became of it.

    :raises Missing: it is not there, or somebody else's.
    """
    row = _own(actor).filter(pk=identifier).first()
    if row is None:
        raise Missing(str(identifier))
    return _visit_row(actor, row)


def _own(actor: Actor) -> QuerySet[Any]:
    """The visits that this actor may know of, with what became of each."""
    rows = _known(actor).annotate(
        later_on=Subquery(_latest().values("later_on")[:1]),
        due_on=Coalesce(F("later_on"), F("planned_on")),
        hidden=is_protected("person"),
    )
    return rows.select_related("person", "worker", "stated_in")


def _known(actor: Actor) -> QuerySet[Any]:
    """The visits that this actor may know of, with the result of each."""
    rows = PlannedVisit.objects.filter(person__withdrawn_in=None).annotate(
        result=Subquery(_latest().values("result")[:1])
    )
    if not actor.may(Permission.LISTEN_CONFIDENTIAL):
        rows = rows.filter(worker_id=actor.account)
    return rows


def _latest() -> QuerySet[VisitOutcome]:
    """What became of a visit last."""
    return VisitOutcome.objects.filter(visit=OuterRef("pk")).order_by("-id")


def _to_come(visits: QuerySet[Any]) -> QuerySet[Any]:
    return visits.filter(Q(result=None) | Q(result=VisitResult.LATER))


def _visit_row(actor: Actor, row: Any) -> VisitRow:
    # Whoever is sent by a planner need not be one: judgements stay with those who may read them.
    readable = row.stated_in.account_id == actor.account or actor.may(
        Permission.LISTEN_CONFIDENTIAL
    )
    later_on: date | None = row.later_on
    return VisitRow(
        id=row.pk,
        person=row.person_id,
        name=row.person.name,
        community=row.community_id,
        phone=(row.person.phone or "") if may_call(actor, row) else "",
        due_on=later_on or row.planned_on,
        put_off=later_on is not None,
        settled=row.result in {VisitResult.MET, VisitResult.DROPPED},
        worker=row.worker_id,
        worker_name=row.worker.name,
        reasons=tuple(row.reasons or ()) if readable else (),
    )
