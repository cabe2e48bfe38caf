"""What can be read about a community, its people at work, and its log."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet, Sum

from guyub.core.action import ACTIONS
from guyub.core.actor import Actor, Opened
from guyub.core.cache import is_kept
from guyub.core.errors import Missing
from guyub.core.models import Account, Community, Job, LogEntry, LogHead, Membership, NamelessCount
from guyub.core.permissions import (
    CorePermission,
    Role,
    may_grant,
    strongest,
)
from guyub.core.places import told_apart, villages_of
from guyub.core.query import query
from guyub.core.vocabulary import CommunityKind, JobState

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class CommunityCard:
    """A community in a list, or at the head of its page."""

    id: uuid.UUID
    slug: str
    name: str
    kind: CommunityKind
    region_code: str
    time_zone: str
    smaller: int
    role: Role


@dataclass(frozen=True, kw_only=True)
class Village:
    """A village among several. places: it and all that lies inside."""

    id: uuid.UUID
    slug: str
    name: str
    kind: CommunityKind
    places: tuple[uuid.UUID, ...]


@dataclass(frozen=True, kw_only=True)
class MemberRow:
    """An account with one of its roles."""

    membership: uuid.UUID
    account: uuid.UUID
    name: str
    username: str
    role: Role
    community: str
    community_id: uuid.UUID
    changeable: bool


@dataclass(frozen=True, kw_only=True)
class LogRow:
    """One deed, as the log shows it."""

    key: uuid.UUID
    entry: uuid.UUID
    number: int
    at: datetime
    received_at: datetime
    name: str
    role: Role
    action: str
    reason: str
    result: object
    undoable: bool


@dataclass(frozen=True, kw_only=True)
class LogPage:
    """A stretch of the log, newest first; `next` begins the following page."""

    rows: tuple[LogRow, ...]
    next: int | None


@dataclass(frozen=True, kw_only=True)
class LogState:
    """Whether the log is whole; `head` is what to write down outside the computer."""

    whole: bool
    entries: int
    head: str
    broken_at: int | None


@dataclass(frozen=True, kw_only=True)
class JobRow:
    """Long work, as whoever began it sees it. `total` is 0 as long as nobody knows."""

    id: uuid.UUID
    name: str
    state: JobState
    done: int
    total: int
    goes_to: str
    fault: str
    begun_at: datetime
    ended_at: datetime | None


def homes(account: Account) -> tuple[CommunityCard, ...]:
    """The communities in which an account holds a role, each as far up as the role reaches.

    It needs no actor: it only tells somebody where they themselves may act.
    """
    roles: dict[uuid.UUID, list[Role]] = {}
    for held in Membership.current.filter(account=account, community__withdrawn_in=None):
        roles.setdefault(held.community_id, []).append(Role(held.role))
    rows = _with_smaller(list(roles))
    return tuple(_card(row, strongest(roles[row.pk])) for row in rows)


@query("core.community", permission=CorePermission.COMMUNITY_READ)
def community(actor: Actor) -> CommunityCard:
    """The opened community."""
    if (known := _opened(actor)) is None:
        return _card(_with_smaller([actor.community])[0], actor.role)
    return CommunityCard(
        id=actor.community,
        slug=known.slug,
        name=known.name,
        kind=CommunityKind(known.kind),
        region_code=known.region_code,
        time_zone=known.time_zone,
        smaller=sum(above == actor.community for _place, above, *_rest in known.places),
        role=actor.role,
    )


@query("core.smaller_communities", permission=CorePermission.COMMUNITY_READ)
def smaller_communities(actor: Actor) -> tuple[CommunityCard, ...]:
    """The communities directly inside the opened one."""
    inside = Community.current.filter(parent_id=actor.community).values_list("pk", flat=True)
    return tuple(_card(row, actor.role) for row in _with_smaller(list(inside)))


@query("core.communities_above", permission=CorePermission.COMMUNITY_READ)
def communities_above(actor: Actor) -> tuple[tuple[str, str], ...]:
    """The path to the opened community, as (slug, name), from as far up as the actor may go."""
    above = actor.lineage[:-1]
    rows = Community.current.filter(pk__in=above).order_by("path")
    return tuple(rows.values_list("slug", "name")) if above else ()


@query("core.communities_below", permission=CorePermission.COMMUNITY_READ)
def communities_below(actor: Actor) -> tuple[tuple[uuid.UUID, uuid.UUID | None, str], ...]:
    """The opened community and all below it, as (id, parent, name), parents first."""
    return tuple((place, above, name) for place, above, name, _kind in _places(actor))


@query("core.villages", permission=CorePermission.COMMUNITY_READ)
def villages(actor: Actor) -> tuple[Village, ...]:
    """The villages here: the largest communities that are no networks, each with all inside it.

    A network in which nothing lies yet stands for itself.
    """
    rows = Community.current.filter(pk__in=actor.reach).order_by("path")
    slugs = {row.pk: row for row in rows}
    places = tuple((row.pk, row.parent_id, row.name, row.kind) for row in slugs.values())
    named, inside = told_apart(places), {row.parent_id for row in slugs.values()}
    held: dict[uuid.UUID, list[uuid.UUID]] = {}
    for place, village in villages_of(places).items():
        if village or place not in inside:
            held.setdefault(village or place, []).append(place)
    return tuple(
        Village(
            id=village,
            slug=slugs[village].slug,
            name=named[village],
            kind=CommunityKind(slugs[village].kind),
            places=tuple(places_inside),
        )
        for village, places_inside in held.items()
    )


@query("core.place_names", permission=CorePermission.COMMUNITY_READ)
def place_names(actor: Actor) -> dict[uuid.UUID, str]:
    """What the opened community and those below it are called, in a list that holds several.

    A hamlet is called with its village where there are several villages. Places that would be
    called alike are called with those they lie in, as far up as it takes to tell them apart.
    """
    return told_apart(_places(actor))


@query("core.members", permission=CorePermission.ACCOUNTS_READ)
def members(actor: Actor) -> tuple[MemberRow, ...]:
    """Who holds which role here and below, by name."""
    rows = (
        Membership.current.filter(community_id__in=actor.reach, account__is_active=True)
        .select_related("account", "community")
        .order_by("account__name", "account__username", "community__path")
    )
    named = place_names(actor)
    return tuple(
        MemberRow(
            membership=row.pk,
            account=row.account_id,
            name=row.account.name,
            username=row.account.username,
            role=Role(row.role),
            community=named[row.community_id],
            community_id=row.community_id,
            changeable=may_grant(actor.role, Role(row.role)),
        )
        for row in rows
    )


@query("core.newest_deeds", permission=CorePermission.COMMUNITY_READ)
def newest_deeds(actor: Actor) -> str:
    """Another text after each deed that could change something here.

    Such deeds are done here, below or above. It tells nothing of them.
    """
    heads = LogHead.objects.filter(community_id__in=_seen(actor)).order_by("community_id")
    return hashlib.sha256("".join(heads.values_list("hash", flat=True)).encode()).hexdigest()


def _seen(actor: Actor) -> set[uuid.UUID]:
    """The communities in which a deed could change something here: here, below and above."""
    if (known := _opened(actor)) is None:
        above = tuple(Community.objects.get(pk=actor.community).lineage)
    else:
        above = known.lineage
    return {*above, *actor.reach}


@query("core.log", permission=CorePermission.LOG_READ)
def log(actor: Actor, *, before: int | None = None, limit: int = PAGE) -> LogPage:
    """The deeds done in the opened community, newest first."""
    rows = LogEntry.objects.filter(community_id=actor.community)
    return _page(actor, rows if before is None else rows.filter(number__lt=before), limit)


@query("core.own_deeds", permission=CorePermission.COMMUNITY_READ)
def own_deeds(actor: Actor, *, limit: int = 5) -> LogPage:
    """What the actor did last in the opened community."""
    rows = LogEntry.objects.filter(community_id=actor.community, account_id=actor.account)
    return _page(actor, rows, limit)


@query("core.job", permission=CorePermission.COMMUNITY_READ)
def job(actor: Actor, identifier: uuid.UUID) -> JobRow:
    """The progress of a job the actor started here; other people's jobs do not exist."""
    row = Job.objects.filter(
        pk=identifier, account_id=actor.account, community_id=actor.community
    ).first()
    if row is None:
        raise Missing(str(identifier))
    return JobRow(
        id=row.pk,
        name=row.name,
        state=JobState(row.state),
        done=row.done,
        total=row.total,
        goes_to=row.goes_to,
        fault=row.fault or "",
        begun_at=row.begun_at,
        ended_at=row.ended_at,
    )


