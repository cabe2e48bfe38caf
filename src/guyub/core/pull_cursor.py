"""What a phone holds, and what of it is different now.

The server writes down exactly what it handed over, and compares that with what may be held now. So
nothing is missed, whatever order deeds were done in and whatever answer was lost; who left the
scope, or was erased, is taken from the phone by a line without content.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from guyub.core.actor import Actor
from guyub.core.models import Device, HandedOver

# Rows in one answer: on a slow line a page gets through, and counts, before the line drops.
PAGE = 300


@dataclass(frozen=True, kw_only=True)
class Step:
    """What a phone is to do: take these names in anew, drop those, and remember the cursor."""

    cursor: uuid.UUID
    fresh: tuple[str, ...]
    gone: tuple[str, ...]
    more: bool
    digest: str


class OtherEpoch(Exception):
    """The phone's copy counts no more: it begins anew."""


def epoch(actor: Actor, shape: str) -> str:
    """With which rights, and in which form, things are handed over; the same while both are."""
    rights = f"{shape} {actor.role} {' '.join(map(str, actor.lineage))}"
    return hashlib.sha256(rights.encode()).hexdigest()


def unchanged(
    actor: Actor, device: Device, cursor: uuid.UUID | None, now: str, heads: str
) -> Step | None:
    """The step of a phone that holds everything already, without working out what that is."""
    copy = _copy(actor, device, cursor, now)
    if copy is None or copy.heads != heads:
        return None
    return Step(cursor=copy.pk, fresh=(), gone=(), more=False, digest=digest(copy.held))


def next_step(
    actor: Actor,
    device: Device,
    cursor: uuid.UUID | None,
    now: str,
    heads: str,
    versions: Mapping[str, str],
) -> Step:
    """Work out a phone's next step, and write down what it holds after it.

    heads: the state of the logs, asked for before `versions` was read: a deed done in between is
    then seen by the next question, if not by this one.

    :raises OtherEpoch: what the phone speaks of was handed over with other rights, or is not known.
    """
    with transaction.atomic():
        copy = _copy(actor, device, cursor, now)
        held: dict[str, str] = dict(copy.held) if copy else {}
        gone = [name for name in held if name not in versions][:PAGE]
        fresh = [name for name, version in versions.items() if held.get(name) != version]
        shown = fresh[: PAGE - len(gone)]
        for name in gone:
            del held[name]
        held |= {name: versions[name] for name in shown}
        more = held != dict(versions)
        copies = HandedOver.objects.filter(device=device, community_id=actor.community)
        (copies.exclude(pk=cursor) if cursor else copies).delete()
        after = HandedOver(device=device, community_id=actor.community, epoch=now)
        after.heads, after.held = "" if more else heads, held
        after.save(force_insert=True)
        return Step(
            cursor=after.pk,
            fresh=tuple(shown),
            gone=tuple(gone),
            more=more,
            digest="" if more else digest(held),
        )


def held_digest(actor: Actor, device: Device, cursor: uuid.UUID | None, now: str) -> str:
    """The digest of what a phone at this cursor holds.

    :raises OtherEpoch: as for `next_step`.
    """
    copy = _copy(actor, device, cursor, now)
    return digest(copy.held if copy else {})


def digest(held: Mapping[str, str]) -> str:
    """Of names and versions, as the phone works it out too (docs/reference/sync.md)."""
    lines = "".join(f"{name} {version}\n" for name, version in sorted(held.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def _copy(actor: Actor, device: Device, cursor: uuid.UUID | None, now: str) -> HandedOver | None:
    if cursor is None:
        return None
    copies = HandedOver.objects.filter(device=device, community_id=actor.community, epoch=now)
    copy = copies.filter(pk=cursor).first()
    if copy is None:
        raise OtherEpoch
    return copy
