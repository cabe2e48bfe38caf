"""Who starts things: with what chance does each person take a matter up when they are asked?

The founding text begins with people who have initiative, feel responsible for the future of their
community, see ahead and act before they are told to. What somebody did weighs most; then what
the team sees of these four traits; then who else names them. Each piece of evidence adds to the
log-odds of the chance, what is not known adds nothing, and each term can be shown with its source:

    acts      log((done + 1) / (undone + 1)) of the last 365 days
    traits    sum over those of the four that somebody observed of (mean - 2) / 2 · n / (n + 1) for
              n observers, within ± 2
    named     log(1 + people who name them) / log 4, at most 1
    asked     + 1 or - 1 for who was asked to lead and said yes or no

**The base rate and all weights are our choice**: nobody has published how well field workers'
judgements foretell who will start. Position in the network and being named correlate with early
adoption at about 0.2 within villages (docs/explanation/validity.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from guyub.engine.errors import EngineError
from guyub.engine.ratings import consensus
from guyub.engine.records import Record

if TYPE_CHECKING:
    from guyub.engine.frame import Frame

# The four traits of the text.
STARTING_TRAITS = ("initiative", "responsibility", "vision", "proactive")

# The kinds of evidence.
TERMS = ("acts", "traits", "named", "asked")

# The middle of a trait's scale of 0 to 4, and how far all traits together move the log-odds.
_MIDDLE, _MOST_BY_TRAITS = 2.0, 2.0

# So many names are worth one step of the log-odds; more are worth no more. Our choice.
_NAMES_FOR_ONE = 3.0

# From which chance on somebody often starts things, and from which they may. Our choice.
OFTEN, SOMETIMES = 0.5, 0.2

# How many points of the scale two observations of one person differ by. Our choice: what sets two
# anchors on the form apart.
_OBSERVED_TO_WITHIN = 1.0


@dataclass(frozen=True, kw_only=True)
class StartingWeights(Record):
    """How much each kind of evidence counts, and between what the chance lies; all our choice.

    base: the chance of somebody of whom nothing is known. acts, traits, named, asked: times what
    the module says. least, most: no chance is below or above.

    :raises EngineError: a weight is negative, or the chances are not in order within 0 … 1.
    """

    base: float = 0.1
    acts: float = 1.0
    traits: float = 1.0
    named: float = 1.0
    asked: float = 1.0
    least: float = 0.02
    most: float = 0.9

    def __post_init__(self) -> None:
        if min(self.acts, self.traits, self.named, self.asked) < 0.0:
            raise EngineError("A weight of evidence is 0 or more.")
        if not 0.0 < self.least <= self.base <= self.most < 1.0:
            raise EngineError("Chances that somebody starts lie above 0, below 1, and in order.")


@dataclass(frozen=True, kw_only=True)
class Starting(Record):
    """With what chance somebody starts, as a word too (often, sometimes, seldom or unknown), and
    what each kind of evidence adds to its log-odds."""

    chance: float
    word: str
    terms: dict[str, float]


@dataclass(frozen=True, eq=False, kw_only=True)
class SelfStarting:
    """With what chance each person starts, and what it is made of.

    chance: of each person. acts, traits, named, asked: what each kind of evidence adds to the
    log-odds of each, 0 where nothing is known. evident: of whom there is any.
    """

    chance: NDArray[np.float64]
    acts: NDArray[np.float64]
    traits: NDArray[np.float64]
    named: NDArray[np.float64]
    asked: NDArray[np.float64]
    evident: NDArray[np.bool_]

    def of(self, person: int) -> Starting:
        """What is said of one person."""
        chance = float(self.chance[person])
        return Starting(
            chance=chance,
            word=starting_word(chance) if self.evident[person] else "unknown",
            terms={name: float(getattr(self, name)[person]) for name in TERMS},
        )


def starting_word(chance: float) -> str:
    """A chance that rests on evidence, as a word: often, sometimes or seldom.

    >>> from guyub.engine import starting_word
    >>> [starting_word(chance) for chance in (0.6, 0.3, 0.1)]
    ['often', 'sometimes', 'seldom']
    """
    return "often" if chance >= OFTEN else "sometimes" if chance >= SOMETIMES else "seldom"


def self_starting(frame: Frame, weights: StartingWeights | None = None) -> SelfStarting:
    """With what chance each person of a frame starts, from what is known of them.

    >>> from guyub.engine import Frame, Observations, self_starting
    >>> traits = ("initiative", "responsibility", "vision")
    >>> seen = Observations.of([(0, trait, 4.0, None, 0) for trait in traits])
    >>> self_starting(Frame.of(["sri", "joko"], observations=seen)).chance.round(2).tolist()
    [0.33, 0.1]
    """
    weights = weights or StartingWeights()
    sums, known = _traits(frame)
    nominated = frame.nominated()
    return _combined(
        weights,
        acts=_log_ratio(frame.acts, frame.failures),
        traits=sums,
        named=_named(nominated),
        asked=frame.asked_to_lead.astype(np.float64),
        evident=(frame.acts > 0)
        | (frame.failures > 0)
        | known
        | (nominated > 0)
        | (frame.asked_to_lead != 0),
    )


def redrawn_starting(
    frame: Frame, weights: StartingWeights, generator: np.random.Generator
) -> NDArray[np.float64]:
    """The chances as they might be as well, had other evidence come of the same people.

    Acts: the odds of what is done to what is left undone, drawn from what was counted of both (a
    beta distribution, each count and one). Traits: each moved as far as observers differ, the less
    the more observers there are. Names: as many as chance may bring, about as many as there are.
    """
    acts = np.log(generator.gamma(frame.acts + 1.0)) - np.log(generator.gamma(frame.failures + 1.0))
    happened = (frame.acts > 0) | (frame.failures > 0)
    sums, known = _traits(frame, generator)
    nominated = generator.poisson(frame.nominated())
    return _combined(
        weights,
        acts=np.where(happened, acts, 0.0),
        traits=sums,
        named=_named(nominated),
        asked=frame.asked_to_lead.astype(np.float64),
        evident=known,
    ).chance


def _combined(
    weights: StartingWeights,
    *,
    acts: NDArray[np.float64],
    traits: NDArray[np.float64],
    named: NDArray[np.float64],
    asked: NDArray[np.float64],
    evident: NDArray[np.bool_],
) -> SelfStarting:
    terms = {
        "acts": weights.acts * acts,
        "traits": weights.traits * traits,
        "named": weights.named * named,
        "asked": weights.asked * asked,
    }
    odds = np.log(weights.base / (1.0 - weights.base)) + sum(terms.values())
    chance = np.clip(1.0 / (1.0 + np.exp(-odds)), weights.least, weights.most)
    return SelfStarting(chance=chance, evident=evident, **terms)


def _log_ratio(done: NDArray[np.int32], undone: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.log((done + 1.0) / (undone + 1.0)))


def _named(names: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.asarray(np.minimum(1.0, np.log1p(names) / np.log1p(_NAMES_FOR_ONE)))


def _traits(
    frame: Frame, generator: np.random.Generator | None = None
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """What the traits add for each person, and of whom any was observed.

    generator: moves every mean as far as observers differ.
    """
    total, known = np.zeros(frame.size), np.zeros(frame.size, np.bool_)
    for trait in STARTING_TRAITS:
        person, observer, value, age = frame.observed(trait)
        figure = consensus(frame.size, person, observer, value, age).figure
        pairs = np.unique(np.column_stack((person, observer)), axis=0)
        observers = np.bincount(pairs[:, 0], minlength=frame.size)
        here = observers > 0
        mean = np.where(here, figure, _MIDDLE)
        if generator is not None:
            wrong = _OBSERVED_TO_WITHIN / np.sqrt(np.maximum(1, observers))
            mean = np.clip(mean + wrong * generator.standard_normal(frame.size), 0.0, 4.0)
        total += np.where(here, (mean - _MIDDLE) / 2.0 * observers / (observers + 1.0), 0.0)
        known |= here
    return np.clip(total, -_MOST_BY_TRAITS, _MOST_BY_TRAITS), known
