"""From what was noted to a starting plan: what the queries tell becomes a frame for the engine.

The engine is loaded when it is asked for; pages that need no plan do not wait for it.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from guyub.core import queries as core
from guyub.core.actor import Actor
from guyub.core.cache import Cache
from guyub.core.errors import Refused
from guyub.core.query import query
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.queries import PersonRow
from guyub.cycle.listen.vocabulary import Gender, ListenPermission, Outcome
from guyub.cycle.map import queries as map_queries
from guyub.cycle.map.vocabulary import ReportedBy
from guyub.cycle.start.analysis.plan_record import Picture, PlanRecord
from guyub.cycle.start.analysis.plan_wishes import PlanWishes
from guyub.cycle.start.queries import newest_plan
from guyub.cycle.start.vocabulary import StartPermission

if TYPE_CHECKING:
    from guyub.engine import Frame, Observations, PlanRequest, StartingPlan


# Whoever tries wishes out asks about the same village again and again. Our choice: a few of them.
_frames = Cache["Frame"](most=4)

# Beyond so many people a picture of everybody is a cloud that says nothing. Our choice.
MOST_DRAWN = 2000

# A promise that is open and overdue counts as half of one that was broken. Our choice.
_OVERDUE = 0.5


class TooLittleHeard(Refused):
    """It cannot be said who starts things: too little is known of people here."""


@query("start.frame", permission=StartPermission.READ)
def frame(actor: Actor, *, on: date | None = None) -> Frame:
    """The opened community at a date (today), as far as this actor may read it.

    Its ids are those of the spreadsheet that brought people in, where one did.
    """
    return frame_of(actor, listen.all_people(actor), on)


def frame_of(actor: Actor, people: tuple[PersonRow, ...], on: date | None = None) -> Frame:
    """These people and what is between them at a date (today), from what is remembered."""
    day = on or timezone.localdate(timezone=ZoneInfo(core.community(actor).time_zone))
    # Whoever is no planner reads no judgements but their own.
    own = not actor.may(ListenPermission.CONFIDENTIAL)
    known = _frames.get(
        actor, day, lambda: _read_frame(actor, listen.all_people(actor), day), own=own
    )
    return known if known.id == _identifiers(people) else _read_frame(actor, people, day)


def _read_frame(actor: Actor, people: tuple[PersonRow, ...], day: date) -> Frame:
    import numpy as np

    from guyub.engine import TIE_KINDS, Frame

    places = {row.id: place for place, row in enumerate(people)}
    # Whoever may only see one hamlet does not see where ties lead out of it.
    ties = [
        tie
        for tie in map_queries.ties(actor)
        if tie.from_person in places and tie.to_person in places
    ]
    kept, broken = _promises(actor, places)
    acts, failures = _acts(actor, places, day)
    met = listen.contacts(actor, None)
    seen = Frame(
        on=day,
        id=_identifiers(people),
        name=tuple(row.name for row in people),
        gender=tuple("" if row.gender == Gender.UNSTATED else row.gender.value for row in people),
        birth_year=np.array([row.birth_year or 0 for row in people], np.int32),
        household=tuple(row.household for row in people),
        sub_community=_sub_communities(actor, people),
        leader=np.array([bool(row.office) for row in people], np.bool_),
        promises_kept=kept,
        promises_broken=broken,
        acts=acts,
        failures=failures,
        # Nobody notes yet what somebody said who was asked to lead.
        asked_to_lead=np.zeros(len(people), np.int8),
        met=np.array([row.id in met for row in people], np.bool_),
        observations=_observations(actor, places),
        source=np.array([places[tie.from_person] for tie in ties], np.int32),
        target=np.array([places[tie.to_person] for tie in ties], np.int32),
        kind=np.array([TIE_KINDS.index(tie.kind.value) for tie in ties], np.int8),
        strength=np.array([tie.strength or 0 for tie in ties], np.int8),
        by_one=np.array([tie.reported_by == ReportedBy.ONE for tie in ties], np.bool_),
        mutual=np.array([tie.mutual for tie in ties], np.bool_),
    )
    for value in (*vars(seen).values(), *vars(seen.observations).values()):
        if isinstance(value, np.ndarray):
            value.setflags(write=False)
    return seen


@query("start.draft_plan", permission=StartPermission.READ)
def draft_plan(actor: Actor, wishes: PlanWishes) -> PlanRecord:
    """A plan worked out now, in the form that is saved: people by identifiers, and the picture.

    :raises TooLittleHeard: it cannot be said who starts things.
    :raises Refused: too few are left to choose from, too little is known of groups, no visit fits
        into the hours, or wishes do not go together.
    """
    rows = listen.all_people(actor)
    seen = frame_of(actor, rows)
    called = {row.id: identifier for row, identifier in zip(rows, seen.id, strict=True)}
    unwilling = listen.unwilling(actor) - {*wishes.excluded, *wishes.active, *wishes.given}
    excluded = [each for each in wishes.excluded if each in called]
    left_out = [row.id for row in rows if row.id in unwilling] + excluded
    plan = _planned(seen, wishes, called, left_out)
    return PlanRecord(
        on=seen.on.isoformat(),
        plan=plan.renamed({identifier: str(person) for person, identifier in called.items()}),
        excluded=tuple(map(str, excluded)),
        unwilling=len(unwilling & called.keys()),
        picture=_picture(seen, rows, wishes.seed, _drawn_last(actor)),
    )


def _drawn_last(actor: Actor) -> Picture | None:
    """The picture of the newest plan; None where there is none."""
    newest = newest_plan(actor)
    return PlanRecord.of(newest).picture if newest else None


def _planned(
    seen: Frame, wishes: PlanWishes, called: dict[uuid.UUID, str], excluded: list[uuid.UUID]
) -> StartingPlan:
    """The engine's plan, or its refusal in words. called: people by the ids of the frame."""
    from guyub.engine import (
        EngineError,
        NoVisitFits,
        TooFewGroups,
        TooLittleKnown,
        starting_plan,
    )

    try:
        return starting_plan(seen, _request(wishes, called, excluded))
    except TooLittleKnown:
        raise TooLittleHeard(
            _("Too little is known yet to say who starts things. Hear these people first.")
        ) from None
    except NoVisitFits:
        raise Refused(
            _("No visit fits into these hours: give more of them, or leave fewer people out.")
        ) from None
    except TooFewGroups:
        raise Refused(
            _("Too little is known to tell these groups apart. Choose others, or none.")
        ) from None
    except EngineError:
        raise Refused(
            _("There are too few people to choose from: import more, or leave fewer out.")
        ) from None


