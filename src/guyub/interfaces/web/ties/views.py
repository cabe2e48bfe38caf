"""Note to whom somebody is tied."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guyub.core.queries import place_names
from guyub.cycle.listen import queries as listen
from guyub.cycle.map.vocabulary import MapPermission, ReportedBy
from guyub.interfaces.web.frame.responses import PageRequest, attempt, render
from guyub.interfaces.web.people.forms import FindForm
from guyub.interfaces.web.ties.forms import TieForm

# As many as one looks through on a phone; who is not among them needs another letter.
_OTHERS = 8


@require_http_methods(["GET", "POST"])
def tie(request: PageRequest, community: str, person: uuid.UUID) -> HttpResponse:
    """Note to whom somebody is tied; the other person is found while one types."""
    request.actor.demand(MapPermission.WRITE)
    card = listen.person(request.actor, person)
    find, form = FindForm(request.actor, request.GET), TieForm(request.POST or None)
    if not find.is_valid():
        raise BadRequest
    told = {
        "from_person": person,
        "reported_by": ReportedBy.ONE,
        "reported_on": timezone.localdate(),
    }
    if form.is_valid() and (done := attempt(form, "map.report_tie", request, **told)):
        messages.success(request, _("The tie is noted."), extra_tags=str(done.entry))
        return redirect("person", community, person)
    text, places = find.cleaned_data["text"], place_names(request.actor)
    rows = listen.people(request.actor, text=text, limit=_OTHERS).rows if text else ()
    context = {
        "community": community,
        "person": card.person,
        "form": form,
        "find": find,
        "text": text,
        "others": [(row, places[row.community]) for row in rows if row.id != person],
    }
    return render(request, "ties/tie.html", context, fragment="others")
