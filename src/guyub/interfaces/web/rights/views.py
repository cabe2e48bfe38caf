"""What people allow and ask, what we hold about them, and erasing them."""

from __future__ import annotations

import uuid
from collections import Counter

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guyub.core.action import Deed, perform
from guyub.core.actor import Actor
from guyub.core.errors import Invalid
from guyub.core.queries import place_names
from guyub.core.query import QUERIES
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.vocabulary import ListenPermission
from guyub.cycle.listen.vocabulary.rights import Allowed
from guyub.cycle.map import queries as map_queries
from guyub.interfaces.submissions.scales import anchor
from guyub.interfaces.web.exports import files
from guyub.interfaces.web.frame.responses import PageRequest, attempt, attempt_with, render
from guyub.interfaces.web.imports import uploads
from guyub.interfaces.web.people.fields import all_in_words
from guyub.interfaces.web.rights.forms import (
    USUAL_RESULT,
    ConsentForm,
    ErasureForm,
    OwnDataForm,
    ProtectionForm,
    RedactionForm,
    RequestForm,
    SettledForm,
)


@require_safe
def requests(request: PageRequest, community: str) -> HttpResponse:
    """What people asked, and until when each has to be answered."""
    rows = listen.requests(request.actor)
    places = place_names(request.actor)
    context = {
        "community": community,
        "waiting": [
            (row, places[row.community], USUAL_RESULT[row.kind])
            for row in rows
            if row.result is None
        ],
        "settled": [row for row in rows if row.result is not None],
        "form": SettledForm(),
        "now": timezone.now(),
    }
    return render(request, "rights/requests.html", context)


@require_POST
def settle_request(request: PageRequest, community: str, asked: uuid.UUID) -> HttpResponse:
    """Note what was done about a request."""
    listen.request(request.actor, asked)
    form = SettledForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    told = {"request": asked, "result": form.cleaned_data["result"]}
    if done := attempt_with(form, "listen.settle_request", request, told):
        messages.success(request, _("What was done is noted."), extra_tags=str(done.entry))
    else:
        messages.error(request, _sentences(form))
    return redirect("requests", community)


def _sentences(form: Form) -> str:
    return " ".join(str(fault) for faults in form.errors.values() for fault in faults)


@require_safe
def rights(request: PageRequest, community: str, person: uuid.UUID) -> HttpResponse:
    """What somebody allows, what they asked, and what they may ask."""
    request.actor.demand(ListenPermission.WRITE)
    card = listen.person(request.actor, person)
    held = listen.rights(request.actor, card.person.id)
    context = {
        "community": community,
        "person": card.person,
        "rights": held,
        "allowed": held.allowed.items(),
        "form": RequestForm(),
        "now": timezone.now(),
        "may_settle": request.actor.may(ListenPermission.RIGHTS),
    }
    return render(request, "rights/rights.html", context)


@require_http_methods(["GET", "POST"])
def consent(request: PageRequest, community: str, person: uuid.UUID) -> HttpResponse:
    """Note what somebody allows, or takes back."""
    request.actor.demand(ListenPermission.WRITE)
    card = listen.person(request.actor, person)
    held = listen.rights(request.actor, card.person.id)
    form = ConsentForm(held.refusals, request.POST or None)
    if form.is_valid():
        told = form.told() | {"person": card.person.id}
        if done := attempt_with(form, "listen.note_consent", request, told):
            messages.success(request, _("Noted."), extra_tags=str(done.entry))
            return redirect("rights", community, card.person.id)
        # What they said meanwhile stands on the page now: whoever sends it again knows of it.
        known = {"seen": " ".join(map(str, held.refusals))}
        form.data = {**form.data.dict(), **known}  # type: ignore[attr-defined]
    context = {
        "community": community,
        "person": card.person,
        "form": form,
        "refused": [each for each, state in held.allowed.items() if state == Allowed.NO],
    }
    return render(request, "rights/consent.html", context)


@require_POST
def ask(request: PageRequest, community: str, person: uuid.UUID) -> HttpResponse:
    """Note what somebody asks; from now on three days count."""
    request.actor.demand(ListenPermission.WRITE)
    card = listen.person(request.actor, person)
    form = RequestForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    if done := attempt(form, "listen.ask_request", request, person=card.person.id):
        noted = _("Noted. Coordinators can see it now.")
        messages.success(request, noted, extra_tags=str(done.entry))
    return redirect("rights", community, card.person.id)


