"""What can be read of Map."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guyub.core import queries as core
from guyub.core.actor import Actor
from guyub.core.permissions import CorePermission
from guyub.core.query import query
from guyub.cycle.map.models import Asset, Tie
from guyub.cycle.map.vocabulary import Capital, MapPermission, ReportedBy, TieKind


@dataclass(frozen=True, kw_only=True)
class TieRow:
    """A tie, as it was reported."""

    from_person: uuid.UUID
    to_person: uuid.UUID
    kind: TieKind
    mutual: bool
    strength: int | None
    reported_by: ReportedBy
    reported_on: date | None
    source: str


@dataclass(frozen=True, kw_only=True)
class MapCounts:
    """How many ties we know of, and how many of them cross between smaller communities."""

    ties: int
    bridging: int


@dataclass(frozen=True, kw_only=True)
class Nominations:
    """How many people others named as spreading news well, and how often they did."""

    named: int
    namings: int


@dataclass(frozen=True, kw_only=True)
class AssetRow:
    """What somebody has. level: of a skill, from 1 to 4."""

    capital: Capital
    name: str
    level: int | None
    would_teach: bool
    noted_on: date

    def __str__(self) -> str:
        known = f"{self.level}/4" if self.level else str(self.capital.label)
        taught = [gettext("would teach it")] if self.would_teach else []
        return f"{self.name} ({', '.join([known, *taught])})"


# A look into a dictionary costs a third of what it costs to make a member of its value.
_KINDS = {kind.value: kind for kind in TieKind}
_TELLERS = {teller.value: teller for teller in ReportedBy}

_COLUMNS = (
    "from_person_id",
    "to_person_id",
    "kind",
    "mutual",
    "strength",
    "reported_by",
    "reported_on",
    "source",
)


@query("map.ties", permission=MapPermission.READ)
def ties(actor: Actor) -> tuple[TieRow, ...]:
    """Every tie here, in the order in which they were reported."""
    return tuple(_row(*columns) for columns in Tie.objects.order_by("id").values_list(*_COLUMNS))


@query("map.newest_ties", permission=MapPermission.READ)
def newest_ties(
    actor: Actor, *, bridging: bool = False, start: int = 0, limit: int = 50
) -> tuple[TieRow, ...]:
    """Ties here, those reported last first, without as many as `start`.

    Who is at odds with whom stands on no list: only on the pages of the two. bridging: only ties
    between smaller communities; see `counts`.
    """
    rows = Tie.objects.exclude(kind=TieKind.CONFLICT).order_by("-id")
    if bridging:
        rows = rows.filter(community=actor.community) if len(actor.reach) > 1 else rows.none()
    return tuple(_row(*columns) for columns in rows.values_list(*_COLUMNS)[start : start + limit])


@query("map.ties_of", permission=MapPermission.READ)
def ties_of(actor: Actor, person: uuid.UUID) -> tuple[TieRow, ...]:
    """A person's ties, strongest first."""
    # Each end has an index of its own; asked for either at once, PostgreSQL reads the whole table.
    out = Tie.objects.filter(from_person=person).order_by().values_list(*_COLUMNS, "id")
    into = Tie.objects.filter(to_person=person).order_by().values_list(*_COLUMNS, "id")
    found = sorted(out.union(into, all=True), key=_strongest_first)
    return tuple(_row(*columns[:-1]) for columns in found)


def _strongest_first(columns: tuple[Any, ...]) -> tuple[int, uuid.UUID]:
    return -(columns[_COLUMNS.index("strength")] or 0), columns[-1]


@query("map.ties_among", permission=MapPermission.READ)
def ties_among(actor: Actor, people: set[uuid.UUID]) -> dict[uuid.UUID, TieRow]:
    """The ties between a few people, by identifier; conflicts only where one noted them oneself.

    They leave for a phone, and who is at odds with whom is nothing to be found on a lost one.
    """
    among = Tie.objects.filter(from_person__in=people, to_person__in=people)
    rows = among.exclude(~Q(stated_in__account_id=actor.account), kind=TieKind.CONFLICT)
    return {key: _row(*columns) for key, *columns in rows.values_list("id", *_COLUMNS)}


