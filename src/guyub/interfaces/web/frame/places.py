"""How places are called."""

from __future__ import annotations

import uuid

from guyub.core.actor import Actor
from guyub.core.queries import communities_below


def place_names(actor: Actor) -> dict[uuid.UUID, str]:
    """How the opened community and those below it are called."""
    return {identifier: name for identifier, _above, name in communities_below(actor)}
