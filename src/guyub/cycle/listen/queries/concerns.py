"""What people care about."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, FilteredRelation, Q

from guyub.core.actor import Actor
from guyub.core.permissions import Permission
from guyub.core.query import query
from guyub.cycle.listen.models import Concern, ThemedConcern
from guyub.cycle.listen.vocabulary import LifeArea


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


@query("listen.concerns_of", permission=Permission.LISTEN_WRITE)
def concerns_of(actor: Actor, person: uuid.UUID) -> tuple[ConcernRow, ...]:
    """What somebody cares about, the latest first; nothing of whoever is not here."""
    shared = FilteredRelation("shared", condition=Q(shared__withdrawn_in=None))
    rows = Concern.objects.filter(person=person).annotate(
        sharing=shared,
        sharer=F("sharing__person__name"),
        sharer_home=F("sharing__person__community"),
        sharer_gone=F("sharing__person__withdrawn_in"),
    )
    concerns: dict[uuid.UUID, Any] = {}
    names: dict[uuid.UUID, list[str]] = {}
    # A concern comes once for each who shares it.
    for row in rows.order_by("-noted_on", "-id", "sharer"):
        concerns.setdefault(row.pk, row)
        # Who moved away from here or was taken back is not named any more.
        if row.sharer is not None and row.sharer_gone is None and row.sharer_home in actor.reach:
            names.setdefault(row.pk, []).append(row.sharer)
    themes: dict[uuid.UUID, list[tuple[uuid.UUID, str]]] = {}
    themed = ThemedConcern.objects.filter(concern__in=concerns).order_by("theme__name")
    for concern, theme, name in themed.values_list("concern_id", "theme_id", "theme__name"):
        themes.setdefault(concern, []).append((theme, name))
    return tuple(
        ConcernRow(
            id=row.pk,
            life_area=LifeArea(row.life_area),
            own_words=row.own_words or "",
            depth=row.depth,
            noted_on=row.noted_on,
            shared_with=tuple(names.get(row.pk, ())),
            encounter=row.encounter_id,
            themes=tuple(themes.get(row.pk, ())),
        )
        for row in concerns.values()
    )
