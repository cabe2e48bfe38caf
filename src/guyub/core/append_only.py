"""The wall in the database itself: no statement changes, deletes or replaces a log entry.

On SQLite a `REPLACE` would go round a trigger on deletion unless `recursive_triggers` is on, so the
number of an entry is checked on insertion as well.
"""

from __future__ import annotations

from typing import Any

_TABLE = "core_logentry"

_SQLITE = [
    f"""CREATE TRIGGER IF NOT EXISTS {_TABLE}_no_{verb} BEFORE {verb.upper()} ON {_TABLE}
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"""
    for verb in ("update", "delete")
] + [
    f"""CREATE TRIGGER IF NOT EXISTS {_TABLE}_no_replace BEFORE INSERT ON {_TABLE}
    WHEN EXISTS (SELECT 1 FROM {_TABLE} WHERE key = NEW.key
                 OR (community_id = NEW.community_id AND number = NEW.number))
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"""  # noqa: S608  no outside text
]
_SQLITE_REMOVE = [
    f"DROP TRIGGER IF EXISTS {_TABLE}_no_{verb}" for verb in ("update", "delete", "replace")
]

_POSTGRESQL = [
    f"""CREATE OR REPLACE FUNCTION {_TABLE}_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$""",
    f"""CREATE OR REPLACE TRIGGER {_TABLE}_no_change BEFORE UPDATE OR DELETE ON {_TABLE}
    FOR EACH ROW EXECUTE FUNCTION {_TABLE}_append_only()""",
    f"""CREATE OR REPLACE TRIGGER {_TABLE}_no_truncate BEFORE TRUNCATE ON {_TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION {_TABLE}_append_only()""",
]
_POSTGRESQL_REMOVE = [
    f"DROP TRIGGER IF EXISTS {_TABLE}_no_{verb} ON {_TABLE}" for verb in ("change", "truncate")
]


def install(connection: Any) -> None:
    """Put the wall up."""
    _run(connection, _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL)


def remove(connection: Any) -> None:
    """Take the wall down: only for emptying a test database between two stories."""
    _run(connection, _SQLITE_REMOVE if connection.vendor == "sqlite" else _POSTGRESQL_REMOVE)


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
