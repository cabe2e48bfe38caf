"""Meetings: when and where, who is expected, who came, what was decided."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from guyub.core.actor import Actor
from guyub.core.errors import Missing
from guyub.core.query import query
from guyub.cycle.listen.models import (
    Cancellation,
    Decision,
    Encounter,
    Invitation,
    Meeting,
    Participation,
)
from guyub.cycle.listen.queries.records import promises_with_outcome
from guyub.cycle.listen.vocabulary import EncounterKind, ListenPermission, Outcome, Part
from guyub.cycle.listen.vocabulary.meetings import MeetingState

# Meetings side by side in the grid of a group. Our choice: so many stand on a page that is printed.
MOST_IN_A_GRID = 12


@dataclass(frozen=True, kw_only=True)
class MeetingRow:
    """A meeting. came: how many were there, once it was held; invited: how many are expected."""

    id: uuid.UUID
    title: str
    kind: EncounterKind
    planned_on: date
    begins_at: time | None
    ends_at: time | None
    venue: str
    group: str
    community: uuid.UUID
    state: MeetingState
    invited: int
    came: int
    entry: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class Attendant:
    """Somebody who is expected at a meeting, or came. entry: takes back that they came."""

    person: uuid.UUID
    name: str
    community: uuid.UUID
    invited: bool
    came: bool
    parts: tuple[Part, ...]
    brought_by: uuid.UUID | None
    entry: uuid.UUID | None


@dataclass(frozen=True, kw_only=True)
class DecisionRow:
    """What was decided; `entry` takes it back.

    owner: the name of whoever does it, empty for nobody; person: who that is, None for a worker.
    outcome: what became of it.
    """

    decided: str
    owner: str
    person: uuid.UUID | None
    due_on: date | None
    outcome: Outcome | None
    entry: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class MeetingCard:
    """A meeting with all that is noted of it.

    The summary is empty for who may not read it, and then they write none either.
    `cancelled_in` takes the cancelling back.
    """

    meeting: MeetingRow
    people: tuple[Attendant, ...]
    decisions: tuple[DecisionRow, ...]
    head_count: int | None
    summary: str
    open_summary: bool
    may_write_summary: bool
    why_cancelled: str
    cancelled_in: uuid.UUID | None


@dataclass(frozen=True, kw_only=True)
class GridRow:
    """Somebody through the meetings of a group: for each whether they came, or were expected."""

    person: uuid.UUID
    name: str
    came: tuple[bool, ...]
    invited: tuple[bool, ...]


@dataclass(frozen=True, kw_only=True)
class AttendanceGrid:
    """The last meetings of a group that were held, the oldest first, and everybody in them."""

    meetings: tuple[MeetingRow, ...]
    rows: tuple[GridRow, ...]


@query("listen.meetings", permission=ListenPermission.READ)
def meetings(actor: Actor, begins: date, ends: date) -> tuple[MeetingRow, ...]:
    """The meetings of some days, both ends among them, in their order."""
    these_days = Q(planned_on__gte=begins, planned_on__lte=ends)
    # On most days nobody meets, and to ask what became of each meeting is dear.
    if not Meeting.objects.filter(these_days).exists():
        return ()
    return tuple(_row(row) for row in _meetings().filter(these_days))


@query("listen.meeting", permission=ListenPermission.WRITE)
def meeting(actor: Actor, identifier: uuid.UUID) -> MeetingCard:
    """One meeting: who came first, then who is expected, each by name.

    :raises Missing: it is not here.
    """
    row = _meetings().filter(pk=identifier).first()
    if row is None:
        raise Missing(str(identifier))
    held = Encounter.objects.filter(meeting=identifier).select_related("stated_in").first()
    cancelled = Cancellation.objects.filter(meeting=identifier).select_related("stated_in").first()
    readable = held is not None and may_read_minutes(actor, held)
    return MeetingCard(
        meeting=_row(row),
        people=_attendants(identifier, held),
        decisions=_decisions(identifier),
        head_count=held.head_count if held else None,
        summary=(held.summary or "") if held and readable else "",
        open_summary=bool(held and held.open_summary),
        may_write_summary=readable or (held is not None and not held.summary),
        why_cancelled=cancelled.why if cancelled else "",
        cancelled_in=cancelled.stated_in.entry if cancelled else None,
    )


@query("listen.meeting_groups", permission=ListenPermission.READ)
def meeting_groups(actor: Actor) -> tuple[str, ...]:
    """The groups that have met, by their labels."""
    rows = Meeting.objects.exclude(group="").order_by("group")
    return tuple(rows.values_list("group", flat=True).distinct())


@query("listen.attendance", permission=ListenPermission.WRITE)
def attendance(actor: Actor, group: str) -> AttendanceGrid:
    """Attendance at the last meetings of a group, most frequent first."""
    held = _meetings().filter(group=group, held=True).order_by("-planned_on", "-id")
    shown = [_row(row) for row in held[:MOST_IN_A_GRID]][::-1]
    keys = [each.id for each in shown]
    names: dict[uuid.UUID, str] = {}
    came, invited = (defaultdict[uuid.UUID, set[uuid.UUID]](set) for _each in range(2))
    parts = Participation.objects.filter(encounter__meeting__in=keys, encounter__withdrawn_in=None)
    expected = Invitation.objects.filter(meeting__in=keys)
    for found, rows, column in (
        (came, parts, "encounter__meeting_id"),
        (invited, expected, "meeting_id"),
    ):
        told = rows.filter(person__withdrawn_in=None)
        for person, name, which in told.values_list("person_id", "person__name", column):
            names[person] = name
            found[person].add(which)
    grid = [
        GridRow(
            person=person,
            name=name,
            came=tuple(key in came[person] for key in keys),
            invited=tuple(key in invited[person] for key in keys),
        )
        for person, name in names.items()
    ]
    grid.sort(key=lambda row: (-sum(row.came), row.name.casefold(), row.person))
    return AttendanceGrid(meetings=tuple(shown), rows=tuple(grid))


def may_read_minutes(actor: Actor, held: Encounter) -> bool:
    """Whether what was said is open, one's own note, or read by a planner."""
    own = held.stated_in.account_id == actor.account
    return held.open_summary or own or actor.may(ListenPermission.CONFIDENTIAL)


