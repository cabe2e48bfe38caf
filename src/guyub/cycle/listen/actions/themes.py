"""Themes: concerns of several people that a worker sees as one matter."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from guyub.core.action import action
from guyub.core.actor import Actor
from guyub.core.errors import Invalid, Missing, Refused
from guyub.core.identifiers import new_identifier
from guyub.cycle.listen.models import Concern, Theme, ThemedConcern
from guyub.cycle.listen.vocabulary import LifeArea, ListenPermission

# As many as one looks through on a page; more go in several times. Our choice.
MOST_CONCERNS = 500

Concerns = Annotated[tuple[uuid.UUID, ...], Field(min_length=1, max_length=MOST_CONCERNS)]


@dataclass(frozen=True, kw_only=True)
class NewTheme:
    """A matter that several people care about, and the concerns with which it begins."""

    name: Annotated[str, Field(max_length=120)]
    life_area: LifeArea
    concerns: Annotated[tuple[uuid.UUID, ...], Field(max_length=MOST_CONCERNS)] = ()
    id: uuid.UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ConcernsOfTheme:
    """Concerns, and the theme into which they go or out of which they are taken."""

    theme: uuid.UUID
    concerns: Concerns


@action(
    "listen.name_theme", permission=ListenPermission.WRITE, sentence=gettext_lazy("named a theme")
)
def name_theme(actor: Actor, data: NewTheme, at: datetime) -> dict[str, str]:
    """Name a theme, and add concerns to it."""
    name = data.name.strip()
    if not name:
        raise Invalid({"name": _("A theme needs a name, in words that people here use.")})
    if Theme.objects.filter(name__iexact=name, life_area=data.life_area).exists():
        raise Refused(_("There is a theme of this name already: put the concerns into it."))
    theme = Theme.objects.create(
        id=data.id or new_identifier(),
        community_id=actor.community,
        name=name,
        life_area=data.life_area,
    )
    if data.concerns:
        _put(theme, set(data.concerns))
    return {"id": str(theme.pk)}


@action(
    "listen.put_into_theme",
    permission=ListenPermission.WRITE,
    sentence=gettext_lazy("added concerns to a theme"),
)
def put_into_theme(actor: Actor, data: ConcernsOfTheme, at: datetime) -> dict[str, int]:
    """Add concerns to a theme; concerns already in it stay."""
    return {"concerns": _put(_theme(data.theme), set(data.concerns))}


@action(
    "listen.take_out_of_theme",
    permission=ListenPermission.WRITE,
    sentence=gettext_lazy("removed concerns from a theme"),
)
def take_out_of_theme(actor: Actor, data: ConcernsOfTheme, at: datetime) -> dict[str, int]:
    """Remove concerns from a theme."""
    rows = ThemedConcern.objects.filter(theme=_theme(data.theme), concern__in=data.concerns)
    taken = rows.withdraw()
    if not taken:
        raise Refused(_("None of these concerns is in the theme."))
    return {"concerns": taken}


@dataclass(frozen=True, kw_only=True)
class DroppedTheme:
    """A theme that is not used any more."""

    theme: uuid.UUID


@action(
    "listen.drop_theme",
    permission=ListenPermission.WRITE,
    sentence=gettext_lazy("deleted a theme"),
)
def drop_theme(actor: Actor, data: DroppedTheme, at: datetime) -> None:
    """Delete a theme; its concerns stay."""
    theme = _theme(data.theme)
    ThemedConcern.objects.filter(theme=theme).withdraw()
    Theme.objects.filter(pk=theme.pk).withdraw()


def _theme(identifier: uuid.UUID) -> Theme:
    theme = Theme.objects.filter(pk=identifier).first()
    if theme is None:
        raise Missing(str(identifier))
    return theme


def _put(theme: Theme, wanted: set[uuid.UUID]) -> int:
    homes = dict(Concern.objects.filter(pk__in=wanted).values_list("pk", "community_id"))
    for concern in wanted - homes.keys():
        raise Missing(str(concern))
    there = ThemedConcern.objects.filter(theme=theme, concern__in=wanted)
    new = sorted(wanted - set(there.values_list("concern_id", flat=True)))
    ThemedConcern.objects.bulk_create(
        [ThemedConcern(community_id=homes[each], concern_id=each, theme=theme) for each in new]
    )
    return len(new)
