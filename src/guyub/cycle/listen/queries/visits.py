"""Whom to meet: visits that are planned and have not taken place."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from guyub.core.actor import Actor
from guyub.core.cache import Cache
from guyub.core.chunks import chunks
from guyub.core.errors import Missing
from guyub.core.query import query
from guyub.cycle.listen.models import PlannedVisit, VisitOutcome
from guyub.cycle.listen.queries.rights import is_protected, may_call
from guyub.cycle.listen.vocabulary import ListenPermission, VisitResult


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


@query("listen.visits", permission=ListenPermission.WRITE)
def visits(
    actor: Actor,
    *,
    worker: uuid.UUID | None = None,
    colleagues: bool = False,
    person: uuid.UUID | None = None,
    until: date | None = None,
    limit: int | None = None,
) -> tuple[VisitRow, ...]:
    """Visits still to come, the longest due first: one's own, or as a planner the whole team's.

    worker: of this account only. colleagues: of others only. person: to them only. until: due by
    this day. limit: no more than the first so many.
    """
    wanted = sorted(
        (coming.due_on, visit)
        for visit, coming in _to_come(actor).items()
        if worker in (None, coming.worker)
        and person in (None, coming.person)
        and not (colleagues and coming.worker == actor.account)
        and (until is None or coming.due_on <= until)
    )[:limit]
    found: list[Any] = []
    for chunk in chunks([visit for _day, visit in wanted]):
        found += _own(actor).filter(pk__in=chunk)
    found.sort(key=lambda row: (row.due_on, row.pk))
    return tuple(_visit_row(actor, row) for row in found)


@dataclass(frozen=True)
class _ToCome:
    """A visit still to come: who is visited, who goes, and when."""

    person: uuid.UUID
    worker: uuid.UUID
    due_on: date


# Of so many workers: a few keys for each. Our choice.
_visits_to_come = Cache[Mapping[uuid.UUID, _ToCome]](most=256)


@query("listen.expected_visits", permission=ListenPermission.WRITE)
def expected_visits(actor: Actor) -> frozenset[uuid.UUID]:
    """People with a visit still to come, as far as this actor may know of it."""
    return frozenset(coming.person for coming in _to_come(actor).values())


def _to_come(actor: Actor) -> Mapping[uuid.UUID, _ToCome]:
    """Most visits took place; those that did not are few, and found once."""

    def read() -> Mapping[uuid.UUID, _ToCome]:
        settled = VisitOutcome.objects.filter(visit=OuterRef("pk"), community=OuterRef("community"))
        put_off = settled.filter(result=VisitResult.LATER)
        # Only of those of which nothing became, or that were once put off, is asked what came last.
        rows = _known(actor).filter(~Exists(settled) | Exists(put_off))
        rows = rows.filter(Q(result=None) | Q(result=VisitResult.LATER)).order_by()
        columns = rows.annotate(due_on=_due_on()).values_list(
            "id", "person_id", "worker_id", "due_on"
        )
        return MappingProxyType({visit: _ToCome(*rest) for visit, *rest in columns})

    return _visits_to_come.get(actor, None, read, own=not actor.may(ListenPermission.CONFIDENTIAL))


@query("listen.visit", permission=ListenPermission.WRITE)
def visit(actor: Actor, identifier: uuid.UUID) -> VisitRow:
    """One visit, whatever its outcome.

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
        due_on=_due_on(),
        hidden=is_protected("person"),
    )
    return rows.select_related("person", "worker", "stated_in")


def _known(actor: Actor) -> QuerySet[Any]:
    """The visits that this actor may know of, with the result of each."""
    rows = PlannedVisit.objects.filter(person__withdrawn_in=None).annotate(
        result=Subquery(_latest().values("result")[:1])
    )
    if not actor.may(ListenPermission.CONFIDENTIAL):
        rows = rows.filter(worker_id=actor.account)
    return rows


def _due_on() -> Coalesce:
    """The day planned, or to which a visit was put off last."""
    return Coalesce(Subquery(_latest().values("later_on")[:1]), F("planned_on"))


def _latest() -> QuerySet[VisitOutcome]:
    """What became of a visit last."""
    return VisitOutcome.objects.filter(visit=OuterRef("pk")).order_by("-id")


def _visit_row(actor: Actor, row: Any) -> VisitRow:
    # Whoever is sent by a planner need not be one: judgements stay with those who may read them.
    readable = row.stated_in.account_id == actor.account or actor.may(ListenPermission.CONFIDENTIAL)
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