@query("map.pairs_among", permission=MapPermission.READ)
def pairs_among(actor: Actor, people: set[uuid.UUID]) -> tuple[tuple[uuid.UUID, uuid.UUID], ...]:
    """Which of a few people are tied to each other; a conflict does not count."""
    among = Tie.objects.filter(from_person__in=people, to_person__in=people)
    rows = among.exclude(kind=TieKind.CONFLICT).values_list("from_person_id", "to_person_id")
    # Sorted here: asked for an order, SQLite walks through every tie of the community.
    return tuple(sorted(rows))


@query("map.pairs", permission=MapPermission.READ)
def pairs(actor: Actor) -> tuple[tuple[uuid.UUID, uuid.UUID], ...]:
    """Who is tied to whom here, each tie at least once; a conflict or a nomination ties nobody."""
    return tuple((one, other) for one, other, names in tie_ends(actor) if not names)


@query("map.tie_ends", permission=MapPermission.READ)
def tie_ends(
    actor: Actor, people: frozenset[uuid.UUID] | None = None
) -> tuple[tuple[uuid.UUID, uuid.UUID, bool], ...]:
    """Both ends of each tie here (or of these few), and whether it is that the one named the other.

    A conflict ties nobody; a tie between two of the few comes twice.
    """
    rows = Tie.objects.exclude(kind=TieKind.CONFLICT).order_by()
    columns = rows.values_list("from_person_id", "to_person_id", "kind")
    if people is not None:
        # Each end has an index of its own; asked for either at once, PostgreSQL reads the whole
        # table.
        out, into = columns.filter(from_person__in=people), columns.filter(to_person__in=people)
        columns = out.union(into, all=True)
    return tuple((one, other, kind == TieKind.NOMINATION) for one, other, kind in columns)


@query("map.assets_of", permission=MapPermission.READ, own_data=_("What you can do and have"))
def assets_of(actor: Actor, person: uuid.UUID) -> tuple[AssetRow, ...]:
    """A person's assets: skills first, the best known of each kind on top."""
    rows = Asset.objects.filter(holder=person).order_by("name", "-noted_on")
    found = map(_asset, rows)
    return tuple(sorted(found, key=lambda row: (row.capital != Capital.HUMAN, -(row.level or 0))))


def _asset(row: Asset) -> AssetRow:
    return AssetRow(
        capital=Capital(row.capital),
        name=row.name,
        level=row.level,
        would_teach=row.would_teach,
        noted_on=row.noted_on,
    )


@query("map.tied_to", permission=MapPermission.READ)
def tied_to(actor: Actor, person: uuid.UUID) -> frozenset[uuid.UUID]:
    """Everyone who is tied to someone; a conflict does not count."""
    rows = Tie.objects.filter(Q(from_person=person) | Q(to_person=person))
    ends = rows.exclude(kind=TieKind.CONFLICT).values_list("from_person_id", "to_person_id")
    return frozenset(end for pair in ends for end in pair) - {person}


@query("map.counts", permission=CorePermission.COMMUNITY_READ)
def counts(actor: Actor) -> MapCounts:
    """How many ties there are; names of nobody."""
    found = Tie.objects.aggregate(
        ties=Count("pk"),
        # A tie belongs to the smallest community that holds both people: one that belongs to the
        # opened community itself leads from one smaller community to another, or to nowhere
        # smaller at all when there are none.
        bridging=Count("pk", filter=Q(community=actor.community)),
    )
    # Ties of people who were erased are counted on, without a name.
    gone = core.erased_rows(actor, "map.tie")
    bridging = found["bridging"] + gone.get(actor.community, 0)
    return MapCounts(
        ties=found["ties"] + sum(gone.values()), bridging=bridging if len(actor.reach) > 1 else 0
    )


@query("map.nominations", permission=MapPermission.READ)
def nominations(actor: Actor) -> Nominations:
    """How many people here were named as spreading news well."""
    found = Tie.objects.filter(kind=TieKind.NOMINATION).aggregate(
        named=Count("to_person", distinct=True), namings=Count("pk")
    )
    return Nominations(named=found["named"], namings=found["namings"])


def _row(
    from_person: uuid.UUID,
    to_person: uuid.UUID,
    kind: str,
    mutual: bool,
    strength: int | None,
    reported_by: str,
    reported_on: date | None,
    source: str,
) -> TieRow:
    return TieRow(
        from_person=from_person,
        to_person=to_person,
        kind=_KINDS[kind],
        mutual=mutual,
        strength=strength,
        reported_by=_TELLERS[reported_by],
        reported_on=reported_on,
        source=source,
    )
