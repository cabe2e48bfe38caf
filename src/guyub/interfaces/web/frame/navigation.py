"""What surrounds a page: where one is, where one may go, and how the page looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from guyub.core.permissions import CorePermission
from guyub.core.queries import CommunityCard, communities_above, community
from guyub.cycle.listen.vocabulary import ListenPermission
from guyub.cycle.start.vocabulary import StartPermission
from guyub.interfaces.web.frame.drafts import draft_owner

THEME_COOKIE = "guyub-theme"

# What somebody may choose, and the daisyUI theme that it stands for; without a choice the page
# follows the device.
THEMES = {"light": "guyub", "dark": "guyub-dark"}

_YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True, kw_only=True)
class Place:
    """Somewhere to go, in the side bar or at the foot of a phone."""

    label: str
    icon: str
    address: str
    current: bool


@dataclass(frozen=True, kw_only=True)
class Shell:
    """The frame around the page of somebody who is logged in."""

    places: tuple[Place, ...]
    # On a phone: what stands at the foot, and what stands behind "More".
    foot: tuple[Place, ...]
    more: tuple[Place, ...]
    # Where a conversation is noted; empty for who notes none.
    note: str
    community: CommunityCard | None
    above: tuple[tuple[str, str], ...]


# The places inside a community: route, words, icon, and who may go there.
_IN_A_COMMUNITY = (
    ("today", _("Today"), "calendar-check", ListenPermission.WRITE),
    ("community", _("Community"), "sprout", CorePermission.COMMUNITY_READ),
    ("calendar", _("Calendar"), "calendar-days", ListenPermission.READ),
    ("people", _("People"), "contact-round", ListenPermission.READ),
    ("themes", _("Concerns"), "ear", ListenPermission.WRITE),
    ("start", _("Start"), "route", StartPermission.READ),
    ("requests", _("Consent and rights"), "shield-check", ListenPermission.RIGHTS),
    ("phones", _("Phones"), "monitor-smartphone", CorePermission.WORK_OFFLINE),
    ("members", _("Team"), "users", CorePermission.ACCOUNTS_READ),
    ("log", _("Log"), "scroll-text", CorePermission.LOG_READ),
)

# What lies in a place though its address does not say so.
_LIES_IN = {"meetings": "calendar", "attendance": "calendar"}

_AT_THE_FOOT = ("today", "people", "start", "community")


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `shell` is only looked up by pages that show it."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return {
        "shell": SimpleLazyObject(lambda: _shell(request)),
        "draft_owner": SimpleLazyObject(lambda: draft_owner(request.user)),  # type: ignore[arg-type]
        "theme": THEMES.get(chosen, ""),
        "theme_choice": chosen if chosen in THEMES else "",
    }


def _shell(request: HttpRequest) -> Shell:
    actor = getattr(request, "actor", None)
    card = community(actor) if actor else None
    doors: list[tuple[str, Any, str, tuple[str, ...]]] = [("home", _("Home"), "house", ())]
    if actor and card:
        doors += [
            (route, label, icon, (card.slug,))
            for route, label, icon, permission in _IN_A_COMMUNITY
            if actor.may(permission)
        ]
    doors.append(("profile", _("Profile"), "circle-user-round", ()))
    addresses = [reverse(route, args=arguments) for route, _label, _icon, arguments in doors]
    noting = reverse("note", args=(card.slug,)) if card else ""
    here = "" if request.path == noting else _nearest(_lying(request.path, card), addresses)
    places = [
        Place(label=str(label), icon=icon, address=address, current=address == here)
        for (_route, label, icon, _arguments), address in zip(doors, addresses, strict=True)
    ]
    above = communities_above(actor) if actor else ()
    # As many as a thumb finds; what a worker needs on the way comes first.
    by_route = {door[0]: place for place, door in zip(places, doors, strict=True)}
    first = [by_route[route] for route in _AT_THE_FOOT if route in by_route]
    foot = first if len(places) > len(_AT_THE_FOOT) + 1 else places
    may_note = actor and card and actor.may(ListenPermission.WRITE)
    return Shell(
        note=noting if may_note else "",
        places=tuple(places),
        foot=tuple(foot),
        more=tuple(place for place in places if place not in foot),
        community=card,
        above=above,
    )


def _lying(path: str, card: CommunityCard | None) -> str:
    """The path of the place that a page belongs to, where that is another than its own."""
    if card is None:
        return path
    inside = path.removeprefix(reverse("community", args=(card.slug,)))
    place = _LIES_IN.get(inside.partition("/")[0])
    return reverse(place, args=(card.slug,)) if place else path


def _nearest(path: str, addresses: list[str]) -> str:
    """The place that a path lies in; the first page holds nothing but itself."""
    around = [each for each in addresses if path == each or (each != "/" and path.startswith(each))]
    return max(around, key=len, default="")


def remember_theme(response: HttpResponse, choice: str) -> None:
    """Keep the chosen theme in this browser; anything else goes back to the device's own."""
    if choice in THEMES:
        response.set_cookie(
            THEME_COOKIE,
            choice,
            max_age=_YEAR,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")


def remember_language(response: HttpResponse, language: str) -> None:
    """Keep the language of an account in this browser, for the pages before log-in too."""
    if language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=_YEAR,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
