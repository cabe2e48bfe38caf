"""What workers noted of the sample village, as plain rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class SampleObservation:
    """What a worker judged: stance from 1 (active ally) to 5, other traits from 0 to 4."""

    person: str
    trait: str
    value: int
    evidence: str
    observed_on: date
    observer: str


@dataclass(frozen=True, kw_only=True)
class SampleEncounter:
    """A meeting that took place; `who` are ids of people, `by` the worker who noted it."""

    id: str
    held_on: date
    kind: str
    who: tuple[str, ...]
    place: str
    initiated_by: str
    summary: str
    by: str


@dataclass(frozen=True, kw_only=True)
class SamplePromise:
    """What somebody promised in an encounter; an open one is not settled."""

    person: str
    what: str
    encounter: str
    made_on: date
    due_on: date
    outcome: str
    settled_on: date | None
    by: str
