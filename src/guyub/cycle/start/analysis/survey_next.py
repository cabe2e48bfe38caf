"""Whom to ask about their ties next, for the sake of a plan."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from guyub.core.actor import Actor
from guyub.core.errors import Refused
from guyub.core.query import query
from guyub.cycle.listen import queries as listen
from guyub.cycle.start.analysis.plans import frame_of
from guyub.cycle.start.vocabulary import StartPermission

# People up to whom it is worked out while the page waits. Our choice: two or three seconds.
MOST_ASKED_OF = 1000


@dataclass(frozen=True, kw_only=True)
class ToAsk:
    """Somebody to ask, and why as facts. more: how many more a plan would reach, None unknown."""

    person: uuid.UUID
    name: str
    more: float | None
    reasons: tuple[dict[str, Any], ...]


@dataclass(frozen=True, kw_only=True)
class SurveyList:
    """Whom to ask next. asked, people: how many told of their ties, of how many.

    enough: how many should have, before a plan is worth trusting.
    """

    next: tuple[ToAsk, ...]
    asked: int
    people: int
    enough: int


@query("start.people_to_survey", permission=StartPermission.READ)
def people_to_survey(actor: Actor, count: int = 5, limit: int = 5) -> SurveyList:
    """People whose ties, once known, would most improve a plan of `count` people.

    Whoever does not want to be visited is left out, and whom somebody is going to see anyway.

    :raises Refused: too many people live here, or too few for a plan.
    """
    import numpy as np

    from guyub.engine import EngineError, survey_next

    rows = listen.all_people(actor)
    if len(rows) > MOST_ASKED_OF:
        raise Refused(
            _("This works for up to %(most)s people at once. Open a smaller community.")
            % {"most": MOST_ASKED_OF}
        )
    seen = frame_of(actor, rows)
    unwilling = listen.unwilling(actor)
    refusing, spared = (
        np.array([row.id in people for row in rows], np.bool_)
        for people in (unwilling, unwilling | listen.expected_visits(actor))
    )
    try:
        found = survey_next(
            seen, count, most=limit, candidates=~(seen.opposed() | refusing), spared=spared
        )
    except EngineError:
        raise Refused(_("There are too few people for a plan yet.")) from None
    persons = {identifier: row.id for row, identifier in zip(rows, seen.id, strict=True)}
    return SurveyList(
        next=tuple(
            ToAsk(
                person=persons[each.id],
                name=each.name,
                more=each.more,
                reasons=_reasons(each.unknown, each.enters),
            )
            for each in found.people
        ),
        asked=found.asked,
        people=len(rows),
        enough=found.enough,
    )


def _reasons(unknown: float, enters: float) -> tuple[dict[str, Any], ...]:
    """Why somebody is asked, as facts for sentences."""
    facts = {"count": round(unknown)}
    reasons = [{"code": "ties_unknown" if facts["count"] else "ties_not_told", "facts": facts}]
    if round(100 * enters):
        reasons.append({"code": "may_be_in_plan", "facts": {"share": round(100 * enters)}})
    return tuple(reasons)
