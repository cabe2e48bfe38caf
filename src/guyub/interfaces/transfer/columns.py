"""From the columns of a user's file to people and ties: what is recognised, and what is not.

Both `guyub catalysts` on files and `guyub import` into a workspace read through here, so a file
means the same on both roads.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from guyub.interfaces.transfer.cells import plain_cell
from guyub.interfaces.transfer.tables import Table, UnreadableTable

TRAITS = (
    "stance",
    "initiative",
    "responsibility",
    "vision",
    "proactive",
    "openness",
    "influence",
)

# Kinds in which whoever names the other is named in return; the others lead one way.
MUTUAL_KINDS = frozenset({"kin", "friend", "neighbour", "any"})

# What can be wrong with a row. The cell is quoted, so that it can be found.
FAULTS = {
    "ragged": "has another number of cells",
    "nobody": "has no id and no name",
    "twice": "has the id %(id)s of row %(before)s",
    "word": "%(column)s: %(cell)r taken as %(meaning)s",
    "number": "%(column)s: %(cell)r is no whole number from %(least)s to %(most)s; left out",
    "day": "%(column)s: %(cell)r left out",
}

_OTHER_THAN_WORDS = re.compile(r"[^0-9a-zà-ÿ]+")


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong with a row: which of the faults below, and the facts that it names.

    `row` counts as a spreadsheet does, 0 for the whole file.
    """

    row: int
    fault: str
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The fault in English; pages say it in their reader's language."""
        return FAULTS[self.fault] % self.facts


@dataclass(frozen=True, eq=False, kw_only=True)
class PeopleColumns:
    """People as a file tells of them, one entry in each column for each person.

    Whoever has no name is called by their alias, else by their id. A birth year is 0, a trait None
    where it is not known. `used` maps what was recognised to the column of the file; `unused` are
    the columns that were not.
    """

    id: list[str]
    name: list[str]
    alias: list[str]
    gender: list[str]
    birth_year: list[int]
    household: list[str]
    sub_community: list[str]
    occupation: list[str]
    office: list[str]
    phone: list[str]
    promises_kept: list[int]
    promises_broken: list[int]
    traits: dict[str, list[int | None]]
    used: dict[str, str]
    unused: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class TieColumns:
    """Ties as a file tells of them. A strength is 0 where it is not known."""

    source: list[str]
    target: list[str]
    kind: list[str]
    strength: list[int]
    mutual: list[bool]
    reported_by: list[str]
    reported_in: list[str]
    reported_on: list[date | None]
    used: dict[str, str]
    unused: tuple[str, ...]
    waves: tuple[str, ...]
    wave: str
    problems: tuple[Problem, ...]


def people_from(table: Table, *, this_year: int | None = None) -> PeopleColumns:
    """Recognise people in a table. Ages become birth years where the year is given.

    :raises UnreadableTable: no column tells people apart.
    """
    used = recognised(table, "people")
    if "id" not in used and "name" not in used:
        raise UnreadableTable(
            f"{table.name} has no column 'id' or 'name'. It has: {', '.join(table.columns)}."
        )
    column = _Columns(table, used)
    problems = [Problem(row=row, fault="ragged") for row in table.ragged]
    ids = [
        identifier or name
        for identifier, name in zip(column.text("id"), column.text("name"), strict=True)
    ]
    alias = column.text("alias")
    names = [
        name or other or identifier
        for name, other, identifier in zip(column.text("name"), alias, ids, strict=True)
    ]
    problems += _faults_of_ids(ids)
    years = column.numbers("birth_year", 1850, 2200, problems)
    if this_year is not None and "birth_year" not in used:
        ages = column.numbers("age", 0, 130, problems)
        years = [this_year - age if age else 0 for age in ages]
    return PeopleColumns(
        id=ids,
        name=names,
        alias=alias,
        gender=column.words("gender", "gender", "unstated", problems),
        birth_year=years,
        household=column.text("household"),
        sub_community=column.text("sub_community"),
        occupation=column.text("occupation"),
        office=_offices(column),
        phone=column.text("phone"),
        promises_kept=column.numbers("promises_kept", 0, 10_000, problems),
        promises_broken=column.numbers("promises_broken", 0, 10_000, problems),
        traits={trait: column.trait(trait, problems) for trait in TRAITS if trait in used},
        used=used,
        unused=_unused(table, used),
        problems=tuple(problems),
    )


