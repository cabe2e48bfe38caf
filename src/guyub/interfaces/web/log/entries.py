"""Deeds as a reader sees them: what was noted in one go stands together."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from guyub.core.action import ACTIONS
from guyub.core.queries import LogRow


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What somebody did in one go."""

    id: uuid.UUID
    name: str
    role: str
    at: datetime
    sentences: tuple[str, ...]
    reason: str
    taken_back: bool
    undoable: bool


def entries(rows: Iterable[LogRow]) -> list[Entry]:
    """Put the deeds of each entry together; the newest comes first, its deeds in their order."""
    grouped = [list(deeds) for _id, deeds in groupby(rows, key=lambda row: row.entry)]
    taken_back = _taken_back(grouped)
    return [_entry(deeds, deeds[0].entry in taken_back) for deeds in grouped]


def _taken_back(grouped: Iterable[Sequence[LogRow]]) -> set[uuid.UUID]:
    """Which entries do not count any more; an undo that was itself undone takes nothing back."""
    found: set[uuid.UUID] = set()
    for deeds in grouped:
        if deeds[0].entry in found:
            continue
        for deed in deeds:
            if deed.action == "core.withdraw_entry" and isinstance(deed.result, dict):
                found.add(uuid.UUID(deed.result["entry"]))
    return found


def _entry(deeds: Sequence[LogRow], taken_back: bool) -> Entry:
    last = deeds[0]
    return Entry(
        id=last.entry,
        name=last.name,
        role=str(last.role.label),
        at=last.at,
        sentences=tuple(ACTIONS[deed.action].describe(deed.result) for deed in reversed(deeds)),
        reason=next((deed.reason for deed in deeds if deed.reason), ""),
        taken_back=taken_back,
        undoable=not taken_back and any(deed.undoable for deed in deeds),
    )
