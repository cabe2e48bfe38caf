"""Meetings: planned, held, cancelled; who was expected and who came."""

from __future__ import annotations

import uuid
from datetime import date, time
from typing import Any

import pytest

from guyub.core.action import Deed, perform
from guyub.core.actor import Actor
from guyub.core.errors import Invalid, Missing, Refused
from guyub.cycle.listen import queries
from guyub.cycle.listen.vocabulary import Part
from guyub.cycle.listen.vocabulary.meetings import MeetingState
from people import Cast, do

DAY = "2026-05-04"


def person(actor: Actor, name: str, **more: Any) -> str:
    return do(actor, "listen.add_person", name=name, **more)["id"]


def plan(actor: Actor, title: str = "The well", **more: Any) -> str:
    return do(actor, "listen.plan_meeting", **({"title": title, "planned_on": DAY} | more))["id"]


def hold(actor: Actor, meeting: str, *people: str) -> None:
    do(actor, "listen.hold_meeting", meeting=meeting)
    if people:
        arrivals = [{"person": each} for each in people]
        do(actor, "listen.check_in", meeting=meeting, arrivals=arrivals)


def test_whoever_belongs_to_a_group_is_invited_with_those_named(cast: Cast) -> None:
    sari = cast.actor("sari")
    person(sari, "Sri", groups="PKK, Yasinan")
    person(sari, "Joko", groups="PKK Dusun")
    slamet = person(sari, "Slamet")

    card = queries.meeting(sari, plan(sari, group="pkk", invited=[slamet]))

    assert [(each.name, each.invited, each.came) for each in card.people] == [
        ("Slamet", True, False),
        ("Sri", True, False),
    ]
    assert card.meeting.state == MeetingState.PLANNED
    assert card.meeting.invited == 2


def test_whoever_came_is_noted_once_with_all_they_did(cast: Cast) -> None:
    sari = cast.actor("sari")
    slamet, sri = person(sari, "Slamet"), person(sari, "Sri")
    meeting = plan(sari, invited=[slamet])
    hold(sari, meeting, slamet)
    arrivals = [
        {"person": slamet},
        {"person": slamet, "part": "spoke"},
        {"person": sri, "brought_by": slamet},
    ]

    told = do(sari, "listen.check_in", meeting=meeting, arrivals=arrivals)

    card = queries.meeting(sari, meeting)
    assert told == {"arrived": 2}
    assert [(each.name, each.parts) for each in card.people] == [
        ("Slamet", (Part.PRESENT, Part.SPOKE)),
        ("Sri", (Part.PRESENT,)),
    ]
    assert str(card.people[1].brought_by) == slamet
    assert (card.meeting.state, card.meeting.came) == (MeetingState.HELD, 2)


def test_a_meeting_begun_on_two_phones_is_one_encounter(cast: Cast) -> None:
    sari, rudi = cast.actor("sari"), cast.actor("rudi")
    meeting = plan(sari)

    assert do(sari, "listen.hold_meeting", meeting=meeting) == do(
        rudi, "listen.hold_meeting", meeting=meeting
    )
    assert len(queries.encounters(sari)) == 1


def test_what_was_held_or_cancelled_is_not_planned_anew(cast: Cast) -> None:
    sari = cast.actor("sari")
    held, cancelled = plan(sari), plan(sari)
    hold(sari, held)
    do(sari, "listen.cancel_meeting", meeting=cancelled, why="rain")

    for meeting in (held, cancelled):
        for action, more in (
            ("change_meeting", {"venue": "here"}),
            ("cancel_meeting", {}),
            ("invite", {"people": [person(sari, "Sri")]}),
        ):
            with pytest.raises(Refused):
                do(sari, f"listen.{action}", meeting=meeting, **more)
    with pytest.raises(Refused):
        do(sari, "listen.hold_meeting", meeting=cancelled)


def test_cancelling_is_taken_back_like_any_fact(cast: Cast) -> None:
    sari = cast.actor("sari")
    meeting = plan(sari)
    do(sari, "listen.cancel_meeting", meeting=meeting, why="rain")
    card = queries.meeting(sari, meeting)
    assert (card.meeting.state, card.why_cancelled) == (MeetingState.CANCELLED, "rain")

    do(sari, "core.withdraw_entry", entry=card.cancelled_in, reason="it stopped")

    assert queries.meeting(sari, meeting).meeting.state == MeetingState.PLANNED