def ties_from(table: Table, *, wave: str | None = None) -> TieColumns:
    """Recognise ties in a table; of several waves only one is taken, the last unless it is named.

    :raises UnreadableTable: a column for one end is missing, or there is no such wave.
    """
    used = recognised(table, "ties")
    missing = [end for end in ("from", "to") if end not in used]
    if missing:
        raise UnreadableTable(
            f"{table.name} has no column {missing[0]!r}. It has: {', '.join(table.columns)}."
        )
    problems = [Problem(row=row, fault="ragged") for row in table.ragged]
    table, waves, wave = _of_wave(table, used, wave)
    column = _Columns(table, used)
    kinds = column.words("kind", "kind", "any", problems)
    mutual = [kind in MUTUAL_KINDS for kind in kinds]
    if "mutual" in used:
        mutual = [word == "yes" for word in column.words("mutual", "yes", "no", problems)]
    return TieColumns(
        source=column.text("from"),
        target=column.text("to"),
        kind=kinds,
        strength=column.numbers("strength", 1, 5, problems),
        mutual=mutual,
        reported_by=column.words("reported_by", "reported_by", "", problems),
        reported_in=column.text("source"),
        reported_on=column.days("date", problems),
        used=used,
        unused=_unused(table, used),
        waves=waves,
        wave=wave,
        problems=tuple(problems),
    )


def recognised(table: Table, sheet: str) -> dict[str, str]:
    """Which column of the file stands for what."""
    plain = {_plain(title): title for title in table.columns}
    found: dict[str, str] = {}
    for meaning, titles in _book()[sheet].items():
        for title in titles:
            if title in plain and plain[title] not in found.values():
                found[meaning] = plain[title]
                break
    return found


@cache
def _book() -> dict[str, Any]:
    with Path(__file__).with_name("columns.toml").open("rb") as stream:
        return tomllib.load(stream)


@cache
def _meanings(vocabulary: str) -> dict[str, str]:
    words = _book()["words"][vocabulary]
    return {word: meaning for meaning, spoken in words.items() for word in spoken}


def _plain(text: str) -> str:
    return _OTHER_THAN_WORDS.sub(" ", text.lower()).strip()


def _unused(table: Table, used: dict[str, str]) -> tuple[str, ...]:
    return tuple(title for title in table.columns if title not in used.values())


def _faults_of_ids(ids: list[str]) -> list[Problem]:
    seen: dict[str, int] = {}
    problems = []
    for row, identifier in enumerate(ids, start=2):
        if not identifier:
            problems.append(Problem(row=row, fault="nobody"))
        elif identifier in seen:
            facts = {"id": identifier, "before": seen[identifier]}
            problems.append(Problem(row=row, fault="twice", facts=facts))
        else:
            seen[identifier] = row
    return problems


def _offices(column: _Columns) -> list[str]:
    """The name of an office, or 'leader' where the file only says yes."""
    yes = _meanings("yes")
    found = []
    for cell in column.text("office"):
        said = yes.get(cell.lower())
        found.append("leader" if said == "yes" else "" if said == "no" else cell)
    return found


