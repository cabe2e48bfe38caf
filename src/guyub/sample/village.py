"""People of the sample community; community.py says how the village grows."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from guyub.sample.timeline import random_stream

# The age of the Indonesian identity card (Law 23/2006, article 63).
_ADULT = 17
_OLDEST = 90

# All other numbers are our choice: the village is to look like one, and is estimated from nothing.

# How much of the advice of a hamlet each of its advisers gives: the most sought one most of it.
ADVISERS = (8, 6, 4, 2, 1)


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
            chosen = leaders + self.rng.sample(others, len(ADVISERS) - len(leaders))
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
        joins = random_stream("groups", self.seed)
        for key, row in self.people.items():
            joined = [
                group["name"]
                for group in words()["group"]
                if group.get("gender", row.gender) == row.gender
                and group["from"] <= self.age(key) <= group["to"]
                and row.occupation in group.get("occupations", [row.occupation])
                and joins.random() < group["share"]
            ]
            self.people[key] = replace(row, groups=", ".join(joined))
