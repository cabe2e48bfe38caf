"""A process learns what others wrote, in whichever order they come to an end."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from guyub.core import feed as module
from guyub.core.cache import Cache
from guyub.core.feed import Feed, Position, clear_away, publish
from guyub.core.footprint import WriteSet, Written
from guyub.core.models import Footprint
from guyub.cycle.listen import queries as listen
from people import Cast


def written(table: str) -> WriteSet:
    return WriteSet({table: Written(None, None, added=False)})


def tables_since(feed: Feed, then: Position) -> list[str] | None:
    writes = feed.between(then, feed.position())
    return None if writes is None else [name for each in writes for name in each.tables]


def test_each_process_learns_everything_once(cast: Cast) -> None:
    one, other = Feed(), Feed()
    begun = one.position(), other.position()

    publish(written("a"))
    then = one.position()
    publish(written("b"))

    assert tables_since(one, then) == ["b"]
    assert tables_since(one, begun[0]) == tables_since(other, begun[1]) == ["a", "b"]
    assert one.position() == one.position()


def test_a_process_that_begins_where_nothing_was_written_learns_what_comes(cast: Cast) -> None:
    Footprint.objects.all().delete()
    feed = Feed()
    begun = feed.position()

    publish(written("a"))

    assert tables_since(feed, begun) == ["a"]


def test_where_what_it_learnt_last_is_gone_a_process_begins_anew(cast: Cast) -> None:
    """A backup was restored, a transaction was rolled back, or nobody asked for long."""
    feed = Feed()
    with transaction.atomic():
        publish(written("a"))
        then = feed.position()
        transaction.set_rollback(True)
    publish(written("b"))

    assert tables_since(feed, then) is None
    then = feed.position()
    Footprint.objects.all().delete()
    assert tables_since(feed, then) is None


def test_after_more_than_is_followed_a_process_begins_anew(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = Feed()
    then = feed.position()
    monkeypatch.setattr(module, "MOST_FOLLOWED", 2)
    for _ in range(3):
        publish(written("a"))

    assert tables_since(feed, then) is None
    then = feed.position()
    publish(written("b"))
    assert tables_since(feed, then) == ["b"]


def test_what_was_learnt_long_ago_is_no_longer_known(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_FOLLOWED", 2)
    feed = Feed()
    then = feed.position()
    for table in "ab":
        publish(written(table))
        assert feed.position() > then
    assert tables_since(feed, then) == ["a", "b"]

    publish(written("c"))

    assert tables_since(feed, then) is None


def test_what_everybody_has_read_goes_after_an_hour(cast: Cast) -> None:
    feed = Feed()
    publish(written("a"))
    Footprint.objects.update(written_at=timezone.now() - timedelta(hours=2))
    publish(written("b"))
    then = feed.position()

    clear_away()
    publish(written("c"))

    assert Footprint.objects.count() == 2
    assert tables_since(feed, then) == ["c"]


@pytest.mark.django_db(transaction=True)
def test_what_is_written_first_and_comes_to_an_end_last_is_learnt(cast: Cast) -> None:
    feed = Feed()
    begun = feed.position()
    under_way, learnt = threading.Event(), threading.Event()

    def slowly() -> None:
        with transaction.atomic():
            publish(written("first"))
            under_way.set()
            learnt.wait(60)
        connection.close()

    thread = threading.Thread(target=slowly)
    thread.start()
    assert under_way.wait(60)
    if connection.vendor == "postgresql":
        # SQLite has whoever comes second wait.
        publish(written("second"))
        assert tables_since(feed, begun) == ["second"]
    learnt.set()
    thread.join()

    assert "first" in (tables_since(feed, begun) or ())
    assert tables_since(feed, feed.position()) == []
    if connection.vendor != "postgresql":
        # There, what other workers of the tests have under way on the server keeps gaps open.
        assert feed._missing == {}


@pytest.mark.django_db(transaction=True)
def test_what_another_process_did_is_noticed(cast: Cast) -> None:
    sari, cache = cast.actor("sari"), Cache[int]()

    def people() -> int:
        return cache.get(sari, None, lambda: len(listen.all_people(sari)), own=False)

    before = people()
    in_another_process(
        """
        import django; django.setup()
        from guyub.core.action import Deed, perform
        from guyub.core.actor import actor_in
        from guyub.core.models import Account
        sari = actor_in(Account.objects.get(username="sari"), "sukamaju")
        perform(sari, [Deed(action="listen.add_person", data={"name": "Siti"})])
        """
    )

    assert people() == before + 1


def in_another_process(code: str) -> None:
    there = {name: str(part) for name, part in connection.settings_dict.items()}
    address = f"sqlite://{there['NAME']}"
    if connection.vendor == "postgresql":
        where = f"{there['USER']}:{there['PASSWORD']}@/{there['NAME']}"
        address = f"postgresql://{where}?host={there['HOST']}&port={there['PORT']}"
    subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        check=True,
        timeout=600,
        env={**os.environ, "GUYUB_DATABASE_URL": address},
    )
