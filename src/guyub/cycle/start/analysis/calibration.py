"""Did it work? What came of all plans, beside what was told of each person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from guyub.core import queries as core
from guyub.core.actor import Actor
from guyub.core.query import query
from guyub.cycle.start.queries import OutcomeRow, outcomes
from guyub.cycle.start.vocabulary import CameOfIt, StartPermission
from guyub.engine.plan.calibration import FEWEST_OUTCOMES, BrierScore
from guyub.engine.plan.self_starting import TERMS, StartingWeights, starting_word

# Whoever starts later than that has not started because of the plan. Our choice: two months.
WITHIN = timedelta(days=60)

# From seldom to often.
BANDS = ("seldom", "sometimes", "often")


@dataclass(frozen=True, kw_only=True)
class Band:
    """Of so many people of whom the same was told: how many started, and how many were expected."""

    word: str
    count: int
    started: int
    expected: float


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """What came of it.

    decided: of how many people it is known whether they started within 60 days; open: of how many
    not yet; fewest: with fewer decided nothing is said of chances. bands: from seldom to often.
    scores: by the kind of evidence there was, `all` for everybody, where there are enough. by_base:
    what always saying the base rate would have scored. now, estimated: the weights today, and those
    that fit what happened; None where there are too few.
    """

    decided: int
    open: int
    fewest: int
    bands: tuple[Band, ...]
    scores: Mapping[str, BrierScore]
    by_base: float | None
    now: StartingWeights
    estimated: StartingWeights | None

    @property
    def enough(self) -> bool:
        """Whether there are enough outcomes to say anything of chances."""
        return self.decided >= self.fewest


@query("start.calibration", permission=StartPermission.READ)
def calibration(actor: Actor) -> Calibration:
    """What came of all plans, and of hearing first, that this actor may read."""
    today = timezone.localdate(timezone=ZoneInfo(core.community(actor).time_zone))
    told = [row for row in outcomes(actor) if row.chance is not None]
    decided = [(row, started) for row in told if (started := _started(row, today)) is not None]
    now = StartingWeights()
    enough = len(decided) >= FEWEST_OUTCOMES
    return Calibration(
        decided=len(decided),
        open=len(told) - len(decided),
        fewest=FEWEST_OUTCOMES,
        bands=tuple(_band(word, decided) for word in BANDS),
        scores=_scores(decided) if enough else {},
        by_base=_mean([(now.base - started) ** 2 for _row, started in decided]) if enough else None,
        now=now,
        estimated=_estimated(decided, now) if enough else None,
    )


def _started(row: OutcomeRow, today: date) -> bool | None:
    """Whether somebody started in time; None where that is not known yet.

    Whoever still thinks about it has not started once the time is over; whoever was never met was
    never asked.
    """
    if row.outcome == CameOfIt.STARTED:
        return row.noted_on - row.planned_on <= WITHIN
    if row.outcome == CameOfIt.REFUSED:
        return False
    over = today - row.planned_on > WITHIN
    return False if row.outcome == CameOfIt.THINKING and over else None


def _band(word: str, decided: Sequence[tuple[OutcomeRow, bool]]) -> Band:
    here = [
        (row.chance, started)
        for row, started in decided
        if row.chance is not None and starting_word(row.chance) == word
    ]
    return Band(
        word=word,
        count=len(here),
        started=sum(started for _chance, started in here),
        expected=sum(chance for chance, _started in here),
    )


def _scores(decided: Sequence[tuple[OutcomeRow, bool]]) -> dict[str, BrierScore]:
    """Of everybody, and of those of whom there was each kind of evidence, where they are enough."""
    import numpy as np

    from guyub.engine import brier_score

    kinds: dict[str, Callable[[OutcomeRow], bool]] = {"all": lambda row: True}
    kinds |= {name: lambda row, name=name: bool(row.terms.get(name)) for name in TERMS}  # type: ignore[misc]
    found = {}
    for kind, has in kinds.items():
        here = [(row.chance, started) for row, started in decided if has(row)]
        if len(here) >= FEWEST_OUTCOMES:
            chances, happened = zip(*here, strict=True)
            found[kind] = brier_score(np.array(chances, float), np.array(happened, bool))
    return found


def _estimated(decided: Sequence[tuple[OutcomeRow, bool]], now: StartingWeights) -> StartingWeights:
    import numpy as np

    from guyub.engine import estimated_weights

    terms = np.array([[row.terms.get(name, 0.0) for name in TERMS] for row, _started in decided])
    return estimated_weights(terms, np.array([started for _row, started in decided]), now)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
