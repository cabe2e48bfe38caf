"""With whom do I begin? The plan in the browser, and who may see it."""

from __future__ import annotations

import re
import uuid

import pytest
from django.db import connection

from browsing import LogIn
from guyub.core.identifiers import new_identifier
from guyub.core.job_runner import Runner
from guyub.cycle.listen import queries as listen
from guyub.cycle.start.queries import newest_plan
from people import Cast, do

START = "/c/sukamaju/start/"


@pytest.fixture
def village(cast: Cast) -> dict[str, str]:
    """Eight people around Slamet, and Parno, who is against."""
    sari = cast.actor("sari")
    ids = {
        name: do(sari, "listen.add_person", name=name)["id"]
        for name in ("Slamet", "Parno", *(f"Warga {number}" for number in range(8)))
    }
    for name, person in ids.items():
        if name.startswith("Warga"):
            tie = {"from_person": ids["Slamet"], "to_person": person, "kind": "kin", "strength": 5}
            do(sari, "map.report_tie", **tie)
            do(sari, "map.report_tie", **{**tie, "from_person": ids["Parno"]})
    do(sari, "listen.note_observation", person=ids["Parno"], trait="stance", value=5)
    return ids


def asked(count: int = 1, **more: object) -> dict[str, object]:
    return {"key": str(new_identifier()), "count": count, **more}


def test_without_a_plan_the_page_says_what_a_plan_needs(at_browser: LogIn) -> None:
    answer = at_browser("sari").get(START)

    assert "There is no plan yet" in answer.content.decode()


def test_a_plan_names_people_with_reasons_and_stays(
    at_browser: LogIn, village: dict[str, str]
) -> None:
    browser = at_browser("sari")

    answer = browser.post(START, asked(), follow=True)

    said = answer.content.decode()
    assert answer.redirect_chain == [(START, 302)]
    assert "Slamet" in said
    assert "tied to 8 people" in said
    assert "This plan" in said
    assert "1 person who stands against is not chosen." in said
    assert browser.get(START).content.decode().count("Slamet") >= 1


def test_a_plan_speaks_indonesian(at_browser: LogIn, village: dict[str, str]) -> None:
    answer = at_browser("sari", "id").post(START, asked(), follow=True)

    said = answer.content.decode()
    assert "Mulai dengan siapa?" in said
    assert "terikat dengan 8 orang" in said


def test_somebody_is_left_out_and_put_back(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    browser, slamet = at_browser("sari"), village["Slamet"]

    browser.post(START, asked(excluded=[slamet]))
    plan = newest_plan(cast.actor("sari"))
    assert plan is not None
    assert slamet not in {each["person"] for each in plan.outcome["catalysts"]}
    assert plan.outcome["excluded"] == [slamet]

    browser.post(START, asked(excluded=[slamet], put_back=[slamet]))
    plan = newest_plan(cast.actor("sari"))
    assert plan is not None
    assert [each["person"] for each in plan.outcome["catalysts"]] == [slamet]


def test_the_page_says_how_many_are_enough(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    # Slamet reaches those around him, and after him each reaches hardly more than themselves.
    for name, person in village.items():
        if name.startswith("Warga"):
            ally = {"person": person, "trait": "stance", "value": 1}
            do(cast.actor("sari"), "listen.note_observation", **ally)

    said = at_browser("sari").post(START, asked(), follow=True).content.decode()

    assert "1 person is enough for most of it" in said


def test_without_an_elbow_the_page_says_that_too(
    at_browser: LogIn, village: dict[str, str]
) -> None:
    said = at_browser("sari").post(START, asked(), follow=True).content.decode()

    assert "there is no clear place to stop" in said


def test_the_page_says_what_one_step_of_an_opponent_would_change(
    at_browser: LogIn, village: dict[str, str]
) -> None:
    said = at_browser("sari").post(START, asked(), follow=True).content.decode()

    assert "The plan goes around 1 person." in said
    assert f'href="/c/sukamaju/people/{village["Parno"]}/"' in said


def test_where_nobody_stands_against_nothing_is_said_of_it(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    turned = {"person": village["Parno"], "trait": "stance", "value": 2}
    do(cast.actor("sari"), "listen.note_observation", **turned)

    said = at_browser("sari").post(START, asked(), follow=True).content.decode()

    assert "Who stands against" not in said


def test_sent_twice_a_plan_is_kept_once(at_browser: LogIn, village: dict[str, str]) -> None:
    browser, form = at_browser("sari"), asked()
    browser.post(START, form)
    browser.post(START, form)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM start_startingplan")
        assert cursor.fetchone()[0] == 1


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"count": 0}, "greater than or equal to 1"),
        ({"count": 99}, "less than or equal to 20"),
        ({"count": 20}, "too few people to choose from"),
    ],
)
def test_a_wish_that_cannot_be_met_is_told_at_the_form(
    at_browser: LogIn, village: dict[str, str], form: dict[str, int], said: str
) -> None:
    answer = at_browser("sari").post(START, asked(**form))

    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_nonsense_in_a_hidden_field_is_refused(at_browser: LogIn) -> None:
    assert at_browser("sari").post(START, asked(excluded=["x"])).status_code == 400


