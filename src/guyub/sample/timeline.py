"""The months of the sample community, day by day: one timeline that each step extends.

A step is a module beside this one (`listen`, `map`, `start`). It gives events: a day, who of the
team does something on it, and how that is performed through the doors. `founding` walks all of them
once, in the order of their days; of one day in the order of the steps.

Chance: the village, its ties and the first notes grew from one stream of numbers, and stay what
they are. Whatever comes to it draws from a stream of its own (`random_stream`), so that it changes
nothing else.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random
from zoneinfo import ZoneInfo

from guyub.core.action import Deed
from guyub.core.actor import Actor

# The identifiers of people, by how the sample calls them.
People = Mapping[str, uuid.UUID]

_NOON = time(12, tzinfo=ZoneInfo("Asia/Jakarta"))


@dataclass(frozen=True, kw_only=True)
class Event:
    """What one of the team does on one day: entries, one after the other.

    Each entry is performed before the next is asked for, which may read what the one before did.
    """

    on: date
    by: str
    entries: Callable[[Actor], Iterable[Sequence[Deed]]]


def event(on: date, by: str, *deeds: Deed) -> Event:
    """An event of one entry that looks at nothing."""
    return Event(on=on, by=by, entries=lambda _actor: [deeds])


def in_order(*steps: Iterable[Event]) -> Iterator[Event]:
    """The events of all steps, the oldest first; of one day in the order of the steps."""
    yield from sorted((each for step in steps for each in step), key=lambda each: each.on)


def random_stream(name: str, seed: int) -> Random:
    """A stream of numbers for one module: what is added elsewhere does not change it."""
    return Random(f"{name} {seed}")


def noon(day: date) -> datetime:
    """When something was noted of which only the day is known."""
    return datetime.combine(day, _NOON)
