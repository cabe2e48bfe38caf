"""The one room of Start that asks the engine."""

from guyub.cycle.start.analysis.bridges import draft_bridges
from guyub.cycle.start.analysis.plan_wishes import DEEDS, HoursWished, PlanWishes
from guyub.cycle.start.analysis.plans import draft_plan, frame, plan_sentences
from guyub.cycle.start.analysis.suggestions import (
    Suggestion,
    find_candidates,
    lacks_candidates,
    whom_to_meet,
)
from guyub.cycle.start.analysis.survey_next import ToAsk, WhomToAsk, whom_to_ask
from guyub.cycle.start.analysis.timeline import Followed, FollowedPlan, followed

__all__ = [
    "DEEDS",
    "Followed",
    "FollowedPlan",
    "HoursWished",
    "PlanWishes",
    "Suggestion",
    "ToAsk",
    "WhomToAsk",
    "draft_bridges",
    "draft_plan",
    "find_candidates",
    "followed",
    "frame",
    "lacks_candidates",
    "plan_sentences",
    "whom_to_ask",
    "whom_to_meet",
]
