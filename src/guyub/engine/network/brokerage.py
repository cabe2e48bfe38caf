"""Brokers: who stands between two people who are not tied, inside and across groups."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from guyub.engine.compiled import kernel, step
from guyub.engine.errors import EngineError
from guyub.engine.network.graph import Network

ROLES = ("coordinator", "consultant", "gatekeeper", "representative", "liaison")


def brokerage(network: Network, labels: tuple[str, ...]) -> NDArray[np.int64]:
    """How often each person stands between two who are not tied (Gould & Fernandez 1989).

    For arcs a → b → c without a → c, b is coordinator (all of one label), consultant (a and c of
    another), gatekeeper (b and c of one), representative (a and b of one), or liaison (of three).

    labels: one for each person; people with an empty one are left out. One row for each person,
    columns as in `ROLES`.

    >>> from guyub.engine import Network, brokerage
    >>> path = Network.from_ties(3, [0, 1], [1, 2])
    >>> brokerage(path, ("krajan", "krajan", "kali"))[1].tolist()  # a representative
    [0, 0, 0, 1, 0]

    :raises EngineError: there are not as many labels as people.
    """
    code = label_codes(network, labels)
    return np.asarray(_brokerage(network.out_offsets, network.out_targets, code))


def label_codes(network: Network, labels: tuple[str, ...]) -> NDArray[np.int64]:
    """A number for each label, -1 for an empty one."""
    if len(labels) != network.size:
        raise EngineError(f"{len(labels)} labels for {network.size} people.")
    number = {label: place for place, label in enumerate(sorted(set(labels) - {""}))}
    return np.array([number.get(label, -1) for label in labels], np.int64)


@step
def _role(a, b, c):  # type: ignore[no-untyped-def]
    """The place in `ROLES` of the one between, from the labels of the three."""
    if a == c:
        return 0 if b == a else 1
    if b == c:
        return 2
    return 3 if b == a else 4


@kernel
def _brokerage(out_offsets, out_targets, code):  # type: ignore[no-untyped-def]
    size = code.size
    counts = np.zeros((size, 5), np.int64)
    tied = np.full(size, -1, np.int64)
    for a in range(size):
        for arc in range(out_offsets[a], out_offsets[a + 1]):
            tied[out_targets[arc]] = a
        if code[a] < 0:
            continue
        for arc in range(out_offsets[a], out_offsets[a + 1]):
            b = out_targets[arc]
            if code[b] < 0:
                continue
            for further in range(out_offsets[b], out_offsets[b + 1]):
                c = out_targets[further]
                if c == a or code[c] < 0 or tied[c] == a:
                    continue
                counts[b, _role(code[a], code[b], code[c])] += 1
    return counts
