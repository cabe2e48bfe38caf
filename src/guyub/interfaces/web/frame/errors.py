"""Pages for when something went wrong: what happened, and what to do. They read no table."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The address or the form cannot be read."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The person belongs here, but their role does not allow it."""
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form is too old, or comes from elsewhere."""
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing is here, or nothing for this person."""
    return render(request, "404.html", status=404)


def too_many_requests(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Somebody asked too often in a short time."""
    return render(request, "429.html", status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours. Without the request: whatever broke must not break this page too."""
    return HttpResponseServerError(render_to_string("500.html"))