def _meetings() -> QuerySet[Any]:
    """Meetings with what became of each, in the order of their days and hours."""
    held = Encounter.objects.filter(meeting=OuterRef("pk"))
    cancelled = Cancellation.objects.filter(meeting=OuterRef("pk"))
    expected = Invitation.objects.filter(meeting=OuterRef("pk"), person__withdrawn_in=None)
    named = Participation.objects.filter(
        encounter__meeting=OuterRef("pk"), encounter__withdrawn_in=None
    )
    rows = Meeting.objects.annotate(
        held=Exists(held),
        cancelled=Exists(cancelled),
        expected=Subquery(_counted(expected, "meeting", "person")),
        named=Subquery(_counted(named, "encounter__meeting", "person")),
        head_count=Subquery(held.values("head_count")[:1]),
    ).select_related("stated_in")
    return rows.order_by("planned_on", F("begins_at").asc(nulls_first=True), "id")


def _counted(rows: QuerySet[Any], by: str, what: str) -> QuerySet[Any]:
    counted = rows.order_by().values(by).annotate(count=Count(what, distinct=True))
    return counted.values("count")


def _row(row: Any) -> MeetingRow:
    state = MeetingState.PLANNED
    if row.held:
        state = MeetingState.HELD
    elif row.cancelled:
        state = MeetingState.CANCELLED
    return MeetingRow(
        id=row.pk,
        title=row.title,
        kind=EncounterKind(row.kind),
        planned_on=row.planned_on,
        begins_at=row.begins_at,
        ends_at=row.ends_at,
        venue=row.venue,
        group=row.group,
        community=row.community_id,
        state=state,
        invited=row.expected or 0,
        came=row.head_count or row.named or 0,
        entry=row.stated_in.entry,
    )


def _decisions(meeting: uuid.UUID) -> tuple[DecisionRow, ...]:
    rows = Decision.objects.filter(meeting=meeting).select_related("stated_in").order_by("id")
    promised = promises_with_outcome().filter(decision__meeting=meeting)
    promises = {
        row.decision_id: row
        for row in promised.filter(person__withdrawn_in=None).select_related("person")
    }
    return tuple(_decision(row, promises.get(row.pk)) for row in rows)


def _decision(row: Decision, promise: Any) -> DecisionRow:
    by_worker = promise is not None and promise.by_worker
    owner = promise.stated_in.account if by_worker else promise and promise.person
    return DecisionRow(
        decided=row.decided,
        owner=owner.name if owner else "",
        person=owner.pk if owner and not by_worker else None,
        due_on=promise and promise.due_on,
        outcome=Outcome(promise.latest) if promise and promise.latest else None,
        entry=row.stated_in.entry,
    )


def _attendants(meeting: uuid.UUID, held: Encounter | None) -> tuple[Attendant, ...]:
    invited = {
        row.person_id: row.person
        for row in Invitation.objects.filter(
            meeting=meeting, person__withdrawn_in=None
        ).select_related("person")
    }
    parts: dict[uuid.UUID, list[Participation]] = defaultdict(list)
    if held is not None:
        there = Participation.objects.filter(encounter=held, person__withdrawn_in=None)
        for row in there.select_related("person", "stated_in").order_by("id"):
            parts[row.person_id].append(row)
    people = invited | {key: rows[0].person for key, rows in parts.items()}
    found = [
        Attendant(
            person=key,
            name=person.name,
            community=person.community_id,
            invited=key in invited,
            came=key in parts,
            parts=tuple(Part(row.part) for row in parts.get(key, ())),
            brought_by=next((row.brought_by_id for row in parts.get(key, ())), None),
            # The last that was noted is what is taken back first.
            entry=parts[key][-1].stated_in.entry if key in parts else None,
        )
        for key, person in people.items()
    ]
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.person)))
