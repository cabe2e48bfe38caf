"""What moves people: concerns by life area and theme, and from there to the people and back."""

from __future__ import annotations

import uuid
from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guyub.core.errors import Missing
from guyub.core.queries import place_names
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.analysis import suggested_themes
from guyub.cycle.listen.queries import Statement
from guyub.cycle.listen.vocabulary import LifeArea, ListenPermission
from guyub.cycle.start.analysis import first_among
from guyub.cycle.start.vocabulary import StartPermission
from guyub.interfaces.submissions.forms import DeedForm
from guyub.interfaces.web.concerns.forms import ConcernsForm, IntoThemeForm, TakeOutOfThemeForm
from guyub.interfaces.web.concerns.page import themes_context
from guyub.interfaces.web.frame.responses import PageRequest, attempt, attempt_with, render

# As many sentences as one reads at a time, and as many as one deed takes.
_SHOWN, _MOST = 50, 500


@require_safe
def themes(request: PageRequest, community: str) -> HttpResponse:
    """How widely and how deeply people care about what, and who has not been heard."""
    request.actor.demand(ListenPermission.WRITE)
    context = {"community": community} | themes_context(request.actor, community)
    return render(request, "concerns/themes.html", context)


@require_http_methods(["GET", "POST"])
def concerns(request: PageRequest, community: str) -> HttpResponse:
    """What people said, in their own words; those that belong together go into a theme."""
    request.actor.demand(ListenPermission.WRITE)
    chosen = ConcernsForm(request.GET)
    if not chosen.is_valid():
        raise BadRequest
    asked = chosen.cleaned_data
    rows, ticked = _asked(request, asked)
    areas = Counter(row.life_area for row in rows)
    area = asked["area"] or (areas.most_common(1)[0][0] if areas else LifeArea.JOBS)
    form = IntoThemeForm(
        [row.id for row in rows],
        listen.themes(request.actor),
        request.POST or None,
        initial={"life_area": area},
    )
    if form.is_valid():
        action, told = form.deed()
        if done := attempt_with(form, action, request, told):
            theme = told.get("theme") or done.result["id"]
            messages.success(request, _("Added to the theme."), extra_tags=str(done.entry))
            return redirect("theme_of_concerns", community, theme)
    limit = min(asked["shown"] or _SHOWN, _MOST)
    context = {
        "community": community,
        "chosen": chosen,
        "form": form,
        "rows": _lines(request, rows[:limit]),
        "ticked": form.data.getlist("concerns") if form.is_bound else ticked,  # type: ignore[attr-defined]
        "suggested": asked["suggested"],
        "next": limit + _SHOWN if len(rows) > limit and limit < _MOST else None,
    }
    return render(request, "concerns/concerns.html", context)


@require_http_methods(["GET", "POST"])
def theme(request: PageRequest, community: str, theme: uuid.UUID) -> HttpResponse:
    """A theme: who cares about it and what they say; what does not belong is taken out."""
    request.actor.demand(ListenPermission.WRITE)
    row = next((each for each in listen.themes(request.actor) if each.id == theme), None)
    if row is None:
        raise Missing(str(theme))
    rows = listen.statements(request.actor, theme=theme, limit=_MOST)
    form = TakeOutOfThemeForm([each.id for each in rows], request.POST or None)
    if form.is_valid() and (
        done := attempt(form, "listen.take_out_of_theme", request, theme=theme)
    ):
        messages.success(request, _("Removed."), extra_tags=str(done.entry))
        return redirect("theme_of_concerns", community, theme)
    people = frozenset(each.person for each in rows)
    places = place_names(request.actor)
    first = (
        first_among(request.actor, people, timezone.localdate())
        if request.actor.may(StartPermission.READ)
        else ()
    )
    context = {
        "community": community,
        "theme_row": row,
        "form": form,
        "rows": _lines(request, rows),
        "people": len(people),
        "first": [(each, places.get(each.community, "")) for each in first],
    }
    return render(request, "concerns/theme.html", context)


@require_POST
def drop_theme(request: PageRequest, community: str, theme: uuid.UUID) -> HttpResponse:
    """Drop a theme; what people said stays."""
    request.actor.demand(ListenPermission.WRITE)
    if all(each.id != theme for each in listen.themes(request.actor)):
        raise Missing(str(theme))
    form = DeedForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    if done := attempt(form, "listen.drop_theme", request, theme=theme):
        dropped = _("Theme deleted. What people said stays.")
        messages.success(request, dropped, extra_tags=str(done.entry))
    return redirect("themes", community)


def _asked(request: PageRequest, asked: dict[str, Any]) -> tuple[tuple[Statement, ...], list[str]]:
    """The concerns to show, and which of them are ticked beforehand."""
    if number := asked["suggested"]:
        found = suggested_themes(request.actor)
        # Somebody may have put them into a theme meanwhile.
        meant = frozenset(found[number - 1].concerns if number <= len(found) else ())
        rows = listen.statements(request.actor, loose=True)
        return tuple(row for row in rows if row.id in meant), [str(each) for each in meant]
    area = LifeArea(asked["area"]) if asked["area"] else None
    return listen.statements(
        request.actor, life_area=area, loose=asked["loose"], limit=_MOST + 1
    ), []


def _lines(request: PageRequest, rows: tuple[Statement, ...]) -> list[tuple[Statement, str]]:
    places = place_names(request.actor)
    return [(row, places[row.community]) for row in rows]
