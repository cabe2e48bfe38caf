"""Taking an entry back: the undo of the last deed and of a whole import.

Nothing is deleted. Every row that the entry stated is marked as withdrawn, every row that it
withdrew counts again, and every row that it changed is put back; so taking back a withdrawal brings
things back. The withdrawal is itself a deed and stands in the log.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from guyub.core import scope
from guyub.core.action import action
from guyub.core.actions.accounts import demand_other_owner
from guyub.core.actor import Actor
from guyub.core.corrections import repeat, take_back_changes
from guyub.core.errors import Denied, Missing, Refused
from guyub.core.models import CommunityModel, LogEntry, Membership, Stated
from guyub.core.permissions import CorePermission, Role, may_grant
from guyub.core.vocabulary import FOUNDING


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """The entry to take back, and why. deeds: only these of it, where some are named."""

    entry: uuid.UUID
    deeds: tuple[uuid.UUID, ...] = ()
    reason: str = ""


@action(
    "core.withdraw_entry",
    permission=CorePermission.WITHDRAW_OWN,
    sentence=gettext_lazy("undid an earlier action"),
)
def withdraw_entry(actor: Actor, data: Withdrawal, at: datetime) -> dict[str, int | str]:
    """Undo everything that one entry stated, or some of its deeds."""
    deeds = list(LogEntry.objects.filter(entry=data.entry, community_id__in=actor.reach))
    if data.deeds:
        deeds = [deed for deed in deeds if deed.key in data.deeds]
    if len(deeds) < max(1, len(set(data.deeds))):
        raise Missing(str(data.entry))
    if any(deed.account_id != actor.account for deed in deeds):
        actor.demand(CorePermission.WITHDRAW_ANY)
    if any(deed.action == FOUNDING for deed in deeds):
        raise Refused(_("The founding of a workspace cannot be undone."))
    keys = [deed.key for deed in deeds]
    _demand_roles_within(actor, keys)
    to_repeat = take_back_changes(keys)
    _demand_nothing_rests_on(keys)
    withdrawn = restored = 0
    for model in stated_models():
        rows = _every_row(model)
        # First what the entry had withdrawn, then what it stated: a replaced role would otherwise
        # stand beside the one that replaced it.
        stated = rows.filter(stated_in__in=keys, withdrawn_in=None)
        again = rows.filter(withdrawn_in__in=keys)
        withdrawn += stated.update(withdrawn_in=scope.deed())
        try:
            with transaction.atomic():
                restored += again.update(withdrawn_in=None)
        except IntegrityError:
            raise Refused(_("Something newer has replaced what this would restore.")) from None
    repeat(to_repeat)
    if not withdrawn and not restored:
        raise Refused(_("Nothing left to undo: it was already undone."))
    return {"entry": str(data.entry), "withdrawn": withdrawn, "restored": restored}


def stated_models() -> list[type[Stated]]:
    """Every table of facts there is."""
    return [model for model in apps.get_models() if issubclass(model, Stated)]


def _every_row(model: type[Stated]) -> models.QuerySet:
    if issubclass(model, CommunityModel):
        return model.objects.with_withdrawn()
    return model.objects.all()  # type: ignore[attr-defined]


def _demand_roles_within(actor: Actor, keys: list[uuid.UUID]) -> None:
    """Undo is no way round the rule that nobody touches a role above their own."""
    touched = Membership.objects.filter(
        models.Q(stated_in__in=keys, withdrawn_in=None) | models.Q(withdrawn_in__in=keys)
    )
    for membership in touched:
        if membership.community_id not in actor.reach:
            raise Missing(str(membership.pk))
        if not may_grant(actor.role, Role(membership.role)):
            raise Denied(CorePermission.ACCOUNTS_CHANGE)
        if membership.withdrawn_in_id is None:
            demand_other_owner(membership)


def _demand_nothing_rests_on(keys: list[uuid.UUID]) -> None:
    """Later notes that point at these rows would be left hanging: they have to go first."""
    hanging = sum(
        model._default_manager.filter(**{f"{field}__stated_in__in": keys})
        .filter(withdrawn_in=None)
        .exclude(stated_in__in=keys)
        .count()
        for model, field in _references()
    )
    if hanging:
        raise Refused(
            ngettext(
                "%(count)s later note depends on this. Undo that one first.",
                "%(count)s later notes depend on this. Undo those first.",
                hanging,
            )
            % {"count": hanging}
        )


def _references() -> Iterator[tuple[type[Stated], str]]:
    for model in stated_models():
        for field in model._meta.concrete_fields:
            target = field.related_model
            if isinstance(target, type) and issubclass(target, Stated):
                yield model, field.name
