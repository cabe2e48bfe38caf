"""Runs what was begun in guyub.core.jobs, one job after the other, in this process.

Any number of runners may share one database. A job is taken by one conditional update; a thread
keeps its lease while it runs. Killed at any moment, the job is taken up again when the lease is
over.
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing.util import Finalize
from typing import Any

from django.db import DatabaseError, close_old_connections, connection
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from guyub.core.errors import Denied, Invalid, Missing, Refused
from guyub.core.jobs import (
    HOURLY,
    KINDS,
    LEASE,
    Held,
    NoLongerOurs,
    Progress,
    Stopping,
    begun,
    current_actor,
    sealed,
)
from guyub.core.models import Job
from guyub.core.vocabulary import JobState

_log = logging.getLogger("guyub.jobs")

# Three heartbeats fit into a lease: two may be late.
_HEARTBEAT = LEASE.total_seconds() / 3

# How often a job is tried that meets a fault of ours or loses its process, and how long it rests in
# between: 10 s, then 40 s. Our choice: a database that restarts is back, and whoever waits still
# sits there.
_TRIES = 3
_REST = timedelta(seconds=10)

# Seconds between two looks for jobs that another process has begun. Our choice: an index look-up,
# and as often as a page asks how far its job has come.
_LOOK = 1.0

# How long an ended job is kept, and how often the old ones are swept. Our choice: a week, so that
# somebody back from the field still finds what became of it; its lasting result stands in the log
# and the tables of its step, and nothing confidential stays behind without need.
_KEPT = timedelta(days=7)
_SWEEP = 3600.0


# How many seconds the end of a server waits for its job to let go. Our choice: enough for a job
# that tells how far it is; one that is silent for longer loses its lease instead.
_LET_GO = 3.0


class Runner:
    """Takes jobs and runs them until it is stopped."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._next_sweep = 0.0

    def run(self) -> None:
        """Run whatever comes, until somebody calls `stop`."""
        while not self._stopping.is_set():
            begun.clear()
            close_old_connections()
            try:
                busy = self.run_one()
                if not busy:
                    self.clear_away()
            except DatabaseError:
                # It may be restarting. What was under way is taken up again when its lease is over.
                _log.exception("the database does not answer a runner of jobs")
                self._stopping.wait(_REST.total_seconds())
                continue
            if not busy and not self._stopping.is_set():
                begun.wait(_LOOK)
        connection.close()

    def run_waiting(self) -> int:
        """Run all that may be run now; give how many that were."""
        count = 0
        while not self._stopping.is_set() and self.run_one():
            count += 1
        return count

    def run_one(self) -> bool:
        """Take one job and run it; False where none is waiting."""
        held = _take()
        if held is None:
            return False
        with _given_back(held):
            row = Job.objects.select_related("community").get(pk=held.job)
            zone = zoneinfo.ZoneInfo(row.community.time_zone)
            with translation.override(row.language), timezone.override(zone):
                if row.tries > _TRIES:
                    _end(held, JobState.FAILED, fault=_stopped_too_often())
                else:
                    with _kept(held):
                        self._run(held, row)
        return True

    def stop(self) -> None:
        """Take no more jobs, and let go of the one under way as soon as it says how far it is."""
        self._stopping.set()
        begun.set()

    def clear_away(self) -> None:
        """Remove what is old, once an hour."""
        if time.monotonic() >= self._next_sweep:
            self._next_sweep = time.monotonic() + _SWEEP
            Job.objects.filter(ended_at__lt=timezone.now() - _KEPT).delete()
            for clear in HOURLY:
                clear()

    def _run(self, held: Held, row: Job) -> None:
        try:
            actor = current_actor(row)
            progress = Progress(held, row, self._stopping)
            KINDS[row.name].function(actor, row.data, progress)
            _end(held, JobState.DONE)
        except Stopping:
            _release(held)
        except NoLongerOurs:
            _log.info("a job was cancelled, or taken over", extra=_told(row))
        except (Denied, Missing):
            _end(held, JobState.FAILED, fault=_no_longer_allowed())
        except Invalid as invalid:
            _end(held, JobState.FAILED, fault=" ".join(invalid.fields.values()))
        except Refused as refusal:
            _end(held, JobState.FAILED, fault=str(refusal))
        except Exception:
            # Our formatter leaves the text of the fault out: it may quote what was noted.
            _log.exception("a job met a fault", extra=_told(row))
            _try_again(held, row.tries)


