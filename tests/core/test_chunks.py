"""Many values at a time."""

from __future__ import annotations

import pytest

from guyub.core.chunks import CHUNK, chunks


@pytest.mark.parametrize("count", [0, 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_chunks_hold_every_item_once_in_order_and_fit_into_a_statement(count: int) -> None:
    items = list(range(count))

    parts = list(chunks(items))

    assert [each for part in parts for each in part] == items
    assert all(0 < len(part) <= CHUNK for part in parts)
