"""What is planned, day by day; and the same for a calendar program."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from guyub.core.calendars import digest_of, link_owner, own_calendar_link
from guyub.core.errors import Missing
from guyub.core.queries import community as opened
from guyub.core.queries import place_names
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.queries import MeetingRow, VisitRow
from guyub.cycle.listen.vocabulary import ListenPermission
from guyub.interfaces.web.frame.responses import PageRequest, attempt, attempt_with, render
from guyub.interfaces.web.meetings.calendar_feed import calendar_feed
from guyub.interfaces.web.meetings.forms import CalendarLinkForm

# How far back and ahead a calendar program is told; our choice.
_BEFORE, _AHEAD = timedelta(days=30), timedelta(days=366)

# The years that can be looked at: whoever lives here was born since, and plans no further.
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


@require_safe
def calendar(request: PageRequest, community: str) -> HttpResponse:
    """A month of meetings and of one's own visits, day by day."""
    request.actor.demand(ListenPermission.READ)
    today = timezone.localdate()
    begins = _month(request.GET.get("month", ""), today)
    after = _next_month(begins)
    ends = after - timedelta(days=1)
    meetings = listen.meetings(request.actor, begins, ends)
    visits = _own_visits(request, begins, ends)
    context = {
        "community": community,
        "begins": begins,
        "today": today,
        "days": _by_day(meetings, visits),
        "places": place_names(request.actor),
        "before": (begins - timedelta(days=1)).strftime("%Y-%m"),
        "after": after.strftime("%Y-%m"),
        "may_plan": request.actor.may(ListenPermission.WRITE),
        "groups": listen.meeting_groups(request.actor),
    }
    return render(request, "meetings/calendar.html", context)


@require_http_methods(["GET", "POST"])
def calendar_link(request: PageRequest, community: str) -> HttpResponse:
    """Make a secret address for a calendar program, or close it. It is shown once."""
    request.actor.demand(ListenPermission.READ)
    form = CalendarLinkForm(request.POST or None)
    address = ""
    if request.method == "POST" and form.is_valid():
        if "close" in request.POST:
            if done := attempt_with(form, "core.drop_calendar_link", request, {}):
                messages.success(request, _("The link is closed."), extra_tags=str(done.entry))
            return redirect("calendar_link", community)
        secret = secrets.token_urlsafe(32)
        if attempt(form, "core.make_calendar_link", request, digest=digest_of(secret)):
            address = request.build_absolute_uri(reverse("calendar_feed", args=(secret,)))
    context = {
        "community": community,
        "form": CalendarLinkForm() if address else form,
        "address": address,
        "link": own_calendar_link(request.actor),
    }
    return render(request, "meetings/calendar_link.html", context)


@login_not_required
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The meetings of a community, for whoever has its secret address."""
    try:
        actor, telling = link_owner(secret)
        if not actor.may(ListenPermission.READ):
            raise Missing("calendar")
    except Missing:
        raise Http404 from None
    card = opened(actor)
    now = timezone.now()
    today = timezone.localdate(timezone=ZoneInfo(card.time_zone))
    meetings = listen.meetings(actor, today - _BEFORE, today + _AHEAD)
    content = calendar_feed(card.name, card.time_zone, meetings, telling=telling, now=now)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


def _own_visits(request: PageRequest, begins: date, ends: date) -> list[VisitRow]:
    if not request.actor.may(ListenPermission.WRITE):
        return []
    rows = listen.visits(request.actor, worker=request.actor.account, until=ends)
    return [row for row in rows if row.due_on >= begins]


def _by_day(
    meetings: tuple[MeetingRow, ...], visits: list[VisitRow]
) -> list[tuple[date, list[dict[str, Any]]]]:
    entries: list[tuple[date, dict[str, Any]]]
    entries = [(row.planned_on, {"meeting": row}) for row in meetings]
    entries += [(row.due_on, {"visit": row}) for row in visits]
    entries.sort(key=itemgetter(0))
    return [
        (day, [entry for _day, entry in rows]) for day, rows in groupby(entries, key=itemgetter(0))
    ]


def _month(told: str, today: date) -> date:
    """The first day of the month that an address names; of this one where it names none."""
    if not told:
        return today.replace(day=1)
    try:
        month = date.fromisoformat(f"{told}-01")
    except ValueError:
        raise BadRequest from None
    if not _FIRST_YEAR <= month.year <= _LAST_YEAR:
        raise BadRequest
    return month


def _next_month(begins: date) -> date:
    return (begins + timedelta(days=31)).replace(day=1)
