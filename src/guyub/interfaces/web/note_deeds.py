"""From a noted conversation to the deeds of one entry."""

from __future__ import annotations

import uuid
from typing import Any

from guyub.core.action import Deed
from guyub.core.actor import Actor
from guyub.cycle.listen.vocabulary import Trait, VisitResult
from guyub.cycle.map.vocabulary import ReportedBy, TieKind
from guyub.interfaces.web.note_forms import PROMISES, NoteForm, held_on


def deeds_of(form: NoteForm, actor: Actor, *, open_visit: uuid.UUID | None) -> list[Deed]:
    """All that a conversation says, in the order in which it can be done.

    Keys and identifiers follow from the form's own key: the same form sent twice says the same.
    open_visit: the planned visit that it was, while it stands.
    """
    told, key = form.cleaned_data, form.cleaned_data["key"]
    new = [(uuid.uuid5(key, f"person {name}"), name) for name in told["new_names"]]
    there = [*told["people"], *(identifier for identifier, _name in new)]

    def deed(action: str, part: str, /, **data: Any) -> Deed:
        return Deed(action=action, data=data, key=uuid.uuid5(key, part))

    deeds = [
        deed("listen.add_person", f"add {name}", id=person, name=name, community=actor.community)
        for person, name in new
    ]
    encounter = uuid.uuid5(key, "encounter")
    deeds.append(
        deed(
            "listen.record_encounter",
            "meet",
            id=encounter,
            held_on=held_on(form),
            participants=[{"person": person} for person in there],
            head_count=len(there) + told["others"] if told["others"] else None,
            **{
                name: told[name]
                for name in ("kind", "place", "initiated_by", "summary", "open_summary")
            },
        )
    )
    if open_visit:
        settled = {"visit": open_visit, "result": VisitResult.MET, "noted_on": held_on(form)}
        deeds.append(deed("listen.settle_visit", "settle", **settled))
    if len(there) == 1:
        deeds += _about(form, there[0], encounter)
    return deeds


def _about(form: NoteForm, person: uuid.UUID, encounter: uuid.UUID) -> list[Deed]:
    """What was learnt of the one person who was there."""
    told, key, day = form.cleaned_data, form.cleaned_data["key"], held_on(form)
    said: list[tuple[str, str, dict[str, Any]]] = []
    if told["life_area"]:
        concern = {name: told[name] for name in ("life_area", "own_words", "depth")}
        concern |= {"person": person, "encounter": encounter, "noted_on": day}
        said.append(("listen.note_concern", "concern", concern))
    for field, kind in (("advice", TieKind.ADVICE), ("news", TieKind.NOMINATION)):
        for other in told.get(field) or ():
            tie = {"from_person": person, "to_person": other, "kind": kind}
            tie |= {"reported_by": ReportedBy.ONE, "reported_on": day}
            said.append(("map.report_tie", f"{field} {other}", tie))
    if told["stance"]:
        seen = {"person": person, "trait": Trait.STANCE, "value": told["stance"]}
        said.append(("listen.note_observation", "stance", seen | {"observed_on": day}))
    for number in PROMISES:
        if what := told[f"promise_{number}"]:
            promise = {"person": person, "what": what, "made_on": day}
            promise["due_on"] = told[f"due_{number}"]
            said.append(("listen.make_promise", f"promise {number}", promise))
    if told["next_on"]:
        visits = [{"person": person, "planned_on": told["next_on"]}]
        said.append(("listen.plan_visits", "next", {"visits": visits}))
    return [
        Deed(action=action, data=data, key=uuid.uuid5(key, name)) for action, name, data in said
    ]