@query("core.log_state", permission=CorePermission.LOG_READ)
def log_state(actor: Actor) -> LogState:
    """Recompute the whole chain of the opened community's log."""
    return verified(actor.community)


def verified(community: uuid.UUID) -> LogState:
    """Recompute one community's chain; the operator's shell asks for it too."""
    found = Community.objects.select_related("log_head").filter(pk=community).first()
    if found is None:
        raise Missing(str(community))
    head = found.log_head
    number, previous, broken = 0, "0" * 64, None
    rows = LogEntry.objects.filter(community_id=community).order_by("number")
    for row in rows.iterator(chunk_size=2000):
        number += 1
        holds = (row.number, row.previous_hash) == (number, previous)
        if not holds or row.hash != row.computed_hash():
            broken = number
            break
        previous = row.hash
    if broken is None and (head.number, head.hash) != (number, previous):
        broken = number + 1
    return LogState(whole=broken is None, entries=head.number, head=head.hash, broken_at=broken)


def _opened(actor: Actor) -> Opened | None:
    """What the actor knows of the opened community; nothing once more was founded in it."""
    known = actor.opened
    if known is None or is_kept() or len(known.places) != len(actor.reach):
        return None
    return known


def _places(actor: Actor) -> tuple[tuple[uuid.UUID, uuid.UUID | None, str, str], ...]:
    """The opened community and all below it, as (id, parent, name, kind), parents first."""
    if (known := _opened(actor)) is not None:
        return known.places
    rows = Community.current.filter(pk__in=actor.reach).order_by("path")
    return tuple(rows.values_list("pk", "parent_id", "name", "kind"))


