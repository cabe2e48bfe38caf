"""Asks other libraries the same question, in an environment of their own (`make bench` makes it).

    python bench/peers.py NETWORK.npz

prints JSON. PyNetIM 0.5.5 (OPIM-C in C++) chooses; cynetdiff 0.1.18 (C) simulates.
"""

from __future__ import annotations

import json
import sys
import time

import numpy as np
from cynetdiff.models import IndependentCascadeModel
from pynetim import IMGraph, OPIMCAlgorithm

RUNS, CASCADES = 3, 300


def main() -> None:
    """Measure and print."""
    given = np.load(sys.argv[1])
    offsets, targets, chance = given["offsets"], given["targets"], given["probability"]
    sources = np.repeat(np.arange(offsets.size - 1), np.diff(offsets))
    arcs = list(zip(sources.tolist(), targets.tolist(), strict=True))
    graph = IMGraph(arcs, weights=chance.tolist())
    choosing, chosen = [], set()
    for run in range(RUNS):
        begin = time.perf_counter()
        chosen = OPIMCAlgorithm(graph, "IC", random_seed=run).run(int(given["count"]), 0.1)
        choosing.append(time.perf_counter() - begin)
    model = IndependentCascadeModel(
        offsets[:-1].astype(np.uint32),
        targets.astype(np.uint32),
        activation_probs=chance.astype(np.float32),
    )
    model.set_seeds(given["plan"].tolist())
    begin = time.perf_counter()
    for _ in range(CASCADES):
        model.reset_model()
        model.advance_until_completion()
    simulating = time.perf_counter() - begin
    found = {
        "choosing": sorted(choosing)[RUNS // 2],
        "chosen": sorted(chosen),
        "cascades_per_second": CASCADES / simulating,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
