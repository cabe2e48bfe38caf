"""Ties of the sample community; community.py says how the village grows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from guyub.sample.timeline import random_stream
from guyub.sample.village import ADVISERS, Village

# Days before today when ties were asked for.
_ASKED = (25, 115)

# Of so many ties both sides told, in general and in the farthest hamlet.
_BOTH_TOLD, _BOTH_TOLD_FAR = 0.6, 0.15

# Of ten people five seek advice.
_SEEKING_ADVICE = 0.5

# Villagers who are asked who spreads news well name a few people again and again, not only leaders
# (Banerjee, Chandrasekhar, Duflo and Jackson 2019, Review of Economic Studies 86). Fifteen named.
_NAMED_BRIDGING, _NAMED_ADVISERS, _NAMED_OTHERS = 5, 6, 4

# Conflicts are mostly with active opponents, of whom there are three.
_OPPONENTS = 3
_CONFLICTS = 8


@dataclass(frozen=True, kw_only=True)
class SampleTie:
    """One person's tie to another, by their ids. reported_by: both or one of them."""

    source: str
    target: str
    kind: str
    strength: int
    reported_on: date
    reported_by: str = "both"


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
        tells = random_stream("told", self._village.seed)
        farthest = set(self._village.living_in(self._village.dusun[-1]))
        for key, row in self.rows.items():
            both = _BOTH_TOLD_FAR if {row.source, row.target} & farthest else _BOTH_TOLD
            if tells.random() >= both:
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
                adviser = self._rng.choices(advisers, ADVISERS)[0]
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
