"""The four addresses that phones ask."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guyub.core import phones
from guyub.core.action import Deed, perform
from guyub.core.errors import Invalid, Refused
from guyub.core.pull_cursor import OtherEpoch
from guyub.interfaces.phone.sync import parsing
from guyub.interfaces.phone.sync.pull import changes_since, digest_at
from guyub.interfaces.phone.sync.push import push_entries
from guyub.interfaces.phone.sync.responses import PhoneRequest, answer, of_a_phone, of_an_account


@of_an_account
@require_http_methods(["GET", "POST"])
def device(request: PhoneRequest, community: str) -> JsonResponse:
    """Register a phone, or say whether one may be."""
    if request.method != "POST":
        return answer(
            200,
            token=get_token(request),
            offline=phones.offline_allowed(request.actor),
            server_time=timezone.now(),
        )
    content = parsing.read_object(request.body)
    identifier = parsing.identifier(content.get("device"))
    if identifier is None:
        raise parsing.Unreadable
    known = phones.phone(identifier)
    if known is not None and not phones.counts(known):
        return answer(410, why="revoked")
    if known is not None and known.account_id == request.user.pk:
        phones.note_contact(known)
        return answer(200, device=known.pk, state="active")
    return _registered(request, identifier, content)


def _registered(
    request: PhoneRequest, identifier: uuid.UUID, content: dict[str, Any]
) -> JsonResponse:
    data = {"id": identifier, "label": content.get("label"), "schema": content.get("schema")}
    try:
        perform(request.actor, [Deed(action="core.register_device", data=data)])
    except Invalid as invalid:
        return answer(400, why="unreadable", fields=invalid.fields)
    except Refused as refused:
        return answer(403, why="refused", reason=str(refused))
    return answer(200, device=identifier, state="active")


@of_a_phone
@require_POST
def push(request: PhoneRequest, community: str) -> JsonResponse:
    """Receive what a phone noted."""
    if int(request.headers.get("Content-Length") or 0) > parsing.MOST_BYTES:
        raise parsing.TooLarge
    return answer(200, **push_entries(request.actor, request.device, parsing.read(request.body)))


@of_a_phone
@require_GET
def pull(request: PhoneRequest, community: str) -> JsonResponse:
    """Hand over what is different for a phone."""
    try:
        return answer(200, **changes_since(request.actor, request.device, _cursor(request)))
    except OtherEpoch:
        return answer(410, why="epoch")


@of_a_phone
@require_GET
def digest(request: PhoneRequest, community: str) -> JsonResponse:
    """Say what a phone must hold at its cursor."""
    try:
        return answer(200, **digest_at(request.actor, request.device, _cursor(request)))
    except OtherEpoch:
        return answer(410, why="epoch")


def _cursor(request: PhoneRequest) -> uuid.UUID | None:
    text = request.GET.get("cursor", "")
    if not text:
        return None
    cursor = parsing.identifier(text)
    if cursor is None:
        raise OtherEpoch
    return cursor
