"""Who asks, and from which phone: looked at before anything is read or done."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse

from guyub.core import phones
from guyub.core.actor import Actor, actor_in
from guyub.core.errors import Denied, Missing
from guyub.core.models import Account, Device
from guyub.core.permissions import CorePermission
from guyub.core.queries import community as opened
from guyub.interfaces.phone.sync.parsing import TooLarge, Unreadable

HEADER = "X-Guyub-Device"


class PhoneRequest(HttpRequest):
    """A request of somebody who is logged in and may work offline, from a phone that counts."""

    user: Account
    actor: Actor
    device: Device


View = Callable[..., JsonResponse]


def answer(status: int, **content: Any) -> JsonResponse:
    """Say something to a phone."""
    return JsonResponse(content, status=status)


def of_a_phone(view: View) -> View:
    """A view for phones that are registered; each other case has its own answer."""

    @functools.wraps(view)
    def asked(request: PhoneRequest, community: str, **named: Any) -> JsonResponse:
        device = phones.phone(_identifier(request.headers.get(HEADER)))
        # First of all, so that a phone hears it even where nobody is logged in on it any more.
        if device is not None and not phones.counts(device):
            return answer(410, why="revoked")
        if not request.user.is_authenticated:
            return answer(401, why="log_in")
        if device is not None and device.account_id != request.user.pk:
            device = None
        refusal = _find_actor(request, community, known=device is not None)
        if refusal is not None:
            return refusal
        if device is None:
            return answer(409, why="unknown_device")
        request.device = device
        phones.note_contact(device)
        return _told(view, request, community, **named)

    return _finds_its_actor(asked)


def of_an_account(view: View) -> View:
    """A view for a phone that may not be registered yet."""

    @functools.wraps(view)
    def asked(request: PhoneRequest, community: str, **named: Any) -> JsonResponse:
        device = phones.phone(_identifier(request.headers.get(HEADER)))
        if device is not None and not phones.counts(device):
            return answer(410, why="revoked")
        if not request.user.is_authenticated:
            return answer(401, why="log_in")
        known = device is not None and device.account_id == request.user.pk
        refusal = _find_actor(request, community, known=known, banned=request.method == "POST")
        return refusal or _told(view, request, community, **named)

    return _finds_its_actor(asked)


def _find_actor(
    request: PhoneRequest, community: str, *, known: bool, banned: bool = True
) -> JsonResponse | None:
    """Put the actor into the request, or say why there is none."""
    try:
        request.actor = actor_in(request.user, community)
    except Missing:
        # Only a phone that worked here is told more than everybody else.
        return answer(410, why="out_of_reach") if known else answer(404, why="missing")
    if not request.actor.may(CorePermission.WORK_OFFLINE):
        return answer(410, why="out_of_reach") if known else answer(403, why="not_allowed")
    if banned and not phones.offline_allowed(request.actor):
        return answer(410, why="revoked") if known else answer(403, why="switched_off")
    opened(request.actor)
    return None


def _told(view: View, request: PhoneRequest, community: str, **named: Any) -> JsonResponse:
    try:
        return view(request, community, **named)
    except TooLarge:
        return answer(413, why="too_large")
    except Unreadable:
        return answer(400, why="unreadable")
    except Denied:
        return answer(403, why="not_allowed")
    except Missing:
        return answer(404, why="missing")


def _finds_its_actor(view: View) -> View:
    view.finds_its_actor = True  # type: ignore[attr-defined]
    return login_not_required(view)


def _identifier(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        return None
