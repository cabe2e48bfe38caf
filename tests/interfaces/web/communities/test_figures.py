"""Every figure of a community opens into what it counts, for whoever may look."""

from __future__ import annotations

import re

import pytest

from browsing import LogIn
from people import Cast, do


@pytest.fixture
def village(cast: Cast) -> None:
    """Slamet of the household K1 promised something at a visit, and is tied to Sri."""
    sari = cast.actor("sari")
    slamet = do(sari, "listen.add_person", name="Slamet", household="K1")["id"]
    sri = do(sari, "listen.add_person", name="Sri")["id"]
    do(
        sari,
        "listen.record_encounter",
        kind="house_visit",
        held_on="2026-05-01",
        participants=[{"person": slamet}],
        summary="told in confidence",
    )
    do(sari, "listen.make_promise", person=slamet, what="come", made_on="2026-05-01")
    do(sari, "map.report_tie", from_person=slamet, to_person=sri, kind="kin")


def addresses(page: str) -> list[str]:
    """Where the figures lead, by their names."""
    part = page.split('aria-label="In figures"')[1].split("</section>")[0]
    return [each.replace("&amp;", "&") for each in re.findall(r'<a href="([^"]+)"', part)]


@pytest.mark.parametrize(("name", "count"), [("sari", 6), ("wati", 3), ("ani", 0)])
def test_each_figure_leads_where_this_role_may_look(
    cast: Cast, village: None, at_browser: LogIn, name: str, count: int
) -> None:
    browser = at_browser(name)

    found = addresses(browser.get("/c/sukamaju/").content.decode())

    assert len(found) == count
    for address in found:
        page = browser.get(address)
        assert page.status_code == 200, address
        assert "told in confidence" not in page.content.decode()


def test_a_figure_opens_into_what_it_counts(cast: Cast, village: None, at_browser: LogIn) -> None:
    sari = at_browser("sari")

    def behind(of: str) -> str:
        return sari.get("/c/sukamaju/counted/", {"of": of}).content.decode()

    assert "House visit" in behind("encounters")
    assert "K1" in behind("households")
    assert ">Slamet</a>" in behind("households")
    assert ">Sri</a>" not in behind("households")
    assert ">Sri</a>" in behind("ties")
    assert ">Sri</a>" in behind("bridging_ties")


def test_who_is_at_odds_with_whom_stands_on_no_list(
    cast: Cast, village: None, at_browser: LogIn
) -> None:
    sari = cast.actor("sari")
    parno = do(sari, "listen.add_person", name="Parno")["id"]
    joko = do(sari, "listen.add_person", name="Joko")["id"]
    do(sari, "map.report_tie", from_person=parno, to_person=joko, kind="conflict")

    page = at_browser("sari").get("/c/sukamaju/counted/?of=ties").content.decode()

    assert "Sri" in page
    assert "Joko" not in page


def test_a_nought_leads_nowhere(cast: Cast, at_browser: LogIn) -> None:
    do(cast.actor("sari"), "listen.add_person", name="Slamet")

    found = addresses(at_browser("sari").get("/c/sukamaju/").content.decode())

    assert found == ["/c/sukamaju/people/"]


@pytest.mark.parametrize("asked", ["of=phones", "page=0x", "page=-1", "page="])
def test_what_nobody_counts_is_no_page(cast: Cast, at_browser: LogIn, asked: str) -> None:
    assert at_browser("sari").get(f"/c/sukamaju/counted/?{asked}").status_code == 400


def test_a_long_list_goes_on_upon_another_page(cast: Cast, at_browser: LogIn) -> None:
    sari = cast.actor("sari")
    for number in range(51):
        do(
            sari,
            "listen.record_encounter",
            kind="meeting",
            held_on="2026-05-01",
            head_count=number + 1,
        )
    browser = at_browser("sari")

    first = browser.get("/c/sukamaju/counted/?of=encounters").content.decode()
    second = browser.get("/c/sukamaju/counted/?of=encounters&page=2").content.decode()

    assert first.count("noted by") == 50
    assert "page=2" in first
    assert second.count("noted by") == 1
