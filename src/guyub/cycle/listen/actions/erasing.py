"""Erasing somebody for good: the one deed that cannot be undone."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from guyub.core.action import action
from guyub.core.actor import Actor
from guyub.core.erasing import Also, Everywhere, erasable, erase, overwrite
from guyub.core.errors import Invalid, Missing
from guyub.core.merging import Table, pointing_at
from guyub.core.vocabulary import ErasureReason
from guyub.cycle.listen.models import (
    Cancellation,
    Concern,
    Decision,
    Encounter,
    Household,
    Meeting,
    Observation,
    Participation,
    Person,
    Promise,
)
from guyub.cycle.listen.vocabulary import ListenPermission

# The columns in which a name of somebody else may stand, and the table of each.
_TEXTS: dict[str, Table] = {
    "summary": Encounter,
    "place": Encounter,
    "own_words": Concern,
    "evidence": Observation,
    "what": Promise,
    "title": Meeting,
    "venue": Meeting,
    "why": Cancellation,
    "decided": Decision,
}

# Those without which the row says nothing.
_NEEDED = frozenset({"what", "title", "decided"})


@dataclass(frozen=True, kw_only=True)
class Erasure:
    """Somebody of whom nothing is to be left, and why: a choice, no words."""

    person: uuid.UUID
    why: ErasureReason


@dataclass(frozen=True, kw_only=True)
class Redaction:
    """A text that named somebody, as it is to stand from now on. field: which column it is in."""

    row: uuid.UUID
    field: str
    redacted: Annotated[str, Field(max_length=10_000)]


@action(
    "listen.erase_person",
    permission=ListenPermission.RIGHTS,
    sentence=gettext_lazy("erased a person for good"),
    undoable=False,
)
def erase_person(actor: Actor, data: Erasure, at: datetime) -> dict[str, int | str]:
    """Erase a person and everything noted about them. This cannot be undone."""
    # Whoever was taken back is still in the tables, and may ask for this as well.
    if not Person.objects.with_withdrawn().filter(pk=data.person).exists():
        raise Missing(str(data.person))
    gone = erase(Person, data.person, reason=data.why.value)
    return {"why": data.why.value, "rows": sum(gone.values())}


@action(
    "listen.redact_text",
    permission=ListenPermission.RIGHTS,
    sentence=gettext_lazy("rewrote a text that named someone"),
    undoable=False,
)
def redact_text(actor: Actor, data: Redaction, at: datetime) -> dict[str, str]:
    """Rewrite a text that named someone; the earlier text is not kept."""
    table = _TEXTS.get(data.field)
    if table is None:
        raise Invalid({"field": _("This is not known here.")})
    if data.field in _NEEDED and not data.redacted.strip():
        raise Invalid({"redacted": _("This is needed.")})
    row = table.objects.filter(pk=data.row).first()
    if row is None:
        raise Missing(str(data.row))
    overwrite(row, data.field, data.redacted.strip())
    return {"field": data.field}


@erasable(Person)
def what_goes_along(people: set[uuid.UUID], everywhere: Everywhere) -> Also:
    """Count who was there, empty talks with them alone, and find what else bears their name."""
    rows = everywhere(Person).filter(pk__in=people)
    words = {name for row in rows for name in (row.name, row.alias) if name}
    parts = everywhere(Participation)
    met = set(parts.filter(person__in=people).values_list("encounter", flat=True))
    for encounter in list(everywhere(Encounter).filter(pk__in=met)):
        present = parts.filter(encounter=encounter, withdrawn_in=None)
        known = set(present.values_list("person", flat=True))
        if encounter.head_count is None:
            overwrite(encounter, "head_count", len(known) or None)
        everybody = set(parts.filter(encounter=encounter).values_list("person", flat=True))
        if everybody <= people:
            overwrite(encounter, "summary", None)
            overwrite(encounter, "place", "")
    homes = {row.household_id for row in rows if row.household_id}
    return {Household: _emptied(homes, people, everywhere)}, words


def _emptied(
    households: set[uuid.UUID], people: set[uuid.UUID], everywhere: Everywhere
) -> set[uuid.UUID]:
    """Households that nobody else was ever noted in: their label is the name of who goes."""
    left = set(households)
    for table, name in pointing_at(Household):
        others = everywhere(table).filter(**{f"{name}__in": households})
        if table is Person:
            others = others.exclude(pk__in=people)
        left -= set(others.values_list(name, flat=True))
    return left
