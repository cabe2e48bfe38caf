"""How far somebody has come, with the evidence for each step."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from guyub.core.actor import Actor
from guyub.core.query import query
from guyub.cycle.listen import queries
from guyub.cycle.listen.analysis.days import today_here
from guyub.cycle.listen.queries import DeedCounts
from guyub.cycle.listen.vocabulary import (
    GATHERINGS,
    LadderStep,
    ListenPermission,
    Outcome,
    Part,
    labels,
)

if TYPE_CHECKING:
    from guyub.engine import Ladder


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One kind of evidence: for which step, what was counted, how often, and whether it is enough.

    beside: it counts only for who stands on the step below, too.
    """

    step: LadderStep
    what: str
    count: int
    least: int
    beside: bool
    held: bool


@dataclass(frozen=True, kw_only=True)
class LadderPlace:
    """Where somebody stands, the evidence, and over how many days it was looked for."""

    step: LadderStep
    rungs: tuple[Rung, ...]
    days: int


_COLUMNS = ("met", "gatherings", "hosted", "organised", "brought", "kept")


@query("listen.ladder", permission=ListenPermission.WRITE)
def ladder(actor: Actor, person: uuid.UUID) -> LadderPlace:
    """A person's progress in the last year.

    :raises Missing: nobody here has this identifier.
    """
    from guyub.engine.field.ladder import RULES, WINDOW

    card = queries.person(actor, person)
    since = today_here(actor) - timedelta(days=WINDOW)
    lately = [each for each in queries.encounters_of(actor, person) if each.held_on >= since]
    kept = [
        each
        for each in card.promises
        if each.outcome == Outcome.KEPT
        and not each.by_worker
        and each.settled_on is not None
        and each.settled_on >= since
    ]
    did = {part: sum(part in each.parts for each in lately) for part in Part}
    counts = DeedCounts(
        met=len(lately),
        gatherings=sum(each.kind in GATHERINGS for each in lately),
        hosted=did[Part.HOSTED],
        organised=did[Part.ORGANISED],
        brought=did[Part.BROUGHT],
        kept=len(kept),
    )
    groups, office = len(labels(card.person.groups)), bool(card.person.office)
    found = _climbed([counts], [groups], [office])
    counted = vars(counts) | {"groups": groups, "office": int(office)}
    return LadderPlace(
        step=_STEPS[int(found.step[0])],
        rungs=tuple(
            Rung(
                step=_STEPS[rule.step],
                what=rule.column,
                count=counted[rule.column],
                least=rule.least,
                beside=rule.beside,
                held=bool(found.held[place, 0]),
            )
            for place, rule in enumerate(RULES)
        ),
        days=WINDOW,
    )


def everybody_at_least(actor: Actor, step: LadderStep) -> frozenset[uuid.UUID]:
    """Who has come as far as this step, or farther."""
    from guyub.engine.field.ladder import WINDOW

    since = today_here(actor) - timedelta(days=WINDOW)
    rows, did = queries.all_people(actor), queries.deeds_since(actor, since)
    nothing = DeedCounts()
    found = _climbed(
        [did.get(row.id, nothing) for row in rows],
        [len(labels(row.groups)) for row in rows],
        [bool(row.office) for row in rows],
    )
    least = _STEPS.index(step)
    return frozenset(
        row.id for row, place in zip(rows, found.step.tolist(), strict=True) if place >= least
    )


_STEPS = tuple(LadderStep)


def _climbed(did: list[DeedCounts], groups: list[int], offices: list[bool]) -> Ladder:
    import numpy as np

    from guyub.engine import Deeds
    from guyub.engine import ladder as climbed

    columns = {name: np.array([getattr(each, name) for each in did], np.int64) for name in _COLUMNS}
    return climbed(
        Deeds(
            **columns,
            groups=np.array(groups, np.int64),
            office=np.array(offices, np.bool_),
        )
    )
