"""The ladder: where somebody stands, and which evidence says so."""

from __future__ import annotations

import numpy as np
import pytest

from guyub.engine.errors import EngineError
from guyub.engine.field.ladder import RULES, Deeds, Step, ladder


def deeds(**told: int) -> Deeds:
    names = ("met", "gatherings", "groups", "kept", "hosted", "organised", "brought")
    columns = {name: np.array([told.get(name, 0)]) for name in names}
    return Deeds(**columns, office=np.array([bool(told.get("office", 0))]))


@pytest.mark.parametrize(
    ("told", "step"),
    [
        ({}, Step.STRANGER),
        ({"met": 1}, Step.CONTACT),
        ({"met": 1, "gatherings": 1}, Step.PARTICIPANT),
        ({"met": 1, "gatherings": 1, "groups": 1}, Step.MEMBER),
        ({"met": 1, "groups": 1}, Step.CONTACT),
        ({"met": 3, "gatherings": 3}, Step.MEMBER),
        ({"met": 1, "kept": 1}, Step.DOER),
        ({"met": 1, "hosted": 1}, Step.DOER),
        ({"met": 2, "gatherings": 2, "brought": 1}, Step.PARTICIPANT),
        ({"met": 2, "gatherings": 2, "brought": 2}, Step.LEADER),
        ({"met": 2, "organised": 2}, Step.LEADER),
        ({"met": 1, "kept": 1, "office": 1}, Step.LEADER),
        ({"met": 1, "office": 1}, Step.CONTACT),
    ],
)
def test_somebody_stands_on_the_highest_step_with_evidence(told: dict, step: Step) -> None:
    assert ladder(deeds(**told)).step.tolist() == [step]


def test_what_stands_in_a_list_does_not_make_a_stranger_known() -> None:
    assert ladder(deeds(groups=2, office=1, kept=1)).step.tolist() == [Step.STRANGER]


def test_each_rule_says_whether_it_holds() -> None:
    found = ladder(deeds(met=2, gatherings=1, kept=1))
    held = {RULES[place].column for place in np.flatnonzero(found.held[:, 0])}

    assert held == {"met", "gatherings", "kept"}


def test_every_step_but_the_lowest_has_a_rule_and_rules_rise() -> None:
    steps = [rule.step for rule in RULES]

    assert set(steps) == set(Step) - {Step.STRANGER}
    assert steps == sorted(steps)


def test_columns_of_different_lengths_are_refused() -> None:
    columns = vars(deeds()) | {"kept": np.array([1, 2])}

    with pytest.raises(EngineError):
        ladder(Deeds(**columns))
