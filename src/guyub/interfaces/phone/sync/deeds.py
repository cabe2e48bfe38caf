"""What may be done from a phone: the deeds of field work, and nothing else.

Accounts, roles, lists brought in and exports are for a desk, where somebody is asked again. The
names stand in the queues of phones: one that was taken once is taken for ever.
"""

from __future__ import annotations

ACTIONS = frozenset(
    {
        "listen.add_person",
        "listen.ask_request",
        "listen.change_person",
        "listen.check_in",
        "listen.close_matters",
        "listen.hold_meeting",
        "listen.make_promise",
        "listen.note_concern",
        "listen.note_consent",
        "listen.note_decision",
        "listen.note_observation",
        "listen.plan_visits",
        "listen.protect_person",
        "listen.record_encounter",
        "listen.settle_promise",
        "listen.settle_visit",
        "map.note_asset",
        "map.report_tie",
    }
)

# These change a row that others point at, so a phone says from what it changed it.
CORRECTIONS = frozenset({"listen.change_person"})
