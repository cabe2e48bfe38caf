"""The people whom a question found on their way out: what the screen shows of them, and no more."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from django.utils.translation import gettext as _

from guyub.core import queries as core
from guyub.core.action import Deed, perform
from guyub.core.actions.exports import Export, ExportFormat
from guyub.core.actor import Actor
from guyub.core.errors import Refused
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.analysis import everyone_found
from guyub.cycle.listen.vocabulary import STAY_HERE, Condition
from guyub.interfaces.transfer.cells import Cell
from guyub.interfaces.transfer.list_export import Sheet

FOUND = ("name", "alias", "sub_community", "occupation", "office")


def prepare_search_export(
    actor: Actor,
    conditions: tuple[Condition, ...],
    *,
    reason: str,
    tied: dict[uuid.UUID, frozenset[uuid.UUID]],
) -> Sheet:
    """Take the people out whom a question finds. Who did it and why stands in the log.

    :raises Denied: the actor's role does not allow an export, or to ask this.
    :raises Invalid: no reason is given, or one that says nothing.
    :raises Refused: the list would tell what was judged or said in confidence.
    """
    if any(each.kind in STAY_HERE for each in conditions):
        raise Refused(
            _(
                "A list chosen by what people said, or how you judge them, would reveal that "
                "to everyone who sees it. It stays here."
            )
        )
    people = everyone_found(actor, conditions, tied=tied)
    told = Export(what="people", rows=len(people), reason=reason, format=ExportFormat.CSV)
    # The log first: what is not noted does not leave.
    perform(actor, [Deed(action="core.note_export", data=told)])
    return Sheet(name="people", heading=FOUND, rows=_rows(actor, people), count=len(people))


def _rows(actor: Actor, people: tuple[uuid.UUID, ...]) -> Iterator[tuple[Cell, ...]]:
    places = core.place_names(actor)
    for row in listen.some_people(actor, people):
        yield (row.name, row.alias, places.get(row.community, ""), row.occupation, row.office)
