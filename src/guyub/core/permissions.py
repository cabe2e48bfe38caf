"""Who may do what: six roles, in code, readable as a table (docs/reference/permissions.md).

A role is held on a community and counts for it and everything below it.
"""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """One right. The first word is the step (or `core`), the second what it opens."""

    COMMUNITY_READ = "core.read"
    COMMUNITY_CHANGE = "core.change"
    ACCOUNTS_READ = "core.accounts"
    ACCOUNTS_CHANGE = "core.accounts_change"
    LOG_READ = "core.log"
    WITHDRAW_OWN = "core.withdraw_own"
    WITHDRAW_ANY = "core.withdraw_any"
    EXPORT = "core.export"
    WORK_OFFLINE = "core.offline"
    LISTEN_READ = "listen.read"
    LISTEN_WRITE = "listen.write"
    LISTEN_CONFIDENTIAL = "listen.confidential"
    LISTEN_BRING_IN = "listen.bring_in"
    LISTEN_MERGE = "listen.merge"
    LISTEN_RIGHTS = "listen.rights"
    MAP_READ = "map.read"
    MAP_WRITE = "map.write"
    MAP_BRING_IN = "map.bring_in"
    START_READ = "start.read"


class Role(TextChoices):
    """The part somebody plays in a community."""

    MEMBER = "member", _("Member")
    VIEWER = "viewer", _("Viewer")
    FIELD_WORKER = "field_worker", _("Field worker")
    ORGANIZER = "organizer", _("Organizer")
    COORDINATOR = "coordinator", _("Coordinator")
    OWNER = "owner", _("Owner")


_P = Permission

# Members see their community's own page and nobody's assessments; viewers see who lives there and
# notes that were left open, not who is tied to whom nor who promised what. Field workers read the
# confidential things that they noted themselves; organizers and above read all of them, because
# they plan with the whole team's knowledge.
_MEMBER = frozenset({_P.COMMUNITY_READ})
_VIEWER = _MEMBER | {_P.LISTEN_READ}
_FIELD_WORKER = _VIEWER | {
    _P.LISTEN_WRITE,
    _P.MAP_READ,
    _P.MAP_WRITE,
    _P.START_READ,
    _P.WITHDRAW_OWN,
    _P.WORK_OFFLINE,
}
_ORGANIZER = _FIELD_WORKER | {
    _P.LISTEN_CONFIDENTIAL,
    _P.LISTEN_BRING_IN,
    _P.LISTEN_MERGE,
    _P.MAP_BRING_IN,
}
_COORDINATOR = _ORGANIZER | {
    _P.COMMUNITY_CHANGE,
    _P.ACCOUNTS_READ,
    _P.ACCOUNTS_CHANGE,
    _P.LOG_READ,
    _P.WITHDRAW_ANY,
    _P.EXPORT,
    _P.LISTEN_RIGHTS,
}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.MEMBER: _MEMBER,
    Role.VIEWER: _VIEWER,
    Role.FIELD_WORKER: _FIELD_WORKER,
    Role.ORGANIZER: _ORGANIZER,
    Role.COORDINATOR: _COORDINATOR,
    # An owner may do what a coordinator may, and alone may make others owner (see `may_grant`).
    Role.OWNER: _COORDINATOR,
}

# From the least to the most trusted: who holds two roles acts with the later one.
_RANK = (
    Role.MEMBER,
    Role.VIEWER,
    Role.FIELD_WORKER,
    Role.ORGANIZER,
    Role.COORDINATOR,
    Role.OWNER,
)


def strongest(roles: list[Role]) -> Role:
    """The role somebody acts with who holds several."""
    return max(roles, key=_RANK.index)


def may_grant(giver: Role, given: Role) -> bool:
    """Nobody gives (or takes back) a role above their own; only owners deal with owners."""
    return Permission.ACCOUNTS_CHANGE in PERMISSIONS[giver] and _RANK.index(given) <= _RANK.index(
        giver
    )
