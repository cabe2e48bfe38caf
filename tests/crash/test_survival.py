"""What was confirmed survives a process that is killed: a short run of the crash harness."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


@pytest.mark.crash
def test_nothing_is_lost_or_half_done_when_processes_are_killed() -> None:
    command = [sys.executable, "-m", "bench.crash", "--rounds", "6"]
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout + run.stderr
    assert "0 lost, half or corrupt" in run.stdout


@pytest.mark.crash
def test_no_job_is_lost_or_done_twice_when_its_runners_are_killed() -> None:
    command = [sys.executable, "-m", "bench.jobs", "--kills", "4"]
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout + run.stderr
    assert "0 lost, doubled or at once" in run.stdout
