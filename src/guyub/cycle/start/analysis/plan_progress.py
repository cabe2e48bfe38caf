"""How far a plan has come: who was met, what came of it, and who has done something since."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from guyub.core.actor import Actor
from guyub.core.cache import Cache
from guyub.core.query import query
from guyub.core.redirects import followed
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.vocabulary import ListenPermission
from guyub.cycle.start.analysis.plan_record import PlanRecord
from guyub.cycle.start.queries import KeptPlan, OutcomeRow, kept_plan, outcomes
from guyub.cycle.start.vocabulary import CameOfIt, StartPermission


@dataclass(frozen=True, kw_only=True)
class DoneSince:
    """What somebody did of their own accord since the day of a plan."""

    kept: int = 0
    hosted: int = 0
    organised: int = 0
    brought: int = 0

    def __bool__(self) -> bool:
        return any((self.kept, self.hosted, self.organised, self.brought))


@dataclass(frozen=True, kw_only=True)
class PersonProgress:
    """How far it has come with one person of a plan.

    listed: as the plan calls them, person: who that is today. plan: in which they stood first,
    where it gave way to others; None for who is heard first. outcome: None where none is noted, or
    they were met after somebody noted that they were not.
    """

    listed: uuid.UUID
    plan: uuid.UUID | None
    person: uuid.UUID
    met: bool
    outcome: CameOfIt | None = None
    noted_on: date | None = None
    noted_by: str = ""
    since: DoneSince = DoneSince()

    @property
    def has_begun(self) -> bool:
        """Whether they did something since, which nobody has noted as what came of it."""
        return bool(self.since) and self.outcome != CameOfIt.STARTED


@dataclass(frozen=True, kw_only=True)
class PlanProgress:
    """How far it has come with everybody of a plan, in its order."""

    people: tuple[PersonProgress, ...]

    @property
    def met(self) -> int:
        """How many were met."""
        return sum(each.met for each in self.people)


@query("start.plan_progress", permission=StartPermission.READ)
def plan_progress(actor: Actor, plan: uuid.UUID) -> PlanProgress:
    """How far it has come with a plan that this actor may see.

    :raises Missing: it is not there, or somebody else's.
    """
    own = not actor.may(ListenPermission.CONFIDENTIAL)
    return _known.get(actor, plan, lambda: _of_plan(actor, plan), own=own)


# Of so many plans and workers; a few rows for each. Our choice.
_known = Cache[PlanProgress](most=64)


def _of_plan(actor: Actor, plan: uuid.UUID) -> PlanProgress:
    noted, found = outcomes(actor), list[PersonProgress]()
    kept = kept_plan(actor, plan)
    for listed in PlanRecord.of(kept).chosen:
        first = _first_with(actor, kept, listed)
        rows: Mapping[uuid.UUID | None, OutcomeRow] = {
            row.person: row for row in noted if row.plan == first.id
        }
        found += _progress(actor, [listed], first.made_on, rows, first.id)
    return PlanProgress(people=tuple(found))


def _first_with(actor: Actor, kept: KeptPlan, person: uuid.UUID) -> KeptPlan:
    """The plan in which somebody stood first, of those that gave way to one another."""
    while kept.exchange is not None:
        before = kept_plan(actor, kept.exchange.replaces)
        if person not in PlanRecord.of(before).chosen:
            break
        kept = before
    return kept


@query("start.heard_first", permission=StartPermission.READ)
def heard_first(actor: Actor) -> PlanProgress:
    """How far it has come with those who were to be heard first, the latest first."""
    own = not actor.may(ListenPermission.CONFIDENTIAL)
    return _known.get(actor, None, lambda: _heard(actor), own=own)


def _heard(actor: Actor) -> PlanProgress:
    noted: Mapping[uuid.UUID | None, OutcomeRow] = {
        row.person: row for row in outcomes(actor) if row.heard_first and row.person
    }
    latest = sorted(noted.values(), key=lambda row: row.planned_on, reverse=True)
    people = [
        each
        for row in latest
        if row.person
        for each in _progress(actor, [row.person], row.planned_on, noted, None)
    ]
    return PlanProgress(people=tuple(people))


def _progress(
    actor: Actor,
    listed: Iterable[uuid.UUID],
    made_on: date,
    noted: Mapping[uuid.UUID | None, OutcomeRow],
    plan: uuid.UUID | None,
) -> tuple[PersonProgress, ...]:
    people = {each: uuid.UUID(followed(str(each))) for each in listed}
    today = frozenset(people.values())
    contacts = listen.contacts(actor, today)
    # What was done on the day itself was known to the plan.
    did = listen.deeds_since(actor, made_on + timedelta(days=1), about=today)
    found = []
    for listed_as, person in people.items():
        row, contact, deeds = noted.get(person), contacts.get(person), did.get(person)
        said_not_met = row is not None and row.outcome == CameOfIt.NOT_MET
        met_from = row.noted_on if row is not None and said_not_met else made_on
        met = contact is not None and contact.last_on >= met_from
        answered = row is not None and not said_not_met
        found.append(
            PersonProgress(
                listed=listed_as,
                plan=plan,
                person=person,
                met=met or answered,
                outcome=row.outcome if row and not (said_not_met and met) else None,
                noted_on=row.noted_on if row else None,
                noted_by=row.noted_by if row else "",
                since=DoneSince(
                    kept=deeds.kept,
                    hosted=deeds.hosted,
                    organised=deeds.organised,
                    brought=deeds.brought,
                )
                if deeds
                else DoneSince(),
            )
        )
    return tuple(found)
