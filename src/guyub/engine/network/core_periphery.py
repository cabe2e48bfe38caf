"""Is there a core to which everybody is tied, and a periphery that is not tied to each other?

Borgatti & Everett (2000, Social Networks 21:375): the core is the group for which the network looks
most like the ideal, in which everybody of the core is tied to everybody and nobody else to anybody
else; how much, is the correlation of the two over all pairs. Where it is low there is no core, only
people with more ties and people with fewer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guyub.engine.errors import EngineError
from guyub.engine.network.graph import Network
from guyub.engine.randomness import seed_for

# Below this correlation no core should be spoken of. Our choice.
A_CORE = 0.5

# People up to whom every core is tried; beyond, how many times it is begun anew by chance besides
# the beginnings by number of ties; and pairs that are held in memory. Our choice.
_EVERY_CORE, _BEGINNINGS, _MOST_PEOPLE = 15, 10, 2000

_BEGINNING = 21


@dataclass(frozen=True, eq=False, kw_only=True)
class CorePeriphery:
    """The best core found. core: people, in order. fit: the correlation, -1 … 1.

    clear: whether a core should be spoken of. complete: every core there is was tried.
    """

    core: NDArray[np.int64]
    fit: float
    clear: bool
    complete: bool


def core_periphery(network: Network, *, seed: int = 1) -> CorePeriphery:
    """Find the core, whoever named whom.

    >>> from guyub.engine import Network, core_periphery
    >>> found = core_periphery(Network.from_ties(6, [0, 1, 2, 0, 1, 2], [1, 2, 0, 3, 4, 5]))
    >>> found.core.tolist()
    [0, 1, 2]

    :raises EngineError: there are fewer than 3 people, or more than 2,000; nobody is tied, or all
        are tied to all: then no group differs from another.
    """
    size = network.size
    if not 3 <= size <= _MOST_PEOPLE:
        raise EngineError(f"A core is looked for among 3 to {_MOST_PEOPLE} people, not {size}.")
    around = network.undirected
    tied = np.zeros((size, size), np.bool_)
    tied[around.out_sources, around.out_targets] = True
    ties = int(tied.sum()) // 2
    if not 0 < ties < size * (size - 1) // 2:
        raise EngineError("Without ties, or with all of them, there is no core.")
    if size <= _EVERY_CORE:
        best, fit = _of_all(tied)
    else:
        degree = tied.sum(axis=1)
        generator = np.random.default_rng(int(seed_for(seed, _BEGINNING)))
        begun = [degree >= least for least in np.unique(degree)[1:]]
        begun += [generator.random(size) < generator.random() for _ in range(_BEGINNINGS)]
        found = [_climbed(tied, each.copy()) for each in begun]
        best, fit = max(found, key=lambda each: each[1])
    return CorePeriphery(
        core=np.flatnonzero(best),
        fit=fit,
        clear=fit >= A_CORE,
        complete=size <= _EVERY_CORE,
    )


def _fit(inside: ArrayLike, members: ArrayLike, ties: float, size: int) -> NDArray[np.float64]:
    """The correlation over all pairs, from how many ties touch a core and how large it is.

    Of two columns of zeros and ones: ties, and pairs that touch the core. For one core or for many.
    """
    met, many = np.asarray(inside, np.float64), np.asarray(members, np.float64)
    pairs = size * (size - 1) / 2.0
    touching = many * (size - many) + many * (many - 1) / 2.0
    diffusion = np.sqrt(np.maximum(0.0, ties * (pairs - ties) * touching * (pairs - touching)))
    nothing = np.full(np.broadcast(met, many).shape, -1.0)
    return np.divide(pairs * met - ties * touching, diffusion, out=nothing, where=diffusion > 0.0)


def _of_all(tied: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], float]:
    """Every group as the core."""
    size = tied.shape[0]
    ties = tied.sum() / 2.0
    groups = (np.arange(1 << size)[:, None] >> np.arange(size)) & 1
    outside = (1 - groups).astype(np.float64)
    # Ties that do not touch the core lie among the others.
    inside = ties - ((outside @ tied) * outside).sum(axis=1) / 2.0
    fits = _fit(inside, groups.sum(axis=1), float(ties), size)
    best = int(np.argmax(fits))
    return groups[best].astype(np.bool_), float(fits[best])


def _climbed(tied: NDArray[np.bool_], core: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], float]:
    """One after the other moved into the core or out of it, whoever makes it fit most better."""
    size, ties = tied.shape[0], float(tied.sum()) / 2.0
    outside = (tied & ~core).sum(axis=1)
    inside = ties - float(outside[~core].sum()) / 2.0
    best = float(_fit(inside, core.sum(), ties, size))
    while True:
        # Whoever joins brings their ties to those outside; whoever leaves takes them along.
        change = np.where(core, -outside, outside)
        fits = _fit(inside + change, core.sum() + np.where(core, -1, 1), ties, size)
        person = int(np.argmax(fits))
        if fits[person] <= best + 1e-12:
            return core, best
        best, inside = float(fits[person]), inside + float(change[person])
        outside = outside + np.where(core[person], 1, -1) * tied[:, person]
        core[person] = not core[person]
