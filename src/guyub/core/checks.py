"""What must hold before the program may start; each fault says what to do."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from guyub.core.keys import key_ring

# The first SQLite without the WAL-reset bug, which can corrupt a database that two connections
# write to (fixed 2026-03-13; sqlite.org, release notes of 3.51.3).
SAFE_SQLITE = (3, 51, 3)

# PostgreSQL 15 is the oldest that its project still mends.
SAFE_POSTGRESQL = 150000


@register(Tags.database)
def database_library_is_safe(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Refuse a database library that can lose what was confirmed."""
    if connection.vendor == "sqlite":
        version = connection.Database.sqlite_version_info  # type: ignore[attr-defined]
        if tuple(version) < SAFE_SQLITE:
            found = ".".join(map(str, version))
            return [
                Error(
                    f"SQLite {found} has the WAL-reset bug and can corrupt the database.",
                    hint="Install the package pysqlite3 (it brings a newer SQLite), or use "
                    "PostgreSQL through GUYUB_DATABASE_URL.",
                    id="guyub.E001",
                )
            ]
    elif connection.vendor != "postgresql":
        return [
            Error(
                "Guyub keeps its data in SQLite or PostgreSQL.",
                hint="Give GUYUB_DATABASE_URL as postgresql://… or leave it out.",
                id="guyub.E002",
            )
        ]
    return []


@register(Tags.security)
def field_keys_can_be_read(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Refuse to start without the keys of the confidential fields."""
    try:
        key_ring()
    except ImproperlyConfigured as fault:
        return [Error(str(fault), id="guyub.E003")]
    return []


@register(Tags.security)
def data_folder_is_private(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Refuse a data folder that others on this machine can read."""
    folder = Path(settings.GUYUB_DATA)
    if os.name != "posix" or not folder.exists():
        return []
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        return [
            Error(
                "Others on this computer can read the data folder.",
                hint="Make it private: chmod 700 on the folder named by GUYUB_DATA.",
                id="guyub.E004",
            )
        ]
    return []
