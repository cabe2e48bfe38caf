"""Bringing in lists of people and ties: send, look, confirm. Nothing is written before that."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from guyub.core import queries
from guyub.core.action import perform
from guyub.core.actor import Actor
from guyub.core.errors import Invalid, Missing, Refused
from guyub.core.jobs import begin
from guyub.cycle.listen.vocabulary import ListenPermission
from guyub.interfaces.transfer.list_import import ListImport
from guyub.interfaces.transfer.refusals import UnreadableTable
from guyub.interfaces.transfer.scales import Counting
from guyub.interfaces.web.frame.responses import PageRequest, render
from guyub.interfaces.web.imports import uploads
from guyub.interfaces.web.imports.columns_form import ColumnsForm, ConfirmForm
from guyub.interfaces.web.imports.forms import ListsForm
from guyub.interfaces.web.imports.jobs import IMPORT_LISTS
from guyub.interfaces.web.imports.messages import refusal_sentence
from guyub.interfaces.web.imports.preview import (
    Lists,
    deeds_of,
    preview,
    read_lists,
    read_tables,
    what_comes_in,
)

# Rows for which somebody waits on the page; longer lists come in as a job. Our choice: about a
# second of work (bench/bringing_in.py: some six thousand rows a second).
_AT_ONCE = 5_000

# Among so many of somebody's last deeds a second click finds the first.
_LOOKED_BACK = 100


@require_http_methods(["GET", "POST"])
def send_lists(request: PageRequest, community: str) -> HttpResponse:
    """Send lists. They wait beside the database until somebody has looked at the preview."""
    request.actor.demand(ListenPermission.IMPORT)
    uploads.sweep()
    form = ListsForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        return redirect("import_preview", community, uploads.keep(request.actor, form.lists()))
    return render(request, "imports/lists.html", {"form": form, "community": community})


@require_http_methods(["GET", "POST"])
def preview_lists(request: PageRequest, community: str, token: str) -> HttpResponse:
    """What would come in; confirmed, it does so as one entry."""
    request.actor.demand(ListenPermission.IMPORT)
    uploads.sweep()
    try:
        upload = uploads.load(request.actor, token)
        done = _done_before(request.actor, upload.entry)
        if not done and not upload.waits:
            raise uploads.TooLate
    except uploads.TooLate:
        messages.error(request, _("These lists are no longer available. Send them again."))
        return redirect("import_lists", community)
    if done:
        return _answer_again(request, community, upload.entry)
    return _looked_at(request, community, upload)


def _looked_at(request: PageRequest, community: str, upload: uploads.Upload) -> HttpResponse:
    tables = read_tables(upload.file("people"), upload.file("ties"))
    columns = ColumnsForm(tables, request.POST or None)
    context: dict[str, Any] = {"community": community, "token": upload.token, "columns": columns}
    try:
        lists = read_lists(tables, columns.chosen, Counting())
    except UnreadableTable as fault:
        context["unreadable"] = [refusal_sentence(fault)]
        return render(request, "imports/preview.html", context)
    seen = preview(request.actor, lists)
    # Whoever changed a column sees what comes of it before anything is written.
    confirmed = request.method == "POST" and "look" not in request.POST and not columns.changed
    form = ConfirmForm(
        lists.asks,
        lists.sides,
        request.POST if confirmed else None,
        initial={name: request.POST.get(name) for name in ConfirmForm.base_fields},
    )
    if form.is_valid() and not seen.stops:
        if sum(table.rows for table in tables.values()) > _AT_ONCE:
            data = {
                "token": upload.token,
                "chosen": columns.chosen,
                "counting": asdict(form.counting),
            }
            goes_to = reverse("import_preview", args=[community, upload.token])
            begin(request.actor, IMPORT_LISTS, data, key=upload.entry, goes_to=goes_to)
            return redirect("job", community, upload.entry)
        if lists.asks:
            lists = read_lists(tables, columns.chosen, form.counting)
        answer = _confirmed(request, community, upload, lists, form)
        if answer:
            return answer
    context |= {"preview": seen, "form": form, "changed": columns.changed}
    return render(request, "imports/preview.html", context)


def _confirmed(
    request: PageRequest,
    community: str,
    upload: uploads.Upload,
    lists: Lists,
    form: ConfirmForm,
) -> HttpResponse | None:
    """Bring the lists in; None, and the reason in the form, where nothing came in."""
    try:
        found = _bring_in(request.actor, upload, lists)
    except (Invalid, Refused, Missing, DatabaseError) as fault:
        if _done_before(request.actor, upload.entry):
            return _answer_again(request, community, upload.entry)
        form.add_error(None, _("Nothing was imported. Nothing was changed."))
        if isinstance(fault, Refused):
            form.add_error(None, str(fault))
        return None
    messages.success(request, _brought_in(found), extra_tags=str(upload.entry))
    return redirect("community", community)


@require_POST
def discard_lists(request: PageRequest, community: str, token: str) -> HttpResponse:
    """Put lists aside without bringing them in."""
    request.actor.demand(ListenPermission.IMPORT)
    try:
        uploads.load(request.actor, token).forget()
    except uploads.TooLate:
        uploads.sweep()
    messages.info(request, _("The lists were removed; nothing was imported."))
    return redirect("community", community)


def _bring_in(actor: Actor, upload: uploads.Upload, lists: Lists) -> ListImport:
    found = what_comes_in(actor, lists)
    perform(actor, deeds_of(found, upload), entry=upload.entry)
    upload.forget()
    return found


def _done_before(actor: Actor, entry: uuid.UUID) -> bool:
    return any(deed.entry == entry for deed in queries.own_deeds(actor, limit=_LOOKED_BACK).rows)


def _answer_again(request: PageRequest, community: str, entry: uuid.UUID) -> HttpResponse:
    if request.method == "GET":
        # A job has ended here, or somebody looks once more.
        messages.success(request, _("Your lists were imported."), extra_tags=str(entry))
    else:
        done = _("These lists were imported before; nothing was imported twice.")
        messages.info(request, done, extra_tags=str(entry))
    return redirect("community", community)


def _brought_in(found: ListImport) -> str:
    people = ngettext("%(count)s person", "%(count)s people", found.people)
    ties = ngettext("%(count)s tie", "%(count)s ties", found.ties)
    return _("Imported: %(people)s, %(ties)s.") % {
        "people": people % {"count": number_format(found.people)},
        "ties": ties % {"count": number_format(found.ties)},
    }
