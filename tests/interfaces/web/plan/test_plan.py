"""Who do I start with? The plan in the browser, and who may see it."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection

from browsing import LogIn
from guyub.core.identifiers import new_identifier
from guyub.core.job_runner import Runner
from guyub.cycle.listen import queries as listen
from guyub.cycle.start.queries import newest_plan
from people import Cast, do
from starting import START, asked, settled


@pytest.fixture
def village(cast: Cast) -> dict[str, str]:
    return settled(cast)


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
    assert "1 person who is against it was not chosen." in said
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
    assert slamet not in {each["id"] for each in plan.outcome["plan"]["catalysts"]}
    assert plan.outcome["excluded"] == [slamet]

    browser.post(START, asked(excluded=[slamet], put_back=[slamet]))
    plan = newest_plan(cast.actor("sari"))
    assert plan is not None
    assert [each["id"] for each in plan.outcome["plan"]["catalysts"]] == [slamet]


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

    assert "No clear cut-off within" in said


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

    assert "Who is against it" not in said


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

    assert "Who do I hear first?" in at_browser("budi").get(START).content.decode()

    # Budi's own plan knows nothing of Parno's stance.
    at_browser("budi").post(START, asked(2))
    said = at_browser("budi").get(START).content.decode()
    assert "who is against it was not chosen" not in said
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
    monkeypatch.setattr("guyub.interfaces.web.plan.views.AT_ONCE", 5)
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
    assert village["Slamet"] not in [each["id"] for each in plan.outcome["plan"]["catalysts"]]
    assert "1 person does not want visits and was not chosen." in page


def test_who_says_no_after_the_plan_is_not_visited_for_it(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    browser = at_browser("sari")
    browser.post(START, asked(count=2))
    said = {"person": village["Slamet"], "purpose": "contact", "answer": "refused"}
    do(cast.actor("sari"), "listen.note_consent", **said)

    page = browser.get(f"{START}visits/").content.decode()
    assert "1 person in the plan does not want visits and is left out." in page
    goes = str(cast.actor("sari").account)
    when = {"begins_on": "2099-01-05", "each_day": "1", "goes": goes}
    browser.post(f"{START}visits/", {"key": str(new_identifier()), **when})

    people = {str(row.person) for row in listen.visits(cast.actor("sari"))}
    assert len(people) == 1
    assert village["Slamet"] not in people


@pytest.mark.parametrize(
    ("language", "words", "more"),
    [
        ("en", (">sure<", ">one of several<"), "ask the other side"),
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

    assert "ask the other side" not in said


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
