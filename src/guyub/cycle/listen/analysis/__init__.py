"""What follows from the notes of Listen: the one room of this step that asks the engine."""

from guyub.cycle.listen.analysis.asking import (
    Answer,
    all_asked,
    asked,
)
from guyub.cycle.listen.analysis.ladder import Rung, Standing, ladder
from guyub.cycle.listen.analysis.moving import (
    Matter,
    Moving,
    Suggested,
    Unheard,
    moving,
    suggested_themes,
)
from guyub.cycle.listen.analysis.observed import Seen, observed

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
