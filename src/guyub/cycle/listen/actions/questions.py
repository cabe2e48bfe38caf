"""Questions that are kept, and what is done with everybody whom one finds."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Annotated, Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from pydantic import Field

from guyub.core.action import action
from guyub.core.actor import Actor
from guyub.core.chunks import chunks
from guyub.core.corrections import change
from guyub.core.errors import Invalid, Missing, Refused
from guyub.core.identifiers import new_identifier
from guyub.cycle.listen.models import Person, SavedQuestion
from guyub.cycle.listen.queries.people_search import MOST_CONDITIONS, demand_sound
from guyub.cycle.listen.vocabulary import Condition, ListenPermission, labels

# Each row is changed and what it said is kept: a hamlet at once, in a few seconds. Our choice.
MOST_LABELLED = 2000

_GROUPS_LENGTH = Person._meta.get_field("groups").max_length or 0


@dataclass(frozen=True, kw_only=True)
class NewQuestion:
    """A question to keep. shared: with everybody of the team who may ask it."""

    name: Annotated[str, Field(max_length=120)]
    conditions: Annotated[tuple[Condition, ...], Field(min_length=1, max_length=MOST_CONDITIONS)]
    shared: bool = False
    id: uuid.UUID | None = None


@dataclass(frozen=True, kw_only=True)
class DroppedQuestion:
    """A question that is not needed any more."""

    question: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class LabelledPeople:
    """People who are to carry a label, or no longer (taken_off)."""

    people: Annotated[tuple[uuid.UUID, ...], Field(min_length=1, max_length=MOST_LABELLED)]
    label: Annotated[str, Field(min_length=1, max_length=60)]
    taken_off: bool = False


@action(
    "listen.save_question",
    permission=ListenPermission.READ,
    sentence=gettext_lazy("saved a question"),
)
def save_question(actor: Actor, data: NewQuestion, at: datetime) -> dict[str, str]:
    """Save a question under a name."""
    name = data.name.strip()
    if not name:
        raise Invalid({"name": _("Give the question a name.")})
    if data.shared and not actor.may(ListenPermission.WRITE):
        raise Invalid(
            {"shared": _("Only people who can add people can share questions with the team.")}
        )
    demand_sound(actor, data.conditions)
    question = SavedQuestion.objects.create(
        id=data.id or new_identifier(),
        community_id=actor.community,
        name=name,
        shared=data.shared,
        conditions=[
            asdict(each) | {"which": str(each.which) if each.which else None}
            for each in data.conditions
        ],
    )
    return {"id": str(question.pk)}


@action(
    "listen.drop_question",
    permission=ListenPermission.READ,
    sentence=gettext_lazy("deleted a question"),
)
def drop_question(actor: Actor, data: DroppedQuestion, at: datetime) -> None:
    """Delete a question: one's own, or, as a planner, a shared one."""
    row = SavedQuestion.objects.select_related("stated_in").filter(pk=data.question).first()
    own = row is not None and row.stated_in.account_id == actor.account
    planned = row is not None and row.shared and actor.may(ListenPermission.CONFIDENTIAL)
    if row is None or not (own or planned):
        raise Missing(str(data.question))
    SavedQuestion.objects.filter(pk=row.pk).withdraw()


def _describe_labels(result: Mapping[str, Any]) -> str:
    count = result["labelled"]
    return ngettext(
        "changed the groups of %(count)s person", "changed the groups of %(count)s people", count
    ) % {"count": number_format(count)}


@action("listen.label_people", permission=ListenPermission.WRITE, sentence=_describe_labels)
def label_people(actor: Actor, data: LabelledPeople, at: datetime) -> dict[str, int]:
    """Add a label to people, or remove it; people already as wanted stay as they are."""
    (label, *more) = labels(data.label) or ("",)
    if not label or more:
        raise Invalid({"label": _("Write one label, without a comma.")})
    wanted, found = sorted(set(data.people)), []
    for chunk in chunks(wanted):
        found += Person.objects.select_for_update().filter(pk__in=chunk)
    for person in set(wanted) - {row.pk for row in found}:
        raise Missing(str(person))
    changed = 0
    for row in found:
        others = [each for each in labels(row.groups) if each.casefold() != label.casefold()]
        has = len(others) < len(labels(row.groups))
        if has != data.taken_off:
            continue
        groups = ", ".join(others if data.taken_off else [*others, label])
        if len(groups) > _GROUPS_LENGTH:
            raise Refused(
                _("%(name)s already has too many labels. Remove one first.") % {"name": row.name}
            )
        changed += bool(change(row, groups=groups))
    if not changed:
        raise Refused(_("Nothing here differs from what is on record."))
    return {"labelled": changed}
