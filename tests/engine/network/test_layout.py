"""Where people are drawn."""

from __future__ import annotations

import numpy as np
import pytest

from engine.examples import karate, network_of
from guyub.engine.network.layout import layout


def test_everybody_stands_inside_the_square() -> None:
    placed = layout(karate())

    assert placed.shape == (34, 2)
    assert placed.min() >= -1e-9
    assert placed.max() <= 1 + 1e-9
    assert np.ptp(placed, axis=0).max() == pytest.approx(1.0)


def test_those_who_are_tied_stand_closer_than_others() -> None:
    network = karate()
    placed = layout(network)
    apart = np.linalg.norm(placed[:, None] - placed[None, :], axis=2)
    tied = apart[network.out_sources, network.out_targets]

    assert tied.mean() < 0.6 * apart[np.triu_indices(34, 1)].mean()


def test_the_same_seed_gives_the_same_picture() -> None:
    assert np.array_equal(layout(karate(), seed=3), layout(karate(), seed=3))
    assert not np.array_equal(layout(karate(), seed=3), layout(karate(), seed=4))


@pytest.mark.parametrize("size", [0, 1, 5])
def test_people_without_ties_stand_apart_from_one_another(size: int) -> None:
    placed = layout(network_of(size, []))

    assert placed.shape == (size, 2)
    assert len({tuple(point) for point in placed.round(6).tolist()}) == size
