"""The deeds that belong to no step: communities, accounts and roles, and taking a deed back."""

from guyub.core.actions.accounts import (
    change_own_profile,
    close_account,
    grant_role,
    open_account,
    set_password,
    withdraw_role,
)
from guyub.core.actions.calendars import drop_calendar_link, make_calendar_link
from guyub.core.actions.communities import found_community
from guyub.core.actions.exports import note_export
from guyub.core.actions.phones import (
    register_device,
    revoke_device,
    settle_sent,
    switch_offline,
)
from guyub.core.actions.withdrawal import withdraw_entry

__all__ = [
    "change_own_profile",
    "close_account",
    "drop_calendar_link",
    "found_community",
    "grant_role",
    "make_calendar_link",
    "note_export",
    "open_account",
    "register_device",
    "revoke_device",
    "set_password",
    "settle_sent",
    "switch_offline",
    "withdraw_entry",
    "withdraw_role",
]
