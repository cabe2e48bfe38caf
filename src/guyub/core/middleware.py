"""From the address to an actor, or to 404: outsiders cannot tell what exists."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from guyub.core.actor import actor_in
from guyub.core.cache import reading
from guyub.core.errors import Denied, Missing
from guyub.core.queries import community


class ActorMiddleware:
    """Every view with `community` in its address finds `request.actor` there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            with reading():
                return self.get_response(request)
        finally:
            timezone.deactivate()

    def process_view(
        self, request: HttpRequest, view: Any, arguments: Any, named: dict[str, Any]
    ) -> None:
        slug = named.get("community")
        # A phone is told more than that nothing is here; its views look for themselves.
        if slug is None or getattr(view, "finds_its_actor", False):
            return
        if not request.user.is_authenticated:
            # The log-in middleware answers; nothing is looked up before that.
            return
        try:
            request.actor = actor_in(request.user, slug)  # type: ignore[attr-defined]
        except Missing:
            raise Http404 from None
        here = community(request.actor)  # type: ignore[attr-defined]
        timezone.activate(zoneinfo.ZoneInfo(here.time_zone))

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        if isinstance(error, Missing):
            raise Http404 from None
        if isinstance(error, Denied):
            raise PermissionDenied from None
