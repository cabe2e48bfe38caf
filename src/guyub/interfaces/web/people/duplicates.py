"""Records that may be one person: side by side, made one, or told apart."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guyub.core.queries import place_names
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.queries import MergePreview
from guyub.cycle.listen.vocabulary import ListenPermission
from guyub.cycle.listen.vocabulary.person_fields import PERSON_FIELDS
from guyub.interfaces.submissions.forms import DeedForm
from guyub.interfaces.web.frame.responses import PageRequest, attempt, attempt_with, render
from guyub.interfaces.web.people.fields import in_words, value_of
from guyub.interfaces.web.people.forms import MergeForm

# How what moves is called. Tables of other steps are told together, as the rest.
_MOVING = {
    "listen.participation": gettext_lazy("encounters"),
    "listen.promise": gettext_lazy("promises"),
    "listen.observation": gettext_lazy("observations"),
    "listen.concern": gettext_lazy("concerns"),
    "listen.sharedconcern": gettext_lazy("concerns they share"),
    "listen.plannedvisit": gettext_lazy("planned visits"),
    "listen.consent": gettext_lazy("consents"),
    "listen.datarequest": gettext_lazy("requests"),
    "map.tie": gettext_lazy("ties"),
}


@require_safe
def duplicates(request: PageRequest, community: str) -> HttpResponse:
    """Who may stand in the book twice, the likeliest first."""
    found = listen.likely_duplicates(request.actor)
    places = place_names(request.actor)
    context = {
        "community": community,
        "pairs": [
            (pair, places[pair.one.community], places[pair.other.community]) for pair in found.pairs
        ],
        "more": found.count - len(found.pairs),
    }
    return render(request, "people/duplicates.html", context)


@require_POST
def alike(request: PageRequest, community: str) -> HttpResponse:
    """Who of those here may be meant, while somebody types a name: it stands in no address."""
    name, phone = request.POST.get("name", ""), request.POST.get("phone", "")
    rows = listen.alike(request.actor, name[:200], phone=phone[:60])
    places = place_names(request.actor)
    context = {"community": community, "rows": [(row, places[row.community]) for row in rows]}
    return render(request, "people/alike.html", context)


@require_http_methods(["GET", "POST"])
def merge(
    request: PageRequest, community: str, person: uuid.UUID, other_person: uuid.UUID
) -> HttpResponse:
    """Two records side by side: which value stays, and what moves."""
    preview = listen.merge_preview(request.actor, person, other_person)
    versions = [listen.person(request.actor, each).version for each in (person, other_person)]
    places = place_names(request.actor)
    form = MergeForm(_fields(preview, places), " ".join(versions), request.POST or None)
    if form.is_valid():
        told = {
            "stays": person,
            "goes": other_person,
            "take": form.taken(),
            "seen": form.cleaned_data["seen"].split(),
        }
        if done := attempt_with(form, "listen.merge_people", request, told):
            messages.success(request, _("They are one record now."), extra_tags=str(done.entry))
            return redirect("person", community, person)
    context = {
        "community": community,
        "preview": preview,
        "form": form,
        "places": (places[preview.stays.community], places[preview.goes.community]),
        "moves": _moves(preview.moves),
    }
    return render(request, "people/merge.html", context)


@require_POST
def tell_apart(
    request: PageRequest, community: str, person: uuid.UUID, other_person: uuid.UUID
) -> HttpResponse:
    """Remember that two records are two people."""
    request.actor.demand(ListenPermission.MERGE)
    for each in (person, other_person):
        listen.person(request.actor, each)
    form = DeedForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    if done := attempt(form, "listen.tell_apart", request, one=person, other=other_person):
        noted = _("They are two people; this is remembered.")
        messages.success(request, noted, extra_tags=str(done.entry))
    return redirect("duplicates", community)


def _fields(preview: MergePreview, places: dict[uuid.UUID, str]) -> dict[str, Any]:
    """What differs, with its two values in words; what only one of them has is taken over."""
    found = {}
    for name in (*preview.differing, *preview.filled):
        here = value_of(preview.stays, preview.stays_confidential, name)
        there = value_of(preview.goes, preview.goes_confidential, name)
        initial = "goes" if name in preview.filled else "stays"
        words = [in_words(name, value, places) for value in (here, there)]
        found[name] = (PERSON_FIELDS[name].label, words[0] or "–", words[1], initial)
    return found


def _moves(counts: dict[str, int]) -> list[tuple[str, int]]:
    found = [(str(label), counts[table]) for table, label in _MOVING.items() if table in counts]
    rest = sum(count for table, count in counts.items() if table not in _MOVING)
    return [*found, (_("other notes"), rest)] if rest else found
