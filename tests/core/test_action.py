"""The writing door."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from guyub.core.action import ACTIONS, Deed, perform
from guyub.core.errors import Denied, Invalid, Missing, Refused
from guyub.core.identifiers import new_identifier
from guyub.core.models import LogEntry
from guyub.cycle.listen import queries as listen
from people import Cast, do


def test_a_deed_is_done_and_logged_with_who_when_what_and_key(cast: Cast) -> None:
    sari = cast.actor("sari")
    at = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)
    deed = Deed(action="listen.add_person", data={"name": "Slamet"}, at=at)

    (receipt,) = perform(sari, [deed])

    logged = LogEntry.objects.get(key=deed.key)
    assert (logged.account_id, logged.action, logged.at) == (sari.account, deed.action, at)
    assert logged.result == receipt.result
    assert [row.name for row in listen.all_people(sari)] == ["Slamet"]


def test_the_log_holds_nothing_of_what_was_said(cast: Cast) -> None:
    do(cast.actor("sari"), "listen.add_person", name="Very Particular Name", phone="081234567")

    logged = str(LogEntry.objects.values().latest("number"))

    assert "Particular" not in logged
    assert "081234567" not in logged


def test_repeating_a_key_changes_nothing_and_gives_the_first_result(cast: Cast) -> None:
    sari = cast.actor("sari")
    deed = Deed(action="listen.add_person", data={"name": "Slamet"})
    (first,) = perform(sari, [deed])

    (second,) = perform(sari, [deed])

    assert second.done_before
    assert second.result == first.result
    assert len(listen.all_people(sari)) == 1


def test_a_key_that_belongs_to_another_deed_is_refused(cast: Cast) -> None:
    sari = cast.actor("sari")
    key = new_identifier()
    perform(sari, [Deed(action="listen.add_person", data={"name": "Slamet"}, key=key)])

    with pytest.raises(Refused):
        perform(sari, [Deed(action="listen.add_person", data={"name": "Tarno"}, key=key)])


def test_nobody_learns_a_result_by_guessing_somebody_elses_key(cast: Cast) -> None:
    deed = Deed(action="listen.add_person", data={"name": "Slamet"})
    perform(cast.actor("sari"), [deed])

    with pytest.raises(Refused):
        perform(cast.actor("rudi"), [deed])


def test_an_entry_is_performed_wholly_or_not_at_all(cast: Cast) -> None:
    sari = cast.actor("sari")
    entries = LogEntry.objects.count()
    deeds = [
        Deed(action="listen.add_person", data={"name": "Slamet"}),
        Deed(action="core.withdraw_entry", data={"entry": new_identifier()}),
    ]

    with pytest.raises(Missing):
        perform(sari, deeds)

    assert listen.all_people(sari) == ()
    assert LogEntry.objects.count() == entries


def test_a_role_that_does_not_allow_a_deed_is_denied(cast: Cast) -> None:
    with pytest.raises(Denied):
        do(cast.actor("wati"), "listen.add_person", name="Slamet")


def test_one_deed_that_the_role_does_not_allow_denies_the_whole_entry(cast: Cast) -> None:
    budi = cast.actor("budi", "krajan")
    deeds = [
        Deed(action="listen.add_person", data={"name": "Slamet"}),
        Deed(action="core.found_community", data={"name": "RT 1", "kind": "rt"}),
    ]

    with pytest.raises(Denied):
        perform(budi, deeds)

    assert listen.all_people(budi) == ()


def test_data_that_cannot_be_read_is_answered_field_by_field(cast: Cast) -> None:
    with pytest.raises(Invalid) as answer:
        do(cast.actor("sari"), "listen.add_person", name="Slamet", gender="f", birth_year="old")

    assert set(answer.value.fields) == {"gender", "birth_year"}


def test_an_error_never_repeats_what_was_entered(cast: Cast) -> None:
    with pytest.raises(Invalid) as answer:
        do(cast.actor("sari"), "listen.add_person", name="Slamet", birth_year="my secret")

    assert "my secret" not in str(answer.value)


def test_a_clock_far_ahead_is_not_believed(cast: Cast) -> None:
    ahead = datetime.now(UTC) + timedelta(days=400)
    deed = Deed(action="listen.add_person", data={"name": "Slamet"}, at=ahead)

    perform(cast.actor("sari"), [deed])

    assert LogEntry.objects.get(key=deed.key).at < ahead - timedelta(days=399)


def test_a_time_without_a_zone_is_refused(cast: Cast) -> None:
    naive = datetime(2026, 5, 1)  # noqa: DTZ001  the point of the test
    with pytest.raises(Refused):
        perform(
            cast.actor("sari"),
            [Deed(action="listen.add_person", data={"name": "Slamet"}, at=naive)],
        )


def test_numbers_in_the_log_have_no_gap(cast: Cast) -> None:
    sari = cast.actor("sari")
    for name in ("Slamet", "Tarno", "Sri"):
        do(sari, "listen.add_person", name=name)

    numbers = list(
        LogEntry.objects.filter(community=sari.community)
        .order_by("number")
        .values_list("number", flat=True)
    )

    assert numbers == list(range(1, len(numbers) + 1))


def test_a_community_founded_in_an_entry_is_open_to_the_deeds_after_it(cast: Cast) -> None:
    hamlet = new_identifier()
    sari = cast.actor("sari")

    perform(
        sari,
        [
            Deed(action="core.found_community", data={"id": hamlet, "name": "Baru", "kind": "rt"}),
            Deed(action="listen.add_person", data={"name": "Slamet", "community": hamlet}),
        ],
    )

    assert [row.community for row in listen.all_people(cast.actor("sari"))] == [hamlet]


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "added a person"), ("id", "mencatat seorang warga")]
)
def test_a_deed_is_told_in_the_language_of_whoever_reads_it(language: str, sentence: str) -> None:
    with override(language):
        assert ACTIONS["listen.add_person"].describe() == sentence


def test_a_deed_of_many_rows_says_how_many() -> None:
    with override("id"):
        assert ACTIONS["map.import_ties"].describe({"ties": 1641}) == "memasukkan 1.641 ikatan"