def test_a_field_worker_sees_no_plan_that_rests_on_what_others_judged(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    sari = cast.actor("sari")
    do(sari, "core.grant_role", account=cast.accounts["budi"].pk, role="field_worker")
    at_browser("sari").post(START, asked())

    assert "There is no plan yet" in at_browser("budi").get(START).content.decode()

    # Budi's own plan knows nothing of Parno's stance.
    at_browser("budi").post(START, asked(2))
    said = at_browser("budi").get(START).content.decode()
    assert "stands against" not in said
    assert '"stance": [0, 0, 0' in said


def test_a_planner_sees_what_a_field_worker_worked_out(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    do(cast.actor("sari"), "core.grant_role", account=cast.accounts["budi"].pk, role="field_worker")
    at_browser("budi").post(START, asked())

    assert "by Budi" in at_browser("rudi").get(START).content.decode()


def test_a_plan_of_one_village_is_not_seen_in_another(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    at_browser("sari").post(START, asked())

    assert at_browser("charlie").get(START).status_code == 404
    assert newest_plan(cast.actor("charlie", "sidorejo")) is None
    assert newest_plan(cast.actor("sari", "krajan")) is None


def test_nothing_of_a_plan_lies_readable_in_the_database(
    at_browser: LogIn, village: dict[str, str]
) -> None:
    at_browser("sari").post(START, asked())

    with connection.cursor() as cursor:
        cursor.execute("SELECT outcome FROM start_startingplan")
        sealed = str(cursor.fetchone()[0])
    assert village["Slamet"] not in sealed
    assert uuid.UUID(village["Slamet"]).hex not in sealed
    assert "stance" not in sealed


def test_a_large_community_is_worked_out_in_the_background(
    cast: Cast,
    at_browser: LogIn,
    village: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("guyub.interfaces.web.views.start.AT_ONCE", 5)
    browser, wish = at_browser("sari"), asked(excluded=[village["Slamet"]])

    answer = browser.post(START, wish)
    under_way = answer.headers["Location"]
    assert newest_plan(cast.actor("sari")) is None
    Runner().run_waiting()
    arrived = browser.get(under_way, follow=True)

    assert under_way == f"/c/sukamaju/jobs/{wish['key']}/"
    assert arrived.redirect_chain == [(START, 302)]
    plan = newest_plan(cast.actor("sari"))
    assert plan is not None
    assert plan.outcome["excluded"] == [village["Slamet"]]


def test_who_does_not_want_to_be_visited_is_not_chosen(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    said = {"person": village["Slamet"], "purpose": "contact", "answer": "refused"}
    do(cast.actor("sari"), "listen.note_consent", **said)

    page = at_browser("sari").post(START, asked(), follow=True).content.decode()

    plan = newest_plan(cast.actor("sari"))
    assert plan is not None
    assert village["Slamet"] not in [each["person"] for each in plan.outcome["catalysts"]]
    assert "1 person does not want to be visited and is not chosen." in page


def test_who_says_no_after_the_plan_is_not_visited_for_it(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    browser = at_browser("sari")
    browser.post(START, asked(count=2))
    said = {"person": village["Slamet"], "purpose": "contact", "answer": "refused"}
    do(cast.actor("sari"), "listen.note_consent", **said)

    page = browser.get(f"{START}visits/").content.decode()
    assert "1 person of the plan does not want to be visited and is left out." in page
    goes = str(cast.actor("sari").account)
    when = {"begins_on": "2099-01-05", "each_day": "1", "goes": goes}
    browser.post(f"{START}visits/", {"key": str(new_identifier()), **when})

    people = {str(row.person) for row in listen.visits(cast.actor("sari"))}
    assert len(people) == 1
    assert village["Slamet"] not in people


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
    assert plan.outcome["fairness"]["by"] == "gender"
    assert plan.outcome["fairness"]["groups"]["female"]["chosen"] == 1
    assert "How far every group is reached" in said
    assert "women" in said
    assert "Without looking to groups" in said
    # It is still chosen in the form, and kept by the buttons beside names.
    assert '<option value="gender" selected' in said
    assert said.count('name="fair_by" value="gender"') >= 2

    plain = browser.post(START, asked(2, fair_by=""), follow=True).content.decode()
    assert "How far every group is reached" not in plain


def test_groups_that_cannot_be_told_apart_are_named_as_the_reason(
    at_browser: LogIn, village: dict[str, str]
) -> None:
    answer = at_browser("sari").post(START, asked(fair_by="age"))

    assert "Too little is noted to tell these groups apart" in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "words", "more"),
    [
        ("en", (">sure<", ">one of several<"), "Ask the other side"),
        ("id", (">mantap<", ">salah satu dari beberapa<"), "tanyakan juga ke pihak yang lain"),
    ],
)
def test_a_plan_says_how_firmly_each_stands_where_only_one_side_told(
    cast: Cast, at_browser: LogIn, village: dict[str, str], language: str, words: tuple, more: str
) -> None:
    sari = cast.actor("sari")
    for centre in ("Sri", "Joko", "Wage", "Legi", "Pon", "Kliwon", "Pahing"):
        known = do(sari, "listen.add_person", name=centre)["id"]
        for number in range(4):
            friend = do(sari, "listen.add_person", name=f"{centre} {number}")["id"]
            tie = {"from_person": known, "to_person": friend, "kind": "kin", "strength": 5}
            do(sari, "map.report_tie", **tie, reported_by="one")

    said = at_browser("sari", language).post(START, asked(2), follow=True).content.decode()

    assert [word in said for word in words] == [True, True]
    assert more in said


def test_where_no_tie_is_doubtful_nothing_is_said_of_it(
    at_browser: LogIn, village: dict[str, str]
) -> None:
    said = at_browser("sari").post(START, asked(2), follow=True).content.decode()

    assert "Ask the other side" not in said


@pytest.fixture
def neighbours(cast: Cast, village: dict[str, str]) -> dict[str, str]:
    """Beside them five who see each other every day, and are for it."""
    sari = cast.actor("sari")
    ids = [do(sari, "listen.add_person", name=f"Tetangga {number}")["id"] for number in range(5)]
    for number, person in enumerate(ids):
        do(sari, "listen.note_observation", person=person, trait="stance", value=1)
        for other in ids[:number]:
            tie = {"from_person": other, "to_person": person, "kind": "trust", "strength": 5}
            do(sari, "map.report_tie", **tie)
            do(sari, "map.report_tie", **{**tie, "from_person": person, "to_person": other})
    return village | {f"Tetangga {number}": person for number, person in enumerate(ids)}


def test_a_plan_for_a_habit_begins_with_people_who_see_each_other(
    cast: Cast, at_browser: LogIn, neighbours: dict[str, str]
) -> None:
    said = at_browser("sari").post(START, asked(2, needs=2), follow=True).content.decode()

    plan = newest_plan(cast.actor("sari"))
    assert plan is not None
    chosen = {each["person"] for each in plan.outcome["catalysts"]}
    assert chosen <= {person for name, person in neighbours.items() if name.startswith("Tet")}
    assert plan.needs == 2
    assert "The plan for news" in said
    assert "fewer without them" in said
    assert "to whom 2 others have shown it" in said
    assert "of the best possible choice" not in said
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
    assert plan.needs == 3
    assert left_out not in {each["person"] for each in plan.outcome["catalysts"]}


def test_a_habit_that_is_to_reach_every_group_is_told_at_the_form(
    at_browser: LogIn, neighbours: dict[str, str]
) -> None:
    wished = asked(1, needs=2, fair_by="gender")

    said = at_browser("sari").post(START, wished).content.decode()

    assert "for news, not for a habit" in said


def test_whoever_is_tied_as_before_is_drawn_where_they_were(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    browser, sari = at_browser("sari"), cast.actor("sari")

    def drawn() -> list[int]:
        browser.post(START, asked())
        plan = newest_plan(sari)
        assert plan is not None
        picture = plan.outcome["picture"]
        return [*picture["x"], *picture["y"]]

    first = drawn()
    do(sari, "listen.note_observation", person=village["Slamet"], trait="stance", value=1)
    assert drawn() == first
    tie = {"from_person": village["Warga 0"], "to_person": village["Warga 7"], "kind": "kin"}
    do(sari, "map.report_tie", **tie)
    assert drawn() != first


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
    hears = said[said.index("Whom it probably reaches") :]
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

    assert "In the same simulated worlds plan A reaches" in said
    assert "Only in plan A" in said
    assert "Slamet" in said[said.index("Only in plan B") :]
    assert "plan A 2.0, plan B 2.0 people" in said
    turned = browser.get(FOLLOW, {"plan": news.id, "beside": habit.id, "needs": 2})
    assert "plan B reaches" in turned.content.decode()
    same = browser.get(FOLLOW, {"plan": news.id, "beside": news.id, "needs": 1}).content.decode()
    assert "neither plan reaches clearly more" in same


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
    (chosen,) = plan.outcome["catalysts"]
    do(sari, "listen.change_person", person=chosen["person"], status="moved")

    answer = browser.get(FOLLOW)

    assert answer.status_code == 200
    assert "Round 0: 0.0 people" in answer.content.decode()


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
    assert plan.outcome["fairness"]["aim"] == "wanted:Krajan"
    assert {each["person"] for each in plan.outcome["catalysts"]} <= set(people)
    assert "whoever is wanted above all counts three times" in said
    assert "all others" in said
    assert "Without looking to groups" in said
    assert '<option value="sub_community=Krajan" selected>' in said
    assert '<input type="hidden" name="most_for" value="sub_community=Krajan">' in said


@pytest.mark.parametrize(
    ("wished", "said"),
    [
        ({"most_for": "gender=female", "needs": 2}, "for news, not for a habit"),
        ({"most_for": "gender=female", "fair_by": "age"}, "choose one of the two"),
        ({"most_for": "gender=female"}, "Too little is noted to tell these groups apart"),
        ({"most_for": "sub_community=Nowhere"}, "Select a valid choice"),
    ],
)
def test_a_wish_for_a_group_that_cannot_be_met_is_told_at_the_form(
    at_browser: LogIn, village: dict[str, str], wished: dict[str, object], said: str
) -> None:
    assert said in at_browser("sari").post(START, asked(1, **wished)).content.decode()


def test_where_reach_and_readiness_pull_apart_the_page_shows_both(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    sari, slamet = cast.actor("sari"), village["Slamet"]
    ready = do(sari, "listen.add_person", name="Tuminem")["id"]
    for person, outcome in ((slamet, "broken"), (ready, "kept")):
        for _ in range(4):
            promised = {"person": person, "what": "datang", "made_on": "2026-05-01"}
            promise = do(sari, "listen.make_promise", **promised)["id"]
            settled = {"promise": promise, "outcome": outcome, "noted_on": "2026-05-02"}
            do(sari, "listen.settle_promise", **settled)

    said = at_browser("sari").post(START, asked(), follow=True).content.decode()

    shown = said[said.index("Reach, or people who start by themselves?") :]
    rows = shown[shown.index("<ol") : shown.index("</ol>")]
    assert rows.index("Slamet") < rows.index("Tuminem")
    assert "readiness 28 of 100" in rows
    assert "readiness 72 of 100" in rows
    assert re.search(r"<strong[^>]*>Tuminem</strong>", rows)


def test_where_nobody_is_readier_nothing_is_said_of_it(
    at_browser: LogIn, village: dict[str, str]
) -> None:
    said = at_browser("sari").post(START, asked(), follow=True).content.decode()

    assert "people who start by themselves" not in said
