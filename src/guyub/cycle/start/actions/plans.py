"""The deeds of Start: keeping a plan, and what a worker says to whom they are to meet."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from django.utils.translation import gettext_lazy
from pydantic import Field

from guyub.core.action import action
from guyub.core.actor import Actor
from guyub.core.errors import Missing
from guyub.core.identifiers import new_identifier
from guyub.cycle.listen import queries as listen
from guyub.cycle.start.models import Bridges, Candidates, StartingPlan, SuggestionAnswer
from guyub.cycle.start.vocabulary import Answer, StartPermission

# For so long nobody is suggested to a worker who asked that somebody else goes. Our choice: a
# month, in which a colleague has been there or the team has talked about it.
SOMEBODY_ELSE_FOR = timedelta(days=30)

# So many people a plan may name: those of whole households within a month's hours. Our choice.
MOST_CHOSEN = 200


@dataclass(frozen=True, kw_only=True)
class NewPlan:
    """A plan that was worked out, with what it was worked out from."""

    count: Annotated[int, Field(ge=1, le=MOST_CHOSEN)]
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)]
    spread: Annotated[str, Field(max_length=40)]
    made_on: date
    outcome: dict[str, Any]
    id: uuid.UUID | None = None


@action(
    "start.keep_plan",
    permission=StartPermission.READ,
    sentence=gettext_lazy("worked out who to start with"),
)
def keep_plan(actor: Actor, data: NewPlan, at: datetime) -> dict[str, str]:
    """Save a starting plan."""
    plan = StartingPlan(
        id=data.id or new_identifier(),
        community_id=actor.community,
        count=data.count,
        seed=data.seed,
        spread=data.spread,
        made_on=data.made_on,
        outcome=data.outcome,
    )
    plan.save(force_insert=True)
    return {"id": str(plan.pk)}


@dataclass(frozen=True, kw_only=True)
class NewBridges:
    """Bridges and holes, as they were found on a day."""

    found_on: date
    outcome: dict[str, Any]


@action(
    "start.keep_bridges",
    permission=StartPermission.READ,
    sentence=gettext_lazy("looked for bridges and holes between people"),
)
def keep_bridges(actor: Actor, data: NewBridges, at: datetime) -> dict[str, str]:
    """Save who holds the community together, and whom to introduce."""
    row = Bridges(community_id=actor.community, found_on=data.found_on, outcome=data.outcome)
    row.save(force_insert=True)
    return {"id": str(row.pk)}


@dataclass(frozen=True, kw_only=True)
class NewCandidates:
    """Who may need a visit, as it was worked out on a day."""

    found_on: date
    found: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class AnsweredSuggestion:
    """Who was suggested, what the worker says, and on which day."""

    person: uuid.UUID
    answer: Answer
    answered_on: date


@action(
    "start.keep_candidates",
    permission=StartPermission.READ,
    sentence=gettext_lazy("looked for people who may need a visit"),
)
def keep_candidates(actor: Actor, data: NewCandidates, at: datetime) -> dict[str, str]:
    """Save who may need a visit in a large community."""
    row = Candidates(community_id=actor.community, found_on=data.found_on, found=data.found)
    row.save(force_insert=True)
    return {"id": str(row.pk)}


@action(
    "start.answer_suggestion",
    permission=StartPermission.READ,
    sentence=gettext_lazy("answered a suggestion of who to meet"),
)
def answer_suggestion(actor: Actor, data: AnsweredSuggestion, at: datetime) -> dict[str, str]:
    """Decline to meet a person, or ask for someone else to do it."""
    home = listen.homes_of(actor, {data.person}).get(data.person)
    if home is None:
        raise Missing(str(data.person))
    row = SuggestionAnswer(
        community_id=home,
        person_id=data.person,
        worker_id=actor.account,
        answer=data.answer,
        until=data.answered_on + SOMEBODY_ELSE_FOR if data.answer == Answer.SOMEBODY_ELSE else None,
    )
    row.save(force_insert=True)
    return {"id": str(row.pk)}
