"""With whom do I begin? The plan, its reasons, and how far it reaches."""

from __future__ import annotations

import uuid
from dataclasses import asdict, replace
from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from guyub.core.errors import Refused
from guyub.core.jobs import begin
from guyub.core.queries import place_names
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.vocabulary import ListenPermission
from guyub.cycle.start.analysis import (
    PlanRecord,
    PlanWishes,
    TooLittleHeard,
    draft_plan,
    hear_first,
)
from guyub.cycle.start.jobs import plan_to_keep
from guyub.cycle.start.queries import dropped_plan, kept_plan, kept_plans, newest_plan
from guyub.cycle.start.vocabulary import StartPermission
from guyub.interfaces.web.frame.responses import PageRequest, attempt_with, render
from guyub.interfaces.web.plan.choices import AT_ONCE, TIMES
from guyub.interfaces.web.plan.forms import EVIDENCE, PlanForm
from guyub.interfaces.web.plan.hear_first import hear_context
from guyub.interfaces.web.plan.network_table import network_rows
from guyub.interfaces.web.plan.page import names_of, plan_context
from guyub.interfaces.web.plan.timeline import FollowForm, following_context
from guyub.interfaces.web.plan.visits import VisitsForm, say_planned

# The same village gives the same plan, until somebody learns something new about it.
_SEED = 1

_ROWS = 50


@require_http_methods(["GET", "POST"])
def start(request: PageRequest, community: str) -> HttpResponse:
    """Show the newest plan, or work out a new one."""
    request.actor.demand(StartPermission.READ)
    places = place_names(request.actor)
    below = [name for place, name in places.items() if place != request.actor.community]
    plan = newest_plan(request.actor)
    weighed = _weighed(request)
    initial = (PlanRecord.of(plan).form if plan else {}) | weighed
    form = PlanForm(below, request.POST or None, initial=initial)
    if form.is_valid():
        wishes = {
            **form.wishes(),
            "seed": _SEED,
            **{wish: _named(request, wish) for wish in ("excluded", "active", "given")},
            "filled_in": form.filled_in(),
        }
        if listen.counts(request.actor).people > AT_ONCE:
            key, told = form.cleaned_data["key"], _plain(wishes)
            goes_to = reverse("start", args=[community])
            begin(request.actor, "start.make_plan", told, key=key, goes_to=goes_to)
            return redirect("job", community, key)
        if _kept(request, form, wishes):
            return redirect("start", community)
    context = {"form": form, "community": community, "plan": plan}
    context |= {"dropped": dropped_plan(request.actor), "weighed": bool(weighed)}
    if form.too_little_heard or (plan is None and not form.is_bound):
        found = hear_first(request.actor)
        if form.too_little_heard or found.evident < form.fields["count"].initial:
            context["hear"] = hear_context(request.actor, found)
            return render(request, "plan/hear_first.html", context)
    if plan is not None:
        context |= plan_context(request.actor, community, plan)
    return render(request, "plan/plan.html", context)


def _weighed(request: PageRequest) -> dict[str, str]:
    """Weights of evidence that came along from what plans before have taught."""
    named = {name: request.GET.get(name, "") for name in EVIDENCE}
    return {name: times for name, times in named.items() if times in TIMES}


def _plain(wishes: dict[str, Any]) -> dict[str, Any]:
    """Wishes as long work keeps them."""
    hours = wishes["hours"]
    return wishes | {"hours": asdict(hours) if hours else None}


def _kept(request: PageRequest, form: PlanForm, wishes: dict[str, Any]) -> bool:
    """Work a plan out and keep it; what stands in the way is told at the form."""
    try:
        drafted = draft_plan(request.actor, PlanWishes.of(_plain(wishes)))
    except TooLittleHeard as refusal:
        form.too_little_heard = True
        form.add_error(None, str(refusal))
        return False
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    kept = plan_to_keep(replace(drafted, filled_in=wishes["filled_in"]))
    return attempt_with(form, "start.keep_plan", request, kept) is not None


def _named(request: PageRequest, wish: str) -> tuple[uuid.UUID, ...]:
    """Who must be left out, or has begun; a button may add one, another put one back."""
    try:
        given = {uuid.UUID(each) for each in request.POST.getlist(wish)}
        back = {uuid.UUID(each) for each in request.POST.getlist("put_back")}
    except ValueError:
        raise BadRequest from None
    return tuple(sorted(given - back))


@require_safe
def start_table(request: PageRequest, community: str) -> HttpResponse:
    """The network of the newest plan in words: everybody, whoever has most ties first."""
    request.actor.demand(StartPermission.READ)
    plan = newest_plan(request.actor)
    record = PlanRecord.of(plan) if plan else None
    if record is None or record.picture is None:
        return redirect("start", community)
    pages = Paginator(network_rows(record, record.picture), _ROWS)
    page = pages.get_page(request.GET.get("page"))
    names = names_of(request.actor, {row.person for row in page})
    context = {
        "community": community,
        "plan": plan,
        "page": page,
        "rows": [(row, names.get(row.person, "")) for row in page],
    }
    return render(request, "plan/table.html", context)


@require_safe
def start_follow(request: PageRequest, community: str) -> HttpResponse:
    """Who hears when by the newest plan, or by another, and beside it by a third."""
    request.actor.demand(StartPermission.READ)
    plan = newest_plan(request.actor)
    if plan is None:
        return redirect("start", community)
    first = {"plan": plan.id, "beside": "", "needs": PlanRecord.of(plan).plan.needs}
    form = FollowForm(kept_plans(request.actor), {**first, **request.GET.dict()})
    context = {"community": community, "form": form}
    if form.is_valid():
        asked = (form.cleaned_data["plan"], form.cleaned_data["beside"])
        chosen = [kept_plan(request.actor, each) for each in asked if each]
        context |= following_context(request.actor, chosen, form.cleaned_data["needs"])
    return render(request, "plan/timeline.html", context)


@require_http_methods(["GET", "POST"])
def start_visits(request: PageRequest, community: str) -> HttpResponse:
    """Turn the newest plan into visits: who goes, from which day on, how many a day."""
    request.actor.demand(StartPermission.READ)
    request.actor.demand(ListenPermission.WRITE)
    plan = newest_plan(request.actor)
    if plan is None:
        return redirect("start", community)
    record = PlanRecord.of(plan)
    form = VisitsForm(request.actor, request.POST or None)
    unwilling = listen.unwilling(request.actor)
    if form.is_valid() and (visits := record.visits(form.days(), unwilling)):
        told = {"visits": visits, "worker": form.worker()}
        done = attempt_with(form, "listen.plan_visits", request, told)
        if done is not None:
            say_planned(request, done)
            return redirect("today", community)
    days = [plan.made_on] * plan.count
    chosen = [str(each["person"]) for each in record.visits(days, unwilling)]
    names = names_of(request.actor, set(chosen))
    context = {
        "community": community,
        "form": form,
        "plan": plan,
        "unwilling": len(record.chosen) - len(chosen),
        "names": [names[each] for each in chosen if each in names],
    }
    return render(request, "plan/visits.html", context)
