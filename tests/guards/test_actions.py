"""What an action says of itself is so: the log, phones and the reference take its word for it."""

from __future__ import annotations

import pytest
import world as worlds
from decided import action_examples
from django.db import transaction
from django.utils.functional import Promise

from guyub.core.action import ACTIONS, Deed, perform
from guyub.core.errors import Refused
from people import Cast

# What has to be done first, so that there is something to change.
FIRST = {
    "core.drop_calendar_link": "core.make_calendar_link",
    "listen.close_matters": "listen.plan_visits",
    "listen.put_into_theme": "listen.take_out_of_theme",
}

# Decided for a whole organisation, on its own page.
ABOVE = {"core.switch_offline"}

# Done before anybody holds a role; tests/core/test_withdrawal.py tries to take it back.
BEFORE_ALL = {"core.found_workspace"}


@pytest.fixture(scope="module")
def world(standing_cast: Cast) -> worlds.World:
    return worlds.build(standing_cast)


class _Enough(Exception):
    """Rolls a deed back, so that the next one meets the same world."""


def can_be_undone(cast: Cast, world: worlds.World, action: str) -> bool:
    owner = cast.actor("tini", "yayasan") if action in ABOVE else world.roles["owner"]
    examples = action_examples(world.things["here"])
    undone = False
    try:
        with transaction.atomic():
            if first := FIRST.get(action):
                perform(owner, [Deed(action=first, data=examples[first])])
            (receipt,) = perform(owner, [Deed(action=action, data=examples[action])])
            try:
                perform(owner, [Deed(action="core.withdraw_entry", data={"entry": receipt.entry})])
                undone = True
            except Refused:
                undone = False
            raise _Enough
    except _Enough:
        return undone


def test_whatever_says_that_it_can_be_undone_can_be_and_nothing_else(
    cast: Cast, world: worlds.World
) -> None:
    wrong = [
        name
        for name, action in ACTIONS.items()
        if name not in BEFORE_ALL and can_be_undone(cast, world, name) != action.undoable
    ]

    assert wrong == []


def test_what_waits_on_a_phone_can_be_told_before_it_is_done() -> None:
    """A correction is shown field by field; of every other deed there is no result yet."""
    counted = [
        name
        for name, action in ACTIONS.items()
        if action.offline and not action.corrects and not isinstance(action.sentence, Promise)
    ]

    assert counted == []
