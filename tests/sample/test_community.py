"""The sample community: plausible, the same each time, and fit to be brought in."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields, replace
from datetime import date, timedelta

import networkx as nx
import pytest

from guyub.cycle.listen.vocabulary import (
    EncounterKind,
    Gender,
    InitiatedBy,
    Outcome,
    Trait,
    values_of,
)
from guyub.cycle.map.vocabulary import TieKind
from guyub.sample.community import SampleCommunity, sample_community

TODAY = date(2025, 3, 10)
SEEDS = [1945, 1, 2, 3]


@pytest.fixture(scope="module", params=SEEDS)
def village(request: pytest.FixtureRequest) -> SampleCommunity:
    return sample_community(today=TODAY, seed=request.param)


def hamlet_of(village: SampleCommunity) -> dict[str, str]:
    return {row.id: row.sub_community for row in village.people}


def graph_of(village: SampleCommunity) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(row.id for row in village.people)
    graph.add_edges_from((row.source, row.target) for row in village.ties if row.kind != "conflict")
    return graph


def leaders_of(village: SampleCommunity) -> set[str]:
    return {row.id for row in village.people if row.office}


def crossings(village: SampleCommunity) -> Counter[frozenset[str]]:
    hamlet = hamlet_of(village)
    pairs = (frozenset((hamlet[row.source], hamlet[row.target])) for row in village.ties)
    return Counter(pair for pair in pairs if len(pair) == 2)


def test_the_village_has_five_hamlets_and_about_412_people(village: SampleCommunity) -> None:
    assert len(set(village.dusun)) == 5
    assert 400 <= len(village.people) <= 425
    assert {row.sub_community for row in village.people} == set(village.dusun)


def test_some_people_take_part_in_groups(village: SampleCommunity) -> None:
    joined = Counter(name for row in village.people for name in row.groups.split(", ") if name)

    assert set(joined) == {"PKK", "Kelompok tani", "Karang taruna", "Yasinan"}
    assert min(joined.values()) >= 5
    assert all(row.gender == "female" for row in village.people if "PKK" in row.groups)


def test_of_most_ties_both_sides_told_and_of_few_in_the_farthest_hamlet(
    village: SampleCommunity,
) -> None:
    hamlet, farthest = hamlet_of(village), village.dusun[-1]
    told: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for row in village.ties:
        told[farthest in {hamlet[row.source], hamlet[row.target]}][row.reported_by] += 1

    assert set(told[True]) == set(told[False]) == {"both", "one"}
    assert told[False]["both"] > told[False]["one"]
    assert told[True]["one"] > 2 * told[True]["both"]


def test_the_same_seed_gives_the_same_village() -> None:
    assert sample_community(today=TODAY, seed=7) == sample_community(today=TODAY, seed=7)


def test_another_seed_gives_another_village() -> None:
    assert sample_community(today=TODAY, seed=7) != sample_community(today=TODAY, seed=8)


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2031, 1, 1)])
def test_another_day_changes_nothing_but_dates(day: date) -> None:
    before, after = sample_community(today=TODAY), sample_community(today=day)

    years = day.year - TODAY.year
    assert after.people == tuple(
        replace(row, birth_year=row.birth_year + years) for row in before.people
    )
    for part in ("ties", "observations", "encounters", "promises", "meetings"):
        shifted = [moved(row, day - TODAY) for row in getattr(before, part)]
        assert list(getattr(after, part)) == shifted


def moved(row: object, days: timedelta) -> object:
    dates = {
        field.name: getattr(row, field.name) + days
        for field in fields(row)  # type: ignore[arg-type]
        if isinstance(getattr(row, field.name), date)
    }
    return replace(row, **dates)  # type: ignore[type-var]


def test_everybody_has_an_id_of_their_own_and_is_an_adult(village: SampleCommunity) -> None:
    ids = [row.id for row in village.people]

    assert len(set(ids)) == len(ids)
    assert all(17 <= TODAY.year - row.birth_year <= 95 for row in village.people)
    assert {row.gender for row in village.people} <= set(Gender.values)


def test_households_sit_in_one_hamlet_and_are_of_modest_size(village: SampleCommunity) -> None:
    homes: dict[str, set[str]] = {}
    for row in village.people:
        homes.setdefault(row.household, set()).add(row.sub_community)

    assert all(len(hamlets) == 1 for hamlets in homes.values())
    assert max(Counter(row.household for row in village.people).values()) <= 7


def test_names_hardly_repeat_and_namesakes_are_told_apart(village: SampleCommunity) -> None:
    names = Counter(row.name for row in village.people)
    known_as = Counter((row.name, row.alias) for row in village.people)

    assert max(names.values()) <= 2
    assert sum(number > 1 for number in names.values()) < 40
    assert max(known_as.values()) == 1


def test_names_carry_no_honorific_and_some_are_one_word(village: SampleCommunity) -> None:
    honorifics = {"Pak", "Bu", "Bapak", "Ibu", "Mbah", "Mas", "Mbak", "Haji", "Hajah", "Kyai"}

    assert [row.name for row in village.people if honorifics & set(row.name.split())] == []
    assert 80 < sum(" " not in row.name for row in village.people) < 250


def test_phone_numbers_belong_to_nobody_and_not_everybody_has_one(village: SampleCommunity) -> None:
    phones = [row.phone for row in village.people if row.phone]

    assert 100 < len(phones) < 300
    assert len(set(phones)) == len(phones)
    assert all(re.fullmatch(r"0800-000-\d{4}", phone) for phone in phones)


def test_each_hamlet_has_a_head_and_the_village_has_one(village: SampleCommunity) -> None:
    offices = Counter(row.office for row in village.people)
    heads = {row.sub_community for row in village.people if row.office == "kepala dusun"}

    assert offices["kepala desa"] == offices["bidan desa"] == offices["ketua PKK"] == 1
    assert offices["kepala dusun"] == 5
    assert heads == set(village.dusun)
    assert offices[""] > 370


def test_every_tie_names_two_people_who_exist(village: SampleCommunity) -> None:
    known = hamlet_of(village).keys()

    assert all({row.source, row.target} <= known for row in village.ties)
    assert [row for row in village.ties if row.source == row.target] == []


def test_no_tie_is_told_twice(village: SampleCommunity) -> None:
    told = Counter((frozenset((row.source, row.target)), row.kind) for row in village.ties)

    assert max(told.values()) == 1


def test_ties_have_kinds_and_strengths_that_can_be_brought_in(village: SampleCommunity) -> None:
    kinds = Counter(row.kind for row in village.ties)

    assert kinds.keys() == set(TieKind.values) - {"organises", "any"}
    assert {row.strength for row in village.ties} == {1, 2, 3, 4, 5}
    assert 3 <= kinds["conflict"] <= 12


def test_people_have_five_to_eight_ties_on_average_and_nobody_is_alone(
    village: SampleCommunity,
) -> None:
    assert 5 <= 2 * len(village.ties) / len(village.people) <= 8
    assert nx.is_connected(graph_of(village))


def test_neighbours_live_in_one_hamlet_and_households_are_kin(village: SampleCommunity) -> None:
    hamlet = hamlet_of(village)
    home = {row.id: row.household for row in village.people}
    kin = {frozenset((row.source, row.target)) for row in village.ties if row.kind == "kin"}
    together = [
        frozenset((one, other))
        for one in home
        for other in home
        if one < other
        if home[one] == home[other]
    ]

    assert all(
        hamlet[row.source] == hamlet[row.target] for row in village.ties if row.kind == "neighbour"
    )
    assert [pair for pair in together if pair not in kin] == []


def test_every_hamlet_is_tied_to_others_by_few_ties(village: SampleCommunity) -> None:
    across = crossings(village)

    assert {name for pair in across for name in pair} == set(village.dusun)
    assert sum(across.values()) < 0.1 * len(village.ties)


def test_the_remote_hamlet_has_the_fewest_ties_to_others(village: SampleCommunity) -> None:
    outward = Counter(name for pair in crossings(village).elements() for name in pair)
    remote = outward["Watulawang"]

    assert remote <= 0.7 * min(outward[name] for name in village.dusun if name != "Watulawang")
    assert frozenset(("Watulawang", "Tegalsari")) not in crossings(village)


def test_those_who_join_the_village_hold_no_office(village: SampleCommunity) -> None:
    between = nx.betweenness_centrality(graph_of(village))
    foremost = sorted(between, key=lambda key: between[key], reverse=True)[:2]

    assert leaders_of(village).isdisjoint(foremost)


def test_in_the_village_that_is_shown_the_best_connected_join_little() -> None:
    village = sample_community(today=TODAY)
    graph = graph_of(village)
    between, degree = nx.betweenness_centrality(graph), dict(graph.degree)
    joining = sorted(between, key=lambda key: between[key], reverse=True)[:5]
    connected = sorted(degree, key=lambda key: degree[key], reverse=True)[:3]

    assert leaders_of(village).isdisjoint(joining)
    assert set(connected).isdisjoint(joining)


def test_advice_is_sought_from_few(village: SampleCommunity) -> None:
    sought = Counter(row.target for row in village.ties if row.kind == "advice")
    most = sum(number for _, number in sought.most_common(10))

    assert most > 0.5 * sum(sought.values())


def test_fifteen_people_are_nominated_and_not_all_are_leaders(village: SampleCommunity) -> None:
    named = {row.target for row in village.ties if row.kind == "nomination"}

    assert len(named) == 15
    assert named - leaders_of(village)


def test_observations_lie_on_the_scale_of_their_trait(village: SampleCommunity) -> None:
    assert all(row.value in values_of(Trait(row.trait)) for row in village.observations)
    assert {row.trait for row in village.observations} == set(Trait.values)
    assert {row.observer for row in village.observations} == {"sari", "rudi", "budi"}


def test_about_a_third_of_the_people_have_been_observed(village: SampleCommunity) -> None:
    observed = {row.person for row in village.observations}

    assert observed <= hamlet_of(village).keys()
    assert 0.25 < len(observed) / len(village.people) < 0.4


def test_few_are_active_opponents_and_some_are_active_allies(village: SampleCommunity) -> None:
    stances = {row.person: row.value for row in village.observations if row.trait == "stance"}

    opposed = {
        row.person for row in village.observations if row.trait == "stance" and row.value == 5
    }
    assert len(opposed) in {2, 3}
    assert 1 in stances.values()


def test_two_workers_sometimes_disagree_and_nobody_judges_twice(village: SampleCommunity) -> None:
    values: dict[tuple[str, str], list[int]] = {}
    for row in village.observations:
        values.setdefault((row.person, row.trait), []).append(row.value)
    judged = Counter((row.person, row.trait, row.observer) for row in village.observations)

    assert any(len(set(judgements)) == 2 for judgements in values.values())
    assert any(len(judgements) == 2 and len(set(judgements)) == 1 for judgements in values.values())
    assert max(judged.values()) == 1


def test_seventy_one_encounters_name_people_who_exist(village: SampleCommunity) -> None:
    known = hamlet_of(village).keys()

    assert len(village.encounters) == len({row.id for row in village.encounters}) == 71
    assert all(row.who and set(row.who) <= known for row in village.encounters)
    assert all(len(set(row.who)) == len(row.who) for row in village.encounters)


def test_encounters_can_be_brought_in(village: SampleCommunity) -> None:
    assert {row.kind for row in village.encounters} <= set(EncounterKind.values)
    assert {row.initiated_by for row in village.encounters} == set(InitiatedBy.values)
    assert {row.by for row in village.encounters} == {"sari", "rudi", "budi"}
    assert all(0 < len(row.place) <= 200 for row in village.encounters)


def test_summaries_are_whole_sentences_that_hardly_repeat(village: SampleCommunity) -> None:
    summaries = [row.summary for row in village.encounters]

    assert [text for text in summaries if "{" in text or not text.endswith(".")] == []
    assert len(set(summaries)) > 0.8 * len(summaries)


def test_promises_come_from_those_who_were_there(village: SampleCommunity) -> None:
    encounters = {row.id: row for row in village.encounters}

    assert len(village.promises) == 41
    for promise in village.promises:
        encounter = encounters[promise.encounter]
        assert promise.person in encounter.who
        assert (promise.made_on, promise.by) == (encounter.held_on, encounter.by)


def test_promises_end_in_every_way_and_open_ones_are_not_settled(village: SampleCommunity) -> None:
    assert {row.outcome for row in village.promises} == {"open", *Outcome.values}
    for promise in village.promises:
        assert (promise.settled_on is None) == (promise.outcome == "open")
        assert promise.made_on < promise.due_on


def test_most_promises_that_were_settled_were_kept(village: SampleCommunity) -> None:
    outcomes = Counter(row.outcome for row in village.promises)

    assert outcomes["kept"] > outcomes["broken"] + outcomes["released"]


def test_some_start_things_without_being_the_best_connected(village: SampleCommunity) -> None:
    ties = Counter(end for row in village.ties for end in (row.source, row.target))
    kept = Counter(row.person for row in village.promises if row.outcome == "kept")
    strong = Counter(
        row.person
        for row in village.observations
        if row.trait in {"initiative", "responsibility", "vision", "proactive"} and row.value >= 3
    )
    starters = [person for person in strong if strong[person] >= 4 and kept[person] >= 2]

    assert len(starters) >= 4
    assert len({hamlet_of(village)[person] for person in starters}) >= 4
    middle = sorted(ties.values())[len(ties) // 2]
    assert sum(ties[person] <= 1.5 * middle for person in starters) >= 4


def test_the_best_connected_never_keeps_a_promise(village: SampleCommunity) -> None:
    ties = Counter(end for row in village.ties for end in (row.source, row.target))
    (talker, _count), *_others = ties.most_common(1)
    outcomes = [row.outcome for row in village.promises if row.person == talker]

    assert outcomes.count("broken") >= 3
    assert "kept" not in outcomes


def test_groups_have_met_and_meet_again(village: SampleCommunity) -> None:
    groups = {row.id: row.groups for row in village.people}
    held = [row for row in village.meetings if row.outcome == "held"]
    coming = [row for row in village.meetings if row.outcome == "planned"]

    assert all(row.planned_on < TODAY and row.said and row.decided for row in held)
    assert {row.group for row in coming} == {row.group for row in held}
    assert all(row.planned_on >= TODAY and not row.came for row in coming)
    assert any(row.outcome == "cancelled" and row.why_cancelled for row in village.meetings)
    for row in held:
        members = [who for who, by in row.came if row.group in groups[who]]
        assert len(members) >= 3
        assert all(by in members for who, by in row.came if who not in members)


def test_nothing_has_happened_in_the_future(village: SampleCommunity) -> None:
    happened = [row.reported_on for row in village.ties]
    happened += [row.observed_on for row in village.observations]
    happened += [row.held_on for row in village.encounters]
    happened += [row.settled_on for row in village.promises if row.settled_on]

    assert max(happened) <= TODAY
    assert min(happened) >= TODAY - timedelta(days=120)
    assert all(row.made_on <= (row.settled_on or TODAY) for row in village.promises)
