"""Who stands in the way, and what one step nearer would change."""

from __future__ import annotations

import pytest

from engine.examples import Exact, Told
from engine.frames import TODAY, frame_of
from guyub.engine.diffusion.influence import InfluenceModel
from guyub.engine.errors import EngineError
from guyub.engine.frame import TIE_KINDS, Frame
from guyub.engine.plan.opponents import opposition

STRONG = InfluenceModel(base=dict.fromkeys(TIE_KINDS, 0.9), unknown_receptivity=1.0)


def village(stances: dict[int, float]) -> Frame:
    """Three on either side of person 3, who alone ties them together; 7 hangs on person 6."""
    ties = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 7)]
    return frame_of(
        8,
        [(*tie, "friend") for tie in ties],
        [(person, "stance", value, TODAY, 1) for person, value in stances.items()],
    )


def test_whoever_cuts_the_community_in_two_is_named_with_how_many_lie_behind() -> None:
    found = opposition(village({3: 5.0, 7: 4.0}), ["p0"], model=STRONG)

    assert [each.id for each in found.opponents] == ["p3", "p7"]
    bridge, end = found.opponents
    assert (bridge.stance, bridge.apart) == (5.0, 4)
    assert (end.stance, end.apart) == (4.0, 0)
    assert found.apart == 4
    assert found.without == 0


@pytest.mark.parametrize("stance", [5.0, 4.5, 4.0])
def test_one_step_nearer_reaches_as_many_more_as_all_worlds_together_say(stance: float) -> None:
    before, after = (
        Exact(village({3: value}).diffusion("model", STRONG)).reach([0, 5])
        for value in (stance, stance - 1.0)
    )

    found = opposition(village({3: stance}), ["p0", "p5"], model=STRONG)

    (bridge,) = found.opponents
    assert found.reach.low - 0.02 <= before <= found.reach.high + 0.02
    assert bridge.more.low - 0.02 <= after - before <= bridge.more.high + 0.02
    assert bridge.more.expected > 0.0


def test_whoever_comes_nearer_no_longer_speaks_against_it() -> None:
    before, after = (
        Told(village({3: value, 5: 5.0}).diffusion("model", STRONG, competitive=True)).won([0, 4])
        for value in (5.0, 4.0)
    )

    found = opposition(village({3: 5.0, 5: 5.0}), ["p0", "p4"], model=STRONG, competitive=True)

    (bridge,) = [each for each in found.opponents if each.id == "p3"]
    assert found.reach.low - 0.02 <= before <= found.reach.high + 0.02
    assert bridge.more.low - 0.02 <= after - before <= bridge.more.high + 0.02
    assert bridge.more.low > 0.05


def test_nobody_who_comes_nearer_makes_a_plan_reach_fewer() -> None:
    found = opposition(village({1: 4.0, 3: 5.0, 6: 5.0}), ["p2"], model=STRONG)

    assert {each.id for each in found.opponents} == {"p1", "p3", "p6"}
    assert all(each.more.expected >= 0.0 and each.apart >= 0 for each in found.opponents)
    order = [each.more.expected for each in found.opponents]
    assert order == sorted(order, reverse=True)


def test_where_nobody_stands_against_nobody_is_named() -> None:
    found = opposition(village({1: 2.0}), ["p0"], model=STRONG)

    assert found.opponents == ()
    assert found.apart == found.without == 0


def test_the_same_seed_gives_the_same_answer() -> None:
    once, again = (opposition(village({3: 5.0}), ["p0"], seed=4) for _ in range(2))

    assert once == again


def test_somebody_not_in_the_list_is_refused() -> None:
    with pytest.raises(EngineError, match="has the id 'nobody'"):
        opposition(village({}), ["nobody"])
