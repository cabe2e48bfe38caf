"""The way of somebody with us, in the browser: ladder, journey, and what was seen of them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from browsing import LogIn
from people import Cast, do

TODAY = timezone.localdate()


@pytest.fixture
def siti(cast: Cast) -> str:
    """Somebody who hosted a meeting, said what matters there, and kept a promise."""
    sari = cast.actor("sari")
    siti = str(do(sari, "listen.add_person", name="Siti")["id"])
    day = (TODAY - timedelta(days=9)).isoformat()
    there = [{"person": siti, "part": "hosted"}]
    met = {"kind": "meeting", "held_on": day, "participants": there, "summary": "spoke of the well"}
    encounter = do(sari, "listen.record_encounter", **met)["id"]
    heard = {"person": siti, "life_area": "health", "own_words": "the well", "encounter": encounter}
    do(sari, "listen.note_concern", **heard, noted_on=day)
    promise = do(sari, "listen.make_promise", person=siti, what="bring a neighbour", made_on=day)
    settled = {"outcome": "kept", "noted_on": TODAY.isoformat()}
    do(sari, "listen.settle_promise", promise=promise["id"], **settled)
    return siti


def journey(at_browser: LogIn, name: str, siti: str) -> str:
    address = f"/c/sukamaju/people/{siti}/journey/"
    return at_browser(name).get(address, headers={"hx-request": "true"}).content.decode()


def test_the_ladder_names_its_evidence_and_what_leads_further(
    cast: Cast, at_browser: LogIn, siti: str
) -> None:
    page = journey(at_browser, "sari", siti)

    assert re.search(r'aria-current="step">.*?doer', page, re.DOTALL)
    assert "Why doer:" in page
    assert "hosted 1 time" in page
    assert "kept 1 promise" in page
    assert "Any of these leads to leader: bringing others 2 times" in page


def test_the_journey_tells_the_newest_first_with_what_was_heard(
    cast: Cast, at_browser: LogIn, siti: str
) -> None:
    page = journey(at_browser, "sari", siti)

    assert page.index("Promise kept") < page.index("spoke of the well")
    assert "hosted" in page
    assert "health" in page
    assert "<html" not in page


def test_what_was_said_in_confidence_stays_with_who_may_read_it(
    cast: Cast, at_browser: LogIn, siti: str
) -> None:
    do(
        cast.actor("sari"),
        "listen.change_person",
        person=siti,
        community=cast.actor("budi", "krajan").community,
    )

    page = at_browser("budi").get(f"/c/krajan/people/{siti}/journey/").content.decode()

    assert "spoke of the well" not in page
    assert "Promise kept" in page


def test_the_page_shows_one_figure_and_where_observers_differ(
    cast: Cast, at_browser: LogIn, siti: str
) -> None:
    for name, value in (("sari", 3), ("rudi", 1)):
        seen = {"person": siti, "trait": "vision", "value": value}
        do(cast.actor(name), "listen.note_observation", **seen)
    do(cast.actor("sari"), "listen.note_observation", person=siti, trait="stance", value=2)

    page = at_browser("sari").get(f"/c/sukamaju/people/{siti}/").content.decode()

    assert "They differ on vision: Sari 3, Rudi 1." in page
    assert "vision: 2.0 of 4" in page
    assert re.search(r'aria-current="true">passive ally', page)
