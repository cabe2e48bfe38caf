"""What people allow, and what they ask about what we hold of them."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from guyub.core.actor import Actor
from guyub.core.cache import Cache
from guyub.core.errors import Missing
from guyub.core.query import query
from guyub.cycle.listen.models import (
    Consent,
    DataRequest,
    Person,
    Protection,
    RequestOutcome,
)
from guyub.cycle.listen.vocabulary import ListenPermission
from guyub.cycle.listen.vocabulary.rights import (
    Allowed,
    Basis,
    ConsentAnswer,
    HowGiven,
    Purpose,
    RequestKind,
    RequestResult,
)

# Settled requests that a page shows beneath the open ones. Our choice.
_SETTLED_SHOWN = 50

# What somebody has to allow before they are suggested to a worker.
_SOUGHT = (Purpose.CONTACT, Purpose.KEEP)


@dataclass(frozen=True, kw_only=True)
class ConsentRow:
    """What somebody said once about one purpose."""

    id: uuid.UUID
    purpose: Purpose
    answer: ConsentAnswer
    basis: Basis
    how: HowGiven
    text_version: str
    language: str
    noted_on: date
    noted_by: str
    witness: str
    expires_on: date | None


@dataclass(frozen=True, kw_only=True)
class RequestRow:
    """What somebody asks; without a result it is open, and has to be answered by `due_at`."""

    id: uuid.UUID
    person: uuid.UUID
    name: str
    community: uuid.UUID
    kind: RequestKind
    asked_at: datetime
    due_at: datetime
    noted_by: str
    result: RequestResult | None


@dataclass(frozen=True, kw_only=True)
class RightsCard:
    """What somebody allows and asks. refusals: what counts against each purpose, by identifier."""

    allowed: dict[Purpose, Allowed]
    refusals: tuple[uuid.UUID, ...]
    consents: tuple[ConsentRow, ...]
    requests: tuple[RequestRow, ...]
    protected: bool


@query("listen.rights", permission=ListenPermission.WRITE)
def rights(actor: Actor, person: uuid.UUID) -> RightsCard:
    """A person's consent and data requests.

    :raises Missing: nobody here has this identifier.
    """
    if not Person.objects.filter(pk=person).exists():
        raise Missing(str(person))
    rows = list(
        Consent.objects.filter(person=person).select_related("stated_in__account").order_by("-id")
    )
    requests = requests_with_result().filter(person=person).order_by("-asked_at", "-id")
    return RightsCard(
        allowed={purpose: _allowed(rows, purpose) for purpose in Purpose},
        refusals=tuple(row.pk for row in standing_refusals(rows)),
        consents=tuple(_consent_row(row) for row in rows),
        requests=tuple(_request_row(row) for row in requests),
        protected=Protection.objects.filter(person=person).exists(),
    )


@query("listen.requests", permission=ListenPermission.RIGHTS)
def requests(actor: Actor, *, only_open: bool = False) -> tuple[RequestRow, ...]:
    """Open requests, the next deadline first; then those that were settled lately, if wanted."""
    if not DataRequest.objects.exists():
        return ()
    rows: QuerySet[Any] = requests_with_result().filter(person__withdrawn_in=None)
    waiting = rows.filter(result=None).order_by("due_at", "id")
    if only_open:
        return tuple(_request_row(row) for row in waiting)
    settled = rows.exclude(result=None).order_by("-asked_at", "-id")[:_SETTLED_SHOWN]
    return tuple(_request_row(row) for row in (*waiting, *settled))


@query("listen.request", permission=ListenPermission.RIGHTS)
def request(actor: Actor, identifier: uuid.UUID) -> RequestRow:
    """One request, whatever its outcome.

    :raises Missing: it is not there.
    """
    row = requests_with_result().filter(pk=identifier, person__withdrawn_in=None).first()
    if row is None:
        raise Missing(str(identifier))
    return _request_row(row)


@query("listen.unwilling", permission=ListenPermission.WRITE)
def unwilling(actor: Actor) -> frozenset[uuid.UUID]:
    """People not to contact: they refused visits or storage, or their consent ran out."""
    return _unwilling.get(actor, timezone.localdate(), _read_unwilling, own=False)


_unwilling = Cache[frozenset[uuid.UUID]]()


def _read_unwilling() -> frozenset[uuid.UUID]:
    said = Consent.objects.filter(purpose__in=_SOUGHT)
    # Most people never said no: only those are looked at who did, or whose yes has an end.
    doubtful = said.filter(~Q(answer=ConsentAnswer.GIVEN) | Q(expires_on__isnull=False))
    of_person: dict[uuid.UUID, list[Consent]] = defaultdict(list)
    for row in said.filter(person__in=doubtful.values("person")).order_by("id"):
        of_person[row.person_id].append(row)
    return frozenset(
        person
        for person, rows in of_person.items()
        if any(_allowed(rows, purpose) in {Allowed.NO, Allowed.EXPIRED} for purpose in _SOUGHT)
    )


def requests_with_result() -> QuerySet[DataRequest]:
    """Requests with what became of each, as `result`."""
    latest = RequestOutcome.objects.filter(request=OuterRef("pk")).order_by("-id")
    rows = DataRequest.objects.select_related("person", "stated_in__account")
    return rows.annotate(result=Subquery(latest.values("result")[:1]))


def standing_refusals(rows: Iterable[Consent]) -> list[Consent]:
    """Refusals that nobody agreed to since who knew of them.

    However notes come together (two phones, two records of one person), the stricter counts.
    """
    rows = list(rows)
    answered = {row.answers_id for row in rows if row.answer == ConsentAnswer.GIVEN}
    return [row for row in rows if row.answer != ConsentAnswer.GIVEN and row.pk not in answered]


def refusing(people: set[uuid.UUID], purpose: Purpose) -> set[uuid.UUID]:
    """Who of these people does not allow something."""
    rows = Consent.objects.filter(purpose=purpose)
    if len(people) == 1:
        rows = rows.filter(person__in=people)
    return {row.person_id for row in standing_refusals(rows)} & people


def is_protected(person: str) -> Exists:
    """Whether the person in this column must not be found, to be asked along with the rows."""
    return Exists(Protection.objects.filter(person=OuterRef(person)))


def may_call(actor: Actor, row: Any) -> bool:
    """Whether this actor may know the number of somebody; `hidden` of the row says who is not."""
    return actor.may(ListenPermission.RIGHTS) or not row.hidden


def _allowed(rows: Iterable[Consent], purpose: Purpose) -> Allowed:
    about = [row for row in rows if row.purpose == purpose]
    if standing_refusals(about):
        return Allowed.NO
    given = [row for row in about if row.answer == ConsentAnswer.GIVEN]
    if not given:
        return Allowed.UNASKED
    today = timezone.localdate()
    lasting = any(row.expires_on is None or row.expires_on >= today for row in given)
    return Allowed.YES if lasting else Allowed.EXPIRED


def _consent_row(row: Consent) -> ConsentRow:
    return ConsentRow(
        id=row.pk,
        purpose=Purpose(row.purpose),
        answer=ConsentAnswer(row.answer),
        basis=Basis(row.basis),
        how=HowGiven(row.how),
        text_version=row.text_version,
        language=row.language,
        noted_on=row.noted_on,
        noted_by=row.stated_in.account.name,
        witness=row.witness,
        expires_on=row.expires_on,
    )


def _request_row(row: DataRequest) -> RequestRow:
    result = row.result  # type: ignore[attr-defined]
    return RequestRow(
        id=row.pk,
        person=row.person_id,
        name=row.person.name,
        community=row.community_id,
        kind=RequestKind(row.kind),
        asked_at=row.asked_at,
        due_at=row.due_at,
        noted_by=row.stated_in.account.name,
        result=RequestResult(result) if result else None,
    )
