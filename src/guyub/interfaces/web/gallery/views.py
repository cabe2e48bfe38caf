"""Every component in both themes, for those who build pages and for the accessibility test."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from guyub.core.lens import Lens
from guyub.core.permissions import Role
from guyub.core.queries import homes
from guyub.interfaces.web.frame.navigation import THEMES
from guyub.interfaces.web.frame.responses import PageRequest, render
from guyub.interfaces.web.frame.steps import ORDER
from guyub.interfaces.web.profile.forms import ProfileForm


@require_safe
def gallery(request: PageRequest) -> HttpResponse:
    """Show the components, to owners (and to everybody while debugging)."""
    owner = any(card.role == Role.OWNER for card in homes(request.user))
    if not (owner or settings.DEBUG):
        raise Http404
    lenses = [
        Lens(step=step, title=step.title(), question="", sentence="", done=number / 6)
        for number, step in enumerate(ORDER, start=1)
    ]
    faulty = ProfileForm({"name": "", "language": "id"})
    context = {"themes": THEMES.values(), "lenses": lenses, "form": faulty}
    return render(request, "gallery/gallery.html", context)
