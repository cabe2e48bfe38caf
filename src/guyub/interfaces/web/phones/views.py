"""The phones that work without a signal, and what they sent that needs somebody's look."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from guyub.core import phones as core
from guyub.core.errors import Missing
from guyub.core.permissions import CorePermission
from guyub.core.queries import communities_below
from guyub.core.vocabulary import Settled
from guyub.interfaces.submissions.forms import DeedForm
from guyub.interfaces.web.frame.responses import PageRequest, attempt, attempt_with, render
from guyub.interfaces.web.phones.page import deeds_of, in_their_words


class SwitchForm(DeedForm):
    """Whether phones may hold something from now on."""

    on = forms.BooleanField(required=False)


class DecidedForm(DeedForm):
    """What is decided about an entry, and beside what it was shown."""

    how = forms.ChoiceField(choices=Settled.choices)
    seen = forms.CharField(required=False)


@require_safe
def phones(request: PageRequest, community: str) -> HttpResponse:
    """Who works without a signal with which phone, and whether anybody may."""
    actor = request.actor
    above = communities_below(actor)[0][1]
    may_look = actor.may(CorePermission.WITHDRAW_OWN)
    context = {
        "community": community,
        "devices": core.devices(actor),
        "allowed": core.offline_allowed(actor),
        "may_begin": actor.may(CorePermission.WORK_OFFLINE),
        "may_switch": actor.may(CorePermission.ACCOUNTS_CHANGE) and above is None,
        "may_look": may_look,
        "to_look_at": core.count_to_look_at(actor) if may_look else 0,
    }
    return render(request, "phones/phones.html", context)


@require_POST
def revoke_phone(request: PageRequest, community: str, device: uuid.UUID) -> HttpResponse:
    """Have a phone forget all it holds."""
    if not any(row.id == device and row.revocable for row in core.devices(request.actor)):
        raise Missing(str(device))
    form = DeedForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    if attempt(form, "core.revoke_device", request, device=device):
        messages.success(request, _("The phone forgets what it holds as soon as it has a signal."))
    return redirect("phones", community)


@require_POST
def switch_offline(request: PageRequest, community: str) -> HttpResponse:
    """Let the phones of the organisation hold something, or have all of them forget."""
    request.actor.demand(CorePermission.ACCOUNTS_CHANGE)
    form = SwitchForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    if done := attempt(form, "core.switch_offline", request):
        said = (
            _("Phones may be used without a signal again.")
            if form.cleaned_data["on"]
            else _("No phone may hold anything any more.")
        )
        messages.success(request, said, extra_tags=str(done.entry))
    else:
        messages.error(request, " ".join(map(str, form.non_field_errors())))
    return redirect("phones", community)


@require_safe
def sent(request: PageRequest, community: str) -> HttpResponse:
    """What phones sent and somebody has to decide: nothing of it was overwritten or lost."""
    context = {
        "community": community,
        "waiting": in_their_words(request.actor, core.to_look_at(request.actor)),
        "refused": core.refused_lately(request.actor),
        "days": core.PARKED_FOR.days,
    }
    return render(request, "phones/sent_entries.html", context)


@require_POST
def settle_sent(request: PageRequest, community: str, sent: uuid.UUID) -> HttpResponse:
    """Take over what a phone had sent, or leave all as it stands; it can be undone."""
    row = core.sent_entry(request.actor, sent)
    form = DecidedForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    how, seen, key = (form.cleaned_data[name] for name in ("how", "seen", "key"))
    taken = how == Settled.TAKEN
    (shown,) = in_their_words(request.actor, [row])
    if taken and not shown.may_be_taken:
        raise BadRequest
    also = deeds_of(row, seen, key) if taken else []
    if done := attempt_with(
        form, "core.settle_sent", request, {"sent": sent, "how": how}, also=also
    ):
        said = _("Accepted.") if taken else _("Nothing was changed.")
        messages.success(request, said, extra_tags=str(done.entry))
    else:
        faults = (str(fault) for found in form.errors.values() for fault in found)
        messages.error(request, " ".join(faults))
    return redirect("sent_entries", community)
