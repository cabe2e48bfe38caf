"""A kept plan as its page shows it: names, sentences and the picture."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from guyub.core.actor import Actor
from guyub.core.language import language_read
from guyub.cycle.listen import queries as listen
from guyub.cycle.start.analysis import (
    SELF_STARTERS,
    Chosen,
    Picture,
    PlanRecord,
    Reach,
    Reason,
    StartingPlan,
    plan_sentences,
)
from guyub.cycle.start.queries import KeptPlan
from guyub.interfaces.web.plan.choices import GROUP_WORDS, STARTS, TERMS
from guyub.interfaces.web.plan.outcomes import progress_context
from guyub.interfaces.web.plan.plan_notes import notes_context

# As many colours as can be told apart, by most people with a colour weakness too (Okabe & Ito
# 2008). Whoever has another word is grey.
_MOST_COLOURS = 7

# The usual ways to choose, in the order of the cards.
_WAYS = {
    "news": _("The plan for news"),
    "plain": _("Without balancing groups"),
    "most_ties": _("Most ties"),
    "betweenness": _("Most between others"),
    "k_core": _("Tightest-knit group"),
    "diffusion_centrality": _("Likely to spread furthest"),
    "nominations": _("Named by others"),
    "formal_leaders": _("Formal leaders"),
    "random": _("At random"),
}


_GROUP_FIELDS = ("fair_by", "aim", "most_for")

# What a plan beside this one looks for.
_LOOKS_FOR = {
    "self-starters": _("People who start things, and how far that carries"),
    "reach": _("Ties alone"),
    "starting": _("Only who starts things"),
}

# How firmly somebody stands in a plan, in a plain word.
_STABILITY = {"sure": _("sure"), "likely": _("likely"), "one_of_several": _("one of several")}


@dataclass(frozen=True, kw_only=True)
class ChosenRow:
    """Somebody of the plan; without a name where they are no longer here.

    stability: how firmly they stand in it, as a word; empty where no tie is doubtful. starts: how
    often they start things, as a word; empty where the plan does not look for that. chance: in
    hundredths. terms: what each kind of evidence adds to its log-odds. progress: how far it has
    come with them.
    """

    person: str
    name: str
    address: str
    adds: float
    stability: str
    starts: str
    chance: int
    terms: tuple[tuple[str, float], ...]
    reasons: tuple[str, ...]
    progress: Any = None


@dataclass(frozen=True, kw_only=True)
class Way:
    """A way to choose, and how far it reaches."""

    label: str
    reach: Reach


def plan_context(actor: Actor, slug: str, kept: KeptPlan) -> dict[str, Any]:
    """All that the page of a plan shows."""
    record = PlanRecord.of(kept)
    plan, picture, form = record.plan, record.picture, record.form
    names = names_of(actor, _people(record))
    choices = _choices(form)
    after = progress_context(actor, kept.id)
    return {
        "plan": kept,
        **after,
        **notes_context(actor, kept, after["came_of_it"]),
        "chosen": _chosen(actor, slug, plan, names, after["progress"]),
        "doubtful": any(each.stability for each in plan.catalysts),
        "left_out": [(each, names.get(each, "")) for each in record.excluded],
        "begun": [(each, names.get(each, "")) for each in plan.active],
        "wishes": [("excluded", each) for each in record.excluded]
        + [("active", each) for each in plan.active],
        "reach": plan.reach,
        "ways": _ways(plan),
        "needs": plan.needs,
        # Nothing can be proved of a plan for a habit.
        "guarantee": round(100 * plan.guarantee) if plan.guarantee else None,
        # By so many hundredths another choice may be better at most.
        "better": round(100 * (1 / plan.guarantee - 1)) if plan.guarantee else None,
        "certainty": plan.confidence and 100 * plan.confidence,
        "for_starters": plan.objective == SELF_STARTERS,
        "knowledge": plan.knowledge,
        "unwilling": record.unwilling,
        "assumptions": _sentences(actor, plan.assumptions),
        "people_count": plan.people,
        "fairness": _fairness(plan),
        "choices": choices,
        # People chosen by hand look to no group.
        "choices_by_hand": [each for each in choices if each[0] not in _GROUP_FIELDS],
        "curve": _curve(plan),
        "alternatives": _alternatives(plan, names),
        "opposition": _opposition(plan, names),
        "visits": _visits(plan, names),
        "contest": plan.contest,
        "wished_competitive": bool(form.get("competitive")),
        "by_hand": plan.by_hand,
        "picture": _picture(slug, record, picture, names) if picture else None,
        "colours": _colours(picture) if picture else (),
    }


def _people(record: PlanRecord) -> set[str]:
    """Everybody whom the page of a plan names."""
    plan = record.plan
    alternatives = plan.outlook.alternatives if plan.outlook else ()
    opponents = plan.opposition.opponents if plan.opposition else ()
    return {
        *(record.picture.people if record.picture else ()),
        *record.excluded,
        *plan.active,
        *(each.id for each in plan.catalysts),
        *(each.id for each in opponents),
        *(person for each in alternatives for person in each.people),
    }


def _chosen(
    actor: Actor, slug: str, plan: StartingPlan, names: dict[str, str], progress: dict[str, Any]
) -> list[ChosenRow]:
    """The people of the plan, with reasons in the language of the page."""
    return [
        ChosenRow(
            person=each.id,
            name=names.get(each.id, ""),
            address=_address(slug, each.id),
            adds=each.marginal_reach,
            stability=str(_STABILITY.get(each.stability, "")),
            **_starting(plan, each),
            reasons=_sentences(actor, each.reasons),
            progress=progress.get(each.id),
        )
        for each in plan.catalysts
    ]


def _starting(plan: StartingPlan, chosen: Chosen) -> dict[str, Any]:
    """How often somebody starts things, where the plan looks for that."""
    if plan.objective != SELF_STARTERS or chosen.starting is None:
        return {"starts": "", "chance": 0, "terms": ()}
    terms = chosen.starting.terms
    return {
        "starts": str(STARTS[chosen.starting.word]),
        "chance": round(100 * chosen.starting.chance),
        "terms": tuple((str(TERMS[name]), terms[name]) for name in TERMS if terms[name]),
    }


def _sentences(actor: Actor, reasons: Iterable[Reason]) -> tuple[str, ...]:
    """Reasons in the language of the page."""
    return plan_sentences(actor, [each.to_dict() for each in reasons], language_read())


def _ways(plan: StartingPlan) -> list[Way]:
    """The plan, and what stands beside it."""
    labels = dict(_WAYS)
    if plan.visits:
        labels["plain"] = _("Without a limit on hours")
    if plan.by_hand:
        labels["plain"] = _("The plan that reaches most")
    return [
        Way(label=str(_("This plan")), reach=plan.reach),
        *(
            Way(label=str(label), reach=plan.comparison[way])
            for way, label in labels.items()
            if way in plan.comparison
        ),
    ]


def _choices(form: dict[str, Any]) -> list[tuple[str, Any]]:
    """What a button beside somebody's name keeps as it is, one field for each value."""
    return [
        (name, value)
        for name, values in form.items()
        for value in (values if isinstance(values, list) else [values])
    ]


