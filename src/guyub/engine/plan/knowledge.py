"""Is enough known of people to say who starts things?

A plan for self-starters is given where (1) of those who may be chosen at least as many as are
chosen have done something, were observed or were named; and (2) it is expected to reach at least
so many times what a random choice of the same people would, even when ties that are doubtful and
what is known of each person are drawn anew. Otherwise the honest answer is whom to hear first.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from guyub.engine.diffusion.model import DiffusionModel
from guyub.engine.diffusion.simulations import simulate
from guyub.engine.errors import TooLittleKnown
from guyub.engine.plan.outcome import Knowledge
from guyub.engine.plan.problem import PlanProblem
from guyub.engine.plan.self_starting import redrawn_starting
from guyub.engine.randomness import seed_for

# Worlds in which what is known is drawn anew, and simulations in each of them. Our choice: a tenth
# of a second in a village.
_WORLDS, _SIMULATIONS = 40, 25

# So many times as far as a random choice a plan has to reach to be told. Our choice.
_CLEARLY_BETTER = 1.2

_DRAWING = 23


def knowledge(problem: PlanProblem, people: NDArray[np.int64]) -> Knowledge:
    """What is known of those who may be chosen, and how much better a plan is than a random one.

    :raises TooLittleKnown: it is hardly better.
    """
    candidates = problem.seeds.candidates
    better = _better_than_random(problem, people)
    if better < _CLEARLY_BETTER:
        raise TooLittleKnown(
            f"What is known makes this choice {better:.2f} times as good as a random one; "
            f"{_CLEARLY_BETTER} is the least that is worth following."
        )
    return Knowledge(
        candidates=int(candidates.sum()),
        evident=int((problem.starting.evident & candidates).sum()),
        better=better,
    )


def _better_than_random(problem: PlanProblem, people: NDArray[np.int64]) -> float:
    """How many times what a random choice reaches, in worlds in which evidence is drawn anew."""
    seeds, begun = problem.seeds, problem.begun
    generator = np.random.default_rng(int(seed_for(seeds.seed, _DRAWING)))
    allowed = np.flatnonzero(seeds.candidates)
    ours, theirs = 0.0, 0.0
    for world in range(_WORLDS):
        chance = redrawn_starting(problem.frame, problem.request.evidence, generator)
        chance[begun] = 1.0
        diffusion = _drawn(problem, generator)
        random = generator.choice(allowed, people.size, replace=False)
        reached = []
        for plan in (people, random):
            together = np.concatenate((begun, plan))
            played = simulate(
                diffusion,
                together,
                simulations=_SIMULATIONS,
                seed=seeds.seed + world,
                weights=seeds.weights,
                starts=chance[together],
            )
            reached.append(float(played.after(begun.size).totals.sum()))
        ours, theirs = ours + reached[0], theirs + reached[1]
    return ours / theirs if theirs > 0.0 else np.inf


def _drawn(problem: PlanProblem, generator: np.random.Generator) -> DiffusionModel:
    """The ties that are there in one world; all of them where none is doubtful."""
    likely = problem.likely
    if likely is None or not likely.doubtful:
        return problem.seeds.diffusion
    there = generator.random(likely.there.size) < likely.there
    kept = np.where(there, likely.certain.probability, np.float32(0.0))
    return replace(likely.certain, probability=kept)
