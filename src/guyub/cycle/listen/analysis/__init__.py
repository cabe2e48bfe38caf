"""What follows from the notes of Listen: the one room of this step that asks the engine."""

from guyub.cycle.listen.analysis.ladder import Rung, Standing, ladder
from guyub.cycle.listen.analysis.observations import Seen, observed
from guyub.cycle.listen.analysis.people_search import (
    Answer,
    all_asked,
    asked,
)
from guyub.cycle.listen.analysis.shared_concerns import (
    Matter,
    Moving,
    Suggested,
    Unheard,
    moving,
    suggested_themes,
)

__all__ = [
    "Answer",
    "Matter",
    "Moving",
    "Rung",
    "Seen",
    "Standing",
    "Suggested",
    "Unheard",
    "all_asked",
    "asked",
    "ladder",
    "moving",
    "observed",
    "suggested_themes",
]
