"""What moves people, put into lines that a page shows."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guyub.core.actor import Actor
from guyub.core.queries import place_names
from guyub.cycle.listen.analysis import AGES, Matter, Unheard, concerns_overview, suggested_themes
from guyub.cycle.listen.vocabulary import ConditionKind, Gender, LifeArea
from guyub.cycle.map.analysis import TiedGroup, tied_groups

# Where something is heard most is said of so many places. Our choice.
_PLACES = 3

_AGES = (
    gettext_lazy("15 and younger"),
    gettext_lazy("16 to 30"),
    gettext_lazy("31 to 45"),
    gettext_lazy("46 to 59"),
    gettext_lazy("60 and older"),
)


@dataclass(frozen=True, kw_only=True)
class MatterLine:
    """A theme or a life area: how widely, how deeply, where, and how its people are tied.

    percent: of all who live here. depth: the mean from 1 to 5 of those who were asked (asked);
    None where nobody was.
    """

    name: str
    area: str
    address: str
    people: int
    percent: int
    depth: float | None
    asked: int
    tied: TiedGroup
    places: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, kw_only=True)
class HeardLine:
    """People alike in one thing, and how many of them were heard; address: who was not."""

    name: str
    people: int
    heard: int
    percent: int
    address: str


def themes_context(actor: Actor, slug: str) -> dict[str, Any]:
    """All that the page shows."""
    found, places = concerns_overview(actor), place_names(actor)
    matters = (*found.themes, *found.areas)
    tied = tied_groups(actor, tuple(each.members for each in matters)) if matters else ()
    lines = [
        _matter_line(slug, matter, group, places)
        for matter, group in zip(matters, tied, strict=True)
    ]
    return {
        "people": found.people,
        "heard": found.heard,
        "themes": lines[: len(found.themes)],
        "areas": lines[len(found.themes) :],
        "unheard": _unheard(slug, found.unheard, places),
        "suggested": suggested_themes(actor),
    }


def area_address(slug: str, area: LifeArea) -> str:
    """The page of what is said in a life area."""
    return f"{reverse('concerns', args=(slug,))}?area={area.value}"


def _matter_line(
    slug: str, matter: Matter, tied: TiedGroup, places: dict[uuid.UUID, str]
) -> MatterLine:
    depths = sum(depth * count for depth, count in enumerate(matter.depths, start=1))
    area = str(matter.life_area.label)
    return MatterLine(
        name=matter.theme.name if matter.theme else area,
        area=area if matter.theme else "",
        address=(
            reverse("theme_of_concerns", args=(slug, matter.theme.id))
            if matter.theme
            else area_address(slug, matter.life_area)
        ),
        people=len(matter.members),
        percent=round(100 * matter.share),
        depth=depths / matter.asked if matter.asked else None,
        asked=matter.asked,
        tied=tied,
        places=tuple(
            (places[place], count, round(100 * share))
            for place, count, share in matter.places[:_PLACES]
        )
        if len(places) > 1
        else (),
    )


def _unheard(
    slug: str, rows: Sequence[Unheard], places: dict[uuid.UUID, str]
) -> list[tuple[str, list[HeardLine]]]:
    """By place, gender and age; within each those of whom we know least first."""
    kinds = {"place": _("Where they live"), "gender": _("Gender"), "age": _("Age")}
    found = []
    for kind, title in kinds.items():
        alike = [_heard_line(slug, row, places) for row in rows if row.kind == kind]
        # Where all are alike in it, it tells nothing.
        if len(alike) > 1:
            found.append((title, sorted(alike, key=lambda line: (line.percent, -line.people))))
    return found


def _heard_line(slug: str, row: Unheard, places: dict[uuid.UUID, str]) -> HeardLine:
    name, alike = _("not known"), dict[str, object]()
    if isinstance(row.value, uuid.UUID):
        name, alike = places[row.value], {"0-which": row.value}
    elif isinstance(row.value, str):
        name, alike = str(Gender(row.value).label), {"0-choice": row.value}
    elif isinstance(row.value, int):
        name, (least, most) = str(_AGES[row.value]), AGES[row.value]
        alike = {"0-least": least, "0-most": most}
    # Nobody is asked for by what is not known of them.
    asked = {"0-kind": row.kind, **alike, "1-kind": ConditionKind.HEARD.value, "1-negated": "on"}
    address = f"{reverse('questions', args=(slug,))}?{urlencode(asked)}" if alike else ""
    return HeardLine(
        name=name,
        people=row.people,
        heard=row.heard,
        percent=round(100 * row.heard / row.people),
        address=address,
    )
