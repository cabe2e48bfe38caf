"""From the body of a push to entries, each of which can be received or is refused with a reason."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _

from guyub.core.action import ACTIONS

# A push of more is cut in two by the phone: an answer that is lost then costs little.
MOST_DEEDS, MOST_BYTES = 100, 512 * 1024

# Forms of the body that are understood; an older one is read as long as a phone may send it.
SCHEMAS = frozenset({1})

# No text of ours holds them: PostgreSQL keeps no NUL, and half a surrogate pair is no letter.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")

_DEEPEST = 20


class Unreadable(Exception):
    """The body as a whole cannot be read: nothing in it was done."""


class TooLarge(Exception):
    """The body is beyond what one push may hold: nothing in it was done."""


@dataclass(frozen=True, kw_only=True)
class SentEntry:
    """One entry of a push; `fault` says why it cannot be received.

    name: what the phone called it, for the answer, even where that is no identifier.
    """

    name: str
    identifier: uuid.UUID | None
    deeds: tuple[Mapping[str, Any], ...]
    fault: str = ""


@dataclass(frozen=True, kw_only=True)
class Push:
    """A body that was read. sent_at: by the clock of the phone, where it said so."""

    sent_at: datetime | None
    entries: tuple[SentEntry, ...]


def read(body: bytes) -> Push:
    """Read the body of a push.

    :raises TooLarge: too many deeds or bytes.
    :raises Unreadable: it is not what a phone sends.
    """
    if len(body) > MOST_BYTES:
        raise TooLarge
    content = _json(body)
    entries = content.get("entries") if isinstance(content, dict) else None
    if not isinstance(entries, list) or not _understood(content.get("schema")):
        raise Unreadable
    lengths = [len(each["deeds"]) for each in entries if _holds_deeds(each)]
    if sum(lengths) > MOST_DEEDS or len(entries) > MOST_DEEDS:
        raise TooLarge
    return Push(
        sent_at=_time(content.get("sent_at")), entries=tuple(_entry(each) for each in entries)
    )


def read_object(body: bytes) -> dict[str, Any]:
    """Read a body that is one object.

    :raises Unreadable: it is none.
    """
    content = _json(body) if len(body) <= MOST_BYTES else None
    if not isinstance(content, dict) or not _writable(content):
        raise Unreadable
    return content


def _json(body: bytes) -> Any:
    try:
        return json.loads(body.decode(), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Unreadable from None


def _no_number(name: str) -> None:
    raise ValueError(name)


def _holds_deeds(entry: Any) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("deeds"), list)


def _entry(content: Any) -> SentEntry:
    name = content.get("entry") if isinstance(content, dict) else None
    named = name if isinstance(name, str) else ""
    known_as = identifier(name)
    deeds = content["deeds"] if _holds_deeds(content) else None
    fault = ""
    if known_as is None or not deeds:
        fault = _("This entry cannot be read.")
    elif not _writable(deeds):
        fault = _("There are signs in it that cannot be kept.")
    else:
        fault = next(filter(None, map(_fault, deeds)), "")
    if fault or deeds is None:
        return SentEntry(name=named, identifier=known_as, deeds=(), fault=fault)
    # Only what is known: nothing else is kept, be it for a while.
    known = [{name: deed.get(name) for name in ("key", "action", "data", "at")} for deed in deeds]
    for deed in known:
        deed["key"] = str(uuid.UUID(deed["key"]))
    return SentEntry(name=named, identifier=known_as, deeds=tuple(known))


def _fault(deed: Any) -> str:
    """Why a deed cannot be taken from a phone; empty where it can."""
    if not isinstance(deed, dict) or not isinstance(deed.get("data"), dict):
        return _("This entry cannot be read.")
    name = deed.get("action")
    action = ACTIONS.get(name) if isinstance(name, str) else None
    if action is None or not action.offline:
        return _("This cannot be done from a phone without a network.")
    if identifier(deed.get("key")) is None:
        return _("This entry cannot be read.")
    if deed.get("at") is not None and _time(deed["at"]) is None:
        return _("A deed needs the time with its time zone.")
    known = {each.name for each in fields(action.input_type)}
    if not deed["data"].keys() <= known:
        # Of a later phone, say: to leave it out unseen would lose it.
        return _("Something in it is not known here yet.")
    if action.corrects and not isinstance(deed["data"].get("base"), dict):
        return _("A correction says from what it was made.")
    return ""


def identifier(text: Any) -> uuid.UUID | None:
    """An identifier that a phone made; nothing where it is none."""
    try:
        return uuid.UUID(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _time(text: Any) -> datetime | None:
    try:
        found = parse_datetime(text) if isinstance(text, str) else None
        # At the very edges of the calendar there is no such moment in another time zone.
        return found if found is not None and is_aware(found) and found.timestamp() else None
    except (ValueError, OverflowError):
        return None


def _understood(schema: Any) -> bool:
    return isinstance(schema, int) and schema in SCHEMAS


def _writable(value: Any, depth: int = 0) -> bool:
    """Whether every text in it can be kept by every database, and it is no deeper than any deed."""
    if depth > _DEEPEST:
        return False
    if isinstance(value, str):
        return _UNWRITABLE.search(value) is None
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    return not isinstance(value, list) or all(_writable(part, depth + 1) for part in value)
