"""With whom do I begin? The plan, its reasons, and how far it reaches."""

from __future__ import annotations

import uuid
from datetime import date

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from guyub.core.errors import Refused
from guyub.core.permissions import Permission
from guyub.cycle.start.analysis import draft_plan
from guyub.cycle.start.queries import newest_plan
from guyub.interfaces.web.answers import PageRequest, attempt, render
from guyub.interfaces.web.forms import PlanForm
from guyub.interfaces.web.plans import plan_context

# The same village gives the same plan, until somebody learns something new about it.
_SEED = 1


@require_http_methods(["GET", "POST"])
def start(request: PageRequest, community: str) -> HttpResponse:
    """Show the newest plan, or work out a new one."""
    request.actor.demand(Permission.START_READ)
    form = PlanForm(request.POST or None)
    if form.is_valid() and _kept(request, form):
        return redirect("start", community)
    plan = newest_plan(request.actor)
    context = {"form": form, "community": community, "plan": plan}
    if plan is not None:
        form.fields["count"].initial = plan.count
        context |= plan_context(request.actor, community, plan)
    return render(request, "web/start.html", context)


def _kept(request: PageRequest, form: PlanForm) -> bool:
    """Work a plan out and keep it; what stands in the way is told at the form."""
    count = form.cleaned_data.pop("count")
    try:
        outcome = draft_plan(request.actor, count, excluded=_excluded(request), seed=_SEED)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    kept = attempt(
        form,
        "start.keep_plan",
        request,
        count=count,
        seed=_SEED,
        spread=outcome["spread"],
        made_on=date.fromisoformat(outcome["on"]),
        outcome=outcome,
    )
    return kept is not None


def _excluded(request: PageRequest) -> tuple[uuid.UUID, ...]:
    """Who must be left out; a button may add one, another put one back."""
    try:
        given = {uuid.UUID(each) for each in request.POST.getlist("excluded")}
        back = {uuid.UUID(each) for each in request.POST.getlist("put_back")}
    except ValueError:
        raise BadRequest from None
    return tuple(sorted(given - back))
