"""From the columns of a user's file to people and ties: what is recognised, and what is not.

Both `guyub catalysts` on files and `guyub import` into a workspace read through here, so a file
means the same on both roads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from guyub.cycle.map import MUTUAL_KINDS
from guyub.interfaces.transfer.column_meanings import (
    meanings_of,
    plain_words,
    recognised,
    words_for,
)
from guyub.interfaces.transfer.column_values import TRAITS, Columns, Problem
from guyub.interfaces.transfer.dictionary_column import Repeated
from guyub.interfaces.transfer.refusals import UnreadableTable, listed
from guyub.interfaces.transfer.scales import Counting
from guyub.interfaces.transfer.tables import Table

# How often somebody did something, or did not. An import leaves them out: what was done is noted
# with its day.
COUNTED_DEEDS = (
    "promises_kept",
    "promises_broken",
    "promises_overdue",
    "hosted",
    "organised",
    "brought",
    "tasks_done",
)

# So often somebody may have done something. Our choice: more is a slip of the pen.
_MOST_DEEDS = 10_000

# Columns of people that are more than any text.
_READ_OTHERWISE = frozenset(
    {"id", "name", "gender", "birth_year", "age", "sub_community", "office", *TRAITS}
) | {*COUNTED_DEEDS, "asked_to_lead", "met"}


@dataclass(frozen=True, eq=False, kw_only=True)
class PeopleColumns:
    """People as a file tells of them, one entry in each column for each person.

    Whoever has no name is called by their alias, else by their id. A birth year is 0, a trait None
    where it is not known. deeds: those columns of COUNTED_DEEDS that there are. said_yes: yes or no
    of whoever was asked to lead, else empty. `texts` are the columns that hold any text, by what
    they mean.
    `turned_stance` is the stance, had the list counted it from the other end; `asks` names what has
    to be answered first, `stance` or `traits`, for the scales to be certain. `used` maps what was
    recognised to the column of the file; `unused` are the columns that were not.
    """

    id: list[str]
    name: list[str]
    gender: list[str]
    birth_year: list[int]
    sub_community: list[str]
    texts: dict[str, list[str]]
    deeds: dict[str, list[int]]
    said_yes: list[str]
    met: list[bool]
    traits: dict[str, list[int | None]]
    turned_stance: list[int | None]
    asks: tuple[str, ...]
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
    table: Table,
    *,
    this_year: int | None = None,
    chosen: Mapping[str, str] | None = None,
    counting: Counting | None = None,
) -> PeopleColumns:
    """Recognise people in a table. Ages become birth years where the year is given.

    chosen: what columns stand for where somebody said so. counting: how the list counts its scales.

    :raises UnreadableTable: no column tells people apart, or the choice cannot be.
    """
    used = recognised(table, "people", chosen)
    if "id" not in used and "name" not in used:
        columns = listed(list(table.columns))
        raise UnreadableTable("nobody_told_apart", name=table.name, columns=columns)
    column = Columns(table, used)
    problems = [Problem(row=row, fault="ragged") for row in table.ragged]
    ids, names = _called(column)
    problems += _faults_of_ids(ids)
    counting = counting or Counting()
    traits = column.traits(counting, problems)
    turned = list(column.stance(counting.turned(), []))
    return PeopleColumns(
        id=ids,
        name=names,
        gender=list(column.words("gender", "gender", "unstated", problems)),
        birth_year=_birth_years(column, this_year, problems),
        sub_community=list(column.text("sub_community")),
        texts=_texts(column),
        deeds={
            name: list(column.numbers(name, 0, _MOST_DEEDS, problems))
            for name in COUNTED_DEEDS
            if column.has(name)
        },
        said_yes=_answers(column),
        met=list(column.words("met", "yes", "no", problems).read("yes".__eq__)),
        traits=traits,
        turned_stance=turned,
        asks=_asks(column, counting, traits, turned),
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
    column = Columns(table, used)
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


def _answers(column: Columns) -> list[str]:
    """Yes or no of whoever was asked to lead; empty where nobody asked them."""
    words = words_for("yes")
    return list(
        column.text("asked_to_lead").read(
            lambda cell: words.get(plain_words(cell), "") if cell else ""
        )
    )


def _unused(table: Table, used: dict[str, str]) -> tuple[str, ...]:
    return tuple(title for title in table.columns if title not in used.values())


def _called(column: Columns) -> tuple[list[str], list[str]]:
    """What tells people apart, and what they are called."""
    named, alias = list(column.text("name")), list(column.text("alias"))
    ids = [own or name for own, name in zip(column.text("id"), named, strict=True)]
    names = [name or other or own for name, other, own in zip(named, alias, ids, strict=True)]
    return ids, names


def _birth_years(column: Columns, this_year: int | None, problems: list[Problem]) -> list[int]:
    years = list(column.numbers("birth_year", 1850, 2200, problems))
    if this_year is None or column.has("birth_year"):
        return years
    return [this_year - age if age else 0 for age in column.numbers("age", 0, 130, problems)]


def _asks(
    column: Columns,
    counting: Counting,
    traits: Mapping[str, list[int | None]],
    turned: list[int | None],
) -> tuple[str, ...]:
    asks = []
    if not counting.stance and traits.get("stance", turned) != turned:
        asks.append("stance")
    if not counting.traits and any(column.may_begin_at_one(trait) for trait in traits):
        asks.append("traits")
    return tuple(asks)


def _faults_of_ids(ids: list[str]) -> list[Problem]:
    if len(different := set(ids)) == len(ids) and "" not in different:
        return []
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


def _texts(column: Columns) -> dict[str, list[str]]:
    """What stands in every column that holds words of its own."""
    texts = {
        meaning: list(column.text(meaning))
        for meaning in meanings_of("people")
        if meaning not in _READ_OTHERWISE
    }
    return texts | {"office": _offices(column)}


def _offices(column: Columns) -> list[str]:
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
