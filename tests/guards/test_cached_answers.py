"""After every deed there is, what is remembered is what would be read.

Deeds of every kind are done in a random order, about whoever is there, by people who see more or
less of each other, and taken back; some fail halfway. After each of them some who look on ask for
everything that is remembered, and get the same as if nothing were.
"""

from __future__ import annotations

import gc
import random
import uuid
from collections.abc import Callable
from copy import copy
from dataclasses import fields, is_dataclass
from datetime import timedelta
from typing import Any

import pytest
import world as worlds
from decided import action_examples
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from guyub.core.action import ACTIONS, Deed, perform
from guyub.core.actor import Actor
from guyub.core.cache import Cache, reading, writing
from guyub.core.errors import Denied, GuyubError
from guyub.core.models import LogEntry
from guyub.cycle.listen import analysis, queries
from guyub.cycle.listen.models import (
    Concern,
    Encounter,
    Meeting,
    Person,
    PlannedVisit,
    Promise,
    SavedQuestion,
    Theme,
)
from guyub.cycle.listen.vocabulary import Condition, ConditionKind, LadderStep, Part, Trait
from guyub.cycle.start import analysis as start
from guyub.cycle.start import queries as start_queries
from guyub.cycle.start.analysis import people_columns
from guyub.cycle.start.models import StartingPlan
from people import Cast

TODAY = timezone.localdate()

CONDITIONS = (
    Condition(kind=ConditionKind.STANCE, least=1, most=3),
    Condition(kind=ConditionKind.GROUP, choice="PKK", alternative=True),
    Condition(kind=ConditionKind.MET, most=60, alternative=True),
    Condition(kind=ConditionKind.HEARD, alternative=True),
    Condition(kind=ConditionKind.PART, choice=Part.HOSTED, least=1, alternative=True),
    Condition(kind=ConditionKind.PROMISE, choice="open", least=1, alternative=True),
    Condition(kind=ConditionKind.CONCERN, choice="health", least=1, alternative=True),
    Condition(kind=ConditionKind.LADDER, choice=list(LadderStep)[1], negated=True),
)


def columns(actor: Actor) -> object:
    read = people_columns.build_columns(actor, TODAY, most=1000)
    assert read is not None
    return read.people, {name: column.tolist() for name, column in read.columns.items()}


def plain(value: Any) -> Any:
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    return value.tolist() if hasattr(value, "tolist") else value


def district(actor: Actor) -> object:
    people = frozenset(row.id for row in queries.all_people(actor)[::2])
    contacts = dict(people_columns.contacts_of(actor, people))
    heard = people_columns.heard_of(actor, people)
    return contacts, heard, start_queries.newest_candidates(actor)


def plans(actor: Actor) -> list[uuid.UUID]:
    return [each.id for each in start_queries.kept_plans(actor)]


# Everything that is remembered.
ASKED: dict[str, Callable[[Actor], object]] = {
    "visits": queries.visits,
    "promises": lambda actor: queries.promises_due(actor, until=TODAY),
    "groups": queries.groups,
    "stances": lambda actor: [queries.people(actor, stance=each) for each in (2, 3)],
    "judgements": lambda actor: queries.judgements(actor, Trait.STANCE),
    "unwilling": queries.unwilling,
    "question": lambda actor: analysis.everyone_found(actor, CONDITIONS),
    "answers": lambda actor: start_queries.answers(actor, TODAY),
    "today": start.suggest_people,
    "plan": start_queries.newest_plan,
    "dropped": start_queries.dropped_plan,
    "heard": start.heard_first,
    "progress": lambda actor: [start.plan_progress(actor, each) for each in plans(actor)],
    "learnt": lambda actor: [start_queries.plan_learnt_from(actor, each) for each in plans(actor)],
    "columns": columns,
    "district": district,
    "frame": lambda actor: plain(start.frame(actor)),
}


def told(actor: Actor) -> dict[str, object]:
    found: dict[str, object] = {}
    with reading():
        for name, ask in ASKED.items():
            try:
                found[name] = ask(actor)
            except Denied:
                found[name] = "no"
    return found


