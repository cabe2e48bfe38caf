"""What can be read about phones: which there are, and what they sent that needs a look."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from guyub.core.actions.phones import may_look
from guyub.core.actor import Actor
from guyub.core.errors import Missing
from guyub.core.models import Account, Device, Membership, OfflineBan, SentEntry, Settlement
from guyub.core.permissions import CorePermission, Role, may_grant
from guyub.core.query import query
from guyub.core.redirects import followed
from guyub.core.vocabulary import SentOutcome

# After so long what has not arrived is no longer on its way (ODK Central holds entities for as
# long before it forces them).
PARKED_FOR = timedelta(days=5)

# More than a team decides in a sitting; the oldest come first. Our choice.
MOST = 100

# Refusals older than that are no news to anybody; our choice.
_LATELY = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class DeviceRow:
    """A phone that works offline for an account.

    parked: entries of it that wait here for something that has not arrived. revocable: whether the
    reader may have it forget what it holds.
    """

    id: uuid.UUID
    name: str
    own: bool
    label: str
    first_seen: datetime
    last_seen: datetime
    parked: int
    revocable: bool


@dataclass(frozen=True, kw_only=True)
class SentRow:
    """An entry that needs a look: a correction made from what was changed since, or one that waits.

    deeds: as they were sent, {action, data, at}; submission: the form that was filled in instead.
    Whoever was merged since is called by who stayed.
    reason: of an entry that was refused; its deeds stayed with who noted them.
    """

    id: uuid.UUID
    outcome: SentOutcome
    author: str
    own: bool
    noted_at: datetime
    received_at: datetime
    subject: uuid.UUID | None
    deeds: tuple[Mapping[str, Any], ...] = ()
    submission: Mapping[str, Any] | None = None
    reason: str = ""


@query("core.devices", permission=CorePermission.COMMUNITY_READ)
def devices(actor: Actor) -> tuple[DeviceRow, ...]:
    """Phones that work offline, the last one used first: one's own, or of the whole team."""
    roles = Membership.current.filter(community_id__in=actor.reach)
    team = roles.values("account") if actor.may(CorePermission.ACCOUNTS_READ) else []
    rows = Device.objects.filter(
        Q(account=actor.account) | Q(account__in=team), revoked_at=None, account__is_active=True
    )
    above = _above(actor)
    waiting = SentEntry.objects.filter(outcome=SentOutcome.PARKED, community_id__in=actor.reach)
    counts = waiting.filter(device__in=rows).values_list("device").annotate(count=Count("id"))
    parked = dict(counts)
    return tuple(
        DeviceRow(
            id=row.pk,
            name=row.account.name,
            own=row.account_id == actor.account,
            label=row.label,
            first_seen=row.first_seen,
            last_seen=row.last_seen,
            parked=parked.get(row.pk, 0),
            revocable=row.account_id == actor.account or row.account_id not in above,
        )
        for row in rows.select_related("account").order_by("-last_seen")
    )


@query("core.offline_allowed", permission=CorePermission.COMMUNITY_READ)
def offline_allowed(actor: Actor) -> bool:
    """Whether the organisation lets phones hold something."""
    return not OfflineBan.current.filter(workspace_id=actor.workspace).exists()


@query("core.to_look_at", permission=CorePermission.WITHDRAW_OWN)
def to_look_at(
    actor: Actor, *, subject: uuid.UUID | None = None, limit: int = MOST
) -> tuple[SentRow, ...]:
    """Entries from phones that need review, oldest first: one's own, or, as a planner, everyone's.

    subject: corrections of this person only.
    """
    rows = _open(actor)
    if subject is not None:
        rows = rows.filter(subject=subject)
    return tuple(_sent_row(actor, row) for row in rows[:limit])


@query("core.count_to_look_at", permission=CorePermission.WITHDRAW_OWN)
def count_to_look_at(actor: Actor) -> int:
    """How many entries need review."""
    return _open(actor).count()


@query("core.sent_entry", permission=CorePermission.WITHDRAW_OWN)
def sent_entry(actor: Actor, identifier: uuid.UUID) -> SentRow:
    """One entry that needs review.

    :raises Missing: it is not there, somebody else's, or nothing is left to decide about it.
    """
    row = _open(actor).filter(pk=identifier).first()
    if row is None or not may_look(actor, row):
        raise Missing(str(identifier))
    return _sent_row(actor, row)


@query("core.refused_lately", permission=CorePermission.WITHDRAW_OWN)
def refused_lately(actor: Actor) -> tuple[SentRow, ...]:
    """Refused entries from phones, newest first; they are still on the phone that sent them."""
    since = timezone.now() - _LATELY
    rows = _readable(actor).filter(outcome=SentOutcome.REFUSED, received_at__gte=since)
    return tuple(_sent_row(actor, row) for row in rows.order_by("-received_at")[:MOST])


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


def note_contact(device: Device, **values: Any) -> None:
    """Note that a phone asked, and what it said about itself."""
    Device.objects.filter(pk=device.pk).update(last_seen=timezone.now(), **values)


def may_work_offline(account: Account) -> bool:
    """Whether somebody holds a role anywhere that lets their phone hold something."""
    roles = Membership.current.filter(account=account, role__in=CorePermission.WORK_OFFLINE.roles)
    return roles.exists()


def _above(actor: Actor) -> set[uuid.UUID]:
    """Accounts over whose phones this actor has no say, as in `demand_below`."""
    if not actor.may(CorePermission.ACCOUNTS_CHANGE):
        return set(Account.objects.values_list("pk", flat=True))
    roles = Membership.current.filter(account__workspace_id=actor.workspace)
    return {
        held.account_id
        for held in roles
        if held.community_id not in actor.reach or not may_grant(actor.role, Role(held.role))
    }


def _readable(actor: Actor) -> QuerySet[SentEntry]:
    """Entries of phones that this actor may look at, as in `may_look`."""
    rows = SentEntry.objects.filter(community_id__in=actor.reach)
    if not actor.may(CorePermission.SENT_READ):
        rows = rows.filter(account_id=actor.account)
    return rows.select_related("account")


def _open(actor: Actor) -> QuerySet[SentEntry]:
    late = Q(outcome=SentOutcome.PARKED, received_at__lte=timezone.now() - PARKED_FOR)
    rows = _readable(actor).filter(Q(outcome=SentOutcome.REVIEW) | late)
    decided = Exists(Settlement.current.filter(sent=OuterRef("pk")))
    return rows.filter(~decided).order_by("received_at", "id")


def _sent_row(actor: Actor, row: SentEntry) -> SentRow:
    refused = row.outcome == SentOutcome.REFUSED
    content = [] if refused else followed(row.content or [])
    submission = content if isinstance(content, Mapping) else None
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
            for each in (() if submission else content)
        ),
        submission=submission,
        reason=(row.content or {}).get("reason", "") if refused else "",
    )
