"""Two rows that turn out to be one: what points at the one points at the other from then on.

Every step of it is a change that is kept (`guyub.core.corrections`), the withdrawal of the row that
goes as well. So taking the deed back puts everything back as it was, and taking that back merges
again.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any, cast

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from guyub.core import scope
from guyub.core.corrections import change
from guyub.core.errors import ClosedCommunity, Refused
from guyub.core.models import Community, CommunityModel
from guyub.core.models.scoped import whole_table
from guyub.core.redirects import redirect

Table = type[CommunityModel]


def pointing_at(model: Table) -> Iterator[tuple[Table, str]]:
    """Every table with a column that points at this one, and the name of the column."""
    for each in apps.get_models():
        if issubclass(each, CommunityModel):
            for column in each._meta.concrete_fields:
                if column.related_model is model:
                    yield each, column.name


def what_moves(gone: CommunityModel) -> dict[str, int]:
    """How many rows of each table point at somebody; a row that points twice counts once."""
    found: dict[str, set[uuid.UUID]] = {}
    for model, name in pointing_at(type(gone)):
        rows = model.objects.filter(**{name: gone.pk}).values_list("pk", flat=True)
        found.setdefault(model._meta.label_lower, set()).update(rows)
    return {label: len(rows) for label, rows in found.items() if rows}


def merge(gone: CommunityModel, stays: CommunityModel) -> dict[str, int]:
    """Let everything that points at one row point at the other, and take the one away.

    Gives how many rows moved, and how many went because they would say something twice, or tie
    somebody to themselves.

    :raises Refused: something points at it that this actor does not reach.
    """
    counts: Counter[str] = Counter(moved=0, dropped=0)
    for model, name in pointing_at(type(gone)):
        _demand_within_reach(model, name, gone)
        for row in model.objects.filter(**{name: gone.pk}).order_by("pk"):
            twice = _ties_to_itself(row, name, stays) or _is_said_already(row, name, stays)
            try:
                if twice:
                    take_away(row)
                else:
                    change(row, **_moved(row, name, stays))
            except ClosedCommunity:
                # It leads outside: somebody above invited them to a meeting elsewhere, say.
                raise Refused(_tied_outside()) from None
            counts["dropped" if twice else "moved"] += 1
    redirect(gone.pk, stays.pk)
    take_away(gone)
    return dict(counts)


def take_away(row: CommunityModel) -> None:
    """Withdraw a row in a way that is put back, and done again, together with other changes."""
    change(row, withdrawn_in_id=scope.deed())


def _demand_within_reach(model: Table, name: str, gone: CommunityModel) -> None:
    everywhere = whole_table(model).filter(**{name: gone.pk})
    beyond = everywhere.filter(withdrawn_in=None).exclude(community_id__in=scope.current().reach)
    if beyond.exists():
        raise Refused(_tied_outside())


def _tied_outside() -> str:
    return _("They are tied to people outside. Someone who works in the larger place can do it.")


def _ties_to_itself(row: CommunityModel, name: str, stays: CommunityModel) -> bool:
    others = (
        each
        for each in row._meta.concrete_fields
        if each.related_model is type(stays) and each.name != name
    )
    return any(getattr(row, each.attname) == stays.pk for each in others)


def _is_said_already(row: CommunityModel, name: str, stays: CommunityModel) -> bool:
    if name not in row.said_once:
        return False
    values = {each: getattr(row, _column(row, each).attname) for each in row.said_once}
    same = type(row).objects.filter(**values | {name: stays.pk})
    return same.exclude(pk=row.pk).exists()


def _moved(row: CommunityModel, name: str, stays: CommunityModel) -> dict[str, uuid.UUID]:
    """Where the row points now, and the smallest community that holds all it is about."""
    values = {_column(row, name).attname: stays.pk}
    if name in row.belongs_with:
        lineages = [_lineage(row, each, name, stays) for each in row.belongs_with]
        values["community_id"] = Community.shared(lineages)
    return values


def _lineage(row: CommunityModel, each: str, name: str, stays: CommunityModel) -> str:
    column = _column(row, each)
    target = stays.pk if each == name else getattr(row, column.attname)
    everywhere = whole_table(cast(Any, column.related_model))
    return str(everywhere.values_list("community__path", flat=True).get(pk=target))


def _column(row: CommunityModel, name: str) -> models.Field:
    return cast(models.Field, row._meta.get_field(name))
