"""One community at one date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import strategies as st

from engine.examples import whatever
from engine.frames import TODAY, frame_of
from guyub.engine.diffusion.influence import InfluenceModel
from guyub.engine.diffusion.simulations import simulate
from guyub.engine.errors import EngineError
from guyub.engine.frame import TIE_KINDS, Frame
from guyub.engine.ratings import HALF_LIFE

MUTUAL = {"mutual": True}


def arcs(frame: Frame, text: str) -> dict[tuple[int, int], float]:
    diffusion = frame.diffusion(text)
    network = diffusion.network
    pairs = zip(network.out_sources.tolist(), network.out_targets.tolist(), strict=True)
    return dict(zip(pairs, diffusion.probability.tolist(), strict=True))


def ago(days: float) -> date:
    return TODAY - timedelta(days=days)


def test_mutual_ties_lead_both_ways_and_conflicts_nowhere() -> None:
    frame = frame_of(4, [(0, 1, "kin", MUTUAL), (1, 2, "help"), (2, 3, "conflict", MUTUAL)])

    assert set(arcs(frame, "constant:0.1")) == {(0, 1), (1, 0), (1, 2)}
    assert frame.network().arcs == 3


@pytest.mark.parametrize("kind", sorted(set(TIE_KINDS) - {"conflict"}))
def test_whoever_is_asked_trusted_or_named_moves_the_one_who_does_so(kind: str) -> None:
    flows_back = kind in {"advice", "trust", "nomination"}
    frame = frame_of(2, [(0, 1, kind)])

    assert set(arcs(frame, "model")) == {(1, 0) if flows_back else (0, 1)}
    assert set(arcs(frame, "weighted-cascade")) == {(0, 1)}


def test_the_model_knows_the_kind_strength_and_reports_of_each_tie() -> None:
    frame = frame_of(
        3,
        [
            (0, 1, "conflict"),
            (1, 0, "trust", {"strength": 5}),
            (1, 2, "work", {"by_one": True, "mutual": True}),
        ],
    )
    model = InfluenceModel()

    chances = arcs(frame, "model")

    work = model.base["work"] * model.reported_by_one * model.unknown_receptivity
    assert chances == pytest.approx(
        {
            (0, 1): model.base["trust"] * model.strength[4] * model.unknown_receptivity,
            (1, 2): work,
            (2, 1): work,
        }
    )


def test_active_opponents_never_pass_on_in_the_model() -> None:
    chain = [(0, 1, "organises", MUTUAL), (1, 2, "organises", MUTUAL)]
    frame = frame_of(3, chain, [(1, "stance", 5.0, TODAY, 1)])
    certain = InfluenceModel(base=dict.fromkeys(TIE_KINDS, 1.0), unknown_receptivity=1.0)

    played = simulate(frame.diffusion("model", certain), [0], simulations=200)

    assert played.totals.tolist() == [1] * 200


def test_passive_opponents_stand_against_but_pass_a_little_on() -> None:
    frame = frame_of(
        3,
        [(0, 1, "trust", MUTUAL)],
        [(0, "stance", 4.0, TODAY, 1), (1, "stance", 3.0, TODAY, 1)],
    )

    assert frame.opposed().tolist() == [True, False, False]
    assert min(arcs(frame, "model").values()) > 0.0


def test_observers_halfway_between_neutral_and_opposed_count_as_opposition() -> None:
    rows = [(0, "stance", 3.0, TODAY, 1), (0, "stance", 4.0, TODAY, 2)]

    assert frame_of(1, [], rows).opposed().tolist() == [True]
    assert frame_of(1, [], [*rows, (0, "stance", 3.0, TODAY, 3)]).opposed().tolist() == [False]


def test_the_latest_word_of_each_observer_counts() -> None:
    rows = [
        (0, "stance", 1.0, TODAY, 1),
        (0, "stance", 5.0, ago(10), 1),
        (0, "stance", 4.0, None, 1),
        (0, "openness", 4.0, TODAY, 1),
    ]

    current = frame_of(2, [], rows).current("stance")

    assert current[0] == 1.0
    assert np.isnan(current[1])


def test_an_observation_of_half_a_year_ago_weighs_half() -> None:
    rows = [(0, "vision", 4.0, TODAY, 1), (0, "vision", 1.0, ago(HALF_LIFE), 2)]

    assert frame_of(1, [], rows).current("vision")[0] == pytest.approx((4 + 0.5 * 1) / 1.5)


@whatever(
    st.lists(
        st.tuples(
            st.integers(0, 2),
            st.sampled_from(["stance", "openness"]),
            st.floats(0, 5),
            st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2030, 1, 1))),
            st.integers(0, 3),
        ),
        max_size=15,
    )
)
def test_a_current_figure_lies_between_what_was_observed(rows) -> None:
    current = frame_of(3, [], rows).current("stance")

    for person in range(3):
        seen = [row[2] for row in rows if row[0] == person and row[1] == "stance"]
        assert np.isnan(current[person]) == (not seen)
        if seen:
            assert min(seen) - 1e-9 <= current[person] <= max(seen) + 1e-9


def test_nominations_count_others_and_each_of_them_once() -> None:
    rows = [(0, 2), (0, 2), (1, 2), (2, 2), (2, 0)]
    frame = frame_of(3, [(*row, "nomination") for row in rows] + [(1, 0, "trust")])

    assert frame.nominated().tolist() == [1, 0, 2]


def test_two_who_name_one_another_are_named_once_each() -> None:
    assert frame_of(3, [(0, 1, "nomination", MUTUAL)]).nominated().tolist() == [1, 1, 0]


def test_traits_nobody_observed_are_unknown() -> None:
    known = frame_of(2, [], [(0, "initiative", 4.0, TODAY, 1)]).dispositions()

    assert known.initiative[0] == 4.0
    assert np.isnan([*known.stance, *known.openness, known.initiative[1]]).all()


def test_frames_of_the_same_columns_are_equal() -> None:
    def village(**other) -> Frame:
        observed = [(0, "stance", 2.0, TODAY, 1)]
        return frame_of(3, [(0, 1, "kin", MUTUAL)], observed, **other)

    assert village().equals(village())
    assert not village().equals(village(name=("A", "B", "C")))
    assert not village().equals(village(promises_kept=np.array([0, 0, 1], np.int32)))
    later = replace(village(), observations=frame_of(3).observations)
    assert not village().equals(later)


def test_a_community_of_nobody_is_a_frame() -> None:
    frame = frame_of(0)

    assert frame.network().size == 0
    assert frame.nominated().size == frame.current("stance").size == 0


@pytest.mark.parametrize(
    ("columns", "fragment"),
    [
        ({"name": ("A",)}, "name has 1 entries, not 2"),
        ({"strength": np.zeros(3, np.int8)}, "strength has 3 entries, not 1"),
        ({"id": ("a", "a")}, "same id"),
        ({"target": np.array([2], np.int32)}, "not in the list"),
        ({"source": np.array([-1], np.int32)}, "not in the list"),
        (
            {"observations": frame_of(9, [], [(8, "stance", 1, None, 1)]).observations},
            "observation names someone",
        ),
    ],
)
def test_columns_that_do_not_fit_together_are_refused(columns, fragment: str) -> None:
    frame = frame_of(2, [(0, 1, "kin")])

    with pytest.raises(EngineError, match=fragment):
        replace(frame, **columns)
