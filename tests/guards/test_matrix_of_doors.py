"""The matrix: every action and query × every role × every place. No cell is left to chance.

What is expected of a door follows from the permission that it declares and from two tables that are
written here by hand: which role holds which permission, and which doors look at more than that. So
a new door needs no row; a new permission does, and so does a door that answers otherwise.

  yes      it is done
  no       the role does not allow it (Denied)
  refused  the role allows it, a rule of the domain does not
  missing  the door is theirs, but the thing asked for belongs to a colleague
"""

from __future__ import annotations

import inspect
from itertools import product
from typing import Any

import pytest
import world as worlds
from decided import HELD, action_examples, query_examples
from django.db import transaction

from guyub.core.action import ACTIONS, Deed, perform
from guyub.core.actor import Actor, actor_in
from guyub.core.errors import Denied, Missing, Refused
from guyub.core.permissions import Role, all_permissions
from guyub.core.query import QUERIES
from people import Cast

ROLES = list(HELD)

# Doors that look at more than the permission: at whose the thing is, or at how matters stand. The
# things of the world were noted by whoever set it up, and the place is no whole organisation.
OTHERWISE: dict[str, dict[str, str]] = {
    "core.found_workspace": {"coordinator": "refused", "owner": "refused"},
    "core.job": dict.fromkeys(ROLES, "missing"),
    "core.revoke_device": dict.fromkeys(ROLES[:4], "missing"),
    "core.sent_entry": {"field_worker": "missing"},
    "core.settle_sent": {"field_worker": "missing"},
    "core.switch_offline": {"coordinator": "refused", "owner": "refused"},
    # The entry that is to be taken back is somebody else's.
    "core.withdraw_entry": {"field_worker": "no", "organizer": "no"},
    "listen.drop_question": {"viewer": "missing", "field_worker": "missing"},
    # Only whoever filled in a form reads it again.
    "core.filled_form": dict.fromkeys(ROLES[2:], "missing"),
    "listen.recorded_conversation": dict.fromkeys(ROLES[2:], "missing"),
    "listen.settle_visit": {"field_worker": "missing"},
    "listen.visit": {"field_worker": "missing"},
    "start.followed": {"field_worker": "missing"},
    "start.kept_plan": {"field_worker": "missing"},
    **{
        f"start.{name}": {"field_worker": "missing"}
        for name in ("decide_plan", "exchange_person", "debrief_plan", "draft_exchange")
    },
    "start.note_outcome": {"field_worker": "missing"},
    "start.plan_progress": {"field_worker": "missing"},
    # Too few people live here for a plan.
    "start.people_to_survey": dict.fromkeys(ROLES[2:], "refused"),
}


# It counts whom it is given, and knows nothing of anybody who is not here.
ONLY_COUNTS = {"map.tied_groups"}


def held_by(role: str) -> set[str]:
    """All that a role may do."""
    weaker = ROLES[: ROLES.index(role) + 1]
    return set().union(*(HELD[each] for each in weaker))


def expected(door: str, role: str) -> str:
    """What this role is to get at this door."""
    needed = {**ACTIONS, **QUERIES}[door].permission
    return OTHERWISE.get(door, {}).get(role, "yes" if needed in held_by(role) else "no")


@pytest.fixture(scope="module")
def world(standing_cast: Cast) -> worlds.World:
    return worlds.build(standing_cast)


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


def example(door: str, place: worlds.Things) -> Any:
    """What a door is asked with, about the things of a place."""
    if door in ACTIONS:
        return action_examples(place)[door]
    return query_examples(place).get(door, ())


def call(actor: Actor, door: str, place: worlds.Things) -> Any:
    asked = example(door, place)
    if door in ACTIONS:
        return lambda: perform(actor, [Deed(action=door, data=asked)])
    return lambda: QUERIES[door](actor, *asked)


def test_each_role_holds_the_permissions_that_were_decided_and_no_others() -> None:
    found = {
        role.value: {each for each in all_permissions() if role in each.roles} for role in Role
    }

    assert found == {role: held_by(role) for role in ROLES}


def test_every_exception_is_one_of_a_door_there_is() -> None:
    assert set(OTHERWISE) <= set(doors())


def test_every_action_has_an_example(world: worlds.World) -> None:
    assert set(action_examples(world.things["here"])) == set(ACTIONS)


def test_every_query_that_asks_for_something_has_an_example(world: worlds.World) -> None:
    asking = {
        name
        for name, query in QUERIES.items()
        for parameter in list(inspect.signature(query.function).parameters.values())[1:]
        if parameter.default is parameter.empty
    }
    assert set(query_examples(world.things["here"])) == asking


def test_each_role_gets_what_was_decided_and_nothing_else(world: worlds.World) -> None:
    wrong = []
    for door, role in product(doors(), world.roles):
        found, _ = outcome(call(world.roles[role], door, world.things["here"]))
        if found != expected(door, role):
            wrong.append(f"{door} as {role}: expected {expected(door, role)}, was {found}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("place", ["beside", "elsewhere"])
def test_the_things_of_another_place_do_not_exist(world: worlds.World, place: str) -> None:
    here, there = world.things["here"], world.things[place]
    wrong = []
    for door in doors():
        # Where the question is the same in both places, it names nothing of either.
        if example(door, here) == example(door, there) or door in ONLY_COUNTS:
            continue
        for role, actor in world.roles.items():
            found, answer = outcome(call(actor, door, there))
            empty = found == "yes" and not answer
            if found not in {"missing", "no"} and not empty:
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
