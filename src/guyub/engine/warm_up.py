"""Small questions, so that kernels are compiled, or loaded, before they are needed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from guyub.engine.diffusion.influence import Dispositions, Ties, diffusion_from_ties
from guyub.engine.diffusion.model import weighted_cascade
from guyub.engine.diffusion.simulations import simulate
from guyub.engine.diffusion.timeline import timeline
from guyub.engine.network.brokerage import brokerage
from guyub.engine.network.graph import Network
from guyub.engine.network.introductions import introductions
from guyub.engine.network.key_players import key_to_cohesion
from guyub.engine.network.structural_cohesion import structural_cohesion
from guyub.engine.seeds.baselines import baselines
from guyub.engine.seeds.budget import choose_visits
from guyub.engine.seeds.catalysts import catalysts, quick_catalysts
from guyub.engine.seeds.fairness import fair_catalysts
from guyub.engine.seeds.habits import habit_plan
from guyub.engine.seeds.problem import SeedProblem


def load_kernels() -> None:
    """Load what a plan for news in a large community needs: a fifth of a second, done beside."""
    network = Network.from_ties(3, [0, 1], [1, 2])
    problem = SeedProblem.of(weighted_cascade(network))
    baselines(network, 1, seed=1)
    simulate(problem.diffusion, quick_catalysts(problem, 1), simulations=2, first=True)


def warm_up() -> None:
    """Run everything once on a ring of six people."""
    around = np.arange(6)
    network = Network.from_ties(6, around, (around + 1) % 6)
    ties = Ties(
        kinds=("friend",),
        kind=np.zeros(6, np.int8),
        strength=np.zeros(6, np.int8),
        by_one=np.zeros(6, np.bool_),
    )
    for diffusion in (
        weighted_cascade(network),
        diffusion_from_ties(network, ties, Dispositions.unknown(6)),
    ):
        problem = SeedProblem.of(diffusion)
        chosen = catalysts(problem, 2).people
        catalysts(SeedProblem.of(diffusion, active=[3]), 2)
        choose_visits(problem, np.ones(6), 2.0, together={(0, 1): 1.5})
        fair_catalysts(problem, 2, around % 2, aim="worst")
        habit_plan(problem, 2)
        competitive = replace(diffusion, opponents=around[:1])
        catalysts(SeedProblem.of(competitive, candidates=around[1:]), 2)
        timeline(diffusion, chosen, simulations=2)
        simulate(diffusion, chosen, simulations=2, first=True)
    baselines(network, 2, seed=1)
    key_to_cohesion(network, 1)
    brokerage(network, ("a",) * 6)
    introductions(network, 1)
    structural_cohesion(network)


if __name__ == "__main__":
    warm_up()
