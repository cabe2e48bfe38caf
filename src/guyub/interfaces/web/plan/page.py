"""A kept plan as its page shows it: names, sentences and the picture."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from guyub.core.actor import Actor
from guyub.core.language import language_read
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.vocabulary import Trait
from guyub.cycle.start.analysis import plan_sentences
from guyub.cycle.start.queries import KeptPlan
from guyub.interfaces.submissions.scales import anchors
from guyub.interfaces.web.plan.choices import GROUP_WORDS

# As many colours as can be told apart, by most people with a colour weakness too (Okabe & Ito
# 2008). Whoever has another word is grey.
_MOST_COLOURS = 7

# The usual ways to choose, in the order of the cards.
_WAYS = {
    "news": _("The plan for news"),
    "plain": _("Without looking to groups"),
    "most_ties": _("Most ties"),
    "betweenness": _("Most in between"),
    "k_core": _("Innermost core"),
    "diffusion_centrality": _("Diffusion centrality"),
    "nominations": _("Named by others"),
    "formal_leaders": _("Formal leaders"),
    "random": _("At random"),
}


_GROUP_FIELDS = ("fair_by", "aim", "most_for")

# How much deeds and observations weighed, as a sentence.
_READINESS = {
    "first": _("Promises count twice as much as what the team saw."),
    "alike": _("Promises and what the team saw count alike."),
    "later": _("What the team saw counts twice as much as promises."),
    "alone": _("Only promises count."),
}

# How firmly somebody stands in a plan, in a plain word.
_FIRM = {"sure": _("sure"), "likely": _("likely"), "one_of_several": _("one of several")}


@dataclass(frozen=True, kw_only=True)
class ChosenRow:
    """Somebody of the plan; without a name where they are no longer here.

    firm: how firmly they stand in it, as a word; empty where no tie is doubtful.
    """

    person: str
    name: str
    address: str
    adds: float
    firm: str
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
    chosen = [each["person"] for each in outcome["catalysts"]]
    active = outcome.get("active", [])
    others = [each for plan in outcome.get("balances", ()) for each in plan["people"]]
    against = [each["person"] for each in (outcome.get("opposition") or {}).get("opponents", ())]
    names = names_of(actor, {*drawn, *outcome["excluded"], *active, *chosen, *against, *others})
    told = filled_in(plan)
    return {
        "plan": plan,
        "chosen": _chosen(actor, slug, outcome, names),
        "doubtful": any(each.get("firm") for each in outcome["catalysts"]),
        "left_out": [(each, names.get(each, "")) for each in outcome["excluded"]],
        "begun": [(each, names.get(each, "")) for each in active],
        "wishes": [("excluded", each) for each in outcome["excluded"]]
        + [("active", each) for each in active],
        "reach": outcome["reach"],
        "ways": _ways(outcome),
        "needs": plan.needs,
        # Nothing can be proved of a plan for a habit.
        "guarantee": round(100 * outcome["guarantee"]) if outcome["guarantee"] else None,
        "unwilling": outcome.get("unwilling", 0),
        "assumptions": plan_sentences(actor, outcome["assumptions"], language_read()),
        "people_count": outcome["people"],
        "fairness": _fairness(outcome),
        "choices": _choices(plan),
        # People chosen by hand look to no group.
        "choices_by_hand": [each for each in _choices(plan) if each[0] not in _GROUP_FIELDS],
        "curve": _curve(outcome),
        "balances": _balances(outcome, names),
        "opposition": _opposition(outcome, names),
        "visits": _visits(outcome, names),
        "contest": outcome.get("contest"),
        "wished_contested": bool(told.get("contested")),
        "readiness_by": _READINESS[told.get("deeds", "first")],
        "by_hand": outcome.get("by_hand", False),
        "picture": _picture(slug, outcome, names) if picture else None,
        "colours": _colours(picture) if picture else (),
    }


def _chosen(
    actor: Actor, slug: str, outcome: dict[str, Any], names: dict[str, str]
) -> list[ChosenRow]:
    """The people of the plan, with reasons in the language of the page."""
    return [
        ChosenRow(
            person=each["person"],
            name=names.get(each["person"], ""),
            address=_address(slug, each["person"]),
            adds=each["adds"],
            firm=str(_FIRM.get(each.get("firm", ""), "")),
            reasons=plan_sentences(actor, each["reasons"], language_read()),
        )
        for each in outcome["catalysts"]
    ]


def _ways(outcome: dict[str, Any]) -> list[Way]:
    """The plan, and what stands beside it."""
    comparison, labels = outcome["comparison"], dict(_WAYS)
    if outcome.get("visits"):
        labels["plain"] = _("Without looking at hours")
    if outcome.get("by_hand"):
        labels["plain"] = _("The plan that reaches most")
    return [
        Way(label=str(_("This plan")), **_bounds(outcome["reach"])),
        *(
            Way(label=str(label), **_bounds(comparison[way]))
            for way, label in labels.items()
            if way in comparison
        ),
    ]


def _choices(plan: KeptPlan) -> list[tuple[str, Any]]:
    """What a button beside somebody's name keeps as it is, one field for each value."""
    told = filled_in(plan)
    return [
        (name, value)
        for name, values in told.items()
        for value in (values if isinstance(values, list) else [values])
    ]


