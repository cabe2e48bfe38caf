"""Meetings as a calendar program reads them (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import STATUS, Calendar, Event

from guyub.cycle.listen.queries import MeetingRow
from guyub.cycle.listen.vocabulary.meetings import MeetingState

# How long a meeting lasts of which nobody said when it ends. Our choice.
_LASTS = timedelta(hours=2)

# How often a program should look again; most look more seldom.
_LOOK_AGAIN = timedelta(hours=1)


def calendar_feed(
    name: str, zone: str, meetings: Iterable[MeetingRow], *, telling: bool, now: datetime
) -> bytes:
    """The meetings of a community. Unless it is telling, only when they are.

    Nobody's name stands in it.
    """
    feed = Calendar.new(name=name if telling else "Guyub", refresh_interval=_LOOK_AGAIN)
    for row in meetings:
        feed.add_component(_event(row, ZoneInfo(zone), telling=telling, now=now))
    return bytes(feed.to_ical())


def _event(row: MeetingRow, zone: ZoneInfo, *, telling: bool, now: datetime) -> Event:
    begins, ends = _span(row, zone)
    return Event.new(
        uid=f"{row.id}@guyub",
        stamp=now,
        summary=row.title if telling else _("Meeting"),
        start=begins,
        end=ends,
        location=row.venue or None if telling else None,
        status=STATUS.CANCELLED if row.state == MeetingState.CANCELLED else STATUS.CONFIRMED,
    )


def _span(row: MeetingRow, zone: ZoneInfo) -> tuple[date | datetime, date | datetime]:
    """When it begins and ends, in universal time: no program has to know our zones."""
    if row.begins_at is None:
        return row.planned_on, row.planned_on + timedelta(days=1)

    def at(hour: time) -> datetime:
        return datetime.combine(row.planned_on, hour, zone).astimezone(UTC)

    begins = at(row.begins_at)
    return begins, at(row.ends_at) if row.ends_at else begins + _LASTS
