"""Several communities side by side: what was noted in each, and who works there."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, QuerySet

from guyub.core.actor import Actor
from guyub.core.models import Membership
from guyub.core.permissions import CorePermission
from guyub.core.query import query
from guyub.cycle.listen.models import Encounter, Person
from guyub.cycle.listen.queries.due_promises import overdue_promises
from guyub.cycle.listen.queries.heard import heard_people
from guyub.cycle.listen.vocabulary import ListenPermission, PersonStatus


@dataclass(frozen=True, kw_only=True)
class PlaceFigures:
    """What was noted in one place, without those inside it.

    heard: people of whom we know what moves them. overdue: promises whose day has passed. last: the
    day of the latest encounter.
    """

    people: int = 0
    heard: int = 0
    overdue: int = 0
    last: date | None = None


@query("listen.figures_by_place", permission=CorePermission.COMMUNITY_READ)
def figures_by_place(actor: Actor, today: date) -> dict[uuid.UUID, PlaceFigures]:
    """Each place here in figures; those in which nothing was noted are left out."""
    living = Person.objects.filter(status=PersonStatus.PRESENT).order_by()
    people = _counted(living, "community")
    heard = _counted(heard_people(), "community")
    overdue = _counted(overdue_promises(today).order_by(), "person__community")
    held = Encounter.objects.order_by().values_list("community")
    last = dict(held.annotate(last=Max("held_on")))
    return {
        place: PlaceFigures(
            people=people.get(place, 0),
            heard=heard.get(place, 0),
            overdue=overdue.get(place, 0),
            last=last.get(place),
        )
        for place in people.keys() | overdue.keys() | last.keys()
    }


def _counted(rows: QuerySet, place: str) -> dict[uuid.UUID, int]:
    return dict(rows.values_list(place).annotate(count=Count("pk")))


@query("listen.workers_by_place", permission=ListenPermission.CONFIDENTIAL)
def workers_by_place(actor: Actor) -> dict[uuid.UUID, tuple[str, ...]]:
    """The names of those who note things in a place, where that is their place of work."""
    held = Membership.current.filter(
        community_id__in=actor.reach,
        role__in=ListenPermission.WRITE.roles,
        account__is_active=True,
    ).order_by("account__name")
    found: dict[uuid.UUID, list[str]] = {}
    for place, name in held.values_list("community_id", "account__name"):
        found.setdefault(place, []).append(name)
    return {place: tuple(names) for place, names in found.items()}
