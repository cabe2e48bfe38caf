"""What follows from the notes of Listen: the one room of this step that asks the engine."""

from guyub.cycle.listen.analysis.ladder import LadderPlace, Rung, ladder
from guyub.cycle.listen.analysis.observations import TraitRating, trait_ratings
from guyub.cycle.listen.analysis.people_search import (
    Answer,
    everyone_found,
    search_people,
)
from guyub.cycle.listen.analysis.shared_concerns import (
    AGES,
    ConcernsOverview,
    Matter,
    Suggested,
    Unheard,
    concerns_overview,
    suggested_themes,
)

__all__ = [
    "AGES",
    "Answer",
    "Matter",
    "ConcernsOverview",
    "Rung",
    "TraitRating",
    "LadderPlace",
    "Suggested",
    "Unheard",
    "everyone_found",
    "search_people",
    "ladder",
    "concerns_overview",
    "trait_ratings",
    "suggested_themes",
]
