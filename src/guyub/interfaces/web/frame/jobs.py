"""Long work under way: how far it has come, and on to what came of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from guyub.core import jobs, queries
from guyub.core.queries import JobRow
from guyub.core.vocabulary import JobState
from guyub.interfaces.web.frame.responses import PageRequest, render

_UNDER_WAY = frozenset({JobState.WAITING, JobState.RUNNING})

_TITLES = {
    JobState.WAITING: _("Work under way"),
    JobState.RUNNING: _("Work under way"),
    JobState.DONE: _("Done"),
    JobState.FAILED: _("This did not work"),
    JobState.CANCELLED: _("Cancelled"),
}


@require_http_methods(["GET", "POST"])
def job(request: PageRequest, community: str, job: uuid.UUID) -> HttpResponse:
    """Show a job that somebody began, until it leads on; a post cancels it."""
    if request.method == "POST":
        if jobs.cancel(request.actor, job):
            messages.success(request, _("Cancelled."))
        return redirect("job", community, job)
    row = queries.job(request.actor, job)
    if row.state == JobState.DONE and (address := _goes_to(community, row)):
        return HttpResponse(headers={"HX-Redirect": address}) if request.htmx else redirect(address)
    if request.htmx and row.state not in _UNDER_WAY:
        # It ended without leading on: the whole page is another, its title too.
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {
        "community": community,
        "job": row,
        "title": _TITLES[row.state],
        "under_way": row.state in _UNDER_WAY,
        # The sentence is sent again only when it is another: a screen reader says it once.
        "another": request.GET.get("seen") != row.state,
    }
    return render(request, "frame/job.html", context, fragment="step")


def _goes_to(community: str, row: JobRow) -> str:
    """The page that shows what came of a job; empty where it names none.

    A job names a route and never an address, so that it cannot lead out of Guyub.
    """
    named: dict[str, Any]
    route, named = (row.result or {}).get("goes_to") or ("", dict[str, str]())
    try:
        return reverse(route, kwargs={"community": community, **named})
    except NoReverseMatch:
        return ""
