"""Getting to know somebody, and noting what is different since."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from guyub.core.action import action
from guyub.core.actor import Actor
from guyub.core.corrections import change, differing, last_deeds
from guyub.core.errors import Invalid, Missing, Refused, Stale
from guyub.core.identifiers import new_identifier
from guyub.cycle.listen.models import Household, Person
from guyub.cycle.listen.vocabulary import Gender, ListenPermission, PersonStatus, labels

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


@dataclass(frozen=True, kw_only=True)
class ChangedPerson:
    """What is different about somebody; what is not given stays as it is.

    birth_year: 0 where it is not known after all. seen: the version that the change was made from;
    where somebody else changed the person since, nothing is done.

    base: the same field by field, for a phone: the deed that had last set each field as it knows
    it. Fields without one count as changed since; to say what stands there already changes nothing.
    """

    person: uuid.UUID
    name: Name | None = None
    community: uuid.UUID | None = None
    alias: Name | None = None
    gender: Gender | None = None
    birth_year: int | None = None
    household: Line | None = None
    occupation: Line | None = None
    office: Line | None = None
    groups: Name | None = None
    phone: Annotated[str, Field(max_length=60)] | None = None
    status: PersonStatus | None = None
    seen: str = ""
    base: dict[str, uuid.UUID] | None = None


@action(
    "listen.add_person",
    permission=ListenPermission.WRITE,
    sentence=gettext_lazy("noted a person"),
    offline=True,
)
def add_person(actor: Actor, data: NewPerson, at: datetime) -> dict[str, str]:
    """Get to know somebody."""
    wrong = faults(data, at)
    if wrong:
        raise Invalid(wrong)
    community = data.community or actor.community
    if community not in actor.reach:
        raise Missing(str(community))
    person = person_row(data, community, household_of(data.household, community))
    person.save(force_insert=True)
    return {"id": str(person.pk)}


# What may be different about somebody, as the log calls it.
_FIELDS = {
    "name": gettext_lazy("name"),
    "alias": gettext_lazy("nickname"),
    "gender": gettext_lazy("gender"),
    "birth_year": gettext_lazy("year of birth"),
    "community": gettext_lazy("where they live"),
    "household": gettext_lazy("household"),
    "occupation": gettext_lazy("occupation"),
    "office": gettext_lazy("office"),
    "groups": gettext_lazy("groups"),
    "phone": gettext_lazy("telephone"),
    "status": gettext_lazy("whether they are still here"),
}


def _describe_changes(result: Mapping[str, Any]) -> str:
    if not result["fields"]:
        return _("confirmed what is noted of somebody")
    fields = ", ".join(str(_FIELDS[name]) for name in result["fields"])
    return _("changed what is noted of somebody: %(fields)s") % {"fields": fields}


@action(
    "listen.change_person",
    permission=ListenPermission.WRITE,
    sentence=_describe_changes,
    offline=True,
)
def change_person(actor: Actor, data: ChangedPerson, at: datetime) -> dict[str, Any]:
    """Change what is noted of somebody, where they live, or whether they still do."""
    row = Person.objects.select_for_update().filter(pk=data.person).first()
    if row is None:
        raise Missing(str(data.person))
    if data.seen and data.seen != row.version:
        raise Refused(
            _("Somebody else changed this person meanwhile. Look at it again, then save.")
        )
    values = _given(data)
    if data.community is not None and data.community not in actor.reach:
        raise Missing(str(data.community))
    if data.household is not None or data.community is not None:
        values |= _home(data, row)
    name, alias = values.get("name", row.name), values.get("alias", row.alias)
    wrong = faults(NewPerson(name=name, alias=alias, birth_year=values.get("birth_year")), at)
    if wrong:
        raise Invalid(wrong)
    values["name"] = name or alias
    if data.base is not None:
        _demand_fresh(row, data.base, differing(row, **values))
    fields = change(row, **values)
    if not fields and data.base is None:
        raise Refused(_("Nothing here is different from what was noted."))
    return {"id": str(row.pk), "fields": fields}


def _demand_fresh(row: Person, base: dict[str, uuid.UUID], fields: list[str]) -> None:
    """Every field that would change still stands as whoever changes it had seen it.

    The deed that set it is compared, not a number of versions: somebody who changes a field twice
    without a network would else count on to a number that another's change has taken.
    """
    last = last_deeds([row])[row.pk]
    stale = [name for name in fields if base.get(name) != last.get(name, last["*"])]
    if stale:
        raise Stale(
            _("Somebody else changed this person meanwhile. Look at it again, then save."), stale
        )


def _given(data: ChangedPerson) -> dict[str, Any]:
    """What was given, as it stands in the row."""
    values = {
        name: value.strip() if isinstance(value, str) else value
        for name in ("name", "alias", "gender", "occupation", "office", "phone", "status")
        if (value := getattr(data, name)) is not None
    }
    if data.birth_year is not None:
        values["birth_year"] = data.birth_year or None
    if data.groups is not None:
        values["groups"] = ", ".join(labels(data.groups))
    if "phone" in values:
        values["phone"] = values["phone"] or None
    return values


def _home(data: ChangedPerson, row: Person) -> dict[str, uuid.UUID | None]:
    """Where somebody lives now, and with whom: each community has its own households."""
    community = data.community or row.community_id
    before = row.household.label if row.household else ""
    label = before if data.household is None else data.household.strip()
    stays = label == before and community == row.community_id
    household = row.household_id if stays else household_of(label, community)
    return {"community_id": community, "household_id": household}


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


def household_of(label: str, community: uuid.UUID) -> uuid.UUID | None:
    """The household of this label in a community, noted if it is not there yet."""
    label = label.strip()
    if not label:
        return None
    known = Household.objects.filter(community_id=community, label=label).first()
    return (known or Household.objects.create(community_id=community, label=label)).pk
