"""Accounts, and the roles they hold."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guyub.core import scope
from guyub.core.action import action
from guyub.core.actor import Actor
from guyub.core.errors import Denied, Invalid, Missing, Refused
from guyub.core.identifiers import new_identifier
from guyub.core.models import Account, Community, Membership
from guyub.core.permissions import CorePermission, Role, may_grant

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")


@dataclass(frozen=True, kw_only=True)
class NewAccount:
    """Somebody who is to log in, with the role they begin with."""

    username: str
    name: str
    password: str
    role: Role
    community: uuid.UUID | None = None
    language: str = ""
    id: uuid.UUID | None = None


@dataclass(frozen=True, kw_only=True)
class RoleGrant:
    """A role for an account, on the opened community or one below it."""

    account: uuid.UUID
    role: Role
    community: uuid.UUID | None = None


@dataclass(frozen=True, kw_only=True)
class RoleWithdrawal:
    """A role to be taken back."""

    membership: uuid.UUID
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class NewPassword:
    """A password for somebody who forgot theirs."""

    account: uuid.UUID
    password: str


@dataclass(frozen=True, kw_only=True)
class AccountClosure:
    """Somebody who no longer works here."""

    account: uuid.UUID
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class OwnProfile:
    """How somebody wants to be called, and in which language they read."""

    name: str
    language: str = ""


@action(
    "core.open_account",
    permission=CorePermission.ACCOUNTS_CHANGE,
    sentence=gettext_lazy("opened an account"),
)
def open_account(actor: Actor, data: NewAccount, at: datetime) -> dict[str, str]:
    """Open an account and give it its first role."""
    community = _community_in_reach(actor, data.community)
    _demand_may_grant(actor, data.role)
    username = data.username.strip().lower()
    wrong = {}
    if not _USERNAME.fullmatch(username):
        wrong["username"] = _(
            "A log-in name has 2 to 60 small letters, digits, dots or dashes, and no spaces."
        )
    elif Account.objects.filter(username=username).exists():
        wrong["username"] = _("This log-in name is already taken; choose another.")
    if not data.name.strip():
        wrong["name"] = _("An account needs the name of its person.")
    account = Account(
        id=data.id or new_identifier(),
        workspace_id=actor.workspace,
        username=username,
        name=data.name.strip(),
        language=_known_language(data.language),
        opened_at=at,
    )
    wrong |= _password_faults(data.password, account)
    if wrong:
        raise Invalid(wrong)
    account.set_password(data.password)
    account.save(force_insert=True)
    membership = _grant(account.pk, community, data.role)
    return {"account": str(account.pk), "membership": str(membership.pk)}


@action(
    "core.grant_role",
    permission=CorePermission.ACCOUNTS_CHANGE,
    sentence=gettext_lazy("gave someone a role"),
)
def grant_role(actor: Actor, data: RoleGrant, at: datetime) -> dict[str, str]:
    """Give an account a role; a role it already holds there is replaced."""
    community = _community_in_reach(actor, data.community)
    _demand_may_grant(actor, data.role)
    account = colleague(actor, data.account)
    held = Membership.current.filter(account=account, community=community).first()
    if held is not None:
        _take_back(actor, held)
    membership = _grant(account.pk, community, data.role)
    return {"membership": str(membership.pk)}


@action(
    "core.withdraw_role",
    permission=CorePermission.ACCOUNTS_CHANGE,
    sentence=gettext_lazy("removed a role"),
)
def withdraw_role(actor: Actor, data: RoleWithdrawal, at: datetime) -> None:
    """Remove a role."""
    held = Membership.current.filter(pk=data.membership, community_id__in=actor.reach).first()
    if held is None:
        raise Missing(str(data.membership))
    _take_back(actor, held)


@action(
    "core.set_password",
    permission=CorePermission.ACCOUNTS_CHANGE,
    sentence=gettext_lazy("gave a colleague a new password"),
    undoable=False,
)
def set_password(actor: Actor, data: NewPassword, at: datetime) -> None:
    """Give a new password to someone who forgot theirs; it ends their sessions."""
    account = colleague(actor, data.account)
    demand_below(actor, account)
    faults = _password_faults(data.password, account)
    if faults:
        raise Invalid(faults)
    account.set_password(data.password)
    account.save(update_fields=["password"])


@action(
    "core.close_account",
    permission=CorePermission.ACCOUNTS_CHANGE,
    sentence=gettext_lazy("closed an account"),
)
def close_account(actor: Actor, data: AccountClosure, at: datetime) -> None:
    """Close an account. What they noted remains, under their name."""
    account = colleague(actor, data.account)
    demand_below(actor, account)
    for held in Membership.current.filter(account=account):
        _take_back(actor, held)
    account.is_active = False
    account.save(update_fields=["is_active"])


@action(
    "core.change_own_profile",
    permission=CorePermission.COMMUNITY_READ,
    sentence=gettext_lazy("changed their own profile"),
    undoable=False,
)
def change_own_profile(actor: Actor, data: OwnProfile, at: datetime) -> None:
    """Change one's own name and language."""
    if not data.name.strip():
        raise Invalid({"name": _("An account needs the name of its person.")})
    Account.objects.filter(pk=actor.account).update(
        name=data.name.strip(), language=_known_language(data.language)
    )


def _community_in_reach(actor: Actor, community: uuid.UUID | None) -> uuid.UUID:
    wanted = community or actor.community
    if wanted not in actor.reach or not Community.current.filter(pk=wanted).exists():
        raise Missing(str(wanted))
    return wanted


def colleague(actor: Actor, account: uuid.UUID) -> Account:
    """An account that holds a role somewhere the actor reaches; nobody else can be seen."""
    held = Membership.current.filter(account=account, community_id__in=actor.reach)
    found = Account.objects.filter(pk=account, workspace_id=actor.workspace, is_active=True).first()
    if found is None or not held.exists():
        raise Missing(str(account))
    return found


def _demand_may_grant(actor: Actor, role: Role) -> None:
    if not may_grant(actor.role, role):
        raise Denied(CorePermission.ACCOUNTS_CHANGE)


def demand_below(actor: Actor, account: Account) -> None:
    """Every role of this account must be one the actor could give, and lie within reach."""
    for held in Membership.current.filter(account=account):
        if held.community_id not in actor.reach or not may_grant(actor.role, Role(held.role)):
            raise Denied(CorePermission.ACCOUNTS_CHANGE)


def _take_back(actor: Actor, held: Membership) -> None:
    _demand_may_grant(actor, Role(held.role))
    demand_other_owner(held)
    Membership.objects.filter(pk=held.pk).update(withdrawn_in_id=scope.deed())


def demand_other_owner(held: Membership) -> None:
    """Before an owner's role goes, somebody else must be owner there or above."""
    if held.role != Role.OWNER:
        return
    others = Membership.current.filter(
        community_id__in=held.community.lineage, role=Role.OWNER, account__is_active=True
    )
    if not others.exclude(pk=held.pk).exists():
        raise Refused(_("A community needs an owner: make someone else owner first."))


def _grant(account: uuid.UUID, community: uuid.UUID, role: Role) -> Membership:
    return Membership.objects.create(
        account_id=account,
        community_id=community,
        role=role,
        stated_in_id=scope.deed(),
    )


def _known_language(language: str) -> str:
    return language if language in dict(settings.LANGUAGES) else ""


def _password_faults(password: str, account: Account) -> dict[str, str]:
    try:
        validate_password(password, account)
    except ValidationError as error:
        return {"password": " ".join(error.messages)}
    return {}
