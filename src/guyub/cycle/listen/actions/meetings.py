"""Meetings: planned, held, cancelled; who is invited, who came, what was decided."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from guyub.core.action import action
from guyub.core.actor import Actor
from guyub.core.corrections import change
from guyub.core.errors import Invalid, Missing, Refused
from guyub.core.identifiers import new_identifier
from guyub.cycle.listen.actions.encounters import Note, communities_of, day_here
from guyub.cycle.listen.models import (
    Cancellation,
    Decision,
    Encounter,
    Invitation,
    Meeting,
    Participation,
    Person,
    Promise,
)
from guyub.cycle.listen.queries.meetings import may_read_minutes
from guyub.cycle.listen.vocabulary import (
    EncounterKind,
    ListenPermission,
    Part,
    PersonStatus,
    labels,
)
from guyub.cycle.listen.vocabulary.meetings import GATHERINGS

# As many as one page shows and one person calls; our choice. More come without an invitation.
MOST_INVITED = 500

Title = Annotated[str, Field(min_length=1, max_length=120)]
Venue = Annotated[str, Field(max_length=200)]
Group = Annotated[str, Field(max_length=80)]


@dataclass(frozen=True, kw_only=True)
class NewMeeting:
    """What is planned, for which day. invited: people by key; a group's own are asked along."""

    title: Title
    planned_on: date
    kind: EncounterKind = EncounterKind.MEETING
    begins_at: time | None = None
    ends_at: time | None = None
    venue: Venue = ""
    group: Group = ""
    invited: Annotated[tuple[uuid.UUID, ...], Field(max_length=MOST_INVITED)] = ()
    id: uuid.UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ChangedMeeting:
    """A meeting as it is planned now; what is left out stays as it was."""

    meeting: uuid.UUID
    title: Title | None = None
    planned_on: date | None = None
    begins_at: time | None = None
    ends_at: time | None = None
    venue: Venue | None = None


@dataclass(frozen=True, kw_only=True)
class Invited:
    """People who are expected as well."""

    meeting: uuid.UUID
    people: Annotated[tuple[uuid.UUID, ...], Field(min_length=1, max_length=MOST_INVITED)]


@dataclass(frozen=True, kw_only=True)
class CancelledMeeting:
    """That a meeting does not take place, and why."""

    meeting: uuid.UUID
    why: Annotated[str, Field(max_length=300)] = ""


@dataclass(frozen=True, kw_only=True)
class HeldMeeting:
    """That people have come together."""

    meeting: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """Somebody who came, what they did, and who had them come along."""

    person: uuid.UUID
    part: Part = Part.PRESENT
    brought_by: uuid.UUID | None = None


@dataclass(frozen=True, kw_only=True)
class CheckIn:
    """Who came."""

    meeting: uuid.UUID
    arrivals: Annotated[tuple[Arrival, ...], Field(min_length=1, max_length=MOST_INVITED)]


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """How many came in all, and what was said; what is not given stays as it is."""

    meeting: uuid.UUID
    head_count: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    summary: Note | None = None
    open_summary: bool | None = None


@dataclass(frozen=True, kw_only=True)
class NewDecision:
    """What people decided together, who does it and by when: a person, or the worker themselves."""

    meeting: uuid.UUID
    decided: Annotated[str, Field(min_length=1, max_length=500)]
    owner: uuid.UUID | None = None
    by_worker: bool = False
    due_on: date | None = None


@action(
    "listen.plan_meeting",
    permission=ListenPermission.WRITE,
    sentence=gettext_lazy("planned a meeting"),
)
def plan_meeting(actor: Actor, data: NewMeeting, at: datetime) -> dict[str, str | int]:
    """Plan a meeting in the opened community; members of the group are invited."""
    if data.kind not in GATHERINGS:
        raise Invalid({"kind": _("Plan a visit for this: nobody is invited to it.")})
    _demand_order(data.begins_at, data.ends_at)
    group = " ".join(data.group.split())
    meeting = Meeting.objects.create(
        id=data.id or new_identifier(),
        community_id=actor.community,
        title=data.title.strip(),
        kind=data.kind,
        planned_on=data.planned_on,
        begins_at=data.begins_at,
        ends_at=data.ends_at,
        venue=data.venue.strip(),
        group=group,
    )
    invited = _invite(meeting, {*data.invited, *_members(group)})
    return {"id": str(meeting.pk), "invited": invited}


