"""A frame: the columnar picture of one community at one date, all that an analysis sees.

It is made in one place from plain columns, whether they come out of files or out of the database,
so both roads give the same frame, and the same answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guyub.engine.diffusion.influence import (
    Dispositions,
    InfluenceModel,
    Ties,
    diffusion_from_ties,
    relays,
)
from guyub.engine.diffusion.model import DiffusionModel, constant, parse_spread, weighted_cascade
from guyub.engine.errors import EngineError
from guyub.engine.network.graph import Network, both_ways
from guyub.engine.ratings import consensus

TIE_KINDS = (
    "any",
    "kin",
    "friend",
    "neighbour",
    "advice",
    "help",
    "work",
    "trust",
    "organises",
    "nomination",
    "conflict",
)
TRAITS = (
    "stance",
    "initiative",
    "responsibility",
    "vision",
    "proactive",
    "openness",
    "influence",
)
OUTCOMES = ("open", "kept", "broken", "released")

# Somebody is asked for advice, trusted or named by others: what they start flows against the tie.
_FLOWS_BACK = frozenset({"advice", "trust", "nomination"})

# From here on a mean stance is opposition: nobody is asked to begin with it. 4 is a passive
# opponent; a mean halfway between neutral and that counts as one.
OPPOSITION = 3.5

# So many others have to speak of somebody whom nobody of the team met. Our choice.
_WITNESSES = 2

_GROWN_UP = 17


@dataclass(frozen=True, eq=False, kw_only=True)
class Observations:
    """Judgements: about whom, which trait (place in TRAITS), which value, when, by whom.

    day: days since 1970-01-01, 0 where unknown. observer: any number that tells observers apart.
    """

    person: NDArray[np.int32]
    trait: NDArray[np.int8]
    value: NDArray[np.float64]
    day: NDArray[np.int32]
    observer: NDArray[np.int32]

    @classmethod
    def of(cls, rows: Sequence[tuple[int, str, float, date | None, int]]) -> Observations:
        """From rows of (person, trait, value, day, observer)."""
        return cls(
            person=np.array([row[0] for row in rows], np.int32),
            trait=np.array([TRAITS.index(row[1]) for row in rows], np.int8),
            value=np.array([row[2] for row in rows], np.float64),
            day=np.array([_days(row[3]) for row in rows], np.int32),
            observer=np.array([row[4] for row in rows], np.int32),
        )


@dataclass(frozen=True, eq=False, kw_only=True)
class Frame:
    """One community at one date.

    on: the date. id, name, gender, household, sub_community: one text for each person, empty where
    unknown. birth_year: 0 where unknown. leader: holds an office. promises_kept, promises_broken:
    how many, ever. acts: how often somebody did something of their own accord within the last 365
    days (promises kept, encounters hosted or organised, people brought, tasks done); failures: how
    often they did not (promises broken, and half of each that is open and overdue). asked_to_lead:
    1 who was asked to lead and said yes, -1 who said no, else 0. met: whether somebody of the team
    met them. source, target, kind, strength, by_one, mutual: one entry for each tie (a conflict is
    a tie too); kind is a place in TIE_KINDS, strength 0 where unknown.
    """

    on: date
    id: tuple[str, ...]
    name: tuple[str, ...]
    gender: tuple[str, ...]
    birth_year: NDArray[np.int32]
    household: tuple[str, ...]
    sub_community: tuple[str, ...]
    leader: NDArray[np.bool_]
    promises_kept: NDArray[np.int32]
    promises_broken: NDArray[np.int32]
    acts: NDArray[np.int32]
    failures: NDArray[np.float64]
    asked_to_lead: NDArray[np.int8]
    met: NDArray[np.bool_]
    observations: Observations
    source: NDArray[np.int32]
    target: NDArray[np.int32]
    kind: NDArray[np.int8]
    strength: NDArray[np.int8]
    by_one: NDArray[np.bool_]
    mutual: NDArray[np.bool_]

    @classmethod
    def of(
        cls,
        id: Sequence[str],  # noqa: A002  the column is called so
        ties: Sequence[tuple[str, str, str]] = (),
        *,
        on: date = date(1970, 1, 1),
        **columns: Any,
    ) -> Frame:
        """A frame from ids and ties (from, to, kind); columns that are not given are empty.

        >>> from guyub.engine import Frame
        >>> frame = Frame.of(["sri", "joko", "wati"], [("sri", "joko", "friend")])
        >>> frame.size, frame.network().arcs
        (3, 1)

        :raises EngineError: a tie names someone who is not in the list, or a kind that is not
            known; columns differ in length.
        """
        places = {identifier: place for place, identifier in enumerate(id)}
        kinds = {kind: place for place, kind in enumerate(TIE_KINDS)}
        for one, other, kind in ties:
            if one not in places or other not in places or kind not in kinds:
                raise EngineError(f"There is no tie of kind {kind!r} from {one!r} to {other!r}.")
        empty, size = ("",) * len(places), len(places)
        known: dict[str, Any] = {
            "name": tuple(id),
            "gender": empty,
            "birth_year": np.zeros(size, np.int32),
            "household": empty,
            "sub_community": empty,
            "leader": np.zeros(size, np.bool_),
            "promises_kept": np.zeros(size, np.int32),
            "promises_broken": np.zeros(size, np.int32),
            "acts": np.zeros(size, np.int32),
            "failures": np.zeros(size),
            "asked_to_lead": np.zeros(size, np.int8),
            "met": np.zeros(size, np.bool_),
            "observations": Observations.of(()),
            "source": np.array([places[one] for one, _, _ in ties], np.int32),
            "target": np.array([places[other] for _, other, _ in ties], np.int32),
            "kind": np.array([kinds[kind] for _, _, kind in ties], np.int8),
            "strength": np.zeros(len(ties), np.int8),
            "by_one": np.zeros(len(ties), np.bool_),
            "mutual": np.zeros(len(ties), np.bool_),
        }
        return cls(on=on, id=tuple(id), **(known | columns))

    def __post_init__(self) -> None:
        size, ties = len(self.id), self.source.size
        for column in fields(self):
            value = getattr(self, column.name)
            if column.name in {"on", "observations"}:
                continue
            wanted = ties if column.name in _TIE_COLUMNS else size
            if len(value) != wanted:
                raise EngineError(f"{column.name} has {len(value)} entries, not {wanted}.")
        if len(set(self.id)) != size:
            raise EngineError("Two people have the same id.")
        for ends in (self.source, self.target, self.observations.person):
            if ends.size and not 0 <= ends.min() <= ends.max() < size:
                raise EngineError("A tie or an observation names someone who is not in the list.")

    @property
    def size(self) -> int:
        """Number of people."""
        return len(self.id)

    def equals(self, other: Frame) -> bool:
        """Whether both hold the same, column by column."""
        return all(_same(getattr(self, c.name), getattr(other, c.name)) for c in fields(self))

    def network(self) -> Network:
        """Who is tied to whom, as the ties were told; conflicts tie nobody."""
        return self._network

    @cached_property
    def _network(self) -> Network:
        return Network.from_ties(self.size, *self._rows()[:2])

    def diffusion(
        self,
        text: str = "model",
        model: InfluenceModel | None = None,
        dispositions: Dispositions | None = None,
        *,
        competitive: bool = False,
    ) -> DiffusionModel:
        """The diffusion model of this name: `model`, `weighted-cascade` or `constant:0.1`.

        The neutral models take ties as they were told. Guyub's own model turns those round in
        which the one who is named moves the one who names them (advice, trust, nomination).
        dispositions: what people might be like instead of what was observed of them. competitive:
        active opponents speak against it (`diffusion.competitive`).

        :raises EngineError: the spread is not known.
        """
        name, probability = parse_spread(text)
        seen = dispositions or self.dispositions()
        if name != "model":
            neutral = (
                constant(self.network(), probability or 0.0)
                if name == "constant"
                else weighted_cascade(self.network())
            )
            opponents = (
                np.flatnonzero(~relays(seen, model)) if competitive else np.empty(0, np.int64)
            )
            return replace(neutral, opponents=opponents)
        network, ties = self._flowing
        return diffusion_from_ties(network, ties, seen, model, competitive=competitive)

    @cached_property
    def _flowing(self) -> tuple[Network, Ties]:
        """Along which ties something flows, and what is known of each."""
        sources, targets, rows = self._rows(flowing=True)
        network = Network.from_ties(self.size, sources, targets)
        reports = reports_of(
            network.row_arcs, self.source[rows], self.kind[rows], self.strength[rows]
        )
        ties = Ties(
            kinds=TIE_KINDS,
            kind=self.kind[rows],
            strength=reports.strength,
            by_one=self.by_one[rows] & ~reports.confirmed,
            repeated=reports.repeated,
        )
        return network, ties

    @cached_property
    def repeated_ties(self) -> int:
        """How many ties the same person told of before, in the same words."""
        sources, targets, rows = self._rows()
        network = self.network()
        reports = reports_of(
            network.row_arcs, self.source[rows], self.kind[rows], self.strength[rows]
        )
        return int(np.unique(rows[reports.again]).size)

    def _rows(self, *, flowing: bool = False) -> tuple[Any, Any, NDArray[np.int64]]:
        """Arcs from ties: mutual ones both ways, conflicts none; and the tie each came from."""
        kept = np.flatnonzero(self.kind != TIE_KINDS.index("conflict"))
        sources, targets = self.source[kept], self.target[kept]
        if flowing:
            back = np.isin(self.kind[kept], [TIE_KINDS.index(kind) for kind in _FLOWS_BACK])
            sources, targets = (
                np.where(back, targets, sources),
                np.where(back, sources, targets),
            )
        source, target, rows = both_ways(sources, targets, self.mutual[kept])
        return source, target, kept[rows]

    def nominated(self) -> NDArray[np.int64]:
        """By how many others each person was named."""
        return self.named_by("nomination")

    def named_by(self, kind: str) -> NDArray[np.int64]:
        """From how many others a tie of this kind leads to each person; a mutual one both ways."""
        of_kind = self.kind == TIE_KINDS.index(kind)
        source, target, _ = both_ways(
            self.source[of_kind], self.target[of_kind], self.mutual[of_kind]
        )
        apart = source != target
        named = np.unique(target[apart].astype(np.int64) * self.size + source[apart])
        return np.bincount(named // max(1, self.size), minlength=self.size)

    def current(self, trait: str) -> NDArray[np.float64]:
        """The current figure of a trait for each person, NaN where nobody observed it.

        The latest observation of each observer counts; they are averaged, an older one weighing
        less: see `guyub.engine.ratings`.
        """
        return consensus(self.size, *self.observed(trait)).figure

    def observed(
        self, trait: str
    ) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64], NDArray[np.float64]]:
        """Who was observed, by whom, which value and how many days ago (NaN where unknown)."""
        seen = self.observations
        rows = np.flatnonzero(seen.trait == TRAITS.index(trait))
        day = seen.day[rows]
        age = np.where(day > 0, _days(self.on) - day.astype(np.float64), np.nan)
        return seen.person[rows], seen.observer[rows], seen.value[rows], age

    def dispositions(self) -> Dispositions:
        """Stance, openness and initiative of everybody, as far as they were observed."""
        return Dispositions(
            stance=self.current("stance"),
            openness=self.current("openness"),
            initiative=self.current("initiative"),
        )

    def opposed(self) -> NDArray[np.bool_]:
        """Who stands against: neither asked to begin nor pushed."""
        return np.nan_to_num(self.current("stance")) >= OPPOSITION

    def known(self) -> NDArray[np.bool_]:
        """Of whom enough is known to be chosen.

        Somebody of the team met them or noted something of them, or at least two others named them
        or told of a tie with them (our choice).
        """
        noted = np.zeros(self.size, np.bool_)
        noted[self.observations.person] = True
        promised = (self.promises_kept > 0) | (self.promises_broken > 0)
        did = (self.acts > 0) | (self.failures > 0) | (self.asked_to_lead != 0)
        return self.met | noted | promised | did | (self._told_of() >= _WITNESSES)

    def _told_of(self) -> NDArray[np.int64]:
        """How many others named each person, or told of a tie with them."""
        # Whoever is named does not tell of it.
        both = ~self.by_one & (self.kind != TIE_KINDS.index("nomination"))
        about = np.concatenate((self.target, self.source[both])).astype(np.int64)
        by = np.concatenate((self.source, self.target[both]))
        told = np.unique(about[about != by] * self.size + by[about != by])
        return np.bincount(told // max(1, self.size), minlength=self.size)

    def children(self) -> NDArray[np.bool_]:
        """Who is known to be under 17 (our choice: nobody of school age is asked to lead).

        Of whoever turns 17 this year it is not known.
        """
        return (self.birth_year > 0) & (self.on.year - self.birth_year < _GROWN_UP)


@dataclass(frozen=True, eq=False, kw_only=True)
class Reports:
    """What several reports of one tie come to; one entry for each report.

    strength: the greatest that anybody told of (our choice). confirmed: told of by both of its
    ends. repeated: another report of the tie stands for it. again: the same person told of it
    before.
    """

    strength: NDArray[np.int8]
    confirmed: NDArray[np.bool_]
    repeated: NDArray[np.bool_]
    again: NDArray[np.bool_]


def reports_of(
    arcs: NDArray[np.int64],
    tellers: NDArray[np.int32],
    kinds: NDArray[np.int8],
    strengths: NDArray[np.int8],
) -> Reports:
    """Which reports speak of the same tie: of one arc, and of one kind.

    arcs: the arc of each report, -1 for none. tellers: who told of it. A tie that is told of three
    times is no stronger than one that is told of once.
    """
    none = np.zeros(arcs.size, np.bool_)
    found = Reports(
        strength=strengths.copy(), confirmed=none, repeated=none.copy(), again=none.copy()
    )
    times = np.bincount(arcs[arcs >= 0])
    several = np.flatnonzero(arcs >= 0)
    several = several[times[arcs[several]] > 1]
    if not several.size:
        return found
    key = arcs[several] * len(TIE_KINDS) + kinds[several]
    _, first, tie = np.unique(key, return_index=True, return_inverse=True)
    strongest = np.zeros(first.size, np.int8)
    np.maximum.at(strongest, tie, strengths[several])
    found.strength[several] = strongest[tie]
    found.repeated[several] = True
    found.repeated[several[first]] = False
    by = np.column_stack((tie, tellers[several]))
    pairs, told_first = np.unique(by, axis=0, return_index=True)
    found.again[several] = True
    found.again[several[told_first]] = False
    both = np.bincount(pairs[:, 0], minlength=first.size) > 1
    return replace(found, confirmed=_marked(arcs.size, several[both[tie]]))


def _marked(size: int, places: NDArray[np.int64]) -> NDArray[np.bool_]:
    marks = np.zeros(size, np.bool_)
    marks[places] = True
    return marks


_TIE_COLUMNS = {"source", "target", "kind", "strength", "by_one", "mutual"}


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, Observations):
        return all(_same(getattr(one, c.name), getattr(other, c.name)) for c in fields(one))
    if isinstance(one, np.ndarray):
        return bool(np.array_equal(one, other))
    return bool(one == other)


def _days(day: date | None) -> int:
    return 0 if day is None else (day - date(1970, 1, 1)).days
