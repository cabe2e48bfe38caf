"""Structured logs without personal data.

One JSON object a line, of things that never say who somebody is: the name of the route (not its
address), the status, the time taken, the type of an error and where it arose. Message texts stand
as their template, without what was filled in; texts of exceptions are left out, because databases
like to quote the row that they refused.
"""

from __future__ import annotations

import json
import logging
import time
import traceback
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

_requests = logging.getLogger("guyub.requests")

_SAFE = (
    "request",
    "method",
    "route",
    "status",
    "milliseconds",
    "account",
    "deeds",
    "job",
    "tries",
)


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "source": record.name,
            "message": str(record.msg),
        }
        line |= {name: vars(record)[name] for name in _SAFE if _plain(vars(record).get(name))}
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["where"] = [
                f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])[-8:]
            ]
        return json.dumps(line, ensure_ascii=False)


def _plain(value: Any) -> bool:
    return isinstance(value, str | int | float)


class RequestLogMiddleware:
    """One line for each request: what was asked, how it ended, how long it took."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        identifier = uuid.uuid4().hex
        response = self.get_response(request)
        response["X-Request-Id"] = identifier
        match = request.resolver_match
        user = getattr(request, "user", None)
        _requests.info(
            "request",
            extra={
                "request": identifier,
                "method": request.method,
                "route": match.view_name if match else "",
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - began) * 1000, 1),
                # An account's key, not its name: whoever reads logs does not learn who it is.
                "account": str(user.pk) if user is not None and user.is_authenticated else "",
            },
        )
        return response
