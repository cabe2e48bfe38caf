"""Reads cells of columns whose meaning is known; what cannot be read is left out and told of."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import repeat
from typing import TypeVar

import numpy as np

from guyub.interfaces.transfer.cells import plain_cell
from guyub.interfaces.transfer.column_meanings import plain_words, words_for
from guyub.interfaces.transfer.dictionary_column import Repeated
from guyub.interfaces.transfer.refusals import gettext_noop, printable
from guyub.interfaces.transfer.scales import RANGES, Counting
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

# What can be wrong with a row. The cell is quoted, so that it can be found. As in `refusals`,
# English stands here, for the shell; pages say the same in their reader's language.
FAULTS = {
    "ragged": gettext_noop("has more or fewer cells than the first line"),
    "nobody": gettext_noop("has no id and no name"),
    "twice": gettext_noop("has the same id as row %(before)s (%(id)s); left out"),
    "word": gettext_noop("%(column)s: “%(cell)s” is not recognised; read as “%(meaning)s”"),
    "number": gettext_noop(
        "%(column)s: “%(cell)s” is not a whole number from %(least)s to %(most)s; left out"
    ),
    "day": gettext_noop("%(column)s: “%(cell)s” is not a date we can read; left out"),
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
        return FAULTS[self.fault] % {
            name: printable(fact) if isinstance(fact, str) else fact
            for name, fact in self.facts.items()
        }


class Columns:
    """The recognised columns of a table; problems are told of row by row."""

    def __init__(self, table: Table, used: dict[str, str]) -> None:
        self._table, self._used = table, used

    def text(self, meaning: str) -> Repeated[str]:
        column = self._cells(meaning)
        cells = list(map(str.strip, column.cells))
        # Of a hundred thousand names hardly one begins like a formula.
        if any(map(str.startswith, cells, repeat("'"))):
            cells = list(map(plain_cell, cells))
        return Repeated(cells, column.places)

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

    def has(self, meaning: str) -> bool:
        return meaning in self._used

    def traits(self, counting: Counting, problems: list[Problem]) -> dict[str, list[int | None]]:
        return {
            trait: list(
                self.stance(counting, problems)
                if trait == "stance"
                else self._trait(trait, counting, problems)
            )
            for trait in TRAITS
            if trait in self._used
        }

    def stance(self, counting: Counting, problems: list[Problem]) -> Repeated[int | None]:
        """A stance in numbers or in words; words are certain whichever way a list counts."""
        words = words_for("stance")

        def understood(cell: str) -> int | None:
            value = _whole(cell, 1, 5)
            if value is not None:
                return counting.as_stance(value)
            word = words.get(plain_words(cell))
            return int(word) if word else None

        return self._read("stance", understood, problems, "number", least=1, most=5)

    def _trait(
        self, trait: str, counting: Counting, problems: list[Problem]
    ) -> Repeated[int | None]:
        if counting.traits != RANGES[1] or not self.may_begin_at_one(trait):
            return self._numbers(trait, 0, 4, problems)
        counted = self._numbers(trait, 1, 5, problems)
        return counted.read(lambda value: None if value is None else value - 1)

    def may_begin_at_one(self, trait: str) -> bool:
        """A scale with a 5 and without a 0 is counted from 1, or has a slip of the pen."""
        if trait == "stance":
            return False
        values = {_whole(cell, 0, 5) for cell in self._cells(trait).cells}
        return 5 in values and 0 not in values

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
