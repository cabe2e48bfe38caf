"""The stage on which the cast plays: a database with everybody in place, for every test alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.management.commands.flush import Command as Flush
from django.db import connection, transaction
from django.test import override_settings

from guyub.core import append_only
from guyub.core.models import Account, Community
from people import Cast, assemble


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A standing cast needs the tests' own database, also where no other test asks for one."""
    for item in items:
        if "standing_cast" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="session", autouse=True)
def passwords_are_hashed_quickly() -> Iterator[None]:
    """The same algorithm with the least work: guessing is not what the tests are about."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Argon2PasswordHasher, "time_cost", 1)
        patch.setattr(Argon2PasswordHasher, "memory_cost", 8)
        patch.setattr(Argon2PasswordHasher, "parallelism", 1)
        yield


@pytest.fixture(scope="session", autouse=True)
def static_files_are_looked_for_when_they_are_asked_for() -> Iterator[None]:
    """Every browser of a test would look through all of them before its first page."""
    with override_settings(WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: Any, django_db_blocker: Any, passwords_are_hashed_quickly: None
) -> Iterator[None]:
    """Bring the cast together once; each test then plays in a transaction of its own."""
    with django_db_blocker.unblock():
        assemble()
        copy = copied() if connection.vendor == "sqlite" else None
    with the_stage_is_set_again(copy):
        yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            # A server of a journey may still answer its last request, and hold the database.
            cursor.execute(
                "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@contextmanager
def the_stage_is_set_again(copy: Any | None) -> Iterator[None]:
    """A story in a browser commits what it does; afterwards all is as it was before.

    Django would empty every table. The file of SQLite is copied back instead, in a few
    milliseconds; on PostgreSQL the wall around the log is lifted for emptying, only here.
    """
    flush = Flush.handle

    def handle(self: Flush, **options: Any) -> None:
        if copy is not None:
            connection.ensure_connection()
            copy.backup(connection.connection)
            return
        append_only.remove(connection)
        flush(self, **options)
        append_only.install(connection)
        assemble()

    Flush.handle = handle  # type: ignore[method-assign]
    yield
    Flush.handle = flush  # type: ignore[method-assign]
    if copy is not None:
        copy.close()


def copied() -> Any:
    """The database as it is now, in memory."""
    connection.ensure_connection()
    copy = type(connection.connection)(":memory:")
    connection.connection.backup(copy)
    return copy


@pytest.fixture
def cast(db: Any) -> Cast:
    """Everybody, in their places."""
    return everybody()


@pytest.fixture(scope="module")
def standing_cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """The same for what all tests of a file begin with; it goes with the last of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield everybody()
        transaction.set_rollback(True)


def everybody() -> Cast:
    """The cast as it lies in the database."""
    return Cast(
        accounts={account.username: account for account in Account.objects.all()},
        slugs={slug: slug for slug in Community.objects.values_list("slug", flat=True)},
    )
