"""How far somebody has come: from a stranger to somebody who leads, by what they did.

The steps follow the pyramid of engagement (Rosenblatt 2010, The Engagement Pyramid, Groundwire):
somebody stands on the highest step for which there is evidence within the last WINDOW days, so that
one comes down again by staying away. What counts as evidence is named in RULES.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from guyub.engine.errors import EngineError

# "Active within the last year" (Rosenblatt 2010).
WINDOW = 365

# Who came so often belongs, with a membership or without one. Our choice.
REGULAR = 3

# Who brought others twice did not do so by chance. Our choice.
BRINGING = 2


class Step(IntEnum):
    """The steps of the pyramid, from a stranger to somebody who leads."""

    STRANGER = 0
    CONTACT = 1
    PARTICIPANT = 2
    MEMBER = 3
    DOER = 4
    LEADER = 5


@dataclass(frozen=True, eq=False, kw_only=True)
class Deeds:
    """What people did within WINDOW days: columns of one length, counts but for the last.

    met: encounters of any kind. gatherings: those of several people (not a talk at the door).
    groups: groups they take part in. kept: promises kept. hosted, organised, brought:
    encounters in which they did so. office: whether they hold one.
    """

    met: NDArray[np.int64]
    gatherings: NDArray[np.int64]
    groups: NDArray[np.int64]
    kept: NDArray[np.int64]
    hosted: NDArray[np.int64]
    organised: NDArray[np.int64]
    brought: NDArray[np.int64]
    office: NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Evidence for a step: at least so many of a column of Deeds, on somebody who was met.

    beside: whether it counts only for who stands on the step below, too.
    """

    step: Step
    column: str
    least: int
    beside: bool = False


# All our choice, but for the steps themselves. Nobody who was not met has left the first step: a
# membership that stands in a list says nothing of the two of us.
RULES = (
    Rule(step=Step.CONTACT, column="met", least=1),
    Rule(step=Step.PARTICIPANT, column="gatherings", least=1),
    Rule(step=Step.MEMBER, column="groups", least=1, beside=True),
    Rule(step=Step.MEMBER, column="gatherings", least=REGULAR),
    Rule(step=Step.DOER, column="kept", least=1),
    Rule(step=Step.DOER, column="hosted", least=1),
    Rule(step=Step.DOER, column="organised", least=1),
    Rule(step=Step.LEADER, column="brought", least=BRINGING),
    Rule(step=Step.LEADER, column="organised", least=BRINGING),
    Rule(step=Step.LEADER, column="office", least=1, beside=True),
)


@dataclass(frozen=True, eq=False, kw_only=True)
class Ladder:
    """step: of each person. held: for each rule of RULES a row, whether it holds of each person."""

    step: NDArray[np.int64]
    held: NDArray[np.bool_]


def ladder(deeds: Deeds) -> Ladder:
    """The step of each person, and which rules hold of them.

    >>> import numpy as np
    >>> from guyub.engine import Deeds, Step, ladder
    >>> nothing = np.zeros(2, np.int64)
    >>> deeds = Deeds(
    ...     met=np.array([1, 0]),
    ...     gatherings=np.array([1, 0]),
    ...     groups=nothing,
    ...     kept=nothing,
    ...     hosted=nothing,
    ...     organised=nothing,
    ...     brought=nothing,
    ...     office=np.zeros(2, np.bool_),
    ... )
    >>> [Step(each).name for each in ladder(deeds).step]
    ['PARTICIPANT', 'STRANGER']

    :raises EngineError: the columns differ in length.
    """
    size = deeds.met.size
    if any(getattr(deeds, rule.column).size != size for rule in RULES):
        raise EngineError("Each person needs an entry in every column.")
    step = np.zeros(size, np.int64)
    held = np.zeros((len(RULES), size), np.bool_)
    for place, rule in enumerate(RULES):
        enough = (deeds.met > 0) & (getattr(deeds, rule.column) >= rule.least)
        # Rules stand in the order of their steps: what the step below needs was looked at before.
        held[place] = enough & (step >= rule.step - 1) if rule.beside else enough
        step[held[place]] = np.maximum(step[held[place]], int(rule.step))
    return Ladder(step=step, held=held)
