"""Who acts, where, and with which role: without an actor no door opens."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import dropwhile

from django.db.models import Q

from guyub.core.chunks import chunks
from guyub.core.errors import Denied, Missing
from guyub.core.models import Account, Community, Membership
from guyub.core.permissions import Permission, Role, strongest, weakest


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What was read of the opened community while its actor was found: pages ask for it anyway.

    lineage: it and all above it, also where the actor may not go, from the root down.
    places: it and all below it, as (id, parent, name, kind), parents first.
    """

    slug: str
    name: str
    kind: str
    region_code: str
    time_zone: str
    lineage: tuple[uuid.UUID, ...]
    places: tuple[tuple[uuid.UUID, uuid.UUID | None, str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Somebody with a role in one community.

    `reach` holds that community and every one below it: what a door opens for them.
    """

    account: uuid.UUID
    name: str
    workspace: uuid.UUID
    community: uuid.UUID
    role: Role
    reach: frozenset[uuid.UUID] = field(repr=False)
    # From the highest community where they hold a role down to the opened one.
    lineage: tuple[uuid.UUID, ...] = field(default=(), repr=False)
    opened: Opened | None = field(default=None, repr=False, compare=False)

    def may(self, permission: Permission) -> bool:
        """Whether their role allows it."""
        return self.role in permission.roles

    def demand(self, permission: Permission) -> None:
        """Raise `Denied` unless their role allows it."""
        if not self.may(permission):
            raise Denied(permission)


def actor_in(account: Account, slug: str) -> Actor:
    """The account acting in the community of this address.

    :raises Missing: there is no such community, or none for this account: the two look alike.
    """
    community = Community.current.filter(slug=slug, workspace_id=account.workspace_id).first()
    if community is None or not account.is_active:
        raise Missing(slug)
    return _actor(account, community)


def actors_apart(account: Account, permission: Permission) -> tuple[Actor, ...]:
    """The account in each of the communities in which its role allows this, by their names.

    One that lies inside another is reached from there, and left out.
    """
    held = Membership.current.filter(
        account=account, role__in=permission.roles, community__withdrawn_in=None
    ).select_related("community")
    communities = {row.community.path: row.community for row in held}
    outermost = [row for path, row in communities.items() if not _inside(path, communities)]
    return tuple(_actor(account, row) for row in sorted(outermost, key=lambda row: row.name))


def works_in_several(account: Account, permission: Permission) -> bool:
    """Whether there are several communities, none inside another, where its role allows this."""
    held = Membership.current.filter(
        account=account, role__in=permission.roles, community__withdrawn_in=None
    )
    paths = set(held.values_list("community__path", flat=True))
    return sum(not _inside(path, paths) for path in paths) > 1


def actor_across(account: Account, permission: Permission) -> Actor | None:
    """The account in all communities at once in which its role allows this; None where none does.

    For reading what lies in several communities in one go. It acts with the weakest of these roles:
    what is open to it is open to the account in each of them.
    """
    held = Membership.current.filter(
        account=account, role__in=permission.roles, community__withdrawn_in=None
    ).values_list("community__path", "role")
    if not account.is_active or not held:
        return None
    roles = dict(held)
    # What lies inside another one is reached with it.
    outermost = [path for path in sorted(roles) if not _inside(path, roles)]
    reach: set[uuid.UUID] = set()
    for some in chunks(outermost):
        inside = Q()
        for path in some:
            inside |= Q(path__startswith=path)
        reach.update(Community.current.filter(inside).values_list("pk", flat=True))
    return Actor(
        account=account.pk,
        name=account.name,
        workspace=account.workspace_id,
        community=uuid.UUID(outermost[0].split("/")[-2]),
        role=weakest([Role(role) for role in roles.values()]),
        reach=frozenset(reach),
    )


def _inside(path: str, paths: Collection[str]) -> bool:
    parts = path.split("/")[:-1]
    return any("/".join([*parts[:depth], ""]) in paths for depth in range(1, len(parts)))


def _actor(account: Account, community: Community) -> Actor:
    roles = Membership.current.filter(
        account=account, community_id__in=community.lineage
    ).values_list("community_id", "role")
    held = {place: Role(role) for place, role in roles}
    if not held:
        raise Missing(community.slug)
    below = Community.current.filter(path__startswith=community.path).order_by("path")
    places = tuple(below.values_list("pk", "parent_id", "name", "kind"))
    return Actor(
        account=account.pk,
        name=account.name,
        workspace=account.workspace_id,
        community=community.pk,
        role=strongest(list(held.values())),
        reach=frozenset(place for place, *_rest in places),
        lineage=tuple(dropwhile(lambda place: place not in held, community.lineage)),
        opened=Opened(
            slug=community.slug,
            name=community.name,
            kind=community.kind,
            region_code=community.region_code,
            time_zone=community.time_zone,
            lineage=tuple(community.lineage),
            places=places,
        ),
    )
