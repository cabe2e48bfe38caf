"""Consent, protection, and requests about what we hold of somebody: the stricter always counts."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from guyub.core.action import action
from guyub.core.actor import Actor
from guyub.core.errors import Invalid, Missing, Refused, Stale
from guyub.core.merging import take_away
from guyub.cycle.listen.actions.encounters import day_here
from guyub.cycle.listen.models import (
    Consent,
    DataRequest,
    Person,
    PlannedVisit,
    Promise,
    PromiseOutcome,
    Protection,
    RequestOutcome,
    VisitOutcome,
)
from guyub.cycle.listen.queries.rights import (
    requests_with_result,
    standing_refusals,
)
from guyub.cycle.listen.vocabulary import ListenPermission, Outcome, VisitResult
from guyub.cycle.listen.vocabulary.rights import (
    TIME_TO_ANSWER,
    Basis,
    ConsentAnswer,
    HowGiven,
    Purpose,
    RequestKind,
    RequestResult,
)


@dataclass(frozen=True, kw_only=True)
class NewConsent:
    """What somebody said about one purpose.

    seen: refusals that whoever notes an agreement knows of, and that it takes back.
    """

    person: uuid.UUID
    purpose: Purpose
    answer: ConsentAnswer
    basis: Basis = Basis.CONSENT
    how: HowGiven = HowGiven.SPOKEN
    text_version: Annotated[str, Field(max_length=20)] = ""
    language: Annotated[str, Field(max_length=5)] = ""
    noted_on: date | None = None
    witness: Annotated[str, Field(max_length=120)] = ""
    expires_on: date | None = None
    seen: tuple[uuid.UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ProtectedPerson:
    """Somebody who must not be found, or who need not be hidden any longer."""

    person: uuid.UUID
    protected: bool


@dataclass(frozen=True, kw_only=True)
class NewRequest:
    """What somebody asks about what we hold of them."""

    person: uuid.UUID
    kind: RequestKind
    asked_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class SettledRequest:
    """What was done about a request."""

    request: uuid.UUID
    result: RequestResult


@dataclass(frozen=True, kw_only=True)
class ClosedMatters:
    """What nobody waits for any more, of somebody who moved away or died."""

    person: uuid.UUID
    visits: bool = True
    promises: bool = True


@action(
    "listen.note_consent",
    permission=ListenPermission.WRITE,
    sentence=gettext_lazy("noted a person’s consent"),
    offline=True,
)
def note_consent(actor: Actor, data: NewConsent, at: datetime) -> dict[str, str]:
    """Note what a person allows or refuses. Withdrawing consent opens a request with a deadline."""
    today = day_here(actor, at)
    person = _person(data.person)
    if data.noted_on and data.noted_on > today:
        raise Invalid({"noted_on": _("What was heard cannot be in the future.")})
    noted_on = data.noted_on or today
    if data.expires_on and data.expires_on < noted_on:
        raise Invalid({"expires_on": _("This day is before the consent itself.")})
    refusals: list[uuid.UUID | None] = [None]
    if data.answer == ConsentAnswer.GIVEN:
        rows = Consent.objects.filter(person=person, purpose=data.purpose)
        standing = [row.pk for row in standing_refusals(rows)]
        if set(standing) - set(data.seen):
            raise Stale(
                _("They have since said no. Ask them again before you note that they agree.")
            )
        refusals = [*standing] or [None]
    for refusal in refusals:
        Consent.objects.create(
            community_id=person.community_id,
            person=person,
            purpose=data.purpose,
            answer=data.answer,
            basis=data.basis,
            how=data.how,
            text_version=data.text_version,
            language=data.language,
            noted_on=noted_on,
            witness=data.witness.strip(),
            expires_on=data.expires_on,
            answers_id=refusal,
        )
    if data.answer == ConsentAnswer.WITHDRAWN:
        _ask(person, RequestKind.STOP, at)
    return {"purpose": data.purpose.value, "answer": data.answer.value}


@action(
    "listen.protect_person",
    permission=ListenPermission.WRITE,
    sentence=gettext_lazy("changed whether a person is protected"),
    offline=True,
)
def protect_person(actor: Actor, data: ProtectedPerson, at: datetime) -> None:
    """Hide the contact details of a person in danger. Only a coordinator can end this."""
    person = _person(data.person)
    rows = Protection.objects.filter(person=person)
    if data.protected and not rows.exists():
        Protection.objects.create(community_id=person.community_id, person=person)
    if not data.protected:
        actor.demand(ListenPermission.RIGHTS)
        for row in rows:
            take_away(row)


@action(
    "listen.ask_request",
    permission=ListenPermission.WRITE,
    sentence=gettext_lazy("noted a data request"),
    offline=True,
)
def ask_request(actor: Actor, data: NewRequest, at: datetime) -> dict[str, str]:
    """Note a data request. Its deadline is three days later."""
    if data.asked_at and data.asked_at.tzinfo is None:
        raise Invalid({"asked_at": _("This is not a date or time that can be read.")})
    asked_at = min(data.asked_at or at, at)
    return {"kind": data.kind.value, "id": str(_ask(_person(data.person), data.kind, asked_at))}


@action(
    "listen.settle_request",
    permission=ListenPermission.RIGHTS,
    sentence=gettext_lazy("noted the answer to a request"),
)
def settle_request(actor: Actor, data: SettledRequest, at: datetime) -> dict[str, str]:
    """Note what was done about a request."""
    row = requests_with_result().filter(pk=data.request, person__withdrawn_in=None).first()
    if row is None:
        raise Missing(str(data.request))
    if row.result is not None:  # type: ignore[attr-defined]
        raise Refused(_("Someone has already settled this."))
    RequestOutcome.objects.create(community_id=row.community_id, request=row, result=data.result)
    return {"result": data.result.value}


@action(
    "listen.close_matters",
    permission=ListenPermission.WRITE,
    sentence=gettext_lazy("dropped a person’s visits and promises"),
    offline=True,
)
def close_matters(actor: Actor, data: ClosedMatters, at: datetime) -> dict[str, int]:
    """Drop the visits planned with a person, and their open promises."""
    person, today = _person(data.person), day_here(actor, at)
    visits = promises = 0
    if data.visits:
        settled = VisitOutcome.objects.filter(result__in=(VisitResult.MET, VisitResult.DROPPED))
        waiting = PlannedVisit.objects.filter(person=person)
        for visit in waiting.exclude(pk__in=settled.values("visit")):
            VisitOutcome.objects.create(
                community_id=visit.community_id,
                visit=visit,
                result=VisitResult.DROPPED,
                noted_on=today,
            )
            visits += 1
    if data.promises:
        settled_promises = PromiseOutcome.objects.values("promise")
        for promise in Promise.objects.filter(person=person).exclude(pk__in=settled_promises):
            PromiseOutcome.objects.create(
                community_id=promise.community_id,
                promise=promise,
                outcome=Outcome.RELEASED,
                noted_on=today,
            )
            promises += 1
    return {"visits": visits, "promises": promises}


def _ask(person: Person, kind: RequestKind, asked_at: datetime) -> uuid.UUID:
    row = DataRequest.objects.create(
        community_id=person.community_id,
        person=person,
        kind=kind,
        asked_at=asked_at,
        due_at=asked_at + TIME_TO_ANSWER,
    )
    return row.pk


def _person(identifier: uuid.UUID) -> Person:
    person = Person.objects.filter(pk=identifier).first()
    if person is None:
        raise Missing(str(identifier))
    return person
