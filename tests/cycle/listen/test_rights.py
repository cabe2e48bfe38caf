"""What people allow and ask: the stricter counts in whatever order, and three days are three."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from django.utils import timezone

from guyub.core.actor import Actor
from guyub.core.errors import Denied, Invalid, Missing, Refused
from guyub.cycle.listen import queries
from guyub.cycle.listen.vocabulary.rights import Allowed, Purpose
from people import Cast, do


def add(actor: Actor, name: str = "Slamet", **more: object) -> str:
    return do(actor, "listen.add_person", name=name, **more)["id"]


def say(actor: Actor, person: str, answer: str, purpose: str = "judge", **more: object) -> dict:
    told = {"person": person, "purpose": purpose, "answer": answer, **more}
    return do(actor, "listen.note_consent", **told)


def allowed(actor: Actor, person: str, purpose: Purpose = Purpose.JUDGE) -> Allowed:
    return queries.rights(actor, uuid.UUID(person)).allowed[purpose]


def refusals(actor: Actor, person: str) -> list[str]:
    return [str(each) for each in queries.rights(actor, uuid.UUID(person)).refusals]


def test_nobody_was_asked_until_somebody_asks(cast: Cast) -> None:
    sari = cast.actor("sari")
    slamet = add(sari)
    assert allowed(sari, slamet) == Allowed.UNASKED

    say(sari, slamet, "given", how="thumb", witness="Sri", language="id", text_version="2026-11")

    assert allowed(sari, slamet) == Allowed.YES
    (row,) = queries.rights(sari, uuid.UUID(slamet)).consents
    assert (row.how, row.witness, row.noted_by) == ("thumb", "Sri", "Sari")


def test_a_consent_runs_out_on_its_day(cast: Cast) -> None:
    sari = cast.actor("sari")
    slamet = add(sari)

    say(sari, slamet, "given", noted_on="2020-01-01", expires_on="2020-12-31")

    assert allowed(sari, slamet) == Allowed.EXPIRED
    with pytest.raises(Invalid):
        say(sari, slamet, "given", noted_on="2020-01-01", expires_on="2019-12-31")


@pytest.mark.parametrize(
    "order", sorted(set(permutations(["given", "withdrawn", "given", "refused"])))
)
def test_the_stricter_counts_in_whatever_order_notes_arrive(
    cast: Cast, order: tuple[str, ...]
) -> None:
    sari = cast.actor("sari")
    slamet = add(sari)

    for answer in order:
        try:
            say(sari, slamet, answer)
        except Refused:
            assert answer == "given", "only what is less strict can come too late"

    assert allowed(sari, slamet) == Allowed.NO


def test_whoever_knows_of_the_refusal_may_note_that_they_agree_now(cast: Cast) -> None:
    sari = cast.actor("sari")
    slamet = add(sari)
    say(sari, slamet, "refused")
    say(sari, slamet, "withdrawn")

    say(sari, slamet, "given", seen=refusals(sari, slamet))

    assert allowed(sari, slamet) == Allowed.YES


def test_nobody_is_judged_against_their_will(cast: Cast) -> None:
    sari = cast.actor("sari")
    slamet = add(sari)
    say(sari, slamet, "refused")
    judged = {"person": slamet, "trait": "stance", "value": 2}

    with pytest.raises(Refused):
        do(sari, "listen.note_observation", **judged)
    with pytest.raises(Refused):
        do(sari, "listen.import_observations", rows=[judged])


def test_who_is_not_to_be_sought_out(cast: Cast) -> None:
    sari = cast.actor("sari")
    before, yesterday = (timezone.localdate() - timedelta(days=each) for each in (9, 1))
    refused, over, willing, elsewhere = (add(sari, name) for name in ("Sri", "Joko", "Ayu", "Budi"))
    say(sari, refused, "refused", "contact")
    say(sari, over, "given", "contact", noted_on=before, expires_on=yesterday)
    say(sari, willing, "given", "contact")
    say(sari, elsewhere, "refused", "judge")

    assert queries.unwilling(sari) == {uuid.UUID(refused), uuid.UUID(over)}

    again = [str(each) for each in queries.rights(sari, uuid.UUID(refused)).refusals]
    say(sari, refused, "given", "contact", seen=again)
    say(sari, over, "given", "contact")
    assert queries.unwilling(sari) == frozenset()


def test_taking_consent_back_has_to_be_answered_in_three_days(cast: Cast) -> None:
    sari = cast.actor("sari")
    slamet = add(sari)
    before = datetime.now(UTC)

    say(sari, slamet, "withdrawn")

    (row,) = queries.requests(sari)
    assert (row.kind, row.result, row.name) == ("stop", None, "Slamet")
    assert timedelta(hours=71) < row.due_at - before <= timedelta(hours=73)


def test_requests_stand_by_their_deadline_until_they_are_settled_once(cast: Cast) -> None:
    sari = cast.actor("sari")
    slamet, sri = add(sari), add(sari, "Sri")
    do(sari, "listen.ask_request", person=slamet, kind="see")
    earlier = (datetime.now(UTC) - timedelta(days=2)).isoformat()
    do(sari, "listen.ask_request", person=sri, kind="correct", asked_at=earlier)
    assert [row.name for row in queries.requests(sari)] == ["Sri", "Slamet"]
    first = queries.requests(sari)[0].id

    do(sari, "listen.settle_request", request=str(first), result="put_right")

    assert [(row.name, row.result) for row in queries.requests(sari)] == [
        ("Slamet", None),
        ("Sri", "put_right"),
    ]
    with pytest.raises(Refused):
        do(sari, "listen.settle_request", request=str(first), result="put_right")


def test_a_field_worker_takes_requests_and_a_coordinator_settles_them(cast: Cast) -> None:
    budi = cast.actor("budi", "krajan")
    slamet = add(budi)
    asked = do(budi, "listen.ask_request", person=slamet, kind="see")

    with pytest.raises(Denied):
        queries.requests(budi)
    with pytest.raises(Denied):
        do(budi, "listen.settle_request", request=asked["id"], result="handed_over")
    charlie = cast.actor("charlie", "sidorejo")
    with pytest.raises(Missing):
        do(charlie, "listen.settle_request", request=asked["id"], result="handed_over")


def test_the_number_of_somebody_protected_is_the_coordinators_alone(cast: Cast) -> None:
    budi, sari = cast.actor("budi", "krajan"), cast.actor("sari")
    slamet = add(budi, phone="0812")
    do(budi, "listen.plan_visits", visits=[{"person": slamet, "planned_on": "2026-05-01"}])

    do(budi, "listen.protect_person", person=slamet, protected=True)

    assert queries.person(budi, uuid.UUID(slamet)).phone is None
    assert [row.phone for row in queries.visits(budi)] == [""]
    assert queries.person(sari, uuid.UUID(slamet)).phone == "0812"
    with pytest.raises(Denied):
        do(budi, "listen.protect_person", person=slamet, protected=False)
    do(sari, "listen.protect_person", person=slamet, protected=False)
    assert queries.person(budi, uuid.UUID(slamet)).phone == "0812"


def test_the_number_of_somebody_protected_is_on_no_phone(cast: Cast) -> None:
    for name in ("budi", "sari"):
        actor = cast.actor(name, "krajan")
        slamet = uuid.UUID(add(actor, phone="0812"))
        assert carried_numbers(actor)[slamet] == "0812"

        do(actor, "listen.protect_person", person=slamet, protected=True)

        assert carried_numbers(actor)[slamet] == ""


def carried_numbers(actor: Actor) -> dict[uuid.UUID, str]:
    """The number of everybody whom the phone of this actor takes along."""
    carried = queries.bundle_for_phone(actor, date(2026, 5, 1))
    return {each.person.id: each.phone for each in carried.people}


def test_nobody_waits_any_more_for_somebody_who_moved_away(cast: Cast) -> None:
    sari = cast.actor("sari")
    slamet = add(sari)
    do(sari, "listen.make_promise", person=slamet, what="come", made_on="2026-05-01")
    do(sari, "listen.plan_visits", visits=[{"person": slamet, "planned_on": "2026-05-01"}])

    done = do(sari, "listen.close_matters", person=slamet)

    assert done == {"visits": 1, "promises": 1}
    assert queries.visits(sari) == ()
    assert [row.outcome for row in queries.promises(sari)] == ["released"]


def test_own_data_holds_what_is_about_them_and_not_what_others_said(cast: Cast) -> None:
    sari = cast.actor("sari")
    slamet, sri = add(sari, phone="0812"), add(sari, "Sri")
    do(
        sari,
        "listen.record_encounter",
        kind="one_on_one",
        held_on="2026-05-01",
        participants=[{"person": slamet}],
        summary="alone",
    )
    do(
        sari,
        "listen.record_encounter",
        kind="meeting",
        held_on="2026-05-02",
        participants=[{"person": slamet}, {"person": sri}],
        summary="together",
    )
    do(sari, "listen.note_observation", person=slamet, trait="stance", value=2, evidence="said so")

    held = queries.own_data(sari, uuid.UUID(slamet))

    assert [met.summary for met in held.encounters] == ["alone", ""]
    assert [(seen.value, seen.evidence) for seen in held.judgements] == [(2, "said so")]
    assert held.confidential == {"phone": "0812"}
