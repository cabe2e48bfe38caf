"""Whom to hear first where too little is known, and a plan that begins with self-starters."""

from __future__ import annotations

import pytest

from browsing import LogIn
from guyub.core.identifiers import new_identifier
from guyub.cycle.listen import queries as listen
from guyub.cycle.start.queries import newest_plan
from people import Cast, do
from starting import START, asked, promises_settled, settled


@pytest.fixture
def village(cast: Cast) -> dict[str, str]:
    return settled(cast)


def known_starters(cast: Cast, village: dict[str, str], count: int = 5) -> list[str]:
    """Some of whom something is known: the first keeps promises, the others hardly."""
    sari, people = cast.actor("sari"), [village[f"Warga {number}"] for number in range(count)]
    promises_settled(sari, people[0], "kept", 3)
    for person in people[1:]:
        do(sari, "listen.note_observation", person=person, trait="initiative", value=1)
    return people


def test_an_empty_community_begins_with_a_list_or_the_first_person(at_browser: LogIn) -> None:
    said = at_browser("sari").get(START).content.decode()

    assert "Nobody is noted here yet" in said
    assert "/c/sukamaju/bring-in/" in said
    assert "/c/sukamaju/people/new/" in said
    assert "by ties alone" not in said


def test_strangers_are_not_announced_but_heard_first(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    said = at_browser("sari").get(START).content.decode()

    assert "Who do I hear first?" in said
    assert "Warga 0" in said
    assert "most likely to move" not in said
    assert newest_plan(cast.actor("sari")) is None


def test_asking_all_the_same_says_why_there_is_no_plan(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    said = at_browser("sari").post(START, asked(3, objective="self-starters")).content.decode()

    assert "Too little is known yet to say who starts things." in said
    assert newest_plan(cast.actor("sari")) is None


def test_with_ties_there_is_a_plan_by_ties_alone_that_says_so(
    at_browser: LogIn, village: dict[str, str]
) -> None:
    browser = at_browser("sari")
    assert "Work it out by ties alone" in browser.get(START).content.decode()

    said = browser.post(START, asked(3, objective="reach"), follow=True).content.decode()

    assert "By ties alone: this does not say who starts things." in said
    assert "often starts things" not in said


def test_once_enough_is_known_the_plan_begins_with_who_starts_things(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    people, browser = known_starters(cast, village), at_browser("sari")
    assert "There is no plan yet" in browser.get(START).content.decode()

    said = browser.post(START, asked(1, objective="self-starters"), follow=True).content.decode()

    plan = newest_plan(cast.actor("sari"))
    assert plan is not None
    assert [each["id"] for each in plan.outcome["plan"]["catalysts"]] == people[:1]
    assert "1 person who starts things, chosen from the 5 people we know enough about" in said
    assert "may start things" in said
    assert "What they did: +1.4" in said
    assert said.index("kept 3 of 3 promises") < said.index("Beside other ways to choose")


def test_evidence_can_be_weighed_otherwise(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    known_starters(cast, village)
    browser = at_browser("sari")

    heavier = asked(1, objective="self-starters", acts="2")
    said = browser.post(START, heavier, follow=True).content.decode()

    assert "What they did: +2.8" in said
    assert "often starts things" in said


def test_a_broken_promise_and_an_overdue_one_count_against(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    people = known_starters(cast, village)
    sari = cast.actor("sari")
    for _ in range(4):
        promises_settled(sari, people[0], "broken", 1)

    at_browser("sari").post(START, asked(1, objective="self-starters"))

    plan = newest_plan(sari)
    assert plan is None or people[0] not in [
        each["id"] for each in plan.outcome["plan"]["catalysts"]
    ]


def test_what_was_done_more_than_a_year_ago_says_nothing(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    people, sari = known_starters(cast, village), cast.actor("sari")
    promises_settled(sari, people[1], "kept", 9, "2020-01-01")

    at_browser("sari").post(START, asked(1, objective="self-starters"))

    plan = newest_plan(sari)
    assert plan is not None
    assert [each["id"] for each in plan.outcome["plan"]["catalysts"]] == people[:1]


def test_hear_first_visits_are_planned_with_their_reasons(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    sari, person = cast.actor("sari"), village["Warga 3"]
    visits = {"begins_on": today(), "each_day": 2, "goes": str(sari.account), "people": [person]}

    at_browser("sari").post(f"{START}hear/", {"key": str(new_identifier()), **visits})

    (visit,) = listen.visits(sari, worker=sari.account)
    assert str(visit.person) == person
    assert [each["code"] for each in visit.reasons] == ["never_heard"]


def test_hear_first_visits_are_shared_out_over_the_team(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    sari = cast.actor("sari")
    do(sari, "core.grant_role", account=cast.accounts["budi"].pk, role="field_worker")
    people = [village[f"Warga {number}"] for number in range(4)]
    form = {"begins_on": today(), "each_day": 2, "goes": "team", "people": people}

    at_browser("sari").post(f"{START}hear/", {"key": str(new_identifier()), **form})

    team = [each.id for each in listen.colleagues(sari)]
    shares = [len(listen.visits(sari, worker=account)) for account in team]
    assert sum(shares) == 4
    assert max(shares) <= -(-4 // len(team))


def today() -> str:
    from django.utils import timezone

    return timezone.localdate().isoformat()
