"""The deeds of Map."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guyub.core.errors import Invalid, Missing
from guyub.cycle.map import queries
from people import Cast, do


@pytest.fixture
def neighbours(cast: Cast) -> dict[str, Any]:
    """Two people in Krajan, one in Kali, one in another village."""
    homes = {"slamet": "krajan", "sri": "krajan", "tarno": "kali"}
    found = {
        name: do(cast.actor("sari", place), "listen.add_person", name=name)["id"]
        for name, place in homes.items()
    }
    there = cast.actor("charlie", "sidorejo")
    return found | {"yanto": do(there, "listen.add_person", name="yanto")["id"]}


def test_a_tie_needs_two_people(cast: Cast, neighbours: dict[str, Any]) -> None:
    one = neighbours["slamet"]
    with pytest.raises(Invalid):
        do(cast.actor("sari"), "map.report_tie", from_person=one, to_person=one, kind="friend")


@pytest.mark.parametrize(("kind", "mutual"), [("friend", True), ("kin", True), ("advice", False)])
def test_whether_a_tie_is_mutual_follows_from_its_kind(
    cast: Cast, neighbours: dict[str, Any], kind: str, mutual: bool
) -> None:
    sari = cast.actor("sari")
    ends = {"from_person": neighbours["slamet"], "to_person": neighbours["sri"]}

    do(sari, "map.report_tie", kind=kind, **ends)

    assert [tie.mutual for tie in queries.ties(sari)] == [mutual]


def test_a_hamlets_worker_sees_ties_inside_it_and_not_where_others_lead(
    cast: Cast, neighbours: dict[str, Any]
) -> None:
    sari, budi = cast.actor("sari"), cast.actor("budi", "krajan")
    for other in ("sri", "tarno"):
        ends = {"from_person": neighbours["slamet"], "to_person": neighbours[other]}
        do(sari, "map.report_tie", kind="friend", **ends)

    assert [str(tie.to_person) for tie in queries.ties(budi)] == [neighbours["sri"]]
    assert len(queries.ties(sari)) == 2
    assert queries.counts(sari).bridging == 1


def test_nobody_is_tied_to_somebody_of_another_village(
    cast: Cast, neighbours: dict[str, Any]
) -> None:
    ends = {"from_person": neighbours["slamet"], "to_person": neighbours["yanto"]}
    with pytest.raises(Missing):
        do(cast.actor("sari"), "map.report_tie", kind="friend", **ends)


@pytest.mark.parametrize("strength", [0, 6])
def test_strength_lies_between_1_and_5(
    cast: Cast, neighbours: dict[str, Any], strength: int
) -> None:
    ends = {"from_person": neighbours["slamet"], "to_person": neighbours["sri"]}
    with pytest.raises(Invalid):
        do(cast.actor("sari"), "map.report_tie", kind="kin", strength=strength, **ends)


def test_a_list_of_ties_names_the_row_that_is_wrong(cast: Cast, neighbours: dict[str, Any]) -> None:
    good = {"from_person": neighbours["slamet"], "to_person": neighbours["sri"], "kind": "kin"}
    bad = good | {"to_person": neighbours["slamet"]}
    sari = cast.actor("sari")

    with pytest.raises(Invalid) as answer:
        do(sari, "map.import_ties", rows=[good, bad])
    assert list(answer.value.fields) == ["rows.1.to_person"]

    assert do(sari, "map.import_ties", rows=[good]) == {"ties": 1}


def test_who_of_a_few_is_tied_to_whom_is_read_from_their_own_ties(
    cast: Cast, neighbours: dict[str, Any]
) -> None:
    sari, people = cast.actor("sari"), [neighbours[name] for name in ("slamet", "sri", "tarno")]
    slamet, sri, tarno = map(uuid.UUID, people)
    for one, other, kind in ((slamet, sri, "kin"), (sri, tarno, "conflict")):
        do(sari, "map.report_tie", from_person=str(one), to_person=str(other), kind=kind)

    with CaptureQueriesContext(connection) as asked:
        assert queries.pairs_among(sari, {slamet, sri, tarno}) == ((slamet, sri),)

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {asked[-1]['sql']}")
            assert "person_id" in str(cursor.fetchall())
