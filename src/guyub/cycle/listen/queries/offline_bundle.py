"""What a worker takes along on a phone: as much as the next days need, and no more.

A phone may be lost. So it holds few people, few weeks, and nothing confidential that others noted,
whatever its owner may read at a desk.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from guyub.core.actor import Actor
from guyub.core.corrections import last_deeds
from guyub.core.query import query
from guyub.cycle.listen.models import (
    Encounter,
    Invitation,
    Participation,
    Person,
    PlannedVisit,
)
from guyub.cycle.listen.queries.meetings import meetings
from guyub.cycle.listen.queries.people_list import PersonRow, rows_by_identifier
from guyub.cycle.listen.queries.records import PromiseRow, promise_row, promises_with_outcome
from guyub.cycle.listen.queries.rights import is_protected
from guyub.cycle.listen.queries.visits import VisitRow, visits
from guyub.cycle.listen.vocabulary import EncounterKind, ListenPermission, PersonStatus
from guyub.cycle.listen.vocabulary.meetings import MeetingState

# Our choice (docs/adr): what somebody meets in a few weeks; a lost phone tells of no more.
MOST_CARRIED = 200

# Of one person; our choice.
_LAST_ENCOUNTERS = 3

# Meetings that may still have to be noted, and those to come; our choice.
_DAYS_BACK, _DAYS_AHEAD, _MOST_MEETINGS = timedelta(days=2), timedelta(days=14), 20


@dataclass(frozen=True, kw_only=True)
class OfflinePerson:
    """Somebody with what is needed to call them, and which deed last set each field."""

    person: PersonRow
    phone: str
    last: dict[str, uuid.UUID]


@dataclass(frozen=True, kw_only=True)
class OfflineEncounter:
    """One of the last times somebody was met; its summary only where it is open or one's own."""

    id: uuid.UUID
    kind: EncounterKind
    held_on: date
    month_only: bool
    place: str
    summary: str
    noted_by: str
    people: tuple[uuid.UUID, ...]


@dataclass(frozen=True, kw_only=True)
class OfflineMeeting:
    """A gathering of these days, with who is expected and who came, of those who are carried."""

    id: uuid.UUID
    title: str
    kind: EncounterKind
    planned_on: date
    begins_at: time | None
    venue: str
    state: MeetingState
    invited: tuple[uuid.UUID, ...]
    came: tuple[uuid.UUID, ...]


@dataclass(frozen=True, kw_only=True)
class OfflineBundle:
    """All of it, people in the order in which the worker has to do with them."""

    people: tuple[OfflinePerson, ...]
    visits: tuple[VisitRow, ...]
    promises: tuple[PromiseRow, ...]
    encounters: tuple[OfflineEncounter, ...]
    meetings: tuple[OfflineMeeting, ...]


@query("listen.bundle_for_phone", permission=ListenPermission.WRITE)
def bundle_for_phone(
    actor: Actor,
    since: date,
    *,
    on: date | None = None,
    first: Sequence[uuid.UUID] = (),
    limit: int = MOST_CARRIED,
) -> OfflineBundle:
    """What this actor's phone holds: visits, promises, people met since, `first`, then by name.

    on: the day; whoever is expected at a meeting of the days around it comes along, too.
    """
    own = visits(actor, worker=actor.account)
    gatherings = tuple(_meetings(actor, on)) if on else ()
    awaited = [each.person for each in own]
    awaited += [person for each in gatherings for person in (*each.came, *each.invited)]
    chosen = _chosen(actor, awaited, since, first, limit)
    return OfflineBundle(
        people=tuple(_people(chosen)),
        visits=tuple(_visits(actor, [each for each in own if each.person in set(chosen)])),
        promises=tuple(_promises(actor, chosen, since)),
        encounters=tuple(_encounters(actor, chosen, since)),
        meetings=tuple(_among(each, set(chosen)) for each in gatherings),
    )


def _meetings(actor: Actor, on: date) -> Iterable[OfflineMeeting]:
    rows = [
        row
        for row in meetings(actor, on - _DAYS_BACK, on + _DAYS_AHEAD)
        if row.state != MeetingState.CANCELLED
    ][:_MOST_MEETINGS]
    keys = [row.id for row in rows]
    invited, came = (defaultdict[uuid.UUID, list[uuid.UUID]](list) for _each in range(2))
    expected = Invitation.objects.filter(meeting__in=keys, person__withdrawn_in=None)
    there = Participation.objects.filter(
        encounter__meeting__in=keys, encounter__withdrawn_in=None, person__withdrawn_in=None
    )
    for found, people, column in (
        (invited, expected, "meeting_id"),
        (came, there, "encounter__meeting_id"),
    ):
        pairs = people.order_by(column, "person__name", "person").distinct()
        for meeting, _name, person in pairs.values_list(column, "person__name", "person_id"):
            found[meeting].append(person)
    for row in rows:
        yield OfflineMeeting(
            id=row.id,
            title=row.title,
            kind=row.kind,
            planned_on=row.planned_on,
            begins_at=row.begins_at,
            venue=row.venue,
            state=row.state,
            invited=tuple(invited[row.id]),
            came=tuple(came[row.id]),
        )


