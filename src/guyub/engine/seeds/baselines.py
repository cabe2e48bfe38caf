"""The usual choices, to be compared with: whom one would pick without computing reach.

Everybody who must not be chosen is left out here too, so that the comparison is fair. Of people
with equal figures the one with more ties comes first, then the one who stands earlier in the list.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guyub.engine.errors import EngineError
from guyub.engine.network.centrality import betweenness, core_numbers, diffusion_centrality
from guyub.engine.network.graph import Network
from guyub.engine.randomness import seed_for

# How many draws stand for "somebody at random". Our choice: their mean is steady enough to compare.
_DRAWS = 20


_DRAWING = 5


@dataclass(frozen=True, eq=False, kw_only=True)
class Baseline:
    """Plans that one way of choosing gives; several where chance has a part in it."""

    name: str
    plans: tuple[NDArray[np.int64], ...]


def baselines(
    network: Network,
    count: int,
    *,
    seed: int,
    candidates: NDArray[np.bool_] | None = None,
    nominated: NDArray[np.int64] | None = None,
    leaders: NDArray[np.bool_] | None = None,
) -> tuple[Baseline, ...]:
    """The plans of every usual choice that the data allow.

    nominated: by how many others each person was named; left out where nobody was asked. leaders:
    who holds an office; left out where that was not noted.

    >>> from guyub.engine import Network, baselines
    >>> star = Network.from_ties(4, [0, 0, 0], [1, 2, 3])
    >>> found = {each.name: each.plans for each in baselines(star, 1, seed=1)}
    >>> found["most_ties"][0].tolist(), len(found["random"])
    ([0], 20)

    :raises EngineError: there are fewer people to choose from than asked for.
    """
    allowed = np.ones(network.size, np.bool_) if candidates is None else candidates
    if int(allowed.sum()) < count:
        raise EngineError(f"There are fewer than {count} people to choose from.")
    neighbours = network.undirected
    degree = neighbours.out_degree
    with ThreadPoolExecutor(1) as beside:
        # As long as all the others together, so it goes on beside them.
        between = beside.submit(betweenness, neighbours, seed=seed)
        figures: dict[str, NDArray[np.float64]] = {
            "most_ties": degree.astype(np.float64),
            "betweenness": np.empty(0),
            "k_core": core_numbers(neighbours).astype(np.float64),
            "diffusion_centrality": diffusion_centrality(network),
        }
        figures["betweenness"] = between.result()
    if nominated is not None and nominated.any():
        figures["nominations"] = nominated.astype(np.float64)
    choices = [
        Baseline(name=name, plans=(_largest(figure, degree, allowed, count),))
        for name, figure in figures.items()
    ]
    generator = np.random.default_rng(int(seed_for(seed, _DRAWING)))
    if leaders is not None and (leaders & allowed).any():
        choices.append(_leaders(np.flatnonzero(leaders & allowed), count, generator))
    everybody = np.flatnonzero(allowed)
    drawn = tuple(generator.choice(everybody, count, replace=False) for _ in range(_DRAWS))
    choices.append(Baseline(name="random", plans=drawn))
    return tuple(choices)


def _largest(
    figure: NDArray[np.float64],
    degree: NDArray[np.int64],
    allowed: NDArray[np.bool_],
    count: int,
) -> NDArray[np.int64]:
    people = np.flatnonzero(allowed)
    # Rounded, so that two equal figures computed in another order stay equal.
    figures = np.round(figure[people], 9)
    if 0 < count < people.size:
        least = np.partition(figures, -count)[-count]
        people, figures = people[figures >= least], figures[figures >= least]
    order = np.lexsort((people, -degree[people], -figures))
    return people[order[:count]]


def _leaders(leaders: NDArray[np.int64], count: int, generator: np.random.Generator) -> Baseline:
    if leaders.size <= count:
        return Baseline(name="formal_leaders", plans=(leaders,))
    drawn = tuple(generator.choice(leaders, count, replace=False) for _ in range(_DRAWS))
    return Baseline(name="formal_leaders", plans=drawn)
