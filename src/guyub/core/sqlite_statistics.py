"""What SQLite is told of a table beforehand, so that it reads a large one as well as a small one.

SQLite chooses an index by statistics that it only has where somebody ran ANALYZE; without them it
takes a community for a handful of rows, and reads and sorts 100,000 people to show fifty. Writing
the statistics of a typical table once is what SQLite itself advises ("Manual control of query plans
using SQLITE_STAT tables"): plans are the same everywhere, and nobody has to analyze anything.
PostgreSQL looks after its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connections


def foretell(using: str, table: str, statistics: Mapping[tuple[str, ...], str]) -> None:
    """Write statistics for the indexes over these columns: rows, then rows alike in one column…"""
    connection: Any = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        # Makes the table of statistics, where nothing was ever analyzed.
        cursor.execute(f'ANALYZE "{table}"')
        cursor.execute("DELETE FROM sqlite_stat1 WHERE tbl = %s", [table])
        cursor.execute("SELECT name FROM pragma_index_list(%s)", [table])
        for (index,) in cursor.fetchall():
            cursor.execute("SELECT name FROM pragma_index_info(%s)", [index])
            columns = tuple(name for (name,) in cursor.fetchall())
            if columns in statistics:
                cursor.execute(
                    "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (%s, %s, %s)",
                    [table, index, statistics[columns]],
                )
        # Read what was written: this connection goes on.
        cursor.execute("ANALYZE sqlite_schema")
