"""Whom to ask about their ties next."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guyub.core.errors import Refused
from guyub.core.language import language_read
from guyub.cycle.listen.vocabulary import ListenPermission
from guyub.cycle.start.analysis import people_to_survey, plan_sentences
from guyub.cycle.start.queries import newest_plan
from guyub.cycle.start.vocabulary import StartPermission
from guyub.interfaces.submissions.forms import DeedForm
from guyub.interfaces.web.frame.responses import PageRequest, attempt_with, render
from guyub.interfaces.web.plan.visits import said_met

# As many as the plan is asked for where there is none yet.
_COUNT = 5


class AskingForm(DeedForm):
    """Whom one means to ask; how many of their ties are likely unknown."""

    person = forms.UUIDField()
    unknown = forms.IntegerField(min_value=0, max_value=10_000)


@require_http_methods(["GET", "POST"])
def survey_next(request: PageRequest, community: str) -> HttpResponse:
    """Show whose ties would help a plan most, or plan to visit one of them."""
    request.actor.demand(StartPermission.READ)
    if request.method == "POST":
        return _visit(request, community)
    plan = newest_plan(request.actor)
    context = {
        "community": community,
        "may_visit": request.actor.may(ListenPermission.WRITE),
        "refused": "",
    }
    try:
        found = people_to_survey(request.actor, plan.count if plan else _COUNT)
    except Refused as refusal:
        return render(request, "plan/survey_next.html", context | {"refused": str(refusal)})
    context |= {
        "found": found,
        "share": round(100 * found.asked / found.people) if found.people else 0,
        "rows": [
            {
                "row": row,
                "unknown": row.reasons[0]["facts"]["count"],
                "reasons": plan_sentences(request.actor, list(row.reasons), language_read()),
            }
            for row in found.next
        ],
    }
    return render(request, "plan/survey_next.html", context)


def _visit(request: PageRequest, community: str) -> HttpResponse:
    """Plan to visit somebody today, and say why."""
    request.actor.demand(ListenPermission.WRITE)
    form = AskingForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    count = form.cleaned_data["unknown"]
    reason = {"code": "ties_unknown" if count else "ties_not_told", "facts": {"count": count}}
    visit = {
        "person": form.cleaned_data["person"],
        "planned_on": timezone.localdate(),
        "reasons": [reason],
    }
    done = attempt_with(form, "listen.plan_visits", request, {"visits": [visit]})
    if done is None:
        messages.error(request, " ".join(map(str, form.non_field_errors())))
    elif done.result["planned"]:
        messages.success(request, _("The visit is on Today."), extra_tags=str(done.entry))
    elif done.result["met"]:
        messages.info(request, said_met(done.result["met"]))
    else:
        messages.info(request, _("You have this visit on your list already."))
    return redirect("survey_next", community)
