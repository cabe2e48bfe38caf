"""People and ties of the sample community; sample_community.py says how the village grows."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

# The age of the Indonesian identity card (Law 23/2006, article 63).
_ADULT = 17
_OLDEST = 90

# All other numbers are our choice: the village is to look like one, and is estimated from nothing.

# Days before today when ties were asked for.
_ASKED = (25, 115)

# Of so many ties both sides told, in general and in the farthest hamlet.
_BOTH_TOLD, _BOTH_TOLD_FAR = 0.6, 0.15

# Of ten people five seek advice, and the most sought adviser of a hamlet gives most of it.
_SEEKING_ADVICE = 0.5
_ADVISERS = (8, 6, 4, 2, 1)

# Villagers who are asked who spreads news well name a few people again and again, not only leaders
# (Banerjee, Chandrasekhar, Duflo and Jackson 2019, Review of Economic Studies 86). Fifteen named.
_NAMED_BRIDGING, _NAMED_ADVISERS, _NAMED_OTHERS = 5, 6, 4

# Active opponents; conflicts are mostly with them.
_OPPONENTS = 3
_CONFLICTS = 8


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
    groups: str
    phone: str


@dataclass(frozen=True, kw_only=True)
class SampleTie:
    """One person's tie to another, by their ids. reported_by: both or one of them."""

    source: str
    target: str
    kind: str
    strength: int
    reported_on: date
    reported_by: str = "both"


@cache
def words() -> dict[str, Any]:
    """The words of the village, from community.toml."""
    with Path(__file__).with_name("community.toml").open("rb") as stream:
        return tomllib.load(stream)


class Village:
    """The people, and what the rest of the village grows from."""

    def __init__(self, seed: int, today: date) -> None:
        self.rng, self.seed = Random(seed), seed
        self.today = today
        self.hamlets: dict[str, dict[str, Any]] = {row["name"]: row for row in words()["dusun"]}
        self.dusun = tuple(self.hamlets)
        self.people: dict[str, SamplePerson] = {}
        self.bridging: dict[str, list[str]] = {}
        self.advisers: dict[str, list[str]] = {}
        self.opponents: list[str] = []
        self._borne: dict[str, list[str]] = {}
        self._phones = iter(self.rng.sample(range(10_000), 1000))
        self._settle()
        self._fill_offices()
        self._send_travelling()
        self._choose_advisers()
        self._choose_opponents()
        self._gather_in_groups()

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

    def worker_of(self, person: str) -> str:
        worker: str = self.hamlets[self.people[person].sub_community]["worker"]
        return worker

    def holding(self, office: str) -> list[str]:
        return [key for key, row in self.people.items() if row.office == office]

    def _settle(self) -> None:
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
        name = self._name(age, gender, dusun)
        self._borne.setdefault(name, []).append(dusun)
        alias = ""
        if len(self._borne[name]) > 1:
            alias = f"{name} {dusun}"  # namesakes are told apart by where they live
        elif " " not in name and rng.random() < 0.5:
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
            groups="",
            phone=f"0800-000-{next(self._phones):04}" if rng.random() < 0.45 else "",
        )

    def _name(self, age: int, gender: str, dusun: str) -> str:
        """A name fit for the age, borne by nobody yet, or now and then by one other elsewhere."""
        names, rng = words()["names"][gender], self.rng
        while True:
            first, second = ("first", "second") if age >= 38 else ("young_first", "young_second")
            if age >= 38 and rng.random() < (0.7 if age >= 50 else 0.45):
                name = rng.choice(names["single"])
            else:
                name = f"{rng.choice(names[first])} {rng.choice(names[second])}"
            others = self._borne.get(name, [])
            if not others or (len(others) == 1 and dusun not in others and rng.random() < 0.1):
                return name

    def _occupation(self, age: int, gender: str) -> str:
        weights = words()["occupations"][gender]
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

    def _fill_offices(self) -> None:
        for office in words()["office"]:
            for dusun in office["dusun"]:
                row = self.people[self._take(dusun, office["gender"])]
                occupation = office.get("occupation", row.occupation)
                self.people[row.id] = replace(row, office=office["title"], occupation=occupation)

    def _send_travelling(self) -> None:
        for round_ in words()["bridging"]:
            key = self._take(round_["dusun"], round_["gender"])
            self.people[key] = replace(self.people[key], occupation=round_["occupation"])
            self.bridging[key] = round_["reaches"]

    def _choose_advisers(self) -> None:
        """Two office-holders of each hamlet, and elder people who hold none."""
        for dusun in self.dusun:
            here = self.living_in(dusun)
            leaders = [key for key in here if self.people[key].office][:2]
            others = [key for key in here if self.age(key) >= 45 and not self.people[key].office]
            others = [key for key in others if key not in self.bridging]
            chosen = leaders + self.rng.sample(others, len(_ADVISERS) - len(leaders))
            self.rng.shuffle(chosen)
            self.advisers[dusun] = chosen

    def _choose_opponents(self) -> None:
        """Somebody whose advice is sought, and two others."""
        remote = [key for key in self.living_in(self.dusun[-1]) if self.age(key) > 40]
        plain = [key for key in self.people if self.people[key].occupation == "pedagang pasar"]
        for group in (self.advisers[self.dusun[2]], plain, remote):
            free = [key for key in group if key not in self.opponents and key not in self.bridging]
            self.opponents.append(self.rng.choice(free))

    def _gather_in_groups(self) -> None:
        """Who takes part in what. By a chance of its own: the village was there before."""
        chance = Random(f"groups {self.seed}")
        for key, row in self.people.items():
            joined = [
                group["name"]
                for group in words()["group"]
                if group.get("gender", row.gender) == row.gender
                and group["from"] <= self.age(key) <= group["to"]
                and row.occupation in group.get("occupations", [row.occupation])
                and chance.random() < group["share"]
            ]
            self.people[key] = replace(row, groups=", ".join(joined))


