"""What came of the people of a plan: how far it has come, and noting it with one tap."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from guyub.core.action import Deed, perform
from guyub.core.actor import Actor
from guyub.cycle.listen import queries as listen
from guyub.cycle.start.analysis import DoneSince, PersonProgress, heard_first, plan_progress
from guyub.cycle.start.vocabulary import CameOfIt, StartPermission
from guyub.interfaces.submissions.forms import DeedForm
from guyub.interfaces.web.frame.responses import PageRequest


class OutcomeForm(DeedForm):
    """What came of somebody of a plan, or of somebody who was to be heard first."""

    person = forms.UUIDField()
    plan = forms.UUIDField(required=False)
    outcome = forms.TypedChoiceField(choices=CameOfIt.choices, coerce=CameOfIt)


@dataclass(frozen=True, kw_only=True)
class ProgressRow:
    """How far it has come with somebody, in words, and what may be tapped.

    plan: to be sent along; empty for who was heard first. state: in a word. did: what they did
    since, where it is not noted that they began.
    """

    person: uuid.UUID
    plan: str
    name: str
    state: str
    outcome: str
    noted: PersonProgress
    did: tuple[str, ...]

    @property
    def choices(self) -> list[tuple[str, Any]]:
        """What can be noted, in its order."""
        return list(CameOfIt.choices)


def progress_context(actor: Actor, plan: uuid.UUID) -> dict[str, Any]:
    """How far a plan has come, by the people as it lists them."""
    found = plan_progress(actor, plan)
    rows = _rows(actor, found.people)
    return {
        "met": found.met,
        "came_of_it": found,
        "progress": {
            str(each.listed): row for each, row in zip(found.people, rows, strict=True) if row
        },
        "heard": heard_rows(actor),
    }


def heard_rows(actor: Actor) -> list[ProgressRow]:
    """How far it has come with those who were to be heard first."""
    return [row for row in _rows(actor, heard_first(actor).people) if row]


def _rows(actor: Actor, people: Iterable[PersonProgress]) -> list[ProgressRow | None]:
    listed = list(people)
    names = listen.names(actor, {each.person for each in listed}) if listed else {}
    return [
        ProgressRow(
            person=each.person,
            plan=str(each.plan or ""),
            name=names[each.person],
            state=_state(each),
            outcome=each.outcome or "",
            noted=each,
            did=_did(each.since) if each.has_begun else (),
        )
        if each.person in names
        else None
        for each in listed
    ]


def _state(progress: PersonProgress) -> str:
    if progress.outcome is not None:
        return str(progress.outcome.label)
    return _("met") if progress.met else str(CameOfIt.NOT_MET.label)


def _did(since: DoneSince) -> tuple[str, ...]:
    said = {
        ngettext("kept %(count)s promise", "kept %(count)s promises", since.kept): since.kept,
        ngettext("hosted %(count)s meeting", "hosted %(count)s meetings", since.hosted): (
            since.hosted
        ),
        ngettext(
            "organised %(count)s meeting", "organised %(count)s meetings", since.organised
        ): since.organised,
        ngettext(
            "brought others to %(count)s meeting",
            "brought others to %(count)s meetings",
            since.brought,
        ): since.brought,
    }
    return tuple(words % {"count": count} for words, count in said.items() if count)


@require_POST
def note_outcome(request: PageRequest, community: str) -> HttpResponse:
    """Note what came of somebody with whom a plan begins."""
    request.actor.demand(StartPermission.READ)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    told = form.cleaned_data
    data = {name: told[name] for name in ("person", "plan", "outcome")}
    data["noted_on"] = timezone.localdate()
    deed = Deed(action="start.note_outcome", data=data, key=told["key"])
    (done,) = perform(request.actor, [deed])
    name = listen.names(request.actor, {told["person"]}).get(told["person"], "")
    said = {
        CameOfIt.STARTED: _("Noted: %(name)s started something. Ask whom they will bring along."),
        CameOfIt.THINKING: _("Noted: %(name)s will think about it. Agree when to ask again."),
        CameOfIt.REFUSED: _("Noted: %(name)s said no."),
        CameOfIt.NOT_MET: _("Noted: %(name)s was not met yet."),
    }[told["outcome"]]
    messages.success(request, said % {"name": name}, extra_tags=str(done.entry))
    return redirect("start", community)
