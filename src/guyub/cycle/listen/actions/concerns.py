"""What people care about, as they say it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from guyub.core.action import action
from guyub.core.actor import Actor
from guyub.core.errors import Invalid, Missing
from guyub.core.identifiers import new_identifier
from guyub.cycle.listen.actions.encounters import day_here
from guyub.cycle.listen.models import Concern, Encounter, Person, SharedConcern
from guyub.cycle.listen.vocabulary import LifeArea, ListenPermission

# Whoever counts more neighbours than this speaks of a whole place; our choice.
_MOST_SHARING = 50


@dataclass(frozen=True, kw_only=True)
class NewConcern:
    """What somebody cares about. depth: how much, from 1 to 5; nothing where nobody asked."""

    person: uuid.UUID
    life_area: LifeArea
    own_words: Annotated[str, Field(max_length=10_000)] = ""
    depth: Annotated[int, Field(ge=1, le=5)] | None = None
    shared_with: Annotated[tuple[uuid.UUID, ...], Field(max_length=_MOST_SHARING)] = ()
    encounter: uuid.UUID | None = None
    noted_on: date | None = None
    id: uuid.UUID | None = None


@action(
    "listen.note_concern",
    permission=ListenPermission.WRITE,
    sentence=gettext_lazy("noted a concern"),
    offline=True,
)
def note_concern(actor: Actor, data: NewConcern, at: datetime) -> dict[str, str]:
    """Note what a person cares about, and who shares it."""
    today = day_here(actor, at)
    if data.noted_on and data.noted_on > today:
        raise Invalid({"noted_on": _("What was heard cannot be in the future.")})
    sharing = set(data.shared_with)
    if data.person in sharing:
        raise Invalid({"shared_with": _("Name others who share this.")})
    named = sharing | {data.person}
    homes = dict(Person.objects.filter(pk__in=named).values_list("pk", "community_id"))
    for person in named - homes.keys():
        raise Missing(str(person))
    if data.encounter and not Encounter.objects.filter(pk=data.encounter).exists():
        raise Missing(str(data.encounter))
    concern = Concern.objects.create(
        id=data.id or new_identifier(),
        community_id=homes[data.person],
        person_id=data.person,
        encounter_id=data.encounter,
        life_area=data.life_area,
        own_words=data.own_words.strip() or None,
        depth=data.depth,
        noted_on=data.noted_on or today,
    )
    SharedConcern.objects.bulk_create(
        [
            SharedConcern(community_id=concern.community_id, concern=concern, person_id=person)
            for person in sorted(sharing)
        ]
    )
    return {"id": str(concern.pk)}
