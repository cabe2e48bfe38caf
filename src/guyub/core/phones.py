"""What can be read about phones: which there are, and what they sent that needs a look."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from guyub.core.actions.phones import may_look
from guyub.core.actor import Actor
from guyub.core.errors import Missing
from guyub.core.models import Account, Device, Membership, OfflineBan, SentEntry, Settlement
from guyub.core.permissions import PERMISSIONS, Permission
from guyub.core.query import query
from guyub.core.vocabulary import SentOutcome

# After so long what has not arrived is no longer on its way (ODK Central holds entities for as
# long before it forces them).
PARKED_FOR = timedelta(days=5)

# More than a team decides in a sitting; the oldest come first. Our choice.
MOST = 100


@dataclass(frozen=True, kw_only=True)
class DeviceRow:
    """A phone that works offline for an account."""

    id: uuid.UUID
    label: str
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, kw_only=True)
class SentRow:
    """An entry that needs a look: a correction made from what was changed since, or one that waits.

    deeds: as they were sent, {action, data, at}.
    """

    id: uuid.UUID
    outcome: SentOutcome
    author: str
    own: bool
    noted_at: datetime
    received_at: datetime
    subject: uuid.UUID | None
    deeds: tuple[Mapping[str, Any], ...]


@query("core.own_devices", permission=Permission.COMMUNITY_READ)
def own_devices(actor: Actor) -> tuple[DeviceRow, ...]:
    """The actor's own phones, the last one used first."""
    return _devices(actor.account)


@query("core.devices_of", permission=Permission.ACCOUNTS_READ)
def devices_of(actor: Actor, account: uuid.UUID) -> tuple[DeviceRow, ...]:
    """A colleague's phones.

    :raises Missing: nobody with a role here has this account.
    """
    held = Membership.current.filter(account=account, community_id__in=actor.reach)
    if not held.exists():
        raise Missing(str(account))
    return _devices(account)


@query("core.offline_allowed", permission=Permission.COMMUNITY_READ)
def offline_allowed(actor: Actor) -> bool:
    """Whether the organisation lets phones hold something."""
    return not OfflineBan.current.filter(workspace_id=actor.workspace).exists()


@query("core.to_look_at", permission=Permission.WITHDRAW_OWN)
def to_look_at(
    actor: Actor, *, subject: uuid.UUID | None = None, limit: int = MOST
) -> tuple[SentRow, ...]:
    """What phones sent that needs a look, the oldest first: one's own, or as a planner everybody's.

    subject: corrections of this person only.
    """
    rows = _open(actor)
    if subject is not None:
        rows = rows.filter(subject=subject)
    return tuple(_sent_row(actor, row) for row in rows[:limit])


@query("core.count_to_look_at", permission=Permission.WITHDRAW_OWN)
def count_to_look_at(actor: Actor) -> int:
    """How many entries need a look."""
    return _open(actor).count()


@query("core.sent_entry", permission=Permission.WITHDRAW_OWN)
def sent_entry(actor: Actor, identifier: uuid.UUID) -> SentRow:
    """One entry that needs a look.

    :raises Missing: it is not there, somebody else's, or nothing is left to decide about it.
    """
    row = _open(actor).filter(pk=identifier).first()
    if row is None or not may_look(actor, row):
        raise Missing(str(identifier))
    return _sent_row(actor, row)


def phone(identifier: uuid.UUID | None) -> Device | None:
    """A phone by its own identifier, for the interface that it asks: no actor is needed for that.

    It is told whether it still counts, even where nobody is logged in on it any more.
    """
    if identifier is None:
        return None
    return Device.objects.select_related("account").filter(pk=identifier).first()


def counts(device: Device) -> bool:
    """Whether a phone may still hold something of somebody."""
    return device.revoked_at is None and device.account.is_active


def seen(device: Device, **values: Any) -> None:
    """Note that a phone asked, and what it said about itself."""
    Device.objects.filter(pk=device.pk).update(last_seen=timezone.now(), **values)


def may_work_offline(account: Account) -> bool:
    """Whether somebody holds a role anywhere that lets their phone hold something."""
    working = [role for role, held in PERMISSIONS.items() if Permission.WORK_OFFLINE in held]
    return Membership.current.filter(account=account, role__in=working).exists()


def _devices(account: uuid.UUID) -> tuple[DeviceRow, ...]:
    rows = Device.objects.filter(account=account, revoked_at=None).order_by("-last_seen")
    return tuple(
        DeviceRow(id=row.pk, label=row.label, first_seen=row.first_seen, last_seen=row.last_seen)
        for row in rows
    )


def _open(actor: Actor) -> QuerySet[SentEntry]:
    late = Q(outcome=SentOutcome.PARKED, received_at__lte=timezone.now() - PARKED_FOR)
    rows = SentEntry.objects.filter(
        Q(outcome=SentOutcome.REVIEW) | late, community_id__in=actor.reach
    ).filter(~Exists(Settlement.current.filter(sent=OuterRef("pk"))))
    if not actor.may(Permission.LISTEN_CONFIDENTIAL):
        rows = rows.filter(account_id=actor.account)
    return rows.select_related("account").order_by("received_at", "id")


def _sent_row(actor: Actor, row: SentEntry) -> SentRow:
    return SentRow(
        id=row.pk,
        outcome=SentOutcome(row.outcome),
        author=row.account.name,
        own=row.account_id == actor.account,
        noted_at=row.noted_at,
        received_at=row.received_at,
        subject=row.subject,
        deeds=tuple(
            {"action": each["action"], "data": each["data"], "at": each["at"]}
            for each in row.content or ()
        ),
    )
