"""An answer is remembered until something was done that could change it, and no longer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from guyub.core.action import Deed, perform
from guyub.core.query import writing
from guyub.core.remembering import Remembered
from people import Cast, do


@pytest.fixture
def counting() -> Callable[[], int]:
    """Each reading gives another number."""
    numbers = iter(range(100))
    return lambda: next(numbers)


def test_an_answer_holds_until_something_is_done(cast: Cast, counting: Callable) -> None:
    sari, remembered = cast.actor("sari"), Remembered[int]()

    assert [remembered.get(sari, counting) for _ in range(2)] == [0, 0]
    do(sari, "listen.add_person", name="Siti")
    assert remembered.get(sari, counting) == 1


def test_what_lies_beside_an_answer_does_not_change_it(cast: Cast, counting: Callable) -> None:
    sari, remembered = cast.actor("sari"), Remembered[int](frozenset({"listen.add_person"}))
    assert remembered.get(sari, counting) == 0

    do(cast.actor("tini", "yayasan"), "listen.add_person", name="Slamet")
    do(cast.actor("sari", "krajan"), "listen.add_person", name="Siti")
    assert remembered.get(sari, counting) == 0

    person = do(sari, "listen.add_person", name="Sri")["id"]
    do(sari, "listen.change_person", person=person, name="Sri Rejeki")
    assert remembered.get(sari, counting) == 1


def test_what_was_never_done_is_not_remembered(cast: Cast, counting: Callable) -> None:
    sari, remembered = cast.actor("sari"), Remembered[int]()
    with writing():
        assert [remembered.get(sari, counting) for _ in range(2)] == [0, 1]

    assert remembered.get(sari, counting) == 2


def test_after_more_deeds_than_are_looked_at_it_is_read_anew(
    cast: Cast, counting: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guyub.core.remembering._MOST_DEEDS", 2)
    sari, remembered = cast.actor("sari"), Remembered[int](frozenset({"listen.add_person"}))
    assert remembered.get(sari, counting) == 0

    names = ("Siti", "Sri", "Joko")
    perform(sari, [Deed(action="listen.add_person", data={"name": name}) for name in names])

    assert remembered.get(sari, counting) == 1


def test_what_is_somebodys_own_is_remembered_for_them_alone(cast: Cast, counting: Callable) -> None:
    sari, rudi, remembered = cast.actor("sari"), cast.actor("rudi"), Remembered[int]()

    assert [remembered.get(actor, counting, own=True) for actor in (sari, rudi)] == [0, 1]
    assert [remembered.get(actor, counting) for actor in (sari, rudi)] == [2, 2]


def test_no_more_is_remembered_than_there_is_room_for(cast: Cast, counting: Callable) -> None:
    places = [cast.actor("sari", place) for place in ("sukamaju", "krajan", "kali")]
    remembered = Remembered[int](most=2)
    for actor in places:
        remembered.get(actor, counting)

    assert remembered.get(places[2], counting) == 2
    assert remembered.get(places[0], counting) == 3
