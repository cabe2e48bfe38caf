"""What people care about."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, FilteredRelation, Q

from guyub.core.actor import Actor
from guyub.core.query import query
from guyub.cycle.listen.models import Concern
from guyub.cycle.listen.vocabulary import LifeArea, ListenPermission


@dataclass(frozen=True, kw_only=True)
class ConcernRow:
    """What somebody cares about, how much, and with whom they share it, by name.

    encounter: where it was heard. themes: those that it belongs to, with their names.
    """

    id: uuid.UUID
    life_area: LifeArea
    own_words: str
    depth: int | None
    noted_on: date
    shared_with: tuple[str, ...]
    encounter: uuid.UUID | None
    themes: tuple[tuple[uuid.UUID, str], ...]


@query("listen.concerns_of", permission=ListenPermission.WRITE)
def concerns_of(actor: Actor, person: uuid.UUID) -> tuple[ConcernRow, ...]:
    """What a person here cares about, latest first."""
    # One statement: with both, a concern comes once for each who shares it in each theme.
    rows = Concern.objects.filter(person=person).annotate(
        sharing=FilteredRelation("shared", condition=Q(shared__withdrawn_in=None)),
        themed=FilteredRelation("themes", condition=Q(themes__withdrawn_in=None)),
        sharer=F("sharing__person__name"),
        sharer_key=F("sharing__person"),
        sharer_home=F("sharing__person__community"),
        sharer_gone=F("sharing__person__withdrawn_in"),
        theme=F("themed__theme"),
        theme_name=F("themed__theme__name"),
    )
    concerns: dict[uuid.UUID, Any] = {}
    names: dict[uuid.UUID, dict[uuid.UUID, str]] = {}
    themes: dict[uuid.UUID, dict[uuid.UUID, str]] = {}
    for row in rows.order_by("-noted_on", "-id", "sharer", "theme_name"):
        concerns.setdefault(row.pk, row)
        # Who moved away from here or was taken back is not named any more.
        if row.sharer is not None and row.sharer_gone is None and row.sharer_home in actor.reach:
            names.setdefault(row.pk, {})[row.sharer_key] = row.sharer
        if row.theme is not None:
            themes.setdefault(row.pk, {})[row.theme] = row.theme_name
    return tuple(
        ConcernRow(
            id=row.pk,
            life_area=LifeArea(row.life_area),
            own_words=row.own_words or "",
            depth=row.depth,
            noted_on=row.noted_on,
            shared_with=tuple(names.get(row.pk, {}).values()),
            encounter=row.encounter_id,
            themes=tuple(themes.get(row.pk, {}).items()),
        )
        for row in concerns.values()
    )
