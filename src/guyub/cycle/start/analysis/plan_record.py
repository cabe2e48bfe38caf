"""A starting plan as it is kept, with all that its page shows."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from guyub.cycle.start.queries import KeptPlan
from guyub.engine.plan.outcome import StartingPlan
from guyub.engine.records import Record


@dataclass(frozen=True, kw_only=True)
class Picture(Record):
    """Where everybody is drawn, who is tied to whom, and what they may be coloured by.

    people: by their identifiers; x, y, stance, place and group have one entry for each. ties: pairs
    of places in people, one after the other.
    """

    people: tuple[str, ...]
    x: tuple[int, ...]
    y: tuple[int, ...]
    stance: tuple[int, ...]
    place: tuple[str, ...]
    group: tuple[str, ...]
    ties: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class PlanRecord(Record):
    """What the engine found, people by their identifiers, and what it was asked.

    on: the day, as ISO text. excluded: who had to be left out. unwilling: how many do not want to
    be visited. picture: None for a community that is too large to be drawn. filled_in: the form, as
    it was filled in.
    """

    on: str
    plan: StartingPlan
    excluded: tuple[str, ...]
    unwilling: int
    picture: Picture | None
    filled_in: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: KeptPlan) -> Self:
        """What a plan that was kept says."""
        return cls.from_dict(kept.outcome)

    @property
    def chosen(self) -> tuple[uuid.UUID, ...]:
        """The people of the plan, in its order."""
        return tuple(uuid.UUID(each.id) for each in self.plan.catalysts)

    @property
    def begins_with(self) -> tuple[uuid.UUID, ...]:
        """Who has begun already, and the people of the plan in their order."""
        return (*map(uuid.UUID, self.plan.active), *self.chosen)

    @property
    def form(self) -> dict[str, Any]:
        """The form that asks for this plan again."""
        plan = self.plan
        asked = {"count": len(plan.catalysts), "needs": plan.needs, "objective": plan.objective}
        return asked | self.filled_in

    def visits(
        self, days: Iterable[date], unwilling: frozenset[uuid.UUID] = frozenset()
    ) -> list[dict[str, Any]]:
        """The people of the plan as visits to be planned, each with its reasons.

        days: one for each visit; who is met together has the same. unwilling: who has not allowed
        it, or no longer allows it.
        """
        places = {person: place for place, person in enumerate(self.chosen)}
        willing = [
            [person for person in people if person not in unwilling]
            for people in self._met_together()
        ]
        return [
            {"person": person, "planned_on": day, "reasons": self._reasons(places[person])}
            for people, day in zip(filter(None, willing), days, strict=False)
            for person in people
        ]

    def _met_together(self) -> list[list[uuid.UUID]]:
        """The people of each visit; everybody alone where the plan does not say it."""
        visits = self.plan.visits
        if visits is None:
            return [[person] for person in self.chosen]
        return [[uuid.UUID(person) for person in visit.people] for visit in visits.visits]

    def _reasons(self, place: int) -> list[dict[str, Any]]:
        why = [reason.to_dict() for reason in self.plan.catalysts[place].reasons]
        return [{"code": "in_the_plan", "facts": {"place": place + 1}}, *why]
