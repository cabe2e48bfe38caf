"""Did it work? What came of all plans, beside what was told."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from guyub.core.actor import Actor
from guyub.cycle.start.analysis import Calibration, calibration
from guyub.cycle.start.vocabulary import StartPermission
from guyub.interfaces.web.frame.responses import PageRequest, render
from guyub.interfaces.web.plan.choices import STARTS, TERMS, TIMES
from guyub.interfaces.web.plan.forms import EVIDENCE

_SCORED = {"all": _("Everyone"), **TERMS}


@require_safe
def did_it_work(request: PageRequest, community: str) -> HttpResponse:
    """Show whether who was expected to start did, and the weights that fit what happened."""
    request.actor.demand(StartPermission.READ)
    context = {"community": community} | _context(request.actor, community)
    return render(request, "plan/did_it_work.html", context)


def _context(actor: Actor, slug: str) -> dict[str, Any]:
    found = calibration(actor)
    return {
        "found": found,
        "missing": found.fewest - found.decided,
        "bands": [
            {
                "words": STARTS[each.word],
                "band": each,
                "percent": round(100 * each.started / each.count) if each.count else 0,
            }
            for each in reversed(found.bands)
        ],
        "scores": [(_SCORED[kind], score) for kind, score in found.scores.items()],
        **(_weights(found, slug) if found.estimated else {}),
    }


def _weights(found: Calibration, slug: str) -> dict[str, Any]:
    """Today's weights beside the estimated ones, and the form with the nearest choices."""
    estimated = found.estimated
    nearest = {name: _nearest(getattr(estimated, name)) for name in EVIDENCE}
    return {
        "base_now": round(100 * found.now.base),
        "base_estimated": round(100 * estimated.base) if estimated else 0,
        "weights": [
            {
                "words": TERMS[name],
                "now": getattr(found.now, name),
                "estimated": getattr(estimated, name),
                "choice": TIMES[nearest[name]],
            }
            for name in EVIDENCE
        ],
        "address": f"{reverse('start', args=[slug])}?{urlencode(nearest)}#weights",
    }


def _nearest(weight: float) -> str:
    """The choice of the form that is nearest to a weight."""
    return min(TIMES, key=lambda each: abs(float(each) - weight))
