"""The first page, and the page of a community."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from guyub.core import queries
from guyub.core.actor import works_in_several
from guyub.core.errors import Refused
from guyub.core.founding import FirstWorkspace, found_first_workspace, may_found
from guyub.core.permissions import CorePermission
from guyub.core.vocabulary import CommunityKind
from guyub.cycle.listen.vocabulary import ListenPermission
from guyub.interfaces.web.communities.figures import (
    COUNTED,
    counted_context,
    figures_with_addresses,
)
from guyub.interfaces.web.communities.forms import FirstWorkspaceForm, NewCommunityForm
from guyub.interfaces.web.communities.levels import level_inside
from guyub.interfaces.web.communities.overview import overview_context, village_lines
from guyub.interfaces.web.frame.navigation import remember_language
from guyub.interfaces.web.frame.responses import PageRequest, attempt, render
from guyub.interfaces.web.frame.steps import community_lenses
from guyub.interfaces.web.log.entries import entries


@require_safe
def home(request: PageRequest) -> HttpResponse:
    """The communities in which this person may act; several villages as a table of their state."""
    homes = queries.homes(request.user)
    if lines := village_lines(request.user, timezone.localdate()):
        # What holds several villages stands above them: seen from there they are one.
        around = [home for home in homes if home.kind == CommunityKind.NETWORK]
        context = {
            "around": around,
            "several": works_in_several(request.user, ListenPermission.WRITE),
            **overview_context(lines, request.GET),
        }
        return render(request, "communities/overview.html", context)
    if not homes and may_found(request.user):
        return redirect("found")
    return render(request, "communities/home.html", {"communities": homes})


@require_http_methods(["GET", "POST"])
def found(request: PageRequest) -> HttpResponse:
    """Found the organisation and its first village: open to the first account, and only once."""
    if not may_found(request.user):
        return redirect("home")
    form = FirstWorkspaceForm(request.POST or None, initial={"language": get_language()})
    if form.is_valid():
        told = form.cleaned_data | {"kind": CommunityKind(form.cleaned_data["kind"])}
        try:
            first = found_first_workspace(request.user, FirstWorkspace(**told))
        except Refused:
            # Pressed twice: it is there now.
            return redirect("home")
        response = redirect("community", first)
        remember_language(response, told["language"])
        with override(told["language"]):
            founded = _("%(name)s is here now. Add the people who live there, or import lists.")
            messages.success(request, founded % {"name": told["first"]})
        return response
    return render(request, "communities/found.html", {"form": form})


@require_safe
def community(request: PageRequest, community: str) -> HttpResponse:
    """One community: the steps, its figures, what lies inside, and one's own last deeds."""
    actor = request.actor
    lenses = community_lenses(actor)
    figures = [figure for lens in lenses for figure in lens.figures]
    card = queries.community(actor)
    context = {
        "community": card,
        "level": level_inside(card.kind),
        "lenses": lenses,
        "figures": figures_with_addresses(actor, community, figures),
        "empty": not any(figure.value for figure in figures),
        "smaller": queries.smaller_communities(actor),
        "entries": entries(queries.own_deeds(actor).rows),
        "may_bring_in": actor.may(ListenPermission.IMPORT),
        "may_take_out": actor.may(CorePermission.EXPORT),
        "may_found": actor.may(CorePermission.COMMUNITY_CHANGE),
    }
    return render(request, "communities/community.html", context)


@require_safe
def counted(request: PageRequest, community: str) -> HttpResponse:
    """What a figure of the community counts, line by line."""
    of, page = request.GET.get("of", "encounters"), request.GET.get("page", "1")
    if of not in COUNTED or not (page.isascii() and page.isdigit() and 0 < len(page) < 7):
        raise BadRequest
    context = counted_context(request.actor, of, max(1, int(page)))
    return render(request, "communities/counted.html", {"community": community, **context})


@require_http_methods(["GET", "POST"])
def new_community(request: PageRequest, community: str) -> HttpResponse:
    """Found a smaller community inside this one."""
    request.actor.demand(CorePermission.COMMUNITY_CHANGE)
    level = level_inside(queries.community(request.actor).kind)
    form = NewCommunityForm(request.POST or None, initial={"kind": level.kind})
    if form.is_valid() and (done := attempt(form, "core.found_community", request)):
        founded = _("%(name)s is here now.") % {"name": form.cleaned_data["name"]}
        messages.success(request, founded, extra_tags=str(done.entry))
        return redirect("community", community)
    context = {
        "form": form,
        "title": level.add,
        "sentence": level.sentence,
        "do": _("Add"),
        "back": reverse("community", args=(community,)),
    }
    return render(request, "frame/form.html", context)
