"""People and ties as tables, in the columns in which they can be brought in again.

Judgements about people never leave this way.
"""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from guyub.core import queries as core
from guyub.core.action import Deed, perform
from guyub.core.actions.exports import Export
from guyub.core.actor import Actor
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.queries import PersonRow
from guyub.cycle.listen.vocabulary import Gender
from guyub.cycle.map import queries as map_queries
from guyub.cycle.map.queries import TieRow
from guyub.interfaces.transfer.cells import safe_cell

PEOPLE = (
    "id",
    "name",
    "alias",
    "gender",
    "birth_year",
    "household",
    "sub_community",
    "occupation",
    "office",
    "groups",
)
TIES = ("from", "to", "kind", "strength", "mutual", "reported_by", "date", "reported_in")


@dataclass(frozen=True, kw_only=True)
class TakenOut:
    """Two tables as CSV, and how many rows each has."""

    people: str
    ties: str
    people_rows: int
    tie_rows: int


def taking_out(actor: Actor, *, reason: str, phones: bool = False) -> TakenOut:
    """Take people and ties out of the opened community; who did it and why stands in the log.

    :raises Denied: the actor's role does not allow an export.
    :raises Invalid: no reason is given.
    """
    rows = listen.everybody(actor)
    called = {row.id: row.reference or str(row.id) for row in rows}
    ties = map_queries.ties(actor)
    # The log first: what is not noted does not leave.
    perform(
        actor,
        [
            Deed(action="core.note_export", data=Export(what=what, rows=count, reason=reason))
            for what, count in (("people", len(rows)), ("ties", len(ties)))
        ],
    )
    numbers = listen.phones(actor) if phones else None
    people = _people(actor, rows, called, numbers)
    tied = _ties(ties, called)
    heading = PEOPLE if numbers is None else (*PEOPLE, "phone")
    return TakenOut(
        people=_csv(heading, people),
        ties=_csv(TIES, tied),
        people_rows=len(people),
        tie_rows=len(tied),
    )


def _people(
    actor: Actor,
    rows: Sequence[PersonRow],
    called: Mapping[uuid.UUID, str],
    numbers: Mapping[uuid.UUID, str] | None,
) -> list[tuple[object, ...]]:
    places = {
        identifier: name
        for identifier, _parent, name in core.communities_below(actor)
        if identifier != actor.community
    }
    return [
        (
            called[row.id],
            row.name,
            row.alias,
            "" if row.gender == Gender.UNSTATED else row.gender.value,
            row.birth_year or "",
            row.household,
            places.get(row.community, ""),
            row.occupation,
            row.office,
            row.groups,
            *(() if numbers is None else (numbers.get(row.id, ""),)),
        )
        for row in rows
    ]


def _ties(ties: Sequence[TieRow], called: Mapping[uuid.UUID, str]) -> list[tuple[object, ...]]:
    return [
        (
            called[tie.from_person],
            called[tie.to_person],
            tie.kind.value,
            tie.strength or "",
            "yes" if tie.mutual else "no",
            tie.reported_by.value,
            tie.reported_on or "",
            tie.source,
        )
        for tie in ties
        if tie.from_person in called and tie.to_person in called
    ]


def _csv(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(heading)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return stream.getvalue()
