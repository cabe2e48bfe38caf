"""Whom to hear first, where too little is known to say with whom to begin.

Somebody is worth hearing early who was named by others already, who hosts or calls people together,
or who belongs to a hamlet, a gender or an age of whom nobody was heard yet. One of a household is
enough to begin with. After each, what they stand for counts as heard, so that the list goes round
the whole community. All weights are our choice: a name or a gathering says as much as a hamlet
that nobody was heard of, a gender or an age half of that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guyub.engine.frame import Frame
from guyub.engine.plan.groupings import age_bands
from guyub.engine.reasons import Reason
from guyub.engine.records import Record

# So many names are worth one; more are worth no more (as in `self_starting`).
_NAMES_FOR_ONE = 3.0

_PLACE, _PART = 1.0, 0.5

# Sentences of their own for women and men.
_CODES = {"female": "women_unheard", "male": "men_unheard"}


@dataclass(frozen=True, kw_only=True)
class PersonToHear(Record):
    """Somebody to hear, by their id and name, and the reasons for it."""

    id: str
    name: str
    reasons: tuple[Reason, ...]


def hear_first(
    frame: Frame, heard: ArrayLike, count: int, *, left_out: ArrayLike = ()
) -> tuple[PersonToHear, ...]:
    """Up to `count` people who were not heard, whoever tells most first.

    heard: a mark for each person of whom we know what moves them. left_out: places of people who
    are not to be visited. Nobody known to be under 17 is named.

    >>> from guyub.engine import Frame, hear_first
    >>> frame = Frame.of(["sri", "joko", "wati"], [("sri", "wati", "nomination")])
    >>> [each.id for each in hear_first(frame, [True, False, False], 1)]
    ['wati']
    """
    known = np.asarray(heard, np.bool_)
    open_to = ~known & ~frame.children()
    open_to[np.asarray(left_out, np.int64)] = False
    nominated = frame.nominated()
    calls = (frame.acts > 0) | frame.leader
    own = np.minimum(1.0, np.log1p(nominated) / np.log1p(_NAMES_FOR_ONE)) + calls
    parts = _Parts(frame, known)
    homes = {frame.household[place] for place in np.flatnonzero(known)} - {""}
    chosen: list[PersonToHear] = []
    while len(chosen) < count:
        again = [home in homes for home in frame.household]
        score = np.where(open_to & ~np.array(again, np.bool_), own + parts.worth(), -1.0)
        # Where every household was heard, whoever is left.
        if score.max(initial=-1.0) < 0.0:
            score = np.where(open_to, own + parts.worth(), -1.0)
        if score.max(initial=-1.0) < 0.0:
            break
        best = int(np.argmax(score))
        reasons = [*_named(int(nominated[best])), *_calls(bool(calls[best])), *parts.reasons(best)]
        if not reasons:
            reasons = [Reason(code="never_heard", facts={})]
        chosen.append(
            PersonToHear(id=frame.id[best], name=frame.name[best], reasons=tuple(reasons))
        )
        open_to[best] = False
        parts.hear(best)
        homes |= {frame.household[best]} - {""}
    return tuple(chosen)


def _named(count: int) -> list[Reason]:
    return [Reason(code="nominated", facts={"count": count})] if count else []


def _calls(calls: bool) -> list[Reason]:
    return [Reason(code="calls_together", facts={})] if calls else []


class _Parts:
    """Which hamlets, genders and ages were heard."""

    def __init__(self, frame: Frame, heard: NDArray[np.bool_]) -> None:
        self._columns: tuple[tuple[str, float, Sequence[str]], ...] = (
            ("place_unheard", _PLACE, frame.sub_community),
            ("gender_unheard", _PART, frame.gender),
            ("age_unheard", _PART, age_bands(frame)),
        )
        self._heard: dict[str, set[str]] = {code: {""} for code, _, _ in self._columns}
        for person in np.flatnonzero(heard).tolist():
            self.hear(person)

    def hear(self, person: int) -> None:
        """What somebody stands for was heard."""
        for code, _weight, words in self._columns:
            self._heard[code].add(words[person])

    def worth(self) -> NDArray[np.float64]:
        """What each person is worth for what they stand for."""
        return np.asarray(
            sum(
                weight * np.array([word not in self._heard[code] for word in words])
                for code, weight, words in self._columns
            )
        )

    def reasons(self, person: int) -> list[Reason]:
        """What somebody stands for of which nobody was heard."""
        return [
            Reason(code=_CODES.get(words[person], code), facts={"name": words[person]})
            for code, _weight, words in self._columns
            if words[person] not in self._heard[code]
        ]
