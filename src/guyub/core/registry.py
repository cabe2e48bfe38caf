"""Every action, query and job there is, by its stable name.

The names stand in logs and in the queues of phones: they are never changed or used again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guyub.core.action import Action
    from guyub.core.jobs import Kind
    from guyub.core.query import Query

actions: dict[str, Action] = {}
queries: dict[str, Query] = {}
jobs: dict[str, Kind] = {}

# What runners of jobs do once an hour besides: files that waited long enough are removed.
hourly: list[Callable[[], None]] = []
