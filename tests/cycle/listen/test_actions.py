"""The deeds of Listen."""

from __future__ import annotations

import uuid

import pytest

from guyub.core.action import Deed, perform
from guyub.core.actor import Actor
from guyub.core.errors import Invalid, Missing, Refused
from guyub.core.identifiers import new_identifier
from guyub.cycle.listen import queries
from people import Cast, do


def test_a_first_name_is_enough(cast: Cast) -> None:
    sari = cast.actor("sari")

    person = do(sari, "listen.add_person", name="Slamet")["id"]

    assert queries.person(sari, person).person.name == "Slamet"


def test_an_alias_is_enough_where_a_name_is_dangerous(cast: Cast) -> None:
    sari = cast.actor("sari")

    person = do(sari, "listen.add_person", name="", alias="Mas Bro")["id"]

    assert queries.person(sari, person).person.name == "Mas Bro"


def test_somebody_without_any_name_is_refused(cast: Cast) -> None:
    with pytest.raises(Invalid) as answer:
        do(cast.actor("sari"), "listen.add_person", name="  ")

    assert "name" in answer.value.fields


@pytest.mark.parametrize("year", [1850, 2200])
def test_nobody_alive_was_born_in_an_impossible_year(cast: Cast, year: int) -> None:
    with pytest.raises(Invalid):
        do(cast.actor("sari"), "listen.add_person", name="Slamet", birth_year=year)


def test_people_of_one_household_share_it(cast: Cast) -> None:
    sari = cast.actor("sari")
    for name in ("Slamet", "Sri"):
        do(sari, "listen.add_person", name=name, household="Rumah 12")

    assert queries.counts(sari).households == 1


def test_nobody_is_added_where_the_worker_has_no_role(cast: Cast) -> None:
    kali = cast.actor("sari", "kali").community

    with pytest.raises(Missing):
        do(cast.actor("budi", "krajan"), "listen.add_person", name="Slamet", community=kali)


def test_a_conversation_is_noted_in_one_entry(cast: Cast) -> None:
    budi = cast.actor("budi", "krajan")
    person, promise = new_identifier(), new_identifier()
    perform(
        budi,
        [
            Deed(action="listen.add_person", data={"id": person, "name": "Slamet"}),
            Deed(
                action="listen.record_encounter",
                data={
                    "kind": "house_visit",
                    "held_on": "2026-05-01",
                    "participants": [{"person": person, "part": "hosted"}],
                    "summary": "worried about the spring",
                },
            ),
            Deed(
                action="listen.make_promise",
                data={
                    "id": promise,
                    "person": person,
                    "what": "bring two neighbours",
                    "made_on": "2026-05-01",
                },
            ),
            Deed(
                action="listen.settle_promise",
                data={"promise": promise, "outcome": "kept", "noted_on": "2026-05-09"},
            ),
        ],
    )

    card = queries.person(budi, person)
    assert card.encounters == 1
    assert [each.outcome for each in card.promises] == ["kept"]


def test_the_latest_outcome_of_a_promise_counts(cast: Cast) -> None:
    sari = cast.actor("sari")
    person = do(sari, "listen.add_person", name="Slamet")["id"]
    given = {"person": person, "what": "come", "made_on": "2026-05-01"}
    promise = do(sari, "listen.make_promise", **given)["id"]
    noted = {}
    for day, outcome in (("2026-05-09", "kept"), ("2026-05-03", "broken")):
        data = {"promise": promise, "outcome": outcome, "noted_on": day}
        (noted[outcome],) = perform(sari, [Deed(action="listen.settle_promise", data=data)])

    assert became(sari, person) == ["kept"] * 3

    do(sari, "core.withdraw_entry", entry=noted["kept"].entry)
    assert became(sari, person) == ["broken"] * 3


def became(actor: Actor, person: str) -> list[str | None]:
    """What became of somebody's one promise, in the list of all, on their card and for them."""
    identifier = uuid.UUID(person)
    (listed,), (carded,), (own,) = (
        queries.promises(actor),
        queries.person(actor, identifier).promises,
        queries.own_data(actor, identifier).promises,
    )
    return [listed.outcome, carded.outcome, own.outcome]


