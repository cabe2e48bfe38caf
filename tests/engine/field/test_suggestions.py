"""Whom to meet: each rule finds the right people, and their order can be explained."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from guyub.engine.field.suggestions import (
    DRIFTING_DAYS,
    FADING_DAYS,
    NEVER,
    WEIGHTS,
    ContactTable,
    catalyst_not_met,
    drifting,
    first_talk,
    never_yet_heard,
    promise_due,
    suggestions,
    tie_fading,
)
from guyub.engine.reasons import LANGUAGES, Reason, sentence

COLUMNS = (
    "last_met",
    "met",
    "named_by",
    "ties",
    "bridges",
    "place_in_plan",
    "group_met",
    "to_hear",
    "calls",
    "speaks_for",
    "place",
    "household",
)


def contacts(size: int = 4, plan_age: int = 0, **given: list[int]) -> ContactTable:
    """Nobody was ever met, nobody is to be heard and nothing is known, but what is said."""
    empty = {"last_met": [NEVER] * size, "promised": [], "overdue": []}
    columns = {name: [0] * size for name in COLUMNS} | empty | given
    arrays = {name: np.array(values, np.int64) for name, values in columns.items()}
    return ContactTable(plan_age=plan_age, **arrays)


def found(rule: object, seen: ContactTable) -> list[tuple[int, int, str, dict]]:
    return [
        (each.person, each.waiting, each.reason.code, each.reason.facts)
        for each in rule(seen)  # type: ignore[operator]
    ]


def test_of_several_promises_the_longest_overdue_is_told() -> None:
    seen = contacts(promised=[2, 1, 2], overdue=[1, 0, 6])

    assert found(promise_due, seen) == [
        (2, 6, "promise_overdue", {"count": 6}),
        (1, 0, "promise_due", {"count": 0}),
    ]


def test_somebody_of_the_plan_is_sought_until_they_are_met_after_it() -> None:
    seen = contacts(plan_age=5, place_in_plan=[1, 2, 3, 0], last_met=[NEVER, 6, 5, NEVER])

    assert [(person, facts) for person, _, _, facts in found(catalyst_not_met, seen)] == [
        (0, {"place": 1}),
        (1, {"place": 2}),
    ]


def test_a_tie_fades_where_much_leans_on_somebody_long_unmet() -> None:
    long, short = FADING_DAYS, FADING_DAYS - 1
    seen = contacts(last_met=[long, long, short, long], ties=[5, 4, 9, 9], bridges=[0, 1, 3, 2])

    assert found(tie_fading, seen) == [
        (0, long, "ties_fading", {"days": long, "ties": 5}),
        (3, long, "bridges_fading", {"days": long, "ties": 2}),
    ]


def test_a_first_talk_is_with_whom_two_named_and_nobody_heard() -> None:
    seen = contacts(named_by=[2, 1, 3, 0], to_hear=[1, 1, 0, 1], last_met=[9, NEVER, 9, NEVER])

    assert found(first_talk, seen) == [(0, 0, "first_talk", {"count": 2})]


def test_those_who_were_named_or_call_people_together_are_heard_first() -> None:
    seen = contacts(5, to_hear=[1, 1, 1, 1, 0], named_by=[0, 0, 1, 0, 1], calls=[0, 0, 1, 1, 1])

    assert [(person, code, facts) for person, _, code, facts in found(never_yet_heard, seen)] == [
        (2, "never_heard", {}),
        (2, "nominated", {"count": 1}),
        (3, "never_heard", {}),
        (0, "never_heard", {}),
        (1, "never_heard", {}),
    ]


def test_whom_several_named_is_left_to_the_first_talk() -> None:
    seen = contacts(to_hear=[1, 0, 0, 0], named_by=[2, 0, 0, 0])

    assert found(never_yet_heard, seen) == []


def test_one_of_a_household_is_heard_and_of_equals_one_of_each_hamlet() -> None:
    seen = contacts(
        5, to_hear=[1] * 5, household=[7, 7, 8, 0, 0], place=[1, 1, 1, 1, 2], speaks_for=[2] * 5
    )

    assert [each.person for each in suggestions(seen)] == [0, 4, 2, 3]


def test_of_whom_nobody_was_heard_comes_before_others() -> None:
    seen = contacts(to_hear=[1] * 4, speaks_for=[0, 3, 4, 0], place=[1, 2, 3, 1])

    assert [each.person for each in suggestions(seen)] == [2, 1, 0, 3]


def test_somebody_drifts_when_the_group_goes_on_without_them() -> None:
    seen = contacts(met=[2, 1, 5, 5], last_met=[DRIFTING_DAYS, 90, 59, 90], group_met=[1, 1, 1, 0])

    assert found(drifting, seen) == [(0, 60, "drifting", {"met": 2, "days": 60})]


def test_a_word_given_comes_before_all_else_and_then_who_waits_longest() -> None:
    seen = contacts(
        last_met=[50, 70, 80, NEVER],
        ties=[9, 9, 9, 0],
        named_by=[0, 0, 0, 2],
        to_hear=[0, 0, 0, 1],
        promised=[0],
        overdue=[1],
    )

    assert [(each.person, each.rule) for each in suggestions(seen)] == [
        (0, "promise_due"),
        (2, "tie_fading"),
        (1, "tie_fading"),
        (3, "first_talk"),
    ]
    assert [each.code for each in suggestions(seen)[0].reasons] == [
        "promise_overdue",
        "ties_fading",
    ]


def test_every_reason_is_a_sentence_in_both_languages() -> None:
    seen = contacts(
        last_met=[70, NEVER, 70, NEVER],
        met=[3, 0, 0, 0],
        ties=[9, 0, 0, 0],
        bridges=[0, 0, 4, 0],
        named_by=[0, 2, 0, 1],
        to_hear=[0, 1, 0, 1],
        group_met=[1, 0, 0, 0],
        place_in_plan=[0, 0, 0, 1],
        promised=[0, 1],
        overdue=[0, 1],
    )
    reasons: list[Reason] = [reason for each in suggestions(seen) for reason in each.reasons]

    assert len({each.code for each in reasons}) == 9
    assert all(sentence(each, language) for each in reasons for language in LANGUAGES)


@st.composite
def circles(draw: st.DrawFn) -> ContactTable:
    size = draw(st.integers(1, 8))
    columns = {
        name: draw(st.lists(st.integers(0, 9), min_size=size, max_size=size)) for name in COLUMNS
    }
    columns["last_met"] = draw(st.lists(st.integers(NEVER, 99), min_size=size, max_size=size))
    promises = draw(st.lists(st.tuples(st.integers(0, size - 1), st.integers(0, 30)), max_size=6))
    columns["promised"] = [person for person, _days in promises]
    columns["overdue"] = [days for _person, days in promises]
    return contacts(size, draw(st.integers(0, 30)), **columns)


@given(circles(), st.frozensets(st.integers(0, 7)))
def test_nobody_stands_twice_nor_whoever_was_left_out_or_met_today(
    seen: ContactTable, left_out: frozenset[int]
) -> None:
    people = [each.person for each in suggestions(seen, left_out=left_out)]

    by_hand = {each.person for rule in WEIGHTS for each in rule(seen)}
    assert sorted(people) == sorted(
        person for person in by_hand - left_out if seen.last_met[person] != 0
    )


@given(circles())
def test_the_order_is_that_of_weight_and_waiting_and_always_the_same(seen: ContactTable) -> None:
    weights = {rule.__name__: weight for rule, weight in WEIGHTS.items()}
    order = [(-weights[each.rule], -each.waiting, each.person) for each in suggestions(seen)]

    assert order == sorted(order)
    assert suggestions(seen) == suggestions(seen)


@given(circles(), st.integers(0, 9))
def test_the_first_so_many_are_the_first_of_all(seen: ContactTable, limit: int) -> None:
    assert suggestions(seen, limit=limit) == suggestions(seen)[:limit]


@given(circles())
def test_everybody_stands_with_all_their_reasons_the_strongest_first(seen: ContactTable) -> None:
    by_weight = sorted(WEIGHTS, key=lambda rule: -WEIGHTS[rule])
    for each in suggestions(seen):
        found_by = [found for rule in by_weight for found in rule(seen)]
        reasons = tuple(found.reason for found in found_by if found.person == each.person)
        assert each.reasons == reasons
        assert each.rule == next(
            rule.__name__
            for rule in by_weight
            if any(found.person == each.person for found in rule(seen))
        )
