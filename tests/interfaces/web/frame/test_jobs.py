"""The page of long work: how far it is, why it failed, and on to what came of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import translation

import long_work
from browsing import LogIn
from guyub.core.identifiers import new_identifier
from guyub.core.job_runner import Runner
from guyub.core.jobs import begin
from guyub.core.models import Job
from people import Cast

HTMX = {"HX-Request": "true"}


def begun(cast: Cast, goes_to: str = "/c/sukamaju/people/", **data: Any) -> str:
    given, key = {"name": "Slamet", **data}, new_identifier()
    with translation.override("en"):
        job = begin(cast.actor("sari"), long_work.NAME, given, key=key, goes_to=goes_to)
    return f"/c/sukamaju/jobs/{job}/"


def identifier(address: str) -> uuid.UUID:
    return uuid.UUID(address.rstrip("/").rpartition("/")[2])


def test_work_under_way_says_how_far_it_is_and_asks_again(cast: Cast, at_browser: LogIn) -> None:
    address = begun(cast)
    Job.objects.update(state="running", done=12, total=40)

    page = at_browser("sari").get(address).content.decode()

    assert 'value="12" max="40"' in page
    assert "12 of 40" in page
    assert f'hx-get="{address}"' in page
    assert f'<noscript><a href="{address}"' in page


def test_its_sentence_is_sent_again_only_when_it_is_another(cast: Cast, at_browser: LogIn) -> None:
    client, address = at_browser("sari"), begun(cast)

    same = client.get(address, {"seen": "waiting"}, headers=HTMX).content.decode()
    Job.objects.update(state="running")
    another = client.get(address, {"seen": "waiting"}, headers=HTMX).content.decode()

    assert "job-sentence" not in same
    assert "hx-swap-oob" in another
    assert "Guyub is working on it" in another
    assert "<html" not in another


def test_done_work_leads_on_to_what_came_of_it(cast: Cast, at_browser: LogIn) -> None:
    client, address = at_browser("sari"), begun(cast)
    Runner().run_waiting()

    asked = client.get(address, headers=HTMX)
    loaded = client.get(address)

    assert asked.headers["HX-Redirect"] == "/c/sukamaju/people/"
    assert (loaded.status_code, loaded.headers["Location"]) == (302, "/c/sukamaju/people/")


def test_done_work_that_leads_nowhere_says_so(cast: Cast, at_browser: LogIn) -> None:
    client, address = at_browser("sari"), begun(cast, goes_to="")
    Runner().run_waiting()

    page = client.get(address)

    assert page.status_code == 200
    assert "This is done." in page.content.decode()


def test_failed_work_says_why_and_its_page_asks_no_more(cast: Cast, at_browser: LogIn) -> None:
    client, address = at_browser("sari"), begun(cast, refusal="There are no ties yet.")
    Runner().run_waiting()

    asked = client.get(address, {"seen": "running"}, headers=HTMX)
    page = client.get(address).content.decode()

    assert asked.headers["HX-Refresh"] == "true"
    assert "This did not work · Guyub" in page
    assert "There are no ties yet." in page
    assert "hx-get" not in page


def test_work_is_cancelled_on_its_page(cast: Cast, at_browser: LogIn) -> None:
    client, address = at_browser("sari"), begun(cast)

    page = client.post(address, follow=True).content.decode()

    assert "This was cancelled." in page
    assert Runner().run_waiting() == 0


def test_the_work_of_others_has_no_page(cast: Cast, at_browser: LogIn) -> None:
    client, address = at_browser("tini"), begun(cast)

    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    assert Job.objects.get(pk=identifier(address)).state == "waiting"
