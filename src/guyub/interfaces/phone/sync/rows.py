"""What a phone may hold, as rows: (kind, identifier) and plain data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from guyub.core import digests
from guyub.core import queries as core
from guyub.core.actor import Actor
from guyub.core.language import language_read
from guyub.core.permissions import all_permissions
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.queries import PersonRow
from guyub.cycle.listen.vocabulary import ListenPermission
from guyub.cycle.listen.vocabulary.person_fields import PERSON_FIELDS
from guyub.cycle.map import queries as map_queries
from guyub.cycle.map.vocabulary import MapPermission
from guyub.cycle.start import queries as start
from guyub.cycle.start.analysis import PlanRecord, plan_sentences
from guyub.cycle.start.vocabulary import StartPermission

# Another one after each change of what stands in a row: phones then fetch everything anew.
SHAPE = f"3 {' '.join(PERSON_FIELDS)}"

# How far back a phone remembers; our choice (docs/adr).
_DAYS = timedelta(days=90)

# Places to choose from when somebody new is noted; our choice.
_MOST_PLACES = 500


@dataclass(frozen=True)
class Row:
    """One thing that a phone holds. The version is another one whenever the data is."""

    kind: str
    id: str
    data: dict[str, Any]
    version: str

    @property
    def name(self) -> str:
        """What it is told apart by."""
        return f"{self.kind} {self.id}"


def rows(actor: Actor) -> dict[str, Row]:
    """Everything that a phone of this actor may hold now, by name."""
    found = (_row(kind, data) for kind, data in _all(actor))
    return {row.name: row for row in found}


def _all(actor: Actor) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "me", _me(actor)
    named = core.place_names(actor)
    for identifier, parent, _name in core.communities_below(actor)[:_MOST_PLACES]:
        yield "place", {"id": identifier, "parent": parent, "name": named[identifier]}
    if not actor.may(ListenPermission.WRITE):
        return
    today = timezone.now().astimezone(ZoneInfo(core.community(actor).time_zone)).date()
    kept = start.newest_plan(actor) if actor.may(StartPermission.READ) else None
    carried = listen.bundle_for_phone(actor, since=today - _DAYS, on=today, first=_chosen(kept))
    unwilling = listen.unwilling(actor)
    for each in carried.people:
        told = {"phone": each.phone, "last": each.last, "unwilling": each.person.id in unwilling}
        told["in_brief"] = _in_brief(each.person)
        yield "person", asdict(each.person) | told
    for visit in carried.visits:
        yield "visit", _visit(actor, visit)
    for promise in carried.promises:
        yield "promise", asdict(promise)
    for encounter in carried.encounters:
        yield "encounter", asdict(encounter)
    for meeting in carried.meetings:
        yield "meeting", asdict(meeting)
    if actor.may(MapPermission.READ):
        people = {each.person.id for each in carried.people}
        for identifier, tie in map_queries.ties_among(actor, people).items():
            yield "tie", {"id": identifier} | asdict(tie)


def _in_brief(person: PersonRow) -> list[str]:
    """What somebody's screen says beneath their name: words that need no translation."""
    shown = (each.name for each in PERSON_FIELDS.values() if each.is_text and each.in_brief)
    return [value for name in shown if (value := getattr(person, name))]


def _me(actor: Actor) -> dict[str, Any]:
    return {
        "id": actor.account,
        "name": actor.name,
        "role": actor.role,
        "permissions": sorted(filter(actor.may, all_permissions())),
    }


def _chosen(kept: start.KeptPlan | None) -> tuple[Any, ...]:
    """The people of a plan, in its order."""
    return tuple(map(str, PlanRecord.of(kept).chosen)) if kept else ()


def _visit(actor: Actor, row: listen.VisitRow) -> dict[str, Any]:
    why = plan_sentences(actor, list(row.reasons), language_read()) if row.reasons else ()
    return {
        "id": row.id,
        "person": row.person,
        "due_on": row.due_on,
        "put_off": row.put_off,
        "why": list(why),
    }


def _row(kind: str, data: dict[str, Any]) -> Row:
    plain = json.loads(json.dumps(data, cls=DjangoJSONEncoder))
    content = json.dumps([kind, plain], sort_keys=True)
    version = digests.mark("row", content.encode())[:16]
    return Row(kind, plain["id"], plain, version)
