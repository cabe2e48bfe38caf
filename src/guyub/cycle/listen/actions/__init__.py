"""The deeds of Listen."""

from guyub.cycle.listen.actions.bringing_in import bring_in_observations, bring_in_people
from guyub.cycle.listen.actions.concerns import note_concern
from guyub.cycle.listen.actions.encounters import (
    make_promise,
    note_observation,
    record_encounter,
    settle_promise,
)
from guyub.cycle.listen.actions.erasing import erase_person, redact_text
from guyub.cycle.listen.actions.meetings import (
    cancel_meeting,
    change_meeting,
    check_in,
    hold_meeting,
    invite,
    note_decision,
    plan_meeting,
    write_minutes,
)
from guyub.cycle.listen.actions.merging import merge_people, tell_apart
from guyub.cycle.listen.actions.people import add_person, change_person
from guyub.cycle.listen.actions.questions import drop_question, label_people, save_question
from guyub.cycle.listen.actions.rights import (
    ask_request,
    close_matters,
    note_consent,
    protect_person,
    settle_request,
)
from guyub.cycle.listen.actions.themes import (
    drop_theme,
    name_theme,
    put_into_theme,
    take_out_of_theme,
)
from guyub.cycle.listen.actions.visits import plan_visits, settle_visit

__all__ = [
    "take_out_of_theme",
    "put_into_theme",
    "name_theme",
    "drop_theme",
    "save_question",
    "label_people",
    "drop_question",
    "add_person",
    "ask_request",
    "bring_in_observations",
    "bring_in_people",
    "cancel_meeting",
    "change_meeting",
    "change_person",
    "check_in",
    "close_matters",
    "erase_person",
    "hold_meeting",
    "invite",
    "make_promise",
    "merge_people",
    "note_concern",
    "note_consent",
    "note_decision",
    "note_observation",
    "plan_meeting",
    "plan_visits",
    "protect_person",
    "record_encounter",
    "redact_text",
    "settle_promise",
    "settle_request",
    "settle_visit",
    "tell_apart",
    "write_minutes",
]