def _of_wave(
    table: Table, used: dict[str, str], wave: str | None
) -> tuple[Table, tuple[str, ...], str]:
    if "wave" not in used:
        return table, (), ""
    column = table.columns[used["wave"]]
    waves = tuple(sorted(set(column), key=lambda each: (len(each), each)))
    if wave is not None and wave not in waves:
        raise UnreadableTable(f"{table.name} has no wave {wave}; it has {', '.join(waves)}.")
    chosen = waves[-1] if wave is None and waves else wave or ""
    kept = [place for place, each in enumerate(column) if each == chosen]
    columns: dict[str, Sequence[str]] = {
        title: [cells[place] for place in kept] for title, cells in table.columns.items()
    }
    return Table(name=table.name, columns=columns, rows=len(kept)), waves, chosen


class _Columns:
    """Reads recognised columns, cell by cell; what cannot be read is left out and told."""

    def __init__(self, table: Table, used: dict[str, str]) -> None:
        self._table, self._used = table, used

    def text(self, meaning: str) -> list[str]:
        if meaning not in self._used:
            return [""] * self._table.rows
        cells = self._table.columns[self._used[meaning]]
        if self._table.trimmed:
            return list(cells)
        # Cells come again and again: the same person in many ties, the same hamlet for many people.
        read = {cell: plain_cell(cell.strip()) for cell in set(cells)}
        return [read[cell] for cell in cells]

    def words(
        self, meaning: str, vocabulary: str, default: str, problems: list[Problem]
    ) -> list[str]:
        if meaning not in self._used:
            return [default] * self._table.rows
        meanings = _meanings(vocabulary)
        cells = self._table.columns[self._used[meaning]]
        read = {cell: meanings.get(_plain(cell)) for cell in set(cells)}
        unknown = {cell for cell, word in read.items() if word is None and cell.strip()}
        problems.extend(self._first(meaning, cells, unknown, "word", meaning=default or "unknown"))
        return [read[cell] or default for cell in cells]

    def numbers(self, meaning: str, least: int, most: int, problems: list[Problem]) -> list[int]:
        return [value or 0 for value in self._read(meaning, least, most, problems)]

    def trait(self, trait: str, problems: list[Problem]) -> list[int | None]:
        least, most = (1, 5) if trait == "stance" else (0, 4)
        return self._read(trait, least, most, problems)

    def days(self, meaning: str, problems: list[Problem]) -> list[date | None]:
        if meaning not in self._used:
            return [None] * self._table.rows
        cells = self._table.columns[self._used[meaning]]
        read = {cell: _day(cell) for cell in set(cells)}
        unknown = {cell for cell, day in read.items() if day is None and cell.strip()}
        problems.extend(self._first(meaning, cells, unknown, "day"))
        return [read[cell] for cell in cells]

    def _read(
        self, meaning: str, least: int, most: int, problems: list[Problem]
    ) -> list[int | None]:
        if meaning not in self._used:
            return [None] * self._table.rows
        cells = self._table.columns[self._used[meaning]]
        read = {cell: _whole(cell, least, most) for cell in set(cells)}
        unknown = {cell for cell, value in read.items() if value is None and cell.strip()}
        problems.extend(self._first(meaning, cells, unknown, "number", least=least, most=most))
        return [read[cell] for cell in cells]

    def _first(
        self, about: str, cells: Sequence[str], unknown: set[str], fault: str, **facts: object
    ) -> list[Problem]:
        """Every unreadable row is told of."""
        if not unknown:
            return []
        facts["column"] = self._used[about]
        return [
            Problem(row=row, fault=fault, facts=facts | {"cell": cell.strip()})
            for row, cell in enumerate(cells, start=2)
            if cell in unknown
        ]


def _whole(cell: str, least: int, most: int) -> int | None:
    """A whole number; spreadsheets like to write 3 as 3.0 or 3,0."""
    try:
        value = float(cell.strip().replace(",", "."))
    except ValueError:
        return None
    return int(value) if least <= value <= most and value.is_integer() else None


def _day(cell: str) -> date | None:
    """2026-05-01, or day first with / . or - between, as it is written in Indonesia."""
    text = cell.strip()
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    parts = re.split(r"[./-]", text)
    try:
        day, month, year = (int(part) for part in parts)
        return date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return None
