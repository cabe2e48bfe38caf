"""What somebody sees of their lists before they are brought in, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guyub.core import queries as core
from guyub.core.action import ACTIONS, Deed
from guyub.core.actor import Actor
from guyub.core.errors import Invalid
from guyub.core.inputs import parse
from guyub.core.permissions import CorePermission
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.actions.list_import import faults_of_rows
from guyub.interfaces.transfer.columns import PeopleColumns, TieColumns, people_from, ties_from
from guyub.interfaces.transfer.duplicates import likely_duplicates
from guyub.interfaces.transfer.list_import import ListImport, prepare_import
from guyub.interfaces.transfer.reading import read_safely
from guyub.interfaces.transfer.refusals import UnreadableTable
from guyub.interfaces.transfer.scales import Counting, Sides
from guyub.interfaces.transfer.tables import Table
from guyub.interfaces.web.imports.messages import HEADINGS, fault_sentence
from guyub.interfaces.web.imports.uploads import Upload

# Rows shown of what is wrong or looks alike; our choice: more than anybody mends before sending
# the list again.
SHOWN = 50

# A page answers within a minute; longer lists come in on the computer itself, with the command.
MOST_ROWS = 100_000


@dataclass(frozen=True, kw_only=True)
class Lists:
    """The lists as they were read."""

    people: PeopleColumns | None
    ties: TieColumns | None

    @property
    def asks(self) -> tuple[str, ...]:
        """What somebody must say of the scales before the lists can come in."""
        return self.people.asks if self.people else ()

    @property
    def sides(self) -> tuple[Sides, Sides]:
        """Allies and opponents if stance 1 is support, and if 5 is."""
        if not self.people:
            return Sides.of(()), Sides.of(())
        return Sides.of(self.people.traits.get("stance", ())), Sides.of(self.people.turned_stance)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One list: what is wrong with which row."""

    problems: tuple[tuple[int, str], ...]
    more: int


