"""By what people belong together."""

from __future__ import annotations

import numpy as np
import pytest

from engine.frames import TODAY, frame_of
from guyub.engine.errors import EngineError, TooFewGroups
from guyub.engine.plan.groupings import grouping


@pytest.mark.parametrize(
    ("by", "column", "told", "names", "numbers"),
    [
        (
            "sub_community",
            "sub_community",
            ("Krajan", "Kali", "", "Krajan"),
            ("Kali", "Krajan"),
            [1, 0, -1, 1],
        ),
        ("gender", "gender", ("male", "female", "", "female"), ("female", "male"), [1, 0, -1, 0]),
        (
            "age",
            "birth_year",
            np.array([TODAY.year - 30, TODAY.year - 31, 0, TODAY.year - 50]),
            ("30_and_younger", "31_to_49", "50_and_older"),
            [0, 1, -1, 2],
        ),
        ("household", "household", ("A", "A", "B", ""), ("1_or_2",), None),
        (
            "household",
            "household",
            ("A", "A", "A", "B"),
            ("1_or_2", "3_or_4"),
            [1, 1, 1, 0],
        ),
    ],
)
def test_people_belong_where_something_is_known_of_them(by, column, told, names, numbers) -> None:
    frame = frame_of(4, [], **{column: told})

    if numbers is None:
        with pytest.raises(TooFewGroups):
            grouping(frame, by)
    else:
        found, called = grouping(frame, by)
        assert called == names
        assert found.tolist() == numbers


def test_an_unknown_grouping_is_refused() -> None:
    with pytest.raises(EngineError, match="grouped by 'wealth'"):
        grouping(frame_of(2, []), "wealth")
