"""What guessing unknown ties is worth, and asking those first who are named for it.

    python -m bench.asking

takes the sample village for the truth, hides what nobody told of whom chance did not ask, plans
with the rest, and plays the plans in the village as it is. It prints two tables in Markdown, with
the means over draws and 95 % intervals.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench import networks
from bench.markdown import table
from guyub.engine import (
    DiffusionModel,
    Frame,
    SeedProblem,
    catalysts,
    missing_ties,
    simulate,
    survey_next,
    uncertain_ties,
)
from guyub.interfaces.cli.frame_from_files import frame_from_files

_COUNT, _DRAWS, _SIMULATIONS = 5, 20, 2000

# So many are asked besides, in rounds of so many.
_MORE, _ROUND = 15, 5

Asked = NDArray[np.bool_]


def main() -> None:
    """Draw, plan, play, and print."""
    with tempfile.TemporaryDirectory() as folder:
        people, ties = networks.village_csv(Path(folder))
        village = frame_from_files(str(people), str(ties)).frame
    # The truth: every tie of the list is there.
    village = replace(village, by_one=np.zeros(village.source.size, np.bool_))
    truth = village.diffusion()
    best = _played(truth, village, truth)
    print(f"\nWith every tie known the plan of {_COUNT} reaches {best:.1f} of {village.size}.\n")
    generator = np.random.default_rng(1)
    rows = []
    for share in (0.1, 0.2, 0.3, 0.6):
        reached = []
        for _ in range(_DRAWS):
            seen = _as_told(village, generator.random(village.size) < share)
            reached.append(
                [
                    _played(diffusion, seen, truth)
                    for diffusion in (seen.diffusion(), uncertain_ties(seen).mean)
                ]
            )
        rows.append([f"{share:.0%}", *map(_mean, np.transpose(reached))])
    print(table(["asked", "told alone", "with guesses"], rows))
    print(table(["whom to ask besides", "reach"], _besides(village, truth, generator)))


def _besides(
    village: Frame, truth: DiffusionModel, generator: np.random.Generator
) -> list[list[str]]:
    """Of a fifth who were asked: whom to ask besides."""
    ways: dict[str, Callable[[Asked], Asked]] = {
        "nobody": lambda asked: asked,
        "drawn by chance": lambda asked: _drawn(asked, generator),
        "named most by those asked": lambda asked: _named(village, asked),
        "whom to ask next": lambda asked: _next(village, asked),
    }
    begun = [generator.random(village.size) < 0.2 for _ in range(_DRAWS)]
    rows = []
    for name, way in ways.items():
        reached = []
        for asked in begun:
            seen = _as_told(village, way(asked))
            reached.append(_played(uncertain_ties(seen).mean, seen, truth))
        rows.append([name, _mean(np.array(reached))])
    return rows


def _as_told(village: Frame, asked: Asked) -> Frame:
    """What those who were asked tell: all their ties."""
    known = asked[village.source] | asked[village.target]
    turned = ~asked[village.source]
    return replace(
        village,
        source=np.where(turned, village.target, village.source)[known],
        target=np.where(turned, village.source, village.target)[known],
        kind=village.kind[known],
        strength=village.strength[known],
        by_one=~(asked[village.source] & asked[village.target])[known],
        mutual=np.ones(int(known.sum()), np.bool_),
    )


def _drawn(asked: Asked, generator: np.random.Generator) -> Asked:
    return _with(asked, generator.choice(np.flatnonzero(~asked), _MORE, replace=False))


def _named(village: Frame, asked: Asked) -> Asked:
    named = missing_ties(_as_told(village, asked)).named
    return _with(asked, np.argsort(-np.where(asked, -1, named), kind="stable")[:_MORE])


def _next(village: Frame, asked: Asked) -> Asked:
    """A round of conversations after the other, each with what the last one told."""
    places = {identifier: place for place, identifier in enumerate(village.id)}
    while_asked = asked
    for turn in range(_MORE // _ROUND):
        found = survey_next(
            _as_told(village, while_asked),
            _COUNT,
            seed=turn,
            most=_ROUND,
            candidates=~village.opposed(),
        )
        while_asked = _with(while_asked, [places[each.id] for each in found.people])
    return while_asked


def _with(asked: Asked, people: NDArray[np.int64] | list[int]) -> Asked:
    both = asked.copy()
    both[people] = True
    return both


def _played(diffusion: DiffusionModel, seen: Frame, truth: DiffusionModel) -> float:
    """How far the plan for a spread reaches in the village as it is."""
    plan = catalysts(SeedProblem.of(diffusion, candidates=~seen.opposed()), _COUNT).people
    return simulate(truth, plan, simulations=_SIMULATIONS, seed=99).reach.expected


def _mean(reached: NDArray[np.float64]) -> str:
    """With Student's 95 % interval for twenty draws."""
    margin = 2.09 * float(reached.std(ddof=1)) / np.sqrt(reached.size)
    return f"{reached.mean():.1f} ± {margin:.1f}"


if __name__ == "__main__":
    main()
