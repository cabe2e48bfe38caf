"""Every page for every role, in both languages."""

from __future__ import annotations

import gzip

import pytest
from django.test import Client
from django.urls import reverse

from browsing import LogIn
from guyub.core.models import Membership
from people import Cast, do

# Who may open a page of Sukamaju: everybody of the village, or those who look after it.
EVERYBODY = {"tini", "sari", "rudi", "wati", "ani"}
LEADERS = {"tini", "sari"}
OUTSIDERS = ("charlie", "oscar", "dewi")
PAGES = {
    "community": EVERYBODY,
    "log": LEADERS,
    "members": LEADERS,
    "new_account": LEADERS,
    "new_community": LEADERS,
    "import_lists": LEADERS | {"rudi"},
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", sorted(EVERYBODY))
def test_a_page_opens_for_those_who_may(at_browser: LogIn, page: str, name: str) -> None:
    answer = at_browser(name).get(reverse(page, args=["sukamaju"]))

    assert answer.status_code == (200 if name in PAGES[page] else 403)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", OUTSIDERS)
def test_to_outsiders_a_page_does_not_exist(at_browser: LogIn, page: str, name: str) -> None:
    answer = at_browser(name).get(reverse(page, args=["sukamaju"]))

    assert answer.status_code == (302 if name == "dewi" else 404)
    assert "Sukamaju" not in answer.content.decode()


@pytest.mark.parametrize("page", ["home", "profile", "community", "log"])
def test_without_log_in_every_page_leads_to_the_log_in(cast: Cast, page: str) -> None:
    address = reverse(page, args=["sukamaju"] if page in PAGES else [])

    answer = Client().get(address)

    assert answer.url == f"/log-in/?next={address}"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Your part here: Coordinator."), ("id", "Peran Anda di sini: Koordinator.")],
)
def test_a_page_speaks_the_language_of_the_browser(
    at_browser: LogIn, language: str, words: str
) -> None:
    page = at_browser("sari", language).get("/c/sukamaju/").content.decode()

    assert f'<html lang="{language}">' in page
    assert words in page


@pytest.mark.parametrize(("language", "date"), [("en", "24 Nov 2026"), ("id", "24 Nov 2026")])
def test_dates_and_times_are_those_of_the_place(
    cast: Cast, at_browser: LogIn, language: str, date: str
) -> None:
    from datetime import UTC, datetime

    from guyub.core.action import Deed, perform

    added = Deed(
        action="listen.add_person",
        data={"name": "Slamet"},
        at=datetime(2026, 11, 23, 17, 30, tzinfo=UTC),
    )
    perform(cast.actor("sari"), [added])

    page = at_browser("sari", language).get("/c/sukamaju/").content.decode()

    assert date in page
    assert "0.30" in page if language == "id" else "12:30 a.m." in page


@pytest.mark.parametrize(("language", "figure"), [("en", "1,200"), ("id", "1.200")])
def test_figures_are_written_as_the_language_does(
    cast: Cast, at_browser: LogIn, language: str, figure: str
) -> None:
    rows = [{"name": f"Warga {number}"} for number in range(1200)]
    do(cast.actor("sari"), "listen.import_people", rows=rows)

    page = at_browser("sari", language).get("/c/sukamaju/").content.decode()

    assert f">{figure}<" in page


def test_the_page_of_a_community_shows_the_steps_that_exist(at_browser: LogIn) -> None:
    page = at_browser("sari").get("/c/sukamaju/").content.decode()

    assert "1. Listen" in page
    assert "2. Map" in page
    assert "6." not in page


def test_an_empty_community_says_how_to_begin(at_browser: LogIn) -> None:
    assert "/c/sukamaju/bring-in/" in _page(at_browser("sari"), "/c/sukamaju/")
    assert "/c/sukamaju/bring-in/" not in _page(at_browser("ani"), "/c/sukamaju/")


def test_the_first_page_lists_my_communities_and_no_others(at_browser: LogIn) -> None:
    page = _page(at_browser("budi"), "/")

    assert "Krajan" in page
    assert "Sukamaju" not in page


def test_somebody_without_a_community_learns_what_to_do(cast: Cast, at_browser: LogIn) -> None:
    held = Membership.current.get(account=cast.accounts["ani"])
    do(cast.actor("sari"), "core.withdraw_role", membership=held.pk)

    page = _page(at_browser("ani"), "/")

    assert "Tell your coordinator your log-in name: <strong>ani</strong>" in page


def test_the_way_back_up_ends_where_the_role_ends(at_browser: LogIn) -> None:
    village = '<a href="/c/sukamaju/" class="link-quiet">Sukamaju</a>'

    assert village in _page(at_browser("sari"), "/c/krajan/")
    assert village not in _page(at_browser("budi"), "/c/krajan/")


def test_a_smaller_community_is_added(at_browser: LogIn) -> None:
    form = {"key": "0192f000-0000-7000-8000-000000000001", "name": "Wetan", "kind": "dusun"}

    answer = at_browser("sari").post("/c/sukamaju/new/", form, follow=True)

    assert answer.redirect_chain == [("/c/sukamaju/", 302)]
    assert "Wetan is here now." in answer.content.decode()


def test_no_copy_of_a_page_is_kept(at_browser: LogIn) -> None:
    answer = at_browser("sari").get("/c/sukamaju/")

    assert answer["Cache-Control"] == "no-store, private"


def test_the_gallery_is_for_owners(at_browser: LogIn) -> None:
    assert at_browser("tini").get("/components/").status_code == 200
    assert at_browser("sari").get("/components/").status_code == 404


def _page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.mark.parametrize("address", ["today/", "note/", "people/", "phone/"])
def test_a_page_travels_in_a_quarter_of_its_size(at_browser: LogIn, address: str) -> None:
    browser = at_browser("sari")
    plain = browser.get(f"/c/sukamaju/{address}")
    compressed = {"accept-encoding": "gzip"}
    small, *others = (browser.get(f"/c/sukamaju/{address}", headers=compressed) for _ in range(8))

    assert "Content-Encoding" not in plain.headers
    assert small["Content-Encoding"] == "gzip"
    assert len(small.content) < len(plain.content) / 3
    assert gzip.decompress(small.content).startswith(b"\n<!doctype html>")
    assert "Accept-Encoding" in small["Vary"]
    # What it weighs tells nothing for sure: each is filled up by chance.
    assert len({each.content.index(b"\0", 10) for each in (small, *others)}) > 1
