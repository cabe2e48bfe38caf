"""The pocket book: one page that a phone keeps, and that works where there is no signal.

The page holds nobody's data. What it shows comes out of the phone's own sealed store.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guyub.core import phones
from guyub.core.actor import Actor
from guyub.core.errors import Denied
from guyub.core.permissions import CorePermission
from guyub.core.queries import community as community_card
from guyub.cycle.listen.vocabulary import Part
from guyub.interfaces.phone.forms import KeptConversationForm
from guyub.interfaces.phone.texts import PARTS_OF_A_PERSON, phone_words
from guyub.interfaces.submissions.conversation_rules import PICKED
from guyub.interfaces.submissions.fields import PUT_OFF
from guyub.interfaces.submissions.forms import FORMS, short_forms
from guyub.interfaces.submissions.offline import description

# The colours of paper and of nila (frontend/css/theme.css), as manifests want them.
_PAPER, _NILA = "#fdfcfa", "#2c478c"

_MODULES = Path(__file__).with_name("static") / "phone"
_WORKER = "worker.js"

# Beside its modules, all that the page shows. Other letters than Latin ones come when they are met.
_SHOWN = (
    "dist/guyub.css",
    "dist/icons.svg",
    "dist/fonts/plus-jakarta-sans-latin-wght-normal.woff2",
    "frame/logo.svg",
    "frame/take-back.js",
)


class PageRequest(HttpRequest):
    """A request of somebody who belongs to the community of the page."""

    actor: Actor


@require_safe
def phone(request: PageRequest, community: str) -> HttpResponse:
    """The page itself, the same for everybody who may work without a signal."""
    _demand(request)
    return render(request, "phone/page.html", _context(request, community))


@require_safe
def phone_worker(request: PageRequest, community: str) -> HttpResponse:
    """The service worker; another one whenever the page or a file of it is another one."""
    _demand(request)
    page = render(request, "phone/page.html", _context(request, community))
    told = {
        "page": reverse("phone", args=(community,)),
        "files": [static(name) for name in _files()],
        "version": hashlib.sha256(page.content + _content().encode()).hexdigest()[:16],
    }
    source = (_MODULES / _WORKER).read_text()
    content = f"const TOLD = {json.dumps(told)};\n{source}"
    return HttpResponse(content, content_type="text/javascript; charset=utf-8")


@require_safe
def phone_manifest(request: PageRequest, community: str) -> JsonResponse:
    """What makes it an app on the home screen."""
    _demand(request)
    page = reverse("phone", args=(community,))
    icons = [
        {
            "src": static(f"phone/icons/{name}.png"),
            "sizes": size,
            "type": "image/png",
            "purpose": use,
        }
        for name, size, use in (
            ("192", "192x192", "any"),
            ("512", "512x512", "any"),
            ("maskable", "512x512", "maskable"),
        )
    ]
    manifest = {
        "id": page,
        "name": f"{_('Pocket book')}: {community_card(request.actor).name}",
        "short_name": _("Pocket book"),
        "description": _("Work where there is no signal"),
        "lang": get_language(),
        "start_url": page,
        "scope": page,
        "display": "standalone",
        "background_color": _PAPER,
        "theme_color": _NILA,
        "icons": icons,
    }
    return JsonResponse(manifest, content_type="application/manifest+json")


def _demand(request: PageRequest) -> None:
    """Only who may work offline, and only where the organisation lets phones hold something."""
    request.actor.demand(CorePermission.WORK_OFFLINE)
    if not phones.offline_allowed(request.actor):
        raise Denied(CorePermission.WORK_OFFLINE)


def _context(request: PageRequest, community: str) -> dict[str, object]:
    actor = request.actor
    form = KeptConversationForm(actor)
    return {
        "community": community,
        "form": form,
        "pickers": {name: {"field": form[name]} for name in PICKED if name in form.fields},
        # Of a form that changed, the newest version comes last and is the one that is filled in.
        "forms": [description(FORMS[each]) for each in sorted(FORMS)],
        # Each with identifiers of its own: several forms stand on this page.
        "asked": [
            {"name": each.name, "shown": each.shown, "form": each(actor, auto_id=f"{each.name}_%s")}
            for each in short_forms(actor)
        ],
        "modules": [static(name) for name in _files() if name.endswith(".js")],
        "words": phone_words(),
        "parts": Part.choices,
        "parts_of_a_person": PARTS_OF_A_PERSON,
        "put_off": PUT_OFF,
    }


@cache
def _files() -> tuple[str, ...]:
    """What the page is made of, by the names of static files."""
    modules = sorted(file.name for file in _MODULES.glob("*.js") if file.name != _WORKER)
    return (*_SHOWN, *(f"phone/{name}" for name in modules))


@cache
def _content() -> str:
    """A digest of all these files, and of the worker; they change with the program alone."""
    digest = hashlib.sha256()
    for name in (*_files(), f"phone/{_WORKER}"):
        if found := finders.find(name):
            digest.update(Path(str(found)).read_bytes())
    return digest.hexdigest()