def _request(
    wishes: PlanWishes, called: dict[uuid.UUID, str], excluded: list[uuid.UUID]
) -> PlanRequest:
    """The wishes as the engine is asked.

    :raises EngineError: what is wished does not go together.
    """
    from guyub.engine import Hours, PlanRequest, StartingWeights

    def here(people: Iterable[uuid.UUID]) -> tuple[str, ...]:
        return tuple(called[each] for each in people if each in called)

    return PlanRequest(
        count=wishes.count,
        seed=wishes.seed,
        excluded=here(excluded),
        active=here(wishes.active),
        given=here(wishes.given),
        fair_by=wishes.fair_by,
        aim=wishes.aim,
        needs=wishes.needs,
        competitive=wishes.competitive,
        hours=None if wishes.hours is None else Hours(**asdict(wishes.hours)),
        guess=True,
        stability=True,
        outlook=True,
        objective=wishes.objective,
        evidence=StartingWeights(**wishes.evidence),
    )


@query("start.plan_sentences", permission=StartPermission.READ)
def plan_sentences(actor: Actor, reasons: list[dict[str, Any]], language: str) -> tuple[str, ...]:
    """Saved reasons in words. language: en or id."""
    from guyub.engine import Reason, sentence

    return tuple(sentence(Reason(**reason), language) for reason in reasons)


