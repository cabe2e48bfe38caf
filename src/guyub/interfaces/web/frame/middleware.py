"""What holds for every answer: nobody keeps a copy, and on the way it is small."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class NothingKeptMiddleware:
    """Every answer speaks of people, or tells where they go: no browser and no proxy keeps it.

    Says so on every answer: pages, redirects, faults. Static files are answered before it, and may
    be kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Cache-Control"] = "no-store, private"
        return response


class CompressedMiddleware(GZipMiddleware):
    """Pages, and what phones fetch, travel in a sixth of their size: lines are slow and paid for.

    The length of what is compressed could tell of a secret beside words that somebody else chose
    (BREACH). For that they would have to see the line and make this browser open hundreds of pages
    before its user's eyes, for otherwise no cookie goes along; Django adds up to a hundred random
    bytes to each, and the token of forms is another one in each page. Files, which are streamed,
    stay as they are: workbooks are compressed already.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Compress it, unless it is a file."""
        return response if response.streaming else super().process_response(request, response)
