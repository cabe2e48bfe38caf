"""Many values in few statements: as many at a time as every database takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

# Values in one statement. An SQLite that was built with its old default takes 999 variables, the
# limit that Django keeps to as well; some are left for the other conditions of the statement.
CHUNK = 900

Item = TypeVar("Item")


def chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """These items in their order, so many at a time as fit into one statement."""
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
