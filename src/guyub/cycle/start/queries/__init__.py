"""What can be read of Start."""

from guyub.cycle.start.queries.outcomes import OutcomeRow, outcomes
from guyub.cycle.start.queries.plan_notes import Debrief, Decision, Exchange
from guyub.cycle.start.queries.plans import (
    AnswerRow,
    KeptBridges,
    KeptCandidates,
    KeptPlan,
    PlanLine,
    answers,
    dropped_plan,
    kept_plan,
    kept_plans,
    newest_bridges,
    newest_candidates,
    newest_plan,
    plan_learnt_from,
)

__all__ = [
    "AnswerRow",
    "Debrief",
    "Decision",
    "Exchange",
    "KeptBridges",
    "KeptCandidates",
    "KeptPlan",
    "OutcomeRow",
    "PlanLine",
    "answers",
    "dropped_plan",
    "kept_plan",
    "kept_plans",
    "newest_bridges",
    "newest_candidates",
    "newest_plan",
    "outcomes",
    "plan_learnt_from",
]
