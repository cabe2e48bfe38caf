"""Whom a worker met last: those are noted again most often."""

from __future__ import annotations

import uuid

from guyub.core.actor import Actor
from guyub.core.query import query
from guyub.cycle.listen.models import Participation
from guyub.cycle.listen.vocabulary import ListenPermission

# Participations looked through for a handful of people. Our choice: a few encounters of many.
_LOOKED_THROUGH = 60


@query("listen.met_lately", permission=ListenPermission.WRITE)
def met_lately(actor: Actor, limit: int) -> tuple[uuid.UUID, ...]:
    """The people this worker met most recently, latest first, each once."""
    rows = Participation.objects.filter(
        stated_in__account_id=actor.account, encounter__withdrawn_in=None
    )
    people = rows.order_by("-id").values_list("person_id", flat=True)[:_LOOKED_THROUGH]
    return tuple(dict.fromkeys(people))[:limit]
