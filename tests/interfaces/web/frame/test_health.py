"""The health page."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from guyub.core import checks
from people import Cast


def test_a_sound_installation_says_so_without_log_in(cast: Cast) -> None:
    answer = Client().get("/health")

    assert answer.status_code == 200
    assert answer.content.decode().splitlines() == [
        "database answers: yes",
        "database library is safe: yes",
        "migrations are applied: yes",
    ]


def test_a_missing_migration_is_a_fault(cast: Cast) -> None:
    ((app, newest),) = MigrationLoader(connection).graph.leaf_nodes("listen")
    MigrationRecorder(connection).record_unapplied(app, newest)

    answer = Client().get("/health")

    assert answer.status_code == 503
    assert "migrations are applied: NO" in answer.content.decode()


def test_a_database_that_does_not_answer_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def silence() -> None:
        raise DatabaseError("password=secret")

    monkeypatch.setattr(connection, "cursor", silence)

    answer = Client().get("/health")

    assert answer.status_code == 503
    assert "database answers: NO" in answer.content.decode()
    assert "secret" not in answer.content.decode()


def test_an_unsafe_database_library_is_a_fault(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor == "sqlite":
        monkeypatch.setattr(checks, "SAFE_SQLITE", (99, 0, 0))
    else:
        monkeypatch.setattr(connection, "vendor", "oracle")

    assert "database library is safe: NO" in Client().get("/health").content.decode()
