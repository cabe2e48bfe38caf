"""Plans, bridges and candidates as they were kept, and what workers said to suggestions."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from guyub.core.actor import Actor
from guyub.core.cache import Cache
from guyub.core.errors import Missing
from guyub.core.frozen import frozen
from guyub.core.query import query
from guyub.cycle.listen.vocabulary import ListenPermission
from guyub.cycle.start.models import (
    Bridges,
    Candidates,
    PlanDebrief,
    PlanDecision,
    StartingPlan,
    SuggestionAnswer,
)
from guyub.cycle.start.queries.plan_notes import (
    Debrief,
    Decision,
    Exchange,
    notes_of,
)
from guyub.cycle.start.vocabulary import Answer, PlanState, StartPermission

# Plans that one may choose from to compare. Our choice: those of a season.
_MOST_LISTED = 20


@dataclass(frozen=True, kw_only=True)
class KeptPlan:
    """A plan as it was kept. outcome: what it says; see PlanRecord.

    decision: what was decided about it last. exchange: how it came out of another. debrief: what
    was learnt from it.
    """

    id: uuid.UUID
    made_on: date
    made_by: str
    count: int
    seed: int
    spread: str
    outcome: dict[str, Any]
    decision: Decision | None = None
    exchange: Exchange | None = None
    debrief: Debrief | None = None

    @property
    def paused(self) -> bool:
        """Whether it rests until somebody takes it up again."""
        return self.decision is not None and self.decision.state == PlanState.PAUSED


@query("start.newest_plan", permission=StartPermission.READ)
def newest_plan(actor: Actor) -> KeptPlan | None:
    """The newest plan of the opened community that this actor may see, unless it was dropped.

    A plan shows what its maker could read. Planners read everything; others see their own plans.
    """
    last = PlanDecision.objects.filter(plan=OuterRef("pk")).order_by("-id").values("state")[:1]
    rows = StartingPlan.objects.annotate(state=Subquery(last))
    row = _seen(actor, rows.filter(Q(state=None) | ~Q(state=PlanState.DROPPED))).first()
    return None if row is None else _kept(actor, row)


@query("start.dropped_plan", permission=StartPermission.READ)
def dropped_plan(actor: Actor) -> KeptPlan | None:
    """The newest plan that this actor may see, if it was dropped and none was made since."""

    def read() -> uuid.UUID | None:
        newest: uuid.UUID | None = (
            _seen(actor, StartingPlan.objects.defer("outcome")).values_list("pk", flat=True).first()
        )
        decision = notes_of(actor, newest).decision if newest else None
        return newest if decision and decision.state == PlanState.DROPPED else None

    dropped = _places.get(actor, (actor.community, "dropped"), read, own=True)
    return kept_plan(actor, dropped) if dropped else None


@query("start.plan_learnt_from", permission=StartPermission.READ)
def plan_learnt_from(actor: Actor, before: uuid.UUID) -> KeptPlan | None:
    """The newest plan made before another from which the team noted what it learnt."""

    def read() -> uuid.UUID | None:
        rows = _seen(actor, StartingPlan.objects.filter(pk__lt=before))
        told = PlanDebrief.objects.filter(plan=OuterRef("pk"))
        found: uuid.UUID | None = rows.filter(Exists(told)).values_list("pk", flat=True).first()
        return found

    found = _places.get(actor, (actor.community, before), read, own=True)
    return kept_plan(actor, found) if found else None


# Of so many workers. Our choice.
_places = Cache[uuid.UUID | None](most=128)


@query("start.kept_plan", permission=StartPermission.READ)
def kept_plan(actor: Actor, identifier: uuid.UUID) -> KeptPlan:
    """One saved plan of the opened community that this actor may see.

    :raises Missing: it is not there, or somebody else's.
    """
    row = _seen(actor, StartingPlan.objects.all()).filter(pk=identifier).first()
    if row is None:
        raise Missing(str(identifier))
    return _kept(actor, row)


def _kept(actor: Actor, row: StartingPlan) -> KeptPlan:
    notes = notes_of(actor, row.pk)
    return KeptPlan(
        id=row.pk,
        made_on=row.made_on,
        made_by=row.stated_in.account.name,
        count=row.count,
        seed=row.seed,
        spread=row.spread,
        outcome=row.outcome,
        decision=notes.decision,
        exchange=notes.exchange,
        debrief=notes.debrief,
    )


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """A plan that was kept, without what it says. number: the first is 1. made_at: when it was
    kept."""

    id: uuid.UUID
    number: int
    made_at: datetime
    made_by: str
    count: int


@query("start.kept_plans", permission=StartPermission.READ)
def kept_plans(actor: Actor) -> tuple[PlanLine, ...]:
    """The newest plans that this actor may see, the newest first."""
    rows = _seen(actor, StartingPlan.objects.defer("outcome"))
    last = rows.count()
    return tuple(
        PlanLine(
            id=row.pk,
            number=last - before,
            made_at=row.stated_in.received_at,
            made_by=row.stated_in.account.name,
            count=row.count,
        )
        for before, row in enumerate(rows[:_MOST_LISTED])
    )


@dataclass(frozen=True, kw_only=True)
class KeptBridges:
    """Bridges and holes as they were kept."""

    found_on: date
    found_by: str
    outcome: dict[str, Any]


@query("start.newest_bridges", permission=StartPermission.READ)
def newest_bridges(actor: Actor) -> KeptBridges | None:
    """The latest bridges of the opened community, for people who may see a plan."""
    row = _seen(actor, Bridges.objects.all()).first()
    if row is None:
        return None
    return KeptBridges(
        found_on=row.found_on, found_by=row.stated_in.account.name, outcome=row.outcome
    )


def _seen(actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of the opened community, the newest first: everybody's for planners, else their own."""
    here = rows.filter(community_id=actor.community)
    if not actor.may(ListenPermission.CONFIDENTIAL):
        here = here.filter(stated_in__account_id=actor.account)
    return here.select_related("stated_in__account").order_by("-id")


