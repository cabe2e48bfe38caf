"""A page on which HTMX works, so that a test can hold what comes of it against a fresh load.

It knows what our templates use of HTMX: hx-get, hx-post, hx-include, hx-vals, hx-target, hx-select,
hx-swap and hx-swap-oob. What is sent is read from the page, as the browser does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from urllib.parse import urljoin

from django.http import HttpResponse
from django.test import Client
from django.test.html import Element, parse_html

# Made anew for each page, and of no matter to it.
MADE_ANEW = {"csrfmiddlewaretoken", "key"}


class HtmxPage:
    """A page as it stands in a browser."""

    def __init__(self, browser: Client, address: str, answer: HttpResponse | None = None) -> None:
        self.browser, self.address = browser, address
        answer = answer or browser.get(address)
        assert answer.status_code == 200, address
        self.tree = parsed(answer)

    def the(self, tag: str = "", /, **attributes: str) -> Element:
        """The first element that has these attributes; in their names `_` stands for `-`."""
        wanted = {each.replace("_", "-"): value for each, value in attributes.items()}
        for element in elements(self.tree):
            held = dict(element.attributes)
            if (not tag or element.name == tag) and wanted.items() <= held.items():
                return element
        raise AssertionError(f"no {tag or 'element'} with {wanted} on {self.address}")

    def type(self, name: str, text: str) -> Element:
        """Put words into a field."""
        field = self.the("input", name=name)
        put(field, "value", text)
        return field

    def press(self, element: Element) -> str:
        """Let an element ask for what it asks for, and put the answer in; gives the answer."""
        held = dict(element.attributes)
        method = "get" if "hx-get" in held else "post"
        address = urljoin(self.address, held[f"hx-{method}"])
        answer = getattr(self.browser, method)(
            address, self.sent(element), headers={"HX-Request": "true"}
        )
        assert answer.status_code == 200, f"{method} {address}: {answer.status_code}"
        self._put_in(element, answer)
        return answer.content.decode()

    def sent(self, element: Element) -> dict[str, list[str]]:
        """What goes with it: its own fields or form, what it includes, and its values."""
        included = inherited(self._path(element), "hx-include")
        sources = [element, *([self._found(element, included)] if included else [])]
        sent: dict[str, list[str]] = {}
        for name, value in dict.fromkeys(pair for each in sources for pair in fields(each)):
            sent.setdefault(name, []).append(value)
        return sent | json.loads(dict(element.attributes).get("hx-vals", "{}"))

    def _put_in(self, element: Element, answer: HttpResponse) -> None:
        path = self._path(element)
        target = self._found(element, inherited(path, "hx-target") or "this")
        new = parsed(answer)
        if chosen := inherited(path, "hx-select"):
            new.children = [by_id(new, chosen)]
        for beside in [each for each in elements(new) if "hx-swap-oob" in dict(each.attributes)]:
            self._path_within(new, beside)[-2].children.remove(beside)
            assert dict(beside.attributes)["hx-swap-oob"] == "innerHTML"
            by_id(self.tree, f"#{dict(beside.attributes)['id']}").children = beside.children
        how = (inherited(path, "hx-swap") or "innerHTML").split()[0]
        if how == "innerHTML":
            target.children = new.children
            return
        assert how == "outerHTML", how
        around = self._path(target)[-2]
        place = next(number for number, each in enumerate(around.children) if each is target)
        around.children[place : place + 1] = new.children

    def _found(self, element: Element, selector: str) -> Element:
        """The element that a selector of HTMX means, seen from another."""
        if selector == "this":
            return element
        if selector.startswith("#"):
            return by_id(self.tree, selector)
        closest = re.fullmatch(r"closest (\w+)", selector)
        assert closest is not None, selector
        return next(each for each in reversed(self._path(element)) if each.name == closest[1])

    def _path(self, element: Element) -> list[Element]:
        return self._path_within(self.tree, element)

    def _path_within(self, tree: Element, element: Element) -> list[Element]:
        """The elements from the root to this one."""
        if tree is element:
            return [tree]
        for child in tree.children:
            if isinstance(child, Element) and (rest := self._path_within(child, element)):
                return [tree, *rest]
        return []


def parsed(answer: HttpResponse | str) -> Element:
    """A page or a part of one; a single element keeps a root around it."""
    text = answer if isinstance(answer, str) else answer.content.decode()
    return parse_html(f"<guyub-root>{text}</guyub-root>")


def elements(tree: Element) -> Iterator[Element]:
    """All elements, from the outside in."""
    yield tree
    for child in tree.children:
        if isinstance(child, Element):
            yield from elements(child)


def by_id(tree: Element, selector: str) -> Element:
    """The element with an id, named as `#id`."""
    return next(each for each in elements(tree) if dict(each.attributes).get("id") == selector[1:])


def inherited(path: list[Element], name: str) -> str:
    """An attribute of the last element, or of the nearest around it."""
    for element in reversed(path):
        held = dict(element.attributes)
        if element is not path[-1] and "hx-disinherit" in held:
            return ""
        if name in held:
            return held[name]
    return ""


def put(element: Element, name: str, value: str) -> None:
    """Set an attribute."""
    element.attributes = sorted([*(dict(element.attributes) | {name: value}).items()])


def fields(around: Element) -> Iterator[tuple[str, str]]:
    """What a form sends of the fields within an element."""
    for element in elements(around):
        held = dict(element.attributes)
        name = held.get("name", "")
        if element.name == "select" and name:
            options = [each for each in elements(element) if each.name == "option"]
            chosen = [each for each in options if "selected" in dict(each.attributes)]
            for option in chosen or options[:1]:
                yield name, dict(option.attributes).get("value") or ""
        elif element.name == "textarea" and name:
            yield name, "".join(map(str, element.children))
        elif element.name == "input" and name and not _left_empty(held):
            yield name, held.get("value") or ""


def _left_empty(held: dict[str, str]) -> bool:
    return held.get("type") in {"checkbox", "radio"} and "checked" not in held


def shown(tree: Element) -> str:
    """A page, one tag a line, without what is made anew for each.

    Nor does it matter whether one comes back with what was searched for from another language.
    """
    tree = deepcopy(tree)
    for element in elements(tree):
        held = dict(element.attributes)
        if element.name != "input":
            continue
        if held.get("name") in MADE_ANEW:
            put(element, "value", "")
        elif held.get("name") == "next":
            put(element, "value", held["value"].partition("?")[0])
        elif not held.get("value"):
            put(element, "value", "")
    return re.sub(r"\s*(</?\w)", r"\n\1", str(tree)).strip()


def assert_like_fresh(page: HtmxPage, fresh: HtmxPage | str) -> None:
    """What HTMX made of a page is what a fresh load shows; `fresh` may be its address."""
    if isinstance(fresh, str):
        fresh = HtmxPage(page.browser, fresh)
    assert shown(page.tree) == shown(fresh.tree)


def assert_part_of_fresh(part: str, fresh: HtmxPage) -> None:
    """What was added to a page stands on the page of its own address just so."""
    assert shown(parsed(part)).split("\n", 1)[1].rsplit("\n", 1)[0] in shown(fresh.tree)
