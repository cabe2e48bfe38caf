"""Brings 100,000 people and 100,000 ties in, beside what the same database takes at most.

The limit is `executemany` of the same rows into the same tables, with their indexes, in one
transaction, in the same run. Beside it stand the command, as a process from its start to its end,
and the action door alone.

    python -m bench.bringing_in        (on PostgreSQL: scripts/with_postgres.py before it)
"""

from __future__ import annotations

import os
import resource
import secrets
import subprocess
import sys
import time
import uuid
from pathlib import Path

import numpy as np

from bench.installation import installation

_PEOPLE, _TIES = 100_000, 100_000
_ROWS = _PEOPLE + _TIES
_COMMAND = [sys.executable, "-m", "guyub.interfaces.cli"]
_WHERE = ["--as", "tini", "--community", "bench"]


def main() -> int:
    """Measure on the database that is set."""
    with installation("bench"):
        _found()
        kind = "PostgreSQL" if os.environ.get("GUYUB_DATABASE_URL") else "SQLite"
        print(f"\nImport: {_PEOPLE:,} people and {_TIES:,} ties, {kind}", flush=True)
        command, memory = _by_command()
        limit = _limit()
        door, parts = _by_door()
    _told("executemany, the limit", limit)
    _told("guyub import, whole process", command, f"{limit / command:.2f} of the limit")
    _told("the action door alone", door, f"{limit / door:.2f} of the limit")
    print(f"  memory of guyub import at its peak: {memory:,.0f} MB; {parts}")
    return 0


def _told(label: str, seconds: float, said: str = "") -> None:
    print(f"  {label:<38} {seconds:>8.3f} s  {_ROWS / seconds:>9,.0f} rows a second  {said}")


def _found() -> None:
    from guyub.interfaces.cli.installation import open_installation, prepare_tables

    open_installation()
    prepare_tables()
    from guyub.core.founding import found_workspace

    secret = secrets.token_urlsafe(20)
    found_workspace("Bench", slug="bench", username="tini", owner="Tini", password=secret)


def _files(prefix: str) -> tuple[Path, Path]:
    """Lists such as a village office has: names, years, households, hamlets, telephones."""
    chance = np.random.default_rng(1)
    folder = Path(os.environ["GUYUB_DATA"])
    people, ties = folder / f"{prefix}people.csv", folder / f"{prefix}ties.csv"
    born = chance.integers(1940, 2020, _PEOPLE).tolist()
    rows = (
        f"{prefix}{number},Warga {number},{'PL'[number % 2]},{year},KK {number // 4},"
        f"Petani,08{number:010}\n"
        for number, year in enumerate(born)
    )
    people.write_text("id,nama,jenis kelamin,tahun lahir,no kk,pekerjaan,no hp\n" + "".join(rows))
    source = chance.integers(0, _PEOPLE, _TIES)
    target = (source + chance.integers(1, _PEOPLE, _TIES)) % _PEOPLE
    pairs = zip(source.tolist(), target.tolist(), strict=True)
    told = (f"{prefix}{one},{prefix}{other},teman,3\n" for one, other in pairs)
    ties.write_text("dari,ke,jenis,kekuatan\n" + "".join(told))
    return people, ties


def _by_command() -> tuple[float, float]:
    """Seconds and megabytes of `guyub import`."""
    people, ties = _files("p")
    words = ["import", *_WHERE, "--people", str(people), "--ties", str(ties), "--yes"]
    begin = time.perf_counter()
    subprocess.run([*_COMMAND, *words], check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - begin
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _limit() -> float:
    """Seconds for the rows that came in, once more under new keys."""
    from django.db import connection

    from guyub.cycle.listen.models import Person
    from guyub.cycle.map.models import Tie

    given = []
    for model in (Person, Tie):
        table = connection.ops.quote_name(model._meta.db_table)
        columns = [str(field.column) for field in model._meta.concrete_fields]
        named = ", ".join(map(connection.ops.quote_name, columns))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {named} FROM {table}")  # noqa: S608
            rows = [list(row) for row in cursor.fetchall()]
        place = columns.index("id")
        for row in rows:
            row[place] = uuid.uuid4() if isinstance(row[place], uuid.UUID) else uuid.uuid4().hex
        marks = ", ".join(["%s"] * len(columns))
        given.append((f"INSERT INTO {table} ({named}) VALUES ({marks})", rows))  # noqa: S608
    from django.db import transaction

    begin = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for statement, rows in given:
            cursor.executemany(statement, rows)
    return time.perf_counter() - begin


def _by_door() -> tuple[float, str]:
    """Seconds in the action door, and how long what comes before it takes."""
    from django.utils import timezone

    from guyub.core.action import perform
    from guyub.interfaces.cli.installation import actor_named
    from guyub.interfaces.transfer.columns import people_from, ties_from
    from guyub.interfaces.transfer.list_import import prepare_import
    from guyub.interfaces.transfer.reading import read_safely

    actor = actor_named("tini", "bench")
    people, ties = _files("q")
    begin = time.perf_counter()
    tables = [read_safely(file, file.name) for file in (people, ties)]
    read = time.perf_counter()
    columns = people_from(tables[0]), ties_from(tables[1])
    understood = time.perf_counter()
    found = prepare_import(actor, *columns, today=timezone.localdate())
    prepared = time.perf_counter()
    perform(actor, found.deeds)
    door = time.perf_counter() - prepared
    said = (
        f"reading {read - begin:.1f} s, understanding {understood - read:.1f} s, "
        f"preparing {prepared - understood:.1f} s"
    )
    return door, said


if __name__ == "__main__":
    raise SystemExit(main())
