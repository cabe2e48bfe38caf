"""The matrix: every action and query × every role × every place. No cell is left to chance.

The expectations stand in matrix_of_doors.csv and are reviewed as a text. A new action or query has
no row there, and fails until somebody has decided, for every role, who may. (The entry that is to
be taken back is somebody else's.)

  yes      it is done
  no       the role does not allow it (Denied)
  refused  the role allows it, a rule of the domain does not
"""

from __future__ import annotations

import csv
import inspect
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import world as worlds
from django.db import transaction

from guyub.core.action import ACTIONS, Deed, perform
from guyub.core.actor import Actor, actor_in
from guyub.core.errors import Denied, Missing, Refused
from guyub.core.permissions import Role
from guyub.core.query import QUERIES
from people import Cast

FILE = Path(__file__).with_name("matrix_of_doors.csv")
ROLES = [role.value for role in Role]


def expectations() -> dict[str, dict[str, str]]:
    with FILE.open(newline="") as stream:
        return {row.pop("door"): row for row in csv.DictReader(stream)}


@pytest.fixture
def world(cast: Cast) -> worlds.World:
    return worlds.build(cast)


class _Undone(Exception):
    """Rolls a cell back, so that the next one meets the same world."""


def outcome(call: Any) -> tuple[str, Any]:
    answer = None
    try:
        with transaction.atomic():
            answer = call()
            raise _Undone
    except _Undone:
        return "yes", answer
    except Denied:
        return "no", None
    except Missing:
        return "missing", None
    except Refused:
        return "refused", None


def doors() -> list[str]:
    return sorted(ACTIONS) + sorted(QUERIES)


def call(actor: Actor, door: str, place: worlds.Things) -> Any:
    if door in ACTIONS:
        data = worlds.action_examples(place)[door]
        return lambda: perform(actor, [Deed(action=door, data=data)])
    arguments = worlds.query_examples(place).get(door, ())
    return lambda: QUERIES[door](actor, *arguments)


def test_every_door_has_an_expectation_for_every_role() -> None:
    expected = expectations()

    assert sorted(expected) == sorted(doors()), "a door without a row, or a row without a door"
    for door, row in expected.items():
        assert list(row) == ROLES, door
        # missing: the door is theirs, but the thing asked for belongs to a colleague.
        assert set(row.values()) <= {"yes", "no", "refused", "missing"}, door


def test_every_action_has_an_example(world: worlds.World) -> None:
    assert set(worlds.action_examples(world.things["here"])) == set(ACTIONS)


def test_every_query_that_asks_for_something_has_an_example(world: worlds.World) -> None:
    asking = {
        name
        for name, query in QUERIES.items()
        for parameter in list(inspect.signature(query.function).parameters.values())[1:]
        if parameter.default is parameter.empty
    }
    assert set(worlds.query_examples(world.things["here"])) == asking


def test_each_role_gets_what_was_decided_and_nothing_else(world: worlds.World) -> None:
    expected = expectations()
    wrong = []
    for door, role in product(doors(), world.roles):
        found, _ = outcome(call(world.roles[role], door, world.things["here"]))
        if found != expected[door][role]:
            wrong.append(f"{door} as {role}: expected {expected[door][role]}, was {found}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("place", ["beside", "elsewhere"])
def test_the_things_of_another_place_do_not_exist(world: worlds.World, place: str) -> None:
    wrong = []
    for door in doors():
        if door in worlds.NAMES_NOTHING:
            continue
        for role, actor in world.roles.items():
            found, answer = outcome(call(actor, door, world.things[place]))
            asks = door in ACTIONS or door in worlds.query_examples(world.things[place])
            empty = found == "yes" and asks and not answer
            if asks and found not in {"missing", "no"} and not empty:
                wrong.append(f"{door} as {role} about {place}: {found}")
    assert not wrong, "\n".join(wrong)


def test_nothing_of_another_place_is_in_any_answer(world: worlds.World) -> None:
    foreign = {
        str(value)
        for place in ("beside", "elsewhere")
        for value in vars(world.things[place]).values()
    }
    leaks = []
    for door in sorted(QUERIES):
        for role, actor in world.roles.items():
            _, answer = outcome(call(actor, door, world.things["here"]))
            leaks += [f"{door} as {role}" for value in foreign if value in repr(answer)]
    assert not leaks


@pytest.mark.parametrize("who", worlds.OUTSIDERS)
def test_who_stands_outside_gets_no_actor_and_so_opens_no_door(
    world: worlds.World, who: str
) -> None:
    with pytest.raises(Missing):
        actor_in(world.outsiders[who], "sukamaju")