@dataclass(frozen=True, kw_only=True)
class Alike:
    """Somebody in the list, and those here who bear the same name."""

    row: int
    name: str
    about: str
    here: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What would come in. `stops` says why it cannot, `left_out` what does not come along."""

    sheets: Mapping[str, Sheet]
    found: ListImport
    left_out: tuple[str, ...]
    stops: tuple[str, ...]
    more_stops: int
    alike: tuple[Alike, ...]
    more_alike: int


def read_table(content: bytes, name: str) -> Table:
    """Read a sent list.

    :raises UnreadableTable: it is no list, or too long for a page.
    """
    table = read_safely(content, name)
    if table.rows > MOST_ROWS:
        raise UnreadableTable("rows_on_page", rows=table.rows, most=MOST_ROWS)
    return table


def read_tables(people: Path | None, ties: Path | None) -> dict[str, Table]:
    """Read the tables of lists that wait."""
    given = {"people": people, "ties": ties}
    return {
        sheet: read_table(file.read_bytes(), file.name) for sheet, file in given.items() if file
    }


def read_lists(
    tables: Mapping[str, Table], chosen: Mapping[str, Mapping[str, str]], counting: Counting
) -> Lists:
    """Read people and ties; of several waves of ties the last.

    chosen: for each list what its columns stand for, where somebody said so.

    :raises UnreadableTable: with these columns they are no lists of people or ties.
    """
    people, ties = tables.get("people"), tables.get("ties")
    year = timezone.localdate().year
    return Lists(
        people=people_from(people, this_year=year, chosen=chosen.get("people"), counting=counting)
        if people
        else None,
        ties=ties_from(ties, chosen=chosen.get("ties")) if ties else None,
    )


def what_comes_in(actor: Actor, lists: Lists) -> ListImport:
    """The deeds that bring the lists in."""
    return prepare_import(actor, lists.people, lists.ties, today=timezone.localdate())


def deeds_of(found: ListImport, upload: Upload) -> list[Deed]:
    """The deeds with the keys of their upload: sent twice, they are done once."""
    return [replace(deed, key=upload.key(number)) for number, deed in enumerate(found.deeds)]


def preview(actor: Actor, lists: Lists) -> Preview:
    """What the lists would bring in."""
    found = what_comes_in(actor, lists)
    stops = _stops(actor, lists, found)
    alike = _alike(actor, lists.people) if lists.people else []
    read = {"people": lists.people, "ties": lists.ties}
    return Preview(
        sheets={name: _sheet(columns) for name, columns in read.items() if columns},
        found=found,
        left_out=tuple(_left_out(found)),
        stops=tuple(stops[:SHOWN]),
        more_stops=max(0, len(stops) - SHOWN),
        alike=tuple(alike[:SHOWN]),
        more_alike=max(0, len(alike) - SHOWN),
    )


def _sheet(read: PeopleColumns | TieColumns) -> Sheet:
    return Sheet(
        problems=tuple((problem.row, fault_sentence(problem)) for problem in read.problems[:SHOWN]),
        more=max(0, len(read.problems) - SHOWN),
    )


def _left_out(found: ListImport) -> list[str]:
    told = [
        (
            found.unknown,
            ngettext(
                "%(count)s tie names someone who is neither in the list nor here; it is left out.",
                "%(count)s ties name people who are neither in the list nor here; "
                "they are left out.",
                found.unknown,
            ),
        ),
        (
            found.selves,
            ngettext(
                "%(count)s tie leads from someone to themselves; it is left out.",
                "%(count)s ties lead from someone to themselves; they are left out.",
                found.selves,
            ),
        ),
        (
            found.promises,
            ngettext(
                "The list only counts %(count)s promise; it is left out. Note it in words instead.",
                "The list only counts %(count)s promises; they are left out. Note each in "
                "words instead.",
                found.promises,
            ),
        ),
    ]
    return [sentence % {"count": number_format(count)} for count, sentence in told if count]


def _stops(actor: Actor, lists: Lists, found: ListImport) -> list[str]:
    """Why the lists cannot come in, as far as that is known before trying."""
    stops = []
    if not found.deeds:
        stops.append(_("There is nothing in these lists to import."))
    if found.new_places and not actor.may(CorePermission.COMMUNITY_CHANGE):
        stops.append(
            _(
                "These smaller communities do not exist yet, and only a coordinator can add "
                "them: %(names)s. Ask for them first, then send the list again."
            )
            % {"names": ", ".join(found.new_places)}
        )
    if lists.people:
        stops += _known(actor, lists.people)
    for deed in found.deeds:
        stops += _faults(deed)
    return stops


def _known(actor: Actor, people: PeopleColumns) -> list[str]:
    here = {row.reference for row in listen.all_people(actor) if row.reference}
    known = [reference for reference in dict.fromkeys(people.id) if reference in here]
    if not known:
        return []
    sentence = ngettext(
        "%(count)s person in this list is already here, by their id (%(reference)s). "
        "Remove the row and send the list again; ties may still name them.",
        "%(count)s people in this list are already here, by their id (for example "
        "%(reference)s). Remove the rows and send the list again; ties may still name "
        "them.",
        len(known),
    )
    return [sentence % {"count": number_format(len(known)), "reference": known[0]}]


def _faults(deed: Deed) -> list[str]:
    """What the door would say to a deed, asked before it is done."""
    rows: Sequence[Any] = getattr(deed.data, "rows", ())
    data = {"rows": [vars(row) for row in rows]} if rows else vars(deed.data)
    wrong: dict[str, str] = {}
    try:
        parse(ACTIONS[deed.action].input_type, data)
    except Invalid as invalid:
        wrong = dict(invalid.fields)
    if deed.action == "listen.import_people":
        wrong |= faults_of_rows(rows, timezone.now())
    return [_told(rows, field, text) for field, text in wrong.items()]


def _told(rows: Sequence[Any], field: str, text: str) -> str:
    """A fault, beginning with whom and what it is about."""
    parts = field.split(".")
    if len(parts) < 3 or parts[0] != "rows":
        return text
    row = rows[int(parts[1])]
    heading = str({**HEADINGS["ties"], **HEADINGS["people"]}.get(parts[2], parts[2]))
    name = getattr(row, "name", "")[:60]
    return f"{name}, {heading}: {text}" if name else f"{heading}: {text}"


def _alike(actor: Actor, people: PeopleColumns) -> list[Alike]:
    places = core.place_names(actor)
    return [
        Alike(
            row=place + 2,
            name=people.name[place],
            about=_about(
                people.birth_year[place],
                people.texts["household"][place],
                people.sub_community[place],
            ),
            here=tuple(
                (
                    row.name,
                    _about(row.birth_year, row.household, places.get(row.community, "")),
                )
                for row in bearers[:3]
            ),
        )
        for place, bearers in likely_duplicates(people, listen.all_people(actor))
    ]


def _about(birth_year: int | None, household: str, place: str) -> str:
    born = _("born %(year)s") % {"year": birth_year} if birth_year else ""
    home = _("household %(name)s") % {"name": household} if household else ""
    return " · ".join(part for part in (born, home, place) if part)
