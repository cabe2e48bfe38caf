"""One person of a plan is exchanged: the others stay, and whoever adds most to them comes in."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from guyub.core.actor import Actor
from guyub.core.errors import Refused
from guyub.core.query import query
from guyub.cycle.start.analysis.plan_record import PlanRecord
from guyub.cycle.start.analysis.plan_wishes import PlanWishes
from guyub.cycle.start.analysis.plans import draft_plan
from guyub.cycle.start.queries import kept_plan
from guyub.cycle.start.vocabulary import StartPermission

# The kinds of evidence that a form weighs.
_WEIGHED = ("acts", "traits", "named")

# What a plan with people who are given cannot look to besides.
_NOT_WITH_GIVEN = {"hours", "visit_hours", "far", "far_hours", "households"} | {
    "fair_by",
    "aim",
    "most_for",
}


@query("start.draft_exchange", permission=StartPermission.READ)
def draft_exchange(actor: Actor, plan: uuid.UUID, person: uuid.UUID) -> PlanRecord:
    """A plan in which somebody is left out, the others stay, and one more is chosen beside them.

    Whoever comes in is who adds most, as if the others start for certain.

    :raises Missing: the plan is not there, or somebody else's.
    :raises Refused: the person is not in it; it is one for a habit; nobody is left to choose.
    """
    record = PlanRecord.of(kept_plan(actor, plan))
    others = tuple(each for each in record.chosen if each != person)
    if len(others) == len(record.chosen):
        raise Refused(_("This person is not in the plan any more."))
    if record.plan.needs != 1:
        raise Refused(
            _("For a habit people count together: leave them out and work the plan out again.")
        )
    wishes = _wishes(record, person)
    begun = (*wishes.active, *others)
    adding = draft_plan(actor, replace(wishes, count=1, active=begun))
    drafted = draft_plan(actor, replace(wishes, given=(*others, *adding.chosen)))
    form = {name: value for name, value in record.form.items() if name not in _NOT_WITH_GIVEN}
    return replace(drafted, filled_in=form)


def _wishes(record: PlanRecord, person: uuid.UUID) -> PlanWishes:
    form: dict[str, Any] = record.form
    return PlanWishes(
        count=len(record.chosen),
        excluded=(*map(uuid.UUID, record.excluded), person),
        active=tuple(map(uuid.UUID, record.plan.active)),
        competitive=bool(form.get("competitive")),
        objective=record.plan.objective,
        evidence={name: float(form[name]) for name in _WEIGHED if form.get(name)},
        seed=record.plan.seed,
    )
