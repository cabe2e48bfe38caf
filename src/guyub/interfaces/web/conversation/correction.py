"""A conversation that was noted is noted again, rightly: the form as it was filled in then.

What the old entry stated is withdrawn in the entry that states it anew, so that both happen or
neither; whoever was new then stays, for others may have met them since.
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from guyub.core.action import Deed
from guyub.core.actor import Actor
from guyub.core.errors import Refused
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.queries import NotedConversation
from guyub.cycle.listen.vocabulary import Part, Trait
from guyub.cycle.map import queries as map_queries
from guyub.cycle.map.vocabulary import Capital, MapPermission, TieKind
from guyub.interfaces.web.conversation.forms import PROMISES, SKILLS

_TIES = {TieKind.ADVICE: "advice", TieKind.NOMINATION: "news", TieKind.ORGANISES: "brings"}

# What an entry may hold besides what the form says anew.
_BESIDE = frozenset({"listen.add_person", "core.withdraw_entry"})


@dataclass(frozen=True, kw_only=True)
class NotedBefore:
    """How the form was filled in, and what is withdrawn when it is noted again."""

    entry: uuid.UUID
    deeds: tuple[uuid.UUID, ...]
    answers: dict[str, Any]
    settled: uuid.UUID | None

    def withdrawal(self, key: uuid.UUID) -> Deed:
        """The deed that takes the old note back. key: that of the form."""
        data = {"entry": self.entry, "deeds": self.deeds}
        return Deed(action="core.withdraw_entry", data=data, key=uuid.uuid5(key, "withdraw"))


def noted_before(actor: Actor, encounter: uuid.UUID) -> NotedBefore:
    """What was noted of a conversation, as answers to the form.

    :raises Missing: it is not here, or not one's own note.
    :raises Refused: it was withdrawn, or the form cannot say all of it and would lose some.
    """
    noted = listen.noted_conversation(actor, encounter)
    deeds = tuple(key for key, action in noted.deeds.items() if action not in _BESIDE)
    answers, said = _answers(actor, noted)
    if said != Counter(action for action in noted.deeds.values() if action not in _BESIDE):
        raise Refused(
            _("More was noted in one go than this form can say again. Nothing was changed.")
        )
    return NotedBefore(entry=noted.entry, deeds=deeds, answers=answers, settled=noted.settled)


def _answers(actor: Actor, noted: NotedConversation) -> tuple[dict[str, Any], Counter[str]]:
    """The answers, and by how many deeds of each kind the form would say them."""
    people = list(dict.fromkeys(person for person, _part in noted.parts))
    answers: dict[str, Any] = {
        "people": people,
        "kind": noted.kind,
        "place": noted.place,
        "initiated_by": noted.initiated_by,
        "others": noted.head_count - len(people) if noted.head_count else None,
        "summary": noted.summary,
        "open_summary": noted.open_summary,
        "asked_to_lead": any(part == Part.ASKED for _person, part in noted.parts),
        **{f"part_{person}": part for person, part in noted.parts if part != Part.ASKED},
        **_when(noted),
    }
    said = Counter({"listen.record_encounter": 1, "listen.settle_visit": bool(noted.settled)})
    about = {person for person, part in noted.parts if part == Part.ASKED}
    for each in (_cared(noted), _judged(noted), _promised(noted), _learnt(actor, noted)):
        told, counted, persons = each
        answers |= told
        said += counted
        about |= persons
    if len(about) == 1:
        answers["about"] = next(iter(about))
    # What is said of several, or of somebody who was not there, is nothing that the form can say.
    said["about"] = len(about) > 1 or not about <= set(people)
    # Nor that somebody did two things at once, or was asked without having been there.
    did = [person for person, part in noted.parts if part != Part.ASKED]
    said["parts"] = sorted(did) != sorted(people)
    return answers, +said


_Told = tuple[dict[str, Any], Counter[str], set[uuid.UUID]]


def _when(noted: NotedConversation) -> dict[str, Any]:
    if noted.month_only:
        return {"month": f"{noted.held_on:%Y-%m}"}
    if noted.time_of_day:
        return {"when": f"{noted.held_on} {noted.time_of_day}"}
    return {"day": noted.held_on}


def _cared(noted: NotedConversation) -> _Told:
    told: dict[str, Any] = {}
    if noted.concerns:
        first = noted.concerns[0]
        alike = [
            each
            for each in noted.concerns
            if (each.own_words, each.depth, each.shared_with)
            == (first.own_words, first.depth, first.shared_with)
        ]
        told = {"own_words": first.own_words, "depth": first.depth}
        told["sharing"] = sorted(first.shared_with)
        told["life_area"] = [each.life_area for each in alike]
    counted = Counter({"listen.note_concern": len(set(told.get("life_area", ())))})
    return told, counted, {each.person for each in noted.concerns}


def _judged(noted: NotedConversation) -> _Told:
    told: dict[str, Any] = {each.trait.value: each.value for each in noted.observations}
    evidence = {each.evidence for each in noted.observations}
    if len(evidence) == 1:
        told["evidence"] = evidence.pop()
    counted = Counter({"listen.note_observation": len(told.keys() & set(Trait.values))})
    if evidence:
        counted["evidence"] = 1
    return told, counted, {each.person for each in noted.observations}


def _promised(noted: NotedConversation) -> _Told:
    told: dict[str, Any] = {}
    for number, each in zip(PROMISES, noted.promises, strict=False):
        told |= {f"promise_{number}": each.what, f"due_{number}": each.due_on}
        told[f"mine_{number}"] = each.by_worker
    counted = Counter({"listen.make_promise": min(len(noted.promises), len(PROMISES))})
    if noted.visits:
        told["next_on"] = noted.visits[0][1]
        counted["listen.plan_visits"] = 1
        counted["visits"] = len(noted.visits) - 1
    persons = {each.person for each in noted.promises}
    return told, counted, persons | {person for person, _day in noted.visits}


def _learnt(actor: Actor, noted: NotedConversation) -> _Told:
    told: dict[str, Any] = {}
    counted: Counter[str] = Counter()
    if not actor.may(MapPermission.WRITE):
        return told, counted, set()
    deeds = frozenset(noted.deeds)
    ties = map_queries.ties_noted_in(actor, deeds)
    assets = map_queries.assets_noted_in(actor, deeds)
    for tie in ties:
        field = _TIES.get(tie.kind, "known")
        if field == "known" and told.setdefault("known_kind", tie.kind) != tie.kind:
            continue
        told.setdefault(field, []).append(tie.to_person)
        counted["map.report_tie"] += 1
        # How strong it is and who says so, the form does not ask.
        counted["more of a tie"] += bool(tie.strength or tie.source)
    skills = [each for each in assets if each.row.capital == Capital.HUMAN]
    for number, skill in zip(SKILLS, skills, strict=False):
        told |= {f"skill_{number}": skill.row.name, f"level_{number}": skill.row.level}
        told[f"teaches_{number}"] = skill.row.would_teach
        counted["map.note_asset"] += 1
    if things := [each for each in assets if each.row.capital != Capital.HUMAN][:1]:
        told |= {"asset": things[0].row.name, "asset_capital": things[0].row.capital}
        counted["map.note_asset"] += 1
    return told, counted, {tie.from_person for tie in ties} | {each.holder for each in assets}
