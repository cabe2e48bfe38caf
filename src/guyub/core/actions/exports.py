"""Every export is a deed: who took what out, in which form, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from guyub.core.action import action
from guyub.core.actor import Actor
from guyub.core.errors import Invalid
from guyub.core.permissions import CorePermission

# Our choice: shorter than this says nothing to whoever reads the log; longer does not fit there.
SHORTEST_REASON = 10
LONGEST_REASON = 500


class ExportFormat(TextChoices):
    """The kinds of file in which something may leave: two are tables, two are networks."""

    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX"
    GRAPHML = "graphml", "GraphML"
    GEXF = "gexf", "GEXF"


@dataclass(frozen=True, kw_only=True)
class Export:
    """What leaves (a word such as `people` or `ties`), how many rows, why, and how."""

    what: str
    rows: int
    reason: str
    format: ExportFormat = ExportFormat.CSV
    names: bool = True


# What may leave, as the log calls it.
_WHAT = {
    "people": gettext_lazy("people"),
    "ties": gettext_lazy("ties"),
    "person": gettext_lazy("everything about one person, for that person"),
}


def _describe(result: Mapping[str, Any]) -> str:
    facts = [_WHAT.get(result["what"], result["what"]), ExportFormat(result["format"]).label]
    if not result["names"]:
        facts.append(_("without names"))
    count = result["rows"]
    return ngettext(
        "exported %(count)s row (%(what)s)", "exported %(count)s rows (%(what)s)", count
    ) % {"count": number_format(count), "what": ", ".join(map(str, facts))}


@action("core.note_export", permission=CorePermission.EXPORT, sentence=_describe, undoable=False)
def note_export(actor: Actor, data: Export, at: datetime) -> dict[str, str | int | bool]:
    """Record an export in the log."""
    length = len(data.reason.strip())
    if not length:
        raise Invalid({"reason": _("Say what the export is for. This stays in the log.")})
    if length < SHORTEST_REASON:
        raise Invalid({"reason": _("Say a little more: your colleagues will read it in the log.")})
    if length > LONGEST_REASON:
        raise Invalid(
            {
                "reason": _("This is too long: at most %(limit)s characters.")
                % {"limit": LONGEST_REASON}
            }
        )
    return {
        "what": data.what,
        "rows": data.rows,
        "format": data.format.value,
        "names": data.names,
    }