def _take() -> Held | None:
    """Take the oldest job that waits, or whose runner has fallen silent."""
    # A kind that this process does not know is left for one that does: a newer version, say.
    free = Q(state=JobState.WAITING, not_before__lte=Now())
    free |= Q(state=JobState.RUNNING, lease_until__lt=Now())
    jobs = Job.objects.filter(free, name__in=KINDS)
    for identifier in jobs.order_by("begun_at").values_list("pk", flat=True):
        held = Held(identifier, uuid.uuid4())
        # The condition once more: of several who found it free, one changes the row.
        with _given_back(held):
            taken = jobs.filter(pk=identifier).update(
                state=JobState.RUNNING,
                token=held.token,
                lease_until=Now() + LEASE,
                tries=F("tries") + 1,
            )
        if taken:
            return held
    return None


@contextmanager
def _given_back(held: Held) -> Iterator[None]:
    """Give a job back where the block is broken off, by Ctrl-C or a signal to end.

    The next runner need not wait for the lease then.
    """
    try:
        yield
    except BaseException:
        _release(held)
        raise


@contextmanager
def _kept(held: Held) -> Iterator[None]:
    """Keep the lease while the block runs, also where it is silent for minutes."""
    over = threading.Event()

    def beat() -> None:
        try:
            while not over.wait(_HEARTBEAT):
                try:
                    if not held.renew():
                        return
                except DatabaseError:
                    _log.exception("a heartbeat did not reach the database")
        finally:
            connection.close()

    heart = threading.Thread(target=beat, name="heartbeat", daemon=True)
    heart.start()
    try:
        yield
    finally:
        over.set()
        heart.join()


def _end(held: Held, state: JobState, fault: str | None = None) -> None:
    """Close a job. What it was told is no longer needed, and goes."""
    text = None if fault is None else sealed(Job, held.job, "fault", fault)
    held.note(state=state, ended_at=timezone.now(), data=None, lease_until=None, fault=text)


def _release(held: Held) -> None:
    """Put a job back that did nothing wrong: this try does not count."""
    held.note(state=JobState.WAITING, not_before=Now(), lease_until=None, tries=F("tries") - 1)


def _try_again(held: Held, tries: int) -> None:
    if tries >= _TRIES:
        _end(held, JobState.FAILED, fault=_our_fault())
        return
    rest = _REST * 4 ** (tries - 1)
    held.note(state=JobState.WAITING, not_before=Now() + rest, lease_until=None)


def _told(row: Job) -> dict[str, Any]:
    return {"job": row.name, "tries": row.tries, "account": str(row.account_id)}


def _no_longer_allowed() -> str:
    return _(
        "This was not done: you no longer have permission, or something it needs is "
        "gone. Ask your coordinator."
    )


def _our_fault() -> str:
    return _(
        "This failed three times, and the fault is ours. Try again later; if it fails "
        "again, tell whoever runs this installation."
    )


def _stopped_too_often() -> str:
    return _(
        "This stopped three times: the computer may be short of memory. Try with less "
        "at once, or tell whoever runs this installation."
    )


def run_beside_the_server() -> None:
    """Run jobs in a thread of this process, until the process ends.

    To be called in the process that serves, not in one that is forked afterwards: threads do not
    survive that.
    """
    runner = Runner()
    thread = threading.Thread(target=runner.run, name="jobs", daemon=True)
    thread.start()

    def end() -> None:
        runner.stop()
        thread.join(_LET_GO)

    # Unlike atexit it is also called at the end of a process that multiprocessing has started, as
    # the server's are.
    Finalize(None, end, exitpriority=0)
