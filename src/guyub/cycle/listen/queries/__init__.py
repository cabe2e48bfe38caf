"""What can be read of Listen."""

from guyub.cycle.listen.queries.card import (
    ListenCounts,
    PersonCard,
    SignedObservation,
    counts,
    person,
)
from guyub.cycle.listen.queries.notes import (
    EncounterRow,
    ObservationRow,
    ParticipationRow,
    PromiseRow,
    encounters,
    observations,
    participations,
    promises,
)
from guyub.cycle.listen.queries.people_list import (
    PAGE,
    PeoplePage,
    PersonRow,
    everybody,
    homes_of,
    names,
    people,
    phones,
)

__all__ = [
    "PAGE",
    "EncounterRow",
    "ListenCounts",
    "ObservationRow",
    "ParticipationRow",
    "PeoplePage",
    "PersonCard",
    "PersonRow",
    "PromiseRow",
    "SignedObservation",
    "counts",
    "encounters",
    "everybody",
    "homes_of",
    "names",
    "observations",
    "participations",
    "people",
    "person",
    "phones",
    "promises",
]
