"""The sample community: an invented village to try everything out on. Nobody in it is real.

The village grows in the order in which a village can be explained. Households come first, family by
family, until each hamlet has its people; then offices are filled, and a few people get a trade that
takes them through several hamlets. Ties follow: kin inside households and between them, neighbours
along the lane, friends of one's own age, workmates, and advice, which goes to a handful of people
in each hamlet. Hamlets are joined by few marriages and friendships, and by those who travel through
them: people without an office and without the most ties. So a good choice of whom to begin with is
neither a list of office-holders nor of the best connected. One hamlet lies beyond the ridge and
is joined to the others by even less. What workers learnt comes last: observations, encounters and
what was promised in them.

Only people of 17 and more are listed: the age of the Indonesian identity card (Law 23/2006,
article 63). Names are put together by chance, and the 0800-000 numbers belong to nobody. Words stand
in sample_community.toml. Numbers are our choice throughout unless they name a source: they are set
so that the village looks like one, not estimated from data.

The same seed gives the same village. `today` only moves its dates and years of birth.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

_ADULT = 17
_OLDEST = 90

# Days before today: when ties were asked for, and since when workers have been about.
_TIES_ASKED = (25, 115)
_WORK_BEGAN = 120

# How many people seek, and are sought for, advice: the most asked of a hamlet gets most of it.
_ASKING_ADVICE = 0.5
_ADVISERS = (6, 5, 4, 3, 2)

# Villagers who are asked who spreads news well name a few people again and again, not only leaders
# (Banerjee, Chandrasekhar, Duflo and Jackson 2019, Review of Economic Studies 86). Fifteen named.
_NOMINATED_BRIDGING, _NOMINATED_ADVISERS, _NOMINATED_OTHERS = 5, 6, 4

_OBSERVED = 137
_ENCOUNTERS = 60
_PROMISES = 30
_STANCES, _STANCE_WEIGHTS = (1, 2, 3, 4), (2, 5, 8, 2)
_LEVELS, _LEVEL_WEIGHTS = (0, 1, 2, 3, 4), (1, 3, 4, 3, 1)
_LEVEL_TRAITS = ("initiative", "responsibility", "vision", "proactive", "openness", "influence")

# What becomes of promises whose day has come, dealt in this order; "open" is overdue.
_OUTCOMES = ("kept", "kept", "broken", "kept", "open", "kept", "kept", "released", "kept", "broken")


@dataclass(frozen=True, kw_only=True)
class SamplePerson:
    """Somebody of the village; `sub_community` is the hamlet."""

    id: str
    name: str
    alias: str
    gender: str
    birth_year: int
    household: str
    sub_community: str
    occupation: str
    office: str
    phone: str


@dataclass(frozen=True, kw_only=True)
class SampleTie:
    """One person's tie to another, by their ids."""

    source: str
    target: str
    kind: str
    strength: int
    reported_on: date


@dataclass(frozen=True, kw_only=True)
class SampleObservation:
    """What a worker judged: stance from 1 (active ally) to 5, other traits from 0 to 4."""

    person: str
    trait: str
    value: int
    evidence: str
    observed_on: date
    observer: str


@dataclass(frozen=True, kw_only=True)
class SampleEncounter:
    """A meeting that took place; `who` are ids of people, `by` the worker who noted it."""

    id: str
    held_on: date
    kind: str
    who: tuple[str, ...]
    place: str
    initiated_by: str
    summary: str
    by: str


@dataclass(frozen=True, kw_only=True)
class SamplePromise:
    """What somebody promised in an encounter; an open one is not settled."""

    person: str
    what: str
    encounter: str
    made_on: date
    due_on: date
    outcome: str
    settled_on: date | None
    by: str


@dataclass(frozen=True, kw_only=True)
class SampleCommunity:
    """The whole village as plain rows."""

    name: str
    dusun: tuple[str, ...]
    people: tuple[SamplePerson, ...]
    ties: tuple[SampleTie, ...]
    observations: tuple[SampleObservation, ...]
    encounters: tuple[SampleEncounter, ...]
    promises: tuple[SamplePromise, ...]


def sample_community(*, today: date, seed: int = 1945) -> SampleCommunity:
    """Make up the village of this seed, with everything that is dated lying before today."""
    village = _Village(seed, today)
    village.settle()
    village.fill_offices()
    village.send_travelling()
    village.choose_advisers()
    ties = _Ties(village)
    for dusun in village.dusun:
        ties.in_hamlet(dusun)
    ties.across()
    ties.nominations()
    ties.conflicts()
    encounters = _encounters(village)
    return SampleCommunity(
        name=_book()["name"],
        dusun=village.dusun,
        people=tuple(village.people.values()),
        ties=tuple(ties.rows.values()),
        observations=_observations(village),
        encounters=encounters,
        promises=_promises(village, encounters),
    )


@cache
def _book() -> dict[str, Any]:
    with Path(__file__).with_suffix(".toml").open("rb") as stream:
        return tomllib.load(stream)


