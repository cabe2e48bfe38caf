"""Somebody's card, and the community in figures."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Subquery

from guyub.core.actor import Actor
from guyub.core.errors import Missing
from guyub.core.permissions import CorePermission
from guyub.core.query import query
from guyub.core.redirects import followed
from guyub.cycle.listen.models import (
    Encounter,
    Observation,
    Participation,
    Person,
    Promise,
)
from guyub.cycle.listen.queries.due_promises import is_settled
from guyub.cycle.listen.queries.heard import heard_people
from guyub.cycle.listen.queries.people_list import PersonRow, confidential_values, listed
from guyub.cycle.listen.queries.records import PromiseRow, promises_of
from guyub.cycle.listen.queries.rights import is_protected, may_call
from guyub.cycle.listen.queries.stances import readable_observations
from guyub.cycle.listen.vocabulary import ListenPermission, PersonStatus, Trait


@dataclass(frozen=True, kw_only=True)
class SignedObservation:
    """One worker's judgement with what they saw, for the person's page. by: whose it is."""

    trait: Trait
    value: int
    evidence: str
    observed_on: date
    observer: str
    by: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class PersonCard:
    """Somebody, as far as this actor may read.

    confidential: what is sealed, by field; empty where the actor may not read it.
    version: what a change was made from. at_home: how many share their kitchen, with them.
    """

    person: PersonRow
    version: str
    confidential: dict[str, str]
    protected: bool
    encounters: int
    at_home: int
    promises: tuple[PromiseRow, ...]
    observations: tuple[SignedObservation, ...]

    @property
    def phone(self) -> str | None:
        """The number to call, where one is noted and the actor may know it."""
        return self.confidential.get("phone") or None


@dataclass(frozen=True, kw_only=True)
class ListenCounts:
    """How many we know, and how many were heard; see guyub.cycle.listen.queries.heard."""

    people: int
    households: int
    encounters: int
    heard: int
    promises_open: int


@query("listen.person", permission=ListenPermission.READ)
def person(actor: Actor, identifier: uuid.UUID) -> PersonCard:
    """A person's card.

    :raises Missing: nobody here has this identifier.
    """
    part = Participation.objects.filter(person=OuterRef("pk")).order_by().values("person")
    met = part.annotate(count=Count("encounter", distinct=True)).values("count")
    home = Person.objects.filter(household=OuterRef("household")).order_by().values("household")

    rows = Person.objects.select_related("household").annotate(
        encounter_count=Subquery(met),
        hidden=is_protected("pk"),
        members_at_home=Subquery(home.annotate(count=Count("pk")).values("count")),
    )
    # Whoever turned out to be somebody else is found under the record that stays.
    row = rows.filter(pk=identifier).first() or rows.filter(pk=followed(identifier)).first()
    if row is None:
        raise Missing(str(identifier))
    # Whoever visits people needs to call them and to know what was said; a viewer does not.
    notes = actor.may(ListenPermission.WRITE)
    observed = readable_observations(actor) if notes else Observation.objects.none()
    return PersonCard(
        person=listed(row),
        version=row.version,
        confidential=confidential_values(row) if notes and may_call(actor, row) else {},
        protected=row.hidden,
        encounters=row.encounter_count or 0,
        at_home=row.members_at_home or 0,
        promises=promises_of(row.pk) if notes else (),
        observations=tuple(
            SignedObservation(
                trait=Trait(each.trait),
                value=each.value,
                evidence=each.evidence or "",
                observed_on=each.observed_on,
                observer=each.observer.name,
                by=each.observer_id,
            )
            for each in observed.filter(person=row)
            .select_related("observer")
            .order_by("-observed_on", "-id")
        ),
    )


@query("listen.counts", permission=CorePermission.COMMUNITY_READ)
def counts(actor: Actor) -> ListenCounts:
    """How many people we know here, and how many of them we have heard."""
    known = Person.objects.filter(status=PersonStatus.PRESENT).aggregate(
        people=Count("pk"), households=Count("household", distinct=True)
    )
    return ListenCounts(
        people=known["people"],
        households=known["households"],
        encounters=Encounter.objects.count(),
        heard=heard_people().count(),
        promises_open=Promise.objects.filter(by_worker=False).filter(~is_settled()).count(),
    )
