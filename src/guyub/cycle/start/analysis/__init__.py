"""The one room of Start that asks the engine."""

from guyub.cycle.start.analysis.bridges import draft_bridges
from guyub.cycle.start.analysis.calibration import Band, Calibration, calibration
from guyub.cycle.start.analysis.first_among import FirstPerson, first_among
from guyub.cycle.start.analysis.hear_first import HearFirst, ToHear, hear_first
from guyub.cycle.start.analysis.plan_exchange import draft_exchange
from guyub.cycle.start.analysis.plan_progress import (
    DoneSince,
    PersonProgress,
    PlanProgress,
    heard_first,
    plan_progress,
)
from guyub.cycle.start.analysis.plan_record import Picture, PlanRecord
from guyub.cycle.start.analysis.plan_wishes import HoursWished, PlanWishes
from guyub.cycle.start.analysis.plans import TooLittleHeard, draft_plan, frame, plan_sentences
from guyub.cycle.start.analysis.suggestions import (
    Suggestion,
    find_candidates,
    lacks_candidates,
    suggest_people,
)
from guyub.cycle.start.analysis.survey_next import SurveyList, ToAsk, people_to_survey
from guyub.cycle.start.analysis.timeline import Followed, FollowedPlan, followed
from guyub.engine.diffusion.reach import Reach
from guyub.engine.plan.outcome import SELF_STARTERS, Chosen, StartingPlan
from guyub.engine.reasons import Reason

__all__ = [
    "SELF_STARTERS",
    "Band",
    "Calibration",
    "Chosen",
    "DoneSince",
    "FirstPerson",
    "Followed",
    "FollowedPlan",
    "HearFirst",
    "HoursWished",
    "PersonProgress",
    "Picture",
    "PlanProgress",
    "PlanRecord",
    "PlanWishes",
    "Reach",
    "Reason",
    "StartingPlan",
    "Suggestion",
    "ToAsk",
    "ToHear",
    "TooLittleHeard",
    "SurveyList",
    "calibration",
    "draft_bridges",
    "draft_exchange",
    "draft_plan",
    "find_candidates",
    "first_among",
    "followed",
    "frame",
    "hear_first",
    "heard_first",
    "lacks_candidates",
    "plan_progress",
    "plan_sentences",
    "people_to_survey",
    "suggest_people",
]
