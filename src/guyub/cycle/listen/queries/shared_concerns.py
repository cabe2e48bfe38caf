"""What moves people, in figures: who cares about what, and of whom nobody knows it yet."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from guyub.core.actor import Actor
from guyub.core.confidential import unseal
from guyub.core.errors import Missing
from guyub.core.query import query
from guyub.cycle.listen.models import Concern, Person, Theme, ThemedConcern
from guyub.cycle.listen.vocabulary import Gender, LifeArea, ListenPermission, PersonStatus

# Words of so many concerns, the newest first, are laid side by side for a suggestion: opening them
# takes a few tenths of a second. Our choice.
MOST_COMPARED = 3000

_WORDS = Concern._meta.get_field("own_words")


@dataclass(frozen=True, kw_only=True)
class ThemeRow:
    """A theme that a worker named."""

    id: uuid.UUID
    name: str
    life_area: LifeArea


@dataclass(frozen=True, kw_only=True)
class ConcernOf:
    """Whose concern it is, where they live, how deep it goes, its themes; without the words."""

    id: uuid.UUID
    person: uuid.UUID
    community: uuid.UUID
    life_area: LifeArea
    depth: int | None
    themes: tuple[uuid.UUID, ...]


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A concern in somebody's own words."""

    id: uuid.UUID
    person: uuid.UUID
    name: str
    community: uuid.UUID
    life_area: LifeArea
    own_words: str
    depth: int | None


@dataclass(frozen=True, kw_only=True)
class Villagers:
    """How many people are alike in where they live, in gender and in year of birth."""

    community: uuid.UUID
    gender: Gender
    birth_year: int | None
    people: int


@query("listen.themes", permission=ListenPermission.WRITE)
def themes(actor: Actor) -> tuple[ThemeRow, ...]:
    """The themes here, by name."""
    rows = Theme.objects.order_by("name", "id").values_list("id", "name", "life_area")
    return tuple(
        ThemeRow(id=identifier, name=name, life_area=LifeArea(area))
        for identifier, name, area in rows
    )


@query("listen.concerns", permission=ListenPermission.WRITE)
def concerns(actor: Actor) -> tuple[ConcernOf, ...]:
    """The concerns of everyone who lives here, without their words."""
    themed: dict[uuid.UUID, list[uuid.UUID]] = {}
    for concern, theme in ThemedConcern.objects.values_list("concern_id", "theme_id"):
        themed.setdefault(concern, []).append(theme)
    columns = _here().values_list(
        "id",
        "person_id",
        "person__community_id",
        "life_area",
        "depth",
    )
    return tuple(
        ConcernOf(
            id=identifier,
            person=person,
            community=community,
            life_area=LifeArea(area),
            depth=depth,
            themes=tuple(themed.get(identifier, ())),
        )
        for identifier, person, community, area, depth in columns
    )


@query("listen.statements", permission=ListenPermission.WRITE)
def statements(
    actor: Actor,
    *,
    theme: uuid.UUID | None = None,
    life_area: LifeArea | None = None,
    loose: bool = False,
    limit: int = MOST_COMPARED,
) -> tuple[Statement, ...]:
    """Concerns in people's own words, the newest first: of a theme, or of a life area.

    loose: only those that belong to no theme yet.

    :raises Missing: there is no such theme here.
    """
    rows = _here()
    if theme is not None:
        if not Theme.objects.filter(pk=theme).exists():
            raise Missing(str(theme))
        rows = rows.filter(themes__theme=theme, themes__withdrawn_in=None)
    if life_area is not None:
        rows = rows.filter(life_area=life_area)
    if loose:
        themed = ThemedConcern.objects.filter(concern=OuterRef("pk"), theme__withdrawn_in=None)
        rows = rows.filter(~Exists(themed))
    columns = rows.order_by("-noted_on", "-id").values_list(
        "id",
        "person_id",
        "person__name",
        "person__community_id",
        "life_area",
        "own_words",
        "depth",
    )
    return tuple(
        Statement(
            id=identifier,
            person=person,
            name=name,
            community=community,
            life_area=LifeArea(area),
            own_words=unseal(_WORDS, identifier, sealed) if sealed is not None else "",
            depth=depth,
        )
        for identifier, person, name, community, area, sealed, depth in columns[:limit]
    )


@query("listen.villagers", permission=ListenPermission.WRITE)
def villagers(actor: Actor) -> tuple[Villagers, ...]:
    """Everyone who lives here, counted by the database: a district has few kinds of people."""
    rows = Person.objects.filter(status=PersonStatus.PRESENT).order_by()
    counted = rows.values_list("community_id", "gender", "birth_year").annotate(Count("pk"))
    return tuple(
        Villagers(community=community, gender=Gender(gender), birth_year=year, people=count)
        for community, gender, year, count in counted
    )


def _here() -> QuerySet[Concern]:
    return Concern.objects.filter(person__withdrawn_in=None, person__status=PersonStatus.PRESENT)
