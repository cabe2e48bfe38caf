"""One Today for whoever works in several villages."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from browsing import LogIn
from guyub.core.identifiers import new_identifier
from guyub.core.models import Community
from guyub.cycle.listen import queries as listen
from people import Cast, do


@pytest.fixture
def two_villages(cast: Cast) -> None:
    """Rudi works in Sukamaju and in Sidorejo, and has somebody to meet in each."""
    tini = cast.actor("tini", "yayasan")
    sidorejo = Community.current.get(slug="sidorejo").pk
    do(
        tini,
        "core.grant_role",
        account=cast.accounts["rudi"].pk,
        community=sidorejo,
        role="field_worker",
    )
    today = timezone.localdate()
    krajan = Community.current.get(slug="krajan").pk
    for place, name, home in (("sukamaju", "Slamet", krajan), ("sidorejo", "Yati", None)):
        rudi = cast.actor("rudi", place)
        person = do(rudi, "listen.add_person", name=name, community=home)["id"]
        do(rudi, "listen.plan_visits", visits=[{"person": person, "planned_on": today}])
        do(
            rudi,
            "listen.make_promise",
            person=person,
            what=f"promised by {name}",
            made_on=today - timedelta(days=9),
            due_on=today - timedelta(days=2),
        )


def card(page: str, name: str) -> str:
    """What one card holds."""
    return page.split(f'aria-label="{name}"')[1].split("</article>")[0]


def test_the_day_holds_all_villages_and_says_which(
    cast: Cast, two_villages: None, at_browser: LogIn
) -> None:
    page = at_browser("rudi").get("/today/").content.decode()

    assert "Krajan, Sukamaju" in card(page, "Slamet")
    assert "Sidorejo" in card(page, "Yati")
    assert "/c/sukamaju/note/" in card(page, "Slamet")
    assert "/c/sidorejo/note/" in card(page, "Yati")
    assert "promised by Slamet" in page
    assert "promised by Yati" in page


def test_a_deed_is_done_in_the_village_of_its_card_and_leads_back(
    cast: Cast, two_villages: None, at_browser: LogIn
) -> None:
    rudi = at_browser("rudi")
    found = re.search(r'action="(/c/sidorejo/today/[^"]+)"', rudi.get("/today/").content.decode())
    assert found is not None
    form = {"key": str(new_identifier()), "result": "met", "next": "/today/"}

    answer = rudi.post(found[1], form, follow=True)

    assert answer.redirect_chain == [("/today/", 302)]
    assert len(listen.encounters(cast.actor("charlie", "sidorejo"))) == 1
    assert listen.encounters(cast.actor("sari")) == ()
    page = answer.content.decode()
    assert "Your meeting with Yati is noted." in page
    assert 'action="/c/sidorejo/undo/"' in page


def test_a_promise_is_settled_there_too(cast: Cast, two_villages: None, at_browser: LogIn) -> None:
    rudi = at_browser("rudi")
    address = re.findall(
        r'action="(/c/sidorejo/promises/[^"]+)"', rudi.get("/today/").content.decode()
    )[0]
    form = {"key": str(new_identifier()), "outcome": "kept", "next": "/today/"}

    answer = rudi.post(address, form, follow=True)

    assert answer.redirect_chain == [("/today/", 302)]
    assert "promised by Yati" not in answer.content.decode()
    assert "promised by Slamet" in answer.content.decode()


def test_the_first_page_and_each_today_lead_there(
    cast: Cast, two_villages: None, at_browser: LogIn
) -> None:
    rudi = at_browser("rudi")

    for address in ("/", "/c/sukamaju/today/", "/c/sidorejo/today/"):
        assert 'href="/today/"' in rudi.get(address).content.decode(), address
    assert 'href="/today/"' not in at_browser("sari").get("/c/sukamaju/today/").content.decode()


@pytest.mark.parametrize(
    ("name", "leads_to"), [("sari", "/c/sukamaju/today/"), ("wati", "/"), ("ani", "/")]
)
def test_whoever_works_in_one_village_or_none_is_led_on(
    cast: Cast, at_browser: LogIn, name: str, leads_to: str
) -> None:
    assert at_browser(name).get("/today/")["Location"] == leads_to


def test_where_somebody_only_looks_on_nothing_is_shown(
    cast: Cast, two_villages: None, at_browser: LogIn
) -> None:
    tini = cast.actor("tini", "yayasan")
    sidorejo = Community.current.get(slug="sidorejo").pk
    do(tini, "core.grant_role", account=cast.accounts["budi"].pk, community=sidorejo, role="viewer")

    assert at_browser("budi").get("/today/")["Location"] == "/c/krajan/today/"
