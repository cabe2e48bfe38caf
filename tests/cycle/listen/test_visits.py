"""Visits: planned in one go, each settled once it took place or did not."""

from __future__ import annotations

from datetime import date

import pytest

from guyub.core.actor import Actor
from guyub.core.errors import Invalid, Missing
from guyub.core.identifiers import new_identifier
from guyub.core.models import LogEntry
from guyub.cycle.listen import queries
from people import Cast, do

MONDAY, TUESDAY = "2026-05-04", "2026-05-05"
WHY = [{"code": "ties", "facts": {"count": 4}}]


def person(actor: Actor, name: str = "Slamet") -> str:
    return do(actor, "listen.add_person", name=name, phone="0812")["id"]


def plan(actor: Actor, *people: str, on: str = MONDAY, **more: object) -> dict[str, int]:
    rows = [{"person": each, "planned_on": on, "reasons": WHY} for each in people]
    return do(actor, "listen.plan_visits", visits=rows, **more)


def test_whom_to_meet_stands_in_the_order_of_the_days(cast: Cast) -> None:
    sari = cast.actor("sari")
    late, early = person(sari, "Sri"), person(sari, "Slamet")
    plan(sari, late, on=TUESDAY)
    plan(sari, early, on=MONDAY)

    found = queries.visits(sari)

    assert [(row.name, row.due_on) for row in found] == [
        ("Slamet", date(2026, 5, 4)),
        ("Sri", date(2026, 5, 5)),
    ]
    assert found[0].phone == "0812"
    assert found[0].reasons == tuple(WHY)
    assert [row.name for row in queries.visits(sari, until=date(2026, 5, 4))] == ["Slamet"]


def test_nobody_is_planned_twice_for_the_same_worker(cast: Cast) -> None:
    sari = cast.actor("sari")
    slamet = person(sari)
    plan(sari, slamet)

    assert plan(sari, slamet, person(sari, "Sri")) == {"planned": 1, "awaited": 1, "met": 0}
    assert len(queries.visits(sari)) == 2


def test_a_visit_that_took_place_is_not_planned_any_more(cast: Cast) -> None:
    sari = cast.actor("sari")
    plan(sari, person(sari))
    (visit,) = queries.visits(sari)

    do(sari, "listen.settle_visit", visit=visit.id, result="met", noted_on=MONDAY)

    assert queries.visits(sari) == ()


def test_a_visit_put_off_stands_on_its_new_day(cast: Cast) -> None:
    sari = cast.actor("sari")
    plan(sari, person(sari))
    (visit,) = queries.visits(sari)

    later = {"result": "later", "noted_on": MONDAY, "later_on": TUESDAY}
    do(sari, "listen.settle_visit", visit=visit.id, **later)

    (visit,) = queries.visits(sari)
    assert (visit.due_on, visit.put_off) == (date(2026, 5, 5), True)


def test_undoing_what_became_of_a_visit_brings_it_back(cast: Cast) -> None:
    sari = cast.actor("sari")
    plan(sari, person(sari))
    (visit,) = queries.visits(sari)
    do(sari, "listen.settle_visit", visit=visit.id, result="dropped", noted_on=MONDAY)

    do(sari, "core.withdraw_entry", entry=LogEntry.objects.latest("received_at").entry)

    assert [row.id for row in queries.visits(sari)] == [visit.id]


@pytest.mark.parametrize(
    ("result", "later_on"), [("later", None), ("met", TUESDAY), ("later", MONDAY)]
)
def test_only_what_is_put_off_has_another_day_and_that_lies_ahead(
    cast: Cast, result: str, later_on: str | None
) -> None:
    sari = cast.actor("sari")
    plan(sari, person(sari))
    (visit,) = queries.visits(sari)

    settled = {"result": result, "noted_on": MONDAY, "later_on": later_on}
    with pytest.raises(Invalid):
        do(sari, "listen.settle_visit", visit=visit.id, **settled)

    assert queries.visits(sari)[0].due_on == date(2026, 5, 4)


def test_a_planner_sends_a_field_worker_who_does_not_read_why(cast: Cast) -> None:
    sari, budi = cast.actor("sari", "krajan"), cast.actor("budi", "krajan")

    plan(sari, person(sari), worker=str(budi.account))

    (seen,) = queries.visits(budi)
    assert (seen.name, seen.worker, seen.reasons) == ("Slamet", budi.account, ())
    assert queries.visits(sari)[0].reasons == tuple(WHY)


def test_a_field_worker_sees_and_settles_no_visit_of_others(cast: Cast) -> None:
    sari, budi = cast.actor("sari", "krajan"), cast.actor("budi", "krajan")
    plan(sari, person(sari))
    (visit,) = queries.visits(sari)

    assert queries.visits(budi) == ()
    with pytest.raises(Missing):
        do(budi, "listen.settle_visit", visit=visit.id, result="met", noted_on=MONDAY)


def test_a_field_worker_sends_nobody_else(cast: Cast) -> None:
    sari, budi = cast.actor("sari", "krajan"), cast.actor("budi", "krajan")

    with pytest.raises(Invalid):
        plan(budi, person(budi), worker=str(sari.account))


def test_nobody_is_sent_who_may_not_note_visits_here(cast: Cast) -> None:
    sari = cast.actor("sari", "krajan")

    with pytest.raises(Invalid):
        plan(sari, person(sari), worker=str(cast.accounts["oscar"].pk))


def test_somebody_who_is_not_here_is_not_planned(cast: Cast) -> None:
    with pytest.raises(Missing):
        plan(cast.actor("sari"), str(new_identifier()))
