"""An answer is remembered until something was written that it rests on, and no longer."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from contextvars import Context
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from django.db import connection, models, transaction

from guyub.core import cache as module
from guyub.core import feed, footprint
from guyub.core import queries as core
from guyub.core.action import Deed, perform
from guyub.core.actor import Actor
from guyub.core.cache import Cache, reading, writing
from guyub.core.errors import Denied
from guyub.core.models import Community, Job
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.models import Observation, Person
from guyub.cycle.map import queries as map_queries
from people import Cast, do


class Counted:
    """A reading, and how often it was read."""

    def __init__(self, read: Callable[[], object]) -> None:
        self.read, self.times = read, 0

    def __call__(self) -> Any:
        self.times += 1
        self.read()
        return self.times


def ask(cache: Cache[int], actor: Actor, read: Counted, *, own: bool = False) -> int:
    return cache.get(actor, None, read, own=own)


@pytest.fixture
def people_here(cast: Cast) -> Counted:
    """Who lives in Sukamaju."""
    return Counted(lambda: listen.all_people(cast.actor("sari")))


def test_an_answer_holds_until_a_table_is_written_that_it_rests_on(
    cast: Cast, people_here: Counted
) -> None:
    sari, cache = cast.actor("sari"), Cache[int]()
    siti = do(sari, "listen.add_person", name="Siti")["id"]

    assert [ask(cache, sari, people_here) for _ in range(2)] == [1, 1]
    do(sari, "listen.make_promise", person=siti, what="come", made_on="2026-05-01")
    assert ask(cache, sari, people_here) == 1
    do(sari, "listen.add_person", name="Sri")
    assert ask(cache, sari, people_here) == 2


def test_what_is_noted_in_another_village_changes_nothing_here(
    cast: Cast, people_here: Counted
) -> None:
    sari, cache = cast.actor("sari"), Cache[int]()
    assert ask(cache, sari, people_here) == 1

    do(cast.actor("charlie", "sidorejo"), "listen.add_person", name="Slamet")
    assert ask(cache, sari, people_here) == 1
    sidorejo = core.community(cast.actor("charlie", "sidorejo")).id
    do(cast.actor("tini", "yayasan"), "listen.add_person", name="Parno", community=sidorejo)
    assert ask(cache, sari, people_here) == 1
    krajan = core.community(cast.actor("budi", "krajan")).id
    do(cast.actor("tini", "yayasan"), "listen.add_person", name="Joko", community=krajan)
    assert ask(cache, sari, people_here) == 2


def test_somebody_new_changes_nothing_of_what_only_points_at_people(cast: Cast) -> None:
    sari, cache = cast.actor("sari"), Cache[int]()
    siti = do(sari, "listen.add_person", name="Siti")["id"]
    due = Counted(lambda: listen.promises_due(sari))
    do(sari, "listen.make_promise", person=siti, what="come", made_on="2026-05-01")

    assert ask(cache, sari, due) == 1
    do(sari, "listen.add_person", name="Sri")
    assert ask(cache, sari, due) == 1
    do(sari, "listen.change_person", person=siti, name="Siti Aminah")
    assert ask(cache, sari, due) == 2


def test_taking_back_and_taking_that_back_are_written_too(cast: Cast, people_here: Counted) -> None:
    sari, cache = cast.actor("sari"), Cache[int]()
    (added,) = perform(sari, [Deed(action="listen.add_person", data={"name": "Siti"})])
    assert ask(cache, sari, people_here) == 1

    undo = {"entry": added.entry}
    (undone,) = perform(sari, [Deed(action="core.withdraw_entry", data=undo)])
    assert ask(cache, sari, people_here) == 2
    do(sari, "core.withdraw_entry", entry=undone.entry)
    assert ask(cache, sari, people_here) == 3


def test_statements_of_ones_own_are_written_too(cast: Cast, people_here: Counted) -> None:
    """Raw SQL, and querysets that go round the open community."""
    sari, cache = cast.actor("sari"), Cache[int]()
    do(sari, "listen.add_person", name="Siti")
    table = Person._meta.db_table

    def raw(sql: str) -> Callable[[], object]:
        return lambda: connection.cursor().execute(sql)

    ways = [
        raw(f"UPDATE {table} SET name = 'Sri'"),  # noqa: S608  a table of ours
        raw(f"WITH x AS (SELECT 1) UPDATE {table} SET name = 'Sri'"),  # noqa: S608
        lambda: models.QuerySet(Person).update(name="Joko"),
        raw(f"DELETE FROM {table}"),  # noqa: S608
    ]
    for number, write in enumerate(ways, start=2):
        before = ask(cache, sari, people_here)
        with footprint.writing() as writes:
            write()
        feed.publish(writes)
        assert (before, ask(cache, sari, people_here)) == (number - 1, number)
    with footprint.writing() as writes:
        models.QuerySet(Person).update(name="nobody is left")
    assert writes.tables == {}


def test_what_was_rolled_back_was_never_written(cast: Cast, people_here: Counted) -> None:
    sari, cache = cast.actor("sari"), Cache[int]()
    with transaction.atomic():
        do(sari, "listen.add_person", name="Siti")
        assert ask(cache, sari, people_here) == 1
        transaction.set_rollback(True)

    # What was read then stood in no other process, and stands nowhere now.
    assert ask(cache, sari, people_here) == 2
    do(sari, "listen.add_person", name="Sri")
    assert ask(cache, sari, people_here) == 3


def test_what_is_read_while_a_deed_is_under_way_is_not_kept(
    cast: Cast, people_here: Counted
) -> None:
    sari, cache = cast.actor("sari"), Cache[int]()
    with writing():
        assert [ask(cache, sari, people_here) for _ in range(2)] == [1, 2]

    assert ask(cache, sari, people_here) == 3


def test_what_is_written_while_an_answer_is_read_is_not_missed(cast: Cast) -> None:
    sari, cache, names = cast.actor("sari"), Cache[int](), iter(("Siti", "Sri"))

    def slowly() -> int:
        before = len(listen.all_people(sari))
        elsewhere(do, sari, "listen.add_person", name=next(names, "Joko"))
        return before

    assert [cache.get(sari, None, slowly, own=False) for _ in range(3)] == [0, 1, 2]


def test_erasing_somebody_leaves_nothing_of_them_in_memory(
    cast: Cast, people_here: Counted
) -> None:
    sari, cache = cast.actor("sari"), Cache[int]()
    siti = do(sari, "listen.add_person", name="Siti")["id"]
    ask(cache, sari, people_here)
    oscar, other = cast.actor("oscar", "other"), Counted(dict)
    assert ask(cache, oscar, other) == 1

    do(sari, "listen.erase_person", person=siti, why="asked")

    assert ask(cache, oscar, other) == 2
    assert len(cache._places) == 1


def test_what_is_somebodys_own_is_remembered_for_them_alone(cast: Cast) -> None:
    sari, rudi, cache, read = cast.actor("sari"), cast.actor("rudi"), Cache[int](), Counted(dict)

    assert [ask(cache, actor, read, own=True) for actor in (sari, rudi)] == [1, 2]
    assert [ask(cache, actor, read) for actor in (sari, rudi)] == [3, 3]


def test_whoever_is_given_another_role_is_answered_anew(cast: Cast) -> None:
    rudi, cache, read = cast.actor("rudi"), Cache[int](), Counted(dict)
    assert ask(cache, rudi, read, own=True) == 1

    do(cast.actor("tini", "sukamaju"), "core.grant_role", account=rudi.account, role="viewer")

    assert ask(cache, cast.actor("rudi"), read, own=True) == 2


def test_what_is_remembered_is_told_only_to_those_who_may_read_it(
    cast: Cast, people_here: Counted
) -> None:
    cache = Cache[int]()
    assert ask(cache, cast.actor("sari"), people_here) == 1

    with pytest.raises(Denied):
        ask(cache, cast.actor("ani"), people_here)


def test_no_more_is_remembered_than_there_is_room_for(cast: Cast) -> None:
    places = [cast.actor("sari", place) for place in ("sukamaju", "krajan", "kali")]
    cache, read = Cache[int](most=2), Counted(dict)
    for actor in places:
        ask(cache, actor, read)

    assert ask(cache, places[2], read) == 3
    assert ask(cache, places[0], read) == 4


def test_an_answer_made_of_another_rests_on_what_that_rests_on(
    cast: Cast, people_here: Counted
) -> None:
    sari, inner, outer = cast.actor("sari"), Cache[int](), Cache[int]()
    both = Counted(lambda: ask(inner, sari, people_here))
    ask(inner, sari, people_here)
    assert ask(outer, sari, both) == 1

    do(sari, "listen.add_person", name="Siti")

    assert ask(outer, sari, both) == 2


def test_what_a_page_was_told_before_is_not_kept_for_other_pages(cast: Cast) -> None:
    """It may have been read before a deed of which the page has learnt since."""
    sari, cache = cast.actor("sari"), Cache[int]()

    with reading():
        before = listen.counts(sari).people
        elsewhere(do, sari, "listen.add_person", name="Siti")
        kept = cache.get(sari, None, lambda: listen.counts(sari).people, own=False)
        assert listen.counts(sari).people == kept == before + 1


def test_a_page_asks_once_what_is_new(cast: Cast, django_assert_num_queries: Any) -> None:
    sari, cache, read = cast.actor("sari"), Cache[int](), Counted(dict)
    ask(cache, sari, read)

    with reading(), django_assert_num_queries(1):
        ask(cache, sari, read)
        ask(cache, sari, read, own=True)


def test_names_of_places_are_read_anew_where_they_are_kept(cast: Cast) -> None:
    """The actor knows them from the beginning of the page."""
    sari, cache = cast.actor("sari"), Cache[tuple]()

    def places() -> tuple:
        return cache.get(sari, None, lambda: core.communities_below(sari), own=False)

    before = places()
    with footprint.writing() as writes:
        Community.objects.filter(slug="krajan").update(name="Krajan Wetan")
    feed.publish(writes)

    assert places() != before


FEW = frozenset[uuid.UUID]


def test_an_answer_is_kept_in_step_by_reading_those_again_that_were_noted(cast: Cast) -> None:
    sari, cache = cast.actor("sari"), Cache[tuple]()
    siti, sri = (do(sari, "listen.add_person", name=name)["id"] for name in ("Siti", "Sri"))
    noted: list[FEW] = []

    def follow(known: tuple, few: FEW) -> tuple | None:
        noted.append(few)
        return None if few == {uuid.UUID(sri)} else (*known, len(few))

    def ties() -> tuple:
        read = lambda: tuple(map_queries.tie_ends(sari)[:0])  # noqa: E731
        return cache.get(sari, None, read, own=False, follow=follow)

    assert ties() == ()
    do(sari, "map.report_tie", from_person=siti, to_person=sri, kind="kin")
    assert ties() == (2,)
    joko = do(sari, "listen.add_person", name="Joko")["id"]
    do(sari, "map.report_tie", from_person=siti, to_person=joko, kind="kin")
    do(sari, "map.report_tie", from_person=sri, to_person=joko, kind="kin")
    assert ties() == (2, 3)
    assert noted == [{uuid.UUID(siti), uuid.UUID(sri)}, set(map(uuid.UUID, (siti, sri, joko)))]


def test_what_is_about_more_people_than_are_named_is_read_anew(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    sari, cache = cast.actor("sari"), Cache[int]()
    read = Counted(lambda: listen.all_people(sari))
    follow = lambda known, few: 100 + known  # noqa: E731
    assert cache.get(sari, None, read, own=False, follow=follow) == 1
    rows = [{"name": name} for name in ("Siti", "Sri", "Joko")]

    do(sari, "listen.import_people", rows=rows)
    assert cache.get(sari, None, read, own=False, follow=follow) == 101
    monkeypatch.setattr(module.footprint, "MOST_NAMED", 2)
    do(sari, "listen.import_people", rows=rows)
    assert cache.get(sari, None, read, own=False, follow=follow) == 2


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {},
        set(),
        ({},),
        (1, [2]),
        MappingProxyType({"a": []}),
        np.zeros(2),
        (np.ones(3),),
        Observation(),
    ],
)
def test_nothing_is_kept_that_somebody_could_change(cast: Cast, answer: Any) -> None:
    with pytest.raises(TypeError, match="can be changed"):
        Cache[Any]().get(cast.actor("sari"), None, lambda: answer, own=False)


def test_a_view_of_an_array_that_can_be_written_is_not_kept(cast: Cast) -> None:
    view = np.zeros(2)[:1]
    view.setflags(write=False)

    with pytest.raises(TypeError, match="can be changed"):
        Cache[Any]().get(cast.actor("sari"), None, lambda: view, own=False)


def test_nothing_is_kept_that_something_else_than_deeds_writes(cast: Cast) -> None:
    with pytest.raises(TypeError, match="core_job"):
        Cache[Any]().get(cast.actor("sari"), None, Job.objects.count, own=False)


def test_whoever_asks_the_same_meanwhile_waits_for_the_answer(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    sari, cache = cast.actor("sari"), Cache[int]()
    begun, go_on, answers = threading.Event(), threading.Event(), []
    now = module._feed.position()
    monkeypatch.setattr(module._feed, "position", lambda: now)

    def slowly() -> None:
        begun.set()
        assert go_on.wait(10)

    read = Counted(slowly)
    threads = [
        threading.Thread(target=lambda: answers.append(ask(cache, sari, read))) for _ in range(2)
    ]
    threads[0].start()
    assert begun.wait(10)
    threads[1].start()
    go_on.set()
    for thread in threads:
        thread.join()

    assert answers == [1, 1]


def elsewhere(work: Callable[..., object], *arguments: Any, **named: Any) -> None:
    """Do something as another process does: the page that is under way learns nothing of it."""
    Context().run(work, *arguments, **named)
