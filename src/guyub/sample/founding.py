"""The sample community comes to life: its team notes everything through the doors, as people do."""

from __future__ import annotations

import uuid

from django.db import transaction

from guyub.core.action import Deed, perform
from guyub.core.actor import Actor, actor_in
from guyub.core.founding import found_workspace
from guyub.core.identifiers import new_identifier
from guyub.core.models import Account
from guyub.sample import listen, start
from guyub.sample import map as map_step
from guyub.sample.community import SampleCommunity
from guyub.sample.timeline import in_order

# The steps of the cycle, each with its events; another one is added at the end.
STEPS = (listen, map_step, start)

# The team: log-in name, name, role. Tini, who owns the organisation, founds it.
OWNER = ("tini", "Tini")
TEAM = (
    ("sari", "Sari", "coordinator"),
    ("rudi", "Rudi", "organizer"),
    ("budi", "Budi", "field_worker"),
    ("wati", "Wati", "viewer"),
    ("ani", "Ani", "member"),
)
ORGANISATION = "Yayasan Guyub Contoh"
ADDRESS = "sumberguyub"

# What a person of the sample and a new person of ours are both called.
_SAME = (
    "name",
    "alias",
    "gender",
    "birth_year",
    "household",
    "occupation",
    "office",
    "groups",
    "phone",
)


def found_sample(sample: SampleCommunity, passwords: dict[str, str]) -> None:
    """Found the organisation, its team and the village, and note all that is known; all or nothing.

    passwords: one for each log-in name of the team and the owner.
    """
    with transaction.atomic():
        username, name = OWNER
        found_workspace(
            ORGANISATION,
            slug="contoh",
            username=username,
            owner=name,
            password=passwords[username],
            language="id",
        )
        owner = _acting(username, "contoh")
        village = {"name": sample.name, "slug": ADDRESS, "kind": "desa"}
        perform(owner, [Deed(action="core.found_community", data=village)])
        owner = _acting(username, ADDRESS)
        for colleague, called, role in TEAM:
            account = {
                "username": colleague,
                "name": called,
                "password": passwords[colleague],
                "role": role,
                "language": "id",
            }
            perform(owner, [Deed(action="core.open_account", data=account)])
        people = _settle(_acting("sari", ADDRESS), sample)
        team = {colleague: _acting(colleague, ADDRESS) for colleague, *_ in TEAM}
        for each in in_order(*(step.events(sample, people) for step in STEPS)):
            for deeds in each.entries(team[each.by]):
                perform(team[each.by], deeds)


def _acting(username: str, slug: str) -> Actor:
    return actor_in(Account.objects.get(username=username), slug)


def _settle(sari: Actor, sample: SampleCommunity) -> dict[str, uuid.UUID]:
    """Hamlets and people in one entry: as if a spreadsheet were brought in."""
    hamlets = {name: new_identifier() for name in sample.dusun}
    people = {row.id: new_identifier() for row in sample.people}
    rows = [
        {
            "id": people[row.id],
            "reference": row.id,
            "community": hamlets[row.sub_community],
            **{field: getattr(row, field) for field in _SAME},
        }
        for row in sample.people
    ]
    founding = [
        Deed(action="core.found_community", data={"id": place, "name": name, "kind": "dusun"})
        for name, place in hamlets.items()
    ]
    perform(sari, [*founding, Deed(action="listen.import_people", data={"rows": rows})])
    return people
