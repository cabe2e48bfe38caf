"""What phones sent and somebody has to look at: corrections, and what still waits."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_datetime

from guyub.core.action import ACTIONS, Deed
from guyub.core.actor import Actor
from guyub.core.errors import Missing
from guyub.core.phones import SentRow
from guyub.core.queries import place_names
from guyub.core.vocabulary import SentOutcome
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.queries import PersonCard
from guyub.cycle.listen.vocabulary.person_fields import PERSON_FIELDS
from guyub.interfaces.submissions.answers import answers_in_words
from guyub.interfaces.web.people.fields import in_words, value_of

_CORRECTION = "listen.change_person"

# What somebody wrote themselves, in the deeds that come from phones.
_TEXTS = ("name", "place", "summary", "own_words", "what", "evidence", "text", "reason")


@dataclass(frozen=True, kw_only=True)
class Correction:
    """What an entry would change of somebody: each field with what stands and what was sent."""

    person: uuid.UUID
    name: str
    version: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, kw_only=True)
class ToLookAt:
    """An entry in words. seen: the versions that its corrections are shown beside.

    answers: the questions of the form that was filled in, and what was answered.
    """

    row: SentRow
    corrections: tuple[Correction, ...] = ()
    others: tuple[tuple[str, tuple[str, ...]], ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    seen: str = ""
    may_be_taken: bool = False


def in_their_words(actor: Actor, rows: Sequence[SentRow]) -> list[ToLookAt]:
    """Each entry as it is shown to whoever decides."""
    places = place_names(actor)
    return [_shown(actor, row, places) for row in rows]


def _shown(actor: Actor, row: SentRow, places: Mapping[uuid.UUID, str]) -> ToLookAt:
    corrections = []
    others = []
    missing = False
    for deed in row.deeds:
        if deed["action"] == _CORRECTION:
            card = _card(actor, deed["data"])
            missing |= card is None
            corrections += [_correction(card, deed["data"], places)] if card else []
        else:
            texts = (str(deed["data"].get(name) or "").strip() for name in _TEXTS)
            others.append((ACTIONS[deed["action"]].describe(), tuple(filter(None, texts))))
    differs = any(each.fields for each in corrections)
    return ToLookAt(
        row=row,
        corrections=tuple(corrections),
        others=tuple(others),
        answers=tuple(_answers(actor, row)),
        seen=" ".join(each.version for each in corrections),
        may_be_taken=row.outcome == SentOutcome.REVIEW and differs and not missing,
    )


def _answers(actor: Actor, row: SentRow) -> list[tuple[str, str]]:
    told = row.submission
    if told is None:
        return []
    return answers_in_words(actor, told["form"], told["version"], told["answers"])


def _card(actor: Actor, data: Mapping[str, Any]) -> PersonCard | None:
    try:
        return listen.person(actor, uuid.UUID(data["person"]))
    except (Missing, KeyError, ValueError):
        return None


def _correction(
    card: PersonCard, data: Mapping[str, Any], places: Mapping[uuid.UUID, str]
) -> Correction:
    fields = []
    for name, field in PERSON_FIELDS.items():
        if data.get(name) is None:
            continue
        stands = value_of(card.person, card.confidential, name)
        now, sent = (in_words(name, value, places) for value in (stands, data[name]))
        if now != sent:
            fields.append((str(field.label), now or "–", sent or "–"))
    return Correction(
        person=card.person.id, name=card.person.name, version=card.version, fields=tuple(fields)
    )


def deeds_of(row: SentRow, seen: str, key: uuid.UUID) -> list[Deed]:
    """What the phone had sent, to be done by whoever decided so: made from what they saw.

    seen: the versions of the people to be corrected, as they were shown, in the order of the deeds.
    """
    versions = iter(seen.split())
    deeds = []
    for number, each in enumerate(row.deeds):
        data, at = dict(each["data"]), parse_datetime(each["at"])
        if each["action"] == _CORRECTION:
            del data["base"]
            data["seen"], at = next(versions, "gone"), None
        deed = Deed(action=each["action"], data=data, at=at, key=uuid.uuid5(key, str(number)))
        deeds.append(deed)
    return deeds
