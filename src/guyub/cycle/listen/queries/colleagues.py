"""Who works here: whom a planner can send."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from guyub.core.actor import Actor
from guyub.core.models import Account, Community, Membership
from guyub.core.query import query
from guyub.cycle.listen.vocabulary import ListenPermission


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """An account that may be sent somewhere."""

    id: uuid.UUID
    name: str


@query("listen.colleagues", permission=ListenPermission.CONFIDENTIAL)
def colleagues(actor: Actor) -> tuple[Colleague, ...]:
    """Who may note things in the opened community, by name."""
    lineage = Community.current.get(pk=actor.community).lineage
    held = Membership.current.filter(community__in=lineage, role__in=ListenPermission.WRITE.roles)
    rows = Account.objects.filter(is_active=True, pk__in=held.values("account"))
    return tuple(Colleague(id=row.pk, name=row.name) for row in rows.order_by("name", "username"))