def demand_same(actor: Actor, after: str) -> None:
    kept = told(actor)
    with writing():
        # As in a deed: nothing that is remembered is used.
        anew = told(actor)
    assert {name: kept[name] for name in ASKED if kept[name] != anew[name]} == {
        name: anew[name] for name in ASKED if kept[name] != anew[name]
    }, f"{actor.name} after {after}"


def chosen(chance: random.Random, model: type[models.Model], otherwise: Any) -> Any:
    rows = models.QuerySet(model).filter(withdrawn_in=None).order_by("pk")
    keys = list(rows.values_list("pk", flat=True))
    return chance.choice(keys) if keys else otherwise


def somewhere(chance: random.Random, place: worlds.Things) -> worlds.Things:
    """Things of anywhere, half of them of this place."""
    tables = {
        "person": Person,
        "other_person": Person,
        "promise": Promise,
        "visit": PlannedVisit,
        "meeting": Meeting,
        "held_meeting": Meeting,
        "encounter": Encounter,
        "concern": Concern,
        "theme": Theme,
        "question": SavedQuestion,
        "plan": StartingPlan,
    }
    found = {name: chosen(chance, model, getattr(place, name)) for name, model in tables.items()}
    entries = list(LogEntry.objects.order_by("received_at").values_list("entry", flat=True))
    found["entry"] = chance.choice(entries[-20:])
    moved = copy(place)
    vars(moved).update({name: key for name, key in found.items() if chance.random() < 0.5})
    return moved


def lately(chance: random.Random, data: Any) -> Any:
    """The same data, of one of the last days, and with identifiers of its own."""
    if isinstance(data, dict):
        return {name: lately(chance, part) for name, part in data.items()}
    if isinstance(data, list):
        return [lately(chance, part) for part in data]
    if data == "2026-05-01":
        return (TODAY - timedelta(days=chance.randrange(40))).isoformat()
    return data


def do_anything(chance: random.Random, actor: Actor, name: str, place: worlds.Things) -> bool:
    """Do a deed, or two in one entry; whether that was possible."""
    names = [name, *chance.sample(sorted(ACTIONS), chance.randrange(2))]
    examples = action_examples(somewhere(chance, place))
    deeds = [Deed(action=each, data=lately(chance, examples[each])) for each in names]
    try:
        with transaction.atomic():
            perform(actor, deeds)
            if chance.random() < 0.1:
                told(actor)
                transaction.set_rollback(True)
    except (GuyubError, IntegrityError):
        return False
    return True


@pytest.fixture
def world(cast: Cast) -> worlds.World:
    return worlds.build(cast)


@pytest.mark.parametrize("seed", range(2))
def test_after_every_deed_what_is_remembered_is_what_would_be_read(
    cast: Cast, world: worlds.World, seed: int
) -> None:
    chance, done = random.Random(seed), set()
    sari, tini = cast.actor("sari"), cast.actor("tini", "yayasan")
    lookers = [
        sari,
        tini,
        cast.actor("rudi"),
        cast.actor("budi", "krajan"),
        cast.actor("charlie", "sidorejo"),
        *world.roles.values(),
    ]
    for looker in lookers:
        told(looker)
    for name in chance.sample(sorted(ACTIONS), len(ACTIONS)):
        for _ in range(4):
            actor = chance.choice((sari, sari, tini))
            if do_anything(chance, actor, name, world.things["here"]):
                done.add(name)
                break
        demand_same(chance.choice(lookers), name)
    for looker in lookers:
        demand_same(looker, "all")

    assert len(done) > 0.7 * len(ACTIONS), sorted(set(ACTIONS) - done)


def test_everything_that_is_remembered_is_asked_for_here(cast: Cast, world: worlds.World) -> None:
    told(world.roles["coordinator"])

    caches = [each for each in gc.get_referrers(Cache) if type(each) is Cache]
    reach = world.roles["coordinator"].reach
    asked = [each for each in caches if any(reach in place for place in each._places)]
    assert len(asked) == len(caches)
