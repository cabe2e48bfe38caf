"""What lies inside a community, said as its size has it: villages, hamlets, neighbourhoods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from guyub.core.vocabulary import CommunityKind


@dataclass(frozen=True, kw_only=True)
class Level:
    """What a community of one kind holds, and how its page and its form speak of that.

    inside: the heading over what it holds; none: what stands there as long as it holds nothing.
    """

    kind: CommunityKind
    inside: Any
    none: Any
    add: Any
    sentence: Any


_VILLAGES = Level(
    kind=CommunityKind.DESA,
    inside=_("Villages"),
    none=_("Villages appear here, each with its own team, people and notes."),
    add=_("Add a village"),
    sentence=_("A village in which you work. Its people and notes stay in view from here."),
)
_HAMLETS = Level(
    kind=CommunityKind.DUSUN,
    inside=_("Hamlets"),
    none=_("Hamlets appear here, so each worker can see their own."),
    add=_("Add a hamlet"),
    sentence=_("A hamlet of this village. Its people and notes stay in view from here."),
)
_RTS = Level(
    kind=CommunityKind.RT,
    inside=_("RT"),
    none=_("RT appear here, so each worker can see their own."),
    add=_("Add an RT"),
    sentence=_("An RT inside this community. Its people and notes stay in view from here."),
)
_OTHERS = Level(
    kind=CommunityKind.NEIGHBOURHOOD,
    inside=_("Smaller communities"),
    none=_("Neighbourhoods and workplaces appear here, so each worker can see their own."),
    add=_("Add a smaller community"),
    sentence=_(
        "A neighbourhood or a workplace inside this one. Its people and notes stay in view from "
        "here."
    ),
)

_INSIDE = {
    CommunityKind.NETWORK: _VILLAGES,
    CommunityKind.DESA: _HAMLETS,
    CommunityKind.DUSUN: _RTS,
    CommunityKind.RW: _RTS,
}


def level_inside(kind: CommunityKind) -> Level:
    """What a community of this kind holds as a rule."""
    return _INSIDE.get(kind, _OTHERS)
