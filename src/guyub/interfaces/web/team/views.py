"""The team of a community: accounts and the roles they hold."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guyub.core import queries
from guyub.core.actor import Actor
from guyub.core.errors import Missing
from guyub.core.permissions import CorePermission
from guyub.core.queries import MemberRow
from guyub.interfaces.submissions.forms import DeedForm
from guyub.interfaces.web.frame.responses import PageRequest, attempt, render
from guyub.interfaces.web.team.forms import AccountForm, NewPasswordForm, RoleForm


@require_safe
def members(request: PageRequest, community: str) -> HttpResponse:
    """Who holds which role here and below."""
    context = {"community": community, "members": queries.members(request.actor)}
    return render(request, "team/members.html", context)


@require_http_methods(["GET", "POST"])
def new_account(request: PageRequest, community: str) -> HttpResponse:
    """Open an account; its first password is shown once."""
    request.actor.demand(CorePermission.ACCOUNTS_CHANGE)
    form = AccountForm(request.actor, request.POST or None)
    if form.is_valid() and attempt(form, "core.open_account", request):
        return render(request, "team/first_password.html", form.cleaned_data | {"place": community})
    return render(request, "team/new_account.html", {"form": form, "community": community})


@require_http_methods(["GET", "POST"])
def member(request: PageRequest, community: str, membership: uuid.UUID) -> HttpResponse:
    """One colleague's role here: change it, take it back, or help with a lost password."""
    row = _changeable(request.actor, membership)
    form = RoleForm(request.actor, request.POST or None, initial={"role": row.role})
    held = {"account": row.account, "community": row.community_id}
    if form.is_valid() and (done := attempt(form, "core.grant_role", request, **held)):
        changed = _("%(name)s now has a different role.") % {"name": row.name}
        messages.success(request, changed, extra_tags=str(done.entry))
        return redirect("members", community)
    context = {
        "community": community,
        "member": row,
        "form": form,
        "password_form": NewPasswordForm(),
    }
    return render(request, "team/member.html", context)


@require_POST
def withdraw_role(request: PageRequest, community: str, membership: uuid.UUID) -> HttpResponse:
    """Take a role back; the message offers the way back."""
    form = DeedForm(request.POST)
    row = _changeable(request.actor, membership)
    if not form.is_valid():
        raise BadRequest
    if done := attempt(form, "core.withdraw_role", request, membership=membership):
        withdrawn = _("%(name)s no longer has a role in %(community)s.")
        sentence = withdrawn % {"name": row.name, "community": row.community}
        messages.success(request, sentence, extra_tags=str(done.entry))
    else:
        messages.error(request, " ".join(map(str, form.non_field_errors())))
    return redirect("members", community)


@require_POST
def new_password(request: PageRequest, community: str, membership: uuid.UUID) -> HttpResponse:
    """Give a colleague who forgot theirs a new first password, shown once."""
    row = _changeable(request.actor, membership)
    form = NewPasswordForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    if attempt(form, "core.set_password", request, account=row.account):
        shown = {"name": row.name, "username": row.username, "place": community}
        return render(request, "team/first_password.html", form.cleaned_data | shown)
    messages.error(request, " ".join(map(str, form.non_field_errors())))
    return redirect("members", community)


def _changeable(actor: Actor, membership: uuid.UUID) -> MemberRow:
    """A role that this person may touch; any other does not exist for them."""
    actor.demand(CorePermission.ACCOUNTS_CHANGE)
    rows = queries.members(actor)
    found = next((row for row in rows if row.membership == membership and row.changeable), None)
    if found is None:
        raise Missing(str(membership))
    return found
