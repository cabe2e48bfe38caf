"""A diffusion model: a network with the chance of each arc, and neutral ones to compare with."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from guyub.engine.errors import EngineError
from guyub.engine.network.graph import Network


@dataclass(frozen=True, eq=False, kw_only=True)
class DiffusionModel:
    """A network with the chance of each arc: an independent cascade (Kempe et al. 2003).

    probability: one for each arc of the network, in its order, float32 in 0 … 1. name: how it was
    made, as the shell writes it. opponents: people, by number, from whom the opposite spreads at
    the same time (`competitive`).
    """

    network: Network
    probability: NDArray[np.float32]
    name: str
    opponents: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))

    def __post_init__(self) -> None:
        if self.probability.shape != (self.network.arcs,):
            raise EngineError(
                f"{self.probability.size} probabilities for {self.network.arcs} arcs."
            )


def constant(network: Network, probability: float) -> DiffusionModel:
    """The same chance on every arc: a neutral model for comparison with the literature.

    >>> from guyub.engine import Network, constant
    >>> constant(Network.from_ties(3, [0, 1], [1, 2]), 0.25).probability.tolist()
    [0.25, 0.25]

    :raises EngineError: the probability does not lie in 0 … 1.
    """
    if not 0.0 <= probability <= 1.0:
        raise EngineError(f"A probability lies between 0 and 1, not at {probability}.")
    return DiffusionModel(
        network=network,
        probability=np.full(network.arcs, probability, np.float32),
        name=f"constant:{probability:g}",
    )


def weighted_cascade(network: Network) -> DiffusionModel:
    """p(u→v) = 1 / indegree(v) (Kempe, Kleinberg & Tardos 2003): everybody is as hard to move.

    >>> from guyub.engine import Network, weighted_cascade
    >>> weighted_cascade(Network.from_ties(3, [0, 1], [2, 2])).probability.tolist()
    [0.5, 0.5]
    """
    chance = 1.0 / np.maximum(network.in_degree, 1)
    return DiffusionModel(
        network=network,
        probability=chance.astype(np.float32)[network.out_targets],
        name="weighted-cascade",
    )


def parse_spread(text: str) -> tuple[str, float | None]:
    """Read `model`, `weighted-cascade` or `constant:0.1` into a name and a probability.

    :raises EngineError: anything else.
    """
    name, _, number = text.strip().partition(":")
    if name in {"model", "weighted-cascade"} and not number:
        return name, None
    if name == "constant":
        try:
            probability = float(number.replace(",", "."))
        except ValueError:
            probability = -1.0
        if 0.0 <= probability <= 1.0:
            return name, probability
        raise EngineError("After 'constant:' stands a probability from 0 to 1, as in constant:0.1.")
    raise EngineError(
        f"The spread {text!r} is not known: write model, weighted-cascade or constant:0.1."
    )
