"""Taking people and ties out: say why, and get a file. The log keeps who did."""

from __future__ import annotations

import uuid
from datetime import timedelta
from pathlib import Path
from typing import IO

from django.contrib import messages
from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from guyub.core import queries
from guyub.core.actions.exports import ExportFormat
from guyub.core.errors import Invalid, Refused
from guyub.core.jobs import begin
from guyub.core.permissions import CorePermission
from guyub.cycle.listen import queries as listen
from guyub.interfaces.transfer.list_export import ListExport, prepare_export
from guyub.interfaces.transfer.writing import KEPT_FOR, file_ending, scratch_folder, write
from guyub.interfaces.web.exports import files
from guyub.interfaces.web.exports.forms import ExportForm
from guyub.interfaces.web.exports.jobs import EXPORT_LISTS
from guyub.interfaces.web.frame.responses import PageRequest, render

# How many people go into a file while somebody waits. Our choice: a workbook of so many and their
# ties takes about three seconds.
_AT_ONCE = 5_000


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def export_people(request: PageRequest, community: str) -> HttpResponseBase:
    """Choose what leaves; the answer to a full form is the file, or the work that writes it."""
    request.actor.demand(CorePermission.EXPORT)
    form = ExportForm(request, request.POST if request.method == "POST" else None)
    if form.is_valid():
        wishes = {
            "reason": form.cleaned_data["reason"],
            "format": ExportFormat(form.cleaned_data["format"]),
            "names": form.cleaned_data["names"] == "with",
        }
        if listen.has_more_people(request.actor, _AT_ONCE):
            key = uuid.uuid4()
            goes_to = reverse("export_file", args=[community, key])
            begin(request.actor, EXPORT_LISTS, wishes, key=key, goes_to=goes_to)
            return redirect("job", community, key)
        try:
            out = prepare_export(request.actor, **wishes)
        except Invalid as invalid:
            form.add_error(None, " ".join(invalid.fields.values()))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _written(out, community)
    return render(request, "exports/export.html", {"form": form, "community": community})


@require_http_methods(["GET", "POST"])
def fetch(request: PageRequest, community: str, job: uuid.UUID) -> HttpResponseBase:
    """Hand over a file that long work has written: once, to whoever asked for it."""
    request.actor.demand(CorePermission.EXPORT)
    row = queries.job(request.actor, job)
    if request.method == "POST":
        if handed := files.hand_over(row.id):
            stream, ending = handed
            return _download(stream, community, ending)
        messages.error(request, _("This file is no longer available. Export it again."))
        return redirect("export_people", community)
    context = {
        "community": community,
        "job": row,
        "waiting": files.waiting(row.id),
        "until": row.ended_at + timedelta(seconds=KEPT_FOR) if row.ended_at else None,
    }
    return render(request, "exports/file.html", context)


def _written(out: ListExport, community: str) -> FileResponse:
    """Send the file. Its name is already gone from the disk, and it itself is with the answer."""
    with scratch_folder() as folder:
        file = Path(folder) / "export"
        with file.open("wb") as stream:
            write(out, stream)
        return _download(file.open("rb"), community, file_ending(out.format))


def _download(stream: IO[bytes], community: str, ending: str) -> FileResponse:
    today = timezone.localdate().isoformat()
    name = f"guyub-{community}-{today}.{ending}"
    return FileResponse(stream, as_attachment=True, filename=name)
