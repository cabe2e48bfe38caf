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
from guyub.cycle.listen.queries.carried import (
    MOST_CARRIED,
    Carried,
    CarriedEncounter,
    CarriedPerson,
    carried,
)
from guyub.cycle.listen.queries.concerns import ConcernRow, concerns_of
from guyub.cycle.listen.queries.contact import (
    Contact,
    contacts,
    has_more_people,
    phones_of,
    seen_together,
)
from guyub.cycle.listen.queries.lately import met_lately
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
    "MOST_CARRIED",
    "PAGE",
    "Carried",
    "CarriedEncounter",
    "CarriedPerson",
    "ConcernRow",
    "Contact",
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
    "carried",
    "concerns_of",
    "contacts",
    "counts",
    "encounters",
    "everybody",
    "groups",
    "has_more_people",
    "homes_of",
    "met_lately",
    "names",
    "observations",
    "participations",
    "people",
    "person",
    "phones",
    "phones_of",
    "promise",
    "promises",
    "promises_due",
    "seen_together",
    "visit",
    "visits",
]
