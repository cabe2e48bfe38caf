"""Founding a community inside another."""

from __future__ import annotations

import re
import uuid
import zoneinfo
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guyub.core import scope
from guyub.core.action import action
from guyub.core.actor import Actor
from guyub.core.errors import Invalid, Missing, Refused
from guyub.core.identifiers import new_identifier
from guyub.core.models import Community, LogHead
from guyub.core.permissions import CorePermission
from guyub.core.vocabulary import CommunityKind

# Kemendagri's code of a place: province, regency, district, village (Permendagri 58/2021).
_REGION_CODE = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?")

# A desa holds dusun, RW and RT: five floors below the organisation leave room to spare, and keep
# the path within its column.
_DEEPEST = 10


@dataclass(frozen=True, kw_only=True)
class NewCommunity:
    """A community to be founded inside the opened one, or inside `parent` below it."""

    name: str
    kind: CommunityKind
    parent: uuid.UUID | None = None
    id: uuid.UUID | None = None
    slug: str = ""
    region_code: str = ""
    time_zone: str = ""


@action(
    "core.found_community",
    permission=CorePermission.COMMUNITY_CHANGE,
    sentence=gettext_lazy("founded a smaller community"),
)
def found_community(actor: Actor, data: NewCommunity, at: datetime) -> dict[str, str]:
    """Create a community inside another."""
    parent = Community.current.filter(pk=data.parent or actor.community).first()
    if parent is None or parent.pk not in actor.reach:
        raise Missing(str(data.parent))
    if len(parent.lineage) >= _DEEPEST:
        raise Refused(_("Communities cannot be nested any deeper."))
    _demand_readable(data)
    identifier = data.id or new_identifier()
    community = Community.objects.create(
        id=identifier,
        workspace_id=actor.workspace,
        parent=parent,
        path=f"{parent.path}{identifier}/",
        slug=_free_slug(data.slug or data.name, parent),
        name=data.name.strip(),
        kind=data.kind,
        region_code=data.region_code,
        time_zone=data.time_zone or parent.time_zone,
        stated_in_id=scope.deed(),
    )
    LogHead.objects.create(community=community)
    scope.current().founded.add(identifier)
    return {"id": str(identifier), "slug": community.slug}


def _demand_readable(data: NewCommunity) -> None:
    wrong = {}
    if not data.name.strip():
        wrong["name"] = _("A community needs a name.")
    if data.region_code and not _REGION_CODE.fullmatch(data.region_code):
        wrong["region_code"] = _("A region code looks like 33.08.12.2004.")
    if data.time_zone and data.time_zone not in zoneinfo.available_timezones():
        wrong["time_zone"] = _("This is not a known time zone; try Asia/Jakarta, for example.")
    if wrong:
        raise Invalid(wrong)


def _free_slug(wish: str, parent: Community) -> str:
    """An address nobody has yet: the name, then with the place above it, then with a number."""
    plain = slugify(wish)[:60] or "c"
    wishes = [plain, f"{plain}-{parent.slug}"[:72]]
    wishes += [f"{wishes[1]}-{number}" for number in range(2, 1000)]
    for slug in wishes:
        if not Community.objects.filter(slug=slug).exists():
            return slug
    raise Refused(_("Too many communities have this name; choose a different address."))
