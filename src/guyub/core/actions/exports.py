"""Every export is a deed: who took what out, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from guyub.core.action import action
from guyub.core.actor import Actor
from guyub.core.errors import Invalid
from guyub.core.permissions import Permission


@dataclass(frozen=True, kw_only=True)
class Export:
    """What leaves (a word such as `people` or `ties`), how many rows, and why."""

    what: str
    rows: int
    reason: str


@action("core.note_export", permission=Permission.EXPORT)
def note_export(actor: Actor, data: Export, at: datetime) -> dict[str, str | int]:
    """Note that something was taken out."""
    if not data.reason.strip():
        raise Invalid({"reason": _("Say what the export is for; it stays in the log.")})
    return {"what": data.what, "rows": data.rows}
