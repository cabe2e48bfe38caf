"""A push: entries in, receipts out, in the order sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from guyub.core.actor import Actor
from guyub.core.models import Device
from guyub.core.push_inbox import Received, receive, try_again
from guyub.interfaces.phone.sync.parsing import Push, SentEntry


def push_entries(actor: Actor, device: Device, sent: Push) -> dict[str, Any]:
    """Receive every entry; each stands alone, so what happens to one does not touch the next."""
    now = timezone.now()
    ahead = sent.sent_at - now if sent.sent_at else timedelta()
    receipts = [_receipt(actor, device, each, ahead) for each in sent.entries]
    if sent.entries:
        try_again(actor)
    return {"server_time": now, "receipts": receipts}


def _receipt(actor: Actor, device: Device, sent: SentEntry, ahead: timedelta) -> dict[str, Any]:
    if sent.fault or sent.identifier is None:
        return {"entry": sent.name, "outcome": "refused", "reason": sent.fault, "fields": {}}
    received = receive(actor, device, sent.identifier, sent.content, ahead=ahead)
    return {"entry": sent.name, "outcome": received.outcome} | _more(received)


def _more(received: Received) -> dict[str, Any]:
    match received.outcome:
        case "done" | "done_before":
            return {"number": received.number}
        case "refused":
            return {"reason": received.reason, "fields": dict(received.fields)}
        case "review":
            return {"id": received.entry}
        case "parked":
            return {"why": "not_arrived"}
    return {}
