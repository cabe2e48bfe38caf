"""The months of the sample community: one timeline, which each step extends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from guyub.core.identifiers import new_identifier
from guyub.sample.community import SampleCommunity, sample_community
from guyub.sample.founding import STEPS, TEAM
from guyub.sample.timeline import Event, event, in_order, random_stream

TODAY = date(2025, 3, 10)


@pytest.fixture(scope="module")
def sample() -> SampleCommunity:
    return sample_community(today=TODAY)


@pytest.fixture(scope="module")
def timeline(sample: SampleCommunity) -> list[Event]:
    people = {row.id: new_identifier() for row in sample.people}
    return list(in_order(*(step.events(sample, people) for step in STEPS)))


def test_the_days_follow_one_another_until_today(
    sample: SampleCommunity, timeline: list[Event]
) -> None:
    days = [each.on for each in timeline]

    assert days == sorted(days)
    assert days[-1] == sample.today
    assert all(each.by in {name for name, *_ in TEAM} for each in timeline)


def test_steps_that_meet_on_one_day_follow_their_order() -> None:
    def early() -> Iterator[Event]:
        yield event(TODAY, "sari")

    def late() -> Iterator[Event]:
        yield event(TODAY, "rudi")
        yield event(TODAY - timedelta(days=1), "budi")

    assert [each.by for each in in_order(early(), late())] == ["budi", "sari", "rudi"]


def test_the_plan_is_the_last_thing_that_happens(timeline: list[Event]) -> None:
    assert timeline[-1].entries.__module__ == "guyub.sample.start"


def test_each_module_draws_from_a_stream_of_its_own() -> None:
    meetings = [random_stream("meetings", 1).random() for _ in range(2)]

    assert meetings[0] == meetings[1] != random_stream("concerns", 1).random()
