"""Bridges and holes in the browser: whom to introduce, and who may see it."""

from __future__ import annotations

import re
import uuid

import pytest

from browsing import LogIn
from guyub.core.identifiers import new_identifier
from guyub.core.job_runner import Runner
from guyub.cycle.listen import queries as listen
from people import Cast, do

PAGE = "/c/sukamaju/start/bridges/"
NAMES = ("Slamet", "Joko", "Siti", "Parno", "Tuminem", "Sri", "Lestari", "Wagino")


@pytest.fixture
def two_circles(cast: Cast) -> dict[str, str]:
    """Two circles of four that nobody ties to each other."""
    sari = cast.actor("sari")
    ids = {name: do(sari, "listen.add_person", name=name)["id"] for name in NAMES}
    for circle in (NAMES[:4], NAMES[4:]):
        for place, one in enumerate(circle):
            for other in circle[place + 1 :]:
                tie(cast, ids[one], ids[other], "friend")
    return ids


def tie(cast: Cast, one: str, other: str, kind: str) -> None:
    told = {"from_person": one, "to_person": other, "kind": kind}
    do(cast.actor("sari"), "map.report_tie", **told)


def looked(browser: LogIn, name: str = "sari", language: str = "en") -> str:
    """Ask for bridges, let the work be done, and read the page."""
    client = browser(name, language)
    client.post(PAGE, {"key": str(new_identifier())})
    Runner().run_waiting()
    return client.get(PAGE).content.decode()


def pair_of(page: str) -> tuple[str, str]:
    """Who is to be introduced first."""
    one, other = re.search(
        r'name="one"\s+value="([^"]+)">\s*<input type="hidden" name="other"\s+value="([^"]+)"', page
    ).groups()  # type: ignore[union-attr]
    return one, other


def test_before_anybody_looked_the_page_says_what_it_is_for(at_browser: LogIn) -> None:
    assert "Not worked out yet" in at_browser("sari").get(PAGE).content.decode()


def test_without_a_tie_the_work_says_what_is_missing(cast: Cast, at_browser: LogIn) -> None:
    do(cast.actor("sari"), "listen.add_person", name="Slamet")
    client = at_browser("sari")
    job = client.post(PAGE, {"key": str(new_identifier())}).headers["location"]
    Runner().run_waiting()

    assert "No ties are known yet" in client.get(job).content.decode()


def test_somebody_of_each_circle_is_to_be_introduced(
    at_browser: LogIn, two_circles: dict[str, str]
) -> None:
    page = looked(at_browser)

    circle = {identifier: NAMES.index(name) // 4 for name, identifier in two_circles.items()}
    assert {circle[each] for each in pair_of(page)} == {0, 1}
    assert "connects two parts with no known tie between them, the smaller of 4 people" in page
    assert "2 parts with no known tie between them. The largest holds 50 % of" in page


@pytest.mark.parametrize(
    ("language", "core"), [("en", "1 person forms the core"), ("id", "1 orang menjadi inti")]
)
def test_somebody_to_whom_all_others_are_tied_is_the_core(
    cast: Cast, at_browser: LogIn, language: str, core: str
) -> None:
    sari = cast.actor("sari")
    ids = {name: do(sari, "listen.add_person", name=name)["id"] for name in NAMES}
    for other in NAMES[1:]:
        tie(cast, ids["Slamet"], ids[other], "friend")

    assert core in looked(at_browser, language=language)


def test_two_circles_have_no_core_in_common(at_browser: LogIn, two_circles: dict[str, str]) -> None:
    assert "There is no single core" in looked(at_browser)


def test_the_page_speaks_indonesian(at_browser: LogIn, two_circles: dict[str, str]) -> None:
    page = looked(at_browser, language="id")

    assert "Siapa perlu diperkenalkan dengan siapa" in page
    assert "menyambung dua kelompok yang belum tercatat saling terikat" in page


def test_people_in_conflict_are_not_put_together(
    cast: Cast, at_browser: LogIn, two_circles: dict[str, str]
) -> None:
    for one in NAMES[:4]:
        for other in NAMES[4:]:
            if (one, other) != ("Parno", "Wagino"):
                tie(cast, two_circles[one], two_circles[other], "conflict")

    assert set(pair_of(looked(at_browser))) == {two_circles["Parno"], two_circles["Wagino"]}


def test_opponents_are_left_in_peace(
    cast: Cast, at_browser: LogIn, two_circles: dict[str, str]
) -> None:
    for name in NAMES[:3]:
        stance = {"person": two_circles[name], "trait": "stance", "value": 5}
        do(cast.actor("sari"), "listen.note_observation", **stance)

    assert two_circles["Parno"] in pair_of(looked(at_browser))


def test_both_are_visited_for_the_sake_of_each_other_and_once(
    cast: Cast, at_browser: LogIn, two_circles: dict[str, str]
) -> None:
    one, other = pair_of(looked(at_browser))
    client = at_browser("sari")

    def visit() -> str:
        asked = {"key": str(new_identifier()), "one": one, "other": other}
        return client.post(f"{PAGE}visit/", asked, follow=True).content.decode()

    assert "The visits are on Today." in visit()
    assert "You have visits to both on your list already." in visit()
    sari = cast.actor("sari")
    visits = {str(each.person): each for each in listen.visits(sari, worker=sari.account)}
    assert visits.keys() == {one, other}
    names = {identifier: name for name, identifier in two_circles.items()}
    assert f"Introduce them to {names[other]}" in client.get("/c/sukamaju/today/").content.decode()


def test_a_field_worker_does_not_see_what_others_judged_apart(
    cast: Cast, at_browser: LogIn, two_circles: dict[str, str]
) -> None:
    looked(at_browser)
    sari = cast.actor("sari")
    do(sari, "core.grant_role", account=cast.accounts["budi"].pk, role="field_worker")

    assert "Not worked out yet" in at_browser("budi").get(PAGE).content.decode()
    assert "Who to introduce" in at_browser("rudi").get(PAGE).content.decode()


def test_whoever_was_taken_back_is_left_out_of_the_page(
    cast: Cast, at_browser: LogIn, two_circles: dict[str, str]
) -> None:
    one, _other = pair_of(looked(at_browser))
    do(cast.actor("sari"), "listen.erase_person", person=uuid.UUID(one), why="asked")

    page = at_browser("sari").get(PAGE).content.decode()

    assert one not in page