@action(
    "listen.change_meeting",
    permission=ListenPermission.WRITE,
    sentence=gettext_lazy("changed the time or place of a meeting"),
)
def change_meeting(actor: Actor, data: ChangedMeeting, at: datetime) -> dict[str, list[str]]:
    """Move a meeting to another day, hour or place. A meeting that was held stays as it was."""
    meeting = _planned(data.meeting)
    told: dict[str, Any] = {
        "title": None if data.title is None else data.title.strip(),
        "planned_on": data.planned_on,
        "begins_at": data.begins_at,
        "ends_at": data.ends_at,
        "venue": None if data.venue is None else data.venue.strip(),
    }
    values = {name: value for name, value in told.items() if value is not None}
    _demand_order(
        values.get("begins_at", meeting.begins_at), values.get("ends_at", meeting.ends_at)
    )
    return {"fields": change(meeting, **values)}


@action(
    "listen.invite",
    permission=ListenPermission.WRITE,
    sentence=gettext_lazy("invited people to a meeting"),
)
def invite(actor: Actor, data: Invited, at: datetime) -> dict[str, int]:
    """Invite more people; nobody is invited twice."""
    return {"invited": _invite(_planned(data.meeting), set(data.people))}


@action(
    "listen.cancel_meeting",
    permission=ListenPermission.WRITE,
    sentence=gettext_lazy("cancelled a meeting"),
)
def cancel_meeting(actor: Actor, data: CancelledMeeting, at: datetime) -> None:
    """Cancel a meeting."""
    meeting = _planned(data.meeting)
    Cancellation.objects.create(
        community_id=meeting.community_id, meeting=meeting, why=data.why.strip()
    )


@action(
    "listen.hold_meeting",
    permission=ListenPermission.WRITE,
    sentence=gettext_lazy("noted that a meeting took place"),
    offline=True,
)
def hold_meeting(actor: Actor, data: HeldMeeting, at: datetime) -> dict[str, str]:
    """Note that a meeting takes place. Noted twice, from two phones, it is one encounter."""
    meeting = _meeting(data.meeting)
    held = Encounter.objects.filter(meeting=meeting).first()
    if held is None:
        if Cancellation.objects.filter(meeting=meeting).exists():
            raise Refused(_("This meeting was cancelled. Undo that first."))
        if meeting.planned_on > day_here(actor, at):
            raise Refused(_("This meeting is still to come."))
        held = Encounter.objects.create(
            id=new_identifier(),
            community_id=meeting.community_id,
            meeting=meeting,
            kind=meeting.kind,
            held_on=meeting.planned_on,
            place=meeting.venue,
        )
    return {"id": str(held.pk)}


@action(
    "listen.check_in",
    permission=ListenPermission.WRITE,
    sentence=gettext_lazy("noted who came to a meeting"),
    offline=True,
)
def check_in(actor: Actor, data: CheckIn, at: datetime) -> dict[str, int]:
    """Note who came to a meeting in progress; people already noted stay as they are."""
    held = _held(data.meeting)
    people = {each.person for each in data.arrivals}
    brought = {each.brought_by for each in data.arrivals if each.brought_by}
    homes = communities_of(people | brought)
    known = set(
        Participation.objects.filter(encounter=held, person__in=people).values_list(
            "person_id", "part"
        )
    )
    new = {
        (each.person, each.part): each
        for each in data.arrivals
        if (each.person, str(each.part)) not in known
    }
    Participation.objects.bulk_create(
        [
            Participation(
                community_id=homes[each.person],
                encounter=held,
                person_id=each.person,
                part=each.part,
                brought_by_id=each.brought_by if each.brought_by != each.person else None,
            )
            for each in new.values()
        ]
    )
    return {"arrived": len(new)}


@action(
    "listen.write_minutes",
    permission=ListenPermission.WRITE,
    sentence=gettext_lazy("wrote the minutes of a meeting"),
)
def write_minutes(actor: Actor, data: Minutes, at: datetime) -> dict[str, list[str]]:
    """Write how many came and what was said; earlier versions are kept."""
    held = _held(data.meeting)
    known = Participation.objects.filter(encounter=held).values("person").distinct().count()
    if data.head_count is not None and data.head_count < known:
        raise Invalid({"head_count": _("%(count)s people are already named.") % {"count": known}})
    values: dict[str, Any] = {"head_count": data.head_count}
    if data.summary is not None or data.open_summary is not None:
        if held.summary and not may_read_minutes(actor, held):
            raise Refused(_("What was said was noted in confidence by someone else."))
        values["summary"] = held.summary if data.summary is None else data.summary.strip() or None
        values["open_summary"] = (
            held.open_summary if data.open_summary is None else data.open_summary
        )
    return {"fields": change(held, **values)}


