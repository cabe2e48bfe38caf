"""Puts all confidential values under a new key."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from guyub.core import rotation
from guyub.core.keys import key_ring


class Command(BaseCommand):
    help = (
        "Makes a new key for confidential fields and seals every value anew under it. It may be "
        "stopped and begun again. Back up the key file first: without its keys, nothing sealed "
        "under them can be read again. Example: guyub manage rotate_keys"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--resume", action="store_true", help="make no new key, finish with the newest there is"
        )
        parser.add_argument(
            "--drop-old-keys",
            action="store_true",
            help="afterwards take the older keys from the key file (old backups then stay closed)",
        )

    def handle(self, *args: Any, resume: bool, drop_old_keys: bool, **options: Any) -> None:
        file = settings.GUYUB_FIELD_KEYS_FILE
        ours = file.exists() and file.read_text().strip() == settings.GUYUB_FIELD_KEYS
        if not ours and not resume:
            raise CommandError(
                "The keys come from GUYUB_FIELD_KEYS, not from the key file. Add a new one there "
                "(VERSION:BASE64, with a higher version), then run this with --resume."
            )
        try:
            rotation.left_under_older_keys()
        except DatabaseError:
            raise CommandError(
                "The tables are not there yet, so there is nothing to seal anew. No key was made. "
                "Run `guyub manage migrate` first."
            ) from None
        if not resume:
            rotation.add_key(file)
            settings.GUYUB_FIELD_KEYS = file.read_text().strip()
        done = 0
        for batch in rotation.reseal():
            done += batch
            self.stdout.write(f"{done} rows sealed anew", ending="\r")
        left = rotation.left_under_older_keys()
        self.stdout.write(f"{done} rows sealed anew under key {key_ring().newest}; {left} left.")
        if drop_old_keys and left == 0 and ours:
            gone = rotation.drop_old_keys(file)
            self.stdout.write(f"{gone} older keys dropped.")
