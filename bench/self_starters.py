"""A simulated year: does it pay to begin with self-starters, and where does it not?

    python -m bench.self_starters [--worlds N]

writes docs/reference/self-starters.md. In each world it is known who would start, and along which
ties things spread; a team sees part of it. Four times a year it asks five people to begin. Whoever
starts goes on; whoever does not is not asked again, and both are noted. What is compared is how
many people are reached at the end of the year.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench import networks
from bench.markdown import table
from guyub.engine import (
    DiffusionModel,
    Frame,
    Observations,
    SeedProblem,
    quick_catalysts,
    self_starting,
    simulate,
)
from guyub.engine.diffusion.influence import STARTERS
from guyub.engine.plan.self_starting import STARTING_TRAITS
from guyub.interfaces.cli.frame_from_files import frame_from_files

PAGE = Path("docs/reference/self-starters.md")
WORDS = Path("bench/self_starters.md")

ROUNDS, ASKED, WORLDS = 4, 5, 60

# Who starts differs from person to person: the log-odds are spread so widely around the base rate
# of one in ten. Our choice: one in twenty people starts as often as not.
_BASE, _SPREAD = 0.1, 1.3

# How many chances a year brings to show it: promises, gatherings. Our choice.
_OCCASIONS = 2.0

_SIMULATIONS, _DRAWS = 400, 2000

People = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class World:
    """What is known of a world, beside what is true.

    missing: the share of ties, and of people of whom anything was noted, that the team does not
    know. noise: how far a judgement lies beside the truth, in points of the scale. traits, acts:
    whether they have anything to do with who starts. ties: the share that lead elsewhere.
    """

    name: str
    missing: float = 0.3
    noise: float = 1.0
    traits: bool = True
    acts: bool = True
    wrong_ties: float = 0.0


LIKE_THE_MODEL = (
    World(name="as the model says, 30 % missing"),
    World(name="as the model says, 50 % missing", missing=0.5),
    World(name="judgements two points beside the truth", noise=2.0),
)
AGAINST_IT = (
    World(name="traits are noise", traits=False),
    World(name="who starts has nothing to do with the evidence", traits=False, acts=False),
    World(name="half of the ties lead elsewhere", wrong_ties=0.5),
    World(name="both", traits=False, acts=False, wrong_ties=0.5),
)


@dataclass(frozen=True, eq=False, kw_only=True)
class Year:
    """A world drawn: who starts, how things spread, and what the team sees of it."""

    chance: NDArray[np.float64]
    spreading: DiffusionModel
    seen: Frame
    luck: NDArray[np.float64]


def drawn(village: Frame, world: World, seed: int) -> Year:
    """One year of a world."""
    rng = np.random.default_rng(seed)
    size = village.size
    latent = rng.standard_normal(size)
    chance = 1.0 / (1.0 + np.exp(-(np.log(_BASE / (1.0 - _BASE)) + _SPREAD * latent)))
    shown = latent if world.acts else rng.standard_normal(size)
    judged = latent if world.traits else rng.standard_normal(size)
    noted = rng.random(size) >= world.missing
    rate = 1.0 / (1.0 + np.exp(-_SPREAD * shown))
    occasions = rng.poisson(_OCCASIONS, size) * noted
    acts = rng.binomial(occasions, rate)
    traits = [
        (person, trait, float(np.clip(round(2.0 + judged[person] + error), 0, 4)), None, 0)
        for trait in STARTING_TRAITS
        for person, error in zip(
            np.flatnonzero(noted & (rng.random(size) < 0.5)).tolist(),
            rng.normal(0.0, world.noise, size).tolist(),
            strict=False,
        )
    ]
    # The village has all ties; the team sees part of them, and some lead elsewhere.
    kept = np.flatnonzero(rng.random(village.source.size) >= world.missing)
    target = village.target[kept].copy()
    wrong = rng.random(kept.size) < world.wrong_ties
    target[wrong] = rng.integers(0, size, int(wrong.sum()))
    seen = replace(
        village,
        observations=Observations.of(traits),
        acts=acts.astype(np.int32),
        failures=(occasions - acts).astype(np.float64),
        met=noted,
        source=village.source[kept],
        target=target,
        kind=village.kind[kept],
        strength=village.strength[kept],
        by_one=village.by_one[kept],
        mutual=village.mutual[kept],
    )
    truth = replace(village, observations=Observations.of(()))
    return Year(
        chance=chance, spreading=truth.diffusion(model=STARTERS), seen=seen, luck=rng.random(size)
    )


# How five people are chosen: from what is seen, who may be asked, who has begun, and a seed.
Choice = Callable[[Frame, NDArray[np.bool_], People, int], People]


def by_self_starting(seen: Frame, open_to: NDArray[np.bool_], begun: People, seed: int) -> People:
    """Who starts things, and how far that carries."""
    return quick_catalysts(
        SeedProblem.of(
            seen.diffusion(model=STARTERS),
            candidates=open_to,
            active=begun,
            chance=self_starting(seen).chance,
            seed=seed,
        ),
        ASKED,
    )


def by_reach(seen: Frame, open_to: NDArray[np.bool_], begun: People, seed: int) -> People:
    """Reach along ties alone."""
    problem = SeedProblem.of(
        seen.diffusion(model=STARTERS), candidates=open_to, active=begun, seed=seed
    )
    return quick_catalysts(problem, ASKED)


def by_names(seen: Frame, open_to: NDArray[np.bool_], begun: People, seed: int) -> People:
    """Who is named most."""
    order = np.lexsort((-seen.network().undirected.out_degree, -seen.nominated()))
    return order[open_to[order]][:ASKED].astype(np.int64)


def by_chance(seen: Frame, open_to: NDArray[np.bool_], begun: People, seed: int) -> People:
    """Anybody."""
    people = np.flatnonzero(open_to)
    return np.random.default_rng(seed).choice(people, ASKED, replace=False)


CHOICES: dict[str, Choice] = {
    "self-starters first": by_self_starting,
    "reach alone": by_reach,
    "most named": by_names,
    "random": by_chance,
}


def lived(year: Year, choose: Choice, seed: int) -> float:
    """How many are reached at the end of a year in which people are chosen so."""
    seen, begun = year.seen, np.empty(0, np.int64)
    open_to = np.ones(seen.size, np.bool_)
    for turn in range(ROUNDS):
        asked = choose(seen, open_to, begun, seed + turn)
        starts = year.luck[asked] < year.chance[asked]
        begun = np.concatenate((begun, asked[starts]))
        open_to = open_to.copy()
        open_to[asked] = False
        acts, failures = seen.acts.copy(), seen.failures.copy()
        acts[asked[starts]] += 1
        failures[asked[~starts]] += 1
        seen = replace(seen, acts=acts, failures=failures)
    if not begun.size:
        return 0.0
    return simulate(year.spreading, begun, simulations=_SIMULATIONS, seed=seed).reach.expected


def compared(village: Frame, world: World, worlds: int) -> dict[str, NDArray[np.float64]]:
    """People reached in each of many worlds, by every way to choose."""
    years = [drawn(village, world, seed) for seed in range(worlds)]
    return {
        name: np.array([lived(year, choose, 10 * seed) for seed, year in enumerate(years)])
        for name, choose in CHOICES.items()
    }


def interval(values: NDArray[np.float64]) -> str:
    """The mean, and the range of 95 of 100 draws of worlds."""
    rng = np.random.default_rng(1)
    means = values[rng.integers(0, values.size, (_DRAWS, values.size))].mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return f"{values.mean():.1f} ({low:.1f} to {high:.1f})"


def rows(village: Frame, chosen: Sequence[World], worlds: int) -> list[list[str]]:
    """A row for each kind of world."""
    found = []
    for world in chosen:
        reached = compared(village, world, worlds)
        first = reached["self-starters first"]
        more = first - reached["reach alone"]
        row = [world.name, *(interval(values) for values in reached.values()), interval(more)]
        print("  " + " | ".join(row), flush=True)
        found.append(row)
    return found


def main() -> None:
    """Measure, print, and write the page."""
    import tempfile

    parser = argparse.ArgumentParser(prog="python -m bench.self_starters")
    parser.add_argument("--worlds", type=int, default=WORLDS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        people, ties = networks.village_csv(Path(folder))
        village = replace(frame_from_files(str(people), str(ties)).frame, on=date(2026, 12, 1))
    head = ["world", *CHOICES, "self-starters first, more than reach alone"]
    found = {
        "like": rows(village, LIKE_THE_MODEL, options.worlds),
        "against": rows(village, AGAINST_IT, options.worlds),
    }
    told = {name: table(head, lines) for name, lines in found.items()}
    PAGE.write_text(
        WORDS.read_text(encoding="utf-8").format(worlds=options.worlds, **told), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
