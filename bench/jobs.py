"""Kills runners of jobs with SIGKILL at random moments, and looks at what became of the jobs.

Each must be done in the end, its deed be there exactly once, and no two runners ever be at the same
job. Runners here hold a lease for two seconds instead of thirty, so that a round takes seconds.

    python -m bench.jobs --kills 20
"""

from __future__ import annotations

import argparse
import fcntl
import os
import random
import secrets
import subprocess
import sys
import time
import uuid
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.crash import Tally, found_village, kill, start
from bench.installation import installation

if TYPE_CHECKING:
    from guyub.core.actor import Actor
    from guyub.core.jobs import Progress

_NAME = "core.be_killed"
_LEASE = 2.0
_JOBS = 4
_RUNNERS = 2

# Seconds in which all jobs of a round must be done: far more than they need on a slow machine.
_PATIENCE = 90.0


def main() -> int:
    """Run rounds until so many runners were killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--run", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        return _run_jobs()
    seed = options.seed if options.seed is not None else secrets.randbits(32)
    chance = random.Random(seed)
    tally = Tally()
    with installation("jobs"):
        found_village()
        _register()
        while tally.figures["kills"] < options.kills:
            _round(tally, chance)
        kind = "PostgreSQL" if os.environ.get("GUYUB_DATABASE_URL") else "SQLite"
    told = ", ".join(f"{count} {name}" for name, count in sorted(tally.figures.items()))
    print(f"{kind}, seed {seed}: {told}; {len(tally.faults)} lost, doubled or at once")
    return 1 if tally.faults else 0


def _round(tally: Tally, chance: random.Random) -> None:
    """Begin some jobs, kill the runners in the midst of them, and let others end them."""
    from guyub.core.actor import actor_in
    from guyub.core.identifiers import new_identifier
    from guyub.core.jobs import begin
    from guyub.core.models import Account, Job

    actor = actor_in(Account.objects.get(username="tini"), "crash")
    keys = [new_identifier() for _ in range(_JOBS)]
    for number, key in enumerate(keys):
        # One of them says nothing for longer than a lease: its heartbeat must keep it.
        silent = 1.5 * _LEASE if number == 0 else 0.0
        begin(actor, _NAME, {"name": f"T{key.hex}", "silent": silent}, key=key)
    runners = [_runner() for _ in range(_RUNNERS)]
    if not _wait_for(lambda: Job.objects.filter(pk__in=keys).exclude(state="waiting").exists()):
        tally.fault("no runner takes a job")
    time.sleep(chance.uniform(0.0, 1.2))
    tally.figures["killed at work"] += Job.objects.filter(pk__in=keys, state="running").count()
    for runner in runners:
        kill(runner)
        tally.figures["kills"] += 1
    killed_at = time.monotonic()
    runners = [_runner() for _ in range(_RUNNERS)]
    if not _wait_for(lambda: Job.objects.filter(pk__in=keys, state="done").count() == len(keys)):
        left = list(Job.objects.filter(pk__in=keys).values_list("state", "tries"))
        tally.fault(f"not all jobs were done: {left}")
    longest = tally.figures["seconds, at most, until all was done"]
    took = round(time.monotonic() - killed_at)
    tally.figures["seconds, at most, until all was done"] = max(longest, took)
    for runner in runners:
        kill(runner)
    _look(tally, keys)


def _look(tally: Tally, keys: list[uuid.UUID]) -> None:
    from guyub.core.models import Community, Job, LogEntry

    tally.figures["jobs"] += len(keys)
    for key in keys:
        entries = LogEntry.objects.filter(entry=key).count()
        rows = Community.objects.filter(name=f"T{key.hex}").count()
        if (entries, rows) != (1, 1):
            tally.fault(f"{key}: {entries} lines in the log, {rows} communities")
        tally.figures["jobs run again"] += Job.objects.get(pk=key).tries > 1
    for file in _folder().glob("at-once-*"):
        tally.fault(f"two runners were at the same job: {file.name}")


def _register() -> None:
    """Make the job known that all of this is about."""
    from guyub.core.action import Deed
    from guyub.core.jobs import job
    from guyub.core.permissions import CorePermission

    @job(_NAME, permission=CorePermission.COMMUNITY_CHANGE)
    def be_killed(actor: Actor, data: dict[str, Any], progress: Progress) -> None:
        """Work a little, found a community, work a little."""
        # The system lets go of this lock when the process dies, and not before.
        with (_folder() / f"lock-{progress.key}").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                (_folder() / f"at-once-{progress.key}").touch()
            for step in range(4):
                progress(step, 8)
                time.sleep(0.05)
            time.sleep(data["silent"])
            found = {"name": data["name"], "kind": "rt"}
            progress.perform([Deed(action="core.found_community", data=found)])
            for step in range(4, 8):
                progress(step, 8)
                time.sleep(0.05)


def _run_jobs() -> int:
    """Be a runner, with a short lease."""
    from guyub.interfaces.cli.installation import open_installation

    open_installation()
    _register()
    from guyub.core import job_runner, jobs

    jobs.LEASE = job_runner.LEASE = timedelta(seconds=_LEASE)
    job_runner._HEARTBEAT = _LEASE / 3
    job_runner.Runner().run()
    return 0


def _runner() -> subprocess.Popen:
    return start([sys.executable, "-m", "bench.jobs", "--run"])


def _folder() -> Path:
    return Path(os.environ["GUYUB_DATA"])


def _wait_for(condition: Any) -> bool:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


if __name__ == "__main__":
    raise SystemExit(main())
