"""How sure is a tie of which only one of its two sides told?

Each tie that exists is told by each side with the chance s, each that does not with the chance f,
one side independently of the other. Two reports alone cannot tell s and f from how many ties there
are; but where several kinds of pairs differ in how many there are, and not in s and f, they can
(Hui & Walter 1980, Biometrics 36:167). Which side told is not in the data, so both have one s.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# How many sides told, in the order of the columns: both, one, none.
_TOLD = np.array([2.0, 1.0, 0.0])
_WAYS = np.array([1.0, 2.0, 1.0])
_ROUNDS, _SETTLED = 5_000, 1e-9


@dataclass(frozen=True, eq=False, kw_only=True)
class Reports:
    """What was fitted; the last axis of `exists` and `told` is the kind of pair.

    exists: share of pairs that have a tie. told: chance s that a side tells of a tie there is.
    made_up: chance f that it tells of one there is not.
    """

    exists: NDArray[np.float64]
    told: NDArray[np.float64]
    made_up: NDArray[np.float64]

    def expected(self, pairs: NDArray[np.float64]) -> NDArray[np.float64]:
        """How many pairs of each kind both, one and none are expected to tell of."""
        there, absent = self._cells()
        return np.asarray(pairs[..., None] * (there + absent))

    def sure(self) -> NDArray[np.float64]:
        """For each kind of pair, the chance that a tie exists by how many told of it."""
        there, absent = self._cells()
        return np.asarray(there / (there + absent))

    def _cells(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        exists = self.exists[..., None]
        return exists * _chances(self.told), (1.0 - exists) * _chances(self.made_up[..., None])


def fit(counts: NDArray[np.float64], *, made_up: float | None = None) -> Reports:
    """The most likely figures, by expectation and maximisation (Dempster, Laird & Rubin 1977).

    counts: … × kinds of pairs × (both, one, none). made_up: f as given; then s may differ between
    kinds of pairs. Otherwise f is fitted, and s is one figure.
    """
    total = counts.sum(axis=-1)
    # Ties are what is told of more often: s begins above f, and stays there.
    exists = np.full(counts.shape[:-1], 0.3)
    told = np.full(counts.shape[:-1], 0.6)
    invented = np.full(counts.shape[:-2], 0.1 if made_up is None else made_up)
    for _ in range(_ROUNDS):
        sure = Reports(exists=exists, told=told, made_up=invented).sure()
        there, absent = counts * sure, counts * (1.0 - sure)
        before = told
        exists = there.sum(axis=-1) / total
        if made_up is None:
            told = _share(there.sum(axis=-2))[..., None] * np.ones_like(exists)
            invented = _share(absent.sum(axis=-2))
        else:
            told = _share(there)
        if np.abs(told - before).max() < _SETTLED:
            break
    return Reports(exists=exists, told=told, made_up=invented)


def _chances(telling: NDArray[np.float64]) -> NDArray[np.float64]:
    """The chance of both, one and none telling, from that of one side."""
    each = telling[..., None]
    return np.asarray(_WAYS * each**_TOLD * (1.0 - each) ** (2.0 - _TOLD))


def _share(cells: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray((cells * _TOLD).sum(axis=-1) / (2.0 * cells.sum(axis=-1)))
