"""Entries that phones send: each is received once, and its receipt is written with its effect.

A phone sends again whatever it has no answer to, sends in any order, and speaks of people who have
not arrived yet, or are gone. Each of these has an outcome that is final for the phone; nothing
that was noted is overwritten unseen, and nothing is lost but what is about somebody erased.
"""

from __future__ import annotations

import hmac
import json
import logging
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from guyub.core import digests
from guyub.core.action import CLOCK_TOLERANCE, Deed, Receipt, perform
from guyub.core.actor import Actor, actor_in
from guyub.core.errors import (
    ClosedCommunity,
    Denied,
    GuyubError,
    Invalid,
    KeyTaken,
    Missing,
    Refused,
    Stale,
)
from guyub.core.models import Device, LogHead, SentEntry
from guyub.core.redirects import any_erased, followed, identifiers_in
from guyub.core.submissions import Submission, submit
from guyub.core.vocabulary import SentOutcome

# What an entry holds, as plain data: deeds, or a form that was filled in.
Content = Sequence[Mapping[str, Any]] | Mapping[str, Any]

# Something else is noted under its identifier, or a number is beyond every measure.
_IMPOSSIBLE = (IntegrityError, DataError, OverflowError, ClosedCommunity)

_security = logging.getLogger("guyub.security")


@dataclass(frozen=True, kw_only=True)
class Received:
    """What became of an entry, as it is told to the phone."""

    entry: uuid.UUID
    outcome: str
    number: int | None = None
    reason: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    # Identifiers of what is there now, for whatever waits for them.
    arrived: frozenset[str] = frozenset()


def receive(
    actor: Actor,
    device: Device,
    entry: uuid.UUID,
    content: Content,
    *,
    ahead: timedelta = timedelta(),
) -> Received:
    """Receive an entry: do it, or keep it, and write down what became of it, in one transaction.

    content: deeds, {key, action, data, at} each, or a submission, {form, version, key, answers,
    at}, as plain data. ahead: how far the phone's clock runs ahead.
    """
    digest = _digest(actor, content)
    try:
        received = _receive_once(actor, device, entry, content, digest, ahead)
    except IntegrityError:
        # Sent to two communities at one time: the other one was first.
        received = _receive_once(actor, device, entry, content, digest, ahead)
    if received.outcome == SentOutcome.DONE:
        _do_what_waited_for(received.arrived)
    return received


def try_again(actor: Actor) -> None:
    """Do what this account sent earlier and what could not be done then, as far as it can be now.

    What was missing may have come by another way: somebody moved, or a role was given.
    """
    waiting = SentEntry.objects.filter(
        account_id=actor.account, community_id=actor.community, outcome=SentOutcome.PARKED
    )
    for entry in waiting.order_by("received_at", "id").values_list("pk", flat=True):
        _do_parked(entry)


def _receive_once(
    actor: Actor,
    device: Device,
    entry: uuid.UUID,
    content: Content,
    digest: str,
    ahead: timedelta,
) -> Received:
    with transaction.atomic():
        # As in `perform`: two copies of one entry cannot both find that it was not received yet.
        LogHead.objects.select_for_update().get(community_id=actor.community)
        before = SentEntry.objects.filter(pk=entry).first()
        if before is not None:
            return _again(before, actor, digest)
        now = timezone.now().astimezone(UTC)
        content = _set_right(content, device, ahead, now)
        row = SentEntry(
            id=entry,
            account_id=actor.account,
            community_id=actor.community,
            device=device,
            digest=digest,
            noted_at=min([_time(each["at"]) or now for each in _dated(content)], default=now),
            received_at=now,
        )
        received = _done_or_kept(actor, row, content)
        row.save(force_insert=True)
        return received


def _again(before: SentEntry, actor: Actor, digest: str) -> Received:
    same = before.account_id == actor.account and hmac.compare_digest(before.digest, digest)
    if not same:
        _note_reuse(actor)
        return Received(entry=before.pk, outcome=SentOutcome.REFUSED, reason=_reuse())
    if before.outcome == SentOutcome.DONE:
        return Received(entry=before.pk, outcome="done_before", number=before.number)
    refusal = before.content if before.outcome == SentOutcome.REFUSED else None
    return Received(entry=before.pk, outcome=before.outcome, **(refusal or {}))