class Ties:
    """The ties of the village; of one kind, two people have one tie at most."""

    def __init__(self, village: Village) -> None:
        self.rows: dict[tuple[str, str, str], SampleTie] = {}
        self._village = village
        self._rng = village.rng
        for dusun in village.dusun:
            self._in_hamlet(dusun)
        self._across()
        self._nominations()
        self._conflicts()
        self._tell()

    def _add(self, source: str, target: str, kind: str, least: int, most: int) -> None:
        taken = {(source, target, kind), (target, source, kind)} & self.rows.keys()
        if source != target and not taken:
            self.rows[source, target, kind] = SampleTie(
                source=source,
                target=target,
                kind=kind,
                strength=self._rng.randint(least, most),
                reported_on=self._village.ago(*_ASKED),
            )

    def _tell(self) -> None:
        """Who told of which tie; in the farthest hamlet the team has talked with few."""
        chance = Random(f"told {self._village.seed}")
        farthest = set(self._village.living_in(self._village.dusun[-1]))
        for key, row in self.rows.items():
            both = _BOTH_TOLD_FAR if {row.source, row.target} & farthest else _BOTH_TOLD
            if chance.random() >= both:
                self.rows[key] = replace(row, reported_by="one")

    def _in_hamlet(self, dusun: str) -> None:
        """All that ties people of one hamlet to one another."""
        households = self._village.households(dusun)
        self._kin(households)
        self._neighbours(households)
        self._advice(dusun)
        for key in self._village.living_in(dusun):
            self._friend(key, dusun)
            self._workmate(key, dusun)

    def _kin(self, households: list[list[str]]) -> None:
        for number, family in enumerate(households):
            for place, one in enumerate(family):
                for other in family[place + 1 :]:
                    self._add(one, other, "kin", 4, 5)
            if number and self._rng.random() < 0.7:  # brothers and sisters who live nearby
                relatives = households[self._rng.randrange(number)]
                self._add(family[0], relatives[0], "kin", 2, 4)

    def _neighbours(self, households: list[list[str]]) -> None:
        """Households stand along a lane in the order of their numbers."""
        for steps, chance, kind in ((1, 1, "neighbour"), (1, 0.4, "help"), (2, 0.4, "neighbour")):
            for here, there in zip(households, households[steps:], strict=False):
                if self._rng.random() < chance:
                    self._add(self._rng.choice(here), self._rng.choice(there), kind, 2, 4)

    def _advice(self, dusun: str) -> None:
        advisers = self._village.advisers[dusun]
        for key in self._village.living_in(dusun):
            if self._rng.random() < _SEEKING_ADVICE:
                adviser = self._rng.choices(advisers, _ADVISERS)[0]
                self._add(key, adviser, "advice", 2, 5)
                if self._rng.random() < 0.3:
                    self._add(key, adviser, "trust", 3, 5)

    def _friend(self, key: str, dusun: str) -> None:
        peers = self._peers(key, dusun)
        if peers and self._rng.random() < 0.5:
            friend = self._rng.choice(peers)
            self._add(key, friend, "friend", 2, 5)
            if self._rng.random() < 0.35:
                self._add(key, friend, "trust", 3, 5)

    def _peers(self, key: str, dusun: str) -> list[str]:
        """Others of the same gender and about the same age."""
        village = self._village
        return [
            other
            for other in village.living_in(dusun)
            if other != key
            and village.people[other].gender == village.people[key].gender
            and abs(village.age(other) - village.age(key)) <= 9
        ]

    def _workmate(self, key: str, dusun: str) -> None:
        people = self._village.people
        trade = people[key].occupation
        mates = [
            other for other in self._village.living_in(dusun) if people[other].occupation == trade
        ]
        if trade and len(mates) > 1 and self._rng.random() < 0.2:
            self._add(key, self._rng.choice(mates), "work", 1, 4)

    def _across(self) -> None:
        """The few ties between hamlets, most of them by those who travel."""
        village, rng = self._village, self._rng
        near = [name for name in village.dusun if not village.hamlets[name].get("remote")]
        remote = [name for name in village.dusun if name not in near]
        pairs = [(one, other) for place, one in enumerate(near) for other in near[place + 1 :]]
        for here, there in pairs + [(name, near[-1]) for name in remote]:
            for kind in ("kin", "friend"):
                self._add(self._villager(here), self._villager(there), kind, 1, 3)
        for key, reaches in village.bridging.items():
            for dusun in reaches:
                met = rng.sample(self._ordinary(dusun), 3)
                for other, kind in zip(met, ("friend", "trust", "work"), strict=True):
                    self._add(key, other, kind, 2, 4)
        head = village.holding("kepala desa")[0]
        for other in village.holding("kepala dusun")[:3]:  # the others rarely come to the office
            self._add(head, other, "work", 2, 4)

    def _ordinary(self, dusun: str) -> list[str]:
        """Those whom neither an office nor a round makes known beyond the hamlet."""
        village = self._village
        known = village.advisers[dusun]
        return [
            key
            for key in village.living_in(dusun)
            if key not in known and key not in village.bridging and not village.people[key].office
        ]

    def _villager(self, dusun: str) -> str:
        return self._rng.choice(self._ordinary(dusun))

    def _nominations(self) -> None:
        """Who was named when people were asked who makes news known to all."""
        village, rng = self._village, self._rng
        first = [key for advisers in village.advisers.values() for key in advisers[:2]]
        named = rng.sample(list(village.bridging), _NAMED_BRIDGING)
        named += rng.sample(first, _NAMED_ADVISERS)
        named += rng.sample([key for key in village.people if key not in named], _NAMED_OTHERS)
        for key in named:
            hamlet = village.living_in(village.people[key].sub_community)
            others = [other for other in hamlet if other != key]
            for other in rng.sample(others, rng.randint(2, 5)):
                self._add(other, key, "nomination", 3, 5)

    def _conflicts(self) -> None:
        """Old quarrels: over a boundary, an inheritance, an election."""
        village, rng = self._village, self._rng
        for number in range(_CONFLICTS):
            here = rng.choice(village.dusun)
            one = village.opponents[number % _OPPONENTS] if number < 6 else self._villager(here)
            other = self._villager(village.people[one].sub_community)
            if village.people[one].household != village.people[other].household:
                self._add(one, other, "conflict", 1, 4)
