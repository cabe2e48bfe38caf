"""What phones send is done once, or kept with a reason: every outcome has one meaning."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from guyub.core import push_inbox, redirects, scope
from guyub.core.action import Deed, perform
from guyub.core.identifiers import new_identifier
from guyub.core.models import LogEntry, SentEntry
from guyub.cycle.listen import queries as listen
from handset import Handset, deed, entry
from people import Cast, do


@pytest.fixture
def budi(cast: Cast) -> Handset:
    return Handset(cast, "budi").registered()


@pytest.fixture
def sari(cast: Cast) -> Handset:
    return Handset(cast, "sari").registered()


def names(cast: Cast) -> list[str]:
    return [row.name for row in listen.all_people(cast.actor("sari"))]


def new_person(name: str, identifier: str | None = None) -> dict[str, Any]:
    return deed("listen.add_person", name=name, id=identifier or str(new_identifier()))


def met(*people: str, day: str = "2026-05-01") -> dict[str, Any]:
    return deed(
        "listen.record_encounter",
        id=str(new_identifier()),
        kind="one_on_one",
        held_on=day,
        participants=[{"person": person} for person in people],
    )


def within_a_deed(actor: Any, act: Any) -> None:
    """What a step does in an action of its own that erases or merges."""
    (receipt,) = perform(actor, [Deed(action="listen.add_person", data={"name": "Wage"})])
    with scope.opened(scope.Scope(actor.reach, deed=receipt.key)):
        act()


def test_an_entry_is_done_under_the_name_of_who_noted_it(cast: Cast, budi: Handset) -> None:
    slamet = str(new_identifier())

    (receipt,) = budi.push(entry(new_person("Slamet", slamet), met(slamet)))

    done = LogEntry.objects.filter(entry=receipt["entry"]).order_by("number")
    assert receipt["outcome"] == "done"
    assert receipt["number"] == done.last().number
    assert [each.action for each in done] == ["listen.add_person", "listen.record_encounter"]
    assert {each.account_id for each in done} == {budi.account}


def test_an_entry_sent_again_is_not_done_again(cast: Cast, budi: Handset) -> None:
    sent = entry(new_person("Slamet"))
    (first,) = budi.push(sent)

    second, third = budi.push(sent, sent)

    assert first["outcome"] == "done"
    assert [each["outcome"] for each in (second, third)] == ["done_before", "done_before"]
    assert second["number"] == first["number"]
    assert names(cast).count("Slamet") == 1


def test_another_clock_at_the_second_sending_makes_no_other_entry(
    cast: Cast, budi: Handset
) -> None:
    sent = entry(new_person("Slamet"))
    budi.push(sent)

    (again,) = budi.push(sent, sent_at=timezone.now() + timedelta(days=3650))

    assert again["outcome"] == "done_before"


def test_something_else_under_a_known_entry_is_refused_and_noted(
    cast: Cast, budi: Handset, caplog: pytest.LogCaptureFixture
) -> None:
    sent = entry(new_person("Slamet"))
    budi.push(sent)
    other = {**sent, "deeds": [new_person("Somebody else")]}

    (receipt,) = budi.push(other)

    assert receipt["outcome"] == "refused"
    assert "Somebody else" not in names(cast)
    assert [each.name for each in caplog.records if each.name == "guyub.security"]


def test_the_key_of_another_deed_is_refused_and_noted(
    cast: Cast, budi: Handset, caplog: pytest.LogCaptureFixture
) -> None:
    first = new_person("Slamet")
    budi.push(entry(first))

    (receipt,) = budi.push(entry({**new_person("Sri"), "key": first["key"]}))

    assert receipt["outcome"] == "refused"
    assert "Sri" not in names(cast)
    assert [each.name for each in caplog.records if each.name == "guyub.security"]


def test_nobody_else_can_ask_after_an_entry(cast: Cast, budi: Handset, sari: Handset) -> None:
    sent = entry(new_person("Slamet"))
    budi.push(sent)
    sari.place = "krajan"

    (receipt,) = sari.push(sent)

    assert receipt["outcome"] == "refused"


def test_the_receipt_and_its_effect_are_written_together(
    cast: Cast, budi: Handset, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = entry(new_person("Slamet"))

    def torn(*_: Any, **__: Any) -> None:
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(SentEntry, "save", torn)
        with pytest.raises(ConnectionError):
            budi.push(sent)
    assert "Slamet" not in names(cast)

    (receipt,) = budi.push(sent)

    assert receipt["outcome"] == "done"
    assert names(cast).count("Slamet") == 1


def test_one_entry_that_is_refused_does_not_touch_the_next(cast: Cast, budi: Handset) -> None:
    bad, good = entry(new_person("")), entry(new_person("Slamet"))

    first, second = budi.push(bad, good)

    assert (first["outcome"], second["outcome"]) == ("refused", "done")
    assert first["fields"]["name"]


def test_an_entry_is_done_wholly_or_not_at_all(cast: Cast, budi: Handset) -> None:
    slamet = str(new_identifier())
    future = met(slamet, day="2999-01-01")

    (receipt,) = budi.push(entry(new_person("Slamet", slamet), future))

    assert receipt["outcome"] == "refused"
    assert "Slamet" not in names(cast)


def test_a_refused_entry_is_answered_the_same_again(cast: Cast, budi: Handset) -> None:
    sent = entry(new_person(""))

    first, second = budi.push(sent, sent)

    assert first == second


def test_what_is_about_somebody_who_has_not_arrived_waits_for_them(
    cast: Cast, budi: Handset
) -> None:
    slamet = str(new_identifier())
    (receipt,) = budi.push(entry(met(slamet)))
    assert receipt["outcome"] == "parked"

    budi.push(entry(new_person("Slamet", slamet)))

    assert listen.person(cast.actor("sari"), uuid.UUID(slamet)).encounters == 1
    assert SentEntry.objects.get(pk=receipt["entry"]).outcome == "done"


def test_a_whole_chain_that_came_in_the_wrong_order_is_done(cast: Cast, budi: Handset) -> None:
    slamet, sri = str(new_identifier()), str(new_identifier())
    meeting = met(slamet)
    heard = deed(
        "listen.note_concern",
        person=slamet,
        life_area="health",
        encounter=meeting["data"]["id"],
        shared_with=[sri],
    )
    parked = budi.push(entry(heard), entry(meeting), entry(new_person("Sri", sri)))

    budi.push(entry(new_person("Slamet", slamet)))

    assert [each["outcome"] for each in parked] == ["parked", "parked", "done"]
    (concern,) = listen.concerns_of(cast.actor("sari"), uuid.UUID(slamet))
    assert concern.shared_with == ("Sri",)


def test_what_waits_is_done_when_the_other_arrives_from_another_phone(
    cast: Cast, budi: Handset, sari: Handset
) -> None:
    slamet = str(new_identifier())
    budi.push(entry(met(slamet)))
    sari.place = "krajan"

    sari.push(entry(new_person("Slamet", slamet)))

    done = LogEntry.objects.filter(action="listen.record_encounter").latest("received_at")
    assert done.account_id == budi.account


def test_what_waits_lies_sealed(cast: Cast, budi: Handset) -> None:
    budi.push(
        entry(
            deed(
                "listen.make_promise",
                person=str(new_identifier()),
                what="kenari-wait",
                made_on="2026-05-01",
            )
        )
    )

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM core_sententry")
        assert "kenari-wait" not in repr(cursor.fetchall())


def test_a_correction_from_what_still_stands_is_done(cast: Cast, budi: Handset) -> None:
    slamet = str(new_identifier())
    first = new_person("Slamet", slamet)
    budi.push(entry(first))

    receipt = budi.send(
        "listen.change_person", person=slamet, occupation="tani", base={"occupation": first["key"]}
    )

    assert receipt["outcome"] == "done"
    assert budi.person(slamet)["occupation"] == "tani"


def test_two_corrections_without_a_network_follow_one_another(cast: Cast, budi: Handset) -> None:
    slamet = str(new_identifier())
    first = new_person("Slamet", slamet)
    second = deed(
        "listen.change_person", person=slamet, name="Slamet A", base={"name": first["key"]}
    )
    third = deed(
        "listen.change_person", person=slamet, name="Slamet B", base={"name": second["key"]}
    )

    receipts = budi.push(entry(first), entry(second), entry(third))

    assert [each["outcome"] for each in receipts] == ["done", "done", "done"]
    assert budi.person(slamet)["name"] == "Slamet B"


def test_a_correction_from_what_somebody_else_changed_overwrites_nothing(
    cast: Cast, budi: Handset
) -> None:
    slamet = str(new_identifier())
    first = new_person("Slamet", slamet)
    budi.push(entry(first))
    do(cast.actor("sari"), "listen.change_person", person=slamet, name="Slamet Riyadi")

    receipt = budi.send(
        "listen.change_person", person=slamet, name="Slamet B", base={"name": first["key"]}
    )

    assert receipt["outcome"] == "review"
    assert budi.person(slamet)["name"] == "Slamet Riyadi"


def test_two_edits_on_one_phone_do_not_pass_for_the_edit_of_another(
    cast: Cast, budi: Handset
) -> None:
    """With counters of versions the second edit would expect the number another edit took."""
    slamet = str(new_identifier())
    first = new_person("Slamet", slamet)
    budi.push(entry(first))
    do(cast.actor("sari"), "listen.change_person", person=slamet, name="Slamet Riyadi")
    one = deed("listen.change_person", person=slamet, name="A", base={"name": first["key"]})
    two = deed("listen.change_person", person=slamet, name="B", base={"name": one["key"]})

    receipts = budi.push(entry(one), entry(two))

    assert [each["outcome"] for each in receipts] == ["review", "review"]
    assert budi.person(slamet)["name"] == "Slamet Riyadi"


def test_a_correction_to_what_stands_there_already_is_done(cast: Cast, budi: Handset) -> None:
    slamet = str(new_identifier())
    budi.push(entry(new_person("Slamet", slamet)))
    do(cast.actor("sari"), "listen.change_person", person=slamet, name="Slamet Riyadi")

    receipt = budi.send("listen.change_person", person=slamet, name="Slamet Riyadi", base={})

    assert receipt["outcome"] == "done"


def test_a_change_taken_back_leaves_the_deed_before_as_the_last(cast: Cast, budi: Handset) -> None:
    slamet = str(new_identifier())
    first = new_person("Slamet", slamet)
    budi.push(entry(first))
    change = Deed(action="listen.change_person", data={"person": slamet, "name": "Riyadi"})
    (done,) = perform(cast.actor("sari"), [change])
    do(cast.actor("sari"), "core.withdraw_entry", entry=done.entry)

    receipt = budi.send(
        "listen.change_person", person=slamet, name="Slamet B", base={"name": first["key"]}
    )

    assert receipt["outcome"] == "done"


def test_a_correction_says_from_what_it_was_made(cast: Cast, budi: Handset) -> None:
    slamet = str(new_identifier())
    budi.push(entry(new_person("Slamet", slamet)))

    receipt = budi.send("listen.change_person", person=slamet, name="Slamet B")

    assert receipt["outcome"] == "refused"


def test_what_is_about_somebody_erased_is_dropped(cast: Cast, budi: Handset) -> None:
    slamet = new_identifier()
    budi.push(entry(new_person("Slamet", str(slamet))))
    within_a_deed(cast.actor("sari"), lambda: redirects.mark_erased([slamet]))

    (receipt,) = budi.push(entry(met(str(slamet))))

    assert receipt["outcome"] == "erased"
    assert SentEntry.objects.get(pk=receipt["entry"]).content is None


def test_nobody_who_was_erased_comes_back(cast: Cast, budi: Handset) -> None:
    slamet = new_identifier()
    within_a_deed(cast.actor("sari"), lambda: redirects.mark_erased([slamet]))

    (receipt,) = budi.push(entry(new_person("Slamet", str(slamet))))

    assert receipt["outcome"] == "erased"
    assert "Slamet" not in names(cast)


def test_what_waited_for_somebody_erased_meanwhile_is_dropped(cast: Cast, budi: Handset) -> None:
    slamet = new_identifier()
    (receipt,) = budi.push(entry(met(str(slamet))))

    within_a_deed(cast.actor("sari"), lambda: redirects.mark_erased([slamet]))

    kept = SentEntry.objects.get(pk=receipt["entry"])
    assert (kept.outcome, kept.content, kept.waits_for) == ("erased", None, None)


def test_what_is_about_somebody_merged_is_about_whom_they_were_merged_into(
    cast: Cast, budi: Handset
) -> None:
    slamet, twin, third = (new_identifier() for _ in range(3))
    budi.push(
        *(
            entry(new_person(name, str(key)))
            for name, key in [("Slamet", slamet), ("Slamet R", twin), ("Riyadi", third)]
        )
    )
    actor = cast.actor("sari")
    within_a_deed(actor, lambda: redirects.redirect(twin, third))
    within_a_deed(actor, lambda: redirects.redirect(third, slamet))

    (receipt,) = budi.push(entry(met(str(twin))))

    assert receipt["outcome"] == "done"
    assert listen.person(actor, slamet).encounters == 1
    assert listen.person(actor, twin).encounters == 0


@pytest.mark.parametrize("years", [-56, 10])
def test_a_clock_that_is_years_off_is_set_right(cast: Cast, budi: Handset, years: int) -> None:
    off = timedelta(days=365 * years)
    now = timezone.now()
    hour = timedelta(hours=1)
    cast.accounts["budi"].devices.update(first_seen=now - 2 * hour)
    noted = deed("listen.add_person", name="Slamet", at=now + off - hour)

    (receipt,) = budi.push(entry(noted), sent_at=now + off)

    done = LogEntry.objects.get(key=noted["key"])
    assert receipt["outcome"] == "done"
    assert abs(done.at - (now - hour)) < timedelta(minutes=1)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_time_at_the_edge_of_the_calendar_breaks_nothing(
    cast: Cast, budi: Handset, at: str
) -> None:
    noted = {**new_person("Slamet"), "at": at}

    (receipt,) = budi.push(entry(noted))

    assert receipt["outcome"] in {"done", "refused"}


def test_a_phone_notes_nothing_before_it_was_first_seen(cast: Cast, budi: Handset) -> None:
    noted = deed("listen.add_person", name="Slamet", at=datetime(2001, 1, 1, tzinfo=UTC))

    budi.push(entry(noted))

    first_seen = cast.accounts["budi"].devices.get().first_seen
    assert LogEntry.objects.get(key=noted["key"]).at == first_seen


def test_a_time_without_a_zone_is_refused(cast: Cast, budi: Handset) -> None:
    (receipt,) = budi.push(entry({**new_person("Slamet"), "at": "2026-05-01T10:00"}))

    assert receipt["outcome"] == "refused"


def test_rights_lost_meanwhile_leave_the_entry_with_who_noted_it(cast: Cast, budi: Handset) -> None:
    tini = cast.actor("tini", "krajan")
    do(tini, "core.grant_role", account=budi.account, role="viewer")

    answer = budi.post("push", {"schema": 1, "entries": [entry(new_person("Slamet"))]})

    assert (answer.status_code, answer.json()["why"]) == (410, "out_of_reach")
    assert "Slamet" not in names(cast)


@pytest.mark.parametrize(
    "action", ["core.open_account", "core.note_export", "listen.import_people", "no.such", None]
)
def test_only_deeds_of_field_work_come_by_phone(
    cast: Cast, sari: Handset, action: str | None
) -> None:
    (receipt,) = sari.push(entry({**new_person("Slamet"), "action": action}))

    assert receipt["outcome"] == "refused"
    assert not LogEntry.objects.filter(entry=receipt["entry"]).exists()


def test_what_is_done_at_a_desk_does_not_come_by_phone_from_whoever_may_do_it(
    cast: Cast, sari: Handset
) -> None:
    sent = entry(deed("core.found_community", name="RT 1", kind="rt"))

    (receipt,) = sari.push(sent)

    assert receipt["outcome"] == "refused"
    assert not LogEntry.objects.filter(entry=sent["entry"]).exists()


def test_the_same_identifier_for_two_people_is_refused(cast: Cast, budi: Handset) -> None:
    slamet = str(new_identifier())
    budi.push(entry(new_person("Slamet", slamet)))

    (receipt,) = budi.push(entry(new_person("Sri", slamet)))

    assert receipt["outcome"] == "refused"


BODIES = [
    b"",
    b"null",
    b"[]",
    b"{}",
    b'{"schema": 1}',
    b'{"schema": 1, "entries": {}}',
    b'{"schema": 99, "entries": []}',
    b'{"schema": [], "entries": []}',
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"schema": 1, "entries": [NaN]}',
    b'{"schema": 1, "entries": [' + b"9" * 5000 + b"]}",
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_a_body_that_no_phone_sends_is_unreadable(cast: Cast, budi: Handset, body: bytes) -> None:
    answer = budi.post("push", body)

    assert (answer.status_code, answer.json()["why"]) == (400, "unreadable")


ENTRIES: list[Any] = [
    None,
    7,
    [],
    {},
    {"entry": "x", "deeds": []},
    {"entry": 5, "deeds": [{}]},
    {**entry(), "deeds": [None]},
    entry({**new_person("A"), "key": 4}),
    entry({**new_person("A"), "data": []}),
    entry({**new_person("A"), "action": {}}),
    entry({**new_person("A"), "at": 5}),
    entry(deed("listen.add_person", name=5)),
    entry(deed("listen.add_person", name="A\x00B")),
    entry(deed("listen.add_person", name="\ud800")),
    entry(deed("listen.add_person", name="A" * 5000)),
    entry(deed("listen.add_person", name="A", id=7)),
    entry(deed("listen.add_person", name="A", birth_year=10**40)),
    entry(deed("listen.add_person", name="A", unknown=1)),
    entry(deed("listen.add_person", name="A", community="x")),
    entry(deed("listen.change_person", person={}, base={})),
    entry(deed("listen.change_person", person=str(uuid.uuid4()), base={"name": "x"})),
    entry(deed("listen.record_encounter", kind="meeting", held_on="2026-05-01", head_count=10**30)),
    entry(deed("listen.record_encounter", kind="meeting", held_on="2026-05-01", head_count=-1)),
    entry(deed("listen.record_encounter", kind="meeting", held_on="x", participants={})),
    entry(deed("map.report_tie", from_person="", to_person="", kind="kin")),
]


@pytest.mark.parametrize("sent", ENTRIES, ids=range(len(ENTRIES)))
def test_an_entry_that_cannot_be_read_is_refused_alone(
    cast: Cast, budi: Handset, sent: Any
) -> None:
    bad, good = budi.push(sent, entry(new_person("Slamet")))

    assert bad["outcome"] in {"refused", "parked"}
    assert good["outcome"] == "done"


def test_a_push_that_is_too_large_does_nothing(cast: Cast, budi: Handset) -> None:
    many = entry(*(new_person(f"N{number}") for number in range(101)))
    long = b'{"schema": 1, "entries": [], "more": "' + b"x" * 600_000 + b'"}'

    answers = [budi.post("push", {"schema": 1, "entries": [many]}), budi.post("push", long)]

    assert [each.status_code for each in answers] == [413, 413]
    assert "N1" not in names(cast)


def test_what_waits_is_tried_again_whenever_its_author_sends(cast: Cast, budi: Handset) -> None:
    """Somebody may come within reach by another way than a phone: they move here."""
    sari = cast.actor("sari")
    kali = cast.actor("sari", "kali").community
    krajan = cast.actor("sari", "krajan").community
    slamet = do(sari, "listen.add_person", name="Slamet", community=kali)["id"]
    (receipt,) = budi.push(entry(met(slamet)))
    assert receipt["outcome"] == "parked"
    do(sari, "listen.change_person", person=slamet, community=krajan)

    budi.push(entry(new_person("Sri")))

    assert SentEntry.objects.get(pk=receipt["entry"]).outcome == "done"


def test_the_digest_of_an_entry_tells_nothing_of_it(cast: Cast, budi: Handset) -> None:
    sent = entry(new_person("Slamet"))
    budi.push(sent)

    row = SentEntry.objects.get(pk=sent["entry"])
    plain = json.dumps(sent["deeds"], sort_keys=True)
    assert row.digest == push_inbox._digest(cast.actor("budi", "krajan"), sent["deeds"])
    assert row.content is None
    assert plain not in row.digest
