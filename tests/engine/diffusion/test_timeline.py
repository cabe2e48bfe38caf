"""Who hears when."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import strategies as st

from engine.examples import Exact, community, diffusion_of, diffusions, random_diffusion, whatever
from guyub.engine.diffusion.model import DiffusionModel, constant, weighted_cascade
from guyub.engine.diffusion.simulations import simulate
from guyub.engine.diffusion.thresholds import simulate_adoption
from guyub.engine.diffusion.timeline import timeline
from guyub.engine.errors import EngineError


def exact_rounds(diffusion: DiffusionModel, people, most: int, needs: int = 1) -> np.ndarray:
    """The chance of everybody to have heard by each round, over every simulation."""
    exact, network = Exact(diffusion), diffusion.network
    live = (np.arange(exact.weight.size)[:, None] >> np.arange(network.arcs)) & 1 == 1
    heard = np.zeros((most + 1, network.size))
    for simulation, weight in zip(live, exact.weight, strict=True):
        shown = np.zeros((network.size, network.size), int)
        shown[network.out_sources[simulation], network.out_targets[simulation]] = 1
        active = np.zeros(network.size, bool)
        active[list(people)] = True
        for now in range(most + 1):
            heard[now] += weight * active
            active |= active @ shown >= needs
    return heard


def test_along_a_chain_each_round_carries_one_step_further() -> None:
    chain = diffusion_of(4, {(0, 1): 0.5, (1, 2): 0.5, (2, 3): 1.0})

    followed = timeline(chain, [0], simulations=40_000, most=5)

    assert followed.heard[0].tolist() == [1.0, 0.0, 0.0, 0.0]
    assert followed.heard[1].tolist() == pytest.approx([1.0, 0.5, 0.0, 0.0], abs=0.01)
    assert followed.heard[2].tolist() == pytest.approx([1.0, 0.5, 0.25, 0.0], abs=0.01)
    assert followed.heard[3].tolist() == pytest.approx([1.0, 0.5, 0.25, 0.25], abs=0.01)
    assert followed.ends == 3


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("needs", [1, 2])
def test_every_world_of_a_small_community_is_followed_as_it_goes(seed: int, needs: int) -> None:
    diffusion = random_diffusion(seed)

    followed = timeline(diffusion, [0, 3], needs=needs, simulations=40_000, most=7)

    assert followed.heard == pytest.approx(exact_rounds(diffusion, [0, 3], 7, needs), abs=0.015)


@whatever(diffusions(), st.integers(1, 3), st.integers(0, 99))
def test_the_last_round_is_the_reach_in_the_same_worlds(diffusion, needs: int, seed: int) -> None:
    plan = np.arange(min(3, diffusion.network.size))

    followed = timeline(diffusion, plan, needs=needs, simulations=20, seed=seed)

    taken_up = simulate_adoption(diffusion, plan, needs, simulations=20, seed=seed)
    assert followed.reach[-1] == pytest.approx(taken_up.mean())
    assert (np.diff(followed.heard, axis=0) >= 0).all()
    if needs == 1:
        assert followed.reach[-1] == pytest.approx(
            simulate(diffusion, plan, simulations=20, seed=seed).reach.expected
        )


@whatever(diffusions())
def test_rounds_not_told_apart_are_counted_with_the_last(diffusion) -> None:
    plan = [0]

    few, many = (timeline(diffusion, plan, simulations=10, most=most) for most in (2, 15))

    assert few.heard[:2].tolist() == many.heard[:2].tolist()
    assert few.heard[2].tolist() == many.heard[-1].tolist()


def test_a_village_is_followed_to_where_its_plan_reaches() -> None:
    diffusion = weighted_cascade(community("karnataka-village"))

    followed = timeline(diffusion, [3, 7, 99], seed=5, most=40)

    assert followed.reach[-1] == pytest.approx(
        simulate(diffusion, [3, 7, 99], seed=5).reach.expected
    )
    assert 5 < followed.ends < 40
    assert followed.reach[0] == 3


def test_what_cannot_be_followed_is_refused() -> None:
    diffusion = constant(community("karnataka-village"), 0.1)

    with pytest.raises(EngineError, match="outside"):
        timeline(diffusion, [10**6])
    with pytest.raises(EngineError, match="at least one round"):
        timeline(diffusion, [0], most=0)
    with pytest.raises(EngineError, match="at least 1 other"):
        timeline(diffusion, [0], needs=0)