class _Village:
    """The people, and what the rest of the village grows from."""

    def __init__(self, seed: int, today: date) -> None:
        self.rng = Random(seed)
        self.today = today
        self.hamlets: dict[str, dict[str, Any]] = {row["name"]: row for row in _book()["dusun"]}
        self.dusun = tuple(self.hamlets)
        self.people: dict[str, SamplePerson] = {}
        self.bridging: dict[str, list[str]] = {}
        self.advisers: dict[str, list[str]] = {}
        self._names: Counter[str] = Counter()
        self._phones = iter(self.rng.sample(range(10_000), 1000))

    def ago(self, least: int, most: int) -> date:
        return self.today - timedelta(days=self.rng.randint(least, most))

    def age(self, person: str) -> int:
        return self.today.year - self.people[person].birth_year

    def living_in(self, dusun: str) -> list[str]:
        return [key for key, row in self.people.items() if row.sub_community == dusun]

    def households(self, dusun: str) -> list[list[str]]:
        found: dict[str, list[str]] = {}
        for key in self.living_in(dusun):
            found.setdefault(self.people[key].household, []).append(key)
        return list(found.values())

    def settle(self) -> None:
        """Fill each hamlet with families; the last one takes what room is left."""
        for dusun, hamlet in self.hamlets.items():
            room, house = hamlet["people"], 0
            while room:
                house += 1
                family = self._family()[:room]
                room -= len(family)
                for age, gender in family:
                    self._move_in(age, gender, dusun, f"{dusun} {house:02}")

    def _family(self) -> list[tuple[int, str]]:
        """Ages and genders of the adults who share a kitchen, its head first."""
        rng = self.rng
        head = rng.randint(25, 74)
        by_man = rng.random() < 0.83
        family = [(head, "male" if by_man else "female")]
        if rng.random() < (0.88 if by_man else 0.1):
            spouse = max(20, head + rng.randint(-7, 2))
            family.append((spouse, "female" if by_man else "male"))
        for _ in range(rng.choice((0, 1, 1, 2, 2, 3))):
            child = head - rng.randint(21, 34)
            if _ADULT <= child <= 32:
                family.append((child, rng.choice(("female", "male"))))
        if head < 60 and rng.random() < 0.22:
            parent = min(_OLDEST, head + rng.randint(20, 30))
            family.append((parent, rng.choice(("female", "female", "male"))))
        return family

    def _move_in(self, age: int, gender: str, dusun: str, household: str) -> None:
        rng, key = self.rng, f"w{len(self.people) + 1:03}"
        name = self._name(age, gender)
        self._names[name] += 1
        alias = ""
        if self._names[name] > 1:
            alias = f"{name} {dusun}"  # namesakes are told apart by where they live
        elif len(name) > 6 and " " not in name and rng.random() < 0.3:
            alias = name.removeprefix("Su").removeprefix("Nga").capitalize()
        self.people[key] = SamplePerson(
            id=key,
            name=name,
            alias="" if alias == name else alias,
            gender=gender,
            birth_year=self.today.year - age,
            household=household,
            sub_community=dusun,
            occupation=self._occupation(age, gender),
            office="",
            phone=f"0800-000-{next(self._phones):04}" if rng.random() < 0.45 else "",
        )

    def _name(self, age: int, gender: str) -> str:
        """A name fit for the age, borne by nobody yet, or now and then by one other."""
        names, rng = _book()["names"][gender], self.rng
        while True:
            first, second = ("first", "second") if age >= 38 else ("young_first", "young_second")
            if age >= 38 and rng.random() < (0.7 if age >= 50 else 0.45):
                name = rng.choice(names["single"])
            else:
                name = f"{rng.choice(names[first])} {rng.choice(names[second])}"
            if not self._names[name] or (self._names[name] == 1 and rng.random() < 0.1):
                return name

    def _occupation(self, age: int, gender: str) -> str:
        weights = _book()["occupations"][gender]
        usual: str = self.rng.choices(list(weights), list(weights.values()))[0]
        if age < 20:
            return "pelajar"
        return "" if age > 75 else usual

    def _take(self, dusun: str, gender: str) -> str:
        """Somebody of middle age without office or round, from a household without either."""
        busy = {
            row.household for key, row in self.people.items() if row.office or key in self.bridging
        }
        return self.rng.choice(
            [
                key
                for key in self.living_in(dusun)
                if self.people[key].gender == gender
                and 30 <= self.age(key) <= 62
                and self.people[key].household not in busy
            ]
        )

    def fill_offices(self) -> None:
        for office in _book()["office"]:
            for dusun in office["dusun"]:
                row = self.people[self._take(dusun, office["gender"])]
                occupation = office.get("occupation", row.occupation)
                self.people[row.id] = replace(row, office=office["title"], occupation=occupation)

    def send_travelling(self) -> None:
        for round_ in _book()["bridging"]:
            key = self._take(round_["dusun"], round_["gender"])
            self.people[key] = replace(self.people[key], occupation=round_["occupation"])
            self.bridging[key] = round_["reaches"]

    def choose_advisers(self) -> None:
        """Two office-holders of each hamlet, and elder people who hold none."""
        for dusun in self.dusun:
            here = self.living_in(dusun)
            leaders = [key for key in here if self.people[key].office][:2]
            others = [key for key in here if self.age(key) >= 45 and not self.people[key].office]
            others = [key for key in others if key not in self.bridging]
            chosen = leaders + self.rng.sample(others, len(_ADVISERS) - len(leaders))
            self.rng.shuffle(chosen)
            self.advisers[dusun] = chosen
