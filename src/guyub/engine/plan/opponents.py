"""Who stands in the way, and what would change if one of them came one step nearer?

Active opponents pass nothing on, passive ones hardly let themselves be moved. A plan goes around
them, and what lies behind them hears little. For each opponent this says how many people are apart
from the largest part of the community because of them, and how many more a plan reaches once this
one moves one step on the spectrum of allies (Oppenheimer & Lakey 1965), in the same simulations:
from active to passive opponent, from passive opponent to neutral. Where active opponents speak
against it (`competitive`), one who comes nearer falls silent, too. Nothing here says that they
should be pushed; it says where a conversation is worth most.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from guyub.engine.diffusion.influence import InfluenceModel
from guyub.engine.diffusion.model import DiffusionModel
from guyub.engine.diffusion.simulations import Reach, enough_simulations, reach_interval, simulate
from guyub.engine.errors import EngineError
from guyub.engine.frame import Frame

# Opponents are looked at side by side. Our choice: the cores of a small computer.
_THREADS = 2

# Simulations in which a step is seen at most. Our choice: with and without it are the same but for
# one person, so that differences show in few.
_MOST_SIMULATIONS = 1000


@dataclass(frozen=True, kw_only=True)
class Opponent:
    """Somebody who stands against, and what one step nearer would change.

    stance: 1 active ally … 5 active opponent, as the observers see it now. apart: people who would
    belong to the largest part of the community besides, they themselves included. more: how many
    more the plan reaches, with a 99 % interval.
    """

    id: str
    name: str
    stance: float
    apart: int
    more: Reach


@dataclass(frozen=True, kw_only=True)
class Opposition:
    """Everybody who stands against, those first whose step would change most.

    apart: people outside the largest part of those whom news can reach through anybody as it is;
    without: how many of them if nobody stood against.
    """

    opponents: tuple[Opponent, ...]
    reach: Reach
    apart: int
    without: int


def opposition(
    frame: Frame,
    plan: Sequence[str],
    *,
    seed: int = 1,
    model: InfluenceModel | None = None,
    competitive: bool = False,
) -> Opposition:
    """What opponents mean for a plan. plan: ids of the people to begin with, the active too.

    competitive: active opponents speak against it.

    :raises EngineError: somebody named is not in the list.
    """
    places = {identifier: place for place, identifier in enumerate(frame.id)}
    unknown = [each for each in plan if each not in places]
    if unknown:
        raise EngineError(f"Nobody in the list has the id {unknown[0]!r}.")
    people = np.array([places[each] for each in plan], np.int64)
    stance = frame.current("stance")
    opposed = np.flatnonzero(frame.opposed())
    now = frame.diffusion("model", model, competitive=competitive)
    simulations = min(_MOST_SIMULATIONS, enough_simulations(now))
    reached = simulate(now, people, simulations=simulations, seed=seed).totals
    joined = _largest_part(now)

    def nearer(person: int) -> Opponent:
        """What changes if this one comes a step nearer."""
        moved = _moved(frame, model, competitive, stance, np.array([person]), stance[person] - 1.0)
        differs = simulate(moved, people, simulations=simulations, seed=seed).totals - reached
        return Opponent(
            id=frame.id[person],
            name=frame.name[person],
            stance=float(stance[person]),
            apart=_largest_part(moved) - joined,
            more=reach_interval(differs),
        )

    with ThreadPoolExecutor(_THREADS) as threads:
        found = list(threads.map(nearer, opposed.tolist()))
    found.sort(key=lambda each: (-each.more.expected, -each.apart, each.id))
    nobody = _moved(frame, model, competitive, stance, opposed, 3.0)
    return Opposition(
        opponents=tuple(found),
        reach=reach_interval(reached),
        apart=frame.size - joined,
        without=frame.size - _largest_part(nobody),
    )


def _moved(
    frame: Frame,
    model: InfluenceModel | None,
    competitive: bool,
    stance: NDArray[np.float64],
    people: NDArray[np.int64],
    to: float,
) -> DiffusionModel:
    """The cascade if these people stood elsewhere."""
    moved = stance.copy()
    moved[people] = to
    seen = replace(frame.dispositions(), stance=moved)
    return frame.diffusion("model", model, seen, competitive=competitive)


def _largest_part(diffusion: DiffusionModel) -> int:
    """How many people hang together by ties along which anything can pass."""
    network = diffusion.network
    if network.size == 0:
        return 0
    # Whoever speaks against it passes nothing of it on.
    open_arcs = (diffusion.probability > 0.0) & ~np.isin(network.out_sources, diffusion.opponents)
    lowest = np.arange(network.size)
    ends = network.out_sources[open_arcs], network.out_targets[open_arcs]
    # Everybody takes the lowest number among those they are tied to, and then of whom that names.
    while True:
        before = lowest.copy()
        least = np.minimum(lowest[ends[0]], lowest[ends[1]])
        for end in ends:
            np.minimum.at(lowest, end, least)
        lowest = lowest[lowest]
        if (lowest == before).all():
            return int(np.bincount(lowest).max())
