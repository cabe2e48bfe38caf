"""Today: whom to meet, and why."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from guyub.core import phones
from guyub.core.action import Deed, Receipt, perform
from guyub.core.actor import works_in_several
from guyub.core.permissions import CorePermission
from guyub.core.queries import place_names
from guyub.core.submissions import submit
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.queries import VisitRow
from guyub.cycle.listen.vocabulary import ListenPermission, Outcome, VisitResult
from guyub.cycle.start.analysis import suggest_people
from guyub.cycle.start.queries import answers
from guyub.cycle.start.vocabulary import StartPermission
from guyub.interfaces.submissions.conversation import met_today
from guyub.interfaces.web.frame.responses import PageRequest, redirect_back, render
from guyub.interfaces.web.today.page import (
    OutcomeForm,
    SettleForm,
    begin_looking,
    greeting,
    promise_card,
    rules,
    suggestion_cards,
    undone_from,
    visit_cards,
)

# How far ahead one looks for what comes next; our choice.
_AHEAD = timedelta(days=14)

# Suggestions, promises, and visits of colleagues at a time, each under its name in the address. Our
# choice.
_AT_A_TIME = {"shown": 5, "promises": 12, "colleagues": 12}


@require_safe
def today(request: PageRequest, community: str) -> HttpResponse:
    """Whom to meet today and why, what comes next, and what colleagues do."""
    request.actor.demand(ListenPermission.WRITE)
    now = timezone.localtime()
    ahead = now.date() + _AHEAD
    own = listen.visits(request.actor, worker=request.actor.account, until=ahead)
    places = place_names(request.actor)

    def cards(rows: Sequence[VisitRow]) -> list[dict[str, object]]:
        return visit_cards(request.actor, rows, community, places, now.date())

    shown = {name: _shown(request, name, least) for name, least in _AT_A_TIME.items()}
    sought = suggest_people(request.actor, on=now.date(), limit=shown["shown"] + 1)
    suggested = suggestion_cards(request.actor, sought[: shown["shown"]], community, places)
    promises = listen.promises_due(request.actor, until=now.date(), limit=shown["promises"] + 1)
    others = _colleagues_visits(request, ahead, shown["colleagues"] + 1)
    due = [row for row in own if row.due_on <= now.date()]
    context = {
        "community": community,
        "now": now,
        "greeting": greeting(now.hour),
        "meet": cards(due) + suggested,
        "rules": rules() if suggested else (),
        "looking": begin_looking(request.actor, now.date()),
        "several": works_in_several(request.user, ListenPermission.WRITE),
        "set_aside": [
            row for row in answers(request.actor, now.date()) if row.worker == request.actor.account
        ],
        "more": _more(shown, "shown", len(sought)),
        "meetings": listen.meetings(request.actor, now.date(), now.date()),
        "today": now.date(),
        "next": cards([row for row in own if row.due_on > now.date()]),
        "others": cards(others[: shown["colleagues"]]),
        "more_others": _more(shown, "colleagues", len(others)),
        "promises": [
            promise_card(row, community, places, now.date())
            for row in promises[: shown["promises"]]
        ],
        "more_promises": _more(shown, "promises", len(promises)),
        "nobody_noted": not listen.has_more_people(request.actor, 0),
        "may_bring_in": request.actor.may(ListenPermission.IMPORT),
        "may_plan": request.actor.may(StartPermission.READ),
        "may_work_offline": request.actor.may(CorePermission.WORK_OFFLINE)
        and phones.offline_allowed(request.actor),
        "requests": listen.requests(request.actor, only_open=True)
        if request.actor.may(ListenPermission.RIGHTS)
        else (),
    }
    return render(request, "today/today.html", context)


def _shown(request: PageRequest, name: str, least: int) -> int:
    """How many suggestions or promises somebody wants to see."""
    asked = request.GET.get(name, "")
    known = asked.isascii() and asked.isdigit() and len(asked) < 4
    return max(least, int(asked)) if known else least


def _more(shown: dict[str, int], name: str, there: int) -> str:
    """The address of the page with more of one kind on it, where there are more."""
    further = {**shown, name: shown[name] + _AT_A_TIME[name]}
    return f"?{urlencode(further)}" if there > shown[name] else ""


def _colleagues_visits(request: PageRequest, until: date, limit: int) -> tuple[VisitRow, ...]:
    """Whom colleagues are going to see, for who may know of it."""
    if not request.actor.may(ListenPermission.CONFIDENTIAL):
        return ()
    return listen.visits(request.actor, colleagues=True, until=until, limit=limit)


@require_POST
def settle_visit(request: PageRequest, community: str, visit: uuid.UUID) -> HttpResponse:
    """Note that they met, put the visit off, or drop it."""
    request.actor.demand(ListenPermission.WRITE)
    row = listen.visit(request.actor, visit)
    form = SettleForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    if row.settled:
        # On another phone, or by pressing twice: there is nothing left to do.
        return redirect_back(request, "today", community)
    result = VisitResult(form.cleaned_data["result"])
    if result == VisitResult.MET:
        met = met_today(row.person, form.cleaned_data["key"], visit=visit)
        receipt = submit(request.actor, met)[0]
    else:
        receipt = _settled(request, visit, form)
    said = {
        VisitResult.MET: _("Your meeting with %(name)s is noted."),
        VisitResult.LATER: _("The visit to %(name)s is put off."),
        VisitResult.DROPPED: _("%(name)s is no longer on your list."),
    }
    tags = undone_from(request, receipt.entry, community)
    messages.success(request, said[result] % {"name": row.name}, extra_tags=tags)
    return redirect_back(request, "today", community)


def _settled(request: PageRequest, visit: uuid.UUID, form: SettleForm) -> Receipt:
    """Put a visit off, or drop it."""
    told, day = form.cleaned_data, timezone.localdate()
    later = day + timedelta(days=told["days"] or 1)
    settled = {
        "visit": visit,
        "result": told["result"],
        "noted_on": day,
        "later_on": later if told["result"] == VisitResult.LATER else None,
    }
    deed = Deed(action="listen.settle_visit", data=settled, key=told["key"])
    return perform(request.actor, [deed])[0]


@require_POST
def settle_promise(request: PageRequest, community: str, promise: uuid.UUID) -> HttpResponse:
    """Note with one tap what became of a promise."""
    request.actor.demand(ListenPermission.WRITE)
    row = listen.promise(request.actor, promise)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    # Settled on another phone, or by pressing twice: there is nothing left to do.
    if row.promise.outcome is None:
        settled = {
            "promise": promise,
            "outcome": Outcome(form.cleaned_data["outcome"]),
            "noted_on": timezone.localdate(),
        }
        deed = Deed(action="listen.settle_promise", data=settled, key=form.cleaned_data["key"])
        (receipt,) = perform(request.actor, [deed])
        said = (
            _("The outcome of your promise to %(name)s is noted.")
            if row.promise.by_worker
            else _("The outcome of %(name)s’s promise is noted.")
        )
        tags = undone_from(request, receipt.entry, community)
        messages.success(request, said % {"name": row.name}, extra_tags=tags)
    return redirect_back(request, "today", community)
