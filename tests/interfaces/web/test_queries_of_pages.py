"""The pages that are opened all day ask a bounded number of questions, however much was noted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from browsing import LogIn
from people import Cast, do

# What a district asks today, with two to spare; more needs a reason.
MOST = {"today": 16, "people/{person}": 14, "people/{person}/journey": 13}


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


def asked(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("page", MOST)
def test_a_page_of_every_day_asks_no_more_where_more_was_noted(
    cast: Cast, at_browser: LogIn, page: str
) -> None:
    client = at_browser("sari")
    few = asked(client, f"/c/sukamaju/{page}/".format(person=live(cast, 2)))

    many = asked(client, f"/c/sukamaju/{page}/".format(person=live(cast, 6)))

    assert many <= few
    assert many <= MOST[page], f"{page}: {many}"
