"""What all processes wrote, in the order in which this one learns of it.

Each entry leaves what it wrote in a table, in its own transaction. A process asks what is new there
before it gives an answer that it remembers. So the processes need no word from each other, and an
entry that was rolled back was never there.
"""

from __future__ import annotations

import uuid
from collections import deque
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from threading import Lock
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Func, Q, QuerySet, Value
from django.utils import timezone

from guyub.core.footprint import WriteSet
from guyub.core.models import Footprint

# After more entries than this all is read anew. Our choice: some days of a team.
MOST_FOLLOWED = 1000

# How long a process may ask for nothing before it begins anew. Our choice.
_KEPT = timedelta(hours=1)


@dataclass(frozen=True, order=True)
class Position:
    """How much a process has learnt: of how many entries, since it last began anew."""

    beginning: int
    learnt: int


class Feed:
    """What one process has learnt of what was written."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._beginning = self._learnt = 0
        self._writes: deque[WriteSet] = deque(maxlen=MOST_FOLLOWED)
        # The newest row, by its number and token.
        self._newest: tuple[int, uuid.UUID | None] | None = None
        # Numbers that were passed over and may still come, as their transactions had not ended:
        # each with the transaction that would have begun next.
        self._missing: dict[int, int] = {}

    def position(self) -> Position:
        """Learn what is new, and tell how much that makes.

        Whatever is read from the database afterwards holds all of it.
        """
        with self._lock:
            if self._newest is None or not self._go_on(*self._newest):
                self._begin_anew()
            return Position(self._beginning, self._learnt)

    def between(self, then: Position, until: Position) -> list[WriteSet] | None:
        """What was written between two positions; nothing where that is no longer known."""
        with self._lock:
            first = self._learnt - len(self._writes)
            if not then.beginning == until.beginning == self._beginning or then.learnt < first:
                return None
            return list(islice(self._writes, then.learnt - first, until.learnt - first))

    def _go_on(self, number: int, token: uuid.UUID | None) -> bool:
        """Learn what came after the newest row; not where that row is no longer there."""
        rows = list(_rows(Q(pk__gte=number) | Q(pk__in=list(self._missing)))[: MOST_FOLLOWED + 1])
        if len(rows) > MOST_FOLLOWED or (
            token and (number, token) not in [row[:2] for row in rows]
        ):
            return False
        new = [row for row in rows if row[0] > number or row[0] in self._missing]
        self._writes.extend(WriteSet.of(content) for _number, _token, content, *_ in new)
        self._learnt += len(new)
        self._note(rows, number)
        return True

    def _begin_anew(self) -> None:
        # One more than is followed: all that is there of the numbers that `_note` looks back over.
        rows = list(_rows(Q()).reverse()[: MOST_FOLLOWED + 1])[::-1]
        self._beginning += 1
        self._learnt = 0
        self._writes.clear()
        self._missing.clear()
        self._newest = (0, None)
        self._note(rows, 0)

    def _note(self, rows: list[Any], number: int) -> None:
        """Note which row is the newest, and which numbers after `number` have not come yet."""
        if not rows:
            return
        last, token, _content, oldest, following = rows[-1]
        there = {row[0] for row in rows}
        passed = range(max(number + 1, last - MOST_FOLLOWED), last)
        missing = self._missing | dict.fromkeys(passed, following)
        self._missing = {
            each: begun for each, begun in missing.items() if each not in there and oldest < begun
        }
        self._newest = (last, token)


def publish(writes: WriteSet) -> None:
    """Leave for all processes what was written in the transaction that is under way."""
    if writes.everything or writes.tables:
        Footprint.objects.create(content=writes.plain())


def clear_away() -> None:
    """Drop what every process that still asks has read long ago."""
    Footprint.objects.filter(written_at__lt=timezone.now() - _KEPT).delete()


def forget_all() -> None:
    """Have all processes forget all they remember, and leave no trace of what it was about."""
    Footprint.objects.all().delete()
    publish(WriteSet(None))


def _rows(wanted: Q) -> QuerySet[Any, Any]:
    """Rows in their order, with the oldest transaction that had not ended, and the next to begin.

    SQLite writes one transaction after the other: no number comes later than a higher one.
    """
    oldest: Any = Value(1, BigIntegerField())
    following: Any = Value(0, BigIntegerField())
    if connection.vendor == "postgresql":
        oldest, following = (
            _Snapshot(function="pg_snapshot_xmin"),
            _Snapshot(function="pg_snapshot_xmax"),
        )
    rows = Footprint.objects.filter(wanted).order_by("pk")
    return rows.annotate(oldest=oldest, following=following).values_list(
        "pk", "token", "content", "oldest", "following"
    )


class _Snapshot(Func):
    """A bound of the transactions that a statement sees."""

    template = "%(function)s(pg_current_snapshot())::text::bigint"
    output_field = BigIntegerField()
