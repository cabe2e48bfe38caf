"""Note a conversation: who and when, and whatever else one remembers."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guyub.core.action import Receipt
from guyub.core.errors import Refused
from guyub.core.queries import place_names
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.queries import VisitRow
from guyub.cycle.listen.vocabulary import ListenPermission, Part
from guyub.interfaces.submissions.conversation import ConversationForm
from guyub.interfaces.submissions.conversation_deeds import deeds_of, open_visit
from guyub.interfaces.submissions.conversation_rules import PICKED, SEVERAL
from guyub.interfaces.web.conversation.correction import EarlierConversation, earlier_conversation
from guyub.interfaces.web.frame.drafts import draft_secret
from guyub.interfaces.web.frame.responses import PageRequest, attempt_submission, render

# As many as one looks through on a phone; who is not among them needs another letter.
_OTHERS = 6


@require_http_methods(["GET", "POST"])
def note(request: PageRequest, community: str) -> HttpResponse:
    """Note a conversation in one entry; while one looks for somebody nothing is noted yet."""
    request.actor.demand(ListenPermission.WRITE)
    if request.htmx and request.method == "GET":
        return _found(request)
    find = request.POST.get("find", "")
    before = None
    if encounter := _identifier(request.GET.get("encounter", "")):
        try:
            before = earlier_conversation(request.actor, encounter)
        except Refused as refusal:
            messages.warning(request, str(refusal))
            today = reverse("today", args=(community,))
            return HttpResponse(headers={"X-Noted": today}) if request.htmx else redirect(today)
    if request.method == "POST" and not find:
        form = ConversationForm(request.actor, request.POST)
        _visit(request, request.POST.get("visit", ""))
        if form.is_valid() and (done := _attempt(form, request, before)):
            after = _after(form, community)
            said = (
                _("The conversation is corrected.") if before else _("The conversation is noted.")
            )
            messages.success(request, said, extra_tags=f"{done.entry} {after}")
            # The module that keeps the draft throws it away before it goes on.
            return HttpResponse(headers={"X-Noted": after}) if request.htmx else redirect(after)
    elif find:
        # Looking for somebody without htmx: all that was typed stays, nothing is wrong yet.
        form = ConversationForm(request.actor, initial=_typed(request))
    else:
        form = ConversationForm(request.actor)
        form.initial = form.initial_from(before.answers) if before else _asked(request)
    context = {
        "community": community,
        "form": form,
        "pickers": {
            name: _picker(request, form, name, request.POST.get(f"{name}_text", ""))
            for name in PICKED
            if name in form.fields
        },
        "opened": form.opened() | ({"ties": True} if find in PICKED[3:] else {}),
        "back": reverse("today", args=(community,)),
        "correcting": before is not None,
        "draft_secret": draft_secret(request.user),
        "draft_context": _context(request),
    }
    return render(request, "conversation/conversation.html", context)


def _found(request: PageRequest) -> HttpResponse:
    """Those who are chosen and those whose name is being typed, for one field."""
    name = request.GET.get("find", "")
    if name not in PICKED:
        raise BadRequest
    form = ConversationForm(request.actor, initial={name: request.GET.getlist(name)})
    if name not in form.fields:
        raise BadRequest
    picker = _picker(request, form, name, request.GET.get(f"{name}_text", ""))
    return render(request, "conversation/picker_people.html", {"picker": picker})


def _picker(request: PageRequest, form: ConversationForm, name: str, text: str) -> dict[str, Any]:
    chosen = form.picked(name)
    known = {identifier for identifier, _name in chosen}
    text = text.strip()[:100]
    if text:
        named = _by_name(request, text)
    else:
        named = _lately(request) if name == "people" and not chosen else []
    several = name == "people" and len(chosen) > 1
    asked = request.POST or form.initial or request.GET
    return {
        "field": form[name],
        "chosen": chosen,
        "found": [row for row in named if row["id"] not in known],
        "nobody": text and not named,
        "text": text,
        "choices": Part.choices,
        "parts": [
            {
                "id": identifier,
                "name": called,
                "part": asked.get(f"part_{identifier}", Part.PRESENT),
                "about": asked.get("about") == str(identifier),
            }
            for identifier, called in (chosen if several else ())
        ],
    }


def _by_name(request: PageRequest, text: str) -> list[dict[str, Any]]:
    """Who is called so, with what tells them from others of the same name."""
    places = place_names(request.actor)
    found = []
    for row in listen.people(request.actor, text=text, limit=_OTHERS).rows:
        alias = row.alias if row.alias != row.name else ""
        more = (alias, places[row.community], row.occupation)
        found.append({"id": row.id, "name": row.name, "more": ", ".join(filter(None, more))})
    return found


def _lately(request: PageRequest) -> list[dict[str, Any]]:
    """Whom one meets today and whom one met last: most conversations are with one of them."""
    today = timezone.localdate()
    due = listen.visits(request.actor, worker=request.actor.account, until=today)
    people = [row.person for row in due] + list(listen.met_lately(request.actor, _OTHERS))
    shown = list(dict.fromkeys(people))[:_OTHERS]
    names = listen.names(request.actor, set(shown))
    return [{"id": each, "name": names[each]} for each in shown if each in names]


def _context(request: PageRequest) -> str:
    """Which conversation this is: a visit's, somebody's, one noted before, or one from nowhere."""
    named = ("visit", "person", "encounter")
    asked = {name: request.GET[name] for name in named if request.GET.get(name)}
    return urlencode(asked)


def _asked(request: PageRequest) -> dict[str, Any]:
    """What the address says: a visit, or somebody whose page one comes from."""
    if visit := _visit(request, request.GET.get("visit", "")):
        return {"visit": visit.id, "people": [visit.person]}
    if person := _identifier(request.GET.get("person", "")):
        return {"person": person, "people": [listen.person(request.actor, person).person.id]}
    return {}


def _typed(request: PageRequest) -> dict[str, Any]:
    typed = {name: request.POST[name] for name in request.POST if name != "csrfmiddlewaretoken"}
    return typed | {name: request.POST.getlist(name) for name in SEVERAL}


def _visit(request: PageRequest, told: str) -> VisitRow | None:
    identifier = _identifier(told)
    return listen.visit(request.actor, identifier) if identifier else None


def _identifier(told: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(told) if told else None
    except ValueError:
        raise BadRequest from None


def _attempt(
    form: ConversationForm, request: PageRequest, before: EarlierConversation | None
) -> Receipt | None:
    """Do all of it or nothing; what the doors refuse stands above the form."""
    there = form.cleaned_data["people"]
    visit = open_visit(form, request.actor)
    withdrawn = []
    if before:
        withdrawn = [before.withdrawal(form.cleaned_data["key"])]
        was = listen.visit(request.actor, before.settled) if before.settled else None
        visit = was.id if was and was.person in there else None
    deeds = [*withdrawn, *deeds_of(form, request.actor, open_visit=visit)]
    return attempt_submission(form, request, deeds=deeds)


def _after(form: ConversationForm, community: str) -> str:
    """Where one came from: somebody's page, or today."""
    person = form.cleaned_data["person"]
    if person and person in form.cleaned_data["people"]:
        return reverse("person", args=(community, person))
    return reverse("today", args=(community,))