def _fairness(plan: StartingPlan) -> dict[str, Any] | None:
    """How far every group is reached, the one reached least on top, and what that costs."""
    fairness = plan.fairness
    if fairness is None:
        return None
    rows = [
        {
            "name": GROUP_WORDS.get(name, name),
            "chosen": group.chosen,
            "percent": round(100 * group.reached),
            "plainly": round(100 * group.reached_plainly),
        }
        for name, group in fairness.groups.items()
    ]
    return {
        "wanted": fairness.aim.startswith("wanted:"),
        "rows": sorted(rows, key=lambda row: row["percent"]),
        "price": fairness.price,
        "costs": fairness.price.low > 0,
    }


def _curve(plan: StartingPlan) -> dict[str, Any] | None:
    """What each person adds, and where it bends."""
    outlook = plan.outlook
    if outlook is None:
        return None
    most = max(outlook.adds, default=0.0) or 1.0
    return {
        "rows": [
            {"number": number, "adds": each, "percent": round(100 * each / most)}
            for number, each in enumerate(outlook.adds, start=1)
        ],
        "elbow": outlook.elbow,
        "share": round(100 * outlook.elbow.share),
    }


def _alternatives(plan: StartingPlan, names: dict[str, str]) -> list[dict[str, Any]]:
    """A plan for each thing that may be looked for, with those whom this plan does not have."""
    chosen = {each.id for each in plan.catalysts}
    return [
        {
            "given": other.people,
            "looks_for": str(_LOOKS_FOR[other.objective]),
            "people": [
                {"name": names[each], "new": each not in chosen}
                for each in other.people
                if each in names
            ],
            "expected": other.reach.expected,
            "all_start": other.all_start.expected,
            "starts": other.starts,
        }
        for other in (plan.outlook.alternatives if plan.outlook else ())
    ]


