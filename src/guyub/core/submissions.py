"""Submissions: forms filled in online or on a phone, and the deeds that they become.

A form says under its name and version how answers become deeds; it is found here by what a phone
sends and by what is tried again later. The names stand in the queues of phones: a version that was
taken once is taken for ever.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from guyub.core.action import Deed, Receipt, perform
from guyub.core.actor import Actor
from guyub.core.errors import Missing, Refused
from guyub.core.models import FilledForm
from guyub.core.permissions import CorePermission
from guyub.core.query import query
from guyub.core.redirects import followed

Answers = Mapping[str, Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Submission:
    """A form that was filled in. answers: as a browser sends them, several under one name.

    key: makes sending it twice harmless. at: when it was filled in, where that is not now.
    """

    form: str
    version: int
    key: uuid.UUID
    answers: Answers
    at: datetime | None = None


# How answers become deeds. Raises Invalid with a sentence for each field that is wrong.
Reader = Callable[[Actor, Submission], Sequence[Deed]]

READERS: dict[tuple[str, int], Reader] = {}


def reader(form: str, version: int) -> Callable[[Reader], Reader]:
    """Register how the answers to one version of a form become deeds."""

    def register(function: Reader) -> Reader:
        if (form, version) in READERS:
            raise ValueError(f"Two forms are called {form} {version}.")
        READERS[form, version] = function
        return function

    return register


def submit(
    actor: Actor,
    submission: Submission,
    *,
    deeds: Sequence[Deed] | None = None,
    entry: uuid.UUID | None = None,
) -> list[Receipt]:
    """Do what was filled in, all or none, and keep the answers sealed beside it.

    deeds: what it says, where the form has read it already.

    :raises Invalid: something in it is wrong. Otherwise as `perform`.
    """
    if deeds is None:
        deeds = _read(actor, submission)
    dated = [replace(deed, at=submission.at) for deed in deeds]
    with transaction.atomic():
        receipts = perform(actor, dated, entry=entry)
        if not receipts[-1].done_before:
            FilledForm.objects.create(
                entry=receipts[-1].entry,
                account_id=actor.account,
                community_id=actor.community,
                form=submission.form,
                version=submission.version,
                key=submission.key,
                answers={name: list(values) for name, values in submission.answers.items()},
            )
    return receipts


def _read(actor: Actor, submission: Submission) -> Sequence[Deed]:
    found = READERS.get((submission.form, submission.version))
    if found is None:
        raise Refused(_("This form is not known here yet."))
    return found(actor, submission)


@query("core.filled_form", permission=CorePermission.WITHDRAW_OWN)
def filled_form(actor: Actor, entry: uuid.UUID) -> Submission:
    """The answers that this actor gave in an entry; whoever was merged is called by who stayed.

    :raises Missing: none are kept, or somebody else gave them.
    """
    row = FilledForm.objects.filter(
        pk=entry, account_id=actor.account, community_id__in=actor.reach
    ).first()
    if row is None:
        raise Missing(str(entry))
    answers: dict[str, Any] = followed(row.answers)
    return Submission(form=row.form, version=row.version, key=row.key, answers=answers)
