"""One small question of each kind, so that every kernel is compiled before it is needed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from guyub.engine.diffusion.influence import Dispositions, Ties, diffusion_from_ties
from guyub.engine.diffusion.model import weighted_cascade
from guyub.engine.diffusion.simulations import simulate
from guyub.engine.diffusion.thresholds import linear_threshold
from guyub.engine.diffusion.timeline import timeline
from guyub.engine.network.brokerage import brokerage
from guyub.engine.network.graph import Network
from guyub.engine.network.introductions import introductions
from guyub.engine.network.key_players import key_to_cohesion
from guyub.engine.network.structural_cohesion import structural_cohesion
from guyub.engine.seeds.baselines import baselines
from guyub.engine.seeds.budget import choose_visits
from guyub.engine.seeds.catalysts import catalysts
from guyub.engine.seeds.fairness import fair_catalysts
from guyub.engine.seeds.habits import habit_plan


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
        for active in ((), (3,)):
            found = catalysts(diffusion, 2, active=active)
        choose_visits(diffusion, np.ones(6), 2.0, together={(0, 1): 1.5})
        fair_catalysts(diffusion, 2, around % 2, aim="worst")
        catalysts(linear_threshold(diffusion), 2)
        habit_plan(diffusion, 2)
        catalysts(replace(diffusion, opponents=around[:1]), 2, excluded=around[:1])
        timeline(diffusion, found.people, simulations=2)
        simulate(diffusion, found.people, simulations=2, first=True)
    baselines(network, 2, seed=1)
    key_to_cohesion(network, 1)
    brokerage(network, ("a",) * 6)
    introductions(network, 1)
    structural_cohesion(network)


if __name__ == "__main__":
    warm_up()
