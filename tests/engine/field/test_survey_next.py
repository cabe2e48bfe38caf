"""Whom to learn about next."""

from __future__ import annotations

import numpy as np
import pytest

from engine.frames import frame_of
from guyub.engine.diffusion.influence import InfluenceModel
from guyub.engine.errors import EngineError
from guyub.engine.field import survey_next as module
from guyub.engine.field.survey_next import survey_next
from guyub.engine.frame import Frame
from guyub.engine.plan import missing_ties

ONE, BOTH = {"by_one": True}, {"mutual": True}

# Ties that are there carry for certain; one that only one side told of is there half of the time.
CERTAIN = InfluenceModel(
    base=dict.fromkeys(InfluenceModel().base, 1.0),
    unknown_receptivity=1.0,
    reported_by_one=0.5,
)


def test_asking_is_worth_what_plans_that_know_reach_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_OUTCOMES", 200)
    # Nothing is guessed: only what one side told of is doubtful.
    monkeypatch.setattr(missing_ties, "_FEWEST_ASKED", 99)
    frame = frame_of(
        8,
        [
            (0, 2, "friend", ONE),
            (0, 3, "friend"),
            (1, 4, "friend"),
            (1, 5, "friend", ONE),
            (6, 7, "friend"),
        ],
    )

    found = survey_next(frame, 1, model=CERTAIN, most=8)

    # p0 and p1 reach 2 for certain, and one more half of the time; either may be chosen. Who asks
    # p2 learns whether p0 reaches 3: half of the time it is p0, else p1 with 2.5 on average.
    worth = {each.id: each.more for each in found.people}
    assert set(worth) == {"p2", "p5"}
    assert worth["p2"] == pytest.approx(0.5 * 3 + 0.5 * 2.5 - 2.5, abs=0.06)
    assert worth["p5"] == pytest.approx(0.25, abs=0.06)


def test_where_nothing_can_change_asking_is_worth_nothing() -> None:
    # p0 reaches five for certain; whether p7 hears of p6 changes no plan.
    ties = [(0, end, "friend") for end in range(1, 6)] + [(6, 7, "friend", ONE)]

    found = survey_next(frame_of(8, ties), 1, model=CERTAIN)

    assert [(each.id, each.more) for each in found.people] == [("p7", 0.0)]
    assert found.people[0].unknown == 0.5


def test_whoever_was_asked_is_not_asked_again() -> None:
    # Both told of ties, only p0 of the one between them: p1 was asked and did not tell of it.
    ties = [(0, 1, "friend", ONE), (1, 2, "friend"), (3, 4, "friend")]

    assert survey_next(frame_of(5, ties), 1).people == ()


def test_where_everybody_was_asked_there_is_nothing_to_learn() -> None:
    ties = [(0, 1, "friend", BOTH), (1, 2, "friend", BOTH), (3, 4, "kin", BOTH)]

    found = survey_next(frame_of(5, ties), 2)

    assert (found.people, found.asked) == ((), 5)


def hamlet() -> Frame:
    """Of thirty the first ten were asked; p20 was named by eight of them, p21 … p29 by nobody."""
    rows = [(each, (each + 1) % 10) for each in range(10)]
    rows += [(each, 20) for each in range(8)] + [(each, 10 + each) for each in range(10)]
    return frame_of(30, [(*pair, "friend", ONE | BOTH) for pair in rows])


def test_whoever_surely_is_in_the_plan_need_not_be_asked_for_it() -> None:
    found = survey_next(hamlet(), 2, most=20)

    known = {each.id: each for each in found.people}
    assert found.asked == 10
    assert known["p20"].enters > 0.9
    assert known["p20"].unknown > 3 * known["p10"].unknown
    assert found.people[0].more is not None
    assert found.people[0].more > 3 * (known["p20"].more or 0.0)
    assert found.people[0].enters < 0.5


def test_the_same_seed_asks_for_the_same_people() -> None:
    assert survey_next(hamlet(), 3, seed=4) == survey_next(hamlet(), 3, seed=4)


def test_no_more_are_named_than_are_wanted() -> None:
    assert len(survey_next(hamlet(), 3, most=2).people) == 2


def test_where_hardly_anybody_was_asked_those_named_are_asked_beside_some_drawn_by_chance() -> None:
    # One of forty was asked and names two: two more go to them, the others to whom chance draws.
    frame = frame_of(40, [(0, 1, "friend", ONE), (0, 2, "friend", ONE)])

    found = survey_next(frame, 3, most=4)

    assert (found.asked, found.enough) == (1, 6)
    assert len(found.people) == 4
    assert {"p1", "p2"} <= {each.id for each in found.people}
    assert "p0" not in {each.id for each in found.people}
    assert all(each.more is None for each in found.people)
    drawn = {
        frozenset(each.id for each in survey_next(frame, 3, most=4, seed=seed).people)
        for seed in range(5)
    }
    assert len(drawn) > 1


def test_from_nothing_people_are_drawn_by_chance() -> None:
    found = survey_next(frame_of(20), 3, most=9)

    assert (found.asked, found.enough) == (0, 3)
    assert len(found.people) == 3


def test_a_plan_for_more_than_there_are_is_refused() -> None:
    with pytest.raises(EngineError, match="30 people cannot be chosen: 29 of 30 may be"):
        survey_next(hamlet(), 30, candidates=np.arange(30) != 2)
    with pytest.raises(EngineError, match="29 people cannot be chosen"):
        survey_next(hamlet(), 29, candidates=~np.isin(np.arange(30), [2, 3]))


def test_whoever_is_spared_is_not_named_and_takes_nobody_elses_place() -> None:
    first = survey_next(hamlet(), 3, most=4).people
    spared = [int(each.id[1:]) for each in first[:2]]

    again = survey_next(hamlet(), 3, most=4, spared=spared).people

    assert len(again) == 4
    assert not {each.id for each in first[:2]} & {each.id for each in again}
