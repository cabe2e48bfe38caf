"""Two spreadsheets become the frame that an analysis sees, with a note of what was left out."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import date
from itertools import compress
from pathlib import Path
from typing import Any

import numpy as np

from guyub.engine import TIE_KINDS, Frame, Observations
from guyub.interfaces.cli.cli_messages import count_phrase, spoken_language
from guyub.interfaces.cli.main import Fault
from guyub.interfaces.cli.scale_options import add_counting_options, demand_answers
from guyub.interfaces.transfer.columns import (
    COUNTED_DEEDS,
    PeopleColumns,
    TieColumns,
    people_from,
    ties_from,
)
from guyub.interfaces.transfer.refusals import UnreadableTable
from guyub.interfaces.transfer.scales import Counting
from guyub.interfaces.transfer.tables import read_table

_PROBLEMS_SHOWN = 5

# What counts as done of one's own accord.
_DONE = ("promises_kept", "hosted", "organised", "brought", "tasks_done")

_ANSWERS = {"yes": 1, "no": -1, "": 0}


@dataclass(frozen=True, eq=False, kw_only=True)
class FromFiles:
    """A frame, and what the person at the keyboard should know of how it came about."""

    frame: Frame
    notes: tuple[str, ...]


def add_file_options(parser: argparse.ArgumentParser) -> None:
    """The options that both commands on files share."""
    parser.add_argument(
        "--people",
        required=True,
        metavar="FILE",
        help="people, CSV or Parquet: a column id or name",
    )
    parser.add_argument(
        "--ties", required=True, metavar="FILE", help="ties, CSV or Parquet: columns from and to"
    )
    parser.add_argument("--wave", help="which wave of the ties, where they hold several (the last)")
    add_counting_options(parser)
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same answer")
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table")
    parser.add_argument(
        "--language", choices=("en", "id"), default=spoken_language(), help="of the sentences"
    )


def frame_from_files(
    people: str, ties: str, *, wave: str | None = None, counting: Counting | None = None
) -> FromFiles:
    """Read people and ties. counting: how the list of people counts its scales.

    :raises Fault: a file cannot be read, nobody is in it, or it was not said how it counts.
    """
    today = date.today()  # noqa: DTZ011  the calendar of the person at the keyboard
    try:
        persons = people_from(read_table(people), this_year=today.year, counting=counting)
        tied = ties_from(read_table(ties), wave=wave)
    except UnreadableTable as error:
        raise Fault(str(error)) from None
    demand_answers(persons)
    notes = [*_told(people, persons), *_told(ties, tied)]
    if len(tied.waves) > 1:
        waves = ", ".join(tied.waves)
        notes.append(f"{_base(ties)}: of the waves {waves} only {tied.wave} is used; see --wave")
    frame = _frame(persons, tied, today, notes, ties)
    if not frame.size:
        raise Fault(f"{people} holds nobody.")
    if count := frame.repeated_ties:
        said = count_phrase(count, "tie is", "ties are")
        notes.append(f"{_base(ties)}: {said} told twice by the same person; each counts once")
    return FromFiles(frame=frame, notes=tuple(notes))


def _frame(
    persons: PeopleColumns, tied: TieColumns, today: date, notes: list[str], ties: str
) -> Frame:
    kept, places = _places(persons)
    # Whoever is not in the list has the place -1.
    found_from = tied.source.found_in(places, -1)
    found_to = tied.target.found_in(places, -1)
    unknown = (found_from < 0) | (found_to < 0)
    selves = ~unknown & (found_from == found_to)
    rows = np.flatnonzero(~unknown & ~selves)
    if count := int(unknown.sum()):
        said = count_phrase(count, "tie names", "ties name")
        notes.append(f"{_base(ties)}: {said} someone who is not in the list; left out")
    if count := int(selves.sum()):
        said = count_phrase(count, "tie leads", "ties lead")
        notes.append(f"{_base(ties)}: {said} from someone to themselves; left out")

    def column(cells: list[Any]) -> list[Any]:
        return list(compress(cells, kept))

    none = np.zeros(sum(kept))
    deeds = dict.fromkeys(COUNTED_DEEDS, none) | {
        name: np.array(column(counts), np.float64) for name, counts in persons.deeds.items()
    }
    kinds = {kind: place for place, kind in enumerate(TIE_KINDS)}
    return Frame(
        on=today,
        id=tuple(column(persons.id)),
        name=tuple(column(persons.name)),
        gender=tuple("" if each == "unstated" else each for each in column(persons.gender)),
        birth_year=np.array(column(persons.birth_year), np.int32),
        household=tuple(column(persons.texts["household"])),
        sub_community=tuple(column(persons.sub_community)),
        leader=np.array([bool(office) for office in column(persons.texts["office"])], np.bool_),
        promises_kept=deeds["promises_kept"].astype(np.int32),
        promises_broken=deeds["promises_broken"].astype(np.int32),
        acts=np.sum([deeds[name] for name in _DONE], axis=0).astype(np.int32),
        failures=deeds["promises_broken"] + deeds["promises_overdue"] / 2.0,
        asked_to_lead=np.array([_ANSWERS[each] for each in column(persons.said_yes)], np.int8),
        met=np.array(column(persons.met), np.bool_),
        observations=_observations(persons, kept, today),
        source=found_from[rows],
        target=found_to[rows],
        kind=tied.kind.array(kinds.__getitem__, np.int8)[rows],
        strength=tied.strength.array(int, np.int8)[rows],
        by_one=tied.reported_by.array("one".__eq__, np.bool_)[rows],
        mutual=tied.mutual.array(bool, np.bool_)[rows],
    )


def _places(persons: PeopleColumns) -> tuple[list[bool], dict[str, int]]:
    """Which rows stand for somebody new, and the place of each id among them."""
    places = {identifier: place for place, identifier in enumerate(persons.id)}
    if len(places) == len(persons.id) and "" not in places:
        return [True] * len(places), places
    places, kept = {}, []
    for identifier in persons.id:
        new = bool(identifier) and identifier not in places
        if new:
            places[identifier] = len(places)
        kept.append(new)
    return kept, places


def _observations(persons: PeopleColumns, kept: list[bool], today: date) -> Observations:
    """A column of a trait is one judgement by whoever filled the sheet in, made today."""
    return Observations.of(
        [
            (place, trait, float(value), today, 0)
            for trait, cells in persons.traits.items()
            for place, value in enumerate(compress(cells, kept))
            if value is not None
        ]
    )


def _told(path: str, columns: PeopleColumns | TieColumns) -> list[str]:
    """The first problems of a file in words, and how many more there are."""
    name = _base(path)
    problems = columns.problems
    told = [
        f"{name}, row {problem.row}: {problem.text}" if problem.row else f"{name}: {problem.text}"
        for problem in problems[:_PROBLEMS_SHOWN]
    ]
    if len(problems) > _PROBLEMS_SHOWN:
        more = count_phrase(len(problems) - _PROBLEMS_SHOWN, "row", "rows")
        told.append(f"{name}: {more} more of this sort")
    return told


def _base(path: str) -> str:
    return Path(path).name
