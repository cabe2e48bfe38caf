"""Whom to hear first, while too little is known for a plan; and their visits, shared out."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from guyub.core.action import Deed
from guyub.core.actor import Actor
from guyub.core.language import language_read
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.queries import colleagues
from guyub.cycle.listen.vocabulary import ListenPermission
from guyub.cycle.start.analysis import HearFirst, ToHear, hear_first, plan_sentences
from guyub.cycle.start.vocabulary import StartPermission
from guyub.interfaces.submissions.fields import PeopleField
from guyub.interfaces.web.frame.responses import PageRequest, attempt_with
from guyub.interfaces.web.plan.outcomes import heard_rows
from guyub.interfaces.web.plan.visits import VisitsForm, said_met

# Instead of one colleague: all of them in turn.
_TEAM = "team"


class HearVisitsForm(VisitsForm):
    """Who is heard, by whom, and from which day on."""

    people = PeopleField(label=_("Who to hear"))

    def __init__(self, actor: Actor, *arguments: Any, **named: Any) -> None:
        super().__init__(actor, *arguments, **named)
        self._actor = actor
        if "goes" in self.fields:
            field = self.fields["goes"]
            field.coerce = str  # type: ignore[attr-defined]
            if len(field.choices) > 1:  # type: ignore[attr-defined]
                everybody = (_TEAM, _("everyone in the team, in turn"))
                field.choices = [everybody, *field.choices]  # type: ignore[attr-defined]

    def shared_out(self) -> list[tuple[uuid.UUID | None, list[uuid.UUID], Iterator[date]]]:
        """For each worker whom they hear, and on which days."""
        people, goes = self.cleaned_data["people"], self.cleaned_data.get("goes")
        if goes != _TEAM:
            return [(uuid.UUID(goes) if goes else None, people, self.days())]
        team = colleagues(self._actor)
        return [
            (each.id, part, self.days())
            for place, each in enumerate(team)
            if (part := people[place :: len(team)])
        ]


def hear_context(actor: Actor, found: HearFirst) -> dict[str, Any]:
    """What the page shows of whom to hear first."""
    return {
        "found": found,
        "heard": heard_rows(actor),
        "rows": [
            {
                "person": each.person,
                "name": each.name,
                "reasons": plan_sentences(actor, list(each.reasons), language_read()),
            }
            for each in found.next
        ],
        "form": HearVisitsForm(actor),
        "may_visit": actor.may(ListenPermission.WRITE),
    }


@require_POST
def plan_hearing(request: PageRequest, community: str) -> HttpResponse:
    """Plan visits to people who are to be heard, by one worker or shared out over the team."""
    request.actor.demand(StartPermission.READ)
    request.actor.demand(ListenPermission.WRITE)
    form = HearVisitsForm(request.actor, request.POST)
    if not form.is_valid():
        if "people" in form.errors or "key" in form.errors:
            raise BadRequest
        messages.error(request, _faults(form))
        return redirect("start", community)
    reasons = {each.person: each for each in hear_first(request.actor).next}
    shares = [
        (worker, list(zip(people, days, strict=False)))
        for worker, people, days in form.shared_out()
    ]
    first, *others = [
        {
            "worker": worker,
            "visits": [
                {"person": person, "planned_on": day, "reasons": _reasons(reasons.get(person))}
                for person, day in visits
            ],
        }
        for worker, visits in shares
    ]
    also = [
        Deed(
            action="listen.plan_visits",
            data=each,
            key=uuid.uuid5(form.cleaned_data["key"], str(each["worker"])),
        )
        for each in others
    ]
    also += _remembered(form, reasons)
    done = attempt_with(form, "listen.plan_visits", request, first, also=also)
    if done is None:
        messages.error(request, _faults(form))
        return redirect("start", community)
    met = len(listen.met_on(request.actor, {each for _worker, visits in shares for each in visits}))
    count = len(form.cleaned_data["people"]) - met
    said = ngettext("%(count)s visit is planned.", "%(count)s visits are planned.", count)
    said %= {"count": count}
    if met:
        said += " " + said_met(met)
    messages.success(request, said, extra_tags=str(done.entry))
    return redirect("today", community)


def _remembered(form: HearVisitsForm, named: dict[uuid.UUID, ToHear]) -> list[Deed]:
    """What is known of them today, to be seen beside what comes of it."""
    people = [
        {"person": each, "known": named[each].known}
        for each in form.cleaned_data["people"]
        if each in named
    ]
    key = uuid.uuid5(form.cleaned_data["key"], "known")
    data = {"people": people, "planned_on": timezone.localdate()}
    return [Deed(action="start.keep_hearing", data=data, key=key)] if people else []


def _reasons(named: ToHear | None) -> list[dict[str, Any]]:
    return list(named.reasons) if named else [{"code": "never_heard", "facts": {}}]


def _faults(form: HearVisitsForm) -> str:
    return " ".join(str(each) for told in form.errors.values() for each in told)
