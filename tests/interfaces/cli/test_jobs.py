"""Who runs jobs: the server beside its pages, or a process of their own."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

# A job that says how far it is for ever, or ends at once; known to whoever loads this program.
_PROGRAM = """
import os, sys, time
from guyub.interfaces.cli.installation import open_installation, prepare_tables
open_installation()
from guyub.core.jobs import begin, job
from guyub.core.permissions import CorePermission
from guyub.core.permissions import Permission

@job("core.turn", permission=CorePermission.COMMUNITY_READ)
def turn(actor, data, progress):
    while data["endless"]:
        progress(1, 2)
        time.sleep(0.05)
    return {}

what = sys.argv[1]
if what == "begin":
    prepare_tables()
    from guyub.core.actor import actor_in
    from guyub.core.founding import found_workspace
    from guyub.core.identifiers import new_identifier
    tini = found_workspace("X", slug="x", username="tini", owner="Tini", password="padi di sawah")
    data = {"endless": sys.argv[2] == "endless"}
    begin(actor_in(tini, "x"), "core.turn", data, key=new_identifier())
elif what == "serve":
    from guyub.interfaces.cli.serve import serve
    serve("127.0.0.1", int(sys.argv[2]), 1)
else:
    from django.core.management import call_command
    call_command("run_jobs", *sys.argv[2:])
"""

Run = Callable[..., subprocess.Popen]

# Seconds until something is given up; far more than it takes, for machines that do much else.
PATIENCE = 300


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """Starts the program in an installation of its own, on SQLite."""
    environment = {**os.environ, "GUYUB_DATA": str(tmp_path), "GUYUB_DATABASE_URL": ""}
    started = []

    def start(*words: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, *words],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        started.append(process)
        return process

    tmp_path.chmod(0o700)
    yield start
    for process in started:
        process.kill()
        process.communicate()


def state(folder: Path) -> str:
    """The state of the one job there is, and how often it was tried."""
    with closing(sqlite3.connect(f"file:{folder}/guyub.sqlite3?mode=ro", uri=True)) as database:
        ((state, tries),) = database.execute("SELECT state, tries FROM core_job")
    return f"{state} {tries}"


def comes_to(folder: Path, wanted: str) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if state(folder) == wanted:
            return True
        time.sleep(0.05)
    return False


def test_jobs_that_wait_are_run_once_and_then_it_ends(run: Run, tmp_path: Path) -> None:
    run("begin", "brief").communicate(timeout=PATIENCE)

    told, _ = run("jobs", "--once").communicate(timeout=PATIENCE)

    assert told.strip() == "Jobs run: 1."
    assert state(tmp_path) == "done 1"


def test_a_runner_that_is_told_to_end_gives_its_job_back(run: Run, tmp_path: Path) -> None:
    run("begin", "endless").communicate(timeout=PATIENCE)
    runner = run("jobs")
    assert comes_to(tmp_path, "running 1")

    runner.send_signal(signal.SIGTERM)

    assert runner.communicate(timeout=PATIENCE)[0].strip() == "Ended."
    assert runner.returncode == 0
    assert state(tmp_path) == "waiting 0"


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_the_server_runs_jobs_and_gives_them_back_when_it_ends(
    run: Run, tmp_path: Path, end: signal.Signals
) -> None:
    run("begin", "endless").communicate(timeout=PATIENCE)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = run("serve", str(port))
    assert comes_to(tmp_path, "running 1")

    server.send_signal(end)
    server.communicate(timeout=PATIENCE)

    assert server.returncode == 0
    assert state(tmp_path) == "waiting 0"
