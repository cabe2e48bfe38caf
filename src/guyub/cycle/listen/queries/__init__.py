"""What can be read of Listen."""

from guyub.cycle.listen.queries.awaited import (
    NamedPromise,
    promise,
    promises_due,
)
from guyub.cycle.listen.queries.card import (
    ListenCounts,
    PersonCard,
    SignedObservation,
    counts,
    person,
)
from guyub.cycle.listen.queries.concerns import ConcernRow, concerns_of
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
    groups,
    homes_of,
    names,
    people,
    phones,
)
from guyub.cycle.listen.queries.visits import VisitRow, visit, visits

__all__ = [
    "PAGE",
    "ConcernRow",
    "EncounterRow",
    "ListenCounts",
    "NamedPromise",
    "ObservationRow",
    "ParticipationRow",
    "PeoplePage",
    "PersonCard",
    "PersonRow",
    "PromiseRow",
    "SignedObservation",
    "VisitRow",
    "concerns_of",
    "counts",
    "encounters",
    "everybody",
    "groups",
    "homes_of",
    "names",
    "observations",
    "participations",
    "people",
    "person",
    "phones",
    "promise",
    "promises",
    "promises_due",
    "visit",
    "visits",
]
