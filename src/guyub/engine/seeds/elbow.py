"""When to stop adding people: each adds less than the one before, and at some point hardly more.

The curve of reach rises steeply and then flattens; its elbow is where it lies farthest above the
straight line from nobody to all (Satopää, Albrecht, Irwin & Raghavan 2011, "Finding a Kneedle in a
haystack"). Since each adds less than the one before, that is the last person who adds more than all
do on average: it can be said in one sentence.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from guyub.engine.diffusion.reach import Elbow
from guyub.engine.errors import EngineError

# How far above the line the elbow must lie, as a share of all that is reached, for anybody to see
# it. Our choice.
_CLEAR = 0.1


def elbow(adds: ArrayLike) -> Elbow:
    """The elbow of a curve, from what each person adds to those before.

    >>> from guyub.engine import elbow
    >>> found = elbow([10, 8, 1, 1, 1])
    >>> found.count, found.clear
    (2, True)

    :raises EngineError: there is nobody, or somebody takes away.
    """
    each = np.asarray(adds, np.float64)
    if each.size == 0 or each.min() < 0.0:
        raise EngineError("A curve has at least one person, and nobody takes away.")
    reach = np.cumsum(each)
    above = reach - reach[-1] * np.arange(1, each.size + 1) / each.size
    count = int(np.argmax(above)) + 1
    clear = bool(above[count - 1] >= _CLEAR * reach[-1] and above[count - 1] > 0.0)
    count = count if clear else each.size
    rest = each[count:]
    return Elbow(
        count=count,
        before=float(each[:count].mean()),
        after=float(rest.mean()) if rest.size else 0.0,
        share=float(reach[count - 1] / reach[-1]) if reach[-1] > 0.0 else 1.0,
        clear=clear,
    )
