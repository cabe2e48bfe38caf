"""Who hears when: plans followed round by round."""

from __future__ import annotations

import pytest

from browsing import LogIn
from guyub.core.identifiers import new_identifier
from guyub.cycle.start.queries import newest_plan
from people import Cast, do
from starting import START, asked, neighbourly, settled


@pytest.fixture
def neighbours(cast: Cast, village: dict[str, str]) -> dict[str, str]:
    return neighbourly(cast, village)


@pytest.fixture
def village(cast: Cast) -> dict[str, str]:
    return settled(cast)


FOLLOW = "/c/sukamaju/start/follow/"


def test_without_a_plan_there_is_nothing_to_follow(at_browser: LogIn) -> None:
    assert at_browser("sari").get(FOLLOW).headers["Location"] == START


def test_a_plan_is_followed_round_by_round(at_browser: LogIn, village: dict[str, str]) -> None:
    browser = at_browser("sari")
    browser.post(START, asked())

    said = browser.get(FOLLOW).content.decode()

    assert "How many have heard" in said
    assert "they themselves" in said
    assert "Round 1: " in said
    assert "Plan B" not in said


def test_a_habit_passes_on_where_news_would_not(
    at_browser: LogIn, neighbours: dict[str, str]
) -> None:
    browser = at_browser("sari")
    browser.post(START, asked(2, needs=2))

    said = browser.get(FOLLOW).content.decode()

    # Three others see both of them all the time.
    assert "How many have joined" in said
    hears = said[said.index("Who it probably reaches") :]
    assert all(f"Tetangga {number}" in hears for number in range(5))


def test_two_plans_are_held_against_each_other_in_the_same_worlds(
    cast: Cast, at_browser: LogIn, neighbours: dict[str, str]
) -> None:
    browser, sari = at_browser("sari"), cast.actor("sari")
    browser.post(START, asked(2))
    news = newest_plan(sari)
    browser.post(START, asked(2, needs=2))
    habit = newest_plan(sari)
    assert news is not None
    assert habit is not None

    said = browser.get(FOLLOW, {"plan": habit.id, "beside": news.id, "needs": 2}).content.decode()

    assert "In the same simulations plan A reaches" in said
    assert "Only in plan A" in said
    assert "Slamet" in said[said.index("Only in plan B") :]
    assert "plan A 2.0, plan B 2.0 people" in said
    turned = browser.get(FOLLOW, {"plan": news.id, "beside": habit.id, "needs": 2})
    assert "plan B reaches" in turned.content.decode()
    same = browser.get(FOLLOW, {"plan": news.id, "beside": news.id, "needs": 1}).content.decode()
    assert "neither plan clearly reaches more" in same


def test_a_plan_that_is_not_there_is_told_at_the_form(
    at_browser: LogIn, village: dict[str, str]
) -> None:
    browser = at_browser("sari")
    browser.post(START, asked())

    said = browser.get(FOLLOW, {"plan": str(new_identifier())}).content.decode()

    assert "Select a valid choice" in said
    assert "they themselves" not in said


def test_field_workers_follow_their_own_plans_only(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    at_browser("sari").post(START, asked())
    sari = cast.actor("sari")
    theirs = newest_plan(sari)
    assert theirs is not None
    do(sari, "core.grant_role", account=cast.accounts["budi"].pk, role="field_worker")
    browser = at_browser("budi")
    browser.post(START, asked())

    said = browser.get(FOLLOW).content.decode()

    assert str(theirs.id) not in said
    refused = browser.get(FOLLOW, {"plan": str(theirs.id)}).content.decode()
    assert "Select a valid choice" in refused


def test_whoever_is_no_longer_here_begins_nothing(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    browser, sari = at_browser("sari"), cast.actor("sari")
    browser.post(START, asked())
    plan = newest_plan(sari)
    assert plan is not None
    (chosen,) = plan.outcome["plan"]["catalysts"]
    do(sari, "listen.change_person", person=chosen["id"], status="moved")

    answer = browser.get(FOLLOW)

    assert answer.status_code == 200
    assert "Round 0: 0.0 people" in answer.content.decode()
