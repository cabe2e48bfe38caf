"""Ties that nobody told of yet, because nobody asked: how likely are they?

Whoever told of their own ties was asked; what they did not tell of is taken not to be there.
Between two people of whom nobody was asked anything is possible. How likely a tie between them is
follows from those who were asked: from how often people are tied who share a sub-community, a
household, gender and age band or not (a block model over dyads, Holland, Laskey & Leinhardt 1983,
in closed form: ties told over pairs asked of, drawn towards the rate of all), and from how often
each of the two was named by those who were asked (degree correction: Karrer & Newman 2011). How
much people differ in this is fitted to those who were asked: a gamma distribution, whose mean for
somebody moves with each time they are named.

Where ties are there independently of each other, spreading along what may be there is spreading
with both chances multiplied, so every guarantee stays (`robustness`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from guyub.engine.diffusion.influence import DEFAULT, InfluenceModel, Ties, diffusion_from_ties
from guyub.engine.diffusion.model import DiffusionModel
from guyub.engine.frame import TIE_KINDS, Frame
from guyub.engine.network.graph import Network
from guyub.engine.plan.groupings import age_bands

# To tell anybody apart it takes some who were asked; and pairs up to which everything that is
# possible is held in memory. Our choice.
_FEWEST_ASKED, _MOST_PAIRS = 5, 1_000_000

# So many pairs at the rate of all stand beside those that were seen, for every kind of pair. Our
# choice: a handful of households tells little.
_PRIOR_PAIRS = 20.0

# How unevenly people are tied lies within these shapes of the gamma distribution; villages lie
# around 2 to 5. Our choice.
_SHAPES = (0.5, 50.0)

_ATTRIBUTES = 4

# What may be there in a frame, for as long as it lives: a page asks a dozen questions of one.
_known: WeakKeyDictionary[Frame, dict[tuple[bool, bool, InfluenceModel], UncertainTies]] = (
    WeakKeyDictionary()
)


@dataclass(frozen=True, eq=False, kw_only=True)
class MissingTies:
    """What may be between people nobody of whom was asked.

    asked: a mark for each person who told of a tie. one, other: pairs of people, one < other.
    chance: for each pair that they are tied, 0 … 1. named: for each person, by how many who were
    asked they were named. shape: of the gamma distribution in which people differ; the smaller, the
    more.
    """

    asked: NDArray[np.bool_]
    one: NDArray[np.int64]
    other: NDArray[np.int64]
    chance: NDArray[np.float64]
    named: NDArray[np.int64]
    shape: float

    def without_guesses(self) -> MissingTies:
        """Who was asked and named, and nothing that nobody told of."""
        nobody = np.empty(0, np.int64)
        return replace(self, one=nobody, other=nobody, chance=np.empty(0))

    def expected(self) -> NDArray[np.float64]:
        """For each person, how many ties of theirs are likely still unknown."""
        ends = np.concatenate((self.one, self.other))
        likely = np.bincount(ends, np.tile(self.chance, 2), self.asked.size)
        return likely.astype(np.float64)


@dataclass(frozen=True, eq=False, kw_only=True)
class UncertainTies:
    """Everything that may be there. certain: the chances if every tie of it is. there: for each
    arc, how likely its tie is there, 0 … 1. guessed: which arcs nobody told of."""

    certain: DiffusionModel
    there: NDArray[np.float64]
    guessed: NDArray[np.bool_]
    unknown: MissingTies

    @cached_property
    def mean(self) -> DiffusionModel:
        """Spreading and not knowing in one."""
        chance = (self.certain.probability * self.there).astype(np.float32)
        return replace(self.certain, probability=chance)

    @property
    def doubtful(self) -> bool:
        """Whether any tie is."""
        return bool((self.there < 1.0).any())


def missing_ties(frame: Frame) -> MissingTies:
    """Fit what was told, and give what may be besides; nothing where too few or all were asked.

    >>> from guyub.engine import Frame, missing_ties
    >>> ids = [f"p{number}" for number in range(8)]
    >>> asked = [(f"p{number}", f"p{number + 1}", "friend") for number in range(5)]
    >>> found = missing_ties(Frame.of(ids, asked))
    >>> found.asked.sum(), found.chance.size > 0
    (np.int64(6), True)
    """
    one, other = _told(frame)
    asked = _asked(frame)
    named = np.bincount(
        np.concatenate((other[asked[one]], one[asked[other]])), minlength=frame.size
    )
    silent = np.flatnonzero(~asked)
    pairs = silent.size * (silent.size - 1) // 2
    if asked.sum() < _FEWEST_ASKED or not 0 < pairs <= _MOST_PAIRS:
        return MissingTies(
            asked=asked,
            one=silent,
            other=silent,
            chance=np.zeros(silent.size),
            named=named,
            shape=_SHAPES[1],
        ).without_guesses()
    codes = _codes(frame)
    shape = _shape(np.bincount(np.concatenate((one, other)), minlength=frame.size)[asked])
    rate = _rates(codes, asked, one, other)
    first, second = (silent[each] for each in np.triu_indices(silent.size, 1))
    at_odds = np.isin(_numbered(first, second, frame.size), _in_conflict(frame))
    first, second = first[~at_odds], second[~at_odds]
    activity = (shape + named) / (shape + named[silent].mean())
    chance = rate[_cell(codes, first, second)] * activity[first] * activity[second]
    return MissingTies(
        asked=asked,
        one=first,
        other=second,
        chance=np.minimum(1.0, chance),
        named=named,
        shape=shape,
    )


def uncertain_ties(
    frame: Frame,
    model: InfluenceModel | None = None,
    *,
    guess: bool = True,
    competitive: bool = False,
) -> UncertainTies:
    """What was told of, with how likely it is there, and what may be there besides.

    guess: False for what was told of alone. competitive: active opponents speak against it. A frame
    is looked through once for each, and for each model.

    >>> import numpy as np
    >>> from guyub.engine import Frame, uncertain_ties
    >>> ties = [("sri", "joko", "friend")]
    >>> frame = Frame.of(["sri", "joko"], ties, by_one=np.array([True]))
    >>> uncertain_ties(frame).there.round(2).tolist()  # one side alone told of it
    [0.75]
    """
    asked = (guess, competitive, model or DEFAULT)
    known = _known.setdefault(frame, {})
    if asked not in known:
        known[asked] = _possible(frame, model or DEFAULT, guess, competitive)
    return known[asked]


def _possible(frame: Frame, model: InfluenceModel, guess: bool, competitive: bool) -> UncertainTies:
    sure = replace(model, reported_by_one=1.0)
    told = frame.diffusion(model=sure, competitive=competitive)
    held = frame.diffusion(model=model, competitive=competitive).probability
    # With several ties between two people this is the chance that would give the same mean.
    there = np.divide(held, told.probability, out=np.ones(held.size), where=told.probability > 0.0)
    unknown = missing_ties(frame)
    if not guess:
        unknown = unknown.without_guesses()
    guessed = _guessed(frame, unknown, sure, competitive)
    network = Network.from_ties(
        frame.size,
        np.concatenate((told.network.out_sources, guessed.network.out_sources)),
        np.concatenate((told.network.out_targets, guessed.network.out_targets)),
    )
    # The rows of the guessed network stand in the order of its arcs, not of the pairs.
    likely = guessed.network.combine(np.tile(unknown.chance, 2))
    chance = network.combine(np.concatenate((told.probability, guessed.probability)))
    return UncertainTies(
        certain=replace(told, network=network, probability=chance),
        there=network.combine(np.concatenate((np.minimum(there, 1.0), likely))).astype(float),
        guessed=network.combine(np.repeat((0.0, 1.0), (there.size, likely.size))) > 0.5,
        unknown=unknown,
    )


def _guessed(
    frame: Frame, unknown: MissingTies, model: InfluenceModel, competitive: bool
) -> DiffusionModel:
    """Ties of any kind, both ways, between all pairs nobody of whom was asked."""
    pairs = unknown.one.size
    network = Network.from_ties(
        frame.size,
        np.concatenate((unknown.one, unknown.other)),
        np.concatenate((unknown.other, unknown.one)),
    )
    ties = Ties(
        kinds=TIE_KINDS,
        kind=np.full(2 * pairs, TIE_KINDS.index("any"), np.int8),
        strength=np.zeros(2 * pairs, np.int8),
        by_one=np.zeros(2 * pairs, np.bool_),
    )
    return diffusion_from_ties(network, ties, frame.dispositions(), model, competitive=competitive)


def _social(frame: Frame) -> NDArray[np.bool_]:
    """Ties of which people are asked one by one; naming somebody and falling out are not."""
    return ~np.isin(frame.kind, [TIE_KINDS.index(kind) for kind in ("nomination", "conflict")])


def _asked(frame: Frame) -> NDArray[np.bool_]:
    """Who told of a tie; where both sides told of it, both did."""
    asked = np.zeros(frame.size, np.bool_)
    social = _social(frame)
    asked[frame.source[social]] = True
    asked[frame.target[social & ~frame.by_one]] = True
    return asked


def _told(frame: Frame) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of people who are tied, each once, the lower number first."""
    social = _social(frame) & (frame.source != frame.target)
    ends = np.sort(np.column_stack((frame.source[social], frame.target[social])), axis=1)
    pairs = np.unique(ends.astype(np.int64), axis=0).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def _in_conflict(frame: Frame) -> NDArray[np.int64]:
    """Pairs at odds with each other, by their numbers: no tie is guessed between them."""
    conflict = frame.kind == TIE_KINDS.index("conflict")
    ends = np.sort(np.column_stack((frame.source[conflict], frame.target[conflict])), axis=1)
    return _numbered(ends[:, 0].astype(np.int64), ends[:, 1].astype(np.int64), frame.size)


