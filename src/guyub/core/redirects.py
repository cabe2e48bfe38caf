"""Identifiers that phones may still speak of, of those who were erased or merged meanwhile.

A step that erases or merges says so here, inside its action; what phones send is looked up here.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from guyub.core import digests, scope
from guyub.core.chunks import chunks
from guyub.core.models import Erased, HandedOver, Redirect, SentEntry
from guyub.core.vocabulary import SentOutcome

_IDENTIFIER = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)


def mark_erased(identifiers: Iterable[uuid.UUID], *, reason: str = "") -> None:
    """Remember that these were erased, and drop what phones sent about them.

    Phones that were handed one of them begin anew with a copy that does not hold it. A restored
    backup is cleaned outside of any deed, so none is asked for.
    """
    gone = set(identifiers)
    now = timezone.now()
    marks = [Erased(mark=mark(each), erased_at=now, reason=reason) for each in gone]
    Erased.objects.bulk_create(marks, ignore_conflicts=True)
    texts = {str(each) for each in gone}
    for row in SentEntry.objects.filter(content__isnull=False).iterator(chunk_size=500):
        if texts & identifiers_in(row.content):
            row.outcome, row.content = SentOutcome.ERASED, None
            row.subject = row.waits_for = None
            row.save(update_fields=["outcome", "content", "subject", "waits_for"])
    for copy in HandedOver.objects.iterator(chunk_size=50):
        if texts & {key.partition(" ")[2] for key in copy.held}:
            copy.delete()


def redirect(gone: uuid.UUID, into: uuid.UUID) -> None:
    """Remember, within an action, that what speaks of the one from now on means the other."""
    Redirect.objects.create(gone=gone, into=into, stated_in_id=scope.deed())


def any_erased(identifiers: Iterable[str]) -> bool:
    """Whether one of these was erased."""
    marks = [mark(uuid.UUID(each)) for each in identifiers]
    return any(Erased.objects.filter(pk__in=chunk).exists() for chunk in chunks(marks))


def identifiers_in(value: Any) -> set[str]:
    """Every identifier in plain data, however deep, as a part of a name too, in usual spelling."""
    if isinstance(value, uuid.UUID):
        return {str(value)}
    if isinstance(value, str):
        return {str(uuid.UUID(each)) for each in _IDENTIFIER.findall(value)}
    if isinstance(value, Mapping):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list | tuple):
        return set().union(*map(identifiers_in, value))
    return set()


def followed(value: Any) -> Any:
    """The same plain data, with whoever was merged called by the identifier that stayed."""
    if not Redirect.current.exists():
        return value
    into = _redirects(identifiers_in(value))
    return _replaced(value, into) if into else value


def _redirects(named: set[str]) -> dict[str, str]:
    """For each that was merged, where it is in the end: whoever stayed may be merged again."""
    steps: dict[str, str] = {}
    asked = set(named)
    while asked:
        rows = Redirect.current.filter(gone__in=list(asked)).values_list("gone", "into")
        found = {str(gone): str(into) for gone, into in rows}
        steps |= found
        asked = set(found.values()) - steps.keys()
    return {each: _end(each, steps) for each in named & steps.keys()}


def _end(identifier: str, steps: Mapping[str, str]) -> str:
    seen = {identifier}
    while (onward := steps.get(identifier)) is not None and onward not in seen:
        seen.add(onward)
        identifier = onward
    return identifier


def _replaced(value: Any, into: Mapping[str, str]) -> Any:
    if isinstance(value, uuid.UUID):
        return into.get(str(value), value)
    if isinstance(value, str):
        return _IDENTIFIER.sub(lambda found: into.get(str(uuid.UUID(found[0])), found[0]), value)
    if isinstance(value, Mapping):
        return {_replaced(name, into): _replaced(part, into) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_replaced(part, into) for part in value]
    return value


def mark(identifier: uuid.UUID) -> str:
    """What is left of an identifier that was erased; with the key gone, nothing leads back."""
    return digests.mark("erased", identifier.bytes)