def filled_in(plan: KeptPlan) -> dict[str, Any]:
    """The form as it was filled in for this plan; what plans kept earlier say of it."""
    known = plan.outcome.get("filled_in")
    if known is not None:
        return dict(known)
    fairness = plan.outcome.get("fairness") or {"by": "", "aim": ""}
    wanted = fairness["aim"].removeprefix("wanted:")
    groups = (
        {"fair_by": fairness["by"], "aim": fairness["aim"]}
        if wanted == fairness["aim"]
        else {"most_for": f"{fairness['by']}={wanted}"}
    )
    return {"count": plan.count, "needs": plan.needs, **groups}


def _fairness(outcome: dict[str, Any]) -> dict[str, Any] | None:
    """How far every group is reached, the one reached least on top, and what that costs."""
    fairness = outcome.get("fairness")
    if not fairness:
        return None
    rows = [
        {
            "name": GROUP_WORDS.get(name, name),
            "chosen": group["chosen"],
            "percent": round(100 * group["reached"]),
            "plainly": round(100 * group["reached_plainly"]),
        }
        for name, group in fairness["groups"].items()
    ]
    return {
        "wanted": fairness["aim"].startswith("wanted:"),
        "rows": sorted(rows, key=lambda row: row["percent"]),
        "price": fairness["price"],
        "costs": fairness["price"]["low"] > 0,
    }


def _curve(outcome: dict[str, Any]) -> dict[str, Any] | None:
    """What each person adds, and where it bends. Plans that were kept earlier do not say it."""
    if "curve" not in outcome:
        return None
    adds = outcome["curve"]["adds"]
    most = max(adds, default=0.0) or 1.0
    return {
        "rows": [
            {"number": number, "adds": each, "percent": round(100 * each / most)}
            for number, each in enumerate(adds, start=1)
        ],
        **outcome["curve"]["elbow"],
        "share": round(100 * outcome["curve"]["elbow"]["share"]),
    }


def _balances(outcome: dict[str, Any], names: dict[str, str]) -> list[dict[str, Any]]:
    """Plans between reach and readiness, each with those whom the one before did not have."""
    rows, before = [], set[str]()
    for plan in outcome.get("balances", ()):
        rows.append(
            {
                "given": plan["people"],
                "people": [
                    {"name": names[each], "new": bool(before) and each not in before}
                    for each in plan["people"]
                    if each in names
                ],
                "expected": plan["reach"]["expected"],
                "ready": round(100 * plan["ready"]),
            }
        )
        before = set(plan["people"])
    return rows


