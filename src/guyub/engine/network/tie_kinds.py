"""Kinds of ties: bonding, bridging and linking, of the undirected simple network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guyub.engine.errors import EngineError
from guyub.engine.network.brokerage import label_codes
from guyub.engine.network.graph import Network


@dataclass(frozen=True, kw_only=True)
class KindsOfTies:
    """Pairs of tied people by what their tie does, and those of whom too little is known."""

    bonding: int
    bridging: int
    linking: int
    unknown: int


def kinds_of_ties(
    network: Network, attributes: tuple[tuple[str, ...], ...], authority: NDArray[np.bool_]
) -> KindsOfTies:
    """Bonding, bridging and linking ties (after Szreter & Woolcock 2004; the rule is our choice).

    Linking leads to somebody who holds authority from somebody who does not; of the others, bonding
    is a tie between people alike in most of the attributes known of both.

    attributes: for each attribute a label for each person, empty where unknown. authority: marks.

    >>> import numpy as np
    >>> from guyub.engine import Network, kinds_of_ties
    >>> path = Network.from_ties(3, [0, 1], [1, 2])
    >>> found = kinds_of_ties(path, (("kali", "kali", "krajan"),), np.zeros(3, bool))
    >>> found.bonding, found.bridging, found.linking
    (1, 1, 0)

    :raises EngineError: an attribute or the marks have not as many entries as there are people.
    """
    if authority.shape != (network.size,):
        raise EngineError(f"{authority.size} marks of authority for {network.size} people.")
    around = network.undirected
    once = around.out_sources < around.out_targets
    one, other = around.out_sources[once], around.out_targets[once]
    known, alike = np.zeros(one.size, np.int64), np.zeros(one.size, np.int64)
    for labels in attributes:
        code = label_codes(network, labels)
        both = (code[one] >= 0) & (code[other] >= 0)
        known += both
        alike += both & (code[one] == code[other])
    linking = authority[one] != authority[other]
    bonding = ~linking & (known > 0) & (2 * alike > known)
    bridging = ~linking & (known > 0) & (2 * alike <= known)
    return KindsOfTies(
        bonding=int(bonding.sum()),
        bridging=int(bridging.sum()),
        linking=int(linking.sum()),
        unknown=int((~linking & (known == 0)).sum()),
    )
