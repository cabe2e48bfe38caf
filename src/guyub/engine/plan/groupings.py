"""By what people belong together where a plan is to look to every group.

Nobody is guessed into a group: whoever's age, gender or household is not known is in none, and
counts for no group's share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from guyub.engine.errors import EngineError, TooFewGroups
from guyub.engine.frame import Frame

GROUPINGS = ("sub_community", "gender", "age", "household")

# From which age on somebody is in the next group: young as Indonesian law has it (16 to 30: Law
# 40/2009 on youth), and older as our choice.
_AGES = ((31, "30_and_younger"), (50, "31_to_49"), (200, "50_and_older"))

# How many share a kitchen, up to so many people. Our choice: about a third of a village each.
_SIZES = ((2, "1_or_2"), (4, "3_or_4"), (10**6, "5_and_more"))


# How everybody is called who does not belong to the one group that is looked to.
OTHERS = "others"


def group_number(names: Sequence[str], name: str) -> int:
    """The number of a group by its name.

    :raises TooFewGroups: nobody is in a group of that name.
    """
    if name not in names:
        raise TooFewGroups(f"Nobody is in a group called {name!r}: there are {', '.join(names)}.")
    return list(names).index(name)


def grouping(
    frame: Frame, by: str, *, fewest: int = 2
) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """For everybody the number of their group, -1 for none, and what the groups are called.

    by: sub_community, gender, age or household (how many live in it).

    >>> from guyub.engine import Frame, grouping
    >>> frame = Frame.of(["sri", "joko", "wati"], gender=("female", "male", "female"))
    >>> numbers, names = grouping(frame, "gender")
    >>> numbers.tolist(), names
    ([0, 1, 0], ('female', 'male'))

    :raises EngineError: the grouping is not known.
    :raises TooFewGroups: it tells fewer than `fewest` groups apart.
    """
    if by not in GROUPINGS:
        raise EngineError(f"People are not grouped by {by!r}: {', '.join(GROUPINGS)}.")
    words = {
        "sub_community": lambda: frame.sub_community,
        "gender": lambda: frame.gender,
        "age": lambda: age_bands(frame),
        "household": lambda: _by_size(frame.household),
    }[by]()
    names = tuple(sorted({word for word in words if word}))
    if len(names) < fewest:
        raise TooFewGroups(f"By {by} there are fewer than {fewest} groups.")
    numbers = {name: number for number, name in enumerate(names)} | {"": -1}
    return np.array([numbers[word] for word in words], np.int64), names


def age_bands(frame: Frame) -> Sequence[str]:
    """For everybody the name of their age band, empty where their year of birth is not known."""
    return [
        next(name for below, name in _AGES if frame.on.year - born < below) if born else ""
        for born in frame.birth_year.tolist()
    ]


def _by_size(households: Sequence[str]) -> Sequence[str]:
    sizes = Counter(households)
    return [
        next(name for most, name in _SIZES if sizes[label] <= most) if label else ""
        for label in households
    ]
