"""Bridges and holes as their page shows them: names, sentences, shares."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from guyub.core.actor import Actor
from guyub.core.language import language_read
from guyub.cycle.start.analysis import plan_sentences
from guyub.cycle.start.queries import KeptBridges
from guyub.interfaces.web.plan.page import names_of


def bridges_context(actor: Actor, kept: KeptBridges) -> dict[str, Any]:
    """All that the page shows. Whoever is no longer here is left out, with what rests on them."""
    outcome = kept.outcome
    names = names_of(actor, set(_people(outcome)))

    def called(people: Iterable[str]) -> list[tuple[str, str]]:
        return [(each, names[each]) for each in people if each in names]

    return {
        "kept": kept,
        "outcome": outcome,
        "introductions": [
            {
                "pair": called(each["people"]),
                "through": [name for _person, name in called(each["through"])],
                "reasons": plan_sentences(actor, each["reasons"], language_read()),
            }
            for each in outcome["introductions"]
            if len(called(each["people"])) == 2
        ],
        "leaning": called(outcome["leaning"]["people"]),
        "closeness": tuple(round(100 * outcome["leaning"][each]) for each in ("with", "without")),
        "near": called(outcome["near"]["people"]),
        "near_share": round(100 * outcome["near"]["share"]),
        "cut_people": called(outcome["cut_people"]),
        "kinds": _shares(outcome["kinds"]),
        "places": sorted(
            ((place, round(100 * share)) for place, share in outcome["places"].items()),
            key=lambda row: (row[1], row[0]),
        ),
        "brokers": [
            (each, names[each], count) for each, count in outcome["brokers"] if each in names
        ],
        "loose": [
            (each, names[each], ties, round(size, 1))
            for each, ties, size in outcome["loose"]
            if each in names
        ],
        "giant": round(100 * outcome["giant_share"]),
        # What was found before these were looked at does not say them.
        "core": outcome.get("core"),
        "core_people": called((outcome.get("core") or {}).get("people", [])),
        "deep": {each: round(100 * share) for each, share in outcome.get("deep", {}).items()},
    }


def _people(outcome: dict[str, Any]) -> Iterable[str]:
    for each in outcome["introductions"]:
        yield from (*each["people"], *each["through"])
    yield from outcome["leaning"]["people"]
    yield from outcome["near"]["people"]
    yield from outcome["cut_people"]
    yield from (outcome.get("core") or {}).get("people", [])
    yield from (each for each, *_rest in (*outcome["brokers"], *outcome["loose"]))


def _shares(kinds: dict[str, int]) -> dict[str, int]:
    """Shares of those ties of which enough is known, in hundredths."""
    known = sum(count for kind, count in kinds.items() if kind != "unknown")
    return {
        kind: round(100 * count / known) if known else 0
        for kind, count in kinds.items()
        if kind != "unknown"
    }
