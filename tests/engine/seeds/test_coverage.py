"""Choosing people who are in as many sets as can be."""

from __future__ import annotations

import numpy as np

from guyub.engine.seeds.coverage import Coverage


def coverage(size: int, *sets: tuple[int, ...]) -> Coverage:
    """These sets of people."""
    members = np.array([each for one in sets for each in one], np.int32)
    ends = np.cumsum([0, *map(len, sets)], dtype=np.int64)
    return Coverage(size, len(sets), ends, members)


def test_of_equals_the_first_in_the_list_is_taken() -> None:
    chosen, gains, _bound = coverage(4, (1, 2), (1, 2), (3,)).greedy(2, np.ones(4, np.bool_))

    assert chosen.tolist() == [1, 3]
    assert gains.tolist() == [2, 1]
