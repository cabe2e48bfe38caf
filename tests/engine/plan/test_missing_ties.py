"""Ties that nobody told of yet."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import strategies as st

from engine.examples import whatever
from engine.frames import TODAY, frame_of
from guyub.engine.diffusion.influence import InfluenceModel
from guyub.engine.frame import Frame
from guyub.engine.plan import missing_ties as module
from guyub.engine.plan.missing_ties import missing_ties, uncertain_ties
from guyub.engine.seeds.catalysts import catalysts
from guyub.engine.seeds.problem import SeedProblem

ONE = {"by_one": True}


def villages(size: int = 9) -> st.SearchStrategy[Frame]:
    """People in two hamlets of whom some told of ties."""
    person = st.integers(0, size - 1)
    told = st.lists(st.tuples(person, person, st.booleans()), max_size=25)
    words = {
        name: st.lists(st.sampled_from(["", "a", "b"]), min_size=size, max_size=size).map(tuple)
        for name in ("sub_community", "household", "gender")
    }
    return st.builds(
        lambda ties, **columns: frame_of(
            size,
            [(one, other, "friend", {"by_one": by_one}) for one, other, by_one in ties],
            **columns,
        ),
        told,
        **words,
    )


def asking(size: int = 60, asked: int = 20, seed: int = 1) -> Frame:
    """Two hamlets in which ties within are ten times as likely; only the first were asked."""
    generator = np.random.default_rng(seed)
    order = generator.permutation(size)
    place = np.array(["Krajan", "Kali"])[order % 2]
    rows = []
    for one in range(size):
        for other in range(one + 1, size):
            near = place[one] == place[other]
            if generator.random() < (0.3 if near else 0.03) and one < asked:
                rows.append((one, other, "friend", ONE))
    return frame_of(size, rows, sub_community=tuple(place))


def test_whoever_told_of_a_tie_was_asked_and_both_where_both_told() -> None:
    frame = frame_of(
        6,
        [
            (0, 1, "friend", ONE),
            (2, 3, "kin"),
            (4, 5, "nomination"),
            (5, 4, "conflict"),
        ],
    )

    assert missing_ties(frame).asked.tolist() == [True, False, True, True, False, False]


@whatever(villages())
def test_pairs_that_share_the_same_are_counted_as_if_each_were_looked_at(frame) -> None:
    codes, everybody = module._codes(frame), np.ones(frame.size, bool)

    counted = module._pairs(codes, everybody)

    one, other = np.triu_indices(frame.size, 1)
    looked_at = np.bincount(module._cell(codes, one, other), minlength=16)
    assert counted.tolist() == looked_at.tolist()


@whatever(villages())
def test_a_tie_is_guessed_only_between_two_of_whom_nobody_was_asked(frame) -> None:
    found = missing_ties(frame)

    told = {
        frozenset(pair) for pair in zip(frame.source.tolist(), frame.target.tolist(), strict=True)
    }
    for one, other in zip(found.one.tolist(), found.other.tolist(), strict=True):
        assert one < other
        assert not found.asked[one]
        assert not found.asked[other]
        assert {one, other} not in told
    assert ((found.chance >= 0) & (found.chance <= 1)).all()


def test_a_guess_is_the_rate_among_those_asked_and_grows_with_each_naming() -> None:
    # Six of ten were asked; of their 39 pairs (with each other or with one of the four) 5 are tied.
    ties = [(0, 1), (1, 2), (2, 3), (4, 6), (5, 6)]
    frame = frame_of(
        10, [(one, other, "friend", ONE) for one, other in ties] + [(3, 0, "kin", ONE)]
    )

    found = missing_ties(frame)

    assert found.named.tolist() == [2, 2, 2, 2, 0, 0, 2, 0, 0, 0]
    rate = 6 / 39
    shape = found.shape
    # Nobody of whom anything is known shares anything: (6 + 20 × rate) / (39 + 20) is the rate.
    expected = {
        pair: rate * np.prod([(shape + (2 if each == 6 else 0)) / (shape + 0.5) for each in pair])
        for pair in [(6, 7), (6, 8), (6, 9), (7, 8), (7, 9), (8, 9)]
    }
    pairs = zip(found.one.tolist(), found.other.tolist(), strict=True)
    told = dict(zip(pairs, found.chance, strict=True))
    assert told == pytest.approx(expected)
    assert told[6, 7] > told[7, 8]


def test_what_is_not_known_of_a_village_is_about_what_is_there() -> None:
    guessed, there = [], []
    for seed in range(30):
        found = missing_ties(asking(seed=seed))
        within = np.array(asking(seed=seed).sub_community)
        near = within[found.one] == within[found.other]
        guessed.append([found.chance[near].sum(), found.chance[~near].sum()])
        there.append([0.3 * near.sum(), 0.03 * (~near).sum()])

    # Over thirty villages the guesses add up to what those who were not asked would tell.
    assert np.mean(guessed, axis=0) == pytest.approx(np.mean(there, axis=0), rel=0.2)


def test_between_people_at_odds_no_tie_is_guessed() -> None:
    frame = asking()
    silent = np.flatnonzero(~missing_ties(frame).asked)
    one, other = int(silent[0]), int(silent[5])
    rows = [(*pair, "friend", ONE) for pair in zip(frame.source, frame.target, strict=True)]
    at_odds = frame_of(60, [*rows, (other, one, "conflict")], sub_community=frame.sub_community)

    found = missing_ties(at_odds)

    assert found.one.size == missing_ties(frame).one.size - 1
    assert not ((found.one == one) & (found.other == other)).any()


def test_people_who_differ_more_are_fitted_with_a_smaller_shape() -> None:
    even, uneven = np.array([4, 5, 6, 5, 4, 6] * 5), np.array([1, 4, 2, 12, 1, 3] * 5)

    assert module._shape(even) == 50.0
    mean, diffusion = uneven.mean(), uneven.var(ddof=1)
    assert module._shape(uneven) == pytest.approx(mean**2 / (diffusion - mean))


@pytest.mark.parametrize("asked", [0, 4])
def test_from_a_handful_nothing_is_guessed(asked: int) -> None:
    frame = frame_of(12, [(each, 11, "friend", ONE) for each in range(asked)])

    assert missing_ties(frame).one.size == 0
    assert uncertain_ties(frame).guessed.sum() == 0


def test_where_too_many_were_not_asked_nothing_is_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_PAIRS", 100)

    assert missing_ties(asking()).one.size == 0


@whatever(villages(), examples=30)
def test_on_average_what_was_told_spreads_as_ever(frame) -> None:
    found = uncertain_ties(frame)

    told = frame.diffusion()
    network = found.certain.network
    arcs = dict(
        zip(
            zip(network.out_sources.tolist(), network.out_targets.tolist(), strict=True),
            found.mean.probability.tolist(),
            strict=True,
        )
    )
    for source, target, chance in zip(
        told.network.out_sources.tolist(),
        told.network.out_targets.tolist(),
        told.probability.tolist(),
        strict=True,
    ):
        assert arcs[source, target] == pytest.approx(chance, abs=1e-6)
    assert (found.there[~found.guessed] > 0).all()


def test_a_guessed_tie_leads_both_ways_with_the_chance_of_any_tie() -> None:
    frame = asking()
    found = uncertain_ties(frame)
    network, pairs = found.certain.network, found.unknown.one.size

    assert found.guessed.sum() == 2 * pairs
    # Nobody was observed: 0.10 of any tie, half of it for whose stance is not known.
    assert found.certain.probability[found.guessed].tolist() == pytest.approx([0.05] * 2 * pairs)
    ends = network.out_sources[found.guessed], network.out_targets[found.guessed]
    one, other = (int(found.unknown.one[3]), int(found.unknown.other[3]))
    for source, target in ((one, other), (other, one)):
        (arc,) = np.flatnonzero((ends[0] == source) & (ends[1] == target))
        assert found.there[found.guessed][arc] == pytest.approx(found.unknown.chance[3])


def test_an_opponent_passes_nothing_on_along_a_guessed_tie() -> None:
    frame = asking()
    silent = int(np.flatnonzero(~missing_ties(frame).asked)[0])
    told = [(silent, "stance", 5.0, TODAY, 1)]
    opponents = replace(frame, observations=frame_of(60, [], told).observations)

    found = uncertain_ties(opponents, InfluenceModel())

    arcs = found.guessed & (found.certain.network.out_sources == silent)
    assert arcs.any()
    assert not found.certain.probability[arcs].any()


def test_a_plan_under_what_is_possible_keeps_its_guarantee() -> None:
    found = uncertain_ties(asking())

    plan = catalysts(SeedProblem.of(found.mean), 3)

    assert plan.guarantee > 0.8
    assert found.doubtful
