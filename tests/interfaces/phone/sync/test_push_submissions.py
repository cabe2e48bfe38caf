"""Forms that phones send: done once, kept while they wait, told in words where they need a look."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from browsing import LogIn
from guyub.core.models import Device, FilledForm, LogEntry, SentEntry
from guyub.cycle.listen import queries as listen
from handset import Handset, submission
from people import Cast, do

SAID = "the well is muddy"


@pytest.fixture
def budi(cast: Cast) -> Handset:
    return Handset(cast, "budi").registered()


@pytest.fixture
def slamet(cast: Cast) -> str:
    return str(do(cast.actor("budi", "krajan"), "listen.add_person", name="Slamet")["id"])


def talk(*people: str, key: str | None = None, **more: Any) -> dict[str, Any]:
    told = {"kind": ["one_on_one"], "initiated_by": ["worker"], "people": list(people), **more}
    return submission("conversation", key=key, **told)


def newcomer(sent: dict[str, Any], name: str) -> str:
    return str(uuid.uuid5(uuid.UUID(sent["submission"]["key"]), f"person {name}"))


def test_a_form_becomes_deeds_and_its_answers_are_kept(
    cast: Cast, budi: Handset, slamet: str
) -> None:
    sent = talk(slamet, asked_to_lead=["on"], life_area=["health"], own_words=[SAID])
    (receipt,) = budi.push(sent)
    done = LogEntry.objects.filter(entry=receipt["entry"]).values_list("action", flat=True)
    assert receipt["outcome"] == "done"
    assert sorted(done) == ["listen.note_concern", "listen.record_encounter"]
    kept = FilledForm.objects.get(pk=receipt["entry"])
    assert kept.answers == sent["submission"]["answers"]
    (row,) = listen.encounters_of(cast.actor("budi", "krajan"), uuid.UUID(slamet))
    assert row.own


def test_sent_again_or_under_another_name_it_is_done_once(
    cast: Cast, budi: Handset, slamet: str
) -> None:
    sent = talk(slamet)
    other = talk(slamet, key=sent["submission"]["key"])
    receipts = [budi.push(each)[0] for each in (sent, sent, other)]
    assert [each["outcome"] for each in receipts] == ["done", "done_before", "done_before"]
    assert len(listen.encounters_of(cast.actor("budi", "krajan"), uuid.UUID(slamet))) == 1


def test_other_answers_under_a_known_name_or_key_are_refused(budi: Handset, slamet: str) -> None:
    sent = talk(slamet)
    budi.push(sent)
    content = {**sent["submission"], "answers": {**sent["submission"]["answers"], "place": ["x"]}}
    same_entry = {"entry": sent["entry"], "submission": content}
    same_key = talk(slamet, key=sent["submission"]["key"], place=["x"])
    assert [each["outcome"] for each in budi.push(same_entry, same_key)] == ["refused"] * 2


def test_what_is_wrong_is_said_at_the_question(budi: Handset, slamet: str) -> None:
    (receipt,) = budi.push(talk(slamet, own_words=[SAID]))
    assert receipt["outcome"] == "refused"
    assert receipt["fields"] == {"life_area": "Choose the area of life."}


def test_a_day_to_come_is_not_past_because_the_signal_came_late(
    cast: Cast, budi: Handset, slamet: str
) -> None:
    at = timezone.now() - timedelta(days=4)
    Device.objects.filter(pk=budi.device).update(first_seen=at - timedelta(days=1))
    sent = talk(slamet, next_on=[str((at + timedelta(days=2)).date())])
    sent["submission"]["at"] = at.isoformat()
    assert budi.push(sent)[0]["outcome"] == "done"


def test_whoever_was_new_in_one_form_is_known_to_the_next_in_any_order(
    cast: Cast, budi: Handset
) -> None:
    first = submission("conversation", kind=["one_on_one"], initiated_by=["worker"])
    first["submission"]["answers"]["new_names"] = ["Wayan"]
    wayan = newcomer(first, "Wayan")
    outcomes = [budi.push(each)[0]["outcome"] for each in (talk(wayan), first)]
    assert outcomes == ["parked", "done"]
    assert len(listen.encounters_of(cast.actor("budi", "krajan"), uuid.UUID(wayan))) == 2


def test_what_waits_lies_sealed_and_is_told_in_words(
    cast: Cast, budi: Handset, at_browser: LogIn
) -> None:
    waits = talk(str(uuid.uuid4()), own_words=[SAID], life_area=["health"])
    assert budi.push(waits)[0]["outcome"] == "parked"
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM core_sententry")
        assert SAID not in str(cursor.fetchall())
    late = timezone.now() - timedelta(days=6)
    SentEntry.objects.update(received_at=late)
    page = at_browser("budi").get("/c/krajan/phones/sent/").content.decode()
    for told in (SAID, "health", "In their own words", "someone who has not arrived"):
        assert told in page


@pytest.mark.parametrize("when", ["before it comes", "while it waits"])
def test_what_is_about_somebody_erased_is_dropped(
    cast: Cast, budi: Handset, slamet: str, when: str
) -> None:
    sent = talk(slamet, str(uuid.uuid4()), **{f"part_{slamet}": ["hosted"]})
    erased = {"person": slamet, "why": "asked"}
    if when == "while it waits":
        assert budi.push(sent)[0]["outcome"] == "parked"
    do(cast.actor("sari", "krajan"), "listen.erase_person", **erased)
    assert budi.push(sent)[0]["outcome"] == "erased"
    assert SentEntry.objects.get(pk=sent["entry"]).content is None


def test_who_came_to_a_meeting_is_a_form_as_well(cast: Cast, budi: Handset, slamet: str) -> None:
    actor = cast.actor("budi", "krajan")
    planned = {"title": "Rembug", "planned_on": str(timezone.localdate())}
    meeting = str(do(cast.actor("sari", "krajan"), "listen.plan_meeting", **planned)["id"])
    begun = submission("check_in", meeting=[meeting])
    came = submission("check_in", meeting=[meeting], people=[slamet], new_names=["Wayan"])
    assert [each["outcome"] for each in budi.push(came, begun)] == ["done", "done"]
    card = listen.meeting(actor, uuid.UUID(meeting))
    assert sorted(each.name for each in card.people if each.came) == ["Slamet", "Wayan"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"form": "gift"},
        {"version": 99},
        {"version": True},
        {"answers": {"people": "Slamet"}},
        {"answers": {"people": [1]}},
        {"answers": []},
        {"key": "one"},
        {"at": "yesterday"},
        {"answers": {"summary": ["\x00"]}},
    ],
    ids=str,
)
def test_what_no_phone_sends_is_refused(budi: Handset, slamet: str, wrong: dict[str, Any]) -> None:
    sent = talk(slamet)
    sent["submission"] |= wrong
    assert budi.push(sent)[0]["outcome"] == "refused"


def test_a_push_holds_so_many_forms(budi: Handset, slamet: str) -> None:
    def body(count: int) -> dict[str, Any]:
        return {"schema": 1, "entries": [talk(slamet) for _ in range(count)]}

    assert budi.post("push", body(21)).status_code == 413
    assert budi.post("push", body(20)).status_code == 200
