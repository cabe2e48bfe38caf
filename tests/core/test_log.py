"""The log: nobody changes it, and a change made behind our back is found."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from guyub.core import append_only, queries
from guyub.core.models import LogEntry, LogHead
from people import Cast, do


@pytest.fixture
def logged(cast: Cast) -> Cast:
    for name in ("Slamet", "Tarno", "Sri", "Yanto"):
        do(cast.actor("sari"), "listen.add_person", name=name)
    return cast


def attempt(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_logentry SET action = 'x'",
        "DELETE FROM core_logentry",
    ],
)
def test_the_database_refuses_to_change_the_log(logged: Cast, statement: str) -> None:
    with pytest.raises(DatabaseError):
        attempt(statement)


def test_the_database_refuses_to_replace_an_entry(logged: Cast) -> None:
    if connection.vendor != "sqlite":
        with pytest.raises(DatabaseError):
            attempt("TRUNCATE core_logentry CASCADE")
        return
    with pytest.raises(DatabaseError):
        attempt("INSERT OR REPLACE INTO core_logentry SELECT * FROM core_logentry LIMIT 1")


def test_an_untouched_log_is_whole(logged: Cast) -> None:
    state = queries.log_state(logged.actor("sari"))

    assert state.whole
    assert state.broken_at is None
    assert state.head == LogHead.objects.get(community=logged.actor("sari").community).hash


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE core_logentry SET action = 'listen.other' WHERE number = 2 AND {here}",
        "UPDATE core_logentry SET reason = 'x' WHERE number = 1 AND {here}",
        "UPDATE core_logentry SET number = number + 100 WHERE number = 2 AND {here}",
        "UPDATE core_loghead SET number = number - 1 WHERE {here}",
    ],
)
def test_a_change_behind_our_back_breaks_the_chain(logged: Cast, tampering: str) -> None:
    sari = logged.actor("sari")
    here = LogEntry._meta.get_field("community").get_db_prep_value(sari.community, connection)
    append_only.remove(connection)
    attempt(tampering.format(here=f"community_id = '{here}'"))
    append_only.install(connection)

    assert not queries.log_state(sari).whole


def test_a_log_cut_short_is_found_through_its_head(logged: Cast) -> None:
    sari = logged.actor("sari")
    last = LogEntry.objects.filter(community=sari.community).latest("number")
    # Somebody who can write to the file can also mend the chain before it: what they cannot do is
    # make the head agree without changing it, and the head is what is written down elsewhere.
    head = queries.log_state(sari).head
    LogHead.objects.filter(community=sari.community).update(
        number=last.number - 1, hash=last.previous_hash
    )

    assert queries.log_state(sari).head != head
