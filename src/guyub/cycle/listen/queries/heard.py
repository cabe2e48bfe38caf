"""Who was heard: of whom we know what moves them. Every page that counts them asks here.

Somebody was heard if a concern of theirs is noted, or if they took part in a conversation (see
CONVERSATIONS). To have come to a meeting is not enough: a name tapped at the door says nothing of
what moves somebody.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence

from django.db.models import Count, Q, QuerySet

from guyub.core.actor import Actor
from guyub.core.chunks import chunks
from guyub.core.query import query
from guyub.cycle.listen.models import Concern, Participation, Person
from guyub.cycle.listen.queries.shared_concerns import Villagers
from guyub.cycle.listen.vocabulary import CONVERSATIONS, Gender, ListenPermission, PersonStatus


def heard_people(among: Sequence[uuid.UUID] | None = None) -> QuerySet[Person]:
    """Those who were heard, of all who live here. among: only those among these few."""
    said = Concern.objects.order_by()
    talked = Participation.objects.filter(
        encounter__withdrawn_in=None, encounter__kind__in=CONVERSATIONS
    ).order_by()
    if among is not None:
        said, talked = said.filter(person__in=among), talked.filter(person__in=among)
    was_heard = Q(pk__in=said.values("person")) | Q(pk__in=talked.values("person"))
    return Person.objects.filter(was_heard, status=PersonStatus.PRESENT).order_by()


@query("listen.heard", permission=ListenPermission.WRITE)
def heard(actor: Actor, people: frozenset[uuid.UUID] | None = None) -> frozenset[uuid.UUID]:
    """Who was heard: of these people, or of all who live here."""
    asked: Iterable[Sequence[uuid.UUID] | None]
    asked = [None] if people is None else chunks(sorted(people))
    return frozenset(
        person for part in asked for person in heard_people(part).values_list("pk", flat=True)
    )


@query("listen.heard_villagers", permission=ListenPermission.WRITE)
def heard_villagers(actor: Actor) -> tuple[Villagers, ...]:
    """Those who were heard, counted as `villagers` counts everyone."""
    counted = heard_people().values_list("community_id", "gender", "birth_year")
    return tuple(
        Villagers(community=community, gender=Gender(gender), birth_year=year, people=count)
        for community, gender, year, count in counted.annotate(Count("pk"))
    )
