"""From the body of a push to entries, each of which can be received or is refused with a reason."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _

from guyub.core.action import ACTIONS
from guyub.core.push_inbox import Content
from guyub.core.submissions import READERS

# A push of more is cut in two by the phone: an answer that is lost then costs little.
MOST_DEEDS, MOST_BYTES = 100, 512 * 1024

# As many deeds as a form that was filled in counts for; our choice.
DEEDS_OF_A_SUBMISSION = 5

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

    name: what the phone called it, for the answer, even where that is no identifier. content: its
    deeds, or the form that was filled in.
    """

    name: str
    identifier: uuid.UUID | None
    content: Content
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
    if sum(map(_weight, entries)) > MOST_DEEDS:
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


def _holds(entry: Any, name: str, kind: type) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get(name), kind)


def _weight(entry: Any) -> int:
    if _holds(entry, "submission", dict):
        return DEEDS_OF_A_SUBMISSION
    return max(1, len(entry["deeds"])) if _holds(entry, "deeds", list) else 1


def _entry(content: Any) -> SentEntry:
    name = content.get("entry") if isinstance(content, dict) else None
    named = name if isinstance(name, str) else ""
    known_as = identifier(name)
    told, fault = _content(content)
    if known_as is None or told is None:
        fault = _("This entry cannot be read.")
    elif not _writable(told):
        fault = _("It contains characters that cannot be saved.")
    if fault or told is None:
        return SentEntry(name=named, identifier=known_as, content=(), fault=fault)
    return SentEntry(name=named, identifier=known_as, content=_known(told))


def _content(entry: Any) -> tuple[Any, str]:
    """What an entry holds, either deeds or a submission, and why it cannot be taken."""
    if _holds(entry, "submission", dict) and not _holds(entry, "deeds", list):
        return entry["submission"], _fault_of_submission(entry["submission"])
    if _holds(entry, "deeds", list) and entry["deeds"]:
        return entry["deeds"], next(filter(None, map(_fault, entry["deeds"])), "")
    return None, ""


def _known(told: Any) -> Content:
    """Only what is known: nothing else is kept, be it for a while."""
    if isinstance(told, dict):
        return _keyed(told, ("form", "version", "answers", "at"))
    return tuple(_keyed(deed, ("action", "data", "at")) for deed in told)


def _keyed(told: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {"key": str(uuid.UUID(told["key"])), **{name: told.get(name) for name in names}}


def _fault_of_submission(told: dict[str, Any]) -> str:
    """Why a form that was filled in cannot be taken; the form itself looks at the answers."""
    answers = told.get("answers")
    readable = isinstance(answers, dict) and all(map(_is_answer, answers.values()))
    if not readable or identifier(told.get("key")) is None:
        return _("This entry cannot be read.")
    if told.get("at") is not None and _time(told["at"]) is None:
        return _("A deed needs the time with its time zone.")
    form, version = told.get("form"), told.get("version")
    named = isinstance(form, str) and type(version) is int
    if not named or (form, version) not in READERS:
        return _("This form is not known here yet.")
    return ""


def _is_answer(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(each, str) for each in values)


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
        return _("It refers to something we do not have yet.")
    if action.corrects and not isinstance(deed["data"].get("base"), dict):
        return _("A correction must say what it replaces.")
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
