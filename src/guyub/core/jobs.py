"""Work that takes longer than somebody waits for a page: begun here, run by guyub.core.job_runner.

A job outlives the process that runs it: killed, it is taken up again, from its beginning. What it
does to a community it does through `Progress.perform`, once, however often it is run.
"""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guyub.core import feed
from guyub.core.action import Deed, Receipt, perform
from guyub.core.actor import Actor, actor_in
from guyub.core.confidential import Sealed, seal
from guyub.core.errors import Missing, Refused
from guyub.core.models import Account, Community, Job, LogEntry
from guyub.core.permissions import Permission
from guyub.core.vocabulary import JobState

# How long a runner may be silent before another takes its job. Our choice: longer than a writer
# waits for SQLite's lock (guyub.config.sqlite), short enough to be picked up within a minute.
LEASE = timedelta(seconds=30)

# Seconds between two notes of how far a job has come. Our choice: a page asks once a second.
_BETWEEN_NOTES = 0.5

_ENDED = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)

# Tells a runner in the same process that somebody has begun a job; others look from time to time.
begun = threading.Event()


class NoLongerOurs(Exception):
    """The lease was lost, or the job was cancelled: what is still computed counts no more."""


class Stopping(Exception):
    """The runner is asked to end; somebody else takes the job up again."""


@dataclass(frozen=True)
class Held:
    """The lease of one runner on one job."""

    job: uuid.UUID
    token: uuid.UUID

    def note(self, **values: Any) -> bool:
        """Write something down about the job; False where it is no longer ours."""
        held = Job.objects.filter(pk=self.job, token=self.token, state=JobState.RUNNING)
        return bool(held.update(**values))

    def renew(self, **values: Any) -> bool:
        """Keep the lease for another while; False where it is no longer ours."""
        return self.note(lease_until=Now() + LEASE, **values)


class Progress:
    """What a job is given: to say how far it has come, and to do what it is for.

    `key` is the key that the job was begun with.
    """

    def __init__(self, held: Held, row: Job, stopping: threading.Event) -> None:
        self.key = held.job
        self._held = held
        self._row = row
        self._stopping = stopping
        self._next_note = 0.0

    def __call__(self, done: int, total: int) -> None:
        """Say that so much of so much is done; may be called as often as one likes.

        :raises NoLongerOurs: another runner has the job, or it was cancelled.
        :raises Stopping: the runner ends.
        """
        if self._stopping.is_set():
            raise Stopping
        if time.monotonic() < self._next_note:
            return
        self._next_note = time.monotonic() + _BETWEEN_NOTES
        if not self._held.renew(done=done, total=total):
            raise NoLongerOurs

    def performed(self) -> list[Receipt]:
        """What an earlier run of this job has already done: nothing, or all that it was to do."""
        rows = LogEntry.objects.filter(
            entry=self.key, account_id=self._row.account_id, community_id=self._row.community_id
        )
        return [
            Receipt(
                key=row.key, entry=row.entry, number=row.number, result=row.result, done_before=True
            )
            for row in rows.order_by("number")
        ]

    def perform(self, deeds: Sequence[Deed]) -> list[Receipt]:
        """Do the one entry of this job, with the rights that whoever began it has now.

        An entry that an earlier run did is not done again, even where this run would have done it
        otherwise: the community has changed since.

        :raises NoLongerOurs: another runner has the job, or it was cancelled; nothing was done.
        """
        with transaction.atomic():
            # Holds the row until all is done: whoever cancels or takes the job over comes before
            # or after, never between.
            if not self._held.renew():
                raise NoLongerOurs
            receipts = self.performed()
            if not receipts:
                receipts = perform(current_actor(self._row), deeds, entry=self.key)
                self._held.renew()
            return receipts


Function = Callable[[Actor, dict[str, Any], Progress], None]


@dataclass(frozen=True)
class Kind:
    """A registered kind of job."""

    name: str
    permission: Permission
    function: Function


# Every kind of job there is; the names stand in the table of jobs.
KINDS: dict[str, Kind] = {}

# What runners do once an hour besides: files that waited long enough are removed.
HOURLY: list[Callable[[], None]] = [feed.clear_away]


def job(name: str, *, permission: Permission) -> Callable[[Function], Function]:
    """Register long work under a stable name.

    It is run again from its beginning when its process died, so whatever it changes goes through
    `Progress.perform`.
    """

    def register(function: Function) -> Function:
        if name in KINDS:
            raise ValueError(f"Two jobs are called {name}.")
        KINDS[name] = Kind(name, permission, function)
        return function

    return register


def hourly(function: Callable[[], None]) -> Callable[[], None]:
    """Register what every runner does once an hour, when nothing waits: clear away what is old."""
    HOURLY.append(function)
    return function


def begin(
    actor: Actor, name: str, data: dict[str, Any], *, key: uuid.UUID, goes_to: str = ""
) -> uuid.UUID:
    """Put work in the row of what waits, once for each key, and give its identifier.

    goes_to: the address of the page that shows what came of it.

    :raises Denied: the actor's role does not allow it.
    :raises Refused: the key belongs to another job.
    """
    try:
        kind = KINDS[name]
    except KeyError:
        raise Missing(name) from None
    actor.demand(kind.permission)
    now = timezone.now()
    row = Job(
        id=key,
        community_id=actor.community,
        account_id=actor.account,
        name=name,
        language=(get_language() or "")[:5],
        data=plain(data),
        goes_to=goes_to,
        begun_at=now,
        not_before=now,
    )
    # Of two that come at once, both find the row of the first.
    Job.objects.bulk_create([row], ignore_conflicts=True)
    kept = Job.objects.get(pk=key)
    same = (kept.name, kept.account_id, kept.community_id)
    if same != (name, actor.account, actor.community):
        raise Refused(_("This key already belongs to another job; start again with a new key."))
    transaction.on_commit(begun.set)
    return kept.pk


def cancel(actor: Actor, identifier: uuid.UUID) -> bool:
    """Let a job be that the actor began here; False where it had ended before.

    What it has already done stands in the log, and can be undone there.

    :raises Missing: there is no such job, or it is somebody else's.
    """
    own = Job.objects.filter(pk=identifier, account_id=actor.account, community_id=actor.community)
    if not own.exists():
        raise Missing(str(identifier))
    ended = {"state": JobState.CANCELLED, "ended_at": timezone.now(), "data": None}
    return bool(own.exclude(state__in=_ENDED).update(**ended))


def current_actor(row: Job) -> Actor:
    """Whoever began the job, with the rights they have now.

    :raises Missing: they have no role there any more, or their account is closed.
    :raises Denied: their role no longer allows it.
    """
    account = Account.objects.get(pk=row.account_id)
    actor = actor_in(account, Community.objects.get(pk=row.community_id).slug)
    actor.demand(KINDS[row.name].permission)
    return actor


def sealed(row: type[Model], identifier: uuid.UUID, field: str, value: Any) -> Sealed:
    """A value for a sealed column, for writing it in one statement with others."""
    return seal(row._meta.get_field(field), identifier, plain(value))  # type: ignore[arg-type]


def plain(value: Any) -> Any:
    """Through JSON and back: dates and identifiers become text, and what is kept is what is got."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))
