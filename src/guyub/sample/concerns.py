"""What people of the sample village care about, heard in the encounters; words in the TOML beside.

Numbers are our choice: the village is to look like one, and is estimated from nothing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Protocol

from guyub.sample.timeline import random_stream
from guyub.sample.village import Village

# How likely each of those who came says what moves them: most do alone, few among many.
_SAYS_ALONE, _SAYS_AMONG_OTHERS = 0.9, 0.25

# Of ten sentences eight are about what is heard most in that hamlet.
_FROM_HERE = 0.8

# Most of what is said goes deep; of some nobody asked how deep.
_DEPTHS, _DEPTH_WEIGHTS = (None, 1, 2, 3, 4, 5), (3, 1, 2, 4, 5, 3)


class _Met(Protocol):
    """An encounter, as far as it matters who said something in it."""

    @property
    def id(self) -> str: ...
    @property
    def held_on(self) -> date: ...
    @property
    def who(self) -> tuple[str, ...]: ...
    @property
    def by(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class SampleConcern:
    """What somebody said, where, to whom; theme: the name that the worker gave it, if any."""

    person: str
    life_area: str
    own_words: str
    depth: int | None
    noted_on: date
    encounter: str
    by: str
    theme: str


def concerns(village: Village, met: Iterable[_Met], seed: int) -> tuple[SampleConcern, ...]:
    """What was heard; of one's own chance, so that the village beside it stays what it is."""
    rng = random_stream("concerns", seed)
    return tuple(
        _said(rng, village, encounter, person)
        for encounter in met
        for person in encounter.who
        if rng.random() < (_SAYS_AMONG_OTHERS if encounter.who[1:] else _SAYS_ALONE)
    )


def _said(rng: Random, village: Village, encounter: _Met, person: str) -> SampleConcern:
    here = [row for row in _matters() if village.people[person].sub_community in row["dusun"]]
    matter = rng.choice(here if rng.random() < _FROM_HERE else _matters())
    return SampleConcern(
        person=person,
        life_area=matter["life_area"],
        own_words=rng.choice(matter["words"]),
        depth=rng.choices(_DEPTHS, _DEPTH_WEIGHTS)[0],
        noted_on=encounter.held_on,
        encounter=encounter.id,
        by=encounter.by,
        theme=matter.get("theme", ""),
    )


@cache
def _matters() -> list[dict[str, Any]]:
    with Path(__file__).with_name("concerns.toml").open("rb") as stream:
        found: list[dict[str, Any]] = tomllib.load(stream)["matter"]
    return found
