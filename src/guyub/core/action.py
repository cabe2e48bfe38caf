"""The writing door: permission, open the community, one transaction, done before?, run, log.

A page, the API, the shell, a phone and an import all come through `perform`. What a worker notes
in one go is an entry: several deeds, performed together or not at all.
"""

from __future__ import annotations

import hmac
import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, get_type_hints

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from guyub.core import digests, feed, footprint, scope
from guyub.core.actor import Actor
from guyub.core.cache import writing
from guyub.core.errors import KeyTaken, Missing, Refused
from guyub.core.identifiers import new_identifier
from guyub.core.inputs import parse
from guyub.core.models import LogEntry, LogHead
from guyub.core.permissions import Permission
from guyub.core.redirects import followed

# How far a phone's clock may be off before it is set right, or its word not taken. Our choice: more
# than the drift of a phone that now and then meets a network, less than a shift in a day's order.
CLOCK_TOLERANCE = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One thing done: which action, with what, when, under a key that makes repeating harmless."""

    action: str
    data: Any
    at: datetime | None = None
    key: uuid.UUID = field(default_factory=new_identifier)
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What became of a deed."""

    key: uuid.UUID
    entry: uuid.UUID
    number: int
    result: Any
    done_before: bool


# What somebody did, to stand after their name in the log: a text to be translated when it is read,
# or a function of the result, where it counts or names something.
Sentence = Promise | Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True)
class Action:
    """A registered deed: all that is known of it, wherever it is read."""

    name: str
    permission: Permission
    sentence: Sentence
    undoable: bool
    offline: bool
    input_type: type
    function: Callable[[Actor, Any, datetime], Any]

    def describe(self, result: Any = None) -> str:
        """Say what was done. result: of the deed; without one only a fixed text says anything."""
        return str(self.sentence if isinstance(self.sentence, Promise) else self.sentence(result))

    @property
    def corrects(self) -> bool:
        """Whether it changes a row that others point at: a phone says from what it changed it."""
        return any(each.name == "base" for each in fields(self.input_type))


# Every action there is. The names stand in logs and in the queues of phones: they are never changed
# or used again.
ACTIONS: dict[str, Action] = {}


def action(
    name: str,
    *,
    permission: Permission,
    sentence: Sentence,
    undoable: bool = True,
    offline: bool = False,
) -> Callable[[Callable[[Actor, Any, datetime], Any]], Action]:
    """Register a deed under a stable name; its Input is the type of the parameter `data`.

    undoable: whether it changes rows that can be taken back. offline: whether a phone may send it
    that had no network: the deeds of field work. One that was taken once is taken for ever.
    """

    def register(function: Callable[[Actor, Any, datetime], Any]) -> Action:
        if name in ACTIONS:
            raise ValueError(f"Two actions are called {name}.")
        input_type = get_type_hints(function)["data"]
        registered = Action(name, permission, sentence, undoable, offline, input_type, function)
        ACTIONS[name] = registered
        return registered

    return register


def perform(
    actor: Actor, deeds: Sequence[Deed], *, entry: uuid.UUID | None = None
) -> list[Receipt]:
    """Do the deeds of one entry, all or none.

    A deed whose key was done before is not done again: its first result is returned.

    :raises Denied: the actor's role does not allow one of them.
    :raises Invalid: the data of one of them cannot be read.
    :raises Refused: a rule of the domain forbids one of them, or its key belongs to another deed.
    """
    actions = [_registered(deed.action) for deed in deeds]
    for each in actions:
        actor.demand(each.permission)
    inputs = [parse(each.input_type, deed.data) for each, deed in zip(actions, deeds, strict=True)]
    entry = entry or new_identifier()
    with writing(), transaction.atomic(), footprint.writing() as writes:
        # Holding the head of the log makes deeds in one community follow one another: the number
        # has no gaps, and two copies of one deed cannot both find that it was not done before.
        head = LogHead.objects.select_for_update().get(community_id=actor.community)
        receipts = []
        for each, deed, data in zip(actions, deeds, inputs, strict=True):
            receipt, founded = _perform_one(actor, each, deed, data, entry, head)
            actor = replace(actor, reach=actor.reach | founded)
            receipts.append(receipt)
        feed.publish(writes)
        return receipts


def _registered(name: str) -> Action:
    try:
        return ACTIONS[name]
    except KeyError:
        raise Missing(name) from None


def _perform_one(
    actor: Actor, each: Action, deed: Deed, data: Any, entry: uuid.UUID, head: LogHead
) -> tuple[Receipt, set[uuid.UUID]]:
    fingerprint = _fingerprint(each.name, data)
    before = LogEntry.objects.filter(key=deed.key).first()
    if before is not None:
        return _receipt_again(actor, before, fingerprint), set()
    now = timezone.now().astimezone(UTC)
    at = _believable(deed.at, now)
    with scope.opened(scope.Scope(actor.reach, deed=deed.key)) as opened:
        result = each.function(actor, _followed(each, deed, data), at)
    # Through JSON and back, so that the first answer and every later one are the same.
    result = json.loads(json.dumps(result, cls=DjangoJSONEncoder))
    head.number += 1
    logged = LogEntry(
        key=deed.key,
        entry=entry,
        community_id=actor.community,
        number=head.number,
        account_id=actor.account,
        role=actor.role,
        action=each.name,
        at=at,
        received_at=now,
        fingerprint=fingerprint,
        result=result,
        reason=deed.reason or getattr(data, "reason", ""),
        previous_hash=head.hash,
    )
    logged.hash = head.hash = logged.computed_hash()
    logged.save(force_insert=True)
    head.save(update_fields=["number", "hash"])
    receipt = Receipt(
        key=deed.key, entry=entry, number=logged.number, result=result, done_before=False
    )
    return receipt, opened.founded


def _followed(each: Action, deed: Deed, data: Any) -> Any:
    """The data, about who somebody turned out to be: a form may have been open since before."""
    if not isinstance(deed.data, Mapping):
        return data
    onward = followed(deed.data)
    return data if onward is deed.data else parse(each.input_type, onward)


def _believable(at: datetime | None, now: datetime) -> datetime:
    if at is None:
        return now
    if timezone.is_naive(at):
        raise Refused(_("A deed needs the time with its time zone."))
    return min(at.astimezone(UTC), now) if at > now + CLOCK_TOLERANCE else at.astimezone(UTC)


def _receipt_again(actor: Actor, before: LogEntry, fingerprint: str) -> Receipt:
    same_hand = before.account_id == actor.account and before.community_id == actor.community
    if not same_hand or not hmac.compare_digest(before.fingerprint, fingerprint):
        raise KeyTaken(
            _(
                "This key already belongs to another deed; nothing was changed. "
                "Send it with a new key."
            )
        )
    return Receipt(
        key=before.key,
        entry=before.entry,
        number=before.number,
        result=before.result,
        done_before=True,
    )


def _fingerprint(name: str, data: Any) -> str:
    content = json.dumps(data, cls=_DeedEncoder, sort_keys=True)
    return digests.mark("deed", f"{name}\n{content}".encode())


class _DeedEncoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        return vars(o) if is_dataclass(o) else super().default(o)
