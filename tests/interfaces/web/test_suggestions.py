"""Whom to meet today and why, without anybody having planned it."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from browsing import LogIn
from guyub.core.identifiers import new_identifier
from guyub.cycle.listen import queries as listen
from guyub.cycle.start.analysis import whom_to_meet
from people import Cast, do

TODAY = "/c/sukamaju/today/"


def this_day() -> date:
    """Where the village lies."""
    return timezone.localdate(timezone=ZoneInfo("Asia/Jakarta"))


@pytest.fixture
def slamet(cast: Cast) -> str:
    """Named by two, and met by nobody."""
    sari = cast.actor("sari")
    slamet, *others = (
        do(sari, "listen.add_person", name=name)["id"] for name in ("Slamet", "Sri", "Joko")
    )
    for other in others:
        do(sari, "map.report_tie", from_person=other, to_person=slamet, kind="nomination")
    return slamet


def test_whom_two_named_and_nobody_met_is_suggested_with_the_reason(
    at_browser: LogIn, slamet: str
) -> None:
    said = at_browser("rudi").get(TODAY).content.decode()
    assert "new acquaintance" in said
    assert "Never heard; 2 people named them." in said

    said = at_browser("rudi", "id").get(TODAY).content.decode()
    assert "kenalan baru" in said
    assert "Belum pernah didengar; 2 orang menyebut namanya." in said


@pytest.mark.parametrize("result", ["met", "later"])
def test_who_was_met_or_put_off_does_not_come_back_today(
    cast: Cast, at_browser: LogIn, slamet: str, result: str
) -> None:
    browser = at_browser("rudi")
    answer = {"key": str(new_identifier()), "result": result}

    for _twice in range(2):
        browser.post(f"{TODAY}people/{slamet}/", answer)

    rudi = cast.actor("rudi")
    assert whom_to_meet(rudi) == ()
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

    (found,) = whom_to_meet(sari)

    assert (found.rule, found.name) == ("tie_fading", "Warga 0")
    assert found.reasons[0]["facts"] == {"days": 47, "ties": 5}


def test_whom_a_colleague_is_about_to_visit_is_left_to_them(cast: Cast, slamet: str) -> None:
    visit = {"person": slamet, "planned_on": str(this_day())}
    do(cast.actor("sari"), "listen.plan_visits", visits=[visit])

    assert whom_to_meet(cast.actor("rudi")) == ()


def test_a_field_worker_is_sent_to_nobody_outside_their_hamlet(cast: Cast, slamet: str) -> None:
    assert [row.name for row in whom_to_meet(cast.actor("sari"))] == ["Slamet"]
    assert whom_to_meet(cast.actor("budi", "krajan")) == ()
