"""Who hears when."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import strategies as st

from engine.worlds import Exact, community, drawn_spread, spread_of, spreads, whatever
from guyub.engine.errors import EngineError
from guyub.engine.influence import Spread, constant, weighted_cascade
from guyub.engine.round_by_round import rounds
from guyub.engine.spread import cascades
from guyub.engine.thresholds import adopted, linear_threshold


def exact_rounds(spread: Spread, people, most: int, needs: int = 1) -> np.ndarray:
    """The chance of everybody to have heard by each round, over every world."""
    exact, network = Exact(spread), spread.network
    live = (np.arange(exact.weight.size)[:, None] >> np.arange(network.arcs)) & 1 == 1
    heard = np.zeros((most + 1, network.size))
    for world, weight in zip(live, exact.weight, strict=True):
        shown = np.zeros((network.size, network.size), int)
        shown[network.out_sources[world], network.out_targets[world]] = 1
        active = np.zeros(network.size, bool)
        active[list(people)] = True
        for now in range(most + 1):
            heard[now] += weight * active
            active |= active @ shown >= needs
    return heard


def test_along_a_chain_each_round_carries_one_step_further() -> None:
    chain = spread_of(4, {(0, 1): 0.5, (1, 2): 0.5, (2, 3): 1.0})

    followed = rounds(chain, [0], worlds=40_000, most=5)

    assert followed.heard[0].tolist() == [1.0, 0.0, 0.0, 0.0]
    assert followed.heard[1].tolist() == pytest.approx([1.0, 0.5, 0.0, 0.0], abs=0.01)
    assert followed.heard[2].tolist() == pytest.approx([1.0, 0.5, 0.25, 0.0], abs=0.01)
    assert followed.heard[3].tolist() == pytest.approx([1.0, 0.5, 0.25, 0.25], abs=0.01)
    assert followed.ends == 3


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("needs", [1, 2])
def test_every_world_of_a_small_community_is_followed_as_it_goes(seed: int, needs: int) -> None:
    spread = drawn_spread(seed)

    followed = rounds(spread, [0, 3], needs=needs, worlds=40_000, most=7)

    assert followed.heard == pytest.approx(exact_rounds(spread, [0, 3], 7, needs), abs=0.015)


@whatever(spreads(), st.integers(1, 3), st.integers(0, 99))
def test_the_last_round_is_the_reach_in_the_same_worlds(spread, needs: int, seed: int) -> None:
    plan = np.arange(min(3, spread.network.size))

    followed = rounds(spread, plan, needs=needs, worlds=20, seed=seed)

    taken_up = adopted(spread, plan, needs, worlds=20, seed=seed)
    assert followed.reach[-1] == pytest.approx(taken_up.mean())
    assert (np.diff(followed.heard, axis=0) >= 0).all()
    if needs == 1:
        assert followed.reach[-1] == pytest.approx(
            cascades(spread, plan, worlds=20, seed=seed).reach.expected
        )


@whatever(spreads())
def test_rounds_not_told_apart_are_counted_with_the_last(spread) -> None:
    plan = [0]

    few, many = (rounds(spread, plan, worlds=10, most=most) for most in (2, 15))

    assert few.heard[:2].tolist() == many.heard[:2].tolist()
    assert few.heard[2].tolist() == many.heard[-1].tolist()


def test_a_village_is_followed_to_where_its_plan_reaches() -> None:
    spread = weighted_cascade(community("karnataka-village"))

    followed = rounds(spread, [3, 7, 99], seed=5, most=40)

    assert followed.reach[-1] == pytest.approx(cascades(spread, [3, 7, 99], seed=5).reach.expected)
    assert 5 < followed.ends < 40
    assert followed.reach[0] == 3


def test_what_cannot_be_followed_is_refused() -> None:
    spread = constant(community("karnataka-village"), 0.1)

    with pytest.raises(EngineError, match="outside"):
        rounds(spread, [10**6])
    with pytest.raises(EngineError, match="at least one round"):
        rounds(spread, [0], most=0)
    with pytest.raises(EngineError, match="at least 1 other"):
        rounds(spread, [0], needs=0)
    with pytest.raises(EngineError, match="no rounds"):
        rounds(linear_threshold(spread), [0])