def _picture(
    seen: Frame, rows: tuple[PersonRow, ...], seed: int, before: Picture | None
) -> Picture | None:
    """Where everybody is drawn; None for too many.

    before: the last picture; the same people with the same ties stay where they were drawn.
    """
    import numpy as np

    from guyub.engine import layout

    if not 0 < seen.size <= MOST_DRAWN:
        return None
    network = seen.network()
    pairs = network.undirected
    one, other = pairs.out_sources, pairs.out_targets
    once = one < other
    people = tuple(str(row.id) for row in rows)
    ties = tuple(np.column_stack((one[once], other[once])).ravel().tolist())
    if before is not None and (before.people, before.ties) == (people, ties):
        x, y = before.x, before.y
    else:
        places = np.round(layout(network, seed=seed) * 1000).astype(int)
        x, y = (tuple(each.tolist()) for each in places.T)
    stance = np.rint(np.nan_to_num(seen.current("stance"), nan=0.0))
    return Picture(
        people=people,
        x=x,
        y=y,
        stance=tuple(stance.astype(int).tolist()),
        place=seen.sub_community,
        group=tuple(row.groups.partition(",")[0].strip() for row in rows),
        ties=ties,
    )


def _identifiers(people: Iterable[PersonRow]) -> tuple[str, ...]:
    """References where they tell people apart; two hamlets may each have brought their own list."""
    rows = list(people)
    often = Counter(row.reference for row in rows)
    return tuple(
        row.reference if row.reference and often[row.reference] == 1 else str(row.id)
        for row in rows
    )


def _sub_communities(actor: Actor, people: Iterable[PersonRow]) -> tuple[str, ...]:
    named = core.place_names(actor).items()
    names = {identifier: name for identifier, name in named if identifier != actor.community}
    return tuple(names.get(row.community, "") for row in people)


def _promises(actor: Actor, places: dict[uuid.UUID, int]) -> tuple[Any, Any]:
    import numpy as np

    counts = {outcome: np.zeros(len(places), np.int32) for outcome in Outcome}
    for promise in listen.promises(actor):
        # What a worker promised says nothing of the person.
        if promise.outcome is None or promise.by_worker:
            continue
        if promise.person in places:
            counts[promise.outcome][places[promise.person]] += 1
    return counts[Outcome.KEPT], counts[Outcome.BROKEN]


def _acts(actor: Actor, places: dict[uuid.UUID, int], day: date) -> tuple[Any, Any]:
    """What people did of their own accord in the last year, and what they left undone."""
    import numpy as np

    from guyub.engine.field.ladder import WINDOW

    since = day - timedelta(days=WINDOW)
    acts, failures = np.zeros(len(places), np.int32), np.zeros(len(places))
    for person, did in listen.deeds_since(actor, since).items():
        if person in places:
            acts[places[person]] = did.kept + did.hosted + did.organised + did.brought
    for promise in listen.promises(actor):
        if promise.by_worker or promise.person not in places:
            continue
        settled_on = promise.settled_on or day
        if promise.outcome == Outcome.BROKEN and settled_on >= since:
            failures[places[promise.person]] += 1.0
        elif promise.outcome is None and promise.due_on and since <= promise.due_on < day:
            failures[places[promise.person]] += _OVERDUE
    return acts, failures


def _observations(actor: Actor, places: dict[uuid.UUID, int]) -> Observations:
    from guyub.engine import Observations

    observers: dict[uuid.UUID, int] = {}
    return Observations.of(
        [
            (
                places[row.person],
                row.trait.value,
                float(row.value),
                row.observed_on,
                observers.setdefault(row.observer, len(observers)),
            )
            for row in listen.observations(actor)
            if row.person in places
        ]
    )
