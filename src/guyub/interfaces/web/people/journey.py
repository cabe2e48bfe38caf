"""Somebody's way with us: how far they have come and why, and what happened, the newest first."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from guyub.core.actor import Actor
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.analysis import LadderPlace, ladder
from guyub.cycle.listen.queries import ConcernRow, EncounterOf, PromiseRow
from guyub.cycle.listen.vocabulary import EncounterKind, LadderStep, Outcome, Part

# As many as one reads at once, and as many as one looks back at all. Our choice.
_FIRST, _MOST = 8, 60

_ICONS = {
    EncounterKind.ONE_ON_ONE: "message-circle",
    EncounterKind.HOUSE_VISIT: "house",
    EncounterKind.ACTION: "megaphone",
}

_SETTLED = {
    Outcome.KEPT: gettext_lazy("Promise kept"),
    Outcome.BROKEN: gettext_lazy("Promise broken"),
    Outcome.RELEASED: gettext_lazy("Promise dropped"),
}


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A step of the ladder: reached or not, and whether it is where somebody stands."""

    name: str
    reached: bool
    current: bool


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened with somebody; by: who noted it, where that matters.

    encounter: the conversation that it was, where this reader noted it and may correct it.
    """

    title: str
    day: date
    icon: str
    text: str
    by: str
    badges: tuple[str, ...]
    encounter: uuid.UUID | None = None


def journey_context(actor: Actor, person: uuid.UUID) -> dict[str, Any]:
    """How far somebody has come and why, and their journey.

    :raises Missing: nobody here has this identifier.
    """
    card, standing = listen.person(actor, person), ladder(actor, person)
    further = _next(standing)
    encounters = listen.encounters_of(actor, person)
    concerns = listen.concerns_of(actor, person)
    said = listen.summaries(actor, frozenset(each.id for each in encounters[:_MOST]))
    events = [
        *_met(encounters[:_MOST], concerns, said),
        *_promised(card.promises),
        *_told(each for each in concerns if each.encounter is None),
    ]
    events.sort(key=lambda event: event.day, reverse=True)
    return {
        "person": card.person,
        "stages": _stages(standing),
        "step": standing.step.label,
        "because": _because(standing),
        "next_step": further.label if further else "",
        "needed": _needed(standing),
        "events": events[:_FIRST],
        "earlier": events[_FIRST:_MOST],
        "left": max(0, len(encounters) - _MOST),
    }


def _stages(standing: LadderPlace) -> list[Stage]:
    steps = list(LadderStep)
    reached = steps.index(standing.step)
    return [
        Stage(name=str(step.label), reached=place <= reached, current=place == reached)
        for place, step in enumerate(steps)
    ]


def _next(standing: LadderPlace) -> LadderStep | None:
    steps = list(LadderStep)
    place = steps.index(standing.step) + 1
    return steps[place] if place < len(steps) else None


def _because(standing: LadderPlace) -> list[str]:
    """The evidence for where somebody stands, that of the highest step first; each once."""
    held = [rung for rung in reversed(standing.rungs) if rung.held]
    return list(dict.fromkeys(_evidence(rung.what, rung.count) for rung in held))


def _needed(standing: LadderPlace) -> list[str]:
    """What would lead to the next step: one of these is enough."""
    step = _next(standing)
    return [_need(rung.what, rung.least) for rung in standing.rungs if rung.step == step]


def _evidence(what: str, count: int) -> str:
    sentences = {
        "met": ngettext("met %(count)s time", "met %(count)s times", count),
        "gatherings": ngettext(
            "came to %(count)s gathering", "came to %(count)s gatherings", count
        ),
        "groups": ngettext("belongs to %(count)s group", "belongs to %(count)s groups", count),
        "kept": ngettext("kept %(count)s promise", "kept %(count)s promises", count),
        "hosted": ngettext("hosted %(count)s time", "hosted %(count)s times", count),
        "organised": ngettext("organised %(count)s time", "organised %(count)s times", count),
        "brought": ngettext(
            "brought others %(count)s time", "brought others %(count)s times", count
        ),
        "office": _("holds an office"),
    }
    return sentences[what] % {"count": count} if what != "office" else sentences[what]


def _need(what: str, least: int) -> str:
    sentences = {
        "met": _("a first conversation"),
        "gatherings": ngettext("%(count)s gathering", "%(count)s gatherings", least),
        "groups": _("taking part in a group"),
        "kept": ngettext("%(count)s kept promise", "%(count)s kept promises", least),
        "hosted": _("hosting once"),
        "organised": ngettext("organising %(count)s time", "organising %(count)s times", least),
        "brought": ngettext(
            "bringing others %(count)s time", "bringing others %(count)s times", least
        ),
        "office": _("an office"),
    }
    return sentences[what].replace("%(count)s", str(least))


def _met(
    encounters: Iterable[EncounterOf], concerns: tuple[ConcernRow, ...], said: dict[uuid.UUID, str]
) -> Iterator[Event]:
    for each in encounters:
        heard = [concern for concern in concerns if concern.encounter == each.id]
        did = [str(part.label) for part in each.parts if part != Part.PRESENT]
        yield Event(
            title=str(each.kind.label).capitalize(),
            day=each.held_on,
            icon=_ICONS.get(each.kind, "users"),
            text=said.get(each.id) or each.place,
            by=each.noted_by,
            badges=tuple(dict.fromkeys([*did, *(str(one.life_area.label) for one in heard)])),
            encounter=each.id if each.own else None,
        )


def _promised(promises: Iterable[PromiseRow]) -> Iterator[Event]:
    for each in promises:
        by = each.worker_name if each.by_worker else ""
        title = _("Promised by us") if each.by_worker else _("Promised")
        yield Event(
            title=title, day=each.made_on, icon="hand-heart", text=each.what, by=by, badges=()
        )
        if each.outcome and each.settled_on:
            yield Event(
                title=str(_SETTLED[each.outcome]),
                day=each.settled_on,
                icon="circle-check" if each.outcome == Outcome.KEPT else "circle-alert",
                text=each.what,
                by=by,
                badges=(),
            )


def _told(concerns: Iterable[ConcernRow]) -> Iterator[Event]:
    for each in concerns:
        yield Event(
            title=_("Said what matters"),
            day=each.noted_on,
            icon="ear",
            text=each.own_words,
            by="",
            badges=(str(each.life_area.label),),
        )
