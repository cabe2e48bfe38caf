"""How many questions a page asks the database: a bound, so that nobody adds one unseen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from browsing import LogIn
from people import Cast, do
from walking import planned

# What a page of somebody at work may ask; the log-in and the place take five of them.
MOST = 12

# What the pages of every day may ask where everything was noted; more needs a reason.
MOST_LIVED_IN = {
    "today/": 16,
    "people/{person}/": 14,
    "people/{person}/journey/": 13,
}


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


def live(cast: Cast, count: int) -> str:
    """People who were met, promised, said, were judged and tied, and are to be visited."""
    sari, today = cast.actor("sari"), timezone.localdate()
    people = [do(sari, "listen.add_person", name=f"Warga {each}")["id"] for each in range(count)]
    for person in people:
        there = [{"person": each} for each in people]
        held = today - timedelta(days=70)
        met = do(sari, "listen.record_encounter", kind="meeting", held_on=held, participants=there)
        said = {"person": person, "life_area": "health", "own_words": "the well is low"}
        do(sari, "listen.note_concern", **said, encounter=met["id"], noted_on=held)
        due = {"person": person, "what": "ask", "made_on": held, "due_on": today}
        do(sari, "listen.make_promise", **due)
        do(sari, "listen.note_observation", person=person, trait="stance", value=2)
        do(sari, "listen.plan_visits", visits=[{"person": person, "planned_on": today}])
    for person in people[1:]:
        do(sari, "map.report_tie", from_person=person, to_person=people[0], kind="friend")
    meeting = {"title": "Well", "planned_on": today, "invited": people}
    do(sari, "listen.plan_meeting", **meeting)
    return people[0]


def test_following_a_plan_asks_no_more_where_more_is_known(cast: Cast, at_browser: LogIn) -> None:
    planned(cast)
    client = at_browser("sari")
    few = asked(client, "/c/sukamaju/start/follow/")
    live(cast, 6)

    many = asked(client, "/c/sukamaju/start/follow/")

    # Everything that a plan looks at is read, and the plan twice.
    assert many <= few
    assert many <= 18


def asked(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("page", MOST_LIVED_IN)
def test_a_page_of_every_day_asks_no_more_where_more_was_noted(
    cast: Cast, at_browser: LogIn, page: str
) -> None:
    client = at_browser("sari")
    few = asked(client, f"/c/sukamaju/{page}".format(person=live(cast, 2)))

    many = asked(client, f"/c/sukamaju/{page}".format(person=live(cast, 6)))

    assert many <= few
    assert many <= MOST_LIVED_IN[page], f"{page}: {many}"
