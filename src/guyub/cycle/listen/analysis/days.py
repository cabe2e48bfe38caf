"""The day where people live."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone

from guyub.core import queries as core
from guyub.core.actor import Actor


def today_here(actor: Actor) -> date:
    """Today, in the time zone of the opened community."""
    return timezone.localdate(timezone=ZoneInfo(core.community(actor).time_zone))
