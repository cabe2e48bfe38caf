"""Which community is open. Only the two doors open one, and only for the length of a call."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from guyub.core.errors import ClosedCommunity


@dataclass(frozen=True)
class Scope:
    """An open community: what may be read, and the deed under which rows may be written."""

    reach: frozenset[uuid.UUID]
    deed: uuid.UUID | None = None
    # Rows that this transaction made or has already looked up: no second look is needed.
    known: set[uuid.UUID] = field(default_factory=set, compare=False, repr=False)
    # Communities that this deed founded: later deeds of the same entry reach them.
    founded: set[uuid.UUID] = field(default_factory=set, compare=False, repr=False)


_open: ContextVar[Scope | None] = ContextVar("open_community", default=None)


@contextmanager
def opened(scope: Scope) -> Iterator[Scope]:
    """Open a community for the length of the block."""
    token = _open.set(scope)
    try:
        yield scope
    finally:
        _open.reset(token)


def current() -> Scope:
    """The open community.

    :raises ClosedCommunity: no door is open.
    """
    scope = _open.get()
    if scope is None:
        raise ClosedCommunity("No community is open: go through an action or a query.")
    return scope


def reach() -> frozenset[uuid.UUID] | None:
    """The communities that are open; nothing where no door is."""
    scope = _open.get()
    return None if scope is None else scope.reach


def deed() -> uuid.UUID:
    """The deed under which rows are written.

    :raises ClosedCommunity: no action is being performed (a query reads and never writes).
    """
    under_way = current().deed
    if under_way is None:
        raise ClosedCommunity("A query does not write: go through an action.")
    return under_way
