"""Every address there is, and the cast at their browsers: what the guards of the pages share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

import world as worlds
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from people import Cast

NOBODY = "nobody"
CAST = ("ani", "wati", "budi", "rudi", "sari", "tini", "charlie", "oscar", "dewi")
EVERYBODY = (NOBODY, *CAST)
METHODS = ("GET", "POST")

# Where a page of a community is asked for: the village, and the hamlet in which Budi works.
PLACES = ("sukamaju", "krajan")
NO_PLACE = "-"


@dataclass(frozen=True)
class Route:
    """One address, with the names of what has to be filled in."""

    address: str
    names: tuple[str, ...]

    @property
    def places(self) -> tuple[str, ...]:
        return PLACES if "community" in self.names else (NO_PLACE,)

    def filled(self, place: str, things: worlds.Things) -> str:
        """The address about the things of a place."""
        path = self.address
        for name, converter in self._converters.items():
            value = place if name == "community" else getattr(things, name, None)
            assert value is not None, (
                f"{self.address}: say in world.Things or decided.MADE what {name} may be"
            )
            kind = type(converter).__name__.removesuffix("Converter").lower()
            wanted = f"<{kind}:{name}>" if f"<{kind}:{name}>" in path else f"<{name}>"
            path = path.replace(wanted, str(value))
        assert "<" not in path, f"{self.address}: the guards cannot fill this in"
        return f"/{path}"

    @property
    def _converters(self) -> dict[str, Any]:
        return RoutePattern(self.address).converters


def routes() -> list[Route]:
    """All addresses that the resolver knows, those of other libraries too."""
    found = {address: Route(address, names) for address, names in _walk(get_resolver())}
    return [found[address] for address in sorted(found)]


def _walk(
    resolver: URLResolver, before: str = "", above: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for each in resolver.url_patterns:
        address = f"{before}{each.pattern}"
        names = above + tuple(each.pattern.converters)
        if isinstance(each, URLPattern):
            yield address, names
        else:
            yield from _walk(each, address, names)


def build(cast: Cast) -> dict[str, worlds.Things]:
    """What stands in each place."""
    things = worlds.build(cast).things
    hamlet = worlds._things(cast.actor("sari", "krajan"))
    return {
        NO_PLACE: things["here"],
        "sukamaju": things["here"],
        "krajan": hamlet,
        "sidorejo": things["beside"],
        "other": things["elsewhere"],
    }


class _Undone(Exception):
    """Rolls a request back, so that the next one meets the same world."""


class Browsers:
    """The browsers of everybody. Each asks as if nobody had asked before.

    `look` is called after each answer, before what it left behind is undone.
    """

    def __init__(self, cast: Cast, look: Callable[[], object] = lambda: None) -> None:
        self._look = look
        self._browser = Client(raise_request_exception=False, headers={"accept-language": "en"})
        self._cookies = {name: _cookies(cast, name) for name in EVERYBODY}

    def ask(self, name: str, method: str, path: str, **more: Any) -> HttpResponse:
        """What somebody gets for an address; a form is sent without a word in it."""
        self._browser.cookies = SimpleCookie(self._cookies[name].output(header="", sep=";"))
        try:
            with transaction.atomic():
                answer = self._browser.generic(
                    method, path, content_type="application/x-www-form-urlencoded", **more
                )
                self._look()
                raise _Undone
        except _Undone:
            return answer


def _cookies(cast: Cast, name: str) -> SimpleCookie:
    browser = Client()
    if name != NOBODY:
        # Dewi's browser still holds the session of the time before her account was closed.
        browser.force_login(cast.accounts[name])
    return browser.cookies
