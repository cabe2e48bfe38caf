"""`guyub import`: people and ties from spreadsheets into a community, as one entry."""

from __future__ import annotations

import argparse
import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from guyub.interfaces.cli.cli_messages import count_phrase
from guyub.interfaces.cli.installation import (
    actor_named,
    add_actor,
    confirm,
    open_installation,
    plain_faults,
)
from guyub.interfaces.cli.main import Fault
from guyub.interfaces.cli.scale_options import add_counting_options, counting_of, demand_answers
from guyub.interfaces.transfer.column_meanings import NOTHING, meanings_of
from guyub.interfaces.transfer.column_values import Problem
from guyub.interfaces.transfer.columns import PeopleColumns, TieColumns
from guyub.interfaces.transfer.refusals import UnreadableTable
from guyub.interfaces.transfer.tables import Table

if TYPE_CHECKING:
    from guyub.interfaces.transfer.list_import import ListImport

_EXAMPLE = """\
Example:
  guyub import --as sari --community sukamaju --people people.csv --ties ties.csv
  guyub import --as sari --community sukamaju --undo 01998d1c-...

First you see what would come in; nothing is written before you say yes (or give --yes).
"""

_PROBLEMS_SHOWN = 20


def run(words: Sequence[str]) -> int:
    """Run the command."""
    options = _parser().parse_args(words)
    if not (options.people or options.ties or options.undo):
        raise Fault("name a file: --people FILE, --ties FILE, or both.")
    open_installation(options.data)
    with plain_faults():
        if options.undo:
            return _undo(options)
        return _bring_in(options)


def _bring_in(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from guyub.core.action import perform
    from guyub.core.identifiers import new_identifier
    from guyub.interfaces.transfer.list_import import prepare_import

    actor = actor_named(options.who, options.community)
    today = timezone.localdate()
    try:
        people, ties = _read(options, today.year)
    except UnreadableTable as error:
        raise Fault(f"{error} Nothing was written.") from None
    if people:
        demand_answers(people)
    found = prepare_import(actor, people, ties, today=today)
    for columns, name in ((people, options.people), (ties, options.ties)):
        if columns is not None:
            _tell(columns, name)
    _tell_counts(found)
    if not found.deeds:
        raise Fault("there is nothing to bring in.")
    if not options.yes and not confirm("Import this?"):
        print("Nothing was imported. Use --yes to import without confirmation.")
        return 1
    entry = new_identifier()
    perform(actor, found.deeds, entry=entry)
    print(
        f"Imported. To undo it:\n  guyub import --as {options.who} "
        f"--community {options.community} --undo {entry}"
    )
    return 0


def _tell_counts(found: ListImport) -> None:
    people = count_phrase(found.people, "person", "people")
    ties = count_phrase(found.ties, "tie", "ties")
    print(f"{people}, {ties}, {count_phrase(found.observations, 'observation', 'observations')}")
    if found.new_places:
        print(f"new sub-communities: {', '.join(found.new_places)}")
    if found.unknown:
        said = count_phrase(found.unknown, "tie names", "ties name")
        print(f"{said} someone who is neither in the list nor here; left out")
    if found.selves:
        said = count_phrase(found.selves, "tie leads", "ties lead")
        print(f"{said} from someone to themselves; left out")
    if found.promises:
        said = count_phrase(found.promises, "promise is", "promises are")
        print(f"{said} only counted in the list; left out, note each in words instead")


def _read(options: argparse.Namespace, year: int) -> tuple[PeopleColumns | None, TieColumns | None]:
    from guyub.interfaces.transfer.columns import people_from, ties_from
    from guyub.interfaces.transfer.reading import read_safely

    tables = {
        sheet: read_safely(file, file)
        for sheet, file in (("people", options.people), ("ties", options.ties))
        if file
    }
    chosen = _chosen(options.column, tables)
    counting = counting_of(options)
    people = ties = None
    if "people" in tables:
        people = people_from(
            tables["people"], this_year=year, chosen=chosen["people"], counting=counting
        )
    if "ties" in tables:
        ties = ties_from(tables["ties"], wave=options.wave, chosen=chosen["ties"])
    return people, ties


def _chosen(said: Sequence[str], tables: Mapping[str, Table]) -> dict[str, dict[str, str]]:
    """What was said of columns, for each list: TITLE=MEANING, or TITLE= to leave it out."""
    chosen: dict[str, dict[str, str]] = {sheet: {} for sheet in tables}
    for each in said:
        title, equals, meaning = each.rpartition("=")
        if not equals:
            raise Fault(f"{each!r} names no meaning: write --column {each}=name, for example.")
        # No word stands for something in both lists; what is left out may be in either.
        about = [sheet for sheet in tables if meaning == NOTHING or meaning in meanings_of(sheet)]
        held = [sheet for sheet in about if title in tables[sheet].columns]
        if not about:
            raise UnreadableTable("no_meaning", meaning=meaning)
        for sheet in held or about[:1]:
            chosen[sheet][title] = meaning
    return chosen


def _tell(columns: PeopleColumns | TieColumns, name: str) -> None:
    """Which columns were understood, and what is wrong with which row."""
    understood = ", ".join(f"{title} = {meaning}" for meaning, title in columns.used.items())
    print(f"{name}: {understood}")
    if columns.unused:
        print(f"{name}: not understood, left out: {', '.join(columns.unused)}")
    problems: tuple[Problem, ...] = columns.problems
    for problem in problems[:_PROBLEMS_SHOWN]:
        print(f"{name}, row {problem.row}: {problem.text}")
    if len(problems) > _PROBLEMS_SHOWN:
        more = count_phrase(len(problems) - _PROBLEMS_SHOWN, "row", "rows")
        print(f"{name}: {more} more with problems")


def _undo(options: argparse.Namespace) -> int:
    from guyub.core.action import Deed, perform

    try:
        entry = uuid.UUID(options.undo)
    except ValueError:
        raise Fault(f"{options.undo!r} is not the number of an entry.") from None
    actor = actor_named(options.who, options.community)
    data = {"entry": entry, "reason": "guyub import --undo"}
    (receipt,) = perform(actor, [Deed(action="core.withdraw_entry", data=data)])
    print(f"Undone: {receipt.result['withdrawn']} rows. The log keeps both.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="guyub import",
        description="Import people and ties from spreadsheets into a community.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_actor(parser)
    parser.add_argument("--people", default="", metavar="FILE", help="people, CSV, XLSX or Parquet")
    parser.add_argument("--ties", default="", metavar="FILE", help="ties, CSV, XLSX or Parquet")
    parser.add_argument("--wave", help="which wave of the ties, where they hold several (the last)")
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="TITLE=MEANING",
        help="the meaning of a column that its title does not say; TITLE= leaves it out",
    )
    add_counting_options(parser)
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument("--undo", metavar="ENTRY", help="undo an import as a whole")
    return parser