def _numbered(one: NDArray[np.int64], other: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """A number of its own for each pair."""
    return one * size + other


def _codes(frame: Frame) -> NDArray[np.int64]:
    """Attributes × people: sub-community, household within it, gender, age band; -1 unknown."""
    homes = [
        f"{place}\n{house}" if house else ""
        for place, house in zip(frame.sub_community, frame.household, strict=True)
    ]
    columns: list[Any] = [frame.sub_community, homes, frame.gender, age_bands(frame)]
    codes = np.empty((_ATTRIBUTES, frame.size), np.int64)
    for row, column in enumerate(columns):
        known, numbers = np.unique(np.array(column, object).astype(str), return_inverse=True)
        codes[row] = np.where(known[numbers] == "", -1, numbers)
    return codes


def _cell(
    codes: NDArray[np.int64], one: NDArray[np.int64], other: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Which attributes a pair shares, as the bits of a number."""
    cell = np.zeros(one.size, np.int64)
    for bit, values in enumerate(codes):
        cell |= ((values[one] == values[other]) & (values[one] >= 0)).astype(np.int64) << bit
    return cell


def _rates(
    codes: NDArray[np.int64],
    asked: NDArray[np.bool_],
    one: NDArray[np.int64],
    other: NDArray[np.int64],
) -> NDArray[np.float64]:
    """For each kind of pair, the share of those asked of who are tied."""
    everybody = np.ones(asked.size, np.bool_)
    pairs = _pairs(codes, everybody) - _pairs(codes, ~asked)
    seen = asked[one] | asked[other]
    ties = np.bincount(_cell(codes, one[seen], other[seen]), minlength=1 << _ATTRIBUTES)
    overall = ties.sum() / max(1.0, pairs.sum())
    return np.asarray((ties + _PRIOR_PAIRS * overall) / (pairs + _PRIOR_PAIRS))


def _pairs(codes: NDArray[np.int64], among: NDArray[np.bool_]) -> NDArray[np.float64]:
    """How many pairs of these people share exactly each set of attributes.

    Pairs that share at least a set are counted by groups, and what shares more is taken away
    (Möbius inversion), so that no pair is looked at.
    """
    values = codes[:, among]
    pairs = np.empty(1 << _ATTRIBUTES)
    for shared in range(1 << _ATTRIBUTES):
        rows = [bit for bit in range(_ATTRIBUTES) if shared >> bit & 1]
        known = values[rows][:, (values[rows] >= 0).all(axis=0)]
        groups = (
            np.unique(known, axis=1, return_counts=True)[1] if rows else np.array([values.shape[1]])
        )
        pairs[shared] = (groups * (groups - 1.0) / 2.0).sum()
    for bit in range(_ATTRIBUTES):
        for shared in range(1 << _ATTRIBUTES):
            if not shared >> bit & 1:
                pairs[shared] -= pairs[shared | 1 << bit]
    return pairs


def _shape(ties: NDArray[np.int64]) -> float:
    """How evenly those who were asked are tied, by the moments of a negative binomial."""
    mean, variance = float(ties.mean()), float(ties.var(ddof=1))
    return float(np.clip(mean**2 / (variance - mean), *_SHAPES)) if variance > mean else _SHAPES[1]
