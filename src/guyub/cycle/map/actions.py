"""The deeds of Map: reporting ties, and what people have."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from pydantic import Field

from guyub.core import queries as core
from guyub.core.action import action
from guyub.core.actor import Actor
from guyub.core.errors import Invalid, Missing, Refused
from guyub.core.identifiers import new_identifier
from guyub.cycle.listen import queries as listen
from guyub.cycle.map import MUTUAL_KINDS
from guyub.cycle.map.models import Asset, Tie
from guyub.cycle.map.vocabulary import Capital, MapPermission, ReportedBy, TieKind

# Rows in one INSERT, and rows in one deed: as for people (guyub.cycle.listen).
_BATCH = 2000
MOST_ROWS = 200_000


@dataclass(frozen=True, kw_only=True)
class ReportedTie:
    """That one person is tied to another. Left open, `mutual` follows from the kind."""

    from_person: uuid.UUID
    to_person: uuid.UUID
    kind: TieKind
    mutual: bool | None = None
    strength: Annotated[int, Field(ge=1, le=5)] | None = None
    reported_by: ReportedBy = ReportedBy.UNKNOWN
    reported_on: date | None = None
    source: Annotated[str, Field(max_length=120)] = ""
    id: uuid.UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ManyTies:
    """The rows of a list of ties."""

    rows: tuple[ReportedTie, ...]


@action(
    "map.report_tie",
    permission=MapPermission.WRITE,
    sentence=gettext_lazy("noted a tie"),
    offline=True,
)
def report_tie(actor: Actor, data: ReportedTie, at: datetime) -> dict[str, str]:
    """Note that one person is tied to another."""
    if data.from_person == data.to_person:
        raise Invalid({"to_person": _("A tie needs two people.")})
    row = _row(data, _Places(actor, {data.from_person, data.to_person}))
    row.save(force_insert=True)
    return {"id": str(row.pk)}


def _describe_ties(result: Mapping[str, Any]) -> str:
    count = result["ties"]
    return ngettext("imported %(count)s tie", "imported %(count)s ties", count) % {
        "count": number_format(count)
    }


@action("map.import_ties", permission=MapPermission.IMPORT, sentence=_describe_ties)
def import_ties(actor: Actor, data: ManyTies, at: datetime) -> dict[str, int]:
    """Import a list of ties."""
    if not data.rows:
        raise Refused(_("The list is empty: nothing was imported."))
    if len(data.rows) > MOST_ROWS:
        raise Refused(
            _("A list can have up to %(most)s rows; this one has %(rows)s. Import it in parts.")
            % {"most": MOST_ROWS, "rows": len(data.rows)}
        )
    wrong = {
        f"rows.{number}.to_person": _("A tie needs two people.")
        for number, row in enumerate(data.rows)
        if row.from_person == row.to_person
    }
    if wrong:
        raise Invalid(wrong)
    places = _Places(actor, None)
    Tie.objects.bulk_create([_row(row, places) for row in data.rows], batch_size=_BATCH)
    return {"ties": len(data.rows)}


@dataclass(frozen=True, kw_only=True)
class NewAsset:
    """What somebody has that may be of use to all. level, would_teach: of a skill only."""

    holder: uuid.UUID
    capital: Capital
    name: Annotated[str, Field(min_length=1, max_length=120)]
    level: Annotated[int, Field(ge=1, le=4)] | None = None
    would_teach: bool = False
    noted_on: date
    id: uuid.UUID | None = None


@action(
    "map.note_asset",
    permission=MapPermission.WRITE,
    sentence=gettext_lazy("noted an asset"),
    offline=True,
)
def note_asset(actor: Actor, data: NewAsset, at: datetime) -> dict[str, str]:
    """Note a skill or another asset of a person."""
    if (data.level or data.would_teach) and data.capital != Capital.HUMAN:
        raise Invalid({"level": _("Only a skill has a level and can be taught.")})
    home = listen.homes_of(actor, {data.holder}).get(data.holder)
    if home is None:
        raise Missing(str(data.holder))
    row = Asset(
        id=data.id or new_identifier(),
        community_id=home,
        holder_id=data.holder,
        capital=data.capital,
        name=data.name.strip(),
        level=data.level,
        would_teach=data.would_teach,
        noted_on=data.noted_on,
    )
    row.save(force_insert=True)
    return {"id": str(row.pk)}


class _Places:
    """Where people live, and the smallest community that holds two of them."""

    def __init__(self, actor: Actor, people: set[uuid.UUID] | None) -> None:
        self._homes: Mapping[uuid.UUID, uuid.UUID] = listen.homes_of(actor, people)
        self._above = {
            identifier: parent for identifier, parent, _ in core.communities_below(actor)
        }

    def home(self, person: uuid.UUID) -> uuid.UUID:
        if person not in self._homes:
            raise Missing(str(person))
        return self._homes[person]

    def shared(self, one: uuid.UUID, other: uuid.UUID) -> uuid.UUID:
        here, there = self.home(one), self.home(other)
        if here == there:
            return here
        lineage = self._lineage(here)
        return next(place for place in self._lineage(there) if place in lineage)

    def _lineage(self, place: uuid.UUID) -> list[uuid.UUID]:
        found = []
        step: uuid.UUID | None = place
        while step is not None and step in self._above:
            found.append(step)
            step = self._above[step]
        return found


def _row(data: ReportedTie, places: _Places) -> Tie:
    return Tie(
        id=data.id or new_identifier(),
        community_id=places.shared(data.from_person, data.to_person),
        from_person_id=data.from_person,
        to_person_id=data.to_person,
        kind=data.kind,
        mutual=data.kind in MUTUAL_KINDS if data.mutual is None else data.mutual,
        strength=data.strength,
        reported_by=data.reported_by,
        reported_on=data.reported_on,
        source=data.source.strip(),
    )