def _done_or_kept(actor: Actor, row: SentEntry, content: Content) -> Received:
    """Do what was sent, or keep it with the reason why not; the row is told, and not yet saved."""
    row.number = row.content = row.subject = row.waits_for = None
    if any_erased(identifiers_in(content)):
        row.outcome = SentOutcome.ERASED
        return Received(entry=row.pk, outcome=row.outcome)
    try:
        receipts = _do(actor, followed(content), row.pk)
    except Missing as missing:
        row.outcome, row.content = SentOutcome.PARKED, content
        row.waits_for = _named(missing)
        return Received(entry=row.pk, outcome=row.outcome)
    except Stale:
        row.outcome, row.content = SentOutcome.REVIEW, content
        row.subject = _subject(followed(content))
        return Received(entry=row.pk, outcome=row.outcome)
    except (GuyubError, *_IMPOSSIBLE) as fault:
        if isinstance(fault, KeyTaken):
            _note_reuse(actor)
        refusal = _refusal(fault)
        row.outcome, row.content = SentOutcome.REFUSED, refusal
        return Received(entry=row.pk, outcome=row.outcome, **refusal)
    row.outcome, row.number = SentOutcome.DONE, receipts[-1].number
    before = all(each.done_before for each in receipts)
    return Received(
        entry=row.pk,
        outcome="done_before" if before else "done",
        number=row.number,
        arrived=frozenset(identifiers_in([content, *(each.result for each in receipts)])),
    )


def _do(actor: Actor, content: Content, entry: uuid.UUID) -> list[Receipt]:
    if not isinstance(content, Mapping):
        return perform(actor, _deeds(content), entry=entry)
    told = {"key": uuid.UUID(content["key"]), "at": _time(content["at"])}
    return submit(actor, Submission(**{**content, **told}), entry=entry)


def _refusal(fault: Exception) -> dict[str, Any]:
    """Why an entry is not done, for who noted it."""
    if isinstance(fault, Invalid):
        return {"reason": _("Something in it cannot be read."), "fields": fault.fields}
    if isinstance(fault, Denied):
        return {"reason": _("Your role does not allow this any more.")}
    if isinstance(fault, Refused):
        return {"reason": str(fault)}
    return {"reason": _("This cannot be saved as it is. Check it and note it again.")}


def _do_what_waited_for(arrived: Collection[str]) -> None:
    """Do entries that waited for something that is there now, and those that waited for them."""
    while arrived:
        waiting = SentEntry.objects.filter(
            outcome=SentOutcome.PARKED, waits_for__in=list(arrived)
        ).order_by("received_at", "id")
        found: set[str] = set()
        for entry in list(waiting.values_list("pk", flat=True)):
            found.update(_do_parked(entry))
        arrived = found


def _do_parked(entry: uuid.UUID) -> Collection[str]:
    """Do a parked entry with the rights its author has now; gives what has arrived with it."""
    row = SentEntry.objects.select_related("account", "community").get(pk=entry)
    try:
        author = actor_in(row.account, row.community.slug)
    except Missing:
        # Rights that are gone may be given again; until then it waits, and is shown after a while.
        return set()
    with transaction.atomic():
        LogHead.objects.select_for_update().get(community_id=author.community)
        row = SentEntry.objects.select_for_update().get(pk=entry)
        if row.outcome != SentOutcome.PARKED:
            return set()
        received = _done_or_kept(author, row, row.content)
        row.save()
        return received.arrived


def _deeds(content: Sequence[Mapping[str, Any]]) -> list[Deed]:
    return [
        Deed(
            action=each["action"],
            data=each["data"],
            at=_time(each["at"]),
            key=uuid.UUID(each["key"]),
        )
        for each in content
    ]


def _dated(content: Content) -> Sequence[Mapping[str, Any]]:
    """What of it bears a time: each deed, or the form as a whole."""
    return [content] if isinstance(content, Mapping) else content


def _set_right(content: Content, device: Device, ahead: timedelta, now: datetime) -> Content:
    """The same with times that can be: after the phone was first seen, and not after now."""
    dated = [_set_time_right(each, device, ahead, now) for each in _dated(content)]
    return dated[0] if isinstance(content, Mapping) else dated


def _set_time_right(
    told: Mapping[str, Any], device: Device, ahead: timedelta, now: datetime
) -> dict[str, Any]:
    at = _time(told.get("at")) or now
    try:
        at = at - ahead if abs(ahead) > CLOCK_TOLERANCE else at
    except OverflowError:
        at = now
    at = min(max(at, device.first_seen), now)
    return {**told, "at": at.isoformat()}


def _time(text: str | None) -> datetime | None:
    return parse_datetime(text) if text else None


def _named(missing: Missing) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(missing))
    except ValueError:
        return None


def _subject(content: Content) -> uuid.UUID | None:
    """Whom the corrections of an entry are about, if about one."""
    if isinstance(content, Mapping):
        return None
    people = {each["data"]["person"] for each in content if "base" in each["data"]}
    return uuid.UUID(people.pop()) if len(people) == 1 else None


def _digest(actor: Actor, content: Content) -> str:
    told = dict(content) if isinstance(content, Mapping) else list(content)
    text = json.dumps([str(actor.community), told], sort_keys=True, default=str)
    return digests.mark("sent", text.encode())


def _reuse() -> str:
    return _(
        "This key already belongs to another deed; nothing was changed. Send it with a new key."
    )


def _note_reuse(actor: Actor) -> None:
    _security.warning(
        "a phone sent something else under a key that is taken",
        extra={"account": str(actor.account)},
    )