@require_POST
def protect(request: PageRequest, community: str, person: uuid.UUID) -> HttpResponse:
    """Hide how to reach somebody, or stop hiding it."""
    request.actor.demand(ListenPermission.WRITE)
    card = listen.person(request.actor, person)
    form = ProtectionForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    if done := attempt(form, "listen.protect_person", request, person=card.person.id):
        messages.success(request, _("Noted."), extra_tags=str(done.entry))
    return redirect("rights", community, card.person.id)


@require_http_methods(["GET", "POST"])
def own_data(request: PageRequest, community: str, person: uuid.UUID) -> HttpResponse:
    """Everything we hold about somebody, to be printed for them. The log keeps that it was."""
    request.actor.demand(ListenPermission.RIGHTS)
    card = listen.person(request.actor, person)
    first = {"language": translation.get_language(), "reason": _("They asked to see it")}
    form = OwnDataForm(request.POST or None, initial=first)
    context = {"community": community, "person": card.person, "form": form}
    if not form.is_valid() or not _noted_as_export(request, form):
        return render(request, "rights/own_data_form.html", context)
    known = card.person.id
    with translation.override(form.cleaned_data["language"]):
        held = listen.own_data(request.actor, known)
        ties = Counter(str(tie.kind.label) for tie in map_queries.ties_of(request.actor, known))
        context |= {
            "held": held,
            "rights": listen.rights(request.actor, known),
            "who_you_are": all_in_words(card.person, held.confidential, place_names(request.actor)),
            "judgements": [(each, anchor(each.trait, each.value)) for each in held.judgements],
            "ties": sorted(ties.items()),
            "of_steps": _told_by_steps(request.actor, known),
            "printed_at": timezone.localtime(),
        }
        return render(request, "rights/own_data.html", context)


def _told_by_steps(actor: Actor, person: uuid.UUID) -> list[tuple[str, list[str]]]:
    """What each query that speaks on the sheet tells of somebody, below its heading."""
    speaking = [query for query in QUERIES.values() if query.own_data]
    return [(str(query.own_data), [str(row) for row in query(actor, person)]) for query in speaking]


def _noted_as_export(request: PageRequest, form: OwnDataForm) -> bool:
    noted = {"what": "person", "rows": 1, "reason": form.cleaned_data["reason"]}
    try:
        perform(request.actor, [Deed(action="core.note_export", data=noted)])
    except Invalid as invalid:
        form.add_error("reason", " ".join(invalid.fields.values()))
        return False
    return True


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def erase(request: PageRequest, community: str, person: uuid.UUID) -> HttpResponse:
    """Erase somebody for good: the one thing that cannot be undone."""
    request.actor.demand(ListenPermission.RIGHTS)
    card = listen.person(request.actor, person)
    form = ErasureForm(request, card.person.name, request.POST or None)
    if form.is_valid():
        told = {"person": card.person.id, "why": form.cleaned_data["why"]}
        if attempt_with(form, "listen.erase_person", request, told):
            # Lists on their way in or out may hold them as well; they are quickly sent again.
            uploads.forget_all()
            files.forget_all()
            messages.success(request, _("They are erased. Nothing about them is left here."))
            return redirect("people", community)
    context = {
        "community": community,
        "person": card.person,
        "form": form,
        "mentions": len(listen.mentions(request.actor, card.person.id)),
    }
    return render(request, "rights/erase.html", context)


@require_http_methods(["GET", "POST"])
def mentions(request: PageRequest, community: str, person: uuid.UUID) -> HttpResponse:
    """Texts of others that name somebody, each to be written anew."""
    request.actor.demand(ListenPermission.RIGHTS)
    card = listen.person(request.actor, person)
    if request.method == "POST":
        form = RedactionForm(request.POST)
        if not form.is_valid():
            raise BadRequest
        if attempt(form, "listen.redact_text", request):
            messages.success(request, _("Rewritten. The earlier text is gone."))
        else:
            messages.error(request, _sentences(form))
        return redirect("mentions", community, card.person.id)
    found = [
        (each, RedactionForm(initial={"row": each.row, "field": each.field, "redacted": each.text}))
        for each in listen.mentions(request.actor, card.person.id)
    ]
    context = {"community": community, "person": card.person, "found": found}
    return render(request, "rights/mentions.html", context)
