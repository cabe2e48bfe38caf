"""What the team decides about a plan: exchange one person, pause or drop it, talk it over."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from guyub.core.action import Deed
from guyub.core.actor import Actor
from guyub.core.errors import Refused
from guyub.core.identifiers import new_identifier
from guyub.core.jobs import begin
from guyub.cycle.listen import queries as listen
from guyub.cycle.start.analysis import PlanProgress, draft_exchange, plan_progress
from guyub.cycle.start.jobs import plan_to_keep
from guyub.cycle.start.queries import KeptPlan, kept_plan, newest_plan, plan_learnt_from
from guyub.cycle.start.vocabulary import CameOfIt, PlanState, StartPermission
from guyub.interfaces.submissions.forms import DeedForm
from guyub.interfaces.web.frame.responses import PageRequest, attempt, attempt_with, render
from guyub.interfaces.web.plan.choices import AT_ONCE

# A plan so old is talked over even if not everybody was met. Our choice: two months.
TALKED_OVER_AFTER = timedelta(days=60)


def _text(label: Any, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class DecisionForm(DeedForm):
    """What is to become of a plan, and why."""

    plan = forms.UUIDField(widget=forms.HiddenInput)
    state = forms.TypedChoiceField(
        choices=PlanState.choices, coerce=PlanState, widget=forms.HiddenInput
    )
    grounds = _text(gettext_lazy("Why? Only the team reads this."))

    def clean(self) -> dict[str, Any]:
        """Taking a plan up again needs no reason."""
        told = super().clean() or {}
        if told.get("state") != PlanState.RUNNING and not told.get("grounds"):
            self.add_error("grounds", _("Say why, so that colleagues understand it later."))
        return told


class ExchangeForm(DeedForm):
    """Who leaves a plan, and why."""

    plan = forms.UUIDField(widget=forms.HiddenInput)
    person = forms.UUIDField(widget=forms.HiddenInput)
    grounds = _text(gettext_lazy("Why? Only the team reads this."), required=True)


class DebriefForm(DeedForm):
    """What the team learnt from a plan."""

    plan = forms.UUIDField(widget=forms.HiddenInput)
    what_moved = _text(gettext_lazy("What moved people?"))
    others_named = _text(gettext_lazy("Who else was named?"))
    next_steps = _text(gettext_lazy("What comes next?"))

    def clean(self) -> dict[str, Any]:
        """Something has to be said."""
        told = super().clean() or {}
        if not any(told.get(name) for name in ("what_moved", "others_named", "next_steps")):
            raise forms.ValidationError(_("Write at least one sentence."))
        return told


def notes_context(actor: Actor, kept: KeptPlan, progress: PlanProgress) -> dict[str, Any]:
    """What was decided about a plan, whether it is to be talked over, and the plan before it."""
    exchange = kept.exchange
    left = listen.names(actor, {exchange.person}) if exchange else {}
    return {
        "decision": kept.decision,
        "exchange": exchange,
        "left": left.get(exchange.person, "") if exchange else "",
        "debrief": kept.debrief,
        "to_talk_over": kept.debrief is None and _to_talk_over(kept.made_on, progress),
        "learnt": _learnt(progress),
        "before": _before(actor, kept),
        "pause_form": DecisionForm(initial={"plan": kept.id}, auto_id="decide_%s"),
    }


def _to_talk_over(made_on: date, progress: PlanProgress) -> bool:
    old = timezone.localdate() - made_on >= TALKED_OVER_AFTER
    return old or 0 < len(progress.people) == progress.met


def _learnt(progress: PlanProgress) -> list[tuple[str, str]]:
    """Wishes of the next plan: who started has begun, who said no is left out."""
    wish = {CameOfIt.STARTED: "active", CameOfIt.REFUSED: "excluded"}
    return [
        (wish[each.outcome], str(each.person)) for each in progress.people if each.outcome in wish
    ]


def _before(actor: Actor, kept: KeptPlan) -> dict[str, Any] | None:
    """The plan before this one that somebody talked over, beside it."""
    earlier = plan_learnt_from(actor, kept.id)
    if earlier is None:
        return None
    progress = plan_progress(actor, earlier.id)
    started = sum(each.outcome == CameOfIt.STARTED for each in progress.people)
    return {
        "plan": earlier,
        "met": progress.met,
        "all": len(progress.people),
        "started": started,
    }


@require_POST
def decide_plan(request: PageRequest, community: str) -> HttpResponse:
    """Pause a plan, drop it or take it up again."""
    request.actor.demand(StartPermission.READ)
    form = DecisionForm(request.POST)
    if {"key", "plan", "state"} & form.errors.keys():
        raise BadRequest
    if not form.is_valid():
        messages.error(request, _faults(form))
        return redirect("start", community)
    done = attempt(form, "start.decide_plan", request, noted_on=timezone.localdate())
    if done is None:
        messages.error(request, _faults(form))
    else:
        said = {
            PlanState.PAUSED: _("The plan is paused. Today suggests nobody because of it."),
            PlanState.DROPPED: _("The plan is dropped. What came of it stays noted."),
            PlanState.RUNNING: _("The plan is taken up again."),
        }[form.cleaned_data["state"]]
        messages.success(request, said, extra_tags=str(done.entry))
    return redirect("start", community)


@require_POST
def exchange_person(request: PageRequest, community: str) -> HttpResponse:
    """Work a plan out in which somebody else stands in for one person."""
    request.actor.demand(StartPermission.READ)
    form = ExchangeForm(request.POST)
    if {"key", "plan", "person"} & form.errors.keys():
        raise BadRequest
    if not form.is_valid():
        messages.error(request, _("Say why, so that colleagues understand it later."))
        return redirect("start", community)
    told = form.cleaned_data
    kept_plan(request.actor, told["plan"])
    if listen.counts(request.actor).people > AT_ONCE:
        plain = {name: str(told[name]) for name in ("plan", "person", "grounds")}
        goes_to = reverse("start", args=[community])
        begin(request.actor, "start.exchange", plain, key=told["key"], goes_to=goes_to)
        return redirect("job", community, told["key"])
    try:
        drafted = draft_exchange(request.actor, told["plan"], told["person"])
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("start", community)
    new = new_identifier()
    why = {"plan": new, "replaces": told["plan"]}
    why |= {"person": told["person"], "grounds": told["grounds"]}
    also = [Deed(action="start.exchange_person", data=why, key=uuid.uuid5(told["key"], "exchange"))]
    done = attempt_with(
        form, "start.keep_plan", request, plan_to_keep(drafted) | {"id": new}, also=also
    )
    if done is None:
        messages.error(request, _faults(form))
    else:
        came = str((drafted.chosen or (None,))[-1])
        name = listen.names(request.actor, {uuid.UUID(came)}).get(uuid.UUID(came), "")
        said = _("%(name)s comes in. Plan the visit next.") % {"name": name}
        messages.success(request, said, extra_tags=str(done.entry))
    return redirect("start", community)


@require_http_methods(["GET", "POST"])
def debrief_plan(request: PageRequest, community: str) -> HttpResponse:
    """Talk the newest plan over: what moved people, who else was named, what comes next."""
    request.actor.demand(StartPermission.READ)
    plan = newest_plan(request.actor)
    if plan is None:
        return redirect("start", community)
    before = plan.debrief
    first = {"plan": plan.id}
    if before is not None:
        first |= {
            name: getattr(before, name) for name in ("what_moved", "others_named", "next_steps")
        }
    form = DebriefForm(request.POST or None, initial=first)
    if form.is_valid():
        done = attempt(form, "start.debrief_plan", request, noted_on=timezone.localdate())
        if done is not None:
            said = _("Noted. Now work out a new plan with what you learnt.")
            messages.success(request, said, extra_tags=str(done.entry))
            return redirect("start", community)
    return render(request, "plan/debrief.html", {"community": community, "form": form})


def _faults(form: forms.Form) -> str:
    return " ".join(str(each) for told in form.errors.values() for each in told)
