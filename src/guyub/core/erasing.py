"""Erasing a row for good, and all that stands about it: the one place where facts really go.

Everything that points at it goes as well, in every step's tables, withdrawn or not; what stood in
the rows before they were changed; plain data that names it; ended jobs that speak of it. Numbers of
what went stay behind, without a name. There is no undo, and none can be built: of the identifier a
keyed digest is left, so that a phone or a restored backup cannot bring it back.
"""

from __future__ import annotations

import json
import os
import re
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from guyub.core import feed, redirects
from guyub.core.chunks import chunks
from guyub.core.confidential import ConfidentialField, unseal
from guyub.core.errors import Refused
from guyub.core.merging import Table, pointing_at
from guyub.core.models import (
    Change,
    CommunityModel,
    Erased,
    FilledForm,
    Footprint,
    Job,
    NamelessCount,
    Redirect,
)
from guyub.core.models.scoped import whole_table
from guyub.core.vocabulary import JobState

_MARK = re.compile(r"[0-9a-f]{64}")

# What else has to go with rows of a table, as its step knows: the rows, and words that name them.
Also = tuple[Mapping[Table, set[uuid.UUID]], set[str]]

# Gives every row of a table. A step has no such reach of its own: erasing lends it.
Everywhere = Callable[[Table], models.QuerySet[Any]]
AlsoErased = Callable[[set[uuid.UUID], Everywhere], Also]
_also: dict[Table, AlsoErased] = {}


def erasable(model: Table) -> Callable[[AlsoErased], Any]:
    """Register what a step does before rows of its table are erased."""

    def register(function: AlsoErased) -> Any:
        _also[model] = function
        return function

    return register


def erase(model: Table, identifier: uuid.UUID, *, reason: str) -> dict[str, int]:
    """Erase a row of an erasable table, with those that were merged into it.

    Gives how many rows of each table went.

    :raises Refused: a job is under way that holds what is to be erased.
    """
    named = _merged_into(identifier)
    everywhere = whole_table(model)
    # A name is borne by people of other organisations as well: what these hold is not touched.
    workspaces = set(everywhere.filter(pk__in=named).values_list("community__workspace", flat=True))
    with_them, words = _also[model](named, whole_table)
    _drop_jobs(workspaces, {str(each) for each in named}, words)
    doomed = _all_about({model: named, **with_them})
    _drop_plain_data(workspaces, doomed, {str(each) for each in named}, words)
    # What was worked out goes as a whole, with what was noted of it.
    doomed = _all_about(doomed)
    _drop_answers(workspaces, {str(each) for each in named}, words)
    _count(doomed)
    every = set().union(*doomed.values())
    for chunk in chunks(sorted(every)):
        _delete(whole_table(Change).filter(row__in=chunk))
        for side in ("gone__in", "into__in"):
            _delete(whole_table(Redirect).filter(**{side: chunk}))
    for table, rows in doomed.items():
        _let_go(table, rows)
        for chunk in chunks(sorted(rows)):
            _delete(whole_table(table).filter(pk__in=chunk))
    redirects.mark_erased(every, reason=reason)
    feed.forget_all()
    transaction.on_commit(partial(_leave_no_trace, sorted(map(redirects.mark, named)), reason))
    return {table._meta.label_lower: len(rows) for table, rows in doomed.items() if rows}


def overwrite(row: CommunityModel, name: str, value: Any) -> None:
    """Write a column of a row anew, and keep nothing of what stood there."""
    _write(type(row), row._meta.get_field(name), row.pk, value)
    # The values of a change are sealed together: without one of them none can be put back.
    _delete(whole_table(Change).filter(row=row.pk))
    # The same words were the answer to a question.
    FilledForm.objects.filter(entry=row.stated_in.entry).delete()


def ledger() -> Path:
    """Where erasures are written down, so that a restored backup can be cleaned again."""
    return Path(settings.GUYUB_DATA) / "erasures"


def erase_again(lines: Iterable[str]) -> int:
    """Erase everybody whose line stands in a ledger and who is here again; give how many.

    :raises ValueError: a line is none of a ledger.
    """
    reasons = {}
    for line in filter(str.strip, lines):
        mark, _at, reason = line.split()
        if not _MARK.fullmatch(mark):
            raise ValueError(mark)
        reasons[mark] = reason
    found = 0
    for model in _also:
        everybody = whole_table(model)
        for identifier in list(everybody.values_list("pk", flat=True)):
            known = reasons.get(redirects.mark(identifier))
            # Whoever was merged into somebody erased a moment ago is gone already.
            if known is not None and everybody.filter(pk=identifier).exists():
                with transaction.atomic():
                    erase(model, identifier, reason=known)
                found += 1
    now = timezone.now()
    marks = [Erased(mark=mark, erased_at=now, reason=reason) for mark, reason in reasons.items()]
    Erased.objects.bulk_create(marks, ignore_conflicts=True)
    return found


def _merged_into(identifier: uuid.UUID) -> set[uuid.UUID]:
    found, asked = {identifier}, {identifier}
    while asked:
        rows = Redirect.current.filter(into__in=asked).values_list("gone", flat=True)
        asked = set(rows) - found
        found |= asked
    return found


def _all_about(begin: Mapping[Table, set[uuid.UUID]]) -> dict[Table, set[uuid.UUID]]:
    """These rows, and every row that cannot stand without one of them."""
    found: dict[Table, set[uuid.UUID]] = defaultdict(set)
    asked = {table: set(rows) for table, rows in begin.items()}
    while asked:
        onward: dict[Table, set[uuid.UUID]] = defaultdict(set)
        for table, rows in asked.items():
            found[table] |= rows
            for follower, name in pointing_at(table):
                if not follower._meta.get_field(name).null:
                    for chunk in chunks(sorted(rows)):
                        keys = whole_table(follower).filter(**{f"{name}__in": chunk})
                        onward[follower].update(keys.values_list("pk", flat=True))
        asked = {table: rows - found[table] for table, rows in onward.items() if rows}
        asked = {table: rows for table, rows in asked.items() if rows}
    return found