def _visits(plan: StartingPlan, names: dict[str, str]) -> dict[str, Any] | None:
    """The visits of a plan that keeps within hours, by name, and what that costs."""
    found = plan.visits
    if found is None:
        return None
    return {
        "plan": found,
        "rows": [
            {
                "names": [names[each] for each in visit.people if each in names],
                "hours": visit.hours,
            }
            for visit in found.visits
        ],
        "costs": found.price.low > 0,
    }


def _opposition(plan: StartingPlan, names: dict[str, str]) -> dict[str, Any] | None:
    """Who stands against, as far as they are here, and what one step nearer would change."""
    found = plan.opposition
    if found is None or not found.count:
        return None
    return {
        "count": found.count,
        "cut_off": found.cut_off,
        "opponents": [
            {"name": names[each.id], "opponent": each}
            for each in found.opponents
            if each.id in names
        ],
    }


def _picture(
    slug: str, record: PlanRecord, picture: Picture, names: dict[str, str]
) -> dict[str, Any]:
    """What is drawn: places, colours and ties as they were, names as they are now."""
    place = {person: number for number, person in enumerate(picture.people)}
    colours = {
        each.name: [each.numbers.get(word, 0) for word in getattr(picture, each.name)]
        for each in _colours(picture)
    }
    return {
        "x": picture.x,
        "y": picture.y,
        "colours": {"stance": picture.stance, **colours},
        "ties": picture.ties,
        "names": [names.get(each, "") for each in picture.people],
        "people": picture.people,
        "chosen": [place[each.id] for each in record.plan.catalysts if each.id in place],
        "active": [place[each] for each in record.plan.active if each in place],
        "address": _address(slug, str(uuid.UUID(int=0))),
    }


@dataclass(frozen=True, kw_only=True)
class Colours:
    """What people may be coloured by besides their stance, and which word has which colour."""

    name: str
    label: str
    numbers: dict[str, int]


def _colours(picture: Picture) -> tuple[Colours, ...]:
    """The most frequent words of each, numbered from 1; all others share 0."""
    found = []
    for name, label in (("place", _("smaller community")), ("group", _("group"))):
        counts = Counter(word for word in getattr(picture, name) if word)
        if counts:
            words = [word for word, _count in counts.most_common(_MOST_COLOURS)]
            numbers = {word: number for number, word in enumerate(sorted(words), start=1)}
            found.append(Colours(name=name, label=str(label), numbers=numbers))
    return tuple(found)


def names_of(actor: Actor, people: set[str]) -> dict[str, str]:
    """How people are called now, as far as they are here."""
    found = listen.names(actor, {uuid.UUID(each) for each in people})
    return {str(person): name for person, name in found.items()}


def _address(slug: str, person: str) -> str:
    try:
        return reverse("person", args=(slug, person))
    except NoReverseMatch:
        return ""
