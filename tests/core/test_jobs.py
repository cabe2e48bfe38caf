"""Long work: begun once, run by one at a time, taken up again, told to whoever began it."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone, translation

import long_work
from guyub.config.logs import JsonLines
from guyub.core import job_runner, jobs, queries
from guyub.core.action import Deed, perform
from guyub.core.errors import Denied, Missing, Refused
from guyub.core.identifiers import new_identifier
from guyub.core.job_runner import Runner
from guyub.core.jobs import NoLongerOurs, Progress, begin, cancel
from guyub.core.models import Job, LogEntry, Membership
from guyub.cycle.listen import queries as listen
from people import Cast, do


@pytest.fixture(autouse=True)
def nothing_happens_meanwhile() -> Iterator[None]:
    long_work.meanwhile.clear()
    yield
    long_work.meanwhile.clear()


def begun(cast: Cast, who: str = "sari", language: str = "en", **data: Any) -> uuid.UUID:
    with translation.override(language):
        return begin(
            cast.actor(who), long_work.NAME, {"name": "Slamet", **data}, key=new_identifier()
        )


def names(cast: Cast) -> list[str]:
    return [row.name for row in listen.all_people(cast.actor("sari"))]


def told(cast: Cast, identifier: uuid.UUID, who: str = "sari") -> queries.JobRow:
    return queries.job(cast.actor(who), identifier)


def the_runner_falls_silent(identifier: uuid.UUID) -> None:
    Job.objects.filter(pk=identifier).update(lease_until=timezone.now() - timedelta(seconds=1))


def the_rest_is_over(identifier: uuid.UUID) -> None:
    Job.objects.filter(pk=identifier).update(not_before=timezone.now() - timedelta(seconds=1))


def test_a_job_waits_runs_and_ends(cast: Cast) -> None:
    identifier = begun(cast)
    waiting = told(cast, identifier)

    assert Runner().run_waiting() == 1

    done = told(cast, identifier)
    assert (waiting.state, names(cast)) == ("waiting", ["Slamet"])
    assert (done.state, done.fault) == ("done", "")
    assert done.ended_at is not None


def test_the_same_key_is_the_same_job(cast: Cast) -> None:
    sari, key = cast.actor("sari"), new_identifier()
    first = begin(sari, long_work.NAME, {"name": "Slamet"}, key=key)
    second = begin(sari, long_work.NAME, {"name": "Slamet"}, key=key)

    assert first == second
    assert Runner().run_waiting() == 1
    assert begin(sari, long_work.NAME, {"name": "Slamet"}, key=key) == first
    assert Runner().run_waiting() == 0


def test_the_key_of_somebody_elses_job_is_refused(cast: Cast) -> None:
    identifier = begun(cast)

    with pytest.raises(Refused):
        begin(cast.actor("rudi"), long_work.NAME, {}, key=identifier)


def test_only_who_may_do_it_begins_it(cast: Cast) -> None:
    with pytest.raises(Denied):
        begun(cast, "wati")
    with pytest.raises(Missing):
        begin(cast.actor("sari"), "core.nothing", {}, key=new_identifier())
    assert not Job.objects.exists()


@pytest.mark.parametrize(("who", "place"), [("rudi", "sukamaju"), ("sari", "krajan")])
def test_a_job_does_not_exist_for_others_nor_elsewhere(cast: Cast, who: str, place: str) -> None:
    identifier = begun(cast)
    actor = cast.actor(who, place)

    with pytest.raises(Missing):
        queries.job(actor, identifier)
    with pytest.raises(Missing):
        cancel(actor, identifier)


def test_the_oldest_is_run_first(cast: Cast) -> None:
    begun(cast, name="Agus")
    begun(cast, name="Bambang")

    Runner().run_one()

    assert names(cast) == ["Agus"]


def test_what_one_runner_has_no_other_takes(cast: Cast) -> None:
    begun(cast)
    seen = []
    long_work.meanwhile["before"] = lambda _: seen.append(Runner().run_one())

    assert Runner().run_one()

    assert seen == [False]


def test_of_two_who_found_the_same_job_free_one_gets_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(cast)
    # The other one is faster, between our look and our taking.
    faster = []
    first_identifier = uuid.uuid4

    def meanwhile() -> uuid.UUID:
        monkeypatch.setattr(job_runner.uuid, "uuid4", first_identifier)
        faster.append(job_runner._take())
        return first_identifier()

    monkeypatch.setattr(job_runner.uuid, "uuid4", meanwhile)

    assert job_runner._take() is None
    assert faster[0] is not None


def test_a_job_whose_runner_fell_silent_is_taken_up_and_its_deed_done_once(cast: Cast) -> None:
    identifier = begun(cast)

    def die_after_the_deed(progress: Progress) -> None:
        long_work.meanwhile.clear()
        the_runner_falls_silent(identifier)
        assert Runner().run_one()

    long_work.meanwhile["after"] = die_after_the_deed
    Runner().run_one()

    assert names(cast) == ["Slamet"]
    assert told(cast, identifier).state == "done"
    assert LogEntry.objects.filter(entry=identifier).count() == 1


def test_whoever_lost_the_lease_does_nothing_any_more(cast: Cast) -> None:
    identifier = begun(cast)
    lost = []

    def be_overtaken(progress: Progress) -> None:
        long_work.meanwhile.clear()
        the_runner_falls_silent(identifier)
        assert Runner().run_one()
        with pytest.raises(NoLongerOurs):
            progress.perform([Deed(action="listen.add_person", data={"name": "Twice"})])
        lost.append(True)

    long_work.meanwhile["before"] = be_overtaken
    Runner().run_one()

    assert lost
    assert names(cast) == ["Slamet"]


def test_a_deed_that_an_earlier_run_did_stands_though_this_run_would_do_it_otherwise(
    cast: Cast,
) -> None:
    identifier = begun(cast)
    did = Deed(action="listen.add_person", data={"name": "Earlier"})
    perform(cast.actor("sari"), [did], entry=identifier)

    Runner().run_one()

    assert names(cast) == ["Earlier"]
    assert told(cast, identifier).state == "done"


def test_an_entry_of_somebody_else_is_not_taken_for_the_jobs_own(cast: Cast) -> None:
    identifier = new_identifier()
    did = Deed(action="listen.add_person", data={"name": "Of Rudi"})
    perform(cast.actor("rudi"), [did], entry=identifier)
    begin(cast.actor("sari"), long_work.NAME, {"name": "Slamet"}, key=identifier)

    Runner().run_one()

    assert sorted(names(cast)) == ["Of Rudi", "Slamet"]


def test_rights_withdrawn_meanwhile_end_a_job_with_a_plain_sentence(cast: Cast) -> None:
    identifier = begun(cast, "rudi")
    membership = Membership.current.get(account=cast.accounts["rudi"])
    do(cast.actor("tini"), "core.withdraw_role", membership=membership.pk)

    Runner().run_one()

    row = Job.objects.get(pk=identifier)
    assert row.state == "failed"
    assert "Ask your coordinator" in row.fault
    assert names(cast) == []


def test_work_that_its_beginner_may_no_longer_do_is_not_even_started(cast: Cast) -> None:
    identifier = begun(cast)
    Membership.current.filter(account=cast.accounts["sari"]).update(role="viewer")
    started = []
    long_work.meanwhile["before"] = started.append

    Runner().run_one()

    assert told(cast, identifier).state == "failed"
    assert started == []


def test_rights_withdrawn_while_it_runs_keep_its_deed_from_being_done(cast: Cast) -> None:
    identifier = begun(cast, "rudi")
    membership = Membership.current.get(account=cast.accounts["rudi"])
    long_work.meanwhile["before"] = lambda _: do(
        cast.actor("tini"), "core.withdraw_role", membership=membership.pk
    )

    Runner().run_one()

    assert Job.objects.get(pk=identifier).state == "failed"
    assert names(cast) == []


def test_how_far_it_has_come_is_written_down_now_and_then(cast: Cast) -> None:
    identifier = begun(cast)
    seen = []

    def tell(progress: Progress) -> None:
        seen.append((told(cast, identifier).done, told(cast, identifier).total))
        with_statements = len(connection.queries_log)
        for done in range(1000):
            progress(done, 1000)
        assert len(connection.queries_log) - with_statements <= 1
        progress._next_note = 0
        progress(999, 1000)
        seen.append((told(cast, identifier).done, told(cast, identifier).total))

    long_work.meanwhile["before"] = tell
    connection.force_debug_cursor = True
    try:
        Runner().run_one()
    finally:
        connection.force_debug_cursor = False

    assert told(cast, identifier).state == "done"
    assert seen == [(1, 4), (999, 1000)]


def test_a_waiting_job_that_is_cancelled_is_never_run(cast: Cast) -> None:
    identifier = begun(cast)

    assert cancel(cast.actor("sari"), identifier)

    assert Runner().run_waiting() == 0
    assert told(cast, identifier).state == "cancelled"
    assert not cancel(cast.actor("sari"), identifier)


def test_a_running_job_that_is_cancelled_does_nothing_any_more(cast: Cast) -> None:
    identifier = begun(cast)
    long_work.meanwhile["before"] = lambda _: cancel(cast.actor("sari"), identifier)

    Runner().run_one()

    assert told(cast, identifier).state == "cancelled"
    assert names(cast) == []


def test_a_runner_that_is_stopped_gives_its_job_back_at_once(cast: Cast) -> None:
    identifier = begun(cast)
    runner = Runner()

    def stop(progress: Progress) -> None:
        runner.stop()
        progress(2, 4)

    long_work.meanwhile["before"] = stop
    runner.run_one()
    long_work.meanwhile.clear()

    row = Job.objects.get(pk=identifier)
    assert (row.state, row.tries) == ("waiting", 0)
    assert Runner().run_waiting() == 1


def test_a_runner_that_is_interrupted_gives_its_job_back_too(cast: Cast) -> None:
    identifier = begun(cast)

    def interrupt(progress: Progress) -> None:
        raise KeyboardInterrupt

    long_work.meanwhile["before"] = interrupt
    with pytest.raises(KeyboardInterrupt):
        Runner().run_one()

    assert Job.objects.get(pk=identifier).state == "waiting"


@pytest.mark.parametrize("moment", ["held", "looked_up"])
def test_a_runner_that_is_interrupted_before_it_begins_gives_its_job_back(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    identifier = begun(cast)

    def interrupted(*_told: Any, **_more: Any) -> Any:
        raise KeyboardInterrupt

    if moment == "held":
        update = QuerySet.update

        def held(rows: Any, **values: Any) -> int:
            changed = update(rows, **values)
            return interrupted() if "token" in values else changed

        monkeypatch.setattr(QuerySet, "update", held)
    else:
        monkeypatch.setattr(job_runner.zoneinfo, "ZoneInfo", interrupted)
    with pytest.raises(KeyboardInterrupt):
        Runner().run_one()
    monkeypatch.undo()

    job = Job.objects.get(pk=identifier)
    assert (job.state, job.tries) == ("waiting", 0)


def test_what_stood_in_the_way_is_told_in_the_language_of_whoever_began_it(cast: Cast) -> None:
    identifier = begun(cast, language="id")
    Membership.current.filter(account=cast.accounts["sari"]).update(role="viewer")

    with translation.override("en"):
        Runner().run_waiting()

    assert "koordinator" in told(cast, identifier).fault


def test_a_refusal_is_kept_for_whoever_began_it(cast: Cast) -> None:
    identifier = begun(cast, refusal="Slamet is here already.")

    Runner().run_one()

    row = told(cast, identifier)
    assert (row.state, row.fault) == ("failed", "Slamet is here already.")


def test_a_fault_of_ours_is_tried_again_after_a_rest_and_then_told(cast: Cast) -> None:
    identifier = begun(cast, fault="x")
    for _ in range(3):
        assert Runner().run_waiting() == 1, "it rests between two tries"
        the_rest_is_over(identifier)

    assert told(cast, identifier).state == "failed"
    assert "fault is ours" in told(cast, identifier).fault
    assert Runner().run_waiting() == 0


def test_a_job_that_ends_its_process_each_time_is_not_tried_for_ever(cast: Cast) -> None:
    identifier = begun(cast)
    for _ in range(3):
        assert job_runner._take() is not None
        the_runner_falls_silent(identifier)

    assert Runner().run_one()

    assert told(cast, identifier).state == "failed"
    assert names(cast) == []


def test_a_job_of_a_kind_that_is_not_known_here_is_left_for_others(cast: Cast) -> None:
    identifier = begun(cast)
    Job.objects.filter(pk=identifier).update(name="core.of_tomorrow")

    assert Runner().run_waiting() == 0
    assert told(cast, identifier).state == "waiting"


def test_what_it_was_told_goes_when_it_has_ended(cast: Cast) -> None:
    for identifier in (begun(cast), begun(cast, refusal="No.")):
        Runner().run_one()
        assert Job.objects.get(pk=identifier).data is None


def test_old_jobs_are_swept_away(cast: Cast) -> None:
    old, fresh = begun(cast), begun(cast)
    runner = Runner()
    runner.run_waiting()
    Job.objects.filter(pk=old).update(ended_at=timezone.now() - timedelta(days=8))

    runner.clear_away()

    assert list(Job.objects.values_list("pk", flat=True)) == [fresh]


def test_nothing_of_what_a_job_was_told_stands_readable_or_reaches_the_program_log(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    begun(cast, name="kenari-name")
    begun(cast, fault="kenari-fault")
    refused = begun(cast, refusal="kenari-refusal")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM core_job")
        waiting = repr(cursor.fetchall())
    Runner().run_waiting()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM core_job")
        ended = repr(cursor.fetchall())

    lines = "".join(JsonLines().format(record) for record in caplog.records)
    assert told(cast, refused).fault == "kenari-refusal"
    assert '"error": "ValueError"' in lines
    assert '"job": "core.try_out"' in lines
    assert "kenari" not in waiting + ended + lines


def test_the_lease_is_longer_than_a_writer_waits_for_its_turn() -> None:
    from guyub.config.sqlite import BUSY_TIMEOUT

    assert jobs.LEASE.total_seconds() > BUSY_TIMEOUT
