"""Meetings: planned, invited to, checked in at the door, and what came of them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guyub.core.action import Deed
from guyub.core.errors import Missing
from guyub.core.permissions import CorePermission, Permission
from guyub.core.queries import place_names
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.queries import Attendant, MeetingCard
from guyub.cycle.listen.vocabulary import ListenPermission, Part
from guyub.cycle.listen.vocabulary.meetings import MeetingState
from guyub.interfaces.submissions.forms import DeedForm, UndoForm
from guyub.interfaces.web.frame.responses import PageRequest, attempt, attempt_with, render
from guyub.interfaces.web.meetings.forms import (
    ArrivalForm,
    CancelForm,
    DecisionForm,
    MinutesForm,
    NewcomerForm,
    NewMeetingForm,
    PersonOfMeetingForm,
    PlannedForm,
    chosen,
)

# As many as one looks through while a queue stands at the door; our choice.
_FOUND = 8

# Lines for whoever comes without an invitation; our choice.
_EMPTY_LINES = 15


@require_http_methods(["GET", "POST"])
def new_meeting(request: PageRequest, community: str) -> HttpResponse:
    """Plan a meeting. From a theme it is about that, and the people of the theme are invited."""
    request.actor.demand(ListenPermission.WRITE)
    if request.POST.get("theme"):
        return _about_theme(request, community, request.POST["theme"])
    people = listen.names(request.actor, _invited(request))
    form = NewMeetingForm(request.actor, people, request.POST or None, initial=_asked(request))
    if form.is_valid() and (done := attempt(form, "listen.plan_meeting", request)):
        messages.success(request, _("The meeting is planned."), extra_tags=str(done.entry))
        return redirect("meeting", community, done.result["id"])
    return render(request, "meetings/new_meeting.html", {"form": form, "community": community})


def _invited(request: PageRequest) -> set[uuid.UUID]:
    return {key for each in request.POST.getlist("invited") if (key := chosen(each))}


def _about_theme(request: PageRequest, community: str, theme: str) -> HttpResponse:
    """The form to plan a meeting with what a theme says already; nothing is planned yet."""
    row = next((each for each in listen.themes(request.actor) if str(each.id) == theme), None)
    if row is None:
        raise Missing(theme)
    people = {each.person for each in listen.concerns(request.actor) if row.id in each.themes}
    unwilling = people & listen.unwilling(request.actor)
    form = NewMeetingForm(
        request.actor,
        listen.names(request.actor, people - unwilling),
        initial={"title": row.name},
    )
    context = {"form": form, "community": community, "left_out": len(unwilling)}
    return render(request, "meetings/new_meeting.html", context)


def _asked(request: PageRequest) -> dict[str, Any]:
    """The day or group from whose page somebody came."""
    return {name: request.GET[name] for name in ("planned_on", "group") if request.GET.get(name)}


@require_safe
def meeting(request: PageRequest, community: str, meeting: uuid.UUID) -> HttpResponse:
    """A meeting: who is expected, who came, what was said and decided."""
    return _page(request, community, listen.meeting(request.actor, meeting))


@require_http_methods(["GET", "POST"])
def change_meeting(request: PageRequest, community: str, meeting: uuid.UUID) -> HttpResponse:
    """Plan it for another day, hour or place."""
    row = listen.meeting(request.actor, meeting).meeting
    names = ("title", "planned_on", "begins_at", "ends_at", "venue")
    form = PlannedForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    if form.is_valid() and (
        done := attempt(form, "listen.change_meeting", request, meeting=meeting)
    ):
        messages.success(request, _("Change saved."), extra_tags=str(done.entry))
        return redirect("meeting", community, meeting)
    context = {"form": form, "community": community, "meeting": row}
    return render(request, "meetings/change_meeting.html", context)


@require_POST
def cancel_meeting(request: PageRequest, community: str, meeting: uuid.UUID) -> HttpResponse:
    """Note that it does not take place."""
    _demand(request, meeting)
    return _done(
        request,
        community,
        meeting,
        CancelForm(request.POST),
        "listen.cancel_meeting",
        _("The meeting is cancelled."),
    )


@require_POST
def begin_meeting(request: PageRequest, community: str, meeting: uuid.UUID) -> HttpResponse:
    """Note that people are coming together."""
    _demand(request, meeting)
    return _done(
        request,
        community,
        meeting,
        DeedForm(request.POST),
        "listen.hold_meeting",
        _("The meeting has begun. Tap each person who comes in."),
    )


@require_POST
def invite(request: PageRequest, community: str, meeting: uuid.UUID) -> HttpResponse:
    """Expect somebody else as well."""
    _demand(request, meeting)
    form = PersonOfMeetingForm(request.POST)
    told = {"meeting": meeting, "people": [form.cleaned_data["person"]]} if form.is_valid() else {}
    return _at_the_door(request, community, meeting, form, "listen.invite", told)


@require_POST
def arrive(request: PageRequest, community: str, meeting: uuid.UUID) -> HttpResponse:
    """Note that somebody came, or what they did."""
    _demand(request, meeting)
    form = ArrivalForm(request.POST)
    told = {"meeting": meeting, "arrivals": [form.arrival()]} if form.is_valid() else {}
    return _at_the_door(request, community, meeting, form, "listen.check_in", told)


@require_POST
def newcomer(request: PageRequest, community: str, meeting: uuid.UUID) -> HttpResponse:
    """Get to know somebody at the door, and note that they came: both or nothing."""
    _demand(request, meeting)
    form = NewcomerForm(request.POST)
    told: dict[str, Any] = {}
    also: list[Deed] = []
    if form.is_valid():
        # Of the form's key, so that a second tap notes nobody twice.
        person = uuid.uuid5(form.cleaned_data["key"], "person")
        home = listen.meeting(request.actor, meeting).meeting.community
        told = {"id": person, "name": form.cleaned_data["name"], "community": home}
        arrival = {"meeting": meeting, "arrivals": [{"person": person}]}
        key = uuid.uuid5(form.cleaned_data["key"], "arrival")
        also = [Deed(action="listen.check_in", data=arrival, key=key)]
    return _at_the_door(request, community, meeting, form, "listen.add_person", told, also=also)


@require_POST
def take_back(request: PageRequest, community: str, meeting: uuid.UUID) -> HttpResponse:
    """Take back that somebody came: the wrong name was tapped."""
    _demand(request, meeting, CorePermission.WITHDRAW_OWN)
    form = UndoForm(request.POST)
    told = {"entry": form.cleaned_data["entry"]} if form.is_valid() else {}
    return _at_the_door(request, community, meeting, form, "core.withdraw_entry", told)


@require_POST
def minutes(request: PageRequest, community: str, meeting: uuid.UUID) -> HttpResponse:
    """Write how many came and what was said."""
    card = listen.meeting(request.actor, meeting)
    form = MinutesForm(request.POST)
    if not card.may_write_summary:
        del form.fields["summary"], form.fields["open_summary"]
    if form.is_valid() and (
        done := attempt(form, "listen.write_minutes", request, meeting=meeting)
    ):
        messages.success(request, _("Minutes saved."), extra_tags=str(done.entry))
        return redirect("meeting", community, meeting)
    return _page(request, community, card, minutes_form=form)


@require_POST
def decide(request: PageRequest, community: str, meeting: uuid.UUID) -> HttpResponse:
    """Note what was decided, who does it and by when."""
    card = listen.meeting(request.actor, meeting)
    owner = request.POST.get("owner", "")
    # Whoever was offered for a name stands in no list of this meeting.
    form = DecisionForm(_who_does_it(request, card, also=owner), request.POST)
    if form.is_valid():
        form.seek(request.actor)
    if form.is_valid() and (
        done := attempt_with(
            form, "listen.note_decision", request, {"meeting": meeting, **form.decision()}
        )
    ):
        messages.success(request, _("The decision is noted."), extra_tags=str(done.entry))
        return redirect("meeting", community, meeting)
    return _page(request, community, card, decision_form=form)


@require_safe
def sign_in_sheet(request: PageRequest, community: str, meeting: uuid.UUID) -> HttpResponse:
    """A list to print and to sign, with room for whoever comes unasked."""
    card = listen.meeting(request.actor, meeting)
    places = place_names(request.actor)
    context = {
        "community": community,
        "meeting": card.meeting,
        "people": [(each, places.get(each.community, "")) for each in card.people],
        "empty_lines": range(_EMPTY_LINES),
    }
    return render(request, "meetings/sign_in_sheet.html", context)


@require_safe
def attendance(request: PageRequest, community: str) -> HttpResponse:
    """Who came to the meetings of a group, side by side."""
    request.actor.demand(ListenPermission.WRITE)
    groups = listen.meeting_groups(request.actor)
    group = request.GET.get("group", "") or (groups[0] if groups else "")
    grid = listen.attendance(request.actor, group) if group in groups else None
    context = {
        "community": community,
        "groups": groups,
        "group": group,
        "grid": grid,
        "rows": [
            (row, list(zip(row.came, row.invited, strict=True)), sum(row.came))
            for row in (grid.rows if grid else ())
        ],
    }
    return render(request, "meetings/attendance.html", context)


def _who_does_it(
    request: PageRequest, card: MeetingCard, *, also: str = ""
) -> list[tuple[str, str]]:
    """Those who came, and somebody else of the community."""
    people = {str(each.person): each.name for each in card.people if each.came}
    if also not in people and (other := chosen(also)):
        names = listen.names(request.actor, {other})
        people |= {str(key): name for key, name in names.items()}
    return list(people.items())


def _demand(
    request: PageRequest, meeting: uuid.UUID, permission: Permission = ListenPermission.WRITE
) -> None:
    """A meeting of somewhere else is not there, whatever the form says of it."""
    request.actor.demand(permission)
    listen.meeting(request.actor, meeting)


def _page(request: PageRequest, community: str, card: MeetingCard, **more: Any) -> HttpResponse:
    row, text = card.meeting, request.GET.get("text", "").strip()[:100]
    open_now = row.state == MeetingState.PLANNED
    places = place_names(request.actor)
    context = {
        "community": community,
        "card": card,
        "meeting": row,
        "place": places.get(row.community, ""),
        "planned": open_now,
        "held": row.state == MeetingState.HELD,
        # On a phone the door comes first while people come in, and what came of it from then on.
        "over": row.planned_on < timezone.localdate(),
        "cancelled": row.state == MeetingState.CANCELLED,
        "may_begin": open_now and row.planned_on <= timezone.localdate(),
        "people": _lines(card.people, places),
        "text": text,
        "found": _found(request, card, text, places),
        "came": sum(each.came for each in card.people),
        "parts": [each for each in Part.choices if each[0] != Part.PRESENT],
        "minutes_form": MinutesForm.of(card),
        "decision_form": DecisionForm(_who_does_it(request, card)),
        "cancel_form": CancelForm(),
        "newcomer_form": NewcomerForm(),
        **more,
    }
    return render(request, "meetings/meeting.html", context, fragment="door")


def _lines(people: Sequence[Attendant], places: dict[uuid.UUID, str]) -> list[dict[str, Any]]:
    """Each in their place by name, so that nobody jumps away under the thumb."""
    names = {each.person: each.name for each in people}
    return [
        {
            "each": each,
            "place": places.get(each.community, ""),
            "parts": [part.label for part in each.parts if part != Part.PRESENT],
            "brought_by": names.get(each.brought_by) if each.brought_by else "",
        }
        for each in people
    ]


def _found(
    request: PageRequest, card: MeetingCard, text: str, places: dict[uuid.UUID, str]
) -> list[tuple[uuid.UUID, str, str]]:
    """Those whose name is being typed and who do not stand in the list yet."""
    if not text:
        return []
    known = {each.person for each in card.people}
    rows = listen.people(request.actor, text=text).rows
    others = [row for row in rows if row.id not in known][:_FOUND]
    return [(row.id, row.name, places.get(row.community, "")) for row in others]


def _done(
    request: PageRequest,
    community: str,
    meeting: uuid.UUID,
    form: Form,
    action: str,
    sentence: str,
) -> HttpResponse:
    """One deed about a meeting, and back to its page."""
    if form.is_valid() and (done := attempt(form, action, request, meeting=meeting)):
        messages.success(request, sentence, extra_tags=str(done.entry))
    else:
        messages.error(request, _faults(form))
    return redirect("meeting", community, meeting)


def _at_the_door(
    request: PageRequest,
    community: str,
    meeting: uuid.UUID,
    form: Form,
    action: str,
    told: dict[str, Any],
    *,
    also: Sequence[Deed] = (),
) -> HttpResponse:
    """One tap at the door: the list is shown again, without a message for each name."""
    if not told:
        raise BadRequest
    attempt_with(form, action, request, told, also=also)
    fault = _faults(form)
    if request.htmx:
        return _page(request, community, listen.meeting(request.actor, meeting), fault=fault)
    if fault:
        messages.error(request, fault)
    return redirect("meeting", community, meeting)


def _faults(form: Form) -> str:
    return " ".join(str(each) for told in form.errors.values() for each in told)
