"""What people care about."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from guyub.core.actor import Actor
from guyub.core.errors import Missing
from guyub.core.permissions import Permission
from guyub.core.query import query
from guyub.cycle.listen.models import Concern, Person, SharedConcern
from guyub.cycle.listen.vocabulary import LifeArea


@dataclass(frozen=True, kw_only=True)
class ConcernRow:
    """What somebody cares about, how much, and with whom they share it, by name."""

    id: uuid.UUID
    life_area: LifeArea
    own_words: str
    depth: int | None
    noted_on: date
    shared_with: tuple[str, ...]


@query("listen.concerns_of", permission=Permission.LISTEN_WRITE)
def concerns_of(actor: Actor, person: uuid.UUID) -> tuple[ConcernRow, ...]:
    """What somebody cares about, the latest first.

    :raises Missing: nobody here has this identifier.
    """
    if not Person.objects.filter(pk=person).exists():
        raise Missing(str(person))
    rows = list(Concern.objects.filter(person=person).order_by("-noted_on", "-id"))
    # Who moved away from here or was taken back is not named any more.
    sharing = SharedConcern.objects.filter(concern__in=rows, person__in=Person.objects.all())
    names: dict[uuid.UUID, list[str]] = {}
    for concern, name in sharing.order_by("person__name").values_list("concern", "person__name"):
        names.setdefault(concern, []).append(name)
    return tuple(
        ConcernRow(
            id=row.pk,
            life_area=LifeArea(row.life_area),
            own_words=row.own_words or "",
            depth=row.depth,
            noted_on=row.noted_on,
            shared_with=tuple(names.get(row.pk, ())),
        )
        for row in rows
    )
