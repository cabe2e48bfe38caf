"""The deeds of Listen."""

from guyub.cycle.listen.actions.bringing_in import bring_in_observations, bring_in_people
from guyub.cycle.listen.actions.encounters import (
    make_promise,
    note_observation,
    record_encounter,
    settle_promise,
)
from guyub.cycle.listen.actions.people import add_person

__all__ = [
    "add_person",
    "bring_in_observations",
    "bring_in_people",
    "make_promise",
    "note_observation",
    "record_encounter",
    "settle_promise",
]
