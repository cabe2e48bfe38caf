"""The people who live here: the list, somebody's page, and getting to know somebody."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from guyub.core.queries import place_names
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.vocabulary import ListenPermission, Trait
from guyub.cycle.listen.vocabulary.rights import Purpose
from guyub.cycle.map.vocabulary import MapPermission
from guyub.interfaces.submissions.scales import QUESTIONS
from guyub.interfaces.web.frame.responses import PageRequest, attempt, attempt_with, render
from guyub.interfaces.web.people.forms import (
    ChangeForm,
    FindForm,
    ObservationForm,
    PersonForm,
    leaving,
)
from guyub.interfaces.web.people.journey import journey_context
from guyub.interfaces.web.people.page import person_around, person_context
from guyub.interfaces.web.people.planned_visits import planned_visits


@require_safe
def people(request: PageRequest, community: str) -> HttpResponse:
    """Who lives here, by name; found while one types."""
    request.actor.demand(ListenPermission.READ)
    form = FindForm(request.actor, request.GET)
    if not form.is_valid():
        raise BadRequest
    asked = form.asked()
    page = listen.people(request.actor, **asked)
    places = place_names(request.actor)
    context = {
        "community": community,
        "form": form,
        "rows": [(row, places[row.community]) for row in page.rows],
        "next": page.next,
        "asked": asked,
        "may_add": request.actor.may(ListenPermission.WRITE),
        "may_merge": request.actor.may(ListenPermission.MERGE),
    }
    return render(request, "people/people.html", context, fragment="stretch")


@require_safe
def person(request: PageRequest, community: str, person: uuid.UUID) -> HttpResponse:
    """Somebody: the steps, what they promised, what was seen of them, whom they are tied to."""
    stays = listen.person(request.actor, person).person.id
    if stays != person:
        # They turned out to be somebody else: old links lead to the record that stays.
        return redirect("person", community, stays)
    context = {"community": community} | person_context(
        request.actor, person, every_tie="ties" in request.GET
    )
    return render(request, "people/person.html", context)


@require_safe
def journey(request: PageRequest, community: str, person: uuid.UUID) -> HttpResponse:
    """How far somebody has come and why, and what happened; a part of their page."""
    request.actor.demand(ListenPermission.WRITE)
    context = {"community": community} | journey_context(request.actor, person)
    context["visits"] = planned_visits(request.actor, person)
    return render(request, "people/journey.html", context, fragment="journey")


@require_safe
def around(request: PageRequest, community: str, person: uuid.UUID) -> JsonResponse:
    """Somebody among those they are tied to, for the picture on their page."""
    request.actor.demand(MapPermission.READ)
    return JsonResponse(person_around(request.actor, community, person))


@require_http_methods(["GET", "POST"])
def new_person(request: PageRequest, community: str) -> HttpResponse:
    """Add a person."""
    request.actor.demand(ListenPermission.WRITE)
    form = PersonForm(request.actor, request.POST or None)
    if form.is_valid() and (done := attempt(form, "listen.add_person", request)):
        noted = _("%(name)s was added.") % {"name": form.cleaned_data["name"]}
        # Whoever takes it back has no page any more: the list is where they go then.
        after = f"{done.entry} {reverse('people', args=(community,))}"
        messages.success(request, noted, extra_tags=after)
        return redirect("person", community, done.result["id"])
    return render(request, "people/new_person.html", {"form": form, "community": community})


@require_http_methods(["GET", "POST"])
def change_person(request: PageRequest, community: str, person: uuid.UUID) -> HttpResponse:
    """Note what is different about somebody: a name, a phone, where they live now."""
    request.actor.demand(ListenPermission.WRITE)
    card = listen.person(request.actor, person)
    form = ChangeForm(request.actor, card, request.POST or None)
    if form.is_valid():
        told, also = leaving(form, person)
        if done := attempt_with(form, "listen.change_person", request, told, also=also):
            messages.success(request, _("Change saved."), extra_tags=str(done.entry))
            return redirect("person", community, person)
        form.tell_what_stands_now()
    context = {"community": community, "person": card.person, "form": form}
    return render(request, "people/change_person.html", context)


@require_http_methods(["GET", "POST"])
def observe(request: PageRequest, community: str, person: uuid.UUID) -> HttpResponse:
    """Note what one saw of somebody, one trait at a time."""
    request.actor.demand(ListenPermission.WRITE)
    card = listen.person(request.actor, person)
    try:
        trait = Trait(request.GET.get("trait", Trait.STANCE))
    except ValueError:
        raise BadRequest from None
    form = ObservationForm(trait, request.POST or None)
    told = {"person": person, "trait": trait}
    if form.is_valid() and (done := attempt(form, "listen.note_observation", request, **told)):
        noted = _("Noted under your name.")
        messages.success(request, noted, extra_tags=str(done.entry))
        return redirect("person", community, person)
    context = {
        "community": community,
        "person": card.person,
        "form": form,
        "traits": Trait,
        "trait": trait,
        "allowed": listen.rights(request.actor, card.person.id).allowed[Purpose.JUDGE],
        "question": QUESTIONS[trait],
    }
    return render(request, "people/observe.html", context)
