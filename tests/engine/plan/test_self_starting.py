"""Who starts things: what each piece of evidence adds, and what nobody knows adds nothing."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import strategies as st

from engine.examples import whatever
from engine.frames import TODAY, frame_of
from guyub.engine.errors import EngineError
from guyub.engine.plan.self_starting import (
    STARTING_TRAITS,
    StartingWeights,
    redrawn_starting,
    self_starting,
)


def odds(chance: float) -> float:
    return float(np.log(chance / (1 - chance)))


def test_of_whom_nothing_is_known_the_base_rate_holds() -> None:
    found = self_starting(frame_of(2))

    assert found.chance.tolist() == pytest.approx([0.1, 0.1])
    assert not found.evident.any()
    assert found.of(0).word == "unknown"


def test_acts_weigh_by_the_ratio_of_what_was_done_to_what_was_not() -> None:
    frame = frame_of(
        4,
        acts=np.array([3, 0, 3, 0], np.int32),
        failures=np.array([0.0, 3.0, 3.0, 0.5]),
    )

    found = self_starting(frame)

    assert found.acts.tolist() == pytest.approx([np.log(4), -np.log(4), 0.0, -np.log(1.5)])
    assert found.evident.all()
    assert odds(found.chance[0]) == pytest.approx(odds(0.1) + np.log(4))


def test_three_traits_at_the_top_by_one_observer_lift_a_stranger_to_a_third() -> None:
    seen = [(0, trait, 4.0, TODAY, 1) for trait in STARTING_TRAITS[:3]]

    assert self_starting(frame_of(1, observations=seen)).chance[0] == pytest.approx(0.33, abs=0.005)


def test_more_observers_say_more_than_one() -> None:
    one = [(0, "vision", 4.0, TODAY, 1)]
    three = [(0, "vision", 4.0, TODAY, observer) for observer in (1, 2, 3)]

    assert self_starting(frame_of(1, observations=one)).traits[0] == pytest.approx(0.5)
    assert self_starting(frame_of(1, observations=three)).traits[0] == pytest.approx(0.75)


def test_one_observer_who_looks_again_is_one_observer() -> None:
    again = [(0, "vision", 4.0, TODAY - timedelta(days=days), 1) for days in (30, 20, 0)]

    assert self_starting(frame_of(1, observations=again)).traits[0] == pytest.approx(0.5)


def test_traits_that_were_seen_to_be_low_count_against() -> None:
    low = [(0, "responsibility", 0.0, TODAY, 1), (0, "initiative", 1.0, TODAY, 1)]

    assert self_starting(frame_of(1, observations=low)).traits[0] == pytest.approx(-0.75)


def test_all_traits_together_move_no_further_than_two() -> None:
    many = [(0, trait, 4.0, TODAY, seen) for trait in STARTING_TRAITS for seen in range(9)]

    assert self_starting(frame_of(1, observations=many)).traits[0] == 2.0


def test_openness_influence_and_stance_say_nothing_of_who_starts() -> None:
    other = [(0, trait, 4.0, TODAY, 1) for trait in ("openness", "influence")]

    found = self_starting(frame_of(1, observations=[*other, (0, "stance", 1.0, TODAY, 1)]))

    assert found.chance[0] == pytest.approx(0.1)
    assert not found.evident[0]


def test_being_named_counts_up_to_three_names() -> None:
    names = [(giver, 0, "nomination") for giver in range(1, 6)]

    once = self_starting(frame_of(6, names[:1]))
    often = self_starting(frame_of(6, names))

    assert once.named[0] == pytest.approx(np.log(2) / np.log(4))
    assert often.named[0] == 1.0


def test_whoever_said_yes_to_leading_starts_sooner_than_whoever_said_no() -> None:
    frame = frame_of(3, asked_to_lead=np.array([1, -1, 0], np.int8))

    assert self_starting(frame).asked.tolist() == [1.0, -1.0, 0.0]


@pytest.mark.parametrize(
    ("acts", "failures", "word"),
    [(9, 0.0, "often"), (2, 0.0, "sometimes"), (0, 2.0, "seldom")],
)
def test_a_chance_has_a_word(acts: int, failures: float, word: str) -> None:
    frame = frame_of(1, acts=np.array([acts], np.int32), failures=np.array([failures]))

    assert self_starting(frame).of(0).word == word


@whatever(
    st.integers(0, 50),
    st.floats(0.0, 50.0),
    st.lists(st.tuples(st.sampled_from(STARTING_TRAITS), st.integers(0, 4)), max_size=8),
)
def test_a_chance_is_never_certain_and_its_terms_add_up(
    acts: int, failures: float, traits: list[tuple[str, int]]
) -> None:
    seen = [(0, trait, float(value), TODAY, who) for who, (trait, value) in enumerate(traits)]
    frame = frame_of(
        1, observations=seen, acts=np.array([acts], np.int32), failures=np.array([failures])
    )

    one = self_starting(frame).of(0)

    assert 0.02 <= one.chance <= 0.9
    whole = 1 / (1 + np.exp(-odds(0.1) - sum(one.terms.values())))
    assert one.chance == pytest.approx(np.clip(whole, 0.02, 0.9))


def test_evidence_that_is_drawn_anew_lies_around_what_is_known() -> None:
    frame = frame_of(
        3,
        [(1, 0, "nomination")],
        [(0, "vision", 4.0, TODAY, 1)],
        acts=np.array([4, 0, 0], np.int32),
        failures=np.array([1.0, 0.0, 0.0]),
    )
    generator = np.random.default_rng(1)

    drawn = np.array([redrawn_starting(frame, StartingWeights(), generator) for _ in range(400)])

    known = self_starting(frame).chance
    assert drawn[:, 0].std() > 0.05
    assert drawn[:, 0].mean() == pytest.approx(known[0], abs=0.08)
    # Of whom nothing is known nothing is drawn.
    assert (drawn[:, 2] == drawn[0, 2]).all()


def test_weights_can_be_set_and_are_refused_where_they_make_no_sense() -> None:
    frame = frame_of(1, acts=np.array([3], np.int32))

    heavier = self_starting(frame, StartingWeights(base=0.2, acts=2.0))

    assert odds(heavier.chance[0]) == pytest.approx(min(odds(0.9), odds(0.2) + 2 * np.log(4)))
    with pytest.raises(EngineError, match="0 or more"):
        StartingWeights(traits=-1.0)
    with pytest.raises(EngineError, match="in order"):
        StartingWeights(base=0.01)


def test_whoever_was_met_noted_or_told_of_by_two_is_known() -> None:
    ties = [(1, 0, "nomination"), (2, 0, "friend"), (2, 1, "friend", {"by_one": 1})]
    seen = [(3, "stance", 2.0, TODAY, 1)]
    frame = frame_of(6, ties, seen, met=np.array([0, 0, 0, 0, 1, 0], bool))

    # 1 was told of by one person alone; 2 by 0, for that tie is told of by both.
    assert frame.known().tolist() == [True, False, False, True, True, False]


def test_whoever_is_under_17_for_sure_is_a_child() -> None:
    born = np.array([2010, 2009, 2008, 0], np.int32)

    children = frame_of(4, on=date(2026, 7, 1), birth_year=born).children()

    # Of 2009: 16 or 17 this year.
    assert children.tolist() == [True, False, False, False]
