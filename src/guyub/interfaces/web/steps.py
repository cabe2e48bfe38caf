"""The six steps of the cycle, in order, as far as they exist."""

from __future__ import annotations

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
    found = []
    for lenses in _lenses():
        try:
            found.append(lenses.community(actor))
        except Denied:
            continue
    return tuple(found)


@cache
def _lenses() -> tuple[ModuleType, ...]:
    names = (f"guyub.cycle.{step}" for step in ORDER)
    steps = (name for name in names if find_spec(name))
    return tuple(import_module(f"{name}.lenses") for name in steps if find_spec(f"{name}.lenses"))
