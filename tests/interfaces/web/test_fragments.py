"""Whatever HTMX puts into a page, the page is then what a fresh load shows.

Each place of a template at which HTMX asks for something has a test here; a new one fails the last
test until it has its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone, translation

import guyub.interfaces
import long_work
from browsing import LogIn
from guyub.core.identifiers import new_identifier
from guyub.core.jobs import begin
from guyub.core.models import Job
from htmx_page import HtmxPage, assert_like_fresh, assert_part_of_fresh
from people import Cast, do

INTERFACES = Path(guyub.interfaces.__file__).parent
PLACE = "/c/sukamaju/"

# Where in the templates HTMX asks: the template, the method, and of what.
Asking = tuple[str, str, str]
SHOWN: set[Asking] = set()

# What no page shows when it is loaded: an aid while one types, gone when the form is sent.
NOT_ON_ANY_PAGE = {("people/new_person.html", "post", "similar_names")}


def shows(template: str, method: str, *addresses: str) -> Callable:
    """Says which places a test is about."""
    SHOWN.update((template, method, address) for address in addresses)
    return lambda test: test


@pytest.fixture
def browser(at_browser: LogIn) -> Client:
    return at_browser("sari")


def people(cast: Cast, *names: str) -> list[str]:
    return [do(cast.actor("sari"), "listen.add_person", name=name)["id"] for name in names]


@shows("log/log.html", "get", "?check=1")
def test_the_verdict_on_the_log(cast: Cast, browser: Client) -> None:
    people(cast, "Slamet")
    page = HtmxPage(browser, f"{PLACE}log/")

    page.press(page.the(hx_get="?check=1"))

    assert_like_fresh(page, f"{PLACE}log/?check=1")


@shows("log/log.html", "get", "before=next check=None")
def test_earlier_lines_of_the_log(cast: Cast, browser: Client) -> None:
    people(cast, *(f"Warga {number}" for number in range(52)))
    page = HtmxPage(browser, f"{PLACE}log/")
    more = page.the("a", hx_target="closest p")

    lines = page.press(more)

    fresh = HtmxPage(browser, f"{PLACE}log/{dict(more.attributes)['hx-get']}")
    assert_part_of_fresh(lines, fresh)


@shows("people/people.html", "get", "request.path")
def test_people_found_by_a_few_letters(cast: Cast, browser: Client) -> None:
    people(cast, "Slamet", "Sri")
    page = HtmxPage(browser, f"{PLACE}people/")
    page.type("text", "sla")

    page.press(page.the("form", role="search"))

    assert_like_fresh(page, f"{PLACE}people/?text=sla")


@shows("people/people.html", "get", "after=next")
def test_more_people(cast: Cast, browser: Client) -> None:
    people(cast, *(f"Warga {number:03}" for number in range(120)))
    page = HtmxPage(browser, f"{PLACE}people/")
    more = page.the("a", hx_target="closest p")

    rows = page.press(more)

    fresh = HtmxPage(browser, f"{PLACE}people/{dict(more.attributes)['hx-get']}")
    assert_part_of_fresh(rows, fresh)


@shows("people/person.html", "get", "journey")
def test_the_journey_on_the_page_of_a_person(cast: Cast, browser: Client) -> None:
    (slamet,) = people(cast, "Slamet")
    page = HtmxPage(browser, f"{PLACE}people/{slamet}/")

    journey = page.press(page.the("div", hx_trigger="load"))

    assert_part_of_fresh(journey, HtmxPage(browser, f"{PLACE}people/{slamet}/journey/"))


@shows("ties/tie.html", "get", "request.path")
def test_the_other_end_of_a_tie(cast: Cast, browser: Client) -> None:
    slamet, _sri = people(cast, "Slamet", "Sri")
    address = f"{PLACE}people/{slamet}/tie/"
    page = HtmxPage(browser, address)
    page.type("text", "sri")

    page.press(page.the("form", role="search"))

    assert_like_fresh(page, f"{address}?text=sri")


@shows("frame/job_under_way.html", "get", "address")
def test_how_far_long_work_has_come(cast: Cast, browser: Client) -> None:
    with translation.override("en"):
        key = new_identifier()
        job = begin(cast.actor("sari"), long_work.NAME, {"name": "Slamet"}, key=key)
    address = f"{PLACE}jobs/{job}/"
    page = HtmxPage(browser, address)

    for state in ({"state": "running"}, {"done": 12, "total": 40}):
        Job.objects.update(**state)
        page.press(page.the("div", hx_target="#job-step"))

        assert_like_fresh(page, address)


@pytest.fixture
def meeting(cast: Cast) -> str:
    """The address of one to which Slamet is invited."""
    (slamet,) = people(cast, "Slamet")
    told = {"title": "The well", "planned_on": str(timezone.localdate()), "invited": [slamet]}
    return f"{PLACE}meetings/{do(cast.actor('sari'), 'listen.plan_meeting', **told)['id']}/"


@shows("meetings/meeting.html", "get", "meeting")
@shows("meetings/meeting.html", "post", "arrive|invite")
def test_somebody_is_found_and_invited(cast: Cast, browser: Client, meeting: str) -> None:
    people(cast, "Sri")
    page = HtmxPage(browser, meeting)
    page.type("text", "sri")
    page.press(page.the("form", role="search"))
    assert_like_fresh(page, f"{meeting}?text=sri")

    page.press(page.the("form", hx_post=f"{meeting}invite/"))

    assert_like_fresh(page, meeting)


@shows("meetings/meeting.html", "post", "arrive", "take_back_arrival", "newcomer")
def test_who_comes_in_at_the_door(cast: Cast, browser: Client, meeting: str) -> None:
    browser.post(f"{meeting}begin/", {"key": new_identifier()}, follow=True)
    page = HtmxPage(browser, meeting)
    page.type("name", "Wayan")
    for address in ("newcomer", "arrive", "take-back", "arrive"):
        page.press(page.the("form", hx_post=f"{meeting}{address}/"))

        assert_like_fresh(page, meeting)


@shows("conversation/conversation.html", "post", "request.get_full_path")
def test_a_conversation_in_which_something_is_missing(cast: Cast, browser: Client) -> None:
    page = HtmxPage(browser, f"{PLACE}note/")
    page.type("next_on", "tomorrow")
    form = page.the("form", hx_target="#main")
    answers = page.sent(form)

    page.press(form)

    fresh = browser.post(f"{PLACE}note/", answers)
    assert_like_fresh(page, HtmxPage(browser, f"{PLACE}note/", fresh))


@shows("conversation/picker.html", "get", "note")
def test_somebody_is_found_for_a_conversation(cast: Cast, browser: Client) -> None:
    people(cast, "Slamet", "Sri")
    page = HtmxPage(browser, f"{PLACE}note/")
    field = page.type("people_text", "sla")
    answers = page.sent(page.the("form", hx_target="#main"))

    page.press(field)

    fresh = browser.post(f"{PLACE}note/", answers | {"find": "people"})
    assert_like_fresh(page, HtmxPage(browser, f"{PLACE}note/", fresh))


def asked_in_templates() -> set[Asking]:
    """Every place of a template at which HTMX asks."""
    found = set()
    for file in INTERFACES.rglob("*.html"):
        template = f"{file.parent.name}/{file.name}"
        for method, address in re.findall(r'hx-(get|post)="([^"]+)"', file.read_text()):
            named = re.findall(r"url '(\w+)'", address)
            plain = re.sub(r"[{}%]|querystring", "", address).strip()
            found.add((template, method, "|".join(named) or plain))
    return found


def test_each_place_at_which_htmx_asks_has_a_test() -> None:
    assert asked_in_templates() == SHOWN | NOT_ON_ANY_PAGE


def test_no_module_asks_as_htmx_does_but_the_one_that_draws_a_draft_again() -> None:
    ours = [file for file in INTERFACES.rglob("static/*/*.js") if file.parent.name != "dist"]
    asking = {file.name for file in ours if "HX-Request" in file.read_text()}

    assert asking <= {"note-draft.js"}, "show that what it asks for is what a fresh load shows"
