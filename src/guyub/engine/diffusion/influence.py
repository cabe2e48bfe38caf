"""With what chance does somebody who is moved move somebody they are tied to?

This is the one place of these numbers. The chance that u, once active, activates v is

    p(u→v) = existence × base(kind) × strength × vitality × initiative(u) × receptivity(v)

kept within 0 … 1. **Every number here is our choice** until it is calibrated on what happened:
none has been measured for village organising. They are ordered as the literature orders
them (strong ties and trust move people more than acquaintance; Granovetter 1973, Am J Sociol
78:1360, on strength; Centola 2018, How Behavior Spreads, on what moves people to act), and all
can be given anew (`InfluenceModel(...)`). What a plan says is therefore a comparison between
people under stated assumptions, not a forecast.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guyub.engine.diffusion.model import DiffusionModel
from guyub.engine.errors import EngineError
from guyub.engine.network.graph import Network

# The share of people whom one active person moves directly along one tie of middling strength.
# Banerjee et al. (2013, Science 341:1236498) and the trials of peer leaders (Wilder et al. 2021)
# work with 0.05 to 0.2 for information; we put trust and organising at the upper end.
_BASE = MappingProxyType(
    {
        "kin": 0.12,
        "friend": 0.12,
        "neighbour": 0.08,
        "advice": 0.15,
        "help": 0.12,
        "work": 0.08,
        "trust": 0.18,
        "organises": 0.20,
        # A nomination says who is heard far, not along which tie; conflict passes nothing on.
        "nomination": 0.10,
        "conflict": 0.0,
        "any": 0.10,
    }
)


@dataclass(frozen=True, eq=False, kw_only=True)
class InfluenceModel:
    """The numbers of the influence model; every default is our choice (see the module).

    base: chance by kind of tie, at strength 3. strength: factor for strength 1 … 5.
    unknown_strength: factor where no strength was noted. reported_by_one: chance that a tie exists
    which only one of its two ends told of. receptivity: factor of the receiver's stance, 1 active
    ally … 5 active opponent; 0 also means that nothing is passed on. shown: how many times likelier
    than to be moved by somebody's word it is to be shown what they do, for a habit. openness and
    initiative: factor at 0 and at 4 of the receiver's openness to change and the sender's
    initiative, linear between, 1 where nobody observed them.
    """

    base: Mapping[str, float] = field(default_factory=lambda: _BASE)
    strength: tuple[float, float, float, float, float] = (0.5, 0.75, 1.0, 1.25, 1.5)
    unknown_strength: float = 1.0
    # In Nicaragua's Arang Dak two thirds of 4,131 helping ties were told by one side only (Koster
    # 2018); that many cannot all be made up. Until it is fitted: as likely as not, and a half more.
    reported_by_one: float = 0.75
    receptivity: tuple[float, float, float, float, float] = (1.0, 0.8, 0.5, 0.15, 0.0)
    unknown_receptivity: float = 0.5
    # What somebody does at home or in the field is seen by those around them far more often than a
    # word moves them. Our choice: with 0.12 for kin, six of ten see it.
    shown: float = 5.0
    openness: tuple[float, float] = (0.6, 1.4)
    initiative: tuple[float, float] = (0.6, 1.4)


# The model as it is, and where initiative says who starts (`self_starting`) instead of how well
# somebody passes things on.
DEFAULT = InfluenceModel()
STARTERS = InfluenceModel(initiative=(1.0, 1.0))


@dataclass(frozen=True, eq=False, kw_only=True)
class Ties:
    """What is known of each tie, in the order in which the network was built from them.

    kinds: words of the glossary; kind: for each tie, its place among them. strength: 1 … 5, 0 where
    unknown. by_one: told by one end only. vitality: 1 for a living tie, falling to 0 as it fades;
    None where dates are unknown. repeated: another row tells of the same tie; None where none does.
    """

    kinds: tuple[str, ...]
    kind: NDArray[np.int8]
    strength: NDArray[np.int8]
    by_one: NDArray[np.bool_]
    vitality: NDArray[np.float64] | None = None
    repeated: NDArray[np.bool_] | None = None


@dataclass(frozen=True, eq=False, kw_only=True)
class Dispositions:
    """What is known of each person; NaN where nobody observed it.

    stance: 1 … 5. openness, initiative: 0 … 4. Means of several observers are welcome.
    """

    stance: NDArray[np.float64]
    openness: NDArray[np.float64]
    initiative: NDArray[np.float64]

    @classmethod
    def unknown(cls, size: int) -> Dispositions:
        """Nothing is known of anybody."""
        nothing = np.full(size, np.nan)
        return cls(stance=nothing, openness=nothing, initiative=nothing)


def diffusion_from_ties(
    network: Network,
    ties: Ties,
    dispositions: Dispositions,
    model: InfluenceModel | None = None,
    *,
    competitive: bool = False,
) -> DiffusionModel:
    """Guyub's influence model: from what is known of ties and people.

    The network was built from the rows of `ties`, in their order. competitive: active opponents do
    not merely keep silent but speak against it (`diffusion.competitive`).

    >>> import numpy as np
    >>> from guyub.engine import Dispositions, Network, Ties, diffusion_from_ties
    >>> network = Network.from_ties(2, [0], [1])
    >>> ties = Ties(
    ...     kinds=("friend",),
    ...     kind=np.zeros(1, np.int8),
    ...     strength=np.full(1, 3, np.int8),
    ...     by_one=np.zeros(1, np.bool_),
    ... )
    >>> diffusion = diffusion_from_ties(network, ties, Dispositions.unknown(2))
    >>> round(float(diffusion.probability[0]), 3)  # 0.12 for a friend, half of it of unknown stance
    0.06

    :raises EngineError: a kind of tie that the model has no number for.
    """
    model = model or DEFAULT
    tie = _tie_factor(ties, model)
    arcs = network.combine(tie)
    sender = _between(dispositions.initiative, model.initiative)
    receiver = _receptivity(dispositions, model)
    passing = relays(dispositions, model)
    opponents = np.flatnonzero(~passing) if competitive else np.empty(0, np.int64)
    factor = np.where(passing | competitive, sender, 0.0)[network.out_sources]
    factor = factor * receiver[network.out_targets]
    return DiffusionModel(
        network=network,
        probability=np.clip(arcs * factor, 0.0, 1.0).astype(np.float32),
        name="model",
        opponents=opponents,
    )


def habit_diffusion(
    diffusion: DiffusionModel, model: InfluenceModel | None = None
) -> DiffusionModel:
    """With what chance somebody who has taken a habit up shows it to another (see `thresholds`).

    A neutral cascade stays as it is: its chances are what the caller says.

    >>> from guyub.engine import Frame, habit_diffusion
    >>> news = Frame.of(["sri", "joko"], [("sri", "joko", "friend")]).diffusion()
    >>> round(float(habit_diffusion(news).probability[0] / news.probability[0]), 3)
    5.0
    """
    if diffusion.name != "model":
        return diffusion
    chance = np.minimum(1.0, diffusion.probability * (model or DEFAULT).shown)
    return replace(diffusion, probability=chance.astype(np.float32))


def relays(dispositions: Dispositions, model: InfluenceModel | None = None) -> NDArray[np.bool_]:
    """Who passes anything on: everybody but active opponents (receptivity 0)."""
    return _receptivity(dispositions, model or DEFAULT) > 0.0


def _tie_factor(ties: Ties, model: InfluenceModel) -> NDArray[np.float64]:
    unknown = [kind for kind in ties.kinds if kind not in model.base]
    if unknown:
        raise EngineError(
            f"The model has no number for ties of kind {', '.join(unknown)}; it knows "
            f"{', '.join(model.base)}."
        )
    base = np.array([model.base[kind] for kind in ties.kinds] or [0.0])
    strength = np.array([model.unknown_strength, *model.strength])
    existence = np.where(ties.by_one, model.reported_by_one, 1.0)
    vitality = 1.0 if ties.vitality is None else ties.vitality
    told_once = 1.0 if ties.repeated is None else ~ties.repeated
    chance = base[ties.kind] * strength[ties.strength] * existence * vitality * told_once
    return np.clip(chance, 0.0, 1.0)


def _receptivity(dispositions: Dispositions, model: InfluenceModel) -> NDArray[np.float64]:
    stance = np.asarray(dispositions.stance, np.float64)
    known = np.interp(np.nan_to_num(stance, nan=3.0), np.arange(1.0, 6.0), model.receptivity)
    by_stance = np.where(np.isnan(stance), model.unknown_receptivity, known)
    return by_stance * _between(dispositions.openness, model.openness)


def _between(observed: ArrayLike, ends: tuple[float, float]) -> NDArray[np.float64]:
    """The factor of a trait from 0 to 4; 1 where nobody observed it."""
    value = np.asarray(observed, np.float64)
    factor = ends[0] + (ends[1] - ends[0]) * np.nan_to_num(value) / 4.0
    return np.where(np.isnan(value), 1.0, factor)
