"""What can be read about links for calendar programs, and through them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from guyub.core.actor import Actor, actor_in
from guyub.core.errors import Missing
from guyub.core.models import CalendarLink
from guyub.core.permissions import CorePermission
from guyub.core.query import query


@dataclass(frozen=True, kw_only=True)
class CalendarLinkRow:
    """One's own link; the secret in it is known to nobody any more."""

    made_at: datetime
    telling: bool


@query("core.own_calendar_link", permission=CorePermission.CALENDAR)
def own_calendar_link(actor: Actor) -> CalendarLinkRow | None:
    """The link that counts for the opened community, if one was made."""
    own = CalendarLink.current.filter(account_id=actor.account, community_id=actor.community)
    row = own.select_related("stated_in").first()
    return CalendarLinkRow(made_at=row.stated_in.at, telling=row.telling) if row else None


def digest_of(secret: str) -> str:
    """What is kept of a secret. It is long and drawn by chance, so that no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def link_owner(secret: str) -> tuple[Actor, bool]:
    """Who asks with a secret, with the rights they have now; and whether it may tell more.

    :raises Missing: the link is made up or dropped, or its account is closed or has no role there.
    """
    row = CalendarLink.current.select_related("account", "community").filter(
        digest=digest_of(secret), account__is_active=True
    )
    link = row.first()
    if link is None:
        raise Missing("calendar")
    return actor_in(link.account, link.community.slug), link.telling
