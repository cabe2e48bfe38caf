"""With what chance somebody who is moved moves others."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import strategies as st

from engine.examples import karate, network_of, ties, whatever
from guyub.engine.diffusion.influence import (
    Dispositions,
    InfluenceModel,
    Ties,
    diffusion_from_ties,
    habit_diffusion,
    relays,
)
from guyub.engine.diffusion.model import DiffusionModel, constant, parse_spread, weighted_cascade
from guyub.engine.errors import EngineError

KINDS = ("friend", "trust", "conflict")
PLAIN = InfluenceModel(
    base={"friend": 0.1, "trust": 0.2, "conflict": 0.0},
    strength=(0.5, 0.75, 1.0, 1.25, 1.5),
    reported_by_one=0.75,
    receptivity=(1.0, 0.8, 0.5, 0.15, 0.0),
    unknown_receptivity=0.5,
    openness=(0.6, 1.4),
    initiative=(0.6, 1.4),
)


def told(kind=(0,), strength=(0,), by_one=(False,), vitality=None) -> Ties:
    return Ties(
        kinds=KINDS,
        kind=np.array(kind, np.int8),
        strength=np.array(strength, np.int8),
        by_one=np.array(by_one, bool),
        vitality=None if vitality is None else np.array(vitality),
    )


def people(size: int = 2, **traits: dict[int, float]) -> Dispositions:
    columns = {name: np.full(size, np.nan) for name in ("stance", "openness", "initiative")}
    for name, values in traits.items():
        for person, value in values.items():
            columns[name][person] = value
    return Dispositions(**columns)


def chance(tie: Ties, who: Dispositions | None = None, model: InfluenceModel = PLAIN) -> float:
    network = network_of(2, [(0, 1)] * tie.kind.size)
    return float(diffusion_from_ties(network, tie, who or people(), model).probability[0])


def test_every_arc_of_a_constant_spread_has_the_same_chance() -> None:
    diffusion = constant(karate(), 0.1)

    assert diffusion.probability.tolist() == pytest.approx([0.1] * 156)
    assert diffusion.name == "constant:0.1"


@whatever(ties())
def test_in_a_weighted_cascade_the_chances_of_reaching_somebody_sum_to_one(given_ties) -> None:
    diffusion = weighted_cascade(network_of(*given_ties))
    network = diffusion.network

    sums = np.bincount(network.out_targets, diffusion.probability, network.size)

    assert sums[network.in_degree > 0].tolist() == pytest.approx(
        [1.0] * (network.in_degree > 0).sum()
    )
    assert diffusion.name == "weighted-cascade"


def test_in_a_weighted_cascade_one_of_two_tellers_moves_half_of_the_time() -> None:
    diffusion = weighted_cascade(network_of(3, [(0, 2), (1, 2), (2, 0)]))

    assert diffusion.probability.tolist() == [0.5, 0.5, 1.0]


@pytest.mark.parametrize(
    ("tie", "expected"),
    [
        (told(), 0.1),
        (told(kind=[1]), 0.2),
        (told(kind=[2]), 0.0),
        (told(strength=[1]), 0.05),
        (told(strength=[3]), 0.1),
        (told(strength=[5]), 0.15),
        (told(by_one=[True]), 0.075),
        (told(vitality=[0.5]), 0.05),
        (told(kind=[1], strength=[4], by_one=[True], vitality=[0.2]), 0.0375),
    ],
)
def test_what_is_known_of_a_tie_multiplies_its_chance(tie: Ties, expected: float) -> None:
    certain = people(stance={1: 1.0})

    assert chance(tie, certain) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (people(), 0.05),
        (people(stance={1: 1}), 0.1),
        (people(stance={1: 2}), 0.08),
        (people(stance={1: 3}), 0.05),
        (people(stance={1: 4}), 0.015),
        (people(stance={1: 5}), 0.0),
        (people(stance={1: 2.5}), 0.065),
        (people(openness={1: 0}), 0.03),
        (people(openness={1: 2}), 0.05),
        (people(openness={1: 4}), 0.07),
        (people(initiative={0: 4}), 0.07),
        (people(initiative={0: 0}), 0.03),
        (people(stance={0: 4}, openness={0: 0}, initiative={1: 0}), 0.05),
    ],
)
def test_receivers_count_by_stance_and_openness_and_senders_by_initiative(
    who: Dispositions, expected: float
) -> None:
    assert chance(told(), who) == pytest.approx(expected)


def test_ties_of_two_kinds_are_two_chances() -> None:
    two = told(kind=[0, 1], strength=[0, 0], by_one=[False, False])

    assert chance(two, people(stance={1: 1})) == pytest.approx(1 - 0.9 * 0.8)


def test_no_chance_exceeds_certainty() -> None:
    strong = InfluenceModel(base=dict.fromkeys(KINDS, 1.0))

    assert chance(told(strength=[5]), people(stance={1: 1}, openness={1: 4}), strong) == 1.0


@whatever(ties(), st.data())
def test_active_opponents_are_not_moved_and_pass_nothing_on(given_ties, data) -> None:
    size, rows = given_ties
    stances = data.draw(st.lists(st.integers(1, 5), min_size=size, max_size=size))
    who = people(size, stance=dict(enumerate(stances)))
    network = network_of(size, rows)
    kinds = told([1] * len(rows), [0] * len(rows), [False] * len(rows))

    diffusion = diffusion_from_ties(network, kinds, who)

    opponent = np.array(stances) == 5
    touched = opponent[network.out_sources] | opponent[network.out_targets]
    assert (diffusion.probability[touched] == 0.0).all()
    assert (diffusion.probability[~touched] > 0.0).all()
    assert (relays(who) == ~opponent).all()


def test_nothing_known_of_anybody_moves_people_as_neutral_ones() -> None:
    unknown, neutral = Dispositions.unknown(2), people(stance={0: 3, 1: 3})

    assert chance(told(), unknown) == chance(told(), neutral)


def test_the_shipped_numbers_order_ties_as_the_literature_does() -> None:
    base = InfluenceModel().base

    assert base["organises"] > base["trust"] > base["advice"] > base["friend"] > base["neighbour"]
    assert base["conflict"] == 0.0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("model", ("model", None)),
        (" weighted-cascade ", ("weighted-cascade", None)),
        ("constant:0.25", ("constant", 0.25)),
        ("constant:0,25", ("constant", 0.25)),
        ("constant:1", ("constant", 1.0)),
    ],
)
def test_a_spread_is_read_from_its_name(text: str, expected: tuple[str, float | None]) -> None:
    assert parse_spread(text) == expected


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("constant", "from 0 to 1"),
        ("constant:2", "from 0 to 1"),
        ("constant:nan", "from 0 to 1"),
        ("constant:much", "from 0 to 1"),
        ("model:0.1", "not known"),
        ("threshold", "write model, weighted-cascade or constant"),
        ("", "not known"),
    ],
)
def test_an_unknown_spread_is_refused(text: str, fragment: str) -> None:
    with pytest.raises(EngineError, match=fragment):
        parse_spread(text)


@pytest.mark.parametrize("probability", [-0.1, 1.1, float("nan")])
def test_a_constant_chance_lies_between_0_and_1(probability: float) -> None:
    with pytest.raises(EngineError, match="between 0 and 1"):
        constant(karate(), probability)


def test_a_spread_has_one_chance_for_each_arc() -> None:
    with pytest.raises(EngineError, match="3 probabilities for 156 arcs"):
        DiffusionModel(network=karate(), probability=np.zeros(3, np.float32), name="short")


def test_a_kind_of_tie_without_a_number_is_refused() -> None:
    with pytest.raises(EngineError, match="no number for ties of kind trust, conflict"):
        chance(told(), model=InfluenceModel(base={"friend": 0.1}))


def test_what_somebody_does_is_seen_five_times_as_often_as_their_word_moves() -> None:
    ring = network_of(3, [(0, 1), (1, 2), (2, 0)])
    tie = Ties(
        kinds=("friend",),
        kind=np.zeros(3, np.int8),
        strength=np.array([3, 3, 5], np.int8),
        by_one=np.zeros(3, bool),
    )
    word = diffusion_from_ties(ring, tie, people(stance={0: 1, 1: 1, 2: 5}, size=3))

    # Of 0.12 and 0.18 for those on our side; an active opponent neither sees nor shows anything.
    assert habit_diffusion(word).probability.tolist() == pytest.approx([0.6, 0.0, 0.0])
    assert habit_diffusion(word, InfluenceModel(shown=20.0)).probability.tolist() == [1.0, 0.0, 0.0]


def test_a_neutral_cascade_shows_as_often_as_it_says() -> None:
    diffusion = constant(karate(), 0.3)

    assert habit_diffusion(diffusion) is diffusion
