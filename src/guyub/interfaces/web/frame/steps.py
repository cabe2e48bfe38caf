"""The six steps of the cycle, in order, as far as they exist."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from guyub.core.actor import Actor
from guyub.core.errors import Denied
from guyub.core.lens import Lens

ORDER = ("listen", "map", "start", "organize", "develop", "sustain")


def community_lenses(actor: Actor) -> tuple[Lens, ...]:
    """The opened community through every step's lens, but for those closed to the actor."""
    return _open_to(lambda lenses: lenses.community(actor))


def individual_lenses(actor: Actor, person: uuid.UUID) -> tuple[Lens, ...]:
    """Somebody through every step's lens, but for those closed to the actor."""
    return _open_to(lambda lenses: lenses.individual(actor, person))


def _open_to(look: Callable[[ModuleType], Lens]) -> tuple[Lens, ...]:
    found = []
    for lenses in _lenses():
        try:
            found.append(look(lenses))
        except Denied:
            continue
    return tuple(found)


@cache
def _lenses() -> tuple[ModuleType, ...]:
    names = (f"guyub.cycle.{step}" for step in ORDER)
    steps = (name for name in names if find_spec(name))
    return tuple(import_module(f"{name}.lenses") for name in steps if find_spec(f"{name}.lenses"))
