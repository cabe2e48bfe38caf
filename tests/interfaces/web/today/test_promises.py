"""Promises whose day has come: on the page of today and on somebody's own, settled with one tap."""

from __future__ import annotations

import re
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.test import Client
from django.utils import timezone

from browsing import LogIn
from guyub.core.identifiers import new_identifier
from guyub.cycle.listen import queries as listen
from people import Cast, do

TODAY = "/c/sukamaju/today/"


def this_day() -> date:
    """Where the village lies."""
    return timezone.localdate(timezone=ZoneInfo("Asia/Jakarta"))


def promised(
    cast: Cast, what: str, days: int | None = 0, name: str = "sari", **more: object
) -> str:
    """Slamet's promise, noted by somebody, due so many days ago."""
    actor = cast.actor(name)
    person = do(actor, "listen.add_person", name="Slamet")["id"]
    due = None if days is None else str(this_day() - timedelta(days=days))
    made = {"made_on": str(this_day() - timedelta(days=40)), "due_on": due, **more}
    return do(actor, "listen.make_promise", person=person, what=what, **made)["id"]


def settle(browser: Client, promise: str, **data: object) -> str:
    data = {"key": str(new_identifier()), "outcome": "kept", **data}
    return browser.post(f"/c/sukamaju/promises/{promise}/", data, follow=True).content.decode()


def test_the_longest_overdue_stands_first_and_one_still_to_come_not_at_all(cast: Cast) -> None:
    for what, days in (("undated", None), ("today", 0), ("overdue", 5), ("to come", -1)):
        promised(cast, what, days)

    found = listen.promises_due(cast.actor("sari"), until=this_day())

    assert [row.promise.what for row in found] == ["overdue", "today", "undated"]


def test_what_a_worker_promised_is_asked_of_that_worker_alone(cast: Cast) -> None:
    promised(cast, "bring seeds", by_worker=True)

    assert [row.promise.by_worker for row in listen.promises_due(cast.actor("sari"))] == [True]
    assert listen.promises_due(cast.actor("rudi")) == ()
    assert listen.counts(cast.actor("sari")).promises_open == 0


def test_of_many_promises_a_few_are_shown_and_the_others_one_tap_further(
    cast: Cast, at_browser: LogIn
) -> None:
    for number in range(14):
        promised(cast, f"plant tree {number:02}", 20 - number)

    said = at_browser("rudi").get(TODAY).content.decode()
    assert "plant tree 11" in said
    assert "plant tree 12" not in said
    (more,) = re.findall(r'href="([^"]*#promises)"', said)

    said = at_browser("rudi").get(f"{TODAY}{more}".replace("&amp;", "&")).content.decode()
    assert "plant tree 13" in said
    assert "#promises" not in said


def test_a_promise_is_kept_with_one_tap(cast: Cast, at_browser: LogIn) -> None:
    promise, browser = promised(cast, "mend the well", 3), at_browser("rudi")
    assert "3 days overdue" in browser.get(TODAY).content.decode()

    said = settle(browser, promise)

    assert "The outcome of Slamet’s promise is noted." in said
    assert "mend the well" not in said
    assert listen.promise(cast.actor("sari"), promise).promise.outcome == "kept"


def test_pressing_twice_settles_once(cast: Cast, at_browser: LogIn) -> None:
    promise, browser = promised(cast, "mend the well"), at_browser("rudi")
    settle(browser, promise)

    said = settle(browser, promise, outcome="broken")

    assert "The outcome of" not in said
    assert listen.promise(cast.actor("sari"), promise).promise.outcome == "kept"


def test_ones_own_promise_is_told_in_other_words(cast: Cast, at_browser: LogIn) -> None:
    promised(cast, "bring seeds", by_worker=True)

    assert "You promised: bring seeds" in at_browser("sari").get(TODAY).content.decode()
    assert "Anda berjanji: bring seeds" in at_browser("sari", "id").get(TODAY).content.decode()


def test_somebodys_page_has_the_same_buttons_and_stays_in_view(
    cast: Cast, at_browser: LogIn
) -> None:
    promise, browser = promised(cast, "mend the well"), at_browser("sari")
    page = f"/c/sukamaju/people/{listen.promise(cast.actor('sari'), promise).promise.person}/"
    assert f"/promises/{promise}/" in browser.get(page).content.decode()

    answer = browser.post(
        f"/c/sukamaju/promises/{promise}/",
        {"key": str(new_identifier()), "outcome": "released", "next": page},
    )

    assert answer["Location"] == page
    assert f"/promises/{promise}/" not in browser.get(page).content.decode()
