"""What a worker does with somebody whom the rules suggest to meet."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guyub.core.action import Deed, perform
from guyub.core.errors import Missing
from guyub.core.submissions import submit
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.vocabulary import ListenPermission, VisitResult
from guyub.cycle.start.analysis import Suggestion, suggest_people
from guyub.cycle.start.vocabulary import Answer
from guyub.interfaces.submissions.conversation import met_today
from guyub.interfaces.web.frame.responses import PageRequest, redirect_back
from guyub.interfaces.web.today.page import AnswerForm, undone_from


@require_POST
def answer_suggestion(request: PageRequest, community: str, person: uuid.UUID) -> HttpResponse:
    """Note that they met, plan to meet later for the reasons shown, or set them aside."""
    request.actor.demand(ListenPermission.WRITE)
    name = listen.names(request.actor, {person}).get(person)
    if name is None:
        raise Missing(str(person))
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    sought = {row.person: row for row in suggest_people(request.actor, on=timezone.localdate())}
    if person in sought:
        if form.cleaned_data["result"] == VisitResult.MET:
            said = _("Your meeting with %(name)s is noted.")
            receipt = submit(request.actor, met_today(person, form.cleaned_data["key"]))[0]
        else:
            deed, said = _deed(sought[person], form)
            (receipt,) = perform(request.actor, [deed])
        tags = undone_from(request, receipt.entry, community)
        messages.success(request, said % {"name": name}, extra_tags=tags)
    # Else answered before, on another phone or by pressing twice: there is nothing left to do.
    return redirect_back(request, "today", community)


def _deed(row: Suggestion, form: AnswerForm) -> tuple[Deed, str]:
    """What an answer stands for, and what is said when it is done."""
    day, result = timezone.localdate(), form.cleaned_data["result"]
    action: str
    data: dict[str, Any]
    if result == VisitResult.LATER:
        action, said = "listen.plan_visits", _("%(name)s is on your list for another day.")
        later = day + timedelta(days=form.cleaned_data["days"] or 7)
        data = {
            "visits": [{"person": row.person, "planned_on": later, "reasons": list(row.reasons)}]
        }
    else:
        action = "start.answer_suggestion"
        said = (
            _("Your colleagues see that someone else should meet %(name)s.")
            if result == Answer.SOMEBODY_ELSE
            else _("%(name)s is no longer suggested to you.")
        )
        data = {"person": row.person, "answer": result, "answered_on": day}
    return Deed(action=action, data=data, key=form.cleaned_data["key"]), said
