"""Whom to hear first, while too little is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.frames import frame_of
from guyub.engine.field.hear_first import hear_first


def told(frame, heard, count=3, **more) -> list[str]:
    return [each.id for each in hear_first(frame, np.array(heard, bool), count, **more)]


def test_whoever_is_named_or_calls_people_together_is_heard_before_others() -> None:
    frame = frame_of(
        4, [(0, 1, "nomination"), (2, 1, "nomination")], acts=np.array([0, 0, 0, 1], np.int32)
    )

    assert told(frame, [1, 0, 0, 0]) == ["p3", "p1", "p2"]


def test_a_hamlet_of_which_nobody_was_heard_comes_before_the_others() -> None:
    frame = frame_of(4, sub_community=("north", "north", "south", "south"))

    assert told(frame, [1, 0, 0, 0], 2) == ["p2", "p1"]


def test_one_of_a_household_is_enough_to_begin_with() -> None:
    frame = frame_of(4, household=("a", "b", "b", "c"))

    assert told(frame, [0, 0, 0, 0], 3) == ["p0", "p1", "p3"]
    assert told(frame, [0, 0, 0, 0], 4) == ["p0", "p1", "p3", "p2"]


def test_nobody_who_was_heard_is_left_out_or_is_a_child_is_named() -> None:
    frame = frame_of(5, birth_year=np.array([0, 2015, 0, 0, 0], np.int32))

    assert told(frame, [1, 0, 0, 0, 0], 9, left_out=[2]) == ["p3", "p4"]


def test_each_comes_with_why() -> None:
    frame = replace(
        frame_of(3, [(0, 1, "nomination")], gender=("male", "female", "male")),
        sub_community=("north", "south", "north"),
    )

    first, second = hear_first(frame, [True, False, False], 2)

    assert [each.code for each in first.reasons] == ["nominated", "place_unheard", "women_unheard"]
    assert [each.code for each in second.reasons] == ["never_heard"]


def test_where_nobody_lives_nobody_is_named() -> None:
    assert hear_first(frame_of(0), [], 3) == ()
