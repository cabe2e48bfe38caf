"""How a view answers: with a page or a part of it, and with what the writing door said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as render_template
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from guyub.core.action import Deed, Receipt, perform
from guyub.core.actor import Actor
from guyub.core.errors import Invalid, Refused
from guyub.core.models import Account
from guyub.core.submissions import submit
from guyub.interfaces.submissions.forms import SubmissionForm


class PageRequest(HttpRequest):
    """A request of somebody who is logged in, as the middleware leaves it.

    `actor` is there on every page of a community.
    """

    user: Account
    actor: Actor
    htmx: HtmxDetails


def render(
    request: PageRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    fragment: str = "",
) -> HttpResponse:
    """Show a page, or only its fragment when the page asks for that part of itself."""
    if fragment and request.htmx:
        template = f"{template}#{fragment}"
    response = render_template(request, template, context)
    if fragment:
        patch_vary_headers(response, ["HX-Request"])
    return response


def redirect_back(request: HttpRequest, otherwise: str, *arguments: Any) -> HttpResponse:
    """Back to the page from which a form was sent, where it says so; else to the named one."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back) if safe else redirect(otherwise, *arguments)


def attempt(form: forms.Form, action: str, request: PageRequest, **more: Any) -> Receipt | None:
    """Do one deed with what a form holds; what the door refuses becomes the form's errors."""
    data = {name: value for name, value in form.cleaned_data.items() if name != "key"}
    return attempt_with(form, action, request, data | more)


def attempt_with(
    form: forms.Form,
    action: str,
    request: PageRequest,
    data: Mapping[str, Any],
    *,
    also: Sequence[Deed] = (),
) -> Receipt | None:
    """Do one deed with data that a form only led to, under the form's key.

    also: what is done together with it, or not at all.
    """
    deed = Deed(action=action, data=dict(data), key=form.cleaned_data["key"])
    try:
        receipt, *_others = perform(request.actor, [deed, *also])
    except Invalid as invalid:
        for field, sentence in invalid.fields.items():
            form.add_error(_seen(form, field), sentence)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    else:
        return receipt
    return None


def attempt_submission(
    form: SubmissionForm, request: PageRequest, *, deeds: Sequence[Deed] | None = None
) -> Receipt | None:
    """Do all that was filled in or nothing; what the doors refuse stands above the form.

    deeds: what it says, where the form was read already.
    """
    try:
        return submit(request.actor, form.submission, deeds=deeds)[0]
    except Invalid as invalid:
        for sentence in invalid.fields.values():
            form.add_error(None, sentence)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return None


def _seen(form: forms.Form, field: str) -> str | None:
    """The field to show a fault at; the whole form where nobody would see that field."""
    return field if field in form.fields and not form[field].is_hidden else None
