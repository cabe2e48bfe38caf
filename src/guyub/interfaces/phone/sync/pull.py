"""A pull: what is different for a phone since its cursor."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from guyub.core import pull_cursor
from guyub.core import queries as core
from guyub.core.actor import Actor
from guyub.core.models import Device
from guyub.interfaces.phone.sync.rows import SHAPE, rows


def changes_since(actor: Actor, device: Device, cursor: uuid.UUID | None) -> dict[str, Any]:
    """The next page of what is different.

    :raises OtherEpoch: the phone begins anew, without a cursor.
    """
    now = pull_cursor.epoch(actor, SHAPE)
    # First the state of the logs, then the rows: see `next_step`.
    heads = _heads(actor)
    step = pull_cursor.unchanged(actor, device, cursor, now, heads)
    found = {}
    if step is None:
        found = rows(actor)
        versions = {name: row.version for name, row in found.items()}
        step = pull_cursor.next_step(actor, device, cursor, now, heads, versions)
    return {
        "server_time": timezone.now(),
        "cursor": step.cursor,
        "epoch": now,
        "more": step.more,
        "digest": step.digest,
        "rows": [_gone(name) for name in step.gone] + [_fresh(found[name]) for name in step.fresh],
    }


def digest_at(actor: Actor, device: Device, cursor: uuid.UUID | None) -> dict[str, Any]:
    """What a phone at this cursor must hold, as one short text.

    :raises OtherEpoch: the phone begins anew, without a cursor.
    """
    now = pull_cursor.epoch(actor, SHAPE)
    return {"digest": pull_cursor.held_digest(actor, device, cursor, now)}


def _heads(actor: Actor) -> str:
    """Another text whenever a row could be another one: after a deed, and on another day.

    A profile is changed by a deed that may stand in the log of another community.
    """
    parts = (
        core.newest_deeds(actor),
        timezone.now().date().isoformat(),
        actor.name,
        get_language() or "",
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _fresh(row: Any) -> dict[str, Any]:
    return {"kind": row.kind, "id": row.id, "version": row.version, "data": row.data}


def _gone(name: str) -> dict[str, Any]:
    kind, _space, identifier = name.partition(" ")
    return {"kind": kind, "id": identifier, "version": None, "data": None}
