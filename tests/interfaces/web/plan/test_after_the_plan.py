"""After the plan: how far it has come, what came of each person, and who has begun."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from browsing import LogIn
from guyub.core.action import Deed, perform
from guyub.core.errors import Missing
from guyub.core.identifiers import new_identifier
from guyub.cycle.listen import queries as listen
from guyub.cycle.start.analysis import PlanWishes, draft_plan, plan_progress
from guyub.cycle.start.queries import KeptPlan, newest_plan, outcomes
from guyub.cycle.start.vocabulary import CameOfIt
from people import Cast, do
from starting import START, promises_settled, settled


@pytest.fixture
def village(cast: Cast) -> dict[str, str]:
    return settled(cast)


def planned(cast: Cast, name: str = "sari", days_ago: int = 10) -> KeptPlan:
    """A plan of one person by ties alone, made some days ago: it is Slamet."""
    actor = cast.actor(name)
    outcome = draft_plan(actor, PlanWishes(count=1, objective="reach")).to_dict()
    made_on = day(days_ago)
    told = {"count": 1, "seed": 1, "spread": "model", "made_on": made_on, "outcome": outcome}
    do(actor, "start.keep_plan", **told)
    plan = newest_plan(actor)
    assert plan is not None
    return plan


def day(ago: int) -> str:
    return (timezone.localdate() - timedelta(days=ago)).isoformat()


def tap(browser: Client, plan: KeptPlan | None, person: str, outcome: str) -> str:
    form = {"key": str(new_identifier()), "person": person, "outcome": outcome}
    if plan:
        form["plan"] = str(plan.id)
    answer = browser.post(f"{START}outcomes/", form, follow=True)
    return answer.content.decode()


def met(cast: Cast, person: str, ago: int, part: str = "present") -> None:
    told = {"kind": "house_visit", "held_on": day(ago)}
    taking = [{"person": person, "part": part}]
    do(cast.actor("sari"), "listen.record_encounter", **told, participants=taking)


def test_nobody_is_met_at_first(cast: Cast, at_browser: LogIn, village: dict[str, str]) -> None:
    planned(cast)

    assert "Met 0 of 1" in at_browser("sari").get(START).content.decode()
    assert "Sudah ditemui 0 dari 1" in at_browser("sari", "id").get(START).content.decode()


def test_after_an_encounter_not_met_becomes_met(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    plan, browser = planned(cast), at_browser("sari")
    assert "was not met yet" in tap(browser, plan, village["Slamet"], "not_met")

    met(cast, village["Slamet"], 0)

    assert "Met 1 of 1" in browser.get(START).content.decode()


def test_who_was_met_before_the_plan_is_not_met_by_it(cast: Cast, village: dict[str, str]) -> None:
    plan = planned(cast)
    met(cast, village["Slamet"], 30)

    assert plan_progress(cast.actor("sari"), plan.id).met == 0


def test_one_tap_says_what_came_of_it_and_another_corrects_it(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    plan, browser = planned(cast), at_browser("sari")

    said = tap(browser, plan, village["Slamet"], "thinking")
    assert "Slamet will think about it" in said
    assert "Met 1 of 1" in said
    tap(browser, plan, village["Slamet"], "started")

    (row,) = outcomes(cast.actor("sari"))
    assert (row.outcome, str(row.person)) == (CameOfIt.STARTED, village["Slamet"])
    assert row.planned_on == plan.made_on
    assert row.chance == pytest.approx(0.1)
    assert set(row.terms) == {"acts", "traits", "named", "asked"}


def test_undone_the_outcome_before_counts_again(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    plan, browser, sari = planned(cast), at_browser("sari"), cast.actor("sari")
    tap(browser, plan, village["Slamet"], "thinking")
    tap(browser, plan, village["Slamet"], "refused")

    (row,) = outcomes(sari)
    do(sari, "core.withdraw_entry", entry=row.entry)

    assert [each.outcome for each in outcomes(sari)] == [CameOfIt.THINKING]


def test_who_did_something_since_is_proposed_as_having_begun(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    plan, browser = planned(cast), at_browser("sari")
    promises_settled(cast.actor("sari"), village["Slamet"], "kept", 2, day(3))
    met(cast, village["Slamet"], 2, "hosted")

    said = browser.get(START).content.decode()
    assert "Has begun?" in said
    assert "kept 2 promises, hosted 1 meeting" in said

    assert "Has begun?" not in tap(browser, plan, village["Slamet"], "started")


def test_what_was_done_until_the_day_of_the_plan_proposes_nobody(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    planned(cast)
    promises_settled(cast.actor("sari"), village["Slamet"], "kept", 1, day(10))

    assert "Has begun?" not in at_browser("sari").get(START).content.decode()


def test_an_outcome_outlives_the_plan(cast: Cast, village: dict[str, str]) -> None:
    plan, sari = planned(cast), cast.actor("sari")
    note(cast, plan, village["Slamet"])

    kept = next(row for row in entries(cast) if row.action == "start.keep_plan")
    do(sari, "core.withdraw_entry", entry=kept.entry)

    assert newest_plan(sari) is None
    assert [str(row.person) for row in outcomes(sari)] == [village["Slamet"]]


def test_an_outcome_outlives_the_person_as_nobody(cast: Cast, village: dict[str, str]) -> None:
    plan, sari = planned(cast), cast.actor("sari")
    note(cast, plan, village["Slamet"])

    do(sari, "listen.erase_person", person=village["Slamet"], why="asked")

    assert newest_plan(sari) is None
    (row,) = outcomes(sari)
    assert (row.person, row.outcome) == (None, CameOfIt.STARTED)
    assert row.chance == pytest.approx(0.1)


def test_an_outcome_moves_with_two_records_of_one_person(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    plan, sari = planned(cast), cast.actor("sari")
    note(cast, plan, village["Slamet"])

    do(sari, "listen.merge_people", stays=village["Warga 1"], goes=village["Slamet"])

    (row,) = outcomes(sari)
    assert str(row.person) == village["Warga 1"]
    (only,) = plan_progress(sari, plan.id).people
    assert (str(only.person), only.outcome) == (village["Warga 1"], CameOfIt.STARTED)
    # And goes with them for good, with what the merge kept of it.
    do(sari, "listen.erase_person", person=village["Warga 1"], why="asked")
    assert [each.person for each in outcomes(sari)] == [None]
    assert "start.planoutcome" not in kept_changes()


def test_nobody_outside_the_plan_has_an_outcome_of_it(cast: Cast, village: dict[str, str]) -> None:
    plan = planned(cast)

    with pytest.raises(Missing):
        note(cast, plan, village["Warga 3"])


def test_a_field_worker_sees_what_came_of_their_own_plans_alone(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    sari = cast.actor("sari")
    do(sari, "core.grant_role", account=cast.accounts["budi"].pk, role="field_worker")
    note(cast, planned(cast), village["Slamet"])
    budi = cast.actor("budi")
    assert outcomes(budi) == ()

    own = planned(cast, "budi")
    (chosen,) = plan_progress(budi, own.id).people
    note(cast, own, str(chosen.person))
    # Whatever a planner notes of it is theirs to see as well.
    assert [row.plan for row in outcomes(budi)] == [own.id]
    assert len(outcomes(sari)) == 2


def test_who_is_heard_first_is_followed_too(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    sari, browser, person = cast.actor("sari"), at_browser("sari"), village["Warga 3"]
    form = {"begins_on": day(0), "each_day": 2, "goes": str(sari.account), "people": [person]}
    browser.post(f"{START}hear/", {"key": str(new_identifier()), **form})

    assert "1 person heard first: what came of it?" in browser.get(START).content.decode()
    tap(browser, None, person, "refused")

    (row,) = outcomes(sari)
    assert (row.heard_first, row.plan, row.outcome) == (True, None, CameOfIt.REFUSED)
    assert row.chance == pytest.approx(0.1)


def test_a_visit_stands_on_the_page_of_the_person_with_its_reasons(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    sari, address = cast.actor("sari"), f"/c/sukamaju/people/{village['Slamet']}/journey/"
    reasons = [{"code": "ties", "facts": {"count": 8}}]
    do(sari, "core.grant_role", account=cast.accounts["budi"].pk, role="field_worker")
    visit = {"person": village["Slamet"], "planned_on": day(-1), "reasons": reasons}
    do(sari, "listen.plan_visits", visits=[visit], worker=cast.accounts["budi"].pk)

    said = at_browser("rudi").get(address).content.decode()
    assert "Planned visits" in said
    assert "by Budi" in said
    assert "tied to 8 people" in said
    # Whoever was sent by a planner sees the day, not what rests on others' judgements.
    said = at_browser("budi").get(address).content.decode()
    assert "Planned visits" in said
    assert "tied to 8 people" not in said
    assert "Planned visits" not in at_browser("wati").get(address).content.decode()


def test_nobody_met_that_day_is_planned_for_that_day(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    sari = cast.actor("sari")
    planned(cast)
    met(cast, village["Slamet"], 0)
    form = {"begins_on": day(0), "each_day": 2, "goes": str(sari.account)}

    said = at_browser("sari").post(
        f"{START}visits/", {"key": str(new_identifier()), **form}, follow=True
    )

    assert "1 person was already met that day and gets no visit." in said.content.decode()
    assert listen.visits(sari) == ()
    again = {"person": village["Slamet"], "planned_on": day(-1)}
    assert do(sari, "listen.plan_visits", visits=[again]) == {"planned": 1, "awaited": 0, "met": 0}


def note(cast: Cast, plan: KeptPlan, person: str, outcome: str = "started") -> None:
    told = {"plan": plan.id, "person": person, "outcome": outcome, "noted_on": day(0)}
    perform(cast.actor("sari"), [Deed(action="start.note_outcome", data=told)])


def entries(cast: Cast) -> list:
    from guyub.core.models import LogEntry

    return list(LogEntry.objects.order_by("-number"))


def kept_changes() -> set[str]:
    from guyub.core.models import Change
    from guyub.core.models.scoped import whole_table

    return set(whole_table(Change).values_list("table", flat=True))
