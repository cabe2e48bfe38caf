"""Founding a workspace: the one moment when nobody can be asked for their role.

The operator's shell does it; or the first account does, in the browser, as long as there is no
community. The founder becomes owner by a deed of their own, so the log
begins with the name of the person who began.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guyub.core import scope
from guyub.core.action import Deed, action, perform
from guyub.core.actions.communities import NewCommunity
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
    with transaction.atomic():
        workspace = Workspace.objects.create(name=name, founded_at=timezone.now())
        account = _open_account(
            workspace, username=username, name=owner, password=password, language=language
        )
        _found_root(account, name, slug=slug)
    return account


def open_first_account(*, username: str, name: str, password: str, language: str = "") -> Account:
    """Let the first person in: they found the workspace in the browser.

    :raises Refused: somebody is here already.
    :raises ValidationError: the password is too weak.
    """
    with transaction.atomic():
        if Account.objects.exists():
            raise Refused(_("There is an account already."))
        workspace = Workspace.objects.create(name="", founded_at=timezone.now())
        return _open_account(
            workspace, username=username, name=name, password=password, language=language
        )


def may_found(account: Account) -> bool:
    """Whether this is the first account, and there is nothing yet in which it could act."""
    return not Community.objects.exists() and (
        Account.objects.order_by("opened_at", "pk").values_list("pk", flat=True).first()
        == account.pk
    )


@dataclass(frozen=True, kw_only=True)
class FirstWorkspace:
    """What the first account says of its organisation, and of the community it begins with.

    kind: of that community, a village as a rule.
    """

    name: str
    first: str
    kind: CommunityKind
    language: str
    time_zone: str


def found_first_workspace(account: Account, told: FirstWorkspace) -> str:
    """Found the workspace of the first account with its first community; gives its address.

    :raises Refused: there is a community already.
    :raises Invalid: a name or the time zone cannot be read.
    """
    with transaction.atomic():
        # Whoever presses twice waits here, and then finds that it is done.
        workspace = Workspace.objects.select_for_update().get(pk=account.workspace_id)
        if not may_found(account):
            raise Refused(_("This has been set up already."))
        workspace.name, workspace.founded_at = told.name, timezone.now()
        workspace.save()
        account.language = told.language
        account.save(update_fields=["language"])
        founder = _found_root(account, told.name, time_zone=told.time_zone)
        begun = NewCommunity(name=told.first, kind=told.kind)
        (receipt,) = perform(founder, [Deed(action="core.found_community", data=begun)])
        return str(receipt.result["slug"])


def _open_account(
    workspace: Workspace, *, username: str, name: str, password: str, language: str
) -> Account:
    account = Account(
        workspace=workspace,
        username=username.lower(),
        name=name,
        language=language,
        opened_at=timezone.now(),
    )
    validate_password(password, account)
    account.set_password(password)
    account.save(force_insert=True)
    return account


def _found_root(
    account: Account,
    name: str,
    *,
    slug: str = "",
    time_zone: str = "Asia/Jakarta",
) -> Actor:
    """Make the community that holds all others, and the account its owner."""
    deed = Deed(action=FOUNDING, data=Founding(name=name))
    identifier = new_identifier()
    root = Community.objects.create(
        id=identifier,
        workspace_id=account.workspace_id,
        path=f"{identifier}/",
        slug=slug or slugify(name)[:60] or "guyub",
        name=name,
        kind=CommunityKind.NETWORK,
        time_zone=time_zone,
        stated_in_id=deed.key,
    )
    LogHead.objects.create(community=root)
    founder = Actor(
        account=account.pk,
        name=account.name,
        workspace=account.workspace_id,
        community=root.pk,
        role=Role.OWNER,
        reach=frozenset({root.pk}),
    )
    perform(founder, [deed])
    return founder
