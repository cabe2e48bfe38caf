"""People and ties on their way out: as tables that can be brought in again, or as a network.

Judgements about people never leave this way.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from random import SystemRandom
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from guyub.core import queries as core
from guyub.core.action import Deed, perform
from guyub.core.actions.exports import Export, ExportFormat
from guyub.core.actor import Actor
from guyub.core.errors import Refused
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.queries import PersonRow
from guyub.cycle.listen.vocabulary.person_fields import PERSON_FIELDS, PersonField
from guyub.cycle.map import queries as map_queries
from guyub.cycle.map.queries import TieRow
from guyub.interfaces.transfer.cells import Cell

# What is sealed leaves only where it was asked for.
_COLUMNS = {
    field.column: field
    for field in PERSON_FIELDS.values()
    if field.column and not field.confidential
}
PEOPLE = ("id", *_COLUMNS)
TIES = ("from", "to", "kind", "strength", "mutual", "reported_by", "date", "reported_in")

# A network says who is tied to whom, and no more about each than a picture of it needs.
NETWORK_PEOPLE = ("id", "name", "gender", "sub_community")
NETWORK_TIES = ("from", "to", "kind", "strength", "mutual")

# What else would tell who somebody is; the source of a tie often names who told of it.
NAMELESS_PEOPLE = ("id", "gender", "sub_community")

NETWORKS = frozenset({ExportFormat.GRAPHML, ExportFormat.GEXF})

# Fewer people than this are not set apart by the name of their hamlet where names are left out.
FEWEST_IN_A_PLACE = 5

# What a sheet of a workbook holds, below its heading (Excel's specifications and limits).
MOST_ROWS_OF_A_SHEET = 1_048_575


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One table. Its rows are made while they are written, once."""

    name: str
    heading: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]
    count: int


@dataclass(frozen=True, kw_only=True)
class ListExport:
    """What leaves: people, and the ties between them."""

    format: ExportFormat
    people: Sheet
    ties: Sheet


def prepare_export(
    actor: Actor,
    *,
    reason: str,
    format: ExportFormat = ExportFormat.CSV,  # noqa: A002  the organizer's word for it
    names: bool = True,
    phones: bool = False,
    noting: Callable[[list[Deed]], object] | None = None,
) -> ListExport:
    """Take people and ties out of the opened community; who did it and why stands in the log.

    Without names, people get numbers that are drawn anew each time, and the rows follow those: no
    two exports can be laid side by side by them. Who knows the village still knows who is who by
    their ties, so that this is no anonymous file.

    noting: what puts the two deeds of the log down; long work has its own way to do so once.

    :raises Denied: the actor's role does not allow an export.
    :raises Invalid: no reason is given, or one that says nothing.
    :raises Refused: phones without names or in a network, or more rows than a workbook holds.
    """
    if phones and (not names or format in NETWORKS):
        raise Refused(_("Phone numbers leave only in tables with names."))
    rows, ties = _people_and_ties(actor)
    _refuse_long(format, max(len(rows), len(ties)))
    # The log first: what is not noted does not leave.
    people = Export(what="people", rows=len(rows), reason=reason, format=format, names=names)
    deeds = _noted(people, ties=len(ties))
    if noting:
        noting(deeds)
    else:
        perform(actor, deeds)
    numbers = listen.phones(actor) if phones else None
    places = _places(actor)
    people_heading, ties_heading = _headings(format, names=names, phones=phones)
    if names:
        called: Mapping[uuid.UUID, Cell] = _called(rows)
    else:
        called = _drawn(rows)
        places = _shown(places, rows)
        rows, ties = _in_drawn_order(rows, ties, called)
    return ListExport(
        format=format,
        people=_sheet("people", people_heading, rows, _about_people(called, places, numbers)),
        ties=_sheet("ties", ties_heading, ties, _about_ties(called)),
    )


def _people_and_ties(actor: Actor) -> tuple[Sequence[PersonRow], Sequence[TieRow]]:
    rows = listen.all_people(actor)
    here = {row.id for row in rows}
    ties = map_queries.ties(actor)
    return rows, [tie for tie in ties if tie.from_person in here and tie.to_person in here]


def _refuse_long(format: ExportFormat, rows: int) -> None:  # noqa: A002
    if format == ExportFormat.XLSX and rows > MOST_ROWS_OF_A_SHEET:
        most = number_format(MOST_ROWS_OF_A_SHEET)
        raise Refused(_("A workbook holds at most %(most)s rows. Take CSV.") % {"most": most})


