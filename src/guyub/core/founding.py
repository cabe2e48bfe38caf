"""Founding a workspace: the one moment when nobody can be asked for their role.

Only the operator's shell does it. The founder becomes owner by a deed of their own, so the log
begins with the name of the person who began.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy

from guyub.core import scope
from guyub.core.action import Deed, action, perform
from guyub.core.actor import Actor
from guyub.core.errors import Refused
from guyub.core.identifiers import new_identifier
from guyub.core.models import Account, Community, LogHead, Membership, Workspace
from guyub.core.permissions import CorePermission, Role
from guyub.core.vocabulary import FOUNDING, CommunityKind


@dataclass(frozen=True, kw_only=True)
class Founding:
    """What the organisation is called."""

    name: str


@action(
    FOUNDING,
    permission=CorePermission.ACCOUNTS_CHANGE,
    sentence=gettext_lazy("founded this workspace"),
    undoable=False,
)
def _found(actor: Actor, data: Founding, at: datetime) -> dict[str, str]:
    """Make whoever founds a workspace its owner: the first deed of its log."""
    if Membership.objects.filter(community_id=actor.community).exists():
        raise Refused("This workspace has been founded already.")
    membership = Membership.objects.create(
        account_id=actor.account,
        community_id=actor.community,
        role=Role.OWNER,
        stated_in_id=scope.deed(),
    )
    return {"membership": str(membership.pk)}


def found_workspace(
    name: str, *, slug: str = "", username: str, owner: str, password: str, language: str = ""
) -> Account:
    """Found a workspace with its first owner, who alone can let others in.

    :raises ValidationError: the password is too weak.
    """
    now = timezone.now()
    deed = Deed(action=FOUNDING, data=Founding(name=name))
    with transaction.atomic():
        workspace = Workspace.objects.create(name=name, founded_at=now)
        identifier = new_identifier()
        root = Community.objects.create(
            id=identifier,
            workspace=workspace,
            path=f"{identifier}/",
            slug=slug or slugify(name)[:60] or "guyub",
            name=name,
            kind=CommunityKind.NETWORK,
            stated_in_id=deed.key,
        )
        LogHead.objects.create(community=root)
        account = Account(
            workspace=workspace,
            username=username.lower(),
            name=owner,
            language=language,
            opened_at=now,
        )
        validate_password(password, account)
        account.set_password(password)
        account.save(force_insert=True)
        founder = Actor(
            account=account.pk,
            name=owner,
            workspace=workspace.pk,
            community=root.pk,
            role=Role.OWNER,
            reach=frozenset({root.pk}),
        )
        perform(founder, [deed])
    return account
