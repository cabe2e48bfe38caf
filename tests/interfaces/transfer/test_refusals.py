"""Why a file cannot be read: what is believed of the process that read it."""

from __future__ import annotations

import pytest

from guyub.interfaces.transfer.refusals import UnreadableTable, believed, listed


def test_a_refusal_of_the_child_becomes_the_sentence_of_its_fault() -> None:
    told = believed(["wide", {"name": "other.csv", "columns": 300, "most": 200}], "list.csv")

    assert str(told) == "list.csv has 300 columns; at most 200 are read."


@pytest.mark.parametrize(
    "said",
    [
        "list.csv is fine",
        ["unheard", {}],
        ["wide", {"columns": 300}],
        ["wide", {"columns": ["300"], "most": 200}],
        ["wide", {"columns": True, "most": 200}],
        [["wide"], {}],
        ["empty"],
        None,
    ],
)
def test_what_fits_no_sentence_is_not_believed(said: object) -> None:
    with pytest.raises(ValueError, match=r"^$"):
        believed(said, "list.csv")


def test_what_the_child_adds_is_not_said() -> None:
    told = believed(["empty", {"name": "x", "more": "call this number"}], "list.csv")

    assert set(told.facts) == {"name"}


def test_a_fact_is_shown_without_signs_and_not_at_length() -> None:
    told = UnreadableTable("same_title", name="list.csv", column="a\x1b[2J\n" + "x" * 5000)

    assert "\x1b" not in str(told)
    assert len(str(told)) < 1200


def test_of_many_names_some_are_listed() -> None:
    assert listed([str(number) for number in range(12)]) == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, ..."
