"""Bringing in many people at once, from a spreadsheet: one deed, one undo."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guyub.core.action import action
from guyub.core.actor import Actor
from guyub.core.errors import Invalid, Missing, Refused
from guyub.core.identifiers import new_identifier
from guyub.cycle.listen.actions.encounters import (
    NewObservation,
    day_here,
    demand_may_judge,
    observation_row,
)
from guyub.cycle.listen.actions.people import NewPerson, faults, person_row
from guyub.cycle.listen.models import Household, Observation, Person
from guyub.cycle.listen.vocabulary import ListenPermission

# Rows in one INSERT: enough to leave the price of a statement behind, few enough for memory.
_BATCH = 2000

# As many rows as one spreadsheet may hold (the import of 8-interop.md); more come in several.
MOST_ROWS = 200_000


@dataclass(frozen=True, kw_only=True)
class ManyPeople:
    """The rows of a list of people."""

    rows: tuple[NewPerson, ...]


@dataclass(frozen=True, kw_only=True)
class ManyObservations:
    """The rows of a list of observations."""

    rows: tuple[NewObservation, ...]


def _describe_people(result: Mapping[str, Any]) -> str:
    count = result["people"]
    return ngettext("imported %(count)s person", "imported %(count)s people", count) % {
        "count": number_format(count)
    }


@action("listen.import_people", permission=ListenPermission.IMPORT, sentence=_describe_people)
def import_people(actor: Actor, data: ManyPeople, at: datetime) -> dict[str, int]:
    """Import a list of people."""
    demand_few_enough(data.rows)
    for row in data.rows:
        if (row.community or actor.community) not in actor.reach:
            raise Missing(str(row.community))
    if wrong := faults_of_rows(data.rows, at):
        raise Invalid(wrong)
    _demand_new_references(data.rows)
    households = _households(actor, data.rows)
    people = [
        person_row(
            row,
            row.community or actor.community,
            households.get((row.community or actor.community, row.household.strip())),
        )
        for row in data.rows
    ]
    Person.objects.bulk_create(people, batch_size=_BATCH)
    return {"people": len(people), "households": len(households)}


def _describe_observations(result: Mapping[str, Any]) -> str:
    count = result["observations"]
    return ngettext("imported %(count)s observation", "imported %(count)s observations", count) % {
        "count": number_format(count)
    }


@action(
    "listen.import_observations",
    permission=ListenPermission.IMPORT,
    sentence=_describe_observations,
)
def import_observations(actor: Actor, data: ManyObservations, at: datetime) -> dict[str, int]:
    """Import a list of observations, all under the importer's name."""
    demand_few_enough(data.rows)
    demand_may_judge({row.person for row in data.rows})
    communities = dict(Person.objects.values_list("pk", "community_id"))
    today = day_here(actor, at)
    rows = []
    for row in data.rows:
        if row.person not in communities:
            raise Missing(str(row.person))
        rows.append(observation_row(actor, row, communities[row.person], today))
    Observation.objects.bulk_create(rows, batch_size=_BATCH)
    return {"observations": len(rows)}


def faults_of_rows(rows: Sequence[NewPerson], at: datetime) -> dict[str, str]:
    """What is wrong with the people of a list, field by field, as in `faults`."""
    return {
        f"rows.{number}.{field}": text
        for number, row in enumerate(rows)
        for field, text in faults(row, at).items()
    }


def demand_few_enough(rows: Sequence[object]) -> None:
    """Refuse an empty list and one beyond what a single deed may hold."""
    if not rows:
        raise Refused(_("The list is empty: nothing was imported."))
    if len(rows) > MOST_ROWS:
        raise Refused(
            _("A list can have up to %(most)s rows; this one has %(rows)s. Import it in parts.")
            % {"most": MOST_ROWS, "rows": len(rows)}
        )


def _demand_new_references(rows: Sequence[NewPerson]) -> None:
    brought = [row.reference.strip() for row in rows if row.reference.strip()]
    if len(set(brought)) != len(brought):
        seen: set[str] = set()
        twice = next(one for one in brought if one in seen or seen.add(one))  # type: ignore[func-returns-value]
        raise Refused(
            _("Two rows have the same id, %(reference)s. Nothing was imported.")
            % {"reference": twice}
        )
    here = set(Person.objects.exclude(reference="").values_list("reference", flat=True))
    known = here.intersection(brought)
    if known:
        raise Refused(
            _(
                "%(count)s of these people are already here, by their id (for example "
                "%(reference)s)."
            )
            % {"count": len(known), "reference": min(known)}
        )


def _households(actor: Actor, rows: Sequence[NewPerson]) -> dict[tuple[uuid.UUID, str], uuid.UUID]:
    wanted = {
        (row.community or actor.community, row.household.strip())
        for row in rows
        if row.household.strip()
    }
    known = {
        (community, label): identifier
        for identifier, community, label in Household.objects.values_list(
            "pk", "community_id", "label"
        )
    }
    new = [
        Household(id=new_identifier(), community_id=community, label=label)
        for community, label in sorted(wanted - known.keys(), key=str)
    ]
    Household.objects.bulk_create(new, batch_size=_BATCH)
    known |= {(row.community_id, row.label): row.pk for row in new}
    return {place: known[place] for place in wanted}
