"""The deeds of Listen."""

from guyub.cycle.listen.actions.bringing_in import bring_in_observations, bring_in_people
from guyub.cycle.listen.actions.concerns import note_concern
from guyub.cycle.listen.actions.encounters import (
    make_promise,
    note_observation,
    record_encounter,
    settle_promise,
)
from guyub.cycle.listen.actions.people import add_person, change_person
from guyub.cycle.listen.actions.visits import plan_visits, settle_visit

__all__ = [
    "add_person",
    "bring_in_observations",
    "bring_in_people",
    "change_person",
    "make_promise",
    "note_concern",
    "note_observation",
    "plan_visits",
    "record_encounter",
    "settle_promise",
    "settle_visit",
]