def _let_go(table: Table, rows: set[uuid.UUID]) -> None:
    """Rows that may stand without what they point at stay, and point at nothing."""
    for follower, name in pointing_at(table):
        if follower._meta.get_field(name).null:
            for chunk in chunks(sorted(rows)):
                staying = whole_table(follower).filter(**{f"{name}__in": chunk})
                # What a merge kept of the row says who it pointed at.
                _delete(
                    whole_table(Change).filter(row__in=list(staying.values_list("pk", flat=True)))
                )
                staying.update(**{name: None})


def _count(doomed: Mapping[Table, set[uuid.UUID]]) -> None:
    for table, rows in doomed.items():
        counted: Counter[tuple[uuid.UUID, str]] = Counter()
        columns = ("community_id", table.counted_by) if table.counted_by else ("community_id",)
        for chunk in chunks(sorted(rows)):
            current = (
                whole_table(table).filter(pk__in=chunk, withdrawn_in=None).values_list(*columns)
            )
            counted.update((community, kind[0] if kind else "") for community, *kind in current)
        for (community, kind), count in counted.items():
            row, _made = NamelessCount.objects.get_or_create(
                community_id=community, table=table._meta.label_lower, kind=kind
            )
            whole_table(NamelessCount).filter(pk=row.pk).update(count=models.F("count") + count)


def _drop_plain_data(
    workspaces: set[uuid.UUID],
    doomed: dict[Table, set[uuid.UUID]],
    identifiers: set[str],
    words: set[str],
) -> None:
    """Sealed plain data of other rows, such as why somebody else is to be visited."""

    def tells(text: str) -> bool:
        return text in identifiers or mentions(text, words)

    for table, column in _speaking_columns():
        rows = whole_table(table).filter(
            community__workspace__in=workspaces, **{f"{column.name}__isnull": False}
        )
        for key, sealed in list(rows.values_list("pk", column.name)):
            told = unseal(column, key, sealed)
            if key in doomed.get(table, ()) or not _tells(told, tells):
                continue
            if table.worked_out:
                doomed[table].add(key)
            else:
                _write(table, column, key, _without(told, tells))


def _speaking_columns() -> Iterator[tuple[Table, ConfidentialField]]:
    for table in apps.get_models():
        if issubclass(table, CommunityModel):
            for name in table.speaks_of:
                yield table, cast(ConfidentialField, table._meta.get_field(name))


def _write(table: Table, column: Any, key: uuid.UUID, told: Any) -> None:
    row = whole_table(table).get(pk=key)
    setattr(row, column.name, told)
    whole_table(table).filter(pk=key).update(**{column.name: column.pre_save(row, add=False)})


def _tells(told: Any, tells: Callable[[str], bool]) -> bool:
    if isinstance(told, dict):
        return any(map(tells, told)) or any(_tells(each, tells) for each in told.values())
    if isinstance(told, list):
        return any(_tells(each, tells) for each in told)
    return isinstance(told, str) and tells(told)


def _without(told: Any, tells: Callable[[str], bool]) -> Any:
    """The same without each part of a list, or of an object, that tells of somebody."""
    if isinstance(told, list):
        return [each for each in told if not _tells(each, tells)]
    if isinstance(told, dict):
        return {
            name: _without(each, tells)
            for name, each in told.items()
            if not tells(name) and not (isinstance(each, str) and tells(each))
        }
    return told


def _drop_jobs(workspaces: set[uuid.UUID], identifiers: set[str], words: set[str]) -> None:
    """Ended jobs keep what they were told until they are dropped; one under way is waited for."""
    for job in Job.objects.filter(community__workspace__in=workspaces):
        told = json.dumps([job.data, job.fault], ensure_ascii=False)
        if any(each in told for each in identifiers) or mentions(told, words):
            if job.state in (JobState.WAITING, JobState.RUNNING):
                raise Refused(_("Work in progress uses this name. Wait until it has finished."))
            job.delete()


def _drop_answers(workspaces: set[uuid.UUID], identifiers: set[str], words: set[str]) -> None:
    """What was filled in about somebody, or names them; the facts it became are no part of it."""

    def tells(text: str) -> bool:
        return bool(identifiers & redirects.identifiers_in(text)) or mentions(text, words)

    rows = FilledForm.objects.filter(community__workspace__in=workspaces)
    for row in rows.iterator(chunk_size=500):
        if _tells(row.answers, tells):
            row.delete()


def mentions(text: str, words: Iterable[str]) -> bool:
    """Whether one of these names stands in a text as words of their own."""
    return any(
        re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) for word in words if word
    )


def _leave_no_trace(marks: list[str], reason: str) -> None:
    """Write the ledger, and let the database forget what its files still hold of deleted rows."""
    at = timezone.now().isoformat(timespec="seconds")
    place = os.open(ledger(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(place, "a") as file:
        file.writelines(f"{mark} {at} {reason or '-'}\n" for mark in marks)
        file.flush()
        os.fsync(file.fileno())
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Deleted cells are zeroed (secure_delete); what the journal held of them goes now.
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            for table in _own_tables():
                cursor.execute(f'VACUUM "{table}"')


def _own_tables() -> Iterator[str]:
    for model in apps.get_models():
        if issubclass(model, CommunityModel) or model in (Job, Footprint):
            yield model._meta.db_table


def _delete(rows: models.QuerySet) -> None:
    # Straight from the table: what points at it was looked for above, and goes in this transaction.
    rows._raw_delete(rows.db)
