"""SQLite is told of its large tables beforehand; of an index it knows nothing, it chooses badly."""

from __future__ import annotations

import pytest
from django.db import connection

from guyub.cycle.listen.apps import EXPECTED_ROWS
from people import Cast

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL gathers its statistics itself"
)


@pytest.mark.parametrize("table", [*EXPECTED_ROWS, "map_tie"])
def test_every_index_of_a_large_table_is_foretold(cast: Cast, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pragma_index_list(%s)", [table])
        indexes = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT idx FROM sqlite_stat1 WHERE tbl = %s", [table])
        assert {name for (name,) in cursor.fetchall()} == indexes