@dataclass(frozen=True, kw_only=True)
class KeptCandidates:
    """Who may need a visit, as it was kept: people, and columns about them."""

    found_on: date
    people: tuple[uuid.UUID, ...]
    columns: Mapping[str, tuple[int, ...]]


_candidates = Cache[KeptCandidates | None]()


@query("start.newest_candidates", permission=StartPermission.READ)
def newest_candidates(actor: Actor) -> KeptCandidates | None:
    """The candidates found by the newest job in the opened community."""
    return _candidates.get(actor, None, lambda: _read_candidates(actor), own=False)


def _read_candidates(actor: Actor) -> KeptCandidates | None:
    row = Candidates.objects.filter(community_id=actor.community).order_by("-id").first()
    if row is None:
        return None
    return KeptCandidates(
        found_on=row.found_on,
        people=tuple(map(uuid.UUID, row.found["people"])),
        columns=frozen(row.found["columns"]),
    )


@dataclass(frozen=True, kw_only=True)
class AnswerRow:
    """What a worker said to a suggestion; `entry` takes it back."""

    person: uuid.UUID
    name: str
    worker: uuid.UUID
    worker_name: str
    answer: Answer
    until: date | None
    entry: uuid.UUID


@query("start.answers", permission=StartPermission.READ)
def answers(actor: Actor, on: date) -> tuple[AnswerRow, ...]:
    """The answers valid on a day: one's own, and colleagues' requests for someone else to go.

    Whom a colleague does not want to meet is theirs to know.
    """
    return _answers.get(actor, on, lambda: _read_answers(actor, on), own=True)


# Of so many workers: a few rows for each. Our choice.
_answers = Cache[tuple[AnswerRow, ...]](most=256)


def _read_answers(actor: Actor, on: date) -> tuple[AnswerRow, ...]:
    rows = SuggestionAnswer.objects.filter(
        Q(until=None) | Q(until__gte=on),
        Q(worker_id=actor.account) | Q(answer=Answer.SOMEBODY_ELSE),
        person__withdrawn_in=None,
    )
    return tuple(
        AnswerRow(
            person=row.person_id,
            name=row.person.name,
            worker=row.worker_id,
            worker_name=row.worker.name,
            answer=Answer(row.answer),
            until=row.until,
            entry=row.stated_in.entry,
        )
        for row in rows.select_related("person", "worker", "stated_in").order_by("-id")
    )