@action(
    "listen.note_decision",
    permission=ListenPermission.WRITE,
    sentence=gettext_lazy("noted a decision of a meeting"),
    offline=True,
)
def note_decision(actor: Actor, data: NewDecision, at: datetime) -> dict[str, str]:
    """Note what people decided together; who does it has promised it."""
    held = _held(data.meeting)
    owner = _owner(data, held)
    decision = Decision.objects.create(
        community_id=held.community_id,
        meeting_id=data.meeting,
        decided=data.decided.strip(),
    )
    if owner is not None:
        Promise.objects.create(
            id=new_identifier(),
            community_id=communities_of({owner})[owner],
            person_id=owner,
            what=decision.decided,
            made_on=held.held_on,
            due_on=data.due_on,
            by_worker=data.by_worker,
            decision=decision,
        )
    return {"id": str(decision.pk)}


# To whom a worker promises what a meeting decided: whoever called people together, else the first
# who came. Our choice: a promise is one to somebody, and the meeting is nobody.
_PROMISED_TO = (Part.HOSTED, Part.ORGANISED)


def _owner(data: NewDecision, held: Encounter) -> uuid.UUID | None:
    """Whose promise a decision is: the person who does it, or to whom the worker promises it."""
    if data.owner and data.by_worker:
        raise Invalid({"owner": _("Choose one who does it.")})
    if data.due_on and not (data.owner or data.by_worker):
        raise Invalid({"owner": _("Say who does it by that day.")})
    if not data.by_worker:
        return data.owner
    there = Participation.objects.filter(encounter=held, person__withdrawn_in=None).order_by("id")
    came = [(each.part, each.person_id) for each in there]
    if not came:
        raise Invalid({"owner": _("Note first who came: to them you promise it.")})
    hosts = (person for part in _PROMISED_TO for did, person in came if did == part)
    return next(hosts, came[0][1])


def _meeting(identifier: uuid.UUID) -> Meeting:
    meeting: Meeting | None = Meeting.objects.filter(pk=identifier).first()
    if meeting is None:
        raise Missing(str(identifier))
    return meeting


def _planned(identifier: uuid.UUID) -> Meeting:
    """A meeting that is still to come about."""
    meeting = _meeting(identifier)
    if Encounter.objects.filter(meeting=meeting).exists():
        raise Refused(_("This meeting has already been held."))
    if Cancellation.objects.filter(meeting=meeting).exists():
        raise Refused(_("This meeting was cancelled. Undo that first."))
    return meeting


def _held(identifier: uuid.UUID) -> Encounter:
    """What a meeting became."""
    meeting = _meeting(identifier)
    held: Encounter | None = Encounter.objects.filter(meeting=meeting).first()
    if held is None:
        raise Refused(_("Begin the meeting first."))
    return held


def _demand_order(begins_at: time | None, ends_at: time | None) -> None:
    if ends_at is not None and (begins_at is None or ends_at <= begins_at):
        raise Invalid({"ends_at": _("The end must be after the start.")})


def _members(group: str) -> set[uuid.UUID]:
    """Who bears the label of a group, and still lives here."""
    if not group:
        return set()
    rows = Person.objects.filter(groups__icontains=group, status=PersonStatus.PRESENT)
    wanted = group.casefold()
    found = rows.values_list("pk", "groups")
    return {key for key, told in found if wanted in {each.casefold() for each in labels(told)}}


def _invite(meeting: Meeting, people: set[uuid.UUID]) -> int:
    homes = communities_of(people)
    expected = set(Invitation.objects.filter(meeting=meeting).values_list("person_id", flat=True))
    if len(people | expected) > MOST_INVITED:
        raise Invalid(
            {"people": _("At most %(count)s people are invited.") % {"count": MOST_INVITED}}
        )
    new = sorted(people - expected)
    Invitation.objects.bulk_create(
        Invitation(
            id=new_identifier(), community_id=homes[person], meeting=meeting, person_id=person
        )
        for person in new
    )
    return len(new)
