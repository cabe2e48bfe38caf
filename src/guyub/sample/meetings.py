"""The meetings of groups in the sample village: held, called off, still to come; words in the TOML.

Numbers are our choice: the village is to look like one, and is estimated from nothing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from guyub.cycle.listen.vocabulary import labels
from guyub.sample.timeline import random_stream
from guyub.sample.village import Village

# How often somebody comes: some always, some now and then.
_STEADY = (0.95, 0.8, 0.6, 0.3)

# How likely a member has somebody of their own household come along, and how likely somebody whose
# name nobody wrote down is there as well.
_BRINGS, _UNNAMED = 0.06, 0.5

# Groups of a village are invited to a meeting some days before it.
_PLANNED_BEFORE = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class SampleMeeting:
    """A meeting of a group. came: who was there, each with who brought them, or nobody.

    outcome: held, cancelled or planned. said: the minutes; decided: what was decided; other: how
    many came whose names nobody wrote down.
    """

    title: str
    group: str
    kind: str
    venue: str
    begins_at: time
    ends_at: time
    planned_on: date
    told_on: date
    by: str
    outcome: str
    why_cancelled: str
    came: tuple[tuple[str, str], ...]
    other: int
    said: str
    decided: str


def meetings(village: Village, seed: int) -> tuple[SampleMeeting, ...]:
    """All meetings; of one's own chance, so that the village beside it stays what it is."""
    rng = random_stream("meetings", seed)
    return tuple(meeting for series in _series() for meeting in _of(series, village, rng))


def _of(series: dict[str, Any], village: Village, rng: Random) -> Iterator[SampleMeeting]:
    members = [key for key, row in village.people.items() if series["group"] in labels(row.groups)]
    steady = {key: rng.choice(_STEADY) for key in members}
    told = zip(series["days_ago"], series["said"], series["decided"], strict=True)
    for days, said, decided in told:
        yield _meeting(
            series,
            village,
            -days,
            outcome="held",
            came=_came(village, steady, rng),
            other=rng.randint(1, 6) if rng.random() < _UNNAMED else 0,
            said=said,
            decided=decided,
        )
    if "cancelled" in series:
        yield _meeting(
            series,
            village,
            -series["cancelled"],
            outcome="cancelled",
            why_cancelled=series["why_cancelled"],
        )
    yield _meeting(series, village, series["coming"], outcome="planned")


def _meeting(
    series: dict[str, Any], village: Village, days: int, *, outcome: str, **more: Any
) -> SampleMeeting:
    planned_on = village.today + timedelta(days=days)
    nothing: dict[str, Any] = {
        "why_cancelled": "",
        "came": (),
        "other": 0,
        "said": "",
        "decided": "",
    }
    same = ("title", "group", "kind", "venue", "begins_at", "ends_at", "by")
    return SampleMeeting(
        **{name: series[name] for name in same},
        planned_on=planned_on,
        told_on=min(planned_on - _PLANNED_BEFORE, village.today - timedelta(days=1)),
        outcome=outcome,
        **(nothing | more),
    )


def _came(village: Village, steady: dict[str, float], rng: Random) -> tuple[tuple[str, str], ...]:
    came = {key: "" for key, often in steady.items() if rng.random() < often}
    for key in list(came):
        if rng.random() < _BRINGS:
            home = village.people[key].household
            others = [
                each
                for each, row in village.people.items()
                if row.household == home and each not in steady and each not in came
            ]
            if others:
                came[rng.choice(others)] = key
    return tuple(came.items())


@cache
def _series() -> list[dict[str, Any]]:
    with Path(__file__).with_name("meetings.toml").open("rb") as stream:
        found: list[dict[str, Any]] = tomllib.load(stream)["series"]
    return found
