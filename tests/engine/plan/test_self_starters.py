"""A plan that begins with self-starters, and the truth where little is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.frames import TODAY, frame_of, planned
from guyub.engine.errors import EngineError, TooLittleKnown
from guyub.engine.frame import Frame
from guyub.engine.plan.outcome import SELF_STARTERS, StartingPlan
from guyub.engine.plan.request import Hours

TIE_COLUMNS = ("source", "target", "kind", "strength", "by_one", "mutual")


def seen(person: int, value: float = 4.0) -> list[tuple]:
    return [
        (person, trait, value, TODAY, 1) for trait in ("initiative", "responsibility", "vision")
    ]


def village() -> Frame:
    """Two circles: 0 in the middle of the larger one never keeps a promise, 6 of the other does."""
    ties = [(0, other, "friend") for other in range(1, 6)]
    ties += [(6, other, "friend") for other in range(7, 10)]
    return replace(
        frame_of(10, ties, [*seen(6), *seen(0, 2.0)], mutual=np.ones(8, bool)),
        failures=np.array([4.0, *[0.0] * 9]),
        acts=np.array([0] * 6 + [3, 0, 0, 0], np.int32),
        met=np.ones(10, bool),
    )


def test_a_self_starter_comes_before_whoever_is_better_connected() -> None:
    by_reach = planned(village(), 1)
    by_starting = planned(village(), 1, objective=SELF_STARTERS)

    assert [each.id for each in by_reach.catalysts] == ["p0"]
    assert [each.id for each in by_starting.catalysts] == ["p6"]
    assert by_starting.catalysts[0].starting.word == "often"
    assert {"initiative", "responsibility", "vision"} <= {
        each.code for each in by_starting.catalysts[0].reasons
    }


def test_the_plan_says_what_it_rests_on_and_comes_back_as_it_was_kept() -> None:
    plan = planned(village(), 1, objective=SELF_STARTERS, outlook=True, stability=True)

    assert plan.knowledge.candidates == 10
    assert plan.knowledge.evident == 2
    assert plan.knowledge.better > 1.2
    assert StartingPlan.from_dict(plan.to_dict()) == plan


def test_beside_it_stand_reach_alone_and_starting_alone() -> None:
    plan = planned(village(), 1, objective=SELF_STARTERS, outlook=True)

    beside = {each.objective: each for each in plan.outlook.alternatives}
    assert beside["reach"].people == ("p0",)
    assert beside["starting"].people == beside["self-starters"].people == ("p6",)
    assert beside["reach"].all_start.expected > beside["self-starters"].all_start.expected
    assert beside["reach"].reach.expected < beside["self-starters"].reach.expected


@pytest.mark.parametrize("count", [1, 2])
def test_with_fewer_people_of_whom_anything_is_known_there_is_no_plan(count: int) -> None:
    nothing = frame_of(6, [(0, 1, "friend")], met=np.ones(6, bool))
    one = replace(nothing, acts=np.array([0, 0, 0, 0, 0, 2], np.int32))

    with pytest.raises(TooLittleKnown):
        planned(nothing, count, objective=SELF_STARTERS)
    if count == 2:
        with pytest.raises(TooLittleKnown):
            planned(one, count, objective=SELF_STARTERS)


def test_strangers_without_ties_are_not_announced_as_the_likeliest_to_move_a_community() -> None:
    with pytest.raises(TooLittleKnown):
        planned(frame_of(30), 5, objective=SELF_STARTERS)


def test_a_plan_hardly_better_than_chance_is_not_told() -> None:
    # Everybody did the same: it is known of all, and tells nobody apart.
    frame = frame_of(20, met=np.ones(20, bool), acts=np.full(20, 3, np.int32))

    with pytest.raises(TooLittleKnown, match="as good as a random one"):
        planned(frame, 5, objective=SELF_STARTERS)


def test_only_people_who_are_known_are_chosen() -> None:
    # Of 1 and 2 only somebody else told, each once.
    strangers = replace(village(), met=np.array([True, False, False] + [True] * 7))
    ties = frame_of(10, [(1, 2, "friend", {"by_one": 1}), (3, 4, "friend")])
    frame = replace(strangers, **{name: getattr(ties, name) for name in TIE_COLUMNS})

    plan = planned(frame, 2, objective=SELF_STARTERS)

    assert plan.knowledge.candidates == 8
    assert not {"p1", "p2"} & {each.id for each in plan.catalysts}


def test_nobody_known_to_be_under_17_is_chosen_by_either() -> None:
    young = replace(village(), birth_year=np.array([0] * 6 + [2012, 0, 0, 0], np.int32))

    assert "p6" not in [each.id for each in planned(young, 3).catalysts]
    with pytest.raises(EngineError, match="under 17"):
        planned(young, 1, given=["p6"])


def test_whoever_is_opposed_is_never_chosen() -> None:
    frame = village()
    against = replace(
        frame, observations=frame_of(10, [], [*seen(6), (6, "stance", 5.0, TODAY, 1)]).observations
    )

    with pytest.raises(TooLittleKnown):
        planned(against, 1, objective=SELF_STARTERS)


def test_people_chosen_by_hand_are_judged_by_who_starts() -> None:
    plan = planned(village(), 1, objective=SELF_STARTERS, given=["p0"])

    assert plan.by_hand
    assert plan.guarantee < 0.5


def test_hours_and_groups_go_with_self_starters() -> None:
    frame = replace(village(), gender=("male", "female") * 5)

    hours = planned(frame, 1, objective=SELF_STARTERS, hours=Hours(there=1.0))
    fair = planned(frame, 1, objective=SELF_STARTERS, fair_by="gender")

    assert [each.id for each in hours.catalysts] == ["p6"]
    assert [each.id for each in fair.catalysts] == ["p6"]


def test_a_habit_is_begun_by_those_who_may_start() -> None:
    plan = planned(village(), 1, objective=SELF_STARTERS, needs=2)

    assert [each.id for each in plan.catalysts] == ["p6"]


def test_initiative_counts_once() -> None:
    calm, eager = (
        replace(village(), observations=frame_of(10, [], rows).observations)
        for rows in ([(6, "initiative", 2.0, TODAY, 1)], [(6, "initiative", 4.0, TODAY, 1)])
    )
    first, second = (planned(frame, 1, objective=SELF_STARTERS) for frame in (calm, eager))

    # What p6 reaches when they start is the same; they start more often.
    ratio = second.reach.expected / first.reach.expected
    chances = [each.catalysts[0].starting.chance for each in (first, second)]
    assert ratio == pytest.approx(chances[1] / chances[0], rel=0.02)


@pytest.mark.parametrize("times", [1, 4])
def test_a_tie_that_is_told_again_by_the_same_person_is_one_report(times: int) -> None:
    ties = [(0, 1, "any"), (0, 2, "any"), *[(3, 4, "any")] * times]
    frame = frame_of(5, ties, mutual=np.ones(len(ties), bool))

    plan = planned(frame, 1)

    assert [each.id for each in plan.catalysts] == ["p0"]
    assert (
        plan.reach.expected
        == planned(frame_of(5, ties[:3], mutual=np.ones(3, bool)), 1).reach.expected
    )
    assert frame.repeated_ties == times - 1


def test_a_mutual_tie_that_both_told_of_is_confirmed() -> None:
    one = {"by_one": 1, "mutual": 1}
    once = frame_of(2, [(0, 1, "friend", one)])
    again = frame_of(2, [(0, 1, "friend", one), (0, 1, "friend", one)])
    both = frame_of(2, [(0, 1, "friend", one), (1, 0, "friend", one)])

    chances = [each.diffusion().probability.tolist() for each in (once, again, both)]
    assert chances[0] == chances[1] == pytest.approx([0.045, 0.045])
    assert chances[2] == pytest.approx([0.06, 0.06])
    assert [each.repeated_ties for each in (once, again, both)] == [0, 1, 0]


def test_ties_of_two_kinds_are_two_chances() -> None:
    kinds = frame_of(2, [(0, 1, "friend"), (0, 1, "kin")])

    assert kinds.diffusion().probability.tolist() == pytest.approx([(1 - 0.88**2) / 2])
