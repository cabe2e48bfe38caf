"""Bridges and holes: who holds the community together, and whom to introduce to whom."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from guyub.core.errors import Refused
from guyub.core.jobs import begin
from guyub.cycle.listen.vocabulary import ListenPermission
from guyub.cycle.start.queries import newest_bridges
from guyub.cycle.start.vocabulary import StartPermission
from guyub.interfaces.submissions.forms import DeedForm
from guyub.interfaces.web.bridges.page import bridges_context
from guyub.interfaces.web.frame.responses import PageRequest, attempt_with, render
from guyub.interfaces.web.plan.page import names_of
from guyub.interfaces.web.plan.visits import said_met


class IntroductionForm(DeedForm):
    """Two people who are to be introduced to each other."""

    one = forms.UUIDField()
    other = forms.UUIDField()


@require_http_methods(["GET", "POST"])
def bridges(request: PageRequest, community: str) -> HttpResponse:
    """Show what was found last, or begin to look anew: some seconds for a village."""
    request.actor.demand(StartPermission.READ)
    form = DeedForm(request.POST or None)
    if form.is_valid():
        try:
            key = begin(
                request.actor,
                "start.find_bridges",
                {},
                key=form.cleaned_data["key"],
                goes_to=reverse("bridges", args=[community]),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("job", community, key)
    kept = newest_bridges(request.actor)
    may_visit = request.actor.may(ListenPermission.WRITE)
    context = {"community": community, "form": form, "kept": kept, "may_visit": may_visit}
    if kept is not None:
        context |= bridges_context(request.actor, kept)
    return render(request, "bridges/bridges.html", context)


@require_POST
def introduce(request: PageRequest, community: str) -> HttpResponse:
    """Plan to visit both of a pair today, each for the sake of the other."""
    request.actor.demand(ListenPermission.WRITE)
    form = IntroductionForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    one, other = str(form.cleaned_data["one"]), str(form.cleaned_data["other"])
    names = names_of(request.actor, {one, other})
    visits = [
        {
            "person": person,
            "planned_on": timezone.localdate(),
            "reasons": [{"code": "introduce", "facts": {"name": names.get(friend, "")}}],
        }
        for person, friend in ((one, other), (other, one))
    ]
    done = attempt_with(form, "listen.plan_visits", request, {"visits": visits})
    if done is None:
        messages.error(request, " ".join(map(str, form.non_field_errors())))
    elif done.result["planned"]:
        messages.success(request, _("The visits are on Today."), extra_tags=str(done.entry))
    elif done.result["met"]:
        messages.info(request, said_met(done.result["met"]))
    else:
        messages.info(request, _("You have visits to both on your list already."))
    return redirect("bridges", community)
