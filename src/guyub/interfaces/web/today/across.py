"""One day in all the villages somebody looks after: what each Today holds for them, together."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain, zip_longest
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from guyub.core import phones
from guyub.core.actor import Actor, actor_across, actors_apart
from guyub.core.permissions import CorePermission
from guyub.core.queries import community, place_names
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.queries import MeetingRow
from guyub.cycle.listen.vocabulary import ListenPermission
from guyub.cycle.start.analysis import suggest_people
from guyub.interfaces.web.frame.responses import PageRequest, render
from guyub.interfaces.web.today.page import (
    begin_looking,
    greeting,
    promise_card,
    rules,
    suggestion_cards,
    visit_cards,
)

# How far ahead one looks for what comes next; how many are suggested in each village. Our choice.
_AHEAD = timedelta(days=7)
_SUGGESTED = 3

# Whoever works in more has a table of them, and each has a Today of its own. Our choice.
_MOST = 12

Card = dict[str, Any]
Dated = list[tuple[date, Card]]


@dataclass(frozen=True, kw_only=True)
class _Day:
    """What the day holds in one community."""

    slug: str
    name: str
    looking: bool
    offline: bool
    due: Dated = field(default_factory=list)
    next: Dated = field(default_factory=list)
    suggested: list[Card] = field(default_factory=list)
    promises: Dated = field(default_factory=list)
    meetings: list[tuple[str, str, MeetingRow]] = field(default_factory=list)


@require_safe
def my_today(request: PageRequest) -> HttpResponse:
    """Whom to meet today in all one's villages; each card acts in its own."""
    actors = actors_apart(request.user, ListenPermission.WRITE)
    together = actor_across(request.user, ListenPermission.WRITE)
    if together is None:
        return redirect("home")
    if len(actors) == 1:
        return redirect("today", community(actors[0]).slug)
    places = place_names(together)
    days = [_day(actor, places) for actor in actors[:_MOST]]
    suggested = chain.from_iterable(zip_longest(*(day.suggested for day in days)))
    proposed = [card for card in suggested if card is not None]
    now = timezone.localtime()
    context = {
        "now": now,
        "today": now.date(),
        "greeting": greeting(now.hour),
        "meet": _by_day(day.due for day in days) + proposed,
        "rules": rules() if proposed else (),
        "looking": any(day.looking for day in days),
        "promises": _by_day(day.promises for day in days),
        "next": _by_day(day.next for day in days),
        "meetings": list(chain.from_iterable(day.meetings for day in days)),
        "days": days,
        "left": len(actors) - len(days),
    }
    return render(request, "today/my_today.html", context)


def _by_day(found: Any) -> list[Card]:
    return [card for _day, card in sorted(chain.from_iterable(found), key=lambda each: each[0])]


def _day(actor: Actor, places: dict[uuid.UUID, str]) -> _Day:
    """The day of one community, by its own clock."""
    here = community(actor)
    slug = here.slug
    with timezone.override(ZoneInfo(here.time_zone)):
        day = timezone.localdate()
        visits = listen.visits(actor, worker=actor.account, until=day + _AHEAD)
        cards = zip(visits, visit_cards(actor, visits, slug, places, day), strict=True)
        dated = [(visit.due_on, card) for visit, card in cards]
        sought = suggest_people(actor, on=day, limit=_SUGGESTED)
        where = places.get(actor.community, here.name)
        return _Day(
            slug=slug,
            name=where,
            looking=begin_looking(actor, day),
            offline=actor.may(CorePermission.WORK_OFFLINE) and phones.offline_allowed(actor),
            due=[each for each in dated if each[0] <= day],
            next=[each for each in dated if each[0] > day],
            suggested=suggestion_cards(actor, sought, slug, places),
            promises=[
                # Those without a day come last.
                (row.promise.due_on or date.max, promise_card(row, slug, places, day))
                for row in listen.promises_due(actor, until=day)
            ],
            meetings=[(slug, where, row) for row in listen.meetings(actor, day, day)],
        )