def test_a_meeting_is_moved_and_moved_back(cast: Cast) -> None:
    sari = cast.actor("sari")
    meeting = plan(sari, begins_at="19:30", venue="the mosque")

    changed = do(
        sari, "listen.change_meeting", meeting=meeting, planned_on="2026-05-06", begins_at="20:00"
    )
    row = queries.meeting(sari, meeting).meeting
    assert changed == {"fields": ["planned_on", "begins_at"]}
    assert (row.planned_on, row.begins_at) == (date(2026, 5, 6), time(20))

    from guyub.core.models import LogEntry

    last = LogEntry.objects.filter(action="listen.change_meeting").latest("number")
    do(sari, "core.withdraw_entry", entry=last.entry, reason="a slip")
    row = queries.meeting(sari, meeting).meeting
    assert (row.planned_on, row.begins_at) == (date(2026, 5, 4), time(19, 30))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "one_on_one"}, "kind"),
        ({"ends_at": "20:00"}, "ends_at"),
        ({"begins_at": "20:00", "ends_at": "19:00"}, "ends_at"),
        ({"title": ""}, "title"),
    ],
)
def test_what_cannot_be_planned_is_said(cast: Cast, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as told:
        plan(cast.actor("sari"), **wrong)
    assert field in told.value.fields


def test_nobody_comes_to_a_meeting_that_has_not_begun_or_lies_ahead(cast: Cast) -> None:
    sari = cast.actor("sari")
    slamet, meeting = person(sari, "Slamet"), plan(sari)
    with pytest.raises(Refused):
        do(sari, "listen.check_in", meeting=meeting, arrivals=[{"person": slamet}])
    with pytest.raises(Refused):
        do(sari, "listen.hold_meeting", meeting=plan(sari, planned_on="2126-05-04"))


def test_minutes_are_written_anew_and_read_by_who_may(cast: Cast) -> None:
    sari, rudi, budi = cast.actor("sari"), cast.actor("rudi"), cast.actor("budi", "krajan")
    meeting = plan(budi)
    hold(budi, meeting, person(budi, "Sri"))
    do(budi, "listen.write_minutes", meeting=meeting, head_count=40, summary="first")
    do(budi, "listen.write_minutes", meeting=meeting, head_count=41, summary="second")

    card = queries.meeting(rudi, meeting)
    assert (card.head_count, card.meeting.came, card.summary) == (41, 41, "second")
    assert queries.meeting(budi, meeting).summary == "second"

    theirs = plan(sari)
    hold(sari, theirs)
    do(sari, "listen.write_minutes", meeting=theirs, summary="in confidence")
    with pytest.raises(Missing):
        queries.meeting(budi, theirs)


def test_fewer_heads_than_names_are_refused(cast: Cast) -> None:
    sari = cast.actor("sari")
    meeting = plan(sari)
    hold(sari, meeting, person(sari, "Sri"), person(sari, "Slamet"))

    with pytest.raises(Invalid):
        do(sari, "listen.write_minutes", meeting=meeting, head_count=1)


def test_decisions_stand_in_their_order(cast: Cast) -> None:
    sari = cast.actor("sari")
    meeting = plan(sari)
    hold(sari, meeting)
    for decided in ("to dig", "to ask for pipes"):
        do(sari, "listen.note_decision", meeting=meeting, decided=decided)

    card = queries.meeting(sari, meeting)
    assert [each.decided for each in card.decisions] == ["to dig", "to ask for pipes"]


def test_who_does_what_was_decided_has_promised_it(cast: Cast) -> None:
    sari = cast.actor("sari")
    meeting, sri = plan(sari), person(sari, "Sri")
    hold(sari, meeting, sri)
    told = {"meeting": meeting, "decided": "to dig", "owner": sri, "due_on": "2026-05-18"}

    do(sari, "listen.note_decision", **told)

    (decided,) = queries.meeting(sari, meeting).decisions
    assert (decided.owner, str(decided.person)) == ("Sri", sri)
    assert decided.due_on == date(2026, 5, 18)
    (promise,) = queries.promises_due(sari, until=date(2026, 5, 18))
    assert (promise.name, promise.promise.what) == ("Sri", "to dig")
    do(
        sari,
        "listen.settle_promise",
        promise=promise.promise.id,
        outcome="kept",
        noted_on="2026-05-18",
    )
    assert queries.meeting(sari, meeting).decisions[0].outcome == "kept"


def test_a_decision_taken_back_takes_the_promise_along(cast: Cast) -> None:
    sari = cast.actor("sari")
    meeting, sri = plan(sari), person(sari, "Sri")
    hold(sari, meeting)
    told = {"meeting": meeting, "decided": "to dig", "owner": sri}
    (receipt,) = perform(sari, [Deed(action="listen.note_decision", data=told)])

    do(sari, "core.withdraw_entry", entry=receipt.entry)

    assert queries.meeting(sari, meeting).decisions == ()
    assert queries.person(sari, uuid.UUID(sri)).promises == ()


def test_what_a_worker_does_themselves_is_promised_to_whoever_hosted(cast: Cast) -> None:
    sari = cast.actor("sari")
    meeting = plan(sari)
    sri, joko = person(sari, "Sri"), person(sari, "Joko")
    hold(sari, meeting, sri, joko)
    hosted = [{"person": joko, "part": "hosted"}]
    do(sari, "listen.check_in", meeting=meeting, arrivals=hosted)

    do(sari, "listen.note_decision", meeting=meeting, decided="to write", by_worker=True)

    (decided,) = queries.meeting(sari, meeting).decisions
    assert (decided.owner, decided.person) == ("Sari", None)
    (promise,) = queries.person(sari, uuid.UUID(joko)).promises
    assert promise.by_worker


def test_a_decision_has_one_owner_and_a_day_only_with_one(cast: Cast) -> None:
    sari = cast.actor("sari")
    meeting, sri = plan(sari), person(sari, "Sri")
    hold(sari, meeting)
    for wrong in ({"owner": sri, "by_worker": True}, {"due_on": "2026-05-18"}, {"by_worker": True}):
        with pytest.raises(Invalid):
            do(sari, "listen.note_decision", meeting=meeting, decided="to dig", **wrong)

    assert queries.meeting(sari, meeting).decisions == ()


def test_the_grid_of_a_group_shows_who_came_to_which_meeting(cast: Cast) -> None:
    sari = cast.actor("sari")
    sri = person(sari, "Sri", groups="PKK")
    joko, slamet = person(sari, "Joko"), person(sari, "Slamet")
    for day, people in (("2026-05-04", (sri, joko)), ("2026-04-06", (sri,))):
        hold(sari, plan(sari, planned_on=day, group="PKK", invited=[slamet]), *people)
    plan(sari, planned_on="2026-06-01", group="PKK")
    hold(sari, plan(sari, group="Yasinan"), slamet)

    grid = queries.attendance(sari, "PKK")

    assert [each.planned_on for each in grid.meetings] == [date(2026, 4, 6), date(2026, 5, 4)]
    assert [(row.name, row.came, row.invited) for row in grid.rows] == [
        ("Sri", (True, True), (True, True)),
        ("Joko", (False, True), (False, False)),
        ("Slamet", (False, False), (True, True)),
    ]
    assert queries.meeting_groups(sari) == ("PKK", "Yasinan")


def test_meetings_stand_in_the_order_of_days_and_hours(cast: Cast) -> None:
    sari = cast.actor("sari")
    plan(sari, "late", begins_at="19:00")
    plan(sari, "all day")
    plan(sari, "early", begins_at="08:00")
    plan(sari, "before", planned_on="2026-05-01")
    plan(sari, "outside", planned_on="2026-06-01")

    found = queries.meetings(sari, date(2026, 5, 1), date(2026, 5, 31))

    assert [row.title for row in found] == ["before", "all day", "early", "late"]


def test_two_records_of_one_person_stand_in_a_meeting_once(cast: Cast) -> None:
    sari = cast.actor("sari")
    one, other = person(sari, "Siti"), person(sari, "Sitti")
    meeting = plan(sari, invited=[one, other])
    hold(sari, meeting, one, other)

    do(sari, "listen.merge_people", stays=one, goes=other)

    card = queries.meeting(sari, meeting)
    assert [str(each.person) for each in card.people] == [one]
    assert (card.meeting.invited, card.meeting.came) == (1, 1)


def test_whoever_is_erased_stands_in_no_meeting_but_was_counted(cast: Cast) -> None:
    sari = cast.actor("sari")
    slamet, sri = person(sari, "Slamet"), person(sari, "Sri")
    meeting = plan(sari, invited=[slamet, sri])
    hold(sari, meeting, slamet, sri)

    do(sari, "listen.erase_person", person=slamet, why="asked")

    card = queries.meeting(sari, meeting)
    assert [each.name for each in card.people] == ["Sri"]
    assert card.meeting.came == 2
