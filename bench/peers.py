"""Another library, asked the same questions, in an environment of its own (`make bench` makes it).

    python bench/peers.py NETWORK.npz

reads questions from its standard input, one a line, and answers each with a line of JSON: `choose K
SEED` (PyNetIM 0.5.5, OPIM-C in C++) or `simulate TIMES PERSON ...` (cynetdiff 0.1.18, C).
"""

from __future__ import annotations

import json
import sys
import time

import numpy as np
from cynetdiff.models import IndependentCascadeModel
from pynetim import IMGraph, OPIMCAlgorithm


def main() -> None:
    """Answer questions until there are no more."""
    given = np.load(sys.argv[1])
    offsets, targets, chance = given["offsets"], given["targets"], given["probability"]
    sources = np.repeat(np.arange(offsets.size - 1), np.diff(offsets))
    arcs = list(zip(sources.tolist(), targets.tolist(), strict=True))
    graph = IMGraph(arcs, weights=chance.tolist())
    model = IndependentCascadeModel(
        offsets[:-1].astype(np.uint32),
        targets.astype(np.uint32),
        activation_probs=chance.astype(np.float32),
    )
    for line in sys.stdin:
        question, *words = line.split()
        numbers = list(map(int, words))
        begin = time.perf_counter()
        chosen: list[int] = []
        if question == "choose":
            count, seed = numbers
            chosen = sorted(OPIMCAlgorithm(graph, "IC", random_seed=seed).run(count, 0.1))
        else:
            model.set_seeds(numbers[1:])
            for _ in range(numbers[0]):
                model.reset_model()
                model.advance_until_completion()
        took = time.perf_counter() - begin
        print(json.dumps({"took": took, "chosen": chosen}), flush=True)


if __name__ == "__main__":
    main()
