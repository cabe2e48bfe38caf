"""The one room of Start that asks the engine."""

from guyub.cycle.start.analysis.day import Suggestion, whom_to_meet
from guyub.cycle.start.analysis.plans import draft_plan, frame, plan_sentences

__all__ = ["Suggestion", "draft_plan", "frame", "plan_sentences", "whom_to_meet"]
