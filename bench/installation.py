"""An installation of one run alone: its data folder, and on PostgreSQL its database."""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit


@contextmanager
def installation(purpose: str) -> Iterator[None]:
    """A data folder, and on PostgreSQL a database, of this run alone."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GUYUB_DATA"] = folder
        os.environ["GUYUB_LOG_LEVEL"] = "ERROR"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guyub.config.settings")
        given = os.environ.get("GUYUB_DATABASE_URL", "")
        if not given.startswith("postgres"):
            yield
            return
        import psycopg

        name = f"guyub_{purpose}_{uuid.uuid4().hex[:12]}"
        with psycopg.connect(given, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        os.environ["GUYUB_DATABASE_URL"] = urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
        try:
            yield
        finally:
            from django.db import connections

            connections.close_all()
            os.environ["GUYUB_DATABASE_URL"] = given
            with psycopg.connect(given, autocommit=True) as connection:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
