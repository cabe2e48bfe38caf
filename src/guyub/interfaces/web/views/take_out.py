"""Taking people and ties out: say why, and get a file. The log keeps who did."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from guyub.core.actions.exports import ExportFormat
from guyub.core.errors import Invalid, Refused
from guyub.core.permissions import Permission
from guyub.interfaces.transfer.taking_out import TakenOut, taking_out
from guyub.interfaces.transfer.writing import file_ending, scratch_folder, write
from guyub.interfaces.web.answers import PageRequest, render
from guyub.interfaces.web.take_out_forms import TakeOutForm


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def take_out(request: PageRequest, community: str) -> HttpResponseBase:
    """Choose what leaves; the answer to a full form is the file itself."""
    request.actor.demand(Permission.EXPORT)
    form = TakeOutForm(request, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            out = taking_out(
                request.actor,
                reason=form.cleaned_data["reason"],
                format=ExportFormat(form.cleaned_data["format"]),
                names=form.cleaned_data["names"] == "with",
            )
        except Invalid as invalid:
            form.add_error(None, " ".join(invalid.fields.values()))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _download(out, community)
    return render(request, "web/take_out.html", {"form": form, "community": community})


def _download(out: TakenOut, community: str) -> FileResponse:
    """Send the file. Its name is already gone from the disk, and it itself is with the answer."""
    today = timezone.localdate().isoformat()
    name = f"guyub-{community}-{today}.{file_ending(out.format)}"
    with scratch_folder() as folder:
        file = Path(folder) / "export"
        with file.open("wb") as stream:
            write(out, stream)
        return FileResponse(file.open("rb"), as_attachment=True, filename=name)
