"""Two records of one person: make them one, or remember that they are two."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guyub.core.action import action
from guyub.core.actor import Actor
from guyub.core.corrections import change
from guyub.core.errors import Invalid, Missing, Refused
from guyub.core.merging import merge, take_away
from guyub.core.models import Community
from guyub.cycle.listen.actions.people import household_of
from guyub.cycle.listen.models import NotTheSame, Person, SharedConcern
from guyub.cycle.listen.vocabulary import ListenPermission
from guyub.cycle.listen.vocabulary.person_fields import PERSON_FIELDS


@dataclass(frozen=True, kw_only=True)
class Merge:
    """Two records that are one person. take: fields whose value comes from the one that goes.

    seen: the versions of both that whoever decided had before them, of the one that stays first.
    """

    stays: uuid.UUID
    goes: uuid.UUID
    take: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Distinction:
    """Two people who look like one."""

    one: uuid.UUID
    other: uuid.UUID


@action(
    "listen.merge_people",
    permission=ListenPermission.MERGE,
    sentence=gettext_lazy("merged two records of one person"),
)
def merge_people(actor: Actor, data: Merge, at: datetime) -> dict[str, Any]:
    """Merge two records. Everything noted about one then belongs to the other."""
    stays, goes = _two(data.stays, data.goes)
    unknown = set(data.take) - PERSON_FIELDS.keys()
    if unknown:
        raise Invalid({"take": _("This is not known here.")})
    if data.seen and list(data.seen) != [stays.version, goes.version]:
        raise Refused(_("Someone else has changed one of them. Check both again, then decide."))
    change(stays, **_taken(stays, goes, set(data.take)))
    counts = merge(goes, stays)
    for row in SharedConcern.objects.filter(person=stays, concern__person=stays):
        take_away(row)
    return {"id": str(stays.pk), **counts}


@action(
    "listen.tell_apart",
    permission=ListenPermission.MERGE,
    sentence=gettext_lazy("noted that two similar records are different people"),
)
def tell_apart(actor: Actor, data: Distinction, at: datetime) -> dict[str, str]:
    """Remember that two records are two people; they are not suggested again."""
    first, second = sorted(_two(data.one, data.other), key=lambda each: each.pk)
    paths = dict(
        Community.objects.filter(pk__in=(first.community_id, second.community_id)).values_list(
            "pk", "path"
        )
    )
    row = NotTheSame.objects.create(
        community_id=Community.shared([paths[first.community_id], paths[second.community_id]]),
        one=first,
        other=second,
    )
    return {"id": str(row.pk)}


def _two(one: uuid.UUID, other: uuid.UUID) -> tuple[Person, Person]:
    people = {row.pk: row for row in Person.objects.filter(pk__in=(one, other))}
    for each in (one, other):
        if each not in people:
            raise Missing(str(each))
    if one == other:
        raise Invalid({"other": _("Choose two different people.")})
    return people[one], people[other]


def _taken(stays: Person, goes: Person, take: set[str]) -> dict[str, Any]:
    plain = take - {"household", "community"}
    values: dict[str, Any] = {name: getattr(goes, name) for name in sorted(plain)}
    if "community" in take:
        values["community_id"] = goes.community_id
    home = values.get("community_id", stays.community_id)
    source = goes if "household" in take else stays
    label = source.household.label if source.household else ""
    household = household_of(label, home)
    if household != stays.household_id:
        values["household_id"] = household
    return values
