"""What a reading read and what a deed wrote: tables, communities and people.

Both are recorded from the statements as they go to the database, so nobody declares them and nobody
can forget one. A statement counts for every community and everybody, unless it is known better: the
open community is marked where a table is searched (`within`), rows that are added say where they
belong and whom they are about (`named`).
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from django.apps import apps
from django.db import connection

from guyub.core import scope
from guyub.core.permissions import Permission

# None stands for all communities, or for everybody.
Places = frozenset[uuid.UUID] | None
People = frozenset[uuid.UUID] | None

# More than this are not named one by one. Our choice: a gathering, not an import.
MOST_NAMED = 300


@dataclass
class ReadSet:
    """What was read: in which communities each table was searched.

    looked_up: tables of which rows were found by their key alone, from rows that pointed at them. A
    row that is added to them changes nothing that was read. demanded: the permissions it took.
    """

    searched: dict[str, Places] = field(default_factory=dict)
    looked_up: set[str] = field(default_factory=set)
    demanded: set[Permission] = field(default_factory=set)

    def search(self, table: str, places: Places) -> None:
        """Note that a table was searched."""
        before = self.searched.get(table, frozenset())
        self.searched[table] = _both(before, places)

    def add(self, other: ReadSet) -> None:
        """Note all that somebody else read."""
        for table, places in other.searched.items():
            self.search(table, places)
        self.looked_up |= other.looked_up
        self.demanded |= other.demanded

    def unheard(self) -> set[str]:
        """Tables that something else than deeds writes: nothing tells that they were written."""
        tables = self.searched.keys() | self.looked_up - {_LOG}
        return tables - _facts()


@dataclass(frozen=True)
class Written:
    """What was written in one table: where, about whom, and whether rows were only added."""

    places: Places
    people: People
    added: bool


class WriteSet:
    """What was written, by table; everything, where nothing is known of it."""

    def __init__(self, tables: Mapping[str, Written] | None = None) -> None:
        self.everything = tables is None
        self.tables = dict(tables or {})

    def note(self, table: str, written: Written) -> None:
        """Note that a table was written."""
        before = self.tables.get(table)
        if before is not None:
            written = Written(
                _both(before.places, written.places),
                _both(before.people, written.people),
                before.added and written.added,
            )
        self.tables[table] = Written(_few(written.places), _few(written.people), written.added)

    def meets(self, reads: ReadSet) -> bool:
        """Whether an answer that read this may be another one now."""
        return self.everything or bool(self._met(reads))

    def people_met(self, reads: ReadSet) -> People:
        """About whom the answer may be another one now."""
        found: People = None if self.everything else frozenset()
        for table in self._met(reads):
            found = _both(found, self.tables[table].people)
        return found

    def _met(self, reads: ReadSet) -> list[str]:
        return [table for table, written in self.tables.items() if _meet(table, written, reads)]

    def plain(self) -> Any:
        """As it is kept for other processes."""
        if self.everything:
            return None
        return {
            table: [_texts(written.places), _texts(written.people), written.added]
            for table, written in self.tables.items()
        }

    @classmethod
    def of(cls, plain: Any) -> WriteSet:
        """What was kept."""
        if plain is None:
            return cls(None)
        return cls(
            {
                table: Written(_keys(places), _keys(people), added)
                for table, (places, people, added) in plain.items()
            }
        )


_reads: ContextVar[ReadSet | None] = ContextVar("reads", default=None)
_writes: ContextVar[WriteSet | None] = ContextVar("writes", default=None)
_NOTHING: Mapping[str, tuple[Places, People]] = MappingProxyType({})
_named: ContextVar[Mapping[str, tuple[Places, People]]] = ContextVar("named", default=_NOTHING)


@contextmanager
def reading() -> Iterator[ReadSet]:
    """Record what is read within the block, for whoever records around it as well."""
    around, reads = _reads.get(), ReadSet()
    token = _reads.set(reads)
    try:
        with _watched():
            yield reads
    finally:
        _reads.reset(token)
        if around is not None:
            around.add(reads)


@contextmanager
def writing() -> Iterator[WriteSet]:
    """Record what is written within the block."""
    writes = WriteSet({})
    token = _writes.set(writes)
    try:
        with _watched():
            yield writes
    finally:
        _writes.reset(token)


@contextmanager
def named(table: str, places: Places, people: People) -> Iterator[None]:
    """Say where all belongs that is written to a table within the block, and whom it is about."""
    token = _named.set({**_named.get(), table: (places, people)})
    try:
        yield
    finally:
        _named.reset(token)


def within(table: str, alias: str) -> str:
    """The mark of a condition by which a table answers for the open community alone."""
    return f" /* within {table} {alias} */"


def note_read(reads: ReadSet) -> None:
    """Note what was read before, and is used again without asking the database."""
    if (around := _reads.get()) is not None:
        around.add(reads)


def note_demand(permission: Permission) -> None:
    """Note which permission it takes to read what is read now."""
    if (around := _reads.get()) is not None:
        around.demanded.add(permission)


@contextmanager
def _watched() -> Iterator[None]:
    if _watch in connection.execute_wrappers:
        yield
        return
    with connection.execute_wrapper(_watch):
        yield


def _watch(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    result = execute(sql, params, many, context)
    reads, writes = _reads.get(), _writes.get()
    statement = _parsed(sql if isinstance(sql, str) else str(sql))
    if reads is not None:
        for table in statement.within:
            reads.search(table, scope.reach())
        for table in statement.anywhere:
            reads.search(table, None)
        reads.looked_up |= statement.looked_up
    # How many rows were added is known only once the answer of the database was read to its end.
    if writes is not None and (statement.adds or context["cursor"].rowcount != 0):
        for table in statement.written & _facts():
            writes.note(table, Written(*_named.get().get(table, (None, None)), statement.adds))
    return result


@dataclass(frozen=True)
class _Statement:
    """What a statement does to tables. adds: it writes nothing but new rows."""

    written: frozenset[str] = frozenset()
    adds: bool = False
    within: frozenset[str] = frozenset()
    anywhere: frozenset[str] = frozenset()
    looked_up: frozenset[str] = frozenset()


# How a statement names a table, and under which other name it goes on.
_TABLE = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE)\s+"?(\w+)"?(?: ([A-Z]+[0-9]+)\b)?')
# A table joined by nothing but a column that points at it.
_POINTED_AT = re.compile(
    r'\bJOIN "(\w+)"(?: ([A-Z]+[0-9]+))? ON \("?\w+"?\."\w+" = "?(\w+)"?\."(\w+)"\)'
)
_WITHIN = re.compile(r"/\* within (\w+) (\w+) \*/")
_WORD = re.compile(r"\w+")

# The log only grows: a row of it that was looked up by its key stays as it is.
_LOG = "core_logentry"

# Tables of facts whose rows do not say in which deed they were stated.
_STATED_BY_NO_DEED = frozenset({"core.Workspace", "core.Account", "core.NamelessCount"})

# Up to so many letters what a statement does is remembered. Our choice: a list of 900 keys.
_LONGEST = 5000

# Statements that neither read nor write a table.
_SILENT = frozenset(
    {"SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "PRAGMA", "SET", "SHOW"}
)


def _parsed(sql: str) -> _Statement:
    # The longest are those of imports, and seldom come again.
    return _parse(sql) if len(sql) <= _LONGEST else _parse.__wrapped__(sql)


@lru_cache(maxsize=2048)
def _parse(sql: str) -> _Statement:
    verb = next(iter(_WORD.findall(sql[:40])), "").upper()
    if verb in _SILENT:
        return _Statement()
    if verb in {"INSERT", "UPDATE", "DELETE"} and (target := _TABLE.search(sql)):
        adds = verb == "INSERT" and " DO UPDATE" not in sql
        return _Statement(written=frozenset({target[1]}), adds=adds)
    mentioned = frozenset(_WORD.findall(sql)) & _keys_of_tables().keys()
    if verb == "SELECT":
        return _parse_reading(sql, mentioned)
    return _Statement(written=mentioned, anywhere=mentioned)


def _parse_reading(sql: str, mentioned: frozenset[str]) -> _Statement:
    """Each time a table is named it counts for every community, unless something says otherwise."""
    named = Counter((name, alias or name) for name, alias in _TABLE.findall(sql))
    pointed_at = Counter(
        (name, alias or name)
        for name, alias, joined, column in _POINTED_AT.findall(sql)
        if joined == (alias or name) and column == _keys_of_tables().get(name)
    )
    searched = named - pointed_at
    anywhere = mentioned - {name for name, _alias in named}
    anywhere |= {name for name, _alias in searched - Counter(_WITHIN.findall(sql))}
    return _Statement(
        within=frozenset(name for name, _alias in searched) & mentioned - anywhere,
        anywhere=anywhere & mentioned,
        looked_up=frozenset(name for name, _alias in pointed_at),
    )


@cache
def _keys_of_tables() -> dict[str, str]:
    """Every table but that of the feed, with the column of its key where that is its own."""
    return {
        model._meta.db_table: str(model._meta.pk.column) * (not model._meta.pk.is_relation)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label != "core.Footprint"
    }


@cache
def _facts() -> frozenset[str]:
    """The tables that only deeds write, and what is said to everybody where something else does."""
    return frozenset(
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.label in _STATED_BY_NO_DEED or hasattr(model, "stated_in")
    )


def _meet(table: str, written: Written, reads: ReadSet) -> bool:
    if table in reads.looked_up and not written.added:
        return True
    if table not in reads.searched:
        return False
    places = reads.searched[table]
    return places is None or written.places is None or not places.isdisjoint(written.places)


def _both(one: People, other: People) -> People:
    return None if one is None or other is None else one | other


def _few(some: People) -> People:
    return None if some is None or len(some) > MOST_NAMED else some


def _texts(keys: People) -> list[str] | None:
    return None if keys is None else sorted(map(str, keys))


def _keys(texts: list[str] | None) -> People:
    return None if texts is None else frozenset(map(uuid.UUID, texts))