def with_progress(out: ListExport, tell: Callable[[int, int], None]) -> ListExport:
    """The same, which tells with each row how many are done, of how many."""
    total = out.people.count + out.ties.count

    def counted(sheet: Sheet, before: int) -> Iterator[tuple[Cell, ...]]:
        for number, row in enumerate(sheet.rows, start=before + 1):
            yield row
            tell(number, total)

    people = replace(out.people, rows=counted(out.people, 0))
    return replace(
        out, people=people, ties=replace(out.ties, rows=counted(out.ties, out.people.count))
    )


def _noted(people: Export, *, ties: int) -> list[Deed]:
    """Both, as one entry."""
    exports = (people, replace(people, what="ties", rows=ties))
    return [Deed(action="core.note_export", data=each) for each in exports]


def _headings(
    format: ExportFormat,  # noqa: A002
    *,
    names: bool,
    phones: bool,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if not names:
        return NAMELESS_PEOPLE, NETWORK_TIES
    if format in NETWORKS:
        return NETWORK_PEOPLE, NETWORK_TIES
    return (*PEOPLE, "phone") if phones else PEOPLE, TIES


def _sheet(
    name: str,
    heading: tuple[str, ...],
    rows: Sequence[Any],
    columns: Mapping[str, Callable[[Any], Cell]],
) -> Sheet:
    chosen = [columns[each] for each in heading]
    made = (tuple(column(row) for column in chosen) for row in rows)
    return Sheet(name=name, heading=heading, rows=made, count=len(rows))


def _about_people(
    called: Mapping[uuid.UUID, Cell],
    places: Mapping[uuid.UUID, str],
    numbers: Mapping[uuid.UUID, str] | None,
) -> dict[str, Callable[[PersonRow], Cell]]:
    return {
        **{column: _cell(field) for column, field in _COLUMNS.items()},
        "id": lambda row: called[row.id],
        "sub_community": lambda row: places.get(row.community, ""),
        "phone": lambda row: (numbers or {}).get(row.id, ""),
    }


def _cell(field: PersonField) -> Callable[[PersonRow], Cell]:
    """What a table says in the column of a field; a choice that was not made is left empty."""
    read = attrgetter(field.name)
    if not field.choices:
        return read
    return lambda row: "" if read(row) == field.default else read(row).value


def _about_ties(called: Mapping[uuid.UUID, Cell]) -> dict[str, Callable[[TieRow], Cell]]:
    return {
        "from": lambda tie: called[tie.from_person],
        "to": lambda tie: called[tie.to_person],
        "kind": lambda tie: tie.kind.value,
        "strength": lambda tie: tie.strength,
        "mutual": lambda tie: tie.mutual,
        "reported_by": lambda tie: tie.reported_by.value,
        "date": lambda tie: tie.reported_on,
        "reported_in": lambda tie: tie.source,
    }


def _places(actor: Actor) -> dict[uuid.UUID, str]:
    named = core.place_names(actor).items()
    return {identifier: name for identifier, name in named if identifier != actor.community}


def _called(rows: Sequence[PersonRow]) -> dict[uuid.UUID, Cell]:
    """Everybody's reference; two lists may call different people the same, and then it is none."""
    counts = Counter(row.reference for row in rows)
    return {
        row.id: row.reference if row.reference and counts[row.reference] == 1 else str(row.id)
        for row in rows
    }


def _drawn(rows: Sequence[PersonRow]) -> dict[uuid.UUID, Cell]:
    """Numbers that nobody can work out again."""
    numbers = list(range(1, len(rows) + 1))
    SystemRandom().shuffle(numbers)
    return {row.id: number for row, number in zip(rows, numbers, strict=True)}


def _in_drawn_order(
    rows: Sequence[PersonRow], ties: Sequence[TieRow], called: Mapping[uuid.UUID, Any]
) -> tuple[Any, Any]:
    """The order in which people were noted would tell who is who."""
    people = sorted(rows, key=lambda row: called[row.id])
    tied = sorted(
        ties, key=lambda tie: (called[tie.from_person], called[tie.to_person], tie.kind.value)
    )
    return people, tied


def _shown(places: Mapping[uuid.UUID, str], rows: Sequence[PersonRow]) -> dict[uuid.UUID, str]:
    """The hamlets that are large enough to be named; those that are not stay enough together."""
    sizes = Counter(row.community for row in rows)
    shown = sorted((place for place in sizes if place in places), key=sizes.__getitem__)
    unnamed = sum(count for place, count in sizes.items() if place not in places)
    while shown and (sizes[shown[0]] < FEWEST_IN_A_PLACE or 0 < unnamed < FEWEST_IN_A_PLACE):
        unnamed += sizes[shown.pop(0)]
    return {place: places[place] for place in shown}
