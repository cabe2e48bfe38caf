"""Getting to know somebody."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from guyub.core.action import action
from guyub.core.actor import Actor
from guyub.core.errors import Invalid, Missing
from guyub.core.identifiers import new_identifier
from guyub.core.permissions import Permission
from guyub.cycle.listen.models import Household, Person
from guyub.cycle.listen.vocabulary import Gender, labels

# Nobody alive was born before; our choice, ten years beyond the oldest verified age (122).
_OLDEST = 132

Line = Annotated[str, Field(max_length=120)]
Name = Annotated[str, Field(max_length=200)]


@dataclass(frozen=True, kw_only=True)
class NewPerson:
    """Somebody met for the first time. Only a name is needed; a first name will do."""

    name: Name
    id: uuid.UUID | None = None
    community: uuid.UUID | None = None
    alias: Name = ""
    gender: Gender = Gender.UNSTATED
    birth_year: int | None = None
    household: Line = ""
    occupation: Line = ""
    office: Line = ""
    groups: Name = ""
    phone: Annotated[str, Field(max_length=60)] = ""
    reference: Annotated[str, Field(max_length=80)] = ""


@action("listen.add_person", permission=Permission.LISTEN_WRITE)
def add_person(actor: Actor, data: NewPerson, at: datetime) -> dict[str, str]:
    """Get to know somebody."""
    wrong = faults(data, at)
    if wrong:
        raise Invalid(wrong)
    community = data.community or actor.community
    if community not in actor.reach:
        raise Missing(str(community))
    person = person_row(data, community, _household(data.household, community))
    person.save(force_insert=True)
    return {"id": str(person.pk)}


def faults(data: NewPerson, at: datetime) -> dict[str, str]:
    """What is wrong with what was noted about somebody, field by field."""
    wrong = {}
    if not data.name.strip() and not data.alias.strip():
        wrong["name"] = _("A person needs a name or an alias; a first name is enough.")
    if data.birth_year is not None and not at.year - _OLDEST <= data.birth_year <= at.year:
        wrong["birth_year"] = _("Nobody alive was born in that year.")
    return wrong


def person_row(data: NewPerson, community: uuid.UUID, household: uuid.UUID | None) -> Person:
    """The row of somebody, not yet saved."""
    return Person(
        id=data.id or new_identifier(),
        community_id=community,
        name=data.name.strip() or data.alias.strip(),
        alias=data.alias.strip(),
        gender=data.gender,
        birth_year=data.birth_year,
        household_id=household,
        occupation=data.occupation.strip(),
        office=data.office.strip(),
        groups=", ".join(labels(data.groups)),
        phone=data.phone.strip() or None,
        reference=data.reference.strip(),
    )


def _household(label: str, community: uuid.UUID) -> uuid.UUID | None:
    label = label.strip()
    if not label:
        return None
    known = Household.objects.filter(community_id=community, label=label).first()
    return (known or Household.objects.create(community_id=community, label=label)).pk
