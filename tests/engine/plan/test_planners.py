"""Plans within hours, by hand, and against those who speak against it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import strategies as st

from engine.examples import whatever
from engine.frames import TODAY, frame_of, planned
from guyub.engine.errors import EngineError
from guyub.engine.frame import Frame
from guyub.engine.plan.outcome import StartingPlan
from guyub.engine.plan.request import Hours

MUTUAL = {"mutual": True}
# Person 0 with four friends, person 5 with three.
STARS = [(0, end, "friend", MUTUAL) for end in (1, 2, 3, 4)] + [
    (5, end, "friend", MUTUAL) for end in (6, 7, 8)
]
FAR = ("Krajan",) * 5 + ("Sendang",) * 4


def ids(plan: StartingPlan) -> list[str]:
    return [each.id for each in plan.catalysts]


def opponents(person: int) -> list[tuple]:
    return [(person, "stance", 5.0, TODAY, 1)]


def test_of_two_places_the_near_one_is_visited_where_hours_are_few() -> None:
    frame = frame_of(9, STARS, sub_community=FAR)
    hours = {"there": 3.0, "each": 2.0, "by_place": {"Krajan": 4.0}}

    near = planned(frame, 1, spread="constant:0.3", hours=Hours(**hours))
    both = planned(frame, 1, spread="constant:0.3", hours=Hours(**hours | {"there": 6.0}))

    assert ids(near) == ["p5"]
    assert [(each.people, each.hours) for each in near.visits.visits] == [(("p5",), 2.0)]
    assert (near.visits.there, near.visits.taken, near.visits.plain_hours) == (3.0, 2.0, 4.0)
    # The middle of the larger star would reach one friend more with a chance of 0.3.
    assert near.visits.price.low <= 0.3 <= near.visits.price.high
    assert sorted(ids(both)) == ["p0", "p5"]
    assert both.visits.taken == 6.0
    assert both.visits.price.expected == 0.0


def test_the_baselines_go_down_their_list_as_long_as_hours_last() -> None:
    frame = frame_of(9, STARS, sub_community=FAR)
    hours = Hours(there=3.0, each=2.0, by_place={"Krajan": 4.0})

    plan = planned(frame, 1, spread="constant:0.3", hours=hours)

    assert list(plan.comparison)[0] == "plain"
    assert plan.comparison["plain"].expected > plan.reach.expected
    assert plan.comparison["most_ties"] == plan.reach
    assert plan.guarantee == 1.0 or plan.guarantee > 0.95


def test_who_lives_in_one_household_is_met_in_one_visit() -> None:
    homes = ("a", "b", "", "", "", "a", "c", "", "")
    frame = frame_of(9, STARS, household=homes)

    plan = planned(frame, 1, hours=Hours(there=1.0, households=True))

    assert plan.visits.visits[0].people == ("p0", "p5")
    assert sorted(ids(plan)) == ["p0", "p5"]
    assert plan.visits.taken == 1.0


def test_in_a_household_whoever_stands_against_is_not_counted_as_met() -> None:
    homes = ("a", "b", "", "", "", "a", "c", "", "")
    frame = frame_of(9, STARS, opponents(5), household=homes)

    plan = planned(frame, 1, hours=Hours(there=1.0, households=True))

    assert ids(plan) == ["p0"]


def test_people_named_together_are_met_together_for_the_hours_of_the_farthest() -> None:
    frame = frame_of(9, STARS, sub_community=FAR)
    hours = Hours(there=3.0, each=1.0, by_place={"Sendang": 3.0}, together=[["p0", "p5"]])

    plan = planned(frame, 1, spread="constant:0.6", hours=hours)

    assert [(each.people, each.hours) for each in plan.visits.visits] == [(("p0", "p5"), 3.0)]


@whatever(st.data(), examples=25)
def test_a_plan_keeps_within_hours(data) -> None:
    person = st.integers(0, 7)
    rows = data.draw(st.lists(st.tuples(person, person, st.just("friend")), max_size=15))
    places = data.draw(st.lists(st.sampled_from(["a", "b", ""]), min_size=8, max_size=8))
    homes = data.draw(st.lists(st.sampled_from(["x", "y", "", ""]), min_size=8, max_size=8))
    each, far = data.draw(st.floats(0.5, 3.0)), data.draw(st.floats(0.5, 3.0))
    there = max(each, far) + data.draw(st.floats(0.0, 6.0))
    households = data.draw(st.booleans())
    frame = frame_of(8, rows, sub_community=tuple(places), household=tuple(homes))
    hours = Hours(there=there, each=each, by_place={"a": far}, households=households)

    plan = planned(frame, 3, hours=hours)

    assert plan.visits.taken <= there + 1e-6
    assert plan.visits.taken == pytest.approx(sum(visit.hours for visit in plan.visits.visits))
    met = [each for visit in plan.visits.visits for each in visit.people]
    assert met == ids(plan)
    assert len(set(met)) == len(met)


def test_people_chosen_by_hand_stand_beside_the_best_choice() -> None:
    frame = frame_of(9, STARS)

    plan = planned(frame, 5, spread="constant:0.2", given=["p5", "p1"])

    assert ids(plan) == ["p5", "p1"]
    assert plan.by_hand
    assert list(plan.comparison)[0] == "plain"
    best = plan.comparison["plain"].expected
    # p5 with three friends, p1 with one, who has three more.
    mine = 1 + 3 * 0.2 + 1 + 0.2 * (1 + 3 * 0.2)
    assert plan.reach.low <= mine <= plan.reach.high
    assert plan.guarantee == pytest.approx(mine / (2 + 7 * 0.2), abs=0.06)
    assert plan.guarantee <= mine / (2 + 7 * 0.2)
    assert best > plan.reach.expected


def test_the_best_chosen_by_hand_is_as_good_as_chosen() -> None:
    plan = planned(frame_of(9, STARS), 5, spread="constant:0.2", given=["p0", "p5"])

    assert plan.reach == plan.comparison["plain"]
    assert plan.guarantee > 0.95


@pytest.mark.parametrize(
    ("wishes", "fragment"),
    [
        ({"given": ["p5"]}, "is against it"),
        ({"given": ["p1"], "excluded": ["p1"]}, "is left out"),
        ({"given": ["p1"], "active": ["p1"]}, "has already begun"),
        ({"given": ["nobody"]}, "Nobody in the list"),
        ({"given": ["p1"], "hours": Hours(there=3.0)}, "by hand"),
        ({"given": ["p1"], "needs": 2}, "by hand"),
        ({"hours": Hours(there=3.0), "needs": 2}, "A plan can be limited by hours for news only"),
        (
            {"hours": Hours(there=3.0), "fair_by": "gender"},
            "A plan can be limited by hours for news only",
        ),
        ({"hours": Hours(there=0.5)}, "No visit fits"),
        ({"hours": Hours(there=3.0, each=0.0)}, "costs more than 0"),
        ({"hours": Hours(there=3.0, together=[["p1", "p2"], ["p2", "p3"]])}, "in two of the"),
        ({"competitive": True, "needs": 2}, "cannot include opponents of a habit"),
    ],
)
def test_wishes_that_do_not_go_together_are_refused(wishes: dict, fragment: str) -> None:
    with pytest.raises(EngineError, match=fragment):
        planned(frame_of(9, STARS, opponents(5)), 2, **wishes)


def village(observations=()) -> Frame:
    """Two middles with five and four ends; 11, a friend of three ends of the first."""
    rows = [(0, end, "friend", MUTUAL) for end in range(1, 6)]
    rows += [(6, end, "friend", MUTUAL) for end in range(7, 11)]
    rows += [(11, end, "friend", MUTUAL) for end in (0, 1, 2)]
    return frame_of(12, rows, observations)


@pytest.mark.parametrize("spread", ["model", "constant:0.3"])
def test_somebody_who_speaks_against_it_takes_some_away(spread: str) -> None:
    frame = village(opponents(11))

    silent = planned(frame, 1, spread=spread)
    loud = planned(frame, 1, spread=spread, competitive=True)

    assert silent.contest is None
    assert loud.contest.speakers == 1
    assert loud.reach.expected < loud.contest.unopposed.expected
    assert loud.contest.more.high >= 0.0
    codes = [reason.code for reason in loud.assumptions]
    assert "opponents_speak" in codes
    assert "opponents_silent" not in codes


def test_a_plan_goes_where_the_opposite_does_not_come_first() -> None:
    # Whoever is told by the middle of the larger star hears the opposite in the same round.
    rows = [(0, end, "friend", MUTUAL) for end in range(1, 6)]
    rows += [(6, end, "friend", MUTUAL) for end in range(7, 11)]
    rows += [(11, end, "friend", MUTUAL) for end in range(1, 6)]

    plan = planned(frame_of(12, rows, opponents(11)), 1, spread="constant:1", competitive=True)

    assert ids(plan) == ["p6"]
    assert plan.reach.expected == 5.0
    assert plan.contest.more.expected == 5.0 - 1.0
    assert plan.contest.unopposed.expected == 5.0
    assert plan.guarantee > 0.95


def test_unopposed_is_what_a_plan_reaches_where_they_keep_silent() -> None:
    frame = village(opponents(11))

    loud = planned(frame, 1, competitive=True)
    silent = planned(frame, 1, given=ids(loud))

    assert loud.contest.unopposed.expected == pytest.approx(silent.reach.expected, abs=0.1)


def test_where_nobody_stands_against_it_there_is_no_contest() -> None:
    plain, wished = (planned(village(), 2, competitive=each) for each in (False, True))

    assert wished == plain


@pytest.mark.parametrize(
    "wishes",
    [
        {"hours": Hours(there=2.0)},
        {"fair_by": "sub_community", "aim": "worst"},
        {"given": ["p1", "p7"]},
        {"stability": True, "guess": True},
    ],
)
def test_every_wish_goes_together_with_opponents(wishes: dict) -> None:
    frame = replace(village(opponents(11)), sub_community=("a",) * 6 + ("b",) * 6)

    plan = planned(frame, 2, competitive=True, **wishes)

    assert plan.contest.speakers == 1
    assert "p11" not in ids(plan)
    assert plan.reach.expected < plan.contest.unopposed.expected + 1e-9
    assert np.isfinite(plan.guarantee)
