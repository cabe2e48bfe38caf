"""Phones that work without a network, and what they sent that needs somebody's look."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from guyub.core import scope
from guyub.core.action import action
from guyub.core.actions.accounts import colleague, demand_below
from guyub.core.actor import Actor
from guyub.core.errors import Missing, Refused
from guyub.core.models import (
    Account,
    Community,
    Device,
    HandedOver,
    OfflineBan,
    SentEntry,
    Settlement,
)
from guyub.core.permissions import CorePermission
from guyub.core.vocabulary import SentOutcome, Settled

# Nobody carries more at one time; our choice. It keeps a stolen password from filling the table.
_MOST_DEVICES = 20


@dataclass(frozen=True, kw_only=True)
class NewDevice:
    """A phone, as it calls itself. schema: the form in which it keeps what it holds."""

    id: uuid.UUID
    label: Annotated[str, Field(max_length=80)]
    schema: Annotated[int, Field(ge=1, le=32_000)]


@dataclass(frozen=True, kw_only=True)
class RevokedDevice:
    """A phone that is to forget all it holds."""

    device: uuid.UUID
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class OfflineSwitch:
    """Whether an organisation lets phones hold something."""

    on: bool
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class SettledEntry:
    """What is decided about an entry that needs a look."""

    sent: uuid.UUID
    how: Settled


@action(
    "core.register_device",
    permission=CorePermission.WORK_OFFLINE,
    sentence=gettext_lazy("set up a phone for working offline"),
    undoable=False,
)
def register_device(actor: Actor, data: NewDevice, at: datetime) -> dict[str, str]:
    """Let a phone work offline for one's own account."""
    if OfflineBan.current.filter(workspace_id=actor.workspace).exists():
        raise Refused(_("Your organisation keeps nothing on phones."))
    if Device.objects.filter(pk=data.id).exists():
        raise Refused(_("This phone is known already."))
    own = Device.objects.filter(account_id=actor.account, revoked_at=None)
    if own.count() >= _MOST_DEVICES:
        raise Refused(_("You already have many phones. Remove one you no longer use."))
    now = timezone.now()
    device = Device.objects.create(
        id=data.id,
        account_id=actor.account,
        label=data.label.strip() or _("Phone"),
        schema=data.schema,
        first_seen=now,
        last_seen=now,
    )
    return {"id": str(device.pk)}


@action(
    "core.revoke_device",
    permission=CorePermission.COMMUNITY_READ,
    sentence=gettext_lazy("had a phone emptied"),
    undoable=False,
)
def revoke_device(actor: Actor, data: RevokedDevice, at: datetime) -> dict[str, str]:
    """Empty a phone the next time it connects: one's own, or a colleague's.

    What it has not sent yet is lost with it.
    """
    device = Device.objects.filter(pk=data.device, revoked_at=None).first()
    if device is None:
        raise Missing(str(data.device))
    if device.account_id != actor.account:
        if not actor.may(CorePermission.ACCOUNTS_CHANGE):
            raise Missing(str(data.device))
        demand_below(actor, colleague(actor, device.account_id))
    Device.objects.filter(pk=device.pk).update(revoked_at=timezone.now())
    HandedOver.objects.filter(device=device).delete()
    return {"id": str(device.pk)}


@action(
    "core.switch_offline",
    permission=CorePermission.ACCOUNTS_CHANGE,
    sentence=gettext_lazy("decided whether phones may hold something"),
)
def switch_offline(actor: Actor, data: OfflineSwitch, at: datetime) -> None:
    """Turn offline phones on for an organisation, or off, which empties all of them."""
    if Community.objects.get(pk=actor.community).parent_id is not None:
        raise Refused(_("This is decided for the whole organisation, on its own page."))
    bans = OfflineBan.current.filter(workspace_id=actor.workspace)
    if data.on != bans.exists():
        raise Refused(_("That is already the case."))
    if data.on:
        bans.update(withdrawn_in_id=scope.deed())
    else:
        OfflineBan.objects.create(workspace_id=actor.workspace, stated_in_id=scope.deed())
        own = Account.objects.filter(workspace_id=actor.workspace)
        HandedOver.objects.filter(device__account__in=own).delete()


def _describe_settlement(result: Mapping[str, Any]) -> str:
    if result["how"] == Settled.TAKEN:
        return _("accepted a change sent by a phone")
    return _("rejected a change sent by a phone")


@action("core.settle_sent", permission=CorePermission.WITHDRAW_OWN, sentence=_describe_settlement)
def settle_sent(actor: Actor, data: SettledEntry, at: datetime) -> dict[str, str]:
    """Note the decision on an entry under review; it then leaves the list."""
    row = SentEntry.objects.select_for_update().filter(pk=data.sent).first()
    if row is None or row.community_id not in actor.reach or not may_look(actor, row):
        raise Missing(str(data.sent))
    if SentOutcome(row.outcome) not in {SentOutcome.REVIEW, SentOutcome.PARKED}:
        raise Refused(_("There is nothing left to decide here."))
    if Settlement.current.filter(sent=row).exists():
        raise Refused(_("Someone has already decided this."))
    Settlement.objects.create(sent=row, how=data.how, stated_in_id=scope.deed())
    return {"how": str(data.how)}


def may_look(actor: Actor, row: SentEntry) -> bool:
    """Whether this actor may read what a phone sent: their own, or as a planner everybody's."""
    return row.account_id == actor.account or actor.may(CorePermission.SENT_READ)
