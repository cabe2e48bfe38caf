"""What may be wished of a plan on its page, and what it costs."""

from __future__ import annotations

import re

import pytest

from browsing import LogIn
from guyub.cycle.start.analysis import PlanRecord, followed
from guyub.cycle.start.queries import newest_plan
from people import Cast, do
from starting import START, asked, neighbourly, promises_settled, settled


@pytest.fixture
def neighbours(cast: Cast, village: dict[str, str]) -> dict[str, str]:
    return neighbourly(cast, village)


@pytest.fixture
def village(cast: Cast) -> dict[str, str]:
    return settled(cast)


def test_a_plan_that_looks_to_women_and_men_says_how_far_it_reaches_each(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    sari, browser = cast.actor("sari"), at_browser("sari")
    women = [
        do(sari, "listen.add_person", name=name, gender="female")["id"] for name in ("Sri", "Tumi")
    ]
    do(sari, "map.report_tie", from_person=women[0], to_person=women[1], kind="kin", strength=5)
    do(sari, "listen.add_person", name="Joko", gender="male")

    wish = {"fair_by": "gender", "aim": "worst"}
    said = browser.post(START, asked(2, **wish), follow=True).content.decode()

    plan = newest_plan(sari)
    assert plan is not None
    assert plan.outcome["plan"]["fairness"]["by"] == "gender"
    assert plan.outcome["plan"]["fairness"]["groups"]["female"]["chosen"] == 1
    assert "How well each group is reached" in said
    assert "women" in said
    assert "Without balancing groups" in said
    # It is still chosen in the form, and kept by the buttons beside names.
    assert '<option value="gender" selected' in said
    assert said.count('name="fair_by" value="gender"') >= 2

    plain = browser.post(START, asked(2, fair_by=""), follow=True).content.decode()
    assert "How well each group is reached" not in plain


def test_groups_that_cannot_be_told_apart_are_named_as_the_reason(
    at_browser: LogIn, village: dict[str, str]
) -> None:
    answer = at_browser("sari").post(START, asked(fair_by="age"))

    assert "Too little is known to tell these groups apart" in answer.content.decode()


def test_a_plan_for_a_habit_begins_with_people_who_see_each_other(
    cast: Cast, at_browser: LogIn, neighbours: dict[str, str]
) -> None:
    said = at_browser("sari").post(START, asked(2, needs=2), follow=True).content.decode()

    plan = newest_plan(cast.actor("sari"))
    assert plan is not None
    chosen = {each["id"] for each in plan.outcome["plan"]["catalysts"]}
    assert chosen <= {person for name, person in neighbours.items() if name.startswith("Tet")}
    assert PlanRecord.of(plan).plan.needs == 2
    assert "The plan for news" in said
    assert "fewer without them" in said
    assert "who have seen it in 2 others" in said
    assert "as good as the best possible choice" not in said
    assert "How many are enough?" not in said
    assert '<option value="2" selected>' in said


def test_a_plan_for_a_habit_keeps_its_wish_when_somebody_is_left_out(
    cast: Cast, at_browser: LogIn, neighbours: dict[str, str]
) -> None:
    browser, left_out = at_browser("sari"), neighbours["Tetangga 0"]
    browser.post(START, asked(2, needs=3))

    assert '<input type="hidden" name="needs" value="3">' in browser.get(START).content.decode()
    browser.post(START, asked(2, needs=3, excluded=[left_out]))

    plan = newest_plan(cast.actor("sari"))
    assert plan is not None
    assert PlanRecord.of(plan).plan.needs == 3
    assert left_out not in {each["id"] for each in plan.outcome["plan"]["catalysts"]}


def test_a_habit_that_is_to_reach_every_group_is_told_at_the_form(
    at_browser: LogIn, neighbours: dict[str, str]
) -> None:
    wished = asked(1, needs=2, fair_by="gender")

    said = at_browser("sari").post(START, wished).content.decode()

    assert "for news, not for a habit" in said


def test_a_plan_may_look_to_one_place_above_all_and_says_what_that_costs(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    krajan = cast.actor("sari", "krajan")
    people = [do(krajan, "listen.add_person", name=f"Krajan {each}")["id"] for each in range(3)]
    for other in people[1:]:
        tie = {"from_person": people[0], "to_person": other, "kind": "trust", "strength": 5}
        do(krajan, "map.report_tie", **tie, mutual=True)
        ally = {"person": other, "trait": "stance", "value": 1}
        do(krajan, "listen.note_observation", **ally)
    browser = at_browser("sari")

    said = browser.post(START, asked(most_for="sub_community=Krajan"), follow=True).content.decode()

    plan = newest_plan(cast.actor("sari"))
    assert plan is not None
    assert plan.outcome["plan"]["fairness"]["aim"] == "wanted:Krajan"
    assert {each["id"] for each in plan.outcome["plan"]["catalysts"]} <= set(people)
    assert "The priority group is counted three times." in said
    assert "all others" in said
    assert "Without balancing groups" in said
    assert '<option value="sub_community=Krajan" selected>' in said
    assert '<input type="hidden" name="most_for" value="sub_community=Krajan">' in said


@pytest.mark.parametrize(
    ("wished", "said"),
    [
        ({"most_for": "gender=female", "needs": 2}, "for news, not for a habit"),
        (
            {"most_for": "gender=female", "fair_by": "age"},
            "Choose one: every group, or one group first.",
        ),
        ({"most_for": "gender=female"}, "Too little is known to tell these groups apart"),
        ({"most_for": "sub_community=Nowhere"}, "Select a valid choice"),
    ],
)
def test_a_wish_for_a_group_that_cannot_be_met_is_told_at_the_form(
    at_browser: LogIn, village: dict[str, str], wished: dict[str, object], said: str
) -> None:
    assert said in at_browser("sari").post(START, asked(1, **wished)).content.decode()


def test_beside_the_plan_stands_what_else_one_could_look_for(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    sari, slamet = cast.actor("sari"), village["Slamet"]
    ready = do(sari, "listen.add_person", name="Tuminem")["id"]
    for person, outcome in ((slamet, "broken"), (ready, "kept")):
        promises_settled(sari, person, outcome, 4)

    said = at_browser("sari").post(START, asked(), follow=True).content.decode()

    shown = said[said.index("What else you could look for") :]
    rows = shown[shown.index("<ol") : shown.index("</ol>")]
    assert rows.index("Ties alone") < rows.index("Only who starts things")
    assert re.search(r"<strong[^>]*>Tuminem</strong>", rows)
    assert "of them are expected to start" in rows


def households(cast: Cast, village: dict[str, str]) -> None:
    """Slamet and two others live in one house."""
    sari = cast.actor("sari")
    for name in ("Slamet", "Warga 0", "Warga 1"):
        do(sari, "listen.change_person", person=village[name], household="RT 1/12")


@pytest.mark.parametrize(
    ("language", "hours", "said"),
    [
        ("en", "4.5", ["Visits within the hours", "They take 4 of 4.5 hours."]),
        ("id", "4,5", ["Kunjungan dalam jam yang ada", "Semuanya memakan 4 dari 4,5 jam."]),
    ],
)
def test_a_plan_keeps_to_the_hours_there_are(
    cast: Cast,
    at_browser: LogIn,
    village: dict[str, str],
    language: str,
    hours: str,
    said: list[str],
) -> None:
    browser = at_browser("sari", language=language)

    page = browser.post(START, asked(9, hours=hours, visit_hours="2"), follow=True)

    text = page.content.decode()
    plan = newest_plan(cast.actor("sari"))
    assert plan is not None
    assert plan.count == 2
    assert len(plan.outcome["plan"]["visits"]["visits"]) == 2
    assert all(each in text for each in said)
    # What was filled in stays in the form, and with the buttons beside names.
    assert f'name="hours" value="{hours}"' in text
    assert text.count(f'name="hours" value="{hours}"') >= 3


def test_who_lives_in_one_house_is_met_and_visited_together(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    households(cast, village)
    browser = at_browser("sari")

    browser.post(START, asked(hours="2", visit_hours="2", households="on"), follow=True)

    plan = newest_plan(cast.actor("sari"))
    assert plan is not None
    home = {village[name] for name in ("Slamet", "Warga 0", "Warga 1")}
    (visit,) = plan.outcome["plan"]["visits"]["visits"]
    assert set(visit["people"]) == home
    days = [plan.made_on, plan.made_on.replace(year=plan.made_on.year + 1)]
    visits = PlanRecord.of(plan).visits(days)
    assert {str(each["person"]) for each in visits} == home
    assert {each["planned_on"] for each in visits} == {plan.made_on}


def test_a_place_farther_away_takes_more_hours(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    krajan = cast.actor("sari", "krajan")
    middle = do(krajan, "listen.add_person", name="Darmi")["id"]
    for number in range(9):
        other = do(krajan, "listen.add_person", name=f"Krajan {number}")["id"]
        tie = {"from_person": middle, "to_person": other, "kind": "trust", "strength": 5}
        do(krajan, "map.report_tie", **tie, mutual=True)
    browser, wish = at_browser("sari"), {"hours": "3", "visit_hours": "2"}

    browser.post(START, asked(**wish), follow=True)
    near = newest_plan(cast.actor("sari"))
    said = browser.post(START, asked(**wish, far=["Krajan"], far_hours="4"), follow=True)
    far = newest_plan(cast.actor("sari"))

    assert near is not None
    assert far is not None
    assert near.outcome["plan"]["catalysts"][0]["id"] == middle
    assert far.outcome["plan"]["catalysts"][0]["id"] == village["Slamet"]
    assert far.outcome["plan"]["visits"]["plain_hours"] == 4.0
    assert (
        "The same number of people, chosen without a limit on hours, would reach"
        in said.content.decode()
    )


@pytest.mark.parametrize(
    ("wish", "fragment"),
    [
        ({"hours": "1", "visit_hours": "2"}, "No visit fits into these hours"),
        ({"hours": "many"}, "Enter a number"),
        ({"hours": "-3"}, "greater than or equal to 0.25"),
        ({"hours": "9999"}, "less than or equal to 500"),
        ({"hours": "4", "visit_hours": "0"}, "greater than or equal to 0.25"),
        ({"hours": "4", "needs": 2}, "be limited by hours for news, not for a habit"),
        ({"hours": "4", "fair_by": "gender"}, "Choose groups or hours"),
        ({"competitive": "on", "needs": 2}, "A plan cannot include opponents of a habit"),
        ({"traits": "gossip"}, "Select a valid choice"),
        ({"far": ["Atlantis"]}, "Select a valid choice"),
    ],
)
def test_wishes_that_make_no_plan_are_told_at_the_form(
    cast: Cast, at_browser: LogIn, village: dict[str, str], wish: dict[str, object], fragment: str
) -> None:
    answer = at_browser("sari").post(START, asked(**wish))

    assert answer.status_code == 200
    assert fragment in answer.content.decode()
    assert newest_plan(cast.actor("sari")) is None


def test_those_who_speak_against_it_cost_people(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    browser = at_browser("sari")

    silent = browser.post(START, asked(), follow=True).content.decode()
    loud = browser.post(START, asked(competitive="on"), follow=True).content.decode()

    plan = newest_plan(cast.actor("sari"))
    assert plan is not None
    contest = plan.outcome["plan"]["contest"]
    assert contest["speakers"] == 1
    assert plan.outcome["plan"]["reach"]["expected"] < contest["unopposed"]["expected"]
    # Whoever comes a step nearer falls silent, too.
    (parno,) = plan.outcome["plan"]["opposition"]["opponents"]
    assert parno["more"]["low"] > 0.0
    assert "1 of them speaks against it" in loud
    assert "spread the opposite" in loud
    assert "speaks against it:" not in silent
    assert (
        'name="competitive" class="size-5 shrink-0 accent-primary" id="id_competitive" checked'
        in loud
    )


def test_where_nobody_stands_against_it_the_page_says_that_nobody_speaks(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    do(
        cast.actor("sari"),
        "listen.note_observation",
        person=village["Parno"],
        trait="stance",
        value=4,
    )

    said = at_browser("sari").post(START, asked(competitive="on"), follow=True).content.decode()

    assert "There are no known active opponents" in said


def test_a_plan_that_reckons_with_them_is_followed_past_them(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    browser = at_browser("sari")
    browser.post(START, asked(competitive="on"), follow=True)
    plan = newest_plan(cast.actor("sari"))
    assert plan is not None

    (rounds,) = followed(cast.actor("sari"), (plan.id,)).plans

    assert rounds.reach[-1] == pytest.approx(plan.outcome["plan"]["reach"]["expected"], abs=0.3)


def test_another_plan_beside_it_is_taken_with_one_tap(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    sari, browser = cast.actor("sari"), at_browser("sari")
    do(sari, "listen.note_observation", person=village["Warga 0"], trait="initiative", value=4)
    browser.post(START, asked(), follow=True)
    plan = newest_plan(sari)
    assert plan is not None
    starting = plan.outcome["plan"]["outlook"]["alternatives"][-1]["people"]
    assert starting == [village["Warga 0"]]

    said = browser.post(START, asked(given=starting), follow=True).content.decode()

    taken = newest_plan(sari)
    assert taken is not None
    assert [each["id"] for each in taken.outcome["plan"]["catalysts"]] == starting
    assert "Chosen by hand, compared with the plan." in said
    assert "The plan that reaches most" in said
    assert taken.outcome["plan"]["guarantee"] < 0.9


def test_whoever_takes_a_balance_no_longer_looks_to_groups(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    sari, browser = cast.actor("sari"), at_browser("sari")
    do(sari, "listen.note_observation", person=village["Warga 0"], trait="initiative", value=4)
    do(sari, "listen.note_observation", person=village["Slamet"], trait="initiative", value=0)
    do(sari, "listen.change_person", person=village["Slamet"], gender="male")

    page = browser.post(START, asked(most_for="gender=male"), follow=True).content.decode()

    forms = re.findall(r"<form.*?</form>", page, re.S)
    by_hand = [each for each in forms if 'name="given"' in each]
    assert by_hand
    assert not any("most_for" in each or "fair_by" in each for each in by_hand)
    assert all('name="count"' in each for each in by_hand)


def test_somebody_who_stands_against_it_cannot_be_chosen_by_hand(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    answer = at_browser("sari").post(START, asked(given=[village["Parno"]]))

    assert "too few people to choose from" in answer.content.decode()
    assert newest_plan(cast.actor("sari")) is None
