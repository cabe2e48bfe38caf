"""The matrix of pages: every address × GET and POST × everybody of the cast. No cell is left out.

The expectations stand in matrix_of_routes.csv and are reviewed as a text. They say what is right by
core/permissions.py; a new address has no row there, and fails until somebody has decided.

  200      the page, or the form again (forms are sent empty here)
  302      somebody is sent on
  log-in   whoever is not logged in is asked to log in first
  401      the same, said to a phone
  400      somebody who may has sent nothing that could be done
  403      somebody belongs here, but their role does not allow it
  404      it does not exist, or not for them: outsiders never learn which
  405      the address does not know this method
  409      a phone that nobody registered asks
"""

from __future__ import annotations

import csv
import re
from itertools import product
from pathlib import Path

import pytest
import routes as pages
from django.http import HttpResponse
from django.urls import reverse

from people import Cast

FILE = Path(__file__).with_name("matrix_of_routes.csv")
ANSWERS = {"200", "302", "log-in", "400", "401", "403", "404", "405", "409"}

# Who has no part in a place: for them it does not exist, whatever they ask.
OUTSIDE = {
    "sukamaju": ("budi", "charlie", "oscar"),
    "krajan": ("charlie", "oscar"),
    "sidorejo": ("ani", "wati", "budi", "rudi", "sari", "oscar"),
    "other": ("ani", "wati", "budi", "rudi", "sari", "tini", "charlie"),
}

# One of each class of them: with a role in a part of the place, beside it, in another organisation.
# The matrix asks for every outsider of Sukamaju and Krajan; whoever has no role in a place is told
# apart by nothing else, so the others would only be told the same again.
OUTSIDERS = {
    "sukamaju": ("budi", "charlie", "oscar"),
    "krajan": ("charlie",),
    "sidorejo": ("sari",),
    "other": ("tini",),
}

# Who asks for the things of another place: somebody who may hardly do anything, who may do nearly
# everything, and who may do so in both places. test_matrix_of_doors.py asks for every role.
ASKING = {"sidorejo": ("ani", "sari", "tini"), "other": ("ani", "sari")}

Cell = tuple[str, str, str]


def expectations() -> dict[Cell, dict[str, str]]:
    with FILE.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    found = {(row.pop("address"), row.pop("method"), row.pop("place")): row for row in rows}
    assert len(found) == len(rows), "an address stands in the matrix twice"
    return found


def cells() -> list[Cell]:
    return [
        (route.address, method, place)
        for route in pages.routes()
        for method, place in product(pages.METHODS, route.places)
    ]


def of_a_community() -> list[pages.Route]:
    return [route for route in pages.routes() if "community" in route.names]


@pytest.fixture(scope="module")
def things(standing_cast: Cast) -> dict:
    return pages.build(standing_cast)


@pytest.fixture
def browsers(things: dict, cast: Cast) -> pages.Browsers:
    return pages.Browsers(cast)


def outcome(answer: HttpResponse) -> str:
    if answer.status_code == 302 and answer["Location"].startswith(f"{reverse('account_login')}?"):
        return "log-in"
    return str(answer.status_code)


def test_every_address_has_an_expectation_for_everybody() -> None:
    expected = expectations()
    undecided = [
        f"Nobody has decided who may {method} {address} in {place}: add a row to {FILE.name}."
        for address, method, place in cells()
        if (address, method, place) not in expected
    ]
    gone = [
        f"{FILE.name} speaks of {method} {address} in {place}, which is no longer there."
        for address, method, place in expected
        if (address, method, place) not in cells()
    ]
    assert not undecided + gone, "\n".join(undecided + gone)


def test_every_expectation_is_one_of_the_known_answers() -> None:
    for cell, row in expectations().items():
        assert tuple(row) == pages.EVERYBODY, cell
        assert set(row.values()) <= ANSWERS, cell


@pytest.mark.parametrize("method", pages.METHODS)
def test_everybody_gets_what_was_decided_and_nothing_else(
    browsers: pages.Browsers, things: dict, method: str
) -> None:
    expected = expectations()
    wrong = []
    for route in pages.routes():
        for place, name in product(route.places, pages.EVERYBODY):
            wanted = expected.get((route.address, method, place), {}).get(name, "a decision")
            path = route.filled(place, things[place])
            found = outcome(browsers.ask(name, method, path))
            if found != wanted:
                wrong.append(f"{method} {path} as {name}: expected {wanted}, was {found}")
    assert not wrong, "\n".join(wrong)


def test_no_expectation_lets_an_outsider_learn_that_a_community_is_there() -> None:
    told = [
        f"{method} {address} in {place} as {name}: {row[name]}"
        for (address, method, place), row in expectations().items()
        for name in OUTSIDE.get(place, ())
        if row[name] != "404"
    ]
    assert not told, "\n".join(told)


def test_all_who_are_asked_for_as_outsiders_stand_outside() -> None:
    assert list(OUTSIDERS) == list(OUTSIDE)
    for place, names in OUTSIDERS.items():
        assert set(names) <= set(OUTSIDE[place]), place


@pytest.mark.parametrize("place", OUTSIDERS)
def test_a_community_of_others_looks_like_one_that_is_not_there(
    browsers: pages.Browsers, things: dict, place: str
) -> None:
    different = []
    for route, method in product(of_a_community(), pages.METHODS):
        real, made_up = (route.filled(slug, things[place]) for slug in (place, "z" * len(place)))
        for name in OUTSIDERS[place]:
            seen = [
                (answer.status_code, content(answer).replace(path, ""), headers(answer))
                for path in (real, made_up)
                for answer in [browsers.ask(name, method, path)]
            ]
            if seen[0] != seen[1] or seen[0][0] != 404:
                different.append(f"{method} {real} as {name}: {seen[0][0]}")
    assert not different, "\n".join(different)


def content(answer: HttpResponse) -> str:
    """The page without the token against forged forms, which is another one each time."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", answer.content.decode())


def headers(answer: HttpResponse) -> dict[str, str]:
    return {name: value for name, value in answer.items() if name != "X-Request-Id"}


@pytest.mark.parametrize("elsewhere", ASKING)
def test_the_things_of_another_place_are_on_no_page_of_this_one(
    browsers: pages.Browsers, things: dict, elsewhere: str
) -> None:
    asking = [route for route in of_a_community() if set(route.names) - {"community"}]
    open_doors = []
    for route, method in product(asking, pages.METHODS):
        path = route.filled("sukamaju", things[elsewhere])
        for name in ASKING[elsewhere]:
            found = browsers.ask(name, method, path).status_code
            if found not in {403, 404, 405}:
                open_doors.append(f"{method} {path} as {name}: {found}")
    assert not open_doors, "\n".join(open_doors)
