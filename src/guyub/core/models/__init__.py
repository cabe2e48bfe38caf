"""The tables under every step: who belongs where, and the log of all deeds."""

from guyub.core.models.calendar import CalendarLink
from guyub.core.models.change import Change
from guyub.core.models.covering import CoveringIndex
from guyub.core.models.footprint import Footprint
from guyub.core.models.job import Job
from guyub.core.models.log import LogEntry, LogHead
from guyub.core.models.phone import Device, HandedOver, OfflineBan, SentEntry, Settlement
from guyub.core.models.redirect import Erased, NamelessCount, Redirect
from guyub.core.models.scoped import CommunityModel, ScopedManager, ScopedQuerySet
from guyub.core.models.stated import CurrentManager, Stated
from guyub.core.models.submission import FilledForm
from guyub.core.models.workspace import Account, Community, Membership, Workspace

__all__ = [
    "Account",
    "CalendarLink",
    "Change",
    "Community",
    "CommunityModel",
    "CoveringIndex",
    "CurrentManager",
    "Device",
    "Erased",
    "FilledForm",
    "Footprint",
    "HandedOver",
    "Job",
    "LogEntry",
    "LogHead",
    "Membership",
    "NamelessCount",
    "OfflineBan",
    "Redirect",
    "ScopedManager",
    "ScopedQuerySet",
    "SentEntry",
    "Settlement",
    "Stated",
    "Workspace",
]
