"""Erases again whoever a restored backup brought back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guyub.core.erasing import erase_again


class Command(BaseCommand):
    help = (
        "Erases everybody whose line stands in a ledger of erasures and who is here again. Run it "
        "after a backup was restored, before anybody works with it. The secret key has to be the "
        "one under which the ledger was written. Example: guyub manage apply_erasures erasures"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("ledger", type=Path, help="the file `erasures` of the data folder")

    def handle(self, *args: Any, ledger: Path, **options: Any) -> None:
        try:
            found = erase_again(ledger.read_text().splitlines())
        except OSError:
            raise CommandError(f"{ledger} cannot be read.") from None
        except ValueError:
            raise CommandError(f"{ledger} is no ledger of erasures. Nothing was done.") from None
        self.stdout.write(f"Erased again: {found}")
