"""Meetings on their pages: planned, begun, checked in at the door; and the calendar."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from browsing import LogIn
from guyub.core.models import LogEntry
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.vocabulary import Part
from guyub.cycle.listen.vocabulary.meetings import MeetingState
from people import Cast, do

HTMX = {"HX-Request": "true"}


def today() -> str:
    return str(timezone.localdate())


def key() -> str:
    return str(uuid.uuid4())


def plan(cast: Cast, *invited: str, **more: Any) -> str:
    told = {"title": "The well", "planned_on": today(), "invited": invited} | more
    return do(cast.actor("sari"), "listen.plan_meeting", **told)["id"]


def person(cast: Cast, name: str) -> str:
    return do(cast.actor("sari"), "listen.add_person", name=name)["id"]


def at(meeting: str, rest: str = "") -> str:
    return f"/c/sukamaju/meetings/{meeting}/{rest}"


def begun(cast: Cast, *invited: str) -> str:
    meeting = plan(cast, *invited)
    do(cast.actor("sari"), "listen.hold_meeting", meeting=meeting)
    return meeting


def test_a_meeting_is_planned_for_a_group(cast: Cast, at_browser: LogIn) -> None:
    do(cast.actor("sari"), "listen.add_person", name="Sri", groups="PKK")
    form = {"key": key(), "title": "Posyandu", "kind": "service", "planned_on": today()}
    more = {"begins_at": "08:00", "venue": "Balai desa", "group": "PKK"}

    client = at_browser("rudi")
    answer = client.post("/c/sukamaju/meetings/new/", form | more)

    page = client.get(answer.headers["Location"]).content.decode()
    assert "Posyandu" in page
    assert "08.00, Balai desa" in " ".join(page.split())
    assert ">Sri<" in page


def test_what_is_missing_is_said_at_its_field(cast: Cast, at_browser: LogIn) -> None:
    form = {"key": key(), "title": "X", "kind": "meeting", "planned_on": today()}
    page = at_browser("rudi").post("/c/sukamaju/meetings/new/", form | {"ends_at": "09:00"})

    assert "The end must be after the start." in page.content.decode()


def test_whoever_comes_is_tapped_and_taken_back_with_another_tap(
    cast: Cast, at_browser: LogIn
) -> None:
    client, sri = at_browser("rudi"), person(cast, "Sri")
    meeting = plan(cast, sri)
    client.post(at(meeting, "begin/"), {"key": key()})

    page = client.post(at(meeting, "arrive/"), {"key": key(), "person": sri}, headers=HTMX)
    content = page.content.decode()
    assert "1 here, 1 were invited" in content
    assert "<html" not in content
    entry = re.search(r'name="entry" value="([0-9a-f-]+)"', content)
    assert entry

    client.post(at(meeting, "take-back/"), {"key": key(), "entry": entry[1]}, headers=HTMX)
    card = listen.meeting(cast.actor("sari"), uuid.UUID(meeting))
    assert [each.came for each in card.people] == [False]


def test_the_same_tap_sent_twice_counts_once(cast: Cast, at_browser: LogIn) -> None:
    client, meeting, same = at_browser("rudi"), begun(cast), key()
    for _each in range(2):
        client.post(at(meeting, "newcomer/"), {"key": same, "name": "Wagiyem"}, headers=HTMX)

    card = listen.meeting(cast.actor("sari"), uuid.UUID(meeting))
    assert [(each.name, each.came) for each in card.people] == [("Wagiyem", True)]


def test_who_brought_somebody_and_what_they_did_is_noted(cast: Cast, at_browser: LogIn) -> None:
    client, sri, joko = at_browser("rudi"), person(cast, "Sri"), person(cast, "Joko")
    meeting = begun(cast, sri)
    client.post(at(meeting, "arrive/"), {"key": key(), "person": sri})
    told = {"key": key(), "person": joko, "part": "spoke", "brought_by": sri}
    client.post(at(meeting, "arrive/"), told)

    page = client.get(at(meeting)).content.decode()
    card = listen.meeting(cast.actor("sari"), uuid.UUID(meeting))
    assert "brought by Sri" in page
    assert card.people[0].parts == (Part.SPOKE,)


def test_others_are_found_by_a_few_letters(cast: Cast, at_browser: LogIn) -> None:
    client, sri = at_browser("rudi"), person(cast, "Sri Rejeki")
    meeting = plan(cast)
    found = client.get(at(meeting), {"text": "sri rej"}, headers=HTMX).content.decode()
    assert "Sri Rejeki" in found

    client.post(at(meeting, "invite/"), {"key": key(), "person": sri}, headers=HTMX)
    assert listen.meeting(cast.actor("sari"), uuid.UUID(meeting)).meeting.invited == 1


def test_minutes_and_decisions_stand_on_the_page(cast: Cast, at_browser: LogIn) -> None:
    client, meeting = at_browser("sari"), begun(cast)
    client.post(at(meeting, "minutes/"), {"key": key(), "head_count": "40", "summary": "long"})
    client.post(at(meeting, "decide/"), {"key": key(), "decided": "to dig on Sunday"})

    page = client.get(at(meeting)).content.decode()
    assert "to dig on Sunday" in page
    assert "long</textarea>" in page
    assert 'value="40"' in page


def test_who_does_what_was_decided_is_named_with_the_day(cast: Cast, at_browser: LogIn) -> None:
    client, sri = at_browser("sari"), person(cast, "Sri")
    meeting = begun(cast)
    do(cast.actor("sari"), "listen.check_in", meeting=meeting, arrivals=[{"person": sri}])
    told = {"key": key(), "decided": "to dig", "owner": sri, "due_on": today()}

    page = client.post(at(meeting, "decide/"), told, follow=True).content.decode()

    decided = page[page.index("to dig") :]
    assert decided.index("Sri") < decided.index("by ")
    said = client.get("/c/sukamaju/today/").content.decode()
    assert "Promised: to dig" in said


def test_whoever_was_not_there_is_found_by_name_to_do_it(cast: Cast, at_browser: LogIn) -> None:
    client, meeting = at_browser("sari"), begun(cast)
    joko = person(cast, "Joko Susilo")
    for name in ("Sri Rejeki", "Sri Lestari"):
        person(cast, name)

    def decide(**told: str) -> str:
        told = {"key": key(), "decided": "to dig", **told}
        return client.post(at(meeting, "decide/"), told, follow=True).content.decode()

    assert "Nobody else here has that name." in decide(other="Wage")
    page = decide(other="Sri")
    assert "Several people have that name: choose one." in page
    assert "Sri Rejeki" in page
    assert listen.meeting(cast.actor("sari"), uuid.UUID(meeting)).decisions == ()
    decide(other="joko")
    decide(owner=joko)
    decide(owner="me")
    decide()

    decisions = listen.meeting(cast.actor("sari"), uuid.UUID(meeting)).decisions
    assert [each.owner for each in decisions] == ["Joko Susilo", "Joko Susilo", ""]


def test_what_another_noted_in_confidence_is_neither_shown_nor_overwritten(
    cast: Cast, at_browser: LogIn
) -> None:
    do(cast.actor("tini"), "core.grant_role", account=cast.accounts["budi"].pk, role="field_worker")
    client, meeting = at_browser("budi"), begun(cast)
    told = {"meeting": meeting, "summary": "a secret"}
    do(cast.actor("sari"), "listen.write_minutes", **told)

    page = client.get(at(meeting)).content.decode()
    assert "a secret" not in page
    assert "noted in confidence by someone else" in page
    client.post(at(meeting, "minutes/"), {"key": key(), "head_count": "9", "summary": "mine"})

    card = listen.meeting(cast.actor("sari"), uuid.UUID(meeting))
    assert (card.head_count, card.summary) == (9, "a secret")


def test_a_cancelled_meeting_says_why_and_comes_back(cast: Cast, at_browser: LogIn) -> None:
    client, meeting = at_browser("sari"), plan(cast)
    client.post(at(meeting, "cancel/"), {"key": key(), "why": "a funeral"})
    page = client.get(at(meeting)).content.decode()
    assert "This meeting does not take place." in page
    assert "a funeral" in page

    entry = listen.meeting(cast.actor("sari"), uuid.UUID(meeting)).cancelled_in
    client.post("/c/sukamaju/undo/", {"key": key(), "entry": entry, "next": at(meeting)})
    row = listen.meeting(cast.actor("sari"), uuid.UUID(meeting)).meeting
    assert row.state == MeetingState.PLANNED


def test_a_meeting_is_moved(cast: Cast, at_browser: LogIn) -> None:
    client, meeting = at_browser("sari"), plan(cast, begins_at="19:00")
    form = {"key": key(), "title": "The well", "planned_on": today(), "begins_at": "20:00"}
    client.post(at(meeting, "change/"), form | {"venue": "Pak Made"})

    assert "20.00, Pak Made" in " ".join(client.get(at(meeting)).content.decode().split())


def test_the_sheet_has_a_line_for_each_and_empty_ones(cast: Cast, at_browser: LogIn) -> None:
    meeting = plan(cast, person(cast, "Sri"))
    page = at_browser("sari").get(at(meeting, "sheet/")).content.decode()

    assert "<td>1</td><td>Sri</td>" in page
    assert "<td>16</td><td></td>" in page


def test_the_grid_shows_who_came(cast: Cast, at_browser: LogIn) -> None:
    sari, sri = cast.actor("sari"), person(cast, "Sri")
    meeting = plan(cast, sri, group="PKK")
    do(sari, "listen.hold_meeting", meeting=meeting)
    do(sari, "listen.check_in", meeting=meeting, arrivals=[{"person": sri}])

    page = at_browser("sari").get("/c/sukamaju/attendance/").content.decode()
    assert "Sri" in page
    assert "came" in page


def test_the_month_shows_meetings_and_ones_own_visits(cast: Cast, at_browser: LogIn) -> None:
    plan(cast)
    sri = person(cast, "Sri")
    visit = {"person": sri, "planned_on": today()}
    do(cast.actor("sari"), "listen.plan_visits", visits=[visit])

    client = at_browser("sari")
    page = client.get("/c/sukamaju/calendar/").content.decode()
    assert "The well" in page
    assert "Meet Sri" in page
    assert (
        "Nothing is planned" in client.get("/c/sukamaju/calendar/?month=2001-01").content.decode()
    )
    for wrong in ("x", "2026-13", "0001-01", "9999-12"):
        assert client.get(f"/c/sukamaju/calendar/?month={wrong}").status_code == 400


def test_today_leads_to_the_door_of_todays_meeting(cast: Cast, at_browser: LogIn) -> None:
    meeting = plan(cast)
    assert at(meeting) in at_browser("sari").get("/c/sukamaju/today/").content.decode()


def link(client: Client, **more: str) -> str:
    page = client.post("/c/sukamaju/calendar/link/", {"key": key()} | more).content.decode()
    found = re.search(r'value="http://testserver(/calendar/[^"]+)"', page)
    assert found
    return found[1]


@pytest.mark.parametrize("telling", [True, False])
def test_a_calendar_program_reads_meetings_without_any_name_of_people(
    cast: Cast, at_browser: LogIn, telling: bool
) -> None:
    plan(cast, person(cast, "Sri"), begins_at="19:30", venue="Pak Made")
    plan(cast, title="Work day")
    address = link(at_browser("wati"), **({"telling": "on"} if telling else {}))

    answer = Client().get(address)
    feed = Calendar.from_ical(answer.content)
    events = sorted(feed.walk("VEVENT"), key=lambda event: str(event["DTSTART"].dt))

    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert b"Sri" not in answer.content
    assert (b"The well" in answer.content, b"Pak Made" in answer.content) == (telling, telling)
    assert len(events) == 2
    hours = [event for event in events if hasattr(event["DTSTART"].dt, "hour")]
    assert [event["DTSTART"].dt.strftime("%H:%M%z") for event in hours] == ["12:30+0000"]


def test_a_link_counts_until_it_is_closed_or_made_anew(cast: Cast, at_browser: LogIn) -> None:
    client = at_browser("wati")
    first, second = link(client), link(client)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200

    client.post("/c/sukamaju/calendar/link/", {"key": key(), "close": "1"})
    assert Client().get(second).status_code == 404


def test_a_link_ends_with_the_account(cast: Cast, at_browser: LogIn) -> None:
    address = link(at_browser("wati"))
    do(cast.actor("sari"), "core.close_account", account=cast.accounts["wati"].pk)

    assert Client().get(address).status_code == 404


def test_the_secret_of_a_link_stands_in_no_log(cast: Cast, at_browser: LogIn) -> None:
    secret = link(at_browser("sari")).split("/")[-1].removesuffix(".ics")

    page = at_browser("sari").get("/c/sukamaju/log/").content.decode()
    assert "made a secret link for a calendar program" in page
    assert secret not in page


def test_meetings_and_who_comes_lie_in_the_calendar(cast: Cast, at_browser: LogIn) -> None:
    meeting, client = plan(cast, group="PKK"), at_browser("sari")

    for address in (at(meeting), "/c/sukamaju/attendance/"):
        page = client.get(address).content.decode()
        current = re.search(r'href="([^"]+)"[^>]*aria-current="page"', page)
        assert current
        assert current[1] == "/c/sukamaju/calendar/"


def test_who_wrote_the_minutes_reads_them_again_and_corrects_them(
    cast: Cast, at_browser: LogIn
) -> None:
    meeting, client = begun(cast, person(cast, "Sri")), at_browser("sari")
    client.post(at(meeting, "minutes/"), {"key": key(), "summary": "The well is low."})
    assert "The well is low." in client.get(at(meeting)).content.decode()

    client.post(at(meeting, "minutes/"), {"key": key(), "summary": "The well is dry."})

    page = client.get(at(meeting)).content.decode()
    assert "The well is dry." in page
    assert "The well is low." not in page
    do(cast.actor("sari"), "core.withdraw_entry", entry=str(LogEntry.objects.latest("at").entry))
    assert "The well is low." in client.get(at(meeting)).content.decode()
