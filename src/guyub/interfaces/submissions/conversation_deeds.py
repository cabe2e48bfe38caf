"""From a noted conversation to the deeds of one entry."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from guyub.core.action import Deed
from guyub.core.actor import Actor
from guyub.core.errors import Missing
from guyub.core.submissions import Submission, reader
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.vocabulary import Part, Trait, VisitResult
from guyub.cycle.map.vocabulary import Capital, ReportedBy, TieKind
from guyub.interfaces.submissions.conversation import ConversationForm
from guyub.interfaces.submissions.conversation_rules import PROMISES, SKILLS, TRAITS
from guyub.interfaces.submissions.forms import filled

_TIES = (
    ("advice", TieKind.ADVICE),
    ("news", TieKind.NOMINATION),
    ("brings", TieKind.ORGANISES),
)

# What a deed is given, by the part of the page that says it.
_Said = Iterator[tuple[str, str, dict[str, Any]]]


@reader("conversation", 1)
def read_conversation(actor: Actor, submission: Submission) -> Sequence[Deed]:
    """What was filled in, as deeds; the visit that it was is made, where it still stands."""
    form = filled(ConversationForm, actor, submission)
    return deeds_of(form, actor, open_visit=open_visit(form, actor))


def open_visit(form: ConversationForm, actor: Actor) -> uuid.UUID | None:
    """The planned visit that a conversation was, while it is open and its person was there.

    What a phone planned by itself is not known here, nor is a visit that was taken back.
    """
    told = form.cleaned_data
    try:
        row = listen.visit(actor, told["visit"]) if told["visit"] else None
    except Missing:
        return None
    open_now = row is not None and not row.settled and row.person in told["people"]
    return told["visit"] if open_now else None


def deeds_of(form: ConversationForm, actor: Actor, *, open_visit: uuid.UUID | None) -> list[Deed]:
    """All that a conversation says, in the order in which it can be done.

    Keys and identifiers follow from the form's own key: the same form sent twice says the same.
    open_visit: the planned visit that it was, while it stands.
    """
    told, key = form.cleaned_data, form.cleaned_data["key"]
    new = [(uuid.uuid5(key, f"person {name}"), name) for name in told["new_names"]]
    there = [*told["people"], *(identifier for identifier, _name in new)]
    home = told["new_place"] or actor.community
    said = [
        ("listen.add_person", f"add {name}", {"id": person, "name": name, "community": home})
        for person, name in new
    ]
    encounter = uuid.uuid5(key, "encounter")
    met = {"id": encounter, "participants": _participants(form, there)}
    met["head_count"] = len(there) + told["others"] if told["others"] else None
    same = ("held_on", "time_of_day", "month_only", "kind", "place", "initiated_by", "summary")
    met |= {name: told[name] for name in (*same, "open_summary")}
    said.append(("listen.record_encounter", "meet", met))
    if open_visit:
        settled = {"visit": open_visit, "result": VisitResult.MET, "noted_on": told["held_on"]}
        said.append(("listen.settle_visit", "settle", settled))
    about = told["about"] if told["about"] in told["people"] else None
    if len(there) == 1 or about:
        person = about or there[0]
        said += [*_cares(told, person, encounter), *_knows(told, person), *_has(told, person)]
        said += [*_seen(told, person), *_promised(told, person)]
    return [
        Deed(action=action, data=data, key=uuid.uuid5(key, part)) for action, part, data in said
    ]


def _participants(form: ConversationForm, there: list[uuid.UUID]) -> list[dict[str, Any]]:
    told = [{"person": person, "part": form.part_of(person)} for person in there]
    about = form.cleaned_data["about"] if len(there) > 1 else next(iter(there), None)
    if form.cleaned_data["asked_to_lead"] and about in there:
        told.append({"person": about, "part": Part.ASKED})
    return told


def _cares(told: dict[str, Any], person: uuid.UUID, encounter: uuid.UUID) -> _Said:
    """One concern for each area that the words touch: each area is counted by itself."""
    concern = {name: told[name] for name in ("own_words", "depth")}
    concern |= {"person": person, "encounter": encounter, "noted_on": told["held_on"]}
    concern["shared_with"] = told["sharing"]
    for area in told["life_area"]:
        yield "listen.note_concern", f"concern {area}", concern | {"life_area": area}


def _knows(told: dict[str, Any], person: uuid.UUID) -> _Said:
    for field, kind in (*_TIES, ("known", told.get("known_kind") or TieKind.ANY)):
        for other in told.get(field) or ():
            tie = {"from_person": person, "to_person": other, "kind": kind}
            tie |= {"reported_by": ReportedBy.ONE, "reported_on": told["held_on"]}
            yield "map.report_tie", f"{field} {other}", tie


def _has(told: dict[str, Any], person: uuid.UUID) -> _Said:
    held = {"holder": person, "noted_on": told["held_on"]}
    for number in SKILLS:
        if name := told.get(f"skill_{number}"):
            skill = {"level": told[f"level_{number}"], "would_teach": told[f"teaches_{number}"]}
            skill |= {"name": name, "capital": Capital.HUMAN}
            yield "map.note_asset", f"skill {number}", held | skill
    if name := told.get("asset"):
        thing = {"name": name, "capital": told["asset_capital"]}
        yield "map.note_asset", "asset", held | thing


def _seen(told: dict[str, Any], person: uuid.UUID) -> _Said:
    for trait in (Trait.STANCE, *TRAITS):
        if told[trait] not in (None, ""):
            seen = {"person": person, "trait": trait, "value": int(told[trait])}
            seen |= {"evidence": told["evidence"], "observed_on": told["held_on"]}
            yield "listen.note_observation", trait.value, seen


def _promised(told: dict[str, Any], person: uuid.UUID) -> _Said:
    for number in PROMISES:
        if what := told[f"promise_{number}"]:
            promise = {"person": person, "what": what, "made_on": told["held_on"]}
            promise |= {"due_on": told[f"due_{number}"], "by_worker": told[f"mine_{number}"]}
            yield "listen.make_promise", f"promise {number}", promise
    if told["next_on"]:
        visits = [{"person": person, "planned_on": told["next_on"]}]
        yield "listen.plan_visits", "next", {"visits": visits}
