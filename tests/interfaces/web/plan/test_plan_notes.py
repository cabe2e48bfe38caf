"""One person of a plan is exchanged, a plan paused or dropped, and what was learnt is written."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from browsing import LogIn
from guyub.core.identifiers import new_identifier
from guyub.core.job_runner import Runner
from guyub.cycle.start.analysis import (
    PlanRecord,
    PlanWishes,
    draft_plan,
    plan_progress,
    suggest_people,
)
from guyub.cycle.start.queries import KeptPlan, newest_plan, outcomes
from guyub.interfaces.web.plan import plan_notes
from people import Cast, do
from starting import START, neighbourly, settled


@pytest.fixture
def village(cast: Cast) -> dict[str, str]:
    return neighbourly(cast, settled(cast))


def planned(cast: Cast, count: int = 2, days_ago: int = 10) -> KeptPlan:
    """A plan by ties alone: Slamet, and one of the neighbours."""
    sari = cast.actor("sari")
    outcome = draft_plan(sari, PlanWishes(count=count, objective="reach")).to_dict()
    told = {"count": count, "seed": 1, "spread": "model", "outcome": outcome}
    do(sari, "start.keep_plan", **told, made_on=day(days_ago))
    return newest(cast)


def newest(cast: Cast) -> KeptPlan:
    plan = newest_plan(cast.actor("sari"))
    assert plan is not None
    return plan


def chosen(plan: KeptPlan) -> list[str]:
    return [str(each) for each in PlanRecord.of(plan).chosen]


def day(ago: int) -> str:
    return (timezone.localdate() - timedelta(days=ago)).isoformat()


def send(browser: Client, page: str, **told: object) -> str:
    form = {"key": str(new_identifier()), **told}
    return browser.post(f"{START}{page}/", form, follow=True).content.decode()


def test_one_person_is_exchanged_and_the_others_stay(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    plan = planned(cast)
    stays, leaves = chosen(plan)

    said = send(
        at_browser("sari"), "exchange", plan=plan.id, person=leaves, grounds="works in town"
    )

    after = newest(cast)
    assert chosen(after)[0] == stays
    assert leaves not in chosen(after)
    assert len(chosen(after)) == 2
    assert "comes in. Plan the visit next." in said
    assert "works in town" in said
    assert after.exchange is not None
    assert (after.exchange.replaces, str(after.exchange.person)) == (plan.id, leaves)


def test_whoever_comes_in_adds_most_to_those_who_stay(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    plan = planned(cast)
    leaves = village["Slamet"]

    send(at_browser("sari"), "exchange", plan=plan.id, person=leaves, grounds="ill")

    others = [each for each in chosen(plan) if each != leaves]
    best = draft_plan(
        cast.actor("sari"),
        PlanWishes(
            count=1,
            objective="reach",
            active=tuple(map(uuid.UUID, others)),
            excluded=(uuid.UUID(leaves),),
        ),
    )
    assert chosen(newest(cast)) == [*others, str(best.chosen[0])]


def test_what_came_of_those_who_stay_is_still_there(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    plan, browser = planned(cast), at_browser("sari")
    stays, leaves = chosen(plan)
    send(browser, "outcomes", plan=plan.id, person=stays, outcome="thinking")

    send(browser, "exchange", plan=plan.id, person=leaves, grounds="ill")

    progress = plan_progress(cast.actor("sari"), newest(cast).id)
    assert progress.met == 1
    assert progress.people[0].plan == plan.id
    send(browser, "outcomes", plan=plan.id, person=stays, outcome="started")
    assert len(outcomes(cast.actor("sari"))) == 1


def test_without_a_reason_nobody_is_exchanged(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    plan = planned(cast)

    said = send(at_browser("sari"), "exchange", plan=plan.id, person=chosen(plan)[1], grounds="")

    assert "Say why" in said
    assert newest(cast).id == plan.id


def test_in_a_large_community_a_job_exchanges_them(
    cast: Cast, at_browser: LogIn, village: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned(cast)
    monkeypatch.setattr(plan_notes, "AT_ONCE", 3)

    send(at_browser("sari"), "exchange", plan=plan.id, person=chosen(plan)[1], grounds="ill")
    assert newest(cast).id == plan.id
    Runner().run_waiting()

    assert newest(cast).exchange is not None


def test_a_paused_plan_suggests_nobody_until_it_is_taken_up(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    plan, browser, sari = planned(cast), at_browser("sari"), cast.actor("sari")
    assert in_the_plan(cast)

    said = send(browser, "decide", plan=plan.id, state="paused", grounds="it is harvest")
    assert "This plan is paused" in said
    assert "it is harvest" in said
    assert "by Sari" in said
    assert not in_the_plan(cast)

    send(browser, "decide", plan=plan.id, state="running")
    assert in_the_plan(cast)
    assert newest_plan(sari) is not None


def in_the_plan(cast: Cast) -> bool:
    rows = suggest_people(cast.actor("sari"))
    return any(reason["code"] == "catalyst_not_met" for row in rows for reason in row.reasons)


def test_a_dropped_plan_is_not_the_newest_but_what_came_of_it_stays(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    plan, browser, sari = planned(cast), at_browser("sari"), cast.actor("sari")
    send(browser, "outcomes", plan=plan.id, person=chosen(plan)[0], outcome="started")

    said = send(browser, "decide", plan=plan.id, state="dropped", grounds="the road is gone")

    assert "The last plan was dropped" in said
    assert "the road is gone" in said
    assert newest_plan(sari) is None
    assert len(outcomes(sari)) == 1
    send(browser, "decide", plan=plan.id, state="running")
    assert newest(cast).id == plan.id


def test_pausing_needs_a_reason(cast: Cast, at_browser: LogIn, village: dict[str, str]) -> None:
    plan = planned(cast)

    assert "Say why" in send(at_browser("sari"), "decide", plan=plan.id, state="paused")
    assert newest(cast).decision is None


def test_a_plan_is_talked_over_once_everybody_was_met(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    plan, browser = planned(cast), at_browser("sari")
    assert "Talk this plan over" not in browser.get(START).content.decode()

    for person, outcome in zip(chosen(plan), ("started", "refused"), strict=True):
        said = send(browser, "outcomes", plan=plan.id, person=person, outcome=outcome)
    assert "Talk this plan over" in said

    said = send(browser, "debrief", plan=plan.id, what_moved="clean water", next_steps="a well")
    assert "clean water" in said
    assert "New plan with what we learnt" in said
    assert "Talk this plan over" not in said


def test_a_plan_of_two_months_is_talked_over(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    planned(cast, days_ago=60)

    assert "It is two months old." in at_browser("sari").get(START).content.decode()


def test_the_new_plan_stands_beside_the_old_one(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    plan, browser = planned(cast), at_browser("sari")
    started, refused = chosen(plan)
    send(browser, "outcomes", plan=plan.id, person=started, outcome="started")
    send(browser, "outcomes", plan=plan.id, person=refused, outcome="refused")
    said = send(browser, "debrief", plan=plan.id, what_moved="clean water")
    assert f'name="active" value="{started}"' in said
    assert f'name="excluded" value="{refused}"' in said

    wishes = {"count": 2, "objective": "reach", "active": [started], "excluded": [refused]}
    said = browser.post(START, {"key": str(new_identifier()), **wishes}, follow=True)

    page = said.content.decode()
    assert "The plan before" in page
    assert "met 2 of 2; 1 started something." in page
    assert f"beside={plan.id}" in page
    assert {started, refused}.isdisjoint(chosen(newest(cast)))


def test_an_empty_debrief_is_none(cast: Cast, at_browser: LogIn, village: dict[str, str]) -> None:
    plan = planned(cast)

    assert "Write at least one sentence." in send(at_browser("sari"), "debrief", plan=plan.id)


def test_what_planners_wrote_of_a_plan_is_not_for_a_field_worker(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    do(cast.actor("sari"), "core.grant_role", account=cast.accounts["budi"].pk, role="field_worker")
    budi = cast.actor("budi")
    outcome = draft_plan(budi, PlanWishes(count=2, objective="reach")).to_dict()
    told = {"count": 2, "seed": 1, "spread": "model", "outcome": outcome, "made_on": day(1)}
    do(budi, "start.keep_plan", **told)
    plan = newest(cast)

    send(at_browser("rudi"), "decide", plan=plan.id, state="paused", grounds="they quarrel")

    said = at_browser("budi").get(START).content.decode()
    assert "This plan is paused" in said
    assert "they quarrel" not in said
    assert "they quarrel" in at_browser("sari").get(START).content.decode()


def test_a_member_decides_nothing(cast: Cast, at_browser: LogIn, village: dict[str, str]) -> None:
    form = {"key": str(new_identifier()), "plan": str(planned(cast).id), "state": "dropped"}

    answer = at_browser("wati").post(f"{START}decide/", {**form, "grounds": "no"})

    assert answer.status_code == 403
    assert newest(cast).decision is None


def test_an_erased_person_takes_the_plan_and_what_was_noted_of_it_along(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    plan, browser = planned(cast), at_browser("sari")
    stays, leaves = chosen(plan)
    send(browser, "decide", plan=plan.id, state="paused", grounds="it is harvest")
    send(browser, "debrief", plan=plan.id, what_moved="clean water")
    send(browser, "exchange", plan=plan.id, person=leaves, grounds="ill")

    do(cast.actor("sari"), "listen.erase_person", person=leaves, why="asked")

    connection.check_constraints()
    assert newest_plan(cast.actor("sari")) is None
