"""What a statement reads and writes is told by itself, and counts for all where it is not sure."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, models
from django.db.models import Exists, OuterRef

from guyub.core import footprint, scope
from guyub.core.action import Deed, perform
from guyub.core.actor import Actor
from guyub.core.footprint import ReadSet, WriteSet, Written
from guyub.core.models import Account, Footprint, NamelessCount
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.models import (
    Encounter,
    Household,
    Person,
    Promise,
    PromiseOutcome,
)
from people import Cast, do

TODAY = date(2026, 5, 1)


def read_by(actor: Actor, read: Callable[[], object]) -> ReadSet:
    with footprint.reading() as reads, scope.opened(scope.Scope(actor.reach)):
        read()
    return reads


def test_a_table_is_read_in_the_open_community(cast: Cast) -> None:
    sari = cast.actor("sari")

    reads = read_by(sari, lambda: list(Person.objects.filter(name="Siti")))

    assert reads.searched == {"listen_person": sari.reach}
    assert reads.looked_up == set()


def test_what_rows_point_at_is_looked_up(cast: Cast) -> None:
    sari = cast.actor("sari")

    reads = read_by(sari, lambda: listen.contacts(sari, None))
    assert reads.searched == {"listen_participation": sari.reach}
    assert reads.looked_up == {"listen_encounter"}

    reads = read_by(sari, lambda: list(Person.objects.values("household__label")))
    assert (set(reads.searched), reads.looked_up) == ({"listen_person"}, {"listen_household"})


def test_rows_that_point_here_are_searched_for_everywhere(cast: Cast) -> None:
    """They may belong to another community: their own is not asked for."""
    sari = cast.actor("sari")

    reads = read_by(sari, lambda: list(Encounter.objects.filter(participations__part="present")))

    assert reads.searched == {"listen_encounter": sari.reach, "listen_participation": None}


def test_the_whole_of_a_table_is_read_everywhere(cast: Cast) -> None:
    sari = cast.actor("sari")
    everyone: models.QuerySet = models.QuerySet(Person)

    for rows in (everyone.all(), everyone.exclude(community_id__in=sari.reach)):
        assert read_by(sari, lambda rows=rows: list(rows)).searched == {"listen_person": None}
    assert read_by(sari, lambda: Account.objects.count()).searched == {"core_account": None}


def test_of_two_readings_of_one_table_the_wider_one_counts(cast: Cast) -> None:
    """Each stands in the statement under the same name."""
    sari = cast.actor("sari")

    def read() -> object:
        settled = PromiseOutcome.objects.filter(promise=OuterRef("pk"))
        everywhere = models.QuerySet(PromiseOutcome).filter(promise=OuterRef("pk"))
        return list(Promise.objects.filter(Exists(settled), Exists(everywhere)))

    assert read_by(sari, read).searched["listen_promiseoutcome"] is None


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1 FROM listen_person, listen_household",
        'SELECT 1 FROM "listen_person" P1, "listen_household"',
        "WITH x AS (SELECT * FROM listen_household) SELECT 1 FROM x, listen_person",
        "SELECT (SELECT count(*) FROM listen_household) FROM listen_person",
    ],
)
def test_sql_of_ones_own_counts_for_everybody(cast: Cast, sql: str) -> None:
    reads = read_by(cast.actor("sari"), lambda: connection.cursor().execute(sql))

    assert reads.searched == {"listen_person": None, "listen_household": None}


def written_by(actor: Actor, action: str, **data: object) -> dict[str, Written]:
    """What a deed wrote, as another process reads it."""
    do(actor, action, **data)
    plain = Footprint.objects.latest("pk").content
    writes = WriteSet.of(plain)
    assert writes.plain() == plain
    return writes.tables


def keys(*texts: str) -> frozenset[uuid.UUID]:
    return frozenset(map(uuid.UUID, texts))


def test_what_was_prepared_in_another_community_is_read_everywhere(cast: Cast) -> None:
    sari, budi = cast.actor("sari"), cast.actor("budi", "krajan")
    with scope.opened(scope.Scope(budi.reach)):
        rows = Person.objects.all()

    assert read_by(sari, lambda: list(rows)).searched == {"listen_person": None}


def test_rows_that_are_added_say_where_they_belong_and_whom_they_are_about(cast: Cast) -> None:
    sari, budi = cast.actor("sari"), cast.actor("budi", "krajan")
    siti = do(budi, "listen.add_person", name="Siti")["id"]
    sri = do(cast.actor("sari", "kali"), "listen.add_person", name="Sri")["id"]
    krajan, here = frozenset({budi.community}), frozenset({sari.community})

    there = [{"person": siti}, {"person": sri}]
    met = {"kind": "meeting", "held_on": TODAY, "participants": there}
    written = written_by(sari, "listen.record_encounter", **met)
    assert written["listen_encounter"] == Written(here, None, added=True)
    assert written["listen_participation"].people == keys(siti, sri)
    assert written["listen_participation"].places == sari.reach - here

    tied = {"from_person": siti, "to_person": sri, "kind": "kin"}
    assert written_by(sari, "map.report_tie", **tied) == {
        "map_tie": Written(here, keys(siti, sri), added=True)
    }
    person = written_by(budi, "listen.add_person", name="Joko")["listen_person"]
    assert (person.places, len(person.people or ()), person.added) == (krajan, 1, True)


def test_rows_that_are_changed_say_what_they_said_before_and_after(cast: Cast) -> None:
    sari, krajan = cast.actor("sari"), cast.actor("budi", "krajan").community
    siti = do(sari, "listen.add_person", name="Siti")["id"]
    do(sari, "listen.make_promise", person=siti, what="come", made_on=TODAY)

    written = written_by(sari, "listen.change_person", person=siti, community=krajan)

    both = frozenset({sari.community, krajan})
    assert written["listen_person"] == Written(both, keys(siti), added=False)
    assert written["listen_promise"] == Written(both, None, added=False)


def test_what_is_taken_back_says_whom_it_was_about(cast: Cast) -> None:
    sari = cast.actor("sari")
    siti, sri = (do(sari, "listen.add_person", name=name)["id"] for name in ("Siti", "Sri"))
    tie = {"from_person": siti, "to_person": sri, "kind": "kin"}
    (reported,) = perform(sari, [Deed(action="map.report_tie", data=tie)])

    written = written_by(sari, "core.withdraw_entry", entry=reported.entry)

    here = frozenset({sari.community})
    assert written == {"map_tie": Written(here, keys(siti, sri), added=False)}


def test_what_other_rows_are_about_is_not_known(cast: Cast) -> None:
    sari = cast.actor("sari")
    siti = do(sari, "listen.add_person", name="Siti")["id"]
    promise = do(sari, "listen.make_promise", person=siti, what="come", made_on=TODAY)["id"]
    settled = {"promise": promise, "outcome": "kept", "noted_on": TODAY}

    outcome = written_by(sari, "listen.settle_promise", **settled)["listen_promiseoutcome"]

    assert outcome == Written(frozenset({sari.community}), None, added=True)


def test_many_are_not_named_one_by_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    sari = cast.actor("sari")
    monkeypatch.setattr(footprint, "MOST_NAMED", 2)

    rows = [{"name": name, "household": "KK 1"} for name in ("Siti", "Sri", "Joko")]
    written = written_by(sari, "listen.import_people", rows=rows)

    here = frozenset({sari.community})
    assert written["listen_person"] == Written(here, None, added=True)
    assert Household._meta.db_table in written


def test_the_longest_statements_are_read_too(cast: Cast) -> None:
    sari = cast.actor("sari")
    rows = [{"name": f"Siti {number}"} for number in range(100)]

    written = written_by(sari, "listen.import_people", rows=rows)["listen_person"]
    keys_of_all = written.people or frozenset()
    assert len(keys_of_all) == 100
    many = [*keys_of_all, *(uuid.uuid4() for _ in range(700))]
    reads = read_by(sari, lambda: list(Person.objects.filter(pk__in=many)))
    assert reads.searched == {"listen_person": sari.reach}


def test_what_replaces_a_row_changes_it(cast: Cast) -> None:
    count = {"community_id": cast.actor("sari").community, "table": "t", "kind": ""}

    with footprint.writing() as writes:
        NamelessCount.objects.bulk_create([NamelessCount(**count)])
    assert [each.added for each in writes.tables.values()] == [True]
    with footprint.writing() as writes:
        NamelessCount.objects.bulk_create(
            [NamelessCount(**count, count=1)],
            update_conflicts=True,
            unique_fields=list(count),
            update_fields=["count"],
        )
    assert [each.added for each in writes.tables.values()] == [False]


A, B = keys("00000000-0000-0000-0000-00000000000a", "00000000-0000-0000-0000-00000000000b")


@pytest.mark.parametrize(
    ("reads", "written", "meet"),
    [
        (ReadSet({"t": frozenset({A})}), Written(frozenset({A}), None, True), True),
        (ReadSet({"t": frozenset({A})}), Written(frozenset({B}), None, True), False),
        (ReadSet({"t": frozenset({A})}), Written(None, None, True), True),
        (ReadSet({"t": None}), Written(frozenset({B}), None, True), True),
        (ReadSet({"other": None}), Written(None, None, False), False),
        (ReadSet({}, {"t"}), Written(None, None, True), False),
        (ReadSet({}, {"t"}), Written(frozenset({B}), None, False), True),
        (ReadSet({"t": frozenset({A})}, {"t"}), Written(frozenset({B}), None, True), False),
    ],
)
def test_what_is_written_meets_what_was_read(reads: ReadSet, written: Written, meet: bool) -> None:
    assert WriteSet({"t": written}).meets(reads) == meet
    assert WriteSet(None).meets(reads)


def test_what_is_written_twice_in_a_deed_is_written_in_both_ways() -> None:
    writes = WriteSet({})
    writes.note("t", Written(frozenset({A}), frozenset({A}), True))
    writes.note("t", Written(frozenset({B}), frozenset({B}), False))
    assert writes.tables == {"t": Written(frozenset({A, B}), frozenset({A, B}), False)}

    writes.note("t", Written(None, None, True))
    assert writes.tables == {"t": Written(None, None, False)}