def test_an_encounter_needs_somebody_or_a_head_count(cast: Cast) -> None:
    sari = cast.actor("sari")
    with pytest.raises(Invalid):
        do(sari, "listen.record_encounter", kind="meeting", held_on="2026-05-01")

    do(sari, "listen.record_encounter", kind="meeting", held_on="2026-05-01", head_count=40)
    assert queries.counts(sari).encounters == 1


@pytest.mark.parametrize(("trait", "value"), [("stance", 0), ("stance", 6), ("initiative", 5)])
def test_a_judgement_off_its_scale_is_refused(cast: Cast, trait: str, value: int) -> None:
    sari = cast.actor("sari")
    person = do(sari, "listen.add_person", name="Slamet")["id"]

    with pytest.raises(Invalid):
        do(sari, "listen.note_observation", person=person, trait=trait, value=value)


def test_a_field_worker_reads_their_own_judgements_and_a_planner_all(cast: Cast) -> None:
    budi, sari = cast.actor("budi", "krajan"), cast.actor("sari", "krajan")
    person = do(budi, "listen.add_person", name="Slamet")["id"]
    do(budi, "listen.note_observation", person=person, trait="stance", value=2)
    do(sari, "listen.note_observation", person=person, trait="stance", value=4)

    assert [row.value for row in queries.observations(budi)] == [2]
    assert sorted(row.value for row in queries.observations(sari)) == [2, 4]


def test_a_list_of_people_comes_in_with_its_households(cast: Cast) -> None:
    sari = cast.actor("sari")
    rows = [{"name": f"Warga {n}", "household": f"KK {n // 3}"} for n in range(30)]

    result = do(sari, "listen.import_people", rows=rows)

    assert result == {"people": 30, "households": 10}
    assert queries.counts(sari).people == 30


def test_a_list_with_one_bad_row_names_it_and_brings_in_nothing(cast: Cast) -> None:
    sari = cast.actor("sari")

    with pytest.raises(Invalid) as answer:
        do(sari, "listen.import_people", rows=[{"name": "Slamet"}, {"name": ""}])

    assert list(answer.value.fields) == ["rows.1.name"]
    assert queries.all_people(sari) == ()


def test_the_same_id_twice_is_refused(cast: Cast) -> None:
    sari = cast.actor("sari")
    with pytest.raises(Refused):
        do(
            sari,
            "listen.import_people",
            rows=[{"name": "A", "reference": "7"}, {"name": "B", "reference": "7"}],
        )
    do(sari, "listen.import_people", rows=[{"name": "A", "reference": "7"}])
    with pytest.raises(Refused):
        do(sari, "listen.import_people", rows=[{"name": "B", "reference": "7"}])


def test_people_are_listed_a_page_at_a_time_without_gaps_or_repeats(cast: Cast) -> None:
    sari = cast.actor("sari")
    do(sari, "listen.import_people", rows=[{"name": f"Siti {n % 4}"} for n in range(23)])

    seen, after = [], None
    while True:
        page = queries.people(sari, after=after, limit=5)
        seen += [row.id for row in page.rows]
        after = page.next
        if after is None:
            break

    assert len(seen) == len(set(seen)) == 23


def test_a_summary_is_read_by_who_wrote_it_and_by_planners_unless_it_is_open(cast: Cast) -> None:
    budi, sari, wati = cast.actor("budi", "krajan"), cast.actor("sari"), cast.actor("wati")
    meeting = {"kind": "meeting", "held_on": "2026-05-01", "head_count": 4}
    do(budi, "listen.record_encounter", summary="in confidence", **meeting)
    do(budi, "listen.record_encounter", summary="for all", open_summary=True, **meeting)

    assert {row.summary for row in queries.encounters(budi)} == {"in confidence", "for all"}
    assert {row.summary for row in queries.encounters(sari)} == {"in confidence", "for all"}
    assert {row.summary for row in queries.encounters(wati)} == {"", "for all"}
