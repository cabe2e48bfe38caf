"""How a list counts: which end of the stance is support, and where the other scales begin.

Programs disagree about both (the stance of one is another's upside down), and a wrong guess makes
opponents of allies. So whoever sends a list is asked, wherever the answer makes a difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# What may be answered; the first of each is how we count ourselves.
STANCES = ("1-is-support", "5-is-support")
RANGES = ("0-4", "1-5")

# On our scale 1 is an active ally and 5 an active opponent.
_TURNED = 6


@dataclass(frozen=True, kw_only=True)
class Counting:
    """What somebody answered; empty where they were not asked."""

    stance: str = ""
    traits: str = ""

    def as_stance(self, value: int) -> int:
        """A counted stance on our scale."""
        return _TURNED - value if self.stance == STANCES[1] else value

    def turned(self) -> Counting:
        """The same with the stance counted from the other end."""
        other = STANCES[0] if self.stance == STANCES[1] else STANCES[1]
        return Counting(stance=other, traits=self.traits)


@dataclass(frozen=True, kw_only=True)
class Sides:
    """How many people a list would make allies and opponents."""

    allies: int
    opponents: int

    @classmethod
    def of(cls, stances: Sequence[int | None]) -> Sides:
        """1 and 2 are with us, 4 and 5 against."""
        return cls(
            allies=sum(each is not None and each < 3 for each in stances),
            opponents=sum(each is not None and each > 3 for each in stances),
        )