def _among(meeting: OfflineMeeting, people: set[uuid.UUID]) -> OfflineMeeting:
    """A meeting with those alone whom the phone holds."""
    return replace(
        meeting,
        invited=tuple(each for each in meeting.invited if each in people),
        came=tuple(each for each in meeting.came if each in people),
    )


def _chosen(
    actor: Actor,
    awaited: Iterable[uuid.UUID],
    since: date,
    first: Sequence[uuid.UUID],
    limit: int,
) -> list[uuid.UUID]:
    """The people themselves, each once, until there are enough."""
    present = Person.objects.filter(status=PersonStatus.PRESENT)
    given: QuerySet[Any] = promises_with_outcome()
    owed = given.filter(stated_in__account_id=actor.account, latest=None)
    met = Participation.objects.filter(
        encounter__stated_in__account_id=actor.account, encounter__held_on__gte=since
    ).order_by("-encounter__held_on", "person")
    noted = present.filter(stated_in__account_id=actor.account, stated_in__at__date__gte=since)
    wanted: dict[uuid.UUID, None] = dict.fromkeys(awaited)
    for each in (
        owed.order_by("due_on", "id").values_list("person", flat=True),
        met.values_list("person", flat=True),
        noted.order_by("-id").values_list("pk", flat=True),
    ):
        wanted |= dict.fromkeys(each[: limit * 2])
    wanted |= dict.fromkeys(first)
    asked = list(wanted)[: limit * 4]
    here = set(present.filter(pk__in=asked).values_list("pk", flat=True))
    chosen = [each for each in asked if each in here][:limit]
    if len(chosen) < limit:
        others = present.exclude(pk__in=chosen).order_by("name", "id")
        chosen += others.values_list("pk", flat=True)[: limit - len(chosen)]
    return chosen


def _people(chosen: Sequence[uuid.UUID]) -> Iterable[OfflinePerson]:
    # Whoever must not be found is called by coordinators alone: their number stays off phones.
    people = Person.objects.annotate(hidden=is_protected("pk")).filter(pk__in=chosen)
    rows = {row.pk: row for row in people}
    last = last_deeds(list(rows.values()))
    listed = {row.id: row for row in rows_by_identifier(list(chosen))}
    for each in chosen:
        if each in rows and each in listed:
            phone = "" if rows[each].hidden else rows[each].phone or ""
            yield OfflinePerson(person=listed[each], phone=phone, last=last[each])


def _visits(actor: Actor, rows: Sequence[VisitRow]) -> Iterable[VisitRow]:
    """Reasons go along only where one planned the visit oneself: they rest on judgements."""
    planned = PlannedVisit.objects.filter(
        pk__in=[row.id for row in rows], stated_in__account_id=actor.account
    )
    own = set(planned.values_list("pk", flat=True))
    return (row if row.id in own else replace(row, reasons=()) for row in rows)


def _promises(actor: Actor, chosen: Sequence[uuid.UUID], since: date) -> Iterable[PromiseRow]:
    rows: QuerySet[Any] = promises_with_outcome()
    mine = Q(by_worker=False) | Q(stated_in__account_id=actor.account)
    recent = Q(latest=None) | Q(made_on__gte=since)
    for row in rows.filter(mine, recent, person__in=chosen).order_by("made_on", "id"):
        yield promise_row(row)


def _encounters(
    actor: Actor, chosen: Sequence[uuid.UUID], since: date
) -> Iterable[OfflineEncounter]:
    rows = (
        Participation.objects.filter(
            person__in=chosen, encounter__held_on__gte=since, encounter__withdrawn_in=None
        )
        .order_by("-encounter__held_on", "-encounter", "person")
        .values_list("person", "encounter")
        .distinct()
    )
    of_person: dict[uuid.UUID, int] = defaultdict(int)
    people: dict[uuid.UUID, list[uuid.UUID]] = {}
    for person, encounter in rows:
        of_person[person] += 1
        if encounter in people or of_person[person] <= _LAST_ENCOUNTERS:
            people.setdefault(encounter, []).append(person)
    found = Encounter.objects.filter(pk__in=list(people)).select_related("stated_in__account")
    for row in found.order_by("-held_on", "-id"):
        own = row.stated_in.account_id == actor.account
        yield OfflineEncounter(
            id=row.pk,
            kind=EncounterKind(row.kind),
            held_on=row.held_on,
            month_only=row.month_only,
            place=row.place,
            summary=(row.summary or "") if own or row.open_summary else "",
            noted_by=row.stated_in.account.name,
            people=tuple(people[row.pk]),
        )
