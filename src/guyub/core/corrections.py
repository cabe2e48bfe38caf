"""Changing a row that others point at: it keeps its identifier, and what stood in it is kept.

Facts are stated and withdrawn, not overwritten. A person cannot be withdrawn and stated anew, as
promises and ties point at them; so the change itself is the fact that is stated, with what stood in
the row before and after. Withdrawing it puts the row back; withdrawing that puts it forth again.
"""

from __future__ import annotations

import copy
import uuid
from collections.abc import Iterator, Sequence
from datetime import date, time
from typing import Any, cast

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from guyub.core import footprint
from guyub.core.chunks import chunks
from guyub.core.errors import ClosedCommunity, Refused
from guyub.core.models import Change, Community, CommunityModel
from guyub.core.models.scoped import claim, whereabouts, whole_table


def change(row: CommunityModel, **values: Any) -> list[str]:
    """Change fields of a row, by their columns' names, and keep what stood there.

    Gives the names of the fields that are another now, in their order; without any nothing is done.
    """
    pairs = _pairs(row, values)
    if pairs:
        kept = Change(community_id=row.community_id, table=row._meta.label_lower, row=row.pk)
        kept.values = pairs
        _put(row, {name: after for name, (_before, after) in pairs.items()})
        kept.save(force_insert=True)
    return [_column(row, name).name for name in pairs]


def differing(row: CommunityModel, **values: Any) -> list[str]:
    """The names of the fields that `change` would change, in their order."""
    return [_column(row, name).name for name in _pairs(row, values)]


def last_deeds(rows: Sequence[CommunityModel]) -> dict[uuid.UUID, dict[str, uuid.UUID]]:
    """For each row the deed that last set each field that was ever changed; `*` for the others.

    A change that was taken back sets nothing: what stood there before stands there again, by the
    deed that had put it there.
    """
    last = {row.pk: {"*": row.stated_in_id} for row in rows}
    for chunk in chunks(rows):
        # Also what was changed while somebody lived elsewhere: a reader learns no more of it than
        # the key of a deed, and an edit made from before it must not pass for a fresh one.
        keys = [row.pk for row in chunk]
        changes = whole_table(Change).filter(row__in=keys, withdrawn_in=None)
        columns = {row.pk: row for row in chunk}
        for each in changes.order_by("id"):
            for name in each.values:
                last[each.row][_column(columns[each.row], name).name] = each.stated_in_id
    return last


def take_back_changes(keys: list[uuid.UUID]) -> list[Change]:
    """Put every row back that these deeds changed; before the changes themselves are withdrawn.

    Gives the changes that these deeds had taken back: `repeat` them once all else counts again.

    :raises Refused: somebody changed one of these fields since.
    """
    changes = Change.objects.with_withdrawn()
    for each in changes.filter(stated_in__in=keys, withdrawn_in=None).order_by("-id"):
        _exchange(each, now=1, then=0)
    return list(changes.filter(withdrawn_in__in=keys).order_by("id"))


def repeat(changes: list[Change]) -> None:
    """Make changes again that were taken back.

    :raises Refused: somebody changed one of these fields since.
    """
    for each in changes:
        _exchange(each, now=0, then=1)


def _pairs(row: CommunityModel, values: dict[str, Any]) -> dict[str, list[Any]]:
    pairs = {
        name: [_plain(row, name), _read_plain(row, name, value)] for name, value in values.items()
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _exchange(each: Change, *, now: int, then: int) -> None:
    model = apps.get_model(each.table)
    row = model.objects.with_withdrawn().filter(pk=each.row).first()
    pairs = each.values.items()
    if row is None or any(_plain(row, name) != pair[now] for name, pair in pairs):
        raise Refused(_("This has been changed again since. Undo the later change first."))
    try:
        _put(row, {name: pair[then] for name, pair in pairs})
    except ClosedCommunity:
        # The household to which somebody would go back, say, was itself taken back.
        raise Refused(_("Something newer has replaced what this would restore.")) from None


def _put(row: CommunityModel, values: dict[str, Any]) -> None:
    before, model = copy.copy(row), type(row)
    for name, value in values.items():
        setattr(row, name, _column(row, name).to_python(value))
    claim(model, [row])
    written = [_column(row, name) for name in (*values, *row.read_from_others)]
    with footprint.named(model._meta.db_table, *whereabouts(model, [before, row])):
        # The whole table: a row that was withdrawn since is put back as well.
        whole_table(model).filter(pk=row.pk).update(
            **{column.attname: column.pre_save(row, add=False) for column in written}
        )
    if "community_id" in values:
        _bring_along(model, [row.pk])


def _column(row: CommunityModel, name: str) -> models.Field:
    return cast(models.Field, row._meta.get_field(name))


def _plain(row: CommunityModel, name: str) -> Any:
    return _as_text(getattr(row, name))


def _read_plain(row: CommunityModel, name: str, value: Any) -> Any:
    return _as_text(_column(row, name).to_python(value))


def _as_text(value: Any) -> Any:
    """Keys, days and times as they are kept and compared."""
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value


def _bring_along(model: type[CommunityModel], moved: list[uuid.UUID]) -> None:
    """Notes about somebody who moved go with them: each belongs where all it is about belongs."""
    for follower, name in _followers(model):
        homes: dict[tuple[uuid.UUID, uuid.UUID], list[uuid.UUID]] = {}
        for chunk in chunks(moved):
            for row, before, home in _homes(follower, name, chunk):
                homes.setdefault((before, home), []).append(row)
        for (before, home), rows in homes.items():
            for chunk in chunks(rows):
                # The whole table, withdrawn rows too: the wall stands where rows are read, and
                # where somebody may move to was looked at when the row itself was changed.
                with footprint.named(follower._meta.db_table, frozenset({before, home}), None):
                    whole_table(follower).filter(pk__in=chunk).update(community=home)
            _bring_along(follower, rows)


def _followers(model: type[CommunityModel]) -> Iterator[tuple[type[CommunityModel], str]]:
    for follower in apps.get_models():
        if issubclass(follower, CommunityModel):
            for name in follower.belongs_with:
                if follower._meta.get_field(name).related_model is model:
                    yield follower, name


def _homes(
    follower: type[CommunityModel], name: str, moved: Sequence[uuid.UUID]
) -> Iterator[tuple[uuid.UUID, uuid.UUID, uuid.UUID]]:
    """Rows that belong elsewhere now: where they did, and the smallest that holds all they tell."""
    paths = [f"{each}__community__path" for each in follower.belongs_with]
    rows = whole_table(follower).filter(**{f"{name}__in": moved})
    for row, community, *lineages in rows.values_list("pk", "community_id", *paths):
        shared = Community.shared(lineages)
        if shared != community:
            yield row, community, shared
