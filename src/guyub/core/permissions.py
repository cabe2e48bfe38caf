"""Who may do what: six roles, and the permissions that core and every step declare.

A role is held on a community and counts for it and everything below it. The whole stands as a table
in docs/reference/permissions.md.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import chain
from typing import Self

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """The part somebody plays in a community, from the least to the most trusted.

    Whoever is trusted more may do all that others may. An owner may do what a coordinator may, and
    alone may make others owner (see `may_grant`).
    """

    MEMBER = "member", _("Member")
    VIEWER = "viewer", _("Viewer")
    FIELD_WORKER = "field_worker", _("Field worker")
    ORGANIZER = "organizer", _("Organizer")
    COORDINATOR = "coordinator", _("Coordinator")
    OWNER = "owner", _("Owner")


_RANK = tuple(Role)


class Permission(StrEnum):
    """One right: its name, and the least trusted role that holds it. `roles` are all that do.

    Core and each step declare theirs in a subclass. The first word of the value is the step (or
    `core`), the second what it opens.
    """

    roles: tuple[Role, ...]

    def __new__(cls, value: str, least: Role) -> Self:
        permission = str.__new__(cls, value)
        permission._value_ = value
        permission.roles = _RANK[_RANK.index(least) :]
        return permission


class CorePermission(Permission):
    """What belongs to no step."""

    COMMUNITY_READ = "core.read", Role.MEMBER
    CALENDAR = "core.calendar", Role.VIEWER
    WITHDRAW_OWN = "core.withdraw_own", Role.FIELD_WORKER
    WORK_OFFLINE = "core.offline", Role.FIELD_WORKER
    SENT_READ = "core.sent", Role.ORGANIZER
    COMMUNITY_CHANGE = "core.change", Role.COORDINATOR
    ACCOUNTS_READ = "core.accounts", Role.COORDINATOR
    ACCOUNTS_CHANGE = "core.accounts_change", Role.COORDINATOR
    LOG_READ = "core.log", Role.COORDINATOR
    WITHDRAW_ANY = "core.withdraw_any", Role.COORDINATOR
    EXPORT = "core.export", Role.COORDINATOR


def all_permissions() -> list[Permission]:
    """Every permission there is: core's, then those of each step."""
    return list(chain.from_iterable(Permission.__subclasses__()))


def strongest(roles: list[Role]) -> Role:
    """The role somebody acts with who holds several."""
    return max(roles, key=_RANK.index)


def weakest(roles: list[Role]) -> Role:
    """The role that allows no more than any of these does."""
    return min(roles, key=_RANK.index)


def may_grant(giver: Role, given: Role) -> bool:
    """Nobody gives (or takes back) a role above their own; only owners deal with owners."""
    return giver in CorePermission.ACCOUNTS_CHANGE.roles and _RANK.index(given) <= _RANK.index(
        giver
    )