def _visits(outcome: dict[str, Any], names: dict[str, str]) -> dict[str, Any] | None:
    """The visits of a plan that keeps within hours, by name, and what that costs."""
    found = outcome.get("visits")
    if not found:
        return None
    return {
        **found,
        "rows": [
            {
                "names": [names[each] for each in visit["people"] if each in names],
                "hours": visit["hours"],
            }
            for visit in found["visits"]
        ],
        "costs": found["price"]["low"] > 0,
    }


def _opposition(outcome: dict[str, Any], names: dict[str, str]) -> dict[str, Any] | None:
    """Who stands against, as far as they are here, and what one step nearer would change."""
    found = outcome.get("opposition")
    if not found or not found["count"]:
        return None
    return {
        **found,
        "opponents": [
            {**each, "name": names[each["person"]], "more": each["more"]["expected"]}
            for each in found["opponents"]
            if each["person"] in names
        ],
    }


def _picture(slug: str, outcome: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """What is drawn: places, colours and ties as they were, names as they are now."""
    picture = outcome["picture"]
    place = {person: number for number, person in enumerate(picture["people"])}
    colours = {
        each.name: [each.numbers.get(word, 0) for word in picture.get(each.name, ())]
        for each in _colours(picture)
    }
    return {
        "x": picture["x"],
        "y": picture["y"],
        "colours": {"stance": picture["stance"], **colours},
        "ties": picture["ties"],
        "names": [names.get(each, "") for each in picture["people"]],
        "people": picture["people"],
        "chosen": [
            place[each["person"]] for each in outcome["catalysts"] if each["person"] in place
        ],
        "active": [place[each] for each in outcome.get("active", []) if each in place],
        "address": _address(slug, str(uuid.UUID(int=0))),
    }


@dataclass(frozen=True, kw_only=True)
class Colours:
    """What people may be coloured by besides their stance, and which word has which colour."""

    name: str
    label: str
    numbers: dict[str, int]


def _colours(picture: dict[str, Any]) -> tuple[Colours, ...]:
    """The most frequent words of each, numbered from 1; all others share 0."""
    found = []
    for name, label in (("place", _("smaller community")), ("group", _("group"))):
        counts = Counter(word for word in picture.get(name, ()) if word)
        if counts:
            words = [word for word, _count in counts.most_common(_MOST_COLOURS)]
            numbers = {word: number for number, word in enumerate(sorted(words), start=1)}
            found.append(Colours(name=name, label=str(label), numbers=numbers))
    return tuple(found)


def names_of(actor: Actor, people: set[str]) -> dict[str, str]:
    """How people are called now, as far as they are here."""
    found = listen.names(actor, {uuid.UUID(each) for each in people})
    return {str(person): name for person, name in found.items()}


def _bounds(reach: dict[str, float]) -> dict[str, float]:
    return {key: reach[key] for key in ("expected", "low", "high")}


def _address(slug: str, person: str) -> str:
    try:
        return reverse("person", args=(slug, person))
    except NoReverseMatch:
        return ""


@dataclass(frozen=True, kw_only=True)
class NetworkRow:
    """Somebody in the table of the network. number: their place in the plan, 0 outside it."""

    person: str
    place: str
    group: str
    stance: str
    ties: int
    number: int


def network_rows(plan: KeptPlan) -> list[NetworkRow]:
    """Everybody who is drawn, whoever has most ties first."""
    picture = plan.outcome["picture"]
    ties = Counter(picture["ties"])
    numbers = {
        each["person"]: number for number, each in enumerate(plan.outcome["catalysts"], start=1)
    }
    stances = dict(anchors(Trait.STANCE))
    nothing = [""] * len(picture["people"])
    told = zip(
        picture["people"],
        picture.get("place", nothing),
        picture.get("group", nothing),
        picture["stance"],
        strict=True,
    )
    rows = [
        NetworkRow(
            person=person,
            place=place,
            group=group,
            stance=stances.get(stance, ""),
            ties=ties[each],
            number=numbers.get(person, 0),
        )
        for each, (person, place, group, stance) in enumerate(told)
    ]
    return sorted(rows, key=lambda row: -row.ties)
