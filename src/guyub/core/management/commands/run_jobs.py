"""Runs jobs in a process of their own."""

from __future__ import annotations

import signal
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from guyub.core.job_runner import Runner


class Command(BaseCommand):
    help = (
        "Runs the long work that people begin on pages, one job after the other. The server does "
        "that by itself; start this beside `guyub serve --without-jobs` where long work must not "
        "slow its pages, as often as there are cores for it. Ctrl-C or SIGTERM ends it, and gives "
        "back what is under way. Example: guyub manage run_jobs"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="run what is waiting, then end (for cron)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, _end)
        runner = Runner()
        try:
            if options["once"]:
                self.stdout.write(f"Jobs run: {runner.run_waiting()}.")
            else:
                runner.run()
        except KeyboardInterrupt:
            self.stdout.write("Ended.")


def _end(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
