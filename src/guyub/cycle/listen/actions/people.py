"""Getting to know somebody, and noting what is different since."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, fields
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
from guyub.cycle.listen.vocabulary import ListenPermission, labels
from guyub.cycle.listen.vocabulary.person_fields import (
    PERSON_FIELDS,
    ConfidentialFields,
    OpenFields,
    with_each_field_optional,
)

# Nobody alive was born before; our choice, ten years beyond the oldest verified age (122).
_OLDEST = 132

# What stands in the row of somebody from the beginning, as it was given; where they live and with
# whom is looked up.
_NOTED_AT_FIRST = tuple(
    each.name
    for each in (*fields(OpenFields), *fields(ConfidentialFields))
    if each.name not in {"community", "household"}
)


@dataclass(frozen=True, kw_only=True)
class NewPerson(ConfidentialFields, OpenFields):
    """Somebody met for the first time. Only a name is needed; a first name will do."""

    id: uuid.UUID | None = None
    reference: Annotated[str, Field(max_length=80)] = ""


@dataclass(frozen=True, kw_only=True)
@with_each_field_optional
class ChangedPerson:
    """What is different about somebody; what is not given stays as it is.

    birth_year: 0 where it is not known after all. seen: the version that the change was made from;
    where somebody else changed the person since, nothing is done.

    base: the same field by field, for a phone: the deed that had last set each field as it knows
    it. Fields without one count as changed since; to say what stands there already changes nothing.
    """

    person: uuid.UUID
    seen: str = ""
    base: dict[str, uuid.UUID] | None = None


@action(
    "listen.add_person",
    permission=ListenPermission.WRITE,
    sentence=gettext_lazy("added a person"),
    offline=True,
)
def add_person(actor: Actor, data: NewPerson, at: datetime) -> dict[str, str]:
    """Add a person."""
    wrong = faults(data, at)
    if wrong:
        raise Invalid(wrong)
    community = data.community or actor.community
    if community not in actor.reach:
        raise Missing(str(community))
    person = person_row(data, community, household_of(data.household, community))
    person.save(force_insert=True)
    return {"id": str(person.pk)}


def _describe_changes(result: Mapping[str, Any]) -> str:
    if not result["fields"]:
        return _("confirmed a person’s details")
    fields = ", ".join(str(PERSON_FIELDS[name].word) for name in result["fields"])
    return _("changed a person’s details: %(fields)s") % {"fields": fields}


@action(
    "listen.change_person",
    permission=ListenPermission.WRITE,
    sentence=_describe_changes,
    offline=True,
)
def change_person(actor: Actor, data: ChangedPerson, at: datetime) -> dict[str, Any]:
    """Change a person's details, where they live, or whether they still live here."""
    row = Person.objects.select_for_update().filter(pk=data.person).first()
    if row is None:
        raise Missing(str(data.person))
    if data.seen and data.seen != row.version:
        raise Refused(_("Someone else has changed this person. Check again, then save."))
    values = _given(data)
    community, household = values.pop("community", None), values.pop("household", None)
    if community is not None and community not in actor.reach:
        raise Missing(str(community))
    if household is not None or community is not None:
        values |= _home(row, community, household)
    name, alias = values.get("name", row.name), values.get("alias", row.alias)
    wrong = faults(NewPerson(name=name, alias=alias, birth_year=values.get("birth_year")), at)
    if wrong:
        raise Invalid(wrong)
    values["name"] = name or alias
    if data.base is not None:
        _demand_fresh(row, data.base, differing(row, **values))
    fields = change(row, **values)
    if not fields and data.base is None:
        raise Refused(_("Nothing here differs from what is on record."))
    return {"id": str(row.pk), "fields": fields}


def _demand_fresh(row: Person, base: dict[str, uuid.UUID], fields: list[str]) -> None:
    """Every field that would change still stands as whoever changes it had seen it.

    The deed that set it is compared, not a number of versions: somebody who changes a field twice
    without a network would else count on to a number that another's change has taken.
    """
    last = last_deeds([row])[row.pk]
    stale = [name for name in fields if base.get(name) != last.get(name, last["*"])]
    if stale:
        raise Stale(_("Someone else has changed this person. Check again, then save."), stale)


def _given(data: ChangedPerson) -> dict[str, Any]:
    """What was given, as it stands in the row."""
    given = {name: getattr(data, name) for name in PERSON_FIELDS}
    return {name: _stored(name, value) for name, value in given.items() if value is not None}


def _stored(name: str, value: Any) -> Any:
    """A value as it stands in the row; where it may be missing, none for an empty one."""
    if name == "groups":
        value = ", ".join(labels(value))
    if isinstance(value, str):
        value = value.strip()
    field = PERSON_FIELDS[name]
    return value or None if field.confidential or field.default is None else value


def _home(
    row: Person, community: uuid.UUID | None, household: str | None
) -> dict[str, uuid.UUID | None]:
    """Where somebody lives now, and with whom: each community has its own households."""
    home = community or row.community_id
    before = row.household.label if row.household else ""
    label = before if household is None else household
    stays = label == before and home == row.community_id
    return {
        "community_id": home,
        "household_id": row.household_id if stays else household_of(label, home),
    }


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
    noted = {name: _stored(name, getattr(data, name)) for name in _NOTED_AT_FIRST}
    noted["name"] = noted["name"] or noted["alias"]
    return Person(
        id=data.id or new_identifier(),
        community_id=community,
        household_id=household,
        reference=data.reference.strip(),
        **noted,
    )


def household_of(label: str, community: uuid.UUID) -> uuid.UUID | None:
    """The household of this label in a community, noted if it is not there yet."""
    label = label.strip()
    if not label:
        return None
    known = Household.objects.filter(community_id=community, label=label).first()
    return (known or Household.objects.create(community_id=community, label=label)).pk
