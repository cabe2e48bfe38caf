"""Whom to meet today and why, without anybody having planned it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from browsing import LogIn
from guyub.core.identifiers import new_identifier
from guyub.core.job_runner import Runner
from guyub.cycle.listen import queries as listen
from guyub.cycle.start.analysis import suggest_people
from guyub.cycle.start.queries import answers
from people import Cast, do

TODAY = "/c/sukamaju/today/"


def this_day() -> date:
    """Where the village lies."""
    return timezone.localdate(timezone=ZoneInfo("Asia/Jakarta"))


@pytest.fixture
def slamet(cast: Cast) -> str:
    """Named by two who were heard, and heard by nobody."""
    sari = cast.actor("sari")
    slamet, *others = (
        do(sari, "listen.add_person", name=name)["id"] for name in ("Slamet", "Sri", "Joko")
    )
    for other in others:
        do(sari, "map.report_tie", from_person=other, to_person=slamet, kind="nomination")
        do(sari, "listen.note_concern", person=other, life_area="health", own_words="the well")
    return slamet


def test_a_list_of_names_alone_has_a_beginning(cast: Cast, at_browser: LogIn) -> None:
    sari = cast.actor("sari")
    home = {"household": "Pak Joko"}
    do(sari, "listen.add_person", name="Joko", **home)
    do(sari, "listen.add_person", name="Sri", office="RT", **home)
    do(sari, "listen.add_person", name="Wage", birth_year=this_day().year - 10)
    heard = do(sari, "listen.add_person", name="Slamet")["id"]
    do(sari, "listen.note_concern", person=heard, life_area="health", own_words="the well")

    assert [(row.name, row.rule) for row in suggest_people(sari)] == [("Sri", "never_yet_heard")]
    assert "Nobody has talked with them yet." in at_browser("rudi").get(TODAY).content.decode()
    said = at_browser("rudi", "id").get(TODAY).content.decode()
    assert "Belum pernah diajak bicara." in said


def test_whoever_refuses_keeps_nobody_else_of_their_household_from_being_heard(cast: Cast) -> None:
    sari = cast.actor("sari")
    joko, _sri = (
        do(sari, "listen.add_person", name=name, household="Pak Joko")["id"]
        for name in ("Joko", "Sri")
    )
    assert [row.name for row in suggest_people(sari)] == ["Joko"]

    do(sari, "listen.note_consent", person=joko, purpose="contact", answer="refused")

    assert [row.name for row in suggest_people(sari)] == ["Sri"]


def test_in_a_district_who_was_heard_meanwhile_is_not_suggested(
    cast: Cast, at_browser: LogIn, slamet: str, district: None
) -> None:
    wage = do(cast.actor("sari"), "listen.add_person", name="Wage")["id"]
    at_browser("rudi").get(TODAY)
    Runner().run_waiting()
    rudi = cast.actor("rudi")
    assert [row.name for row in suggest_people(rudi)] == ["Slamet", "Wage"]

    do(rudi, "listen.note_concern", person=wage, life_area="health", own_words="the well")

    assert [row.name for row in suggest_people(rudi)] == ["Slamet"]


def test_whom_two_named_and_nobody_heard_is_suggested_with_the_reason(
    at_browser: LogIn, slamet: str
) -> None:
    said = at_browser("rudi").get(TODAY).content.decode()
    assert "new acquaintance" in said
    assert "Never heard; 2 people named them." in said

    said = at_browser("rudi", "id").get(TODAY).content.decode()
    assert "kenalan baru" in said
    assert "Belum pernah didengar; 2 orang menyebut namanya." in said


def test_who_does_not_want_to_be_visited_is_not_suggested(cast: Cast, slamet: str) -> None:
    sari = cast.actor("sari")
    assert [row.name for row in suggest_people(sari)] == ["Slamet"]

    do(sari, "listen.note_consent", person=slamet, purpose="contact", answer="refused")

    assert suggest_people(sari) == ()


@pytest.mark.parametrize("result", ["met", "later"])
def test_who_was_met_or_put_off_does_not_come_back_today(
    cast: Cast, at_browser: LogIn, slamet: str, result: str
) -> None:
    browser = at_browser("rudi")
    answer = {"key": str(new_identifier()), "result": result}

    for _twice in range(2):
        browser.post(f"{TODAY}people/{slamet}/", answer)

    rudi = cast.actor("rudi")
    assert suggest_people(rudi) == ()
    assert listen.counts(rudi).encounters == (1 if result == "met" else 0)
    due = [(row.due_on, row.reasons[0]["code"]) for row in listen.visits(rudi)]
    expected = [(this_day() + timedelta(days=7), "first_talk")]
    assert due == (expected if result == "later" else [])


def test_a_tie_fades_where_several_lean_on_somebody_long_unmet(cast: Cast) -> None:
    sari = cast.actor("sari")
    people = [do(sari, "listen.add_person", name=f"Warga {each}")["id"] for each in range(6)]
    for other in people[1:]:
        do(sari, "map.report_tie", from_person=people[0], to_person=other, kind="kin")
    held_on = str(this_day() - timedelta(days=47))
    met = [{"person": people[0]}]
    do(sari, "listen.record_encounter", kind="house_visit", held_on=held_on, participants=met)

    found = suggest_people(sari)[0]

    assert (found.rule, found.name) == ("tie_fading", "Warga 0")
    assert found.reasons[0]["facts"] == {"days": 47, "ties": 5}


def test_whom_a_colleague_is_about_to_visit_is_left_to_them(cast: Cast, slamet: str) -> None:
    visit = {"person": slamet, "planned_on": str(this_day())}
    do(cast.actor("sari"), "listen.plan_visits", visits=[visit])

    assert suggest_people(cast.actor("rudi")) == ()


def test_a_field_worker_is_sent_to_nobody_outside_their_hamlet(cast: Cast, slamet: str) -> None:
    assert [row.name for row in suggest_people(cast.actor("sari"))] == ["Slamet"]
    assert suggest_people(cast.actor("budi", "krajan")) == ()


def answer(browser: Client, person: str, result: str, **more: object) -> str:
    data = {"key": str(new_identifier()), "result": result, **more}
    return browser.post(f"{TODAY}people/{person}/", data, follow=True).content.decode()


def test_whom_a_worker_does_not_want_to_meet_is_not_suggested_until_taken_back(
    cast: Cast, at_browser: LogIn, slamet: str
) -> None:
    browser = at_browser("rudi")

    said = answer(browser, slamet, "not_this_person")

    assert "1 person you set aside" in said
    assert suggest_people(cast.actor("rudi")) == ()
    entry = re.search(r'name="entry" value="([^"]+)"', said)
    assert entry is not None
    browser.post("/c/sukamaju/undo/", {"key": str(new_identifier()), "entry": entry[1]})
    assert [row.name for row in suggest_people(cast.actor("rudi"))] == ["Slamet"]


def test_whom_a_worker_does_not_want_to_meet_is_theirs_to_know(
    cast: Cast, at_browser: LogIn, slamet: str
) -> None:
    answer(at_browser("rudi"), slamet, "not_this_person")

    assert answers(cast.actor("sari"), this_day()) == ()
    assert len(suggest_people(cast.actor("sari"))) == 1


def test_somebody_else_is_asked_by_name_and_for_a_month(
    cast: Cast, at_browser: LogIn, slamet: str
) -> None:
    answer(at_browser("rudi"), slamet, "somebody_else")

    assert suggest_people(cast.actor("rudi")) == ()
    said = at_browser("sari").get(TODAY).content.decode()
    assert "Rudi asks that someone else goes" in said
    in_a_month = this_day() + timedelta(days=31)
    assert len(suggest_people(cast.actor("rudi"), on=in_a_month)) == 1


def test_a_day_says_by_which_rules_and_in_which_order_it_was_made(
    at_browser: LogIn, slamet: str
) -> None:
    said = at_browser("rudi", "id").get(TODAY).content.decode()

    words = ("Janji.", "Penggerak.", "Ikatan memudar.", "Kenalan baru.", "Mulai jarang hadir.")
    assert [said.find(f">{word}<") for word in words] == sorted(
        said.find(f">{word}<") for word in words
    )
    assert all(f">{word}<" in said for word in words)


@pytest.fixture
def district(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three people are too many to look at while a page waits."""
    monkeypatch.setattr("guyub.cycle.start.analysis.suggestions.MOST_AT_ONCE", 2)


def test_a_district_is_looked_through_once_a_day_by_a_job(
    cast: Cast, at_browser: LogIn, slamet: str, district: None
) -> None:
    browser = at_browser("rudi")

    said = browser.get(TODAY).content.decode()
    assert "still being prepared" in said
    assert Runner().run_waiting() == 1

    said = browser.get(TODAY).content.decode()
    assert "still being prepared" not in said
    assert "Never heard; 2 people named them." in said
    assert Runner().run_waiting() == 0


def test_whoever_was_met_since_a_district_was_looked_through_is_not_suggested(
    cast: Cast, at_browser: LogIn, slamet: str, district: None
) -> None:
    at_browser("rudi").get(TODAY)
    Runner().run_waiting()

    answer(at_browser("sari"), slamet, "met")

    assert suggest_people(cast.actor("rudi")) == ()


def test_a_promise_due_is_suggested_in_a_district_before_it_was_looked_through(
    cast: Cast, slamet: str, district: None
) -> None:
    sari, day = cast.actor("sari"), this_day().isoformat()
    do(sari, "listen.make_promise", person=slamet, what="come", made_on=day, due_on=day)

    assert [row.rule for row in suggest_people(sari)] == ["promise_due"]
