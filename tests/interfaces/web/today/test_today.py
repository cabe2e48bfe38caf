"""Today: whom to meet and why, and turning a plan into visits."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from browsing import LogIn
from guyub.core.identifiers import new_identifier
from guyub.cycle.listen import queries as listen
from people import Cast, do
from starting import asked

START = "/c/sukamaju/start/"
VISITS = f"{START}visits/"
TODAY = "/c/sukamaju/today/"


def this_day() -> date:
    """Where the village lies."""
    return timezone.localdate(timezone=ZoneInfo("Asia/Jakarta"))


@pytest.fixture
def plan(cast: Cast, at_browser: LogIn) -> None:
    """Slamet, in the middle of eight others, stands first in a plan of two that Sari made."""
    sari = cast.actor("sari")
    names = ("Slamet", *(f"Warga {number}" for number in range(8)))
    people = [do(sari, "listen.add_person", name=name, phone="0812-345")["id"] for name in names]
    for other in people[1:]:
        do(
            sari,
            "map.report_tie",
            from_person=people[0],
            to_person=other,
            kind="kin",
            strength=5,
        )
    at_browser("sari").post(START, asked(2))


def wished(**more: object) -> dict[str, object]:
    day = this_day().isoformat()
    return {"key": str(new_identifier()), "begins_on": day, "each_day": 1, **more}


def planned(browser: Client, cast: Cast, **more: object) -> str:
    more = {"goes": str(cast.accounts["sari"].pk), **more}
    return browser.post(VISITS, wished(**more), follow=True).content.decode()


def first_visit(cast: Cast) -> listen.VisitRow:
    return listen.visits(cast.actor("sari"))[0]


def settle(browser: Client, visit: uuid.UUID, **data: object) -> str:
    data = {"key": str(new_identifier()), **data}
    return browser.post(f"{TODAY}{visit}/", data, follow=True).content.decode()


def test_where_nobody_is_noted_the_day_says_how_to_begin(at_browser: LogIn) -> None:
    said = at_browser("tini").get(TODAY).content.decode()

    assert "Nobody is noted here yet" in said
    assert "/c/sukamaju/people/new/" in said
    assert "/c/sukamaju/bring-in/" in said
    said = at_browser("budi").get("/c/krajan/today/").content.decode()
    assert "Nobody is noted here yet" in said
    assert "/bring-in/" not in said


def test_a_day_without_visits_says_where_they_come_from(cast: Cast, at_browser: LogIn) -> None:
    sari = cast.actor("sari")
    heard = do(sari, "listen.add_person", name="Slamet")["id"]
    do(sari, "listen.note_concern", person=heard, life_area="health", own_words="the well")

    said = at_browser("sari").get(TODAY).content.decode()

    assert "Nobody is waiting today" in said
    assert START in said


def test_a_plan_becomes_visits_with_its_reasons(cast: Cast, at_browser: LogIn, plan: None) -> None:
    said = planned(at_browser("sari"), cast)

    assert "2 visits are planned." in said
    assert "Number 1 in the starting plan;" in said
    assert "tied to 8 people" in said
    assert 'href="tel:0812345"' in said
    assert 'href="https://wa.me/62812345"' in said
    assert said.index("Slamet") < said.index("In the days to come")


def test_visits_speak_indonesian(cast: Cast, at_browser: LogIn, plan: None) -> None:
    said = planned(at_browser("sari", "id"), cast)

    assert "2 kunjungan direncanakan." in said
    assert "Penggerak nomor 1" in said


def test_planning_the_same_people_again_plans_nobody_twice(
    cast: Cast, at_browser: LogIn, plan: None
) -> None:
    browser = at_browser("sari")
    planned(browser, cast)

    said = planned(browser, cast)

    assert "2 people already had a visit planned." in said
    assert len(listen.visits(cast.actor("sari"))) == 2


def test_visits_are_not_planned_for_the_past(cast: Cast, at_browser: LogIn, plan: None) -> None:
    yesterday = (this_day() - timedelta(days=1)).isoformat()

    said = planned(at_browser("sari"), cast, begins_on=yesterday)

    assert "Choose today or a later day." in said
    assert listen.visits(cast.actor("sari")) == ()


def test_planned_visits_are_taken_back_in_one_go(cast: Cast, at_browser: LogIn, plan: None) -> None:
    browser = at_browser("sari")
    said = planned(browser, cast)
    entry = re.search(r'name="entry" value="([^"]+)"', said)
    assert entry is not None

    undo = {"key": str(new_identifier()), "entry": entry[1]}
    browser.post("/c/sukamaju/undo/", undo)

    assert listen.visits(cast.actor("sari")) == ()


def test_having_met_is_an_encounter_and_ends_the_visit(
    cast: Cast, at_browser: LogIn, plan: None
) -> None:
    browser = at_browser("sari")
    planned(browser, cast)
    visit = first_visit(cast)

    said = settle(browser, visit.id, result="met")

    assert "Your meeting with Slamet is noted." in said
    assert first_visit(cast).id != visit.id
    assert listen.person(cast.actor("sari"), visit.person).encounters == 1


def test_pressing_twice_notes_one_encounter(cast: Cast, at_browser: LogIn, plan: None) -> None:
    browser = at_browser("sari")
    planned(browser, cast)
    visit, key = first_visit(cast), str(new_identifier())

    settle(browser, visit.id, result="met", key=key)
    answer = browser.post(f"{TODAY}{visit.id}/", {"key": key, "result": "met"})

    assert answer.status_code == 302
    assert listen.person(cast.actor("sari"), visit.person).encounters == 1


def test_a_visit_put_off_comes_again_on_its_day(cast: Cast, at_browser: LogIn, plan: None) -> None:
    browser = at_browser("sari")
    planned(browser, cast)
    visit = first_visit(cast)

    said = settle(browser, visit.id, result="later", days=7)

    assert "put off" in said
    found = {row.id: row.due_on for row in listen.visits(cast.actor("sari"))}
    assert found[visit.id] == this_day() + timedelta(days=7)


def test_whoever_is_dropped_is_not_on_the_list(cast: Cast, at_browser: LogIn, plan: None) -> None:
    browser = at_browser("sari")
    planned(browser, cast)
    visit = first_visit(cast)

    settle(browser, visit.id, result="dropped")

    assert visit.id not in {row.id for row in listen.visits(cast.actor("sari"))}


def test_a_planner_sees_whom_colleagues_meet(cast: Cast, at_browser: LogIn, plan: None) -> None:
    said = planned(at_browser("sari"), cast, goes=str(cast.accounts["rudi"].pk))

    assert "Your colleagues meet" in said
    assert "Rudi" in said
    assert "Meet today" in at_browser("rudi").get(TODAY).content.decode()


def test_the_network_is_there_as_a_table(at_browser: LogIn, plan: None) -> None:
    said = at_browser("sari").get(f"{START}table/").content.decode()

    assert said.index("Slamet") < said.index("Warga 0")
    assert "Page 1 of 1" in said


def test_whoever_has_begun_is_counted_and_put_back(
    cast: Cast, at_browser: LogIn, plan: None
) -> None:
    browser, slamet = at_browser("sari"), str(first_person(cast))

    said = browser.post(START, asked(active=slamet), follow=True).content.decode()
    assert "Has begun already" in said

    said = browser.post(
        START,
        asked(active=slamet, put_back=slamet),
        follow=True,
    ).content.decode()
    assert "Has begun already" not in said


def first_person(cast: Cast) -> uuid.UUID:
    return next(row.id for row in listen.all_people(cast.actor("sari")) if row.name == "Slamet")


def test_a_visit_to_somebody_who_refuses_is_not_made_but_dropped(
    cast: Cast, at_browser: LogIn
) -> None:
    sari, browser = cast.actor("sari"), at_browser("sari")
    siti = do(sari, "listen.add_person", name="Siti", phone="0812-777")["id"]
    do(sari, "listen.plan_visits", visits=[{"person": siti, "planned_on": this_day()}])
    assert "tel:0812777" in browser.get(TODAY).content.decode()

    do(sari, "listen.note_consent", person=siti, purpose="contact", answer="refused")

    said = browser.get(TODAY).content.decode()
    assert "Does not want visits." in said
    assert "tel:0812777" not in said
    (address,) = re.findall(rf'action="({TODAY}[0-9a-f-]{{36}}/)"', said)
    browser.post(address, {"key": str(new_identifier()), "result": "dropped"})
    assert listen.visits(sari) == ()
    assert (
        "Siti" not in browser.get(TODAY).content.decode().split("<main")[1].split('role="status')[0]
    )


def test_of_many_visits_of_colleagues_a_few_are_shown_and_the_others_one_tap_further(
    cast: Cast, at_browser: LogIn
) -> None:
    rudi = cast.actor("rudi")
    people = [do(rudi, "listen.add_person", name=f"Siti {n:02}")["id"] for n in range(14)]
    day = this_day()
    visits = [
        {"person": person, "planned_on": str(day - timedelta(days=20 - number))}
        for number, person in enumerate(people)
    ]
    do(rudi, "listen.plan_visits", visits=visits)

    said = at_browser("sari").get(TODAY).content.decode()
    assert "Siti 11" in said
    assert "Siti 12" not in said
    (more,) = re.findall(r'href="([^"]*#others)"', said)

    said = at_browser("sari").get(f"{TODAY}{more}".replace("&amp;", "&")).content.decode()
    assert "Siti 13" in said
    assert "#others" not in said
    assert "Siti 13" in at_browser("rudi").get(TODAY).content.decode()
