"""Rows that belong to a community, and a manager that answers only inside a door.

Three walls: no open community, no answer; a row of another community is never seen, written or
pointed at; facts are withdrawn, never deleted.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any, ClassVar, TypeVar

from django.db import models

from guyub.core import footprint, scope
from guyub.core.chunks import chunks
from guyub.core.errors import ClosedCommunity
from guyub.core.identifiers import new_identifier
from guyub.core.models.stated import Stated

Row = TypeVar("Row", bound=models.Model)


@models.ForeignKey.register_lookup
class Within(models.Lookup):
    """Whether a community is one of those that a scope opened.

    Every table is asked this several times for a page, and a district has hundreds of communities:
    an ordinary `in` would look at each of them anew each time.
    """

    lookup_name = "within"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """One comparison, whatever the number of communities; an equality lets an index sort."""
        left, told = self.process_lhs(compiler, connection)
        keys = _prepared(connection.vendor, self.rhs.reach)
        # What was prepared in another community counts as read everywhere.
        mark = ""
        if self.rhs.reach is scope.reach():
            mark = footprint.within(self.lhs.target.model._meta.db_table, self.lhs.alias)
        if len(keys) == 1:
            return f"{left} = %s{mark}", (*told, *keys)
        if connection.vendor == "postgresql":
            return f"{left} = ANY(%s){mark}", (*told, list(keys))
        return f"{left} IN ({', '.join(['%s'] * len(keys))}){mark}", (*told, *keys)


@lru_cache(maxsize=256)
def _prepared(vendor: str, reach: frozenset[uuid.UUID]) -> tuple[Any, ...]:
    """Keys of communities as a database takes them."""
    ordered = sorted(reach)
    return tuple(ordered) if vendor == "postgresql" else tuple(each.hex for each in ordered)


class ScopedQuerySet(models.QuerySet):
    """A queryset that claims what it writes for the open community."""

    def filter_first(self, *conditions: Any, **named: Any) -> ScopedQuerySet:
        """Filter, and ask this of a row before asking whether its community is open.

        For what nearly no row meets: SQLite asks in the order in which conditions stand, and to
        look for each row's community among many costs more than to pass over the row.
        """
        rows = self.filter(*conditions, **named)
        asked, before = rows.query.where.children, len(self.query.where.children)
        asked[:] = asked[before:] + asked[:before]
        return rows

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        rows = list(objs)
        claim(self.model, rows)
        with footprint.named(self.model._meta.db_table, *whereabouts(self.model, rows)):
            return super().bulk_create(rows, *args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        scope.deed()
        for name in kwargs:
            field = self.model._meta.get_field(name)
            if field.is_relation and field.name != "withdrawn_in":
                raise ClosedCommunity(f"{name} says where a row belongs: state the fact anew.")
        columns = _columns_of_people(self.model)
        found = self.order_by().values_list("pk", "community_id", *columns)
        rows = list(found[: footprint.MOST_NAMED + 1])
        wanted, places, people = self, scope.current().reach, None
        if len(rows) <= footprint.MOST_NAMED:
            wanted = self.filter(pk__in=[row[0] for row in rows])
            places = frozenset(row[1] for row in rows)
            people = _people_in(row[2:] for row in rows) if columns else None
        with footprint.named(self.model._meta.db_table, places, people):
            return super(ScopedQuerySet, wanted).update(**kwargs) if rows else 0

    def withdraw(self) -> int:
        """Withdraw these rows in the deed being done; undoing it brings them back."""
        return self.update(withdrawn_in=scope.deed())

    def delete(self) -> tuple[int, dict[str, int]]:
        raise ClosedCommunity("Facts are withdrawn, not deleted.")

    def raw(self, *args: Any, **kwargs: Any) -> Any:
        raise ClosedCommunity("Raw SQL would go round the open community.")


class ScopedManager(models.Manager.from_queryset(ScopedQuerySet)):  # type: ignore[misc]
    """Rows of the open community and those below it, without the withdrawn ones."""

    def get_queryset(self) -> ScopedQuerySet:
        return self.with_withdrawn().filter(withdrawn_in=None)

    def with_withdrawn(self) -> ScopedQuerySet:
        """Also the rows that somebody has withdrawn."""
        return super().get_queryset().filter(community__within=scope.current())


class CommunityModel(Stated):
    """A fact of one community. Its key is made by whoever notes it."""

    id = models.UUIDField(primary_key=True, default=new_identifier, editable=False)
    community = models.ForeignKey("core.Community", models.PROTECT, related_name="+")

    # Foreign keys that say where a row belongs: it goes along when what they point at moves, to the
    # smallest community that holds all of them.
    belongs_with: ClassVar[tuple[str, ...]] = ()

    # Columns that are read from others whenever these are written.
    read_from_others: ClassVar[tuple[str, ...]] = ()

    # Columns that together say something once: of two rows that say the same after two people
    # turned out to be one, one goes.
    said_once: ClassVar[tuple[str, ...]] = ()

    # Whether a row is somebody, whom rows of other tables are about.
    is_somebody: ClassVar[bool] = False

    # By which column rows are counted that were erased.
    counted_by: ClassVar[str] = ""

    # Sealed columns whose plain data names other rows by identifier, and whether the whole row is
    # worked out from others, so that it may go with somebody whom it names.
    speaks_of: ClassVar[tuple[str, ...]] = ()
    worked_out: ClassVar[bool] = False

    objects = ScopedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        # The one place where a single row enters: claiming it here is what makes the scope hold.
        claim(type(self), [self])
        new = self._state.adding
        known = whereabouts(type(self), [self]) if new else (scope.current().reach, None)
        with footprint.named(self._meta.db_table, *known):
            super().save(*args, **kwargs)


def whole_table(model: type[Row]) -> models.QuerySet[Row]:
    """Every row of a table, whatever community is open and withdrawn or not: for core alone.

    New keys need it, what is erased or changed in every place, and a merge that looks whether it
    reaches all.
    """
    return models.QuerySet(model)


def claim(model: type[models.Model], rows: Sequence[CommunityModel]) -> None:
    """Bind new rows to the deed being done, and refuse any that reach out of the open community.

    :raises ClosedCommunity: no action is open, or a row belongs to or points at another community.
    """
    deed, open_scope = scope.deed(), scope.current()
    for row in rows:
        if row._state.adding:
            row.stated_in_id = deed
        if row.community_id not in open_scope.reach:
            raise ClosedCommunity(f"This {model._meta.label} belongs to another community.")
    for field in model._meta.concrete_fields:
        target = field.related_model
        if isinstance(target, type) and issubclass(target, CommunityModel):
            wanted = {getattr(row, field.attname) for row in rows} - {None} - open_scope.known
            _demand_known(target, wanted)
            open_scope.known.update(wanted)
    open_scope.known.update(row.pk for row in rows)


def whereabouts(
    model: Any, rows: Sequence[CommunityModel]
) -> tuple[footprint.Places, footprint.People]:
    """Where rows belong, and whom they are about, as far as they tell it themselves."""
    columns = _columns_of_people(model)
    people = _people_in([getattr(row, column) for column in columns] for row in rows)
    return frozenset(row.community_id for row in rows), people if columns else None


def _people_in(rows: Iterable[Sequence[uuid.UUID | None]]) -> frozenset[uuid.UUID]:
    return frozenset(person for row in rows for person in row if person is not None)


@cache
def _columns_of_people(model: type[CommunityModel]) -> tuple[str, ...]:
    """The columns that tell all whom a row is about; none where other rows tell it."""
    found = [model._meta.pk.attname] if model.is_somebody else []
    for column in model._meta.concrete_fields:
        target = column.related_model
        if isinstance(target, type) and issubclass(target, CommunityModel):
            if target.is_somebody:
                found.append(column.attname)
            elif target is model or _columns_of_people(target):
                return ()
    return tuple(found)


def _demand_known(target: type[CommunityModel], wanted: set[uuid.UUID]) -> None:
    for chunk in chunks(list(wanted)):
        if target.objects.filter(pk__in=chunk).count() != len(chunk):
            raise ClosedCommunity(f"A row points at a {target._meta.label} that is not here.")
