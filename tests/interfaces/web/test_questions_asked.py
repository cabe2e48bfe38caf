"""How many questions a page asks the database: a bound, so that nobody adds one unseen."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from browsing import LogIn
from people import Cast, do
from walking import planned

# What a page of somebody at work may ask; the log-in and the place take five of them.
MOST = 12


@pytest.fixture
def siti(cast: Cast) -> str:
    """Somebody of whom everything is noted, and a plan in which others stand."""
    planned(cast)
    sari = cast.actor("sari")
    siti, sri, joko = (
        do(sari, "listen.add_person", name=name, phone="0812")["id"]
        for name in ("Siti", "Sri Rejeki", "Joko")
    )
    for other in (sri, joko):
        do(sari, "map.report_tie", from_person=siti, to_person=other, kind="kin")
    concern = {"person": siti, "life_area": "health", "own_words": "the well", "shared_with": [sri]}
    do(sari, "listen.note_concern", **concern)
    do(sari, "listen.make_promise", person=siti, what="come", made_on="2026-05-01")
    do(sari, "listen.note_observation", person=siti, trait="initiative", value=3)
    skill = {"holder": siti, "capital": "human", "name": "sewing", "noted_on": "2026-05-01"}
    do(sari, "map.note_asset", **skill)
    do(sari, "listen.plan_visits", visits=[{"person": joko, "planned_on": "2026-05-01"}])
    return str(siti)


@pytest.mark.parametrize(
    "page",
    [
        "people/",
        "people/?text=si",
        "people/?stance=2",
        "people/?group=PKK",
        "people/{siti}/",
        "people/{siti}/journey/",
        "people/{siti}/change/",
        "people/questions/",
        "people/questions/?0-kind=stance&0-least=1&0-most=2",
        "moving/",
        "moving/concerns/",
        "start/",
        "start/table/",
        "today/",
        "note/",
    ],
)
def test_a_page_asks_the_database_a_dozen_questions_at_most(
    siti: str, at_browser: LogIn, page: str
) -> None:
    client, address = at_browser("sari"), f"/c/sukamaju/{page.format(siti=siti)}"
    assert client.get(address).status_code == 200

    with CaptureQueriesContext(connection) as asked:
        client.get(address)

    assert len(asked) <= MOST, "\n".join(each["sql"][:200] for each in asked)
