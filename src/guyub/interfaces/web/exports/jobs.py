"""Files of large communities, which take longer to write than somebody waits for a page."""

from __future__ import annotations

from typing import Any

from guyub.core.actions.exports import ExportFormat
from guyub.core.actor import Actor
from guyub.core.jobs import Progress, job
from guyub.core.permissions import CorePermission
from guyub.interfaces.transfer.list_export import ListExport, prepare_export, with_progress
from guyub.interfaces.web.exports import files

EXPORT_LISTS = "listen.take_out_lists"


@job(EXPORT_LISTS, permission=CorePermission.EXPORT)
def export_lists(actor: Actor, data: dict[str, Any], progress: Progress) -> None:
    """Write people and ties into a file that waits for whoever asked; the log is told once."""

    def take() -> ListExport:
        out = prepare_export(
            actor,
            reason=data["reason"],
            format=ExportFormat(data["format"]),
            names=data["names"],
            noting=progress.perform,
        )
        return with_progress(out, progress)

    files.put_down(progress.key, take)
