"""Long work under way: how far it has come, and on to what came of it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from guyub.core import jobs, queries
from guyub.core.vocabulary import JobState
from guyub.interfaces.web.frame.responses import PageRequest, render

_UNDER_WAY = frozenset({JobState.WAITING, JobState.RUNNING})

_TITLES = {
    JobState.WAITING: _("Work in progress"),
    JobState.RUNNING: _("Work in progress"),
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
    if row.state == JobState.DONE and row.goes_to:
        if request.htmx:
            return HttpResponse(headers={"HX-Redirect": row.goes_to})
        return redirect(row.goes_to)
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
