"""A kept plan as its page shows it: names, sentences and the picture."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from guyub.core.actor import Actor
from guyub.cycle.listen import queries as listen
from guyub.cycle.start.analysis import plan_sentences
from guyub.cycle.start.queries import KeptPlan

# The usual ways to choose, in the order of the cards.
_WAYS = {
    "most_ties": _("Most ties"),
    "betweenness": _("Most in between"),
    "k_core": _("Innermost core"),
    "diffusion_centrality": _("Diffusion centrality"),
    "nominations": _("Named by others"),
    "formal_leaders": _("Formal leaders"),
    "random": _("At random"),
}


@dataclass(frozen=True, kw_only=True)
class ChosenRow:
    """Somebody of the plan; without a name where they are no longer here."""

    person: str
    name: str
    address: str
    adds: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Way:
    """A way to choose, and how far it reaches."""

    label: str
    expected: float
    low: float
    high: float


def plan_context(actor: Actor, slug: str, plan: KeptPlan) -> dict[str, Any]:
    """All that the page of a plan shows."""
    outcome = plan.outcome
    picture = outcome["picture"]
    drawn = picture["people"] if picture else []
    asked = {*drawn, *outcome["excluded"], *(each["person"] for each in outcome["catalysts"])}
    names = {str(key): name for key, name in _names(actor, asked).items()}
    language = "id" if (get_language() or "id").startswith("id") else "en"
    reach, comparison = outcome["reach"], outcome["comparison"]
    return {
        "plan": plan,
        "chosen": [
            ChosenRow(
                person=each["person"],
                name=names.get(each["person"], ""),
                address=_address(slug, each["person"]),
                adds=each["adds"],
                reasons=plan_sentences(actor, each["reasons"], language),
            )
            for each in outcome["catalysts"]
        ],
        "left_out": [(each, names.get(each, "")) for each in outcome["excluded"]],
        "reach": reach,
        "ways": [Way(label=str(_("This plan")), **_bounds(reach))]
        + [
            Way(label=str(label), **_bounds(comparison[way]))
            for way, label in _WAYS.items()
            if way in comparison
        ],
        "guarantee": round(100 * outcome["guarantee"]),
        "assumptions": plan_sentences(actor, outcome["assumptions"], language),
        "people_count": outcome["people"],
        "picture": _picture(slug, outcome, names) if picture else None,
    }


def _picture(slug: str, outcome: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """What is drawn: places, stances and ties as they were, names as they are now."""
    picture = outcome["picture"]
    place = {person: number for number, person in enumerate(picture["people"])}
    return {
        "x": picture["x"],
        "y": picture["y"],
        "stance": picture["stance"],
        "ties": picture["ties"],
        "names": [names.get(each, "") for each in picture["people"]],
        "people": picture["people"],
        "chosen": [
            place[each["person"]] for each in outcome["catalysts"] if each["person"] in place
        ],
        "address": _address(slug, str(uuid.UUID(int=0))),
    }


def _names(actor: Actor, people: set[str]) -> dict[uuid.UUID, str]:
    return listen.names(actor, {uuid.UUID(each) for each in people})


def _bounds(reach: dict[str, float]) -> dict[str, float]:
    return {key: reach[key] for key in ("expected", "low", "high")}


def _address(slug: str, person: str) -> str:
    try:
        return reverse("person", args=(slug, person))
    except NoReverseMatch:
        return ""
