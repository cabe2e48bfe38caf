"""What a phone takes along of meetings, and what it says of who came."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from guyub.core.identifiers import new_identifier
from guyub.cycle.listen import queries as listen
from handset import Handset, deed, entry
from people import Cast, do


def this_day() -> date:
    """Where the hamlet lies."""
    return timezone.localdate(timezone=ZoneInfo("Asia/Jakarta"))


@pytest.fixture
def budi(cast: Cast) -> Handset:
    return Handset(cast, "budi").registered()


@pytest.fixture
def people(cast: Cast) -> list[str]:
    sari = cast.actor("sari", "krajan")
    names = ("Siti", "Sri", "Karso")
    return [str(do(sari, "listen.add_person", name=name)["id"]) for name in names]


def planned(cast: Cast, days: int = 0, **more: Any) -> str:
    sari = cast.actor("sari", "krajan")
    told = {"title": "Rembug", "planned_on": this_day() + timedelta(days=days), **more}
    return str(do(sari, "listen.plan_meeting", **told)["id"])


def meetings(handset: Handset) -> dict[str, dict[str, Any]]:
    return {row["id"]: row["data"] for row in handset.pull()["rows"] if row["kind"] == "meeting"}


def at_the_door(meeting: str, *people: str) -> dict[str, Any]:
    """What a phone notes of who came: each time that the meeting is held, too."""
    arrivals = [{"person": person} for person in people]
    return entry(
        deed("listen.hold_meeting", meeting=meeting),
        deed("listen.check_in", meeting=meeting, arrivals=arrivals),
    )


def test_a_phone_takes_along_who_is_expected_and_who_came(
    cast: Cast, budi: Handset, people: list[str]
) -> None:
    siti, sri, _karso = people
    meeting = planned(cast, invited=[siti, sri], begins_at="19:00", venue="Balai")
    (row,) = meetings(budi).values()
    assert (row["title"], row["state"], row["begins_at"]) == ("Rembug", "planned", "19:00:00")
    assert (set(row["invited"]), row["came"]) == ({siti, sri}, [])

    budi.push(at_the_door(meeting, siti))

    (row,) = meetings(budi).values()
    assert (row["state"], set(row["invited"]), row["came"]) == ("held", {siti, sri}, [siti])


def test_meetings_of_the_days_around_come_along_and_no_others(cast: Cast, budi: Handset) -> None:
    near = {planned(cast, days) for days in (-2, 0, 14)}
    for days in (-3, 15):
        planned(cast, days)
    off = planned(cast)
    do(cast.actor("sari", "krajan"), "listen.cancel_meeting", meeting=off, why="hujan")

    assert meetings(budi).keys() == near


def test_whoever_is_expected_comes_along_before_others(cast: Cast, people: list[str]) -> None:
    planned(cast, invited=[people[2]])
    budi = cast.actor("budi", "krajan")

    found = listen.bundle_for_phone(budi, this_day(), on=this_day(), limit=1)

    assert [str(each.person.id) for each in found.people] == [people[2]]


def test_of_a_meeting_a_phone_knows_only_whom_it_holds(cast: Cast, people: list[str]) -> None:
    planned(cast, invited=people)
    budi = cast.actor("budi", "krajan")

    found = listen.bundle_for_phone(budi, this_day(), on=this_day(), limit=2)

    (meeting,) = found.meetings
    assert set(meeting.invited) == {each.person.id for each in found.people}
    assert len(meeting.invited) == 2


def test_two_phones_at_one_door_note_everybody_once(
    cast: Cast, budi: Handset, people: list[str]
) -> None:
    siti, sri, karso = people
    meeting = planned(cast)
    rudi = Handset(cast, "sari").registered()

    outcomes = [
        receipt["outcome"]
        for phone, came in ((budi, (siti, sri)), (rudi, (sri, karso)), (budi, (siti,)))
        for receipt in phone.push(at_the_door(meeting, *came))
    ]

    assert outcomes == ["done"] * 3
    card = listen.meeting(cast.actor("sari", "krajan"), uuid.UUID(meeting))
    assert {(each.name, each.parts) for each in card.people} == {
        (name, ("present",)) for name in ("Siti", "Sri", "Karso")
    }
    assert card.meeting.came == 3


def test_who_came_to_a_meeting_that_was_cancelled_meanwhile_needs_a_look(
    cast: Cast, budi: Handset, people: list[str]
) -> None:
    meeting = planned(cast)
    do(cast.actor("sari", "krajan"), "listen.cancel_meeting", meeting=meeting, why="hujan")

    (receipt,) = budi.push(at_the_door(meeting, people[0]))

    assert receipt["outcome"] == "refused"
    assert "cancelled" in receipt["reason"]


def test_somebody_erased_meanwhile_is_at_no_door(
    cast: Cast, budi: Handset, people: list[str]
) -> None:
    meeting = planned(cast, invited=people)
    do(cast.actor("sari", "krajan"), "listen.erase_person", person=people[0], why="asked")

    (row,) = meetings(budi).values()
    assert people[0] not in row["invited"]
    (receipt,) = budi.push(at_the_door(meeting, people[0]))
    assert receipt["outcome"] == "erased"


def test_somebody_new_is_noted_and_comes_in_one_entry(cast: Cast, budi: Handset) -> None:
    meeting, person = planned(cast), str(new_identifier())
    noted = at_the_door(meeting, person)
    noted["deeds"].insert(0, deed("listen.add_person", id=person, name="Wayan"))

    (receipt,) = budi.push(noted)

    assert receipt["outcome"] == "done"
    assert meetings(budi)[meeting]["came"] == [person]


def test_a_phone_knows_who_does_not_want_to_be_visited(
    cast: Cast, budi: Handset, people: list[str]
) -> None:
    no = {"purpose": "contact", "answer": "refused"}
    do(cast.actor("sari", "krajan"), "listen.note_consent", person=people[0], **no)

    assert [budi.person(each)["unwilling"] for each in people] == [True, False, False]
