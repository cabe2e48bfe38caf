"""The sample community comes to life: its team notes everything through the doors, as people do."""

from __future__ import annotations

import uuid
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from guyub.core.action import Deed, perform
from guyub.core.actor import Actor, actor_in
from guyub.core.founding import found_workspace
from guyub.core.identifiers import new_identifier
from guyub.core.models import Account
from guyub.cycle.listen import queries as listen
from guyub.cycle.start.analysis import PlanWishes, draft_plan
from guyub.cycle.start.queries import newest_plan
from guyub.sample.community import (
    SampleCommunity,
    SampleEncounter,
    SampleObservation,
    SamplePromise,
)
from guyub.sample.concerns import SampleConcern
from guyub.sample.meetings import SampleMeeting

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

_BEGIN_WITH = 5

_NOON = time(12, tzinfo=ZoneInfo("Asia/Jakarta"))


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
        for colleague, noted in _notes(sample, people).items():
            actor = _acting(colleague, ADDRESS)
            for _day, deeds in noted:
                perform(actor, deeds)
        _name_themes(_acting("sari", ADDRESS), sample)
        _begin(_acting("sari", ADDRESS))


def _begin(sari: Actor) -> None:
    """Sari has worked out with whom to begin, and goes to two people a day from today on."""
    outcome = draft_plan(sari, PlanWishes(count=_BEGIN_WITH))
    today = date.fromisoformat(outcome["on"])
    plan = {
        "count": _BEGIN_WITH,
        "seed": 1,
        "spread": outcome["spread"],
        "made_on": today,
        "outcome": outcome,
    }
    perform(sari, [Deed(action="start.keep_plan", data=plan)])
    kept = newest_plan(sari)
    assert kept is not None  # noqa: S101  it was kept a line before
    visits = kept.visits(today + timedelta(days=number // 2) for number in range(_BEGIN_WITH))
    perform(sari, [Deed(action="listen.plan_visits", data={"visits": visits})])


def _acting(username: str, slug: str) -> Actor:
    return actor_in(Account.objects.get(username=username), slug)


def _settle(sari: Actor, sample: SampleCommunity) -> dict[str, uuid.UUID]:
    """Hamlets and people in one entry, ties in another: as if two spreadsheets were brought in."""
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
    perform(sari, [*founding, Deed(action="listen.bring_in_people", data={"rows": rows})])
    ties = [
        {
            "from_person": people[row.source],
            "to_person": people[row.target],
            "kind": row.kind,
            "strength": row.strength,
            "reported_on": row.reported_on,
            "reported_by": row.reported_by,
        }
        for row in sample.ties
    ]
    perform(_acting("sari", ADDRESS), [Deed(action="map.bring_in_ties", data={"rows": ties})])
    return people


def _notes(
    sample: SampleCommunity, people: dict[str, uuid.UUID]
) -> dict[str, list[tuple[date, list[Deed]]]]:
    """What each worker noted: the deeds of each entry, and their day, in the order of the days."""
    noted: dict[str, list[tuple[date, list[Deed]]]] = defaultdict(list)
    met = {row.id: new_identifier() for row in sample.encounters}
    meetings = {row.id: [_meeting(row, met[row.id], people)] for row in sample.encounters}
    for concern in sample.concerns:
        meetings[concern.encounter].append(_concern(concern, met[concern.encounter], people))
    for promise in sample.promises:
        identifier = new_identifier()
        meetings[promise.encounter].append(_promise(promise, identifier, people))
        if promise.settled_on is not None:
            settled = _settlement(promise, identifier, promise.settled_on)
            noted[promise.by].append((promise.settled_on, [settled]))
    for row in sample.encounters:
        noted[row.by].append((row.held_on, meetings[row.id]))
    for gathering in sample.meetings:
        noted[gathering.by] += _gathering(gathering, people)
    for seen in sample.observations:
        noted[seen.observer].append((seen.observed_on, [_observation(seen, people)]))
    return {worker: sorted(rows, key=lambda row: row[0]) for worker, rows in noted.items()}


def _meeting(row: SampleEncounter, identifier: uuid.UUID, people: dict[str, uuid.UUID]) -> Deed:
    data = {
        "id": identifier,
        "kind": row.kind,
        "held_on": row.held_on,
        "participants": [{"person": people[each]} for each in row.who],
        "place": row.place,
        "initiated_by": row.initiated_by,
        "summary": row.summary,
    }
    return Deed(action="listen.record_encounter", data=data, at=_at(row.held_on))


def _gathering(row: SampleMeeting, people: dict[str, uuid.UUID]) -> list[tuple[date, list[Deed]]]:
    """A meeting is planned on one day, and held or called off on another."""
    meeting = new_identifier()
    same = ("title", "group", "kind", "venue", "begins_at", "ends_at", "planned_on")
    plan = {"id": meeting, **{name: getattr(row, name) for name in same}}
    entries = [(row.told_on, [Deed(action="listen.plan_meeting", data=plan, at=_at(row.told_on))])]
    became: list[tuple[str, dict[str, object]]] = []
    if row.outcome == "cancelled":
        became = [("cancel_meeting", {"why": row.why_cancelled})]
    if row.outcome == "held":
        arrivals = [
            {"person": people[who], "brought_by": people[by] if by else None}
            for who, by in row.came
        ]
        minutes = {"head_count": len(row.came) + row.other, "summary": row.said}
        became = [
            ("hold_meeting", {}),
            ("check_in", {"arrivals": arrivals}),
            ("write_minutes", minutes | {"open_summary": True}),
            ("note_decision", {"decided": row.decided}),
        ]
    if became:
        deeds = [
            Deed(action=f"listen.{name}", data={"meeting": meeting, **data}, at=_at(row.planned_on))
            for name, data in became
        ]
        entries.append((row.planned_on, deeds))
    return entries


def _concern(row: SampleConcern, encounter: uuid.UUID, people: dict[str, uuid.UUID]) -> Deed:
    data = {
        "person": people[row.person],
        "life_area": row.life_area,
        "own_words": row.own_words,
        "depth": row.depth,
        "encounter": encounter,
        "noted_on": row.noted_on,
    }
    return Deed(action="listen.note_concern", data=data, at=_at(row.noted_on))


def _name_themes(sari: Actor, sample: SampleCommunity) -> None:
    """Sari has seen that some of what people said is one matter."""
    themes = {row.own_words: row for row in sample.concerns if row.theme}
    together: dict[tuple[str, str], list[uuid.UUID]] = defaultdict(list)
    for said in listen.said(sari):
        if said.own_words in themes:
            row = themes[said.own_words]
            together[row.theme, row.life_area].append(said.id)
    for (name, life_area), concerns in together.items():
        data = {"name": name, "life_area": life_area, "concerns": concerns}
        perform(sari, [Deed(action="listen.name_theme", data=data)])


def _promise(row: SamplePromise, identifier: uuid.UUID, people: dict[str, uuid.UUID]) -> Deed:
    data = {
        "id": identifier,
        "person": people[row.person],
        "what": row.what,
        "made_on": row.made_on,
        "due_on": row.due_on,
    }
    return Deed(action="listen.make_promise", data=data, at=_at(row.made_on))


def _settlement(row: SamplePromise, identifier: uuid.UUID, day: date) -> Deed:
    data = {"promise": identifier, "outcome": row.outcome, "noted_on": day}
    return Deed(action="listen.settle_promise", data=data, at=_at(day))


def _observation(row: SampleObservation, people: dict[str, uuid.UUID]) -> Deed:
    data = {
        "person": people[row.person],
        "trait": row.trait,
        "value": row.value,
        "evidence": row.evidence,
        "observed_on": row.observed_on,
    }
    return Deed(action="listen.note_observation", data=data, at=_at(row.observed_on))


def _at(day: date) -> datetime:
    return datetime.combine(day, _NOON)
