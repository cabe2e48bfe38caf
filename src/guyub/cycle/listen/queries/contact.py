"""Who was met, when, and with whom: in bulk, for the rules that say whom to meet."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max

from guyub.core.actor import Actor
from guyub.core.chunks import chunks
from guyub.core.permissions import CorePermission
from guyub.core.query import query
from guyub.cycle.listen.models import Participation, Person
from guyub.cycle.listen.queries.rights import is_protected, may_call
from guyub.cycle.listen.vocabulary import ListenPermission, PersonStatus


@dataclass(frozen=True, kw_only=True)
class Contact:
    """The day of somebody's last encounter, and in how many they took part."""

    last_on: date
    encounters: int


@query("listen.contacts", permission=ListenPermission.WRITE)
def contacts(actor: Actor, people: frozenset[uuid.UUID] | None) -> dict[uuid.UUID, Contact]:
    """When these people (or all people) were met; people never met are left out."""
    rows = Participation.objects.filter(encounter__withdrawn_in=None).order_by()
    asked = (
        [rows]
        if people is None
        else (rows.filter(person__in=each) for each in chunks(sorted(people)))
    )
    return {
        person: Contact(last_on=last_on, encounters=encounters)
        for part in asked
        for person, last_on, encounters in part.values_list("person_id").annotate(
            Max("encounter__held_on"), Count("encounter", distinct=True)
        )
    }


@query("listen.met_on", permission=ListenPermission.WRITE)
def met_on(actor: Actor, days: set[tuple[uuid.UUID, date]]) -> frozenset[tuple[uuid.UUID, date]]:
    """Which of these people were met on the day beside them."""
    rows = Participation.objects.filter(encounter__withdrawn_in=None).order_by()
    found: set[tuple[uuid.UUID, date]] = set()
    for chunk in chunks(sorted({person for person, _day in days})):
        part = rows.filter(person__in=chunk, encounter__held_on__in={day for _person, day in days})
        found.update(part.values_list("person_id", "encounter__held_on"))
    return frozenset(found & days)


@query("listen.attendance_since", permission=ListenPermission.WRITE)
def attendance_since(
    actor: Actor,
    since: date,
    *,
    about: frozenset[uuid.UUID] | None = None,
    known: frozenset[uuid.UUID] = frozenset(),
) -> dict[uuid.UUID, frozenset[uuid.UUID]]:
    """Who took part in each encounter since a day in which two or more did.

    about: only the encounters of these few people, and those that are `known`.
    """
    rows = Participation.objects.filter(
        encounter__held_on__gte=since, encounter__withdrawn_in=None
    ).order_by()
    asked = [rows]
    if about is not None:
        own = rows.filter(person__in=about).values_list("encounter_id", flat=True)
        asked = [rows.filter(encounter__in=part) for part in chunks(sorted(known.union(own)))]
    found: dict[uuid.UUID, set[uuid.UUID]] = {}
    for part in asked:
        for encounter, person in part.values_list("encounter_id", "person_id"):
            found.setdefault(encounter, set()).add(person)
    return {key: frozenset(people) for key, people in found.items() if len(people) > 1}


@query("listen.has_more_people", permission=CorePermission.COMMUNITY_READ)
def has_more_people(actor: Actor, than: int) -> bool:
    """Whether more people than a limit live here; counting a whole district would take longer."""
    present = Person.objects.filter(status=PersonStatus.PRESENT).order_by()
    return bool(present.values_list("pk")[than : than + 1])


@query("listen.phones_of", permission=ListenPermission.WRITE)
def phones_of(actor: Actor, people: frozenset[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The phone numbers of a few people one is about to meet, if they gave one."""
    rows = Person.objects.filter(pk__in=people, phone__isnull=False)
    rows = rows.annotate(hidden=is_protected("pk"))
    return {row.pk: row.phone for row in rows if row.phone and may_call(actor, row)}
