"""Ties in order, few and very many."""

from __future__ import annotations

import numpy as np
import pytest

from guyub.engine.network.sorted_arcs import SortedArcs


def ties_of(size: int, count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Ties of which a few people have many, some told twice, some with oneself."""
    generator = np.random.default_rng(seed)
    weight = generator.pareto(1.2, size) + 1.0
    sources = generator.choice(size, count, p=weight / weight.sum()).astype(np.int32)
    targets = generator.integers(0, size, count).astype(np.int32)
    targets[:: max(1, count // 7)] = sources[:: max(1, count // 7)]
    return np.concatenate((sources, sources[:9])), np.concatenate((targets, targets[:9]))


@pytest.mark.parametrize(
    ("size", "count"),
    # Villages in one bucket; towns in several; so many ties that two threads share them; more bits
    # than are sorted at once; nearly everybody alone.
    [(1, 5), (2, 3), (7, 40), (900, 5000), (3000, 60_000), (5000, 1_200_000), (70_000, 200_000)],
)
def test_arcs_stand_in_order_whatever_the_number_of_buckets(size: int, count: int) -> None:
    sources, targets = ties_of(size, count, seed=size)
    apart = sources != targets
    pairs, arc = np.unique(
        sources[apart].astype(np.int64) * size + targets[apart], return_inverse=True
    )

    found = SortedArcs(size, sources, targets)

    out_sources, out_targets = pairs // size, pairs % size
    assert (found.out_targets == out_targets).all()
    assert (np.diff(found.out_offsets) == np.bincount(out_sources, minlength=size)).all()
    assert (found.row_arcs[apart] == arc).all()
    assert (found.row_arcs[~apart] == -1).all()
    order = np.lexsort((out_sources, out_targets))
    assert (found.in_arcs == order).all()
    assert (found.in_sources == out_sources[order]).all()
    assert (np.diff(found.in_offsets) == np.bincount(out_targets, minlength=size)).all()


def test_where_nobody_is_tied_there_is_nothing() -> None:
    nobody = np.empty(0, np.int32)

    for size in (0, 4):
        found = SortedArcs(size, nobody, nobody)
        assert found.out_offsets.tolist() == found.in_offsets.tolist() == [0] * (size + 1)
        assert found.out_targets.size == found.in_arcs.size == found.row_arcs.size == 0
