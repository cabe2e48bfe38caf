"""Secret links for calendar programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from django.utils.translation import gettext_lazy
from pydantic import Field

from guyub.core import scope
from guyub.core.action import action
from guyub.core.actor import Actor
from guyub.core.models import CalendarLink
from guyub.core.permissions import CorePermission


@dataclass(frozen=True, kw_only=True)
class NewCalendarLink:
    """A link, by the digest of its secret. telling: what a meeting is about stands in it as well.

    The secret is made and shown by whoever asks for it: the log must not hold what opens a door.
    """

    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    telling: bool = False


@dataclass(frozen=True, kw_only=True)
class DroppedCalendarLink:
    """That one's own link counts no more."""

    reason: str = ""


@action(
    "core.make_calendar_link",
    permission=CorePermission.CALENDAR,
    sentence=gettext_lazy("made a secret link for a calendar program"),
)
def make_calendar_link(actor: Actor, data: NewCalendarLink, at: datetime) -> None:
    """Make a link for the opened community; it disables the account's earlier link."""
    _drop(actor)
    CalendarLink.objects.create(
        community_id=actor.community,
        account_id=actor.account,
        digest=data.digest,
        telling=data.telling,
        stated_in_id=scope.deed(),
    )


@action(
    "core.drop_calendar_link",
    permission=CorePermission.COMMUNITY_READ,
    sentence=gettext_lazy("closed a secret link for a calendar program"),
)
def drop_calendar_link(actor: Actor, data: DroppedCalendarLink, at: datetime) -> dict[str, int]:
    """Disable one's own link for the opened community."""
    return {"dropped": _drop(actor)}


def _drop(actor: Actor) -> int:
    own = CalendarLink.current.filter(account_id=actor.account, community_id=actor.community)
    return own.update(withdrawn_in_id=scope.deed())
