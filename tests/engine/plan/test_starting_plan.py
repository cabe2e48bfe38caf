"""Whom to begin with, how far it reaches, and why."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume
from hypothesis import strategies as st

from engine.examples import mask, whatever
from engine.frames import TODAY, frame_of, planned
from guyub.engine.diffusion.influence import InfluenceModel
from guyub.engine.errors import EngineError
from guyub.engine.frame import Frame
from guyub.engine.plan.missing_ties import missing_ties
from guyub.engine.plan.outcome import StartingPlan
from guyub.engine.reasons import LANGUAGES, sentence
from guyub.engine.seeds.problem import SeedProblem
from guyub.engine.seeds.robustness import plan_membership, stability_of

MUTUAL = {"mutual": True}
BOTH_STARS = [(0, end, "friend", MUTUAL) for end in (1, 2, 3, 4)] + [
    (5, end, "friend", MUTUAL) for end in (6, 7, 8)
]


def stars(observations=(), **columns) -> Frame:
    """Person 0 with four friends, person 5 with three."""
    return frame_of(9, BOTH_STARS, observations, **columns)


def ids(plan: StartingPlan) -> list[str]:
    return [person.id for person in plan.catalysts]


def facts(frame: Frame, person: str = "p0", **wishes) -> dict[str, dict]:
    plan = planned(frame, 2, **wishes)
    (found,) = [each for each in plan.catalysts if each.id == person]
    return {reason.code: reason.facts for reason in found.reasons}


def villages() -> st.SearchStrategy[Frame]:
    person = st.integers(0, 7)
    kind = st.sampled_from(["friend", "trust", "kin", "nomination", "conflict"])
    return st.builds(
        lambda ties, stances: frame_of(
            8,
            [(*tie, MUTUAL if both else {}) for *tie, both in ties],
            [(each, "stance", float(value), TODAY, 1) for each, value in stances.items()],
        ),
        st.lists(st.tuples(person, person, kind, st.booleans()), max_size=20),
        st.dictionaries(person, st.integers(1, 5)),
    )


@pytest.mark.parametrize("spread", ["model", "weighted-cascade", "constant:0.2"])
def test_the_middles_of_two_stars_are_the_ones_to_begin_with(spread: str) -> None:
    plan = planned(stars(), 2, spread=spread)

    assert ids(plan) == ["p0", "p5"]
    assert [person.name for person in plan.catalysts] == ["Name 0", "Name 5"]
    assert (plan.people, plan.ties, plan.spread) == (9, 7, spread)


def test_the_reach_of_two_stars_is_the_exact_one() -> None:
    plan = planned(stars(), 2, spread="constant:0.2")

    assert plan.reach.low <= 2 + 7 * 0.2 <= plan.reach.high
    added = [person.marginal_reach for person in plan.catalysts]
    assert added == pytest.approx([1.8, 1.6], abs=0.1)


@whatever(villages(), st.sets(st.integers(0, 7), max_size=5), st.integers(1, 3), examples=25)
def test_a_plan_keeps_to_who_may_be_chosen_and_adds_up(frame, left_out, count) -> None:
    allowed = set(np.flatnonzero(~frame.opposed()).tolist()) - left_out
    assume(len(allowed) >= count)

    plan = planned(frame, count, excluded=[f"p{each}" for each in left_out])

    assert len(set(ids(plan))) == count
    assert set(ids(plan)) <= {f"p{each}" for each in allowed}
    assert sum(each.marginal_reach for each in plan.catalysts) == pytest.approx(plan.reach.expected)
    assert count <= plan.reach.expected <= frame.size
    assert 0.0 <= plan.guarantee <= 1.0


@whatever(villages(), st.integers(0, 1000), examples=10)
def test_the_same_seed_gives_the_same_plan(frame, seed) -> None:
    assume(not frame.opposed().all())

    assert planned(frame, 1, seed=seed) == planned(frame, 1, seed=seed)


def test_a_plan_for_those_who_count_most_begins_with_whoever_reaches_them() -> None:
    heavy = {f"p{each}": 3.0 for each in (6, 7, 8)}

    plan = planned(stars(), 2, spread="constant:0.5", weights=heavy)

    assert ids(plan) == ["p5", "p0"]
    added = [person.marginal_reach for person in plan.catalysts]
    assert added == pytest.approx([1 + 3 * 3 * 0.5, 1 + 4 * 0.5], abs=0.15)
    assert plan.reach.low <= 5.5 + 3.0 <= plan.reach.high
    assert plan.comparison["most_ties"] == plan.reach


def test_the_baselines_stand_beside_the_plan_and_do_no_better() -> None:
    nominated = [(1, 6, "nomination"), (2, 6, "nomination")]
    frame = frame_of(9, BOTH_STARS + nominated, leader=mask(9, [7, 8]))

    plan = planned(frame, 2, spread="constant:0.2")

    assert set(plan.comparison) == {
        "most_ties",
        "betweenness",
        "k_core",
        "diffusion_centrality",
        "nominations",
        "formal_leaders",
        "random",
    }
    for reach in plan.comparison.values():
        assert reach.low <= plan.reach.high
    assert plan.comparison["formal_leaders"].high < plan.reach.low


def test_whoever_stands_against_is_left_out_of_the_plan_and_of_the_comparison() -> None:
    frame = stars([(0, "stance", 4.0, TODAY, 1)])

    plan = planned(frame, 2, spread="constant:0.3")

    assert ids(plan)[0] == "p5"
    assert plan.comparison["most_ties"].low <= plan.reach.high


def test_people_left_out_by_name_are_not_chosen() -> None:
    assert "p0" not in ids(planned(stars(), 3, excluded=["p0", "p6"]))


def test_other_numbers_for_the_model_give_another_reach() -> None:
    strong = InfluenceModel(base=dict(InfluenceModel().base) | {"friend": 0.9})

    plain, strengthened = (planned(stars(), 2, model=each) for each in (None, strong))

    assert strengthened.reach.low > plain.reach.high


def test_deeds_come_before_judgements_and_both_before_position() -> None:
    named = [(1, 0, "nomination"), (2, 0, "nomination"), (3, 0, "trust"), (4, 0, "trust")]
    frame = frame_of(
        9,
        BOTH_STARS + named,
        [(0, "initiative", 3.5, TODAY, 1)],
        promises_kept=np.array([3] + [0] * 8, np.int32),
        promises_broken=np.array([1] + [0] * 8, np.int32),
        sub_community=("East", "East", "West", "West", "North", "", "", "", ""),
    )

    found = facts(frame)

    assert list(found) == [
        "promises_kept",
        "initiative",
        "nominated",
        "trusted",
        "bridges",
        "reaches_first",
        "ties",
    ]
    assert found["promises_kept"] == {"kept": 3, "settled": 4}
    assert found["nominated"] == found["trusted"] == {"count": 2}
    assert found["bridges"] == {"count": 3, "places": "West, North"}
    assert found["ties"] == {"count": 4}


def test_whoever_trusts_is_counted_once_and_a_returned_trust_counts() -> None:
    frame = frame_of(
        4, [(1, 0, "trust"), (1, 0, "trust"), (0, 0, "trust"), (0, 2, "trust", MUTUAL)]
    )

    assert facts(frame, excluded=["p1", "p3"])["trusted"] == {"count": 2}


def test_those_reached_first_are_named_and_at_most_three() -> None:
    chances = [(0, end, "friend", {"strength": 5}) for end in (1, 2, 3, 4)]
    frame = frame_of(6, chances)

    names = facts(frame)["reaches_first"]["names"].split(", ")

    assert len(names) == 3
    assert set(names) <= {"Name 1", "Name 2", "Name 3", "Name 4"}


def test_people_without_a_name_are_told_by_their_id() -> None:
    frame = replace(frame_of(3, [(0, 1, "organises")]), name=("", "", ""))

    assert facts(frame)["reaches_first"] == {"names": "p1"}


def test_of_somebody_without_ties_that_is_said() -> None:
    plan = planned(frame_of(2), 1)

    assert [reason.code for reason in plan.catalysts[0].reasons] == ["no_ties"]


def test_assumptions_tell_of_the_spread_of_people_alone_and_of_opponents() -> None:
    frame = frame_of(5, [(0, 1, "kin")], [(1, "stance", 5.0, TODAY, 1)])

    found = {each.code: each.facts for each in planned(frame, 1).assumptions}

    assert list(found) == ["spread_model", "incomplete", "opposed", "opponents_silent"]
    assert found["incomplete"] == {"alone": 3, "people": 5}
    assert found["opposed"] == {"count": 1}
    neutral = planned(frame, 1, spread="weighted-cascade").assumptions
    assert "opponents_silent" not in {each.code for each in neutral}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("spread", ["model", "weighted-cascade", "constant:0.2"])
def test_every_reason_has_a_sentence(language: str, spread: str) -> None:
    frame = stars([(0, "initiative", 4.0, TODAY, 1), (8, "stance", 5.0, TODAY, 1)])
    plan = planned(frame, 3, spread=spread)
    told = [*plan.assumptions, *(each for person in plan.catalysts for each in person.reasons)]

    for reason in told:
        words = sentence(reason, language)
        assert words
        assert "{" not in words
        assert all(str(fact) in words for name, fact in reason.facts.items() if name != "spread")


@pytest.mark.parametrize(
    ("count", "wishes", "fragment"),
    [
        (0, {}, "0 people cannot be chosen: 9 of 9"),
        (10, {}, "10 people cannot be chosen"),
        (8, {"excluded": ["p1", "p2"]}, "7 of 9 may be"),
        (1, {"excluded": ["nobody"]}, "Nobody in the list has the id 'nobody'"),
        (1, {"weights": {"nobody": 2.0}}, "Nobody in the list has the id 'nobody'"),
        (1, {"spread": "gossip"}, "not known"),
        (1, {"model": InfluenceModel(base={"kin": 0.1})}, "no number for ties"),
    ],
)
def test_a_plan_that_cannot_be_made_is_refused(count, wishes, fragment: str) -> None:
    with pytest.raises(EngineError, match=fragment):
        planned(stars(), count, **wishes)


def test_whoever_has_begun_is_not_chosen_and_the_plan_adds_to_them() -> None:
    plan = planned(stars(), 1, active=["p0"], spread="constant:1")

    assert ids(plan) == ["p5"]
    assert plan.active == ("p0",)
    assert plan.reach.expected == 9.0
    assert plan.catalysts[0].marginal_reach == 4.0
    assert plan.comparison["most_ties"].expected == 9.0


@whatever(villages(), st.sets(st.integers(0, 7), max_size=3), st.integers(1, 2), examples=25)
def test_a_plan_reaches_what_the_active_reach_and_what_it_adds(frame, begun, count) -> None:
    active = [f"p{each}" for each in sorted(begun)]
    assume(int((~frame.opposed()).sum()) - len(begun) >= count)

    plan = planned(frame, count, active=active)

    assert not set(ids(plan)) & set(active)
    adding = sum(each.marginal_reach for each in plan.catalysts)
    assert len(active) - 1e-9 <= plan.reach.expected - adding
    assert plan.reach.expected <= frame.size


def test_a_fair_plan_begins_in_every_group_and_names_its_price() -> None:
    apart = (*("Krajan" for _ in range(9)), *("Kali" for _ in range(3)))
    ties = [(0, end, "friend", MUTUAL) for end in (1, 2, 3, 4)] + [
        (5, end, "friend", MUTUAL) for end in (6, 7, 8)
    ]
    frame = frame_of(12, [*ties, (9, 10, "friend", MUTUAL)], sub_community=apart)

    plain, fair = (planned(frame, 2, fair_by=by, aim="worst") for by in ("", "sub_community"))

    assert ids(plain) == ["p0", "p5"]
    assert plain.fairness is None
    assert "plain" not in plain.comparison
    assert {int(each[1:]) in (9, 10) for each in ids(fair)} == {True, False}
    assert fair.fairness is not None
    assert fair.fairness.groups["Kali"].chosen == 1
    assert fair.fairness.groups["Kali"].reached > fair.fairness.groups["Kali"].reached_plainly == 0
    assert fair.comparison["plain"].expected == pytest.approx(plain.reach.expected, abs=0.1)
    lost = fair.comparison["plain"].expected - fair.reach.expected
    assert fair.fairness.price.expected == pytest.approx(lost, abs=0.05)
    assert lost > 0.05


def test_a_fair_plan_weighs_nobody() -> None:
    with pytest.raises(EngineError, match="everyone once"):
        planned(stars(), 1, fair_by="gender", weights={"p0": 2.0})


def centres(*, by_one: bool) -> Frame:
    """Person 0 with eight friends, surely; three others with four each, as one side says."""
    sure = [(0, end, "friend", MUTUAL) for end in range(1, 9)]
    told = [
        (centre, end, "friend", MUTUAL)
        for centre in (9, 14, 19)
        for end in range(centre + 1, centre + 5)
    ]
    frame = frame_of(24, sure + told)
    doubtful = np.array([False] * len(sure) + [by_one] * len(told))
    return replace(frame, by_one=doubtful)


def test_where_one_side_told_the_plan_says_how_firmly_each_stands() -> None:
    plan = planned(centres(by_one=True), 2, stability=True)

    assert ids(plan)[0] == "p0"
    assert [person.stability for person in plan.catalysts] == ["sure", "one_of_several"]


def test_how_firmly_somebody_stands_is_what_the_networks_drawn_say() -> None:
    frame = centres(by_one=True)
    certain = frame.diffusion(model=InfluenceModel(reported_by_one=1.0))
    there = np.where(certain.network.out_sources < 9, 1.0, InfluenceModel().reported_by_one)

    share = plan_membership(SeedProblem.of(certain, seed=5), there, 3)
    plan = planned(frame, 3, seed=5, stability=True)

    places = [int(person.id[1:]) for person in plan.catalysts]
    assert [person.stability for person in plan.catalysts] == [
        stability_of(share[place]) for place in places
    ]


@pytest.mark.parametrize(
    "wishes",
    [{}, {"fair_by": "gender", "stability": True}, {"spread": "constant:0.1", "stability": True}],
)
def test_nothing_is_said_of_it_where_nobody_asked_or_it_has_no_meaning(wishes: dict) -> None:
    frame = replace(centres(by_one=True), gender=("female", "male") * 12)

    assert {person.stability for person in planned(frame, 2, **wishes).catalysts} == {""}


def test_where_both_sides_told_nothing_is_doubtful() -> None:
    plan = planned(centres(by_one=False), 2, stability=True)

    assert {person.stability for person in plan.catalysts} == {""}


def clique_and_stars() -> Frame:
    """Four people who all see each other, with two more whom all of them see; and the two stars."""
    among = [(a, b) for a in range(9, 13) for b in range(a + 1, 13)]
    seen = [(one, other) for one in range(9, 13) for other in (13, 14)]
    ties = [(a, b, "friend", MUTUAL) for a, b in (*among, *seen)]
    return frame_of(15, BOTH_STARS + ties)


def test_a_habit_begins_with_people_who_see_each_other_and_news_with_those_apart() -> None:
    frame = clique_and_stars()

    news, habit = (planned(frame, 2, spread="constant:1", needs=needs) for needs in (1, 2))

    assert set(ids(news)) <= {"p0", *(f"p{person}" for person in range(9, 15))}
    assert "p0" in ids(news)
    assert set(ids(habit)) <= {f"p{person}" for person in range(9, 15)}
    # All six of that neighbourhood take it up; of whom news reaches, nobody but the two themselves.
    assert habit.reach.expected == 6.0
    assert habit.comparison["news"].expected == 2.0
    assert news.guarantee is not None
    assert (habit.guarantee, habit.confidence, habit.needs) == (None, None, 2)


def test_what_somebody_adds_to_a_habit_is_what_would_be_lost_without_them() -> None:
    habit = planned(clique_and_stars(), 2, spread="constant:1", needs=2)

    # One alone shows it to nobody twice.
    assert [person.marginal_reach for person in habit.catalysts] == [5.0, 5.0]


def test_the_baselines_are_held_against_a_habit_in_the_same_simulations() -> None:
    habit = planned(clique_and_stars(), 3, spread="constant:0.6", needs=2)

    usual = {name: reach.expected for name, reach in habit.comparison.items()}
    assert list(usual)[0] == "news"
    assert {"most_ties", "betweenness", "k_core", "random"} <= usual.keys()
    assert all(habit.reach.expected >= reach for reach in usual.values())
    assert usual["k_core"] > usual["random"] > 3.0


def test_that_a_habit_was_found_by_trying_is_said() -> None:
    habit = planned(clique_and_stars(), 2, needs=3)

    (said,) = [each for each in habit.assumptions if each.code == "habit"]
    assert said.facts == {"needs": 3}
    assert "3 others" in sentence(said, "en")
    assert "3 orang" in sentence(said, "id")


def test_whoever_has_begun_shows_a_habit_too() -> None:
    habit = planned(clique_and_stars(), 1, spread="constant:1", needs=2, active=["p9"])

    assert ids(habit)[0] in {f"p{person}" for person in range(10, 15)}
    assert habit.reach.expected == 6.0


def test_a_habit_looks_to_no_groups() -> None:
    with pytest.raises(EngineError, match="not for a habit"):
        planned(stars(sub_community=("a", "b") * 4 + ("a",)), 2, needs=2, fair_by="place")


def half_asked() -> Frame:
    """Of twenty four ten told of ties, each within their hamlet; p20 was named by five of them."""
    told = [(each, each + 2, "friend", MUTUAL | {"by_one": True}) for each in range(10)]
    told += [(each, 20, "trust", {"by_one": True}) for each in range(0, 10, 2)]
    return frame_of(24, told, sub_community=("Krajan", "Kali") * 12)


def test_a_plan_that_guesses_reaches_further_and_says_how_much_is_guessed() -> None:
    frame = half_asked()

    told, guessed = (planned(frame, 2, guess=guess, stability=True) for guess in (False, True))

    found = missing_ties(frame)
    (said,) = [each for each in guessed.assumptions if each.code == "guessed"]
    expected = {"asked": 10, "people": 24, "ties": round(float(found.chance.sum()))}
    assert said.facts == expected
    assert expected["ties"] > 0
    assert "10 of 24 people have told" in sentence(said, "en")
    assert guessed.reach.low > told.reach.high
    assert all(person.stability for person in guessed.catalysts)
    assert not [each for each in told.assumptions if each.code == "guessed"]


def test_the_baselines_are_made_from_what_was_told_alone() -> None:
    frame = half_asked()

    told, guessed = (baselines_of(planned(frame, 2, guess=guess)) for guess in (False, True))

    # The same people, who in the same simulations reach along guessed ties as well.
    assert told.keys() == guessed.keys()
    assert all(guessed[name] > told[name] for name in ("most_ties", "k_core"))


def baselines_of(plan: StartingPlan) -> dict[str, float]:
    return {name: reach.expected for name, reach in plan.comparison.items()}


@pytest.mark.parametrize("spread", ["weighted-cascade", "constant:0.1"])
def test_a_neutral_spread_guesses_nothing(spread: str) -> None:
    plain, guessed = (
        planned(half_asked(), 2, spread=spread, guess=guess) for guess in (False, True)
    )

    assert plain == guessed
