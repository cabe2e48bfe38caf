"""One small question of each kind, so that every kernel is compiled before it is needed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from guyub.engine.budget import visits_within
from guyub.engine.catalysts import catalysts
from guyub.engine.fairness import fair_catalysts
from guyub.engine.heuristics import usual_choices
from guyub.engine.influence import Dispositions, Ties, modelled, weighted_cascade
from guyub.engine.introductions import introductions
from guyub.engine.network import Network
from guyub.engine.position import brokerage, key_to_cohesion
from guyub.engine.round_by_round import rounds
from guyub.engine.spread import cascades
from guyub.engine.structural_cohesion import structural_cohesion
from guyub.engine.thresholds import habit_plan, linear_threshold


def rehearse() -> None:
    """Run everything once on a ring of six people."""
    around = np.arange(6)
    network = Network.from_ties(6, around, (around + 1) % 6)
    ties = Ties(
        kinds=("friend",),
        kind=np.zeros(6, np.int8),
        strength=np.zeros(6, np.int8),
        by_one=np.zeros(6, np.bool_),
    )
    for spread in (
        weighted_cascade(network),
        modelled(network, ties, Dispositions.unknown(6)),
    ):
        for active in ((), (3,)):
            found = catalysts(spread, 2, active=active)
        visits_within(spread, np.ones(6), 2.0, together={(0, 1): 1.5})
        fair_catalysts(spread, 2, around % 2, aim="worst")
        catalysts(linear_threshold(spread), 2)
        habit_plan(spread, 2)
        catalysts(replace(spread, against=around[:1]), 2, excluded=around[:1])
        rounds(spread, found.people, worlds=2)
        cascades(spread, found.people, worlds=2, first=True)
    usual_choices(network, 2, seed=1)
    key_to_cohesion(network, 1)
    brokerage(network, ("a",) * 6)
    introductions(network, 1)
    structural_cohesion(network)


if __name__ == "__main__":
    rehearse()