def _with_smaller(identifiers: Sequence[uuid.UUID]) -> list[Community]:
    inside = Count("smaller", filter=Q(smaller__withdrawn_in=None))
    rows = Community.current.filter(pk__in=identifiers).annotate(smaller_count=inside)
    return list(rows.order_by("name"))


def _card(row: Community, role: Role) -> CommunityCard:
    return CommunityCard(
        id=row.pk,
        slug=row.slug,
        name=row.name,
        kind=CommunityKind(row.kind),
        region_code=row.region_code,
        time_zone=row.time_zone,
        smaller=row.smaller_count,  # type: ignore[attr-defined]
        role=role,
    )


def _page(actor: Actor, rows: QuerySet[LogEntry], limit: int) -> LogPage:
    found = list(rows.select_related("account").order_by("-number")[: limit + 1])
    shown = found[:limit]
    return LogPage(
        rows=tuple(_log_row(actor, row) for row in shown),
        next=shown[-1].number if len(found) > limit else None,
    )


def _log_row(actor: Actor, row: LogEntry) -> LogRow:
    own = row.account_id == actor.account
    needed = CorePermission.WITHDRAW_OWN if own else CorePermission.WITHDRAW_ANY
    return LogRow(
        key=row.key,
        entry=row.entry,
        number=row.number,
        at=row.at,
        received_at=row.received_at,
        name=row.account.name,
        role=Role(row.role),
        action=row.action,
        reason=row.reason,
        result=row.result,
        undoable=ACTIONS[row.action].undoable and actor.may(needed),
    )


@query("core.erased_rows", permission=CorePermission.COMMUNITY_READ)
def erased_rows(actor: Actor, table: str) -> dict[uuid.UUID, int]:
    """How many rows of a table were erased, in each community: history still counts them."""
    rows = NamelessCount.objects.filter(community_id__in=actor.reach, table=table)
    return dict(rows.values_list("community_id").annotate(Sum("count")))
