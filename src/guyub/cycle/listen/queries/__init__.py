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
from guyub.cycle.listen.queries.likeness import (
    LikelyPair,
    LikelyPairs,
    MergePreview,
    alike,
    likely_pairs,
    merge_preview,
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
from guyub.cycle.listen.queries.own_data import Mention, OwnData, mentions, own_data
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
from guyub.cycle.listen.queries.rights import (
    ConsentRow,
    RequestRow,
    RightsCard,
    request,
    requests,
    rights,
)
from guyub.cycle.listen.queries.visits import VisitRow, visit, visits

__all__ = [
    "Carried",
    "CarriedEncounter",
    "CarriedPerson",
    "ConcernRow",
    "ConsentRow",
    "Contact",
    "EncounterRow",
    "LikelyPair",
    "LikelyPairs",
    "ListenCounts",
    "MOST_CARRIED",
    "Mention",
    "MergePreview",
    "NamedPromise",
    "ObservationRow",
    "OwnData",
    "PAGE",
    "ParticipationRow",
    "PeoplePage",
    "PersonCard",
    "PersonRow",
    "PromiseRow",
    "RequestRow",
    "RightsCard",
    "SignedObservation",
    "VisitRow",
    "alike",
    "carried",
    "concerns_of",
    "contacts",
    "counts",
    "encounters",
    "everybody",
    "groups",
    "has_more_people",
    "homes_of",
    "likely_pairs",
    "mentions",
    "merge_preview",
    "met_lately",
    "names",
    "observations",
    "own_data",
    "participations",
    "people",
    "person",
    "phones",
    "phones_of",
    "promise",
    "promises",
    "promises_due",
    "request",
    "requests",
    "rights",
    "seen_together",
    "visit",
    "visits",
]
