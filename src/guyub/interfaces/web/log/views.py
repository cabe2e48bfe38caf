"""The log of a community, and taking back what was done."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from guyub.core import queries
from guyub.core.permissions import CorePermission
from guyub.interfaces.submissions.forms import UndoForm
from guyub.interfaces.web.frame.responses import PageRequest, attempt, redirect_back, render
from guyub.interfaces.web.log.entries import entries


@require_safe
def log(request: PageRequest, community: str) -> HttpResponse:
    """Who did what, when; newest first, page by page."""
    before = request.GET.get("before", "")
    if before and not (before.isascii() and before.isdigit() and len(before) < 19):
        raise BadRequest
    page = queries.log(request.actor, before=int(before) if before else None)
    # Checking reads the whole log: the page shows first, and asks for the verdict then.
    check = "check" in request.GET
    context = {
        "community": community,
        "entries": entries(page.rows),
        "next": page.next,
        "state": queries.log_state(request.actor) if check else None,
    }
    return render(request, "log/log.html", context, fragment="verdict" if check else "stretch")


@require_POST
def undo(request: PageRequest, community: str) -> HttpResponse:
    """Take back an entry; the message that says so offers the way back."""
    request.actor.demand(CorePermission.WITHDRAW_OWN)
    form = UndoForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    if done := attempt(form, "core.withdraw_entry", request):
        brought_back = done.result["restored"] and not done.result["withdrawn"]
        sentence = _("Restored.") if brought_back else _("Undone. The log keeps both.")
        messages.success(request, sentence, extra_tags=str(done.entry))
    else:
        messages.error(request, " ".join(map(str, form.non_field_errors())))
    return redirect_back(request, "community", community)
