"""Listen in the sample community: encounters, what was said in them, meetings, observations."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from guyub.core.action import Deed
from guyub.core.actor import Actor
from guyub.core.identifiers import new_identifier
from guyub.cycle.listen import queries as listen
from guyub.sample.community import (
    SampleCommunity,
    SampleEncounter,
    SampleObservation,
    SamplePromise,
)
from guyub.sample.concerns import SampleConcern
from guyub.sample.meetings import SampleMeeting
from guyub.sample.timeline import Event, People, event, noon


def events(sample: SampleCommunity, people: People) -> Iterator[Event]:
    """What the team heard and saw, and what became of it; today Sari looks at what was said."""
    met = {row.id: new_identifier() for row in sample.encounters}
    noted = {row.id: [_encounter(row, met[row.id], people)] for row in sample.encounters}
    for concern in sample.concerns:
        noted[concern.encounter].append(_concern(concern, met[concern.encounter], people))
    for promise in sample.promises:
        identifier = new_identifier()
        noted[promise.encounter].append(_promise(promise, identifier, people))
        if promise.settled_on is not None:
            settled = _settlement(promise, identifier, promise.settled_on)
            yield event(promise.settled_on, promise.by, settled)
    for row in sample.encounters:
        yield event(row.held_on, row.by, *noted[row.id])
    for gathering in sample.meetings:
        yield from _gathering(gathering, people)
    for seen in sample.observations:
        yield event(seen.observed_on, seen.observer, _observation(seen, people))
    yield Event(on=sample.today, by="sari", entries=lambda sari: _themes(sari, sample))


def _encounter(row: SampleEncounter, identifier: uuid.UUID, people: People) -> Deed:
    data = {
        "id": identifier,
        "kind": row.kind,
        "held_on": row.held_on,
        "participants": [{"person": people[each]} for each in row.who],
        "place": row.place,
        "initiated_by": row.initiated_by,
        "summary": row.summary,
    }
    return Deed(action="listen.record_encounter", data=data, at=noon(row.held_on))


def _gathering(row: SampleMeeting, people: People) -> Iterator[Event]:
    """A meeting is planned on one day, and held or called off on another."""
    meeting = new_identifier()
    same = ("title", "group", "kind", "venue", "begins_at", "ends_at", "planned_on")
    plan = {"id": meeting, **{name: getattr(row, name) for name in same}}
    planned = Deed(action="listen.plan_meeting", data=plan, at=noon(row.told_on))
    yield event(row.told_on, row.by, planned)
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
            Deed(
                action=f"listen.{name}", data={"meeting": meeting, **data}, at=noon(row.planned_on)
            )
            for name, data in became
        ]
        yield event(row.planned_on, row.by, *deeds)


def _concern(row: SampleConcern, encounter: uuid.UUID, people: People) -> Deed:
    data = {
        "person": people[row.person],
        "life_area": row.life_area,
        "own_words": row.own_words,
        "depth": row.depth,
        "encounter": encounter,
        "noted_on": row.noted_on,
    }
    return Deed(action="listen.note_concern", data=data, at=noon(row.noted_on))


def _themes(sari: Actor, sample: SampleCommunity) -> Iterator[list[Deed]]:
    """Sari has seen that some of what people said is one matter."""
    themes = {row.own_words: row for row in sample.concerns if row.theme}
    together: dict[tuple[str, str], list[uuid.UUID]] = defaultdict(list)
    for said in listen.statements(sari):
        if said.own_words in themes:
            row = themes[said.own_words]
            together[row.theme, row.life_area].append(said.id)
    for (name, life_area), concerns in together.items():
        data = {"name": name, "life_area": life_area, "concerns": concerns}
        yield [Deed(action="listen.name_theme", data=data)]


def _promise(row: SamplePromise, identifier: uuid.UUID, people: People) -> Deed:
    data = {
        "id": identifier,
        "person": people[row.person],
        "what": row.what,
        "made_on": row.made_on,
        "due_on": row.due_on,
    }
    return Deed(action="listen.make_promise", data=data, at=noon(row.made_on))


def _settlement(row: SamplePromise, identifier: uuid.UUID, day: date) -> Deed:
    data = {"promise": identifier, "outcome": row.outcome, "noted_on": day}
    return Deed(action="listen.settle_promise", data=data, at=noon(day))


def _observation(row: SampleObservation, people: People) -> Deed:
    data = {
        "person": people[row.person],
        "trait": row.trait,
        "value": row.value,
        "evidence": row.evidence,
        "observed_on": row.observed_on,
    }
    return Deed(action="listen.note_observation", data=data, at=noon(row.observed_on))
