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
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from guyub.engine.diffusion.influence import InfluenceModel
from guyub.engine.diffusion.model import DiffusionModel
from guyub.engine.diffusion.simulations import (
    enough_simulations,
    reach_interval,
    simulate,
)
from guyub.engine.frame import Frame
from guyub.engine.plan.outcome import Opponent, Opposition
from guyub.engine.plan.request import places_of

# Opponents are looked at side by side. Our choice: the cores of a small computer.
_THREADS = 2

# Simulations in which a step is seen at most. Our choice: with and without it are the same but for
# one person, so that differences show in few.
_MOST_SIMULATIONS = 1000


def opposition(
    frame: Frame,
    plan: Sequence[str],
    *,
    seed: int = 1,
    model: InfluenceModel | None = None,
    competitive: bool = False,
    most: int | None = None,
) -> Opposition:
    """What opponents mean for a plan.

    plan: ids of the people to begin with, the active too. competitive: active opponents speak
    against it. most: name no more than so many of them.

    >>> from guyub.engine import Frame, Observations, opposition
    >>> seen = Observations.of([(1, "stance", 5.0, None, 0)])
    >>> ties = [("sri", "joko", "friend"), ("joko", "wati", "friend")]
    >>> frame = Frame.of(["sri", "joko", "wati"], ties, observations=seen)
    >>> opposition(frame, ["sri"]).cut_off
    2

    :raises EngineError: somebody named is not in the list.
    """
    people = places_of({each: place for place, each in enumerate(frame.id)}, plan)
    stance, opposed = frame.current("stance"), np.flatnonzero(frame.opposed())
    now = frame.diffusion(model=model, competitive=competitive)
    simulations, joined = min(_MOST_SIMULATIONS, enough_simulations(now)), _largest_part(now)
    reached = simulate(now, people, simulations=simulations, seed=seed).totals

    def nearer(person: int) -> Opponent:
        """What changes if this one comes a step nearer."""
        moved = _moved(frame, model, competitive, np.array([person]), stance[person] - 1.0)
        totals = simulate(moved, people, simulations=simulations, seed=seed).totals
        return Opponent(
            id=frame.id[person],
            name=frame.name[person],
            stance=float(stance[person]),
            apart=_largest_part(moved) - joined,
            more=reach_interval(totals - reached),
        )

    with ThreadPoolExecutor(_THREADS) as threads:
        found = sorted(threads.map(nearer, opposed.tolist()), key=_most_first)
    return Opposition(
        opponents=tuple(found[:most]),
        count=len(found),
        reach=reach_interval(reached),
        apart=frame.size - joined,
        without=frame.size - _largest_part(_moved(frame, model, competitive, opposed, 3.0)),
    )


def _most_first(opponent: Opponent) -> tuple[float, int, str]:
    return -opponent.more.expected, -opponent.apart, opponent.id


def _moved(
    frame: Frame,
    model: InfluenceModel | None,
    competitive: bool,
    people: NDArray[np.int64],
    to: float,
) -> DiffusionModel:
    """The cascade if these people stood elsewhere."""
    seen = frame.dispositions()
    moved = seen.stance.copy()
    moved[people] = to
    seen = replace(seen, stance=moved)
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
