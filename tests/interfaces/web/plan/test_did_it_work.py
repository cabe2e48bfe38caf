"""Did it work? What came of all plans, beside what was told of each person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from browsing import LogIn
from guyub.core.action import Deed, perform
from guyub.core.actor import Actor
from guyub.cycle.start.analysis import calibration
from people import Cast, do

PAGE = "/c/sukamaju/start/worked/"
NOTHING = {"acts": 0.0, "traits": 0.0, "named": 0.0, "asked": 0.0}


def heard(
    actor: Actor,
    count: int,
    chance: float,
    outcome: str,
    *,
    ago: int = 10,
    after: int = 5,
    **terms: float,
) -> None:
    """So many people heard first some days ago, and what came of it some days after."""
    day = timezone.localdate() - timedelta(days=ago)
    for number in range(count):
        person = do(actor, "listen.add_person", name=f"Warga {chance} {outcome} {number}")["id"]
        known = {"chance": chance, "terms": NOTHING | terms}
        planned = {"people": [{"person": person, "known": known}], "planned_on": day}
        noted = {"person": person, "outcome": outcome, "noted_on": day + timedelta(days=after)}
        perform(
            actor,
            [
                Deed(action="start.keep_hearing", data=planned),
                Deed(action="start.note_outcome", data=noted),
            ],
        )


def test_too_few_outcomes_are_said_to_be_too_few(cast: Cast, at_browser: LogIn) -> None:
    heard(cast.actor("sari"), 2, 0.6, "started")

    said = at_browser("sari").get(PAGE).content.decode()

    assert "Too few outcomes to say" in said
    assert "18 more outcomes are needed" in said
    assert "2 of 2 started; 1.2 were expected." in said
    assert "How close the chances were" not in said
    assert "Terlalu sedikit hasil" in at_browser("sari", "id").get(PAGE).content.decode()


def test_with_enough_the_page_tells_scores_and_weights(cast: Cast, at_browser: LogIn) -> None:
    sari = cast.actor("sari")
    heard(sari, 12, 0.6, "started", acts=2.6)
    heard(sari, 12, 0.1, "refused")

    said = at_browser("sari").get(PAGE).content.decode()

    assert "12 of 12 started; 7.2 were expected." in said
    assert "0 of 12 started; 1.2 were expected." in said
    assert "How close the chances were" in said
    found = calibration(sari)
    assert found.scores["all"].score == pytest.approx((12 * 0.16 + 12 * 0.01) / 24)
    # Of acts alone there are 12: too few to be told by themselves.
    assert set(found.scores) == {"all"}
    assert found.estimated is not None
    assert found.estimated.acts > 1.0


def test_weights_fill_in_the_form_by_a_tap(cast: Cast, at_browser: LogIn) -> None:
    sari, browser = cast.actor("sari"), at_browser("sari")
    heard(sari, 20, 0.6, "refused", acts=3.0)
    said = browser.get(PAGE).content.decode()
    assert "/c/sukamaju/start/?acts=" in said
    for number in range(5):
        person = do(sari, "listen.add_person", name=f"Tetangga {number}")["id"]
        do(sari, "listen.note_observation", person=person, trait="initiative", value=3)

    form = browser.get("/c/sukamaju/start/?acts=0.5&traits=nonsense").content.decode()

    assert '<option value="0.5" selected>' in form


@pytest.mark.parametrize(
    ("outcome", "ago", "after", "decided"),
    [
        ("started", 100, 60, 1),
        ("thinking", 60, 5, 0),
        ("thinking", 61, 5, 1),
        ("refused", 3, 1, 1),
        ("not_met", 100, 1, 0),
    ],
)
def test_it_is_known_of_whom_it_can_be_known(
    cast: Cast, outcome: str, ago: int, after: int, decided: int
) -> None:
    heard(cast.actor("sari"), 1, 0.3, outcome, ago=ago, after=after)

    found = calibration(cast.actor("sari"))

    assert (found.decided, found.open) == (decided, 1 - decided)


def test_who_started_after_two_months_did_not_start_by_it(cast: Cast) -> None:
    heard(cast.actor("sari"), 1, 0.3, "started", ago=100, after=61)

    found = calibration(cast.actor("sari"))

    assert [band.started for band in found.bands] == [0, 0, 0]
    assert found.decided == 1


def test_each_sees_the_outcomes_that_they_may_read(cast: Cast, at_browser: LogIn) -> None:
    heard(cast.actor("sari"), 3, 0.3, "refused")
    do(cast.actor("sari"), "core.grant_role", account=cast.accounts["budi"].pk, role="field_worker")

    assert calibration(cast.actor("rudi")).decided == 3
    assert calibration(cast.actor("budi")).decided == 0
    assert at_browser("wati").get(PAGE).status_code == 403
