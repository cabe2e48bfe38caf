"""Who acts, where, and with which role: without an actor no door opens."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from itertools import dropwhile

from guyub.core.errors import Denied, Missing
from guyub.core.models import Account, Community, Membership
from guyub.core.permissions import Permission, Role, strongest


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
