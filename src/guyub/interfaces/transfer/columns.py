"""From the columns of a user's file to people and ties: what is recognised, and what is not.

Both `guyub catalysts` on files and `guyub import` into a workspace read through here, so a file
means the same on both roads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

import numpy as np

from guyub.interfaces.transfer.cells import plain_cell
from guyub.interfaces.transfer.meanings import plain_words, recognised, words_for
from guyub.interfaces.transfer.refusals import UnreadableTable, listed
from guyub.interfaces.transfer.repeated import Repeated
from guyub.interfaces.transfer.tables import Table

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

Read = TypeVar("Read")


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
    groups: list[str]
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

    source: Repeated[str]
    target: Repeated[str]
    kind: Repeated[str]
    strength: Repeated[int]
    mutual: Repeated[bool]
    reported_by: Repeated[str]
    reported_in: Repeated[str]
    reported_on: Repeated[date | None]
    used: dict[str, str]
    unused: tuple[str, ...]
    waves: tuple[str, ...]
    wave: str
    problems: tuple[Problem, ...]


def people_from(
    table: Table, *, this_year: int | None = None, chosen: Mapping[str, str] | None = None
) -> PeopleColumns:
    """Recognise people in a table. Ages become birth years where the year is given.

    chosen: what columns stand for where somebody said so.

    :raises UnreadableTable: no column tells people apart, or the choice cannot be.
    """
    used = recognised(table, "people", chosen)
    if "id" not in used and "name" not in used:
        columns = listed(list(table.columns))
        raise UnreadableTable("nobody_told_apart", name=table.name, columns=columns)
    column = _Columns(table, used)
    problems = [Problem(row=row, fault="ragged") for row in table.ragged]
    ids = [
        identifier or name
        for identifier, name in zip(column.text("id"), column.text("name"), strict=True)
    ]
    alias = list(column.text("alias"))
    names = [
        name or other or identifier
        for name, other, identifier in zip(column.text("name"), alias, ids, strict=True)
    ]
    problems += _faults_of_ids(ids)
    years = list(column.numbers("birth_year", 1850, 2200, problems))
    if this_year is not None and "birth_year" not in used:
        ages = column.numbers("age", 0, 130, problems)
        years = [this_year - age if age else 0 for age in ages]
    return PeopleColumns(
        id=ids,
        name=names,
        alias=alias,
        gender=list(column.words("gender", "gender", "unstated", problems)),
        birth_year=years,
        household=list(column.text("household")),
        sub_community=list(column.text("sub_community")),
        occupation=list(column.text("occupation")),
        office=_offices(column),
        groups=list(column.text("groups")),
        phone=list(column.text("phone")),
        promises_kept=list(column.numbers("promises_kept", 0, 10_000, problems)),
        promises_broken=list(column.numbers("promises_broken", 0, 10_000, problems)),
        traits={trait: list(column.trait(trait, problems)) for trait in TRAITS if trait in used},
        used=used,
        unused=_unused(table, used),
        problems=tuple(problems),
    )


def ties_from(
    table: Table, *, wave: str | None = None, chosen: Mapping[str, str] | None = None
) -> TieColumns:
    """Recognise ties in a table; of several waves only one is taken, the last unless it is named.

    chosen: what columns stand for where somebody said so.

    :raises UnreadableTable: a column for one end is missing, there is no such wave, or the choice
        cannot be.
    """
    used = recognised(table, "ties", chosen)
    missing = [f"no_{end}" for end in ("from", "to") if end not in used]
    if missing:
        columns = listed(list(table.columns))
        raise UnreadableTable(missing[0], name=table.name, columns=columns)
    problems = [Problem(row=row, fault="ragged") for row in table.ragged]
    table, waves, wave = _of_wave(table, used, wave)
    column = _Columns(table, used)
    kinds = column.words("kind", "kind", "any", problems)
    mutual = kinds.read(MUTUAL_KINDS.__contains__)
    if "mutual" in used:
        mutual = column.words("mutual", "yes", "no", problems).read("yes".__eq__)
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
    yes = words_for("yes")
    known = {"yes": "leader", "no": ""}
    return list(column.text("office").read(lambda cell: known.get(yes.get(cell.lower(), ""), cell)))


def _of_wave(
    table: Table, used: dict[str, str], wave: str | None
) -> tuple[Table, tuple[str, ...], str]:
    if "wave" not in used:
        return table, (), ""
    column = table.columns[used["wave"]]
    waves = tuple(sorted(column.cells, key=lambda each: (len(each), each)))
    if wave is not None and wave not in waves:
        raise UnreadableTable("no_wave", name=table.name, wave=wave, waves=listed(waves))
    chosen = waves[-1] if wave is None and waves else wave or ""
    kept = column.where(chosen.__eq__)
    columns = {title: cells.rows(kept) for title, cells in table.columns.items()}
    return Table(name=table.name, columns=columns, rows=kept.size), waves, chosen


class _Columns:
    """Reads recognised columns; what cannot be read is left out and told of, row by row."""

    def __init__(self, table: Table, used: dict[str, str]) -> None:
        self._table, self._used = table, used

    def text(self, meaning: str) -> Repeated[str]:
        return self._cells(meaning).read(lambda cell: plain_cell(cell.strip()))

    def words(
        self, meaning: str, vocabulary: str, default: str, problems: list[Problem]
    ) -> Repeated[str]:
        meanings = words_for(vocabulary)
        read = self._read(
            meaning,
            lambda cell: meanings.get(plain_words(cell)),
            problems,
            "word",
            meaning=default or "unknown",
        )
        return read.read(lambda word: word or default)

    def numbers(
        self, meaning: str, least: int, most: int, problems: list[Problem]
    ) -> Repeated[int]:
        return self._numbers(meaning, least, most, problems).read(lambda value: value or 0)

    def trait(self, trait: str, problems: list[Problem]) -> Repeated[int | None]:
        least, most = (1, 5) if trait == "stance" else (0, 4)
        return self._numbers(trait, least, most, problems)

    def days(self, meaning: str, problems: list[Problem]) -> Repeated[date | None]:
        return self._read(meaning, _day, problems, "day")

    def _numbers(
        self, meaning: str, least: int, most: int, problems: list[Problem]
    ) -> Repeated[int | None]:
        return self._read(
            meaning,
            lambda cell: _whole(cell, least, most),
            problems,
            "number",
            least=least,
            most=most,
        )

    def _cells(self, meaning: str) -> Repeated[str]:
        if meaning not in self._used:
            return Repeated.always("", self._table.rows)
        return self._table.columns[self._used[meaning]]

    def _read(
        self,
        about: str,
        understood: Callable[[str], Read | None],
        problems: list[Problem],
        fault: str,
        **facts: object,
    ) -> Repeated[Read | None]:
        """What the cells mean; None where they mean nothing, and are empty or told of."""
        cells = self._cells(about)
        read = cells.read(understood)
        unknown = [
            place
            for place, value in enumerate(read.cells)
            if value is None and cells.cells[place].strip()
        ]
        for row in np.flatnonzero(np.isin(cells.places, unknown)).tolist() if unknown else ():
            cell = cells.cells[cells.places[row]].strip()
            named = {**facts, "column": self._used[about], "cell": cell}
            problems.append(Problem(row=row + 2, fault=fault, facts=named))
        return read


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
