"""Deeds as a reader sees them: what was noted in one go stands together."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from guyub.core.queries import LogRow
from guyub.interfaces.web.words import deed_sentence


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What somebody did in one go."""

    id: uuid.UUID
    name: str
    role: str
    at: datetime
    sentences: tuple[str, ...]
    reason: str
    undoable: bool


def entries(rows: Iterable[LogRow]) -> list[Entry]:
    """Put the deeds of each entry together; the newest comes first, its deeds in their order."""
    return [_entry(list(deeds)) for _id, deeds in groupby(rows, key=lambda row: row.entry)]


def _entry(deeds: list[LogRow]) -> Entry:
    last = deeds[0]
    return Entry(
        id=last.entry,
        name=last.name,
        role=str(last.role.label),
        at=last.at,
        sentences=tuple(deed_sentence(deed.action, deed.result) for deed in reversed(deeds)),
        reason=next((deed.reason for deed in deeds if deed.reason), ""),
        undoable=any(deed.undoable for deed in deeds),
    )
