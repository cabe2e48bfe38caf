"""Erasing somebody: nothing is left in any table or file, what was counted stays counted."""

from __future__ import annotations

import json
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, models

import long_work
from guyub.core import erasing
from guyub.core.action import Deed, perform
from guyub.core.actor import Actor
from guyub.core.confidential import ConfidentialField, unseal
from guyub.core.errors import Denied, Missing, Refused
from guyub.core.identifiers import new_identifier
from guyub.core.jobs import begin
from guyub.core.models import Erased, Job, LogEntry
from guyub.core.queries import verified
from guyub.cycle.listen import queries
from guyub.cycle.listen.models import Household, Person
from guyub.cycle.map import queries as map_queries
from guyub.cycle.start import queries as start
from people import Cast, do

# One word that stands in every text about one person, and nowhere else.
CANARY = "Kenarikuning"


@pytest.fixture(autouse=True)
def own_data_folder(settings: Any, tmp_path: Path) -> Path:
    settings.GUYUB_DATA = tmp_path
    return tmp_path


def add(actor: Actor, name: str, **more: object) -> str:
    return do(actor, "listen.add_person", name=name, **more)["id"]


def told_of(sari: Actor) -> tuple[str, str]:
    """Somebody of whom everything is noted that can be, and Sri, to whom they are tied."""
    texts = dict.fromkeys(("alias", "household", "occupation", "office", "groups"), CANARY)
    person = add(sari, CANARY, **texts, phone=f"0812 {CANARY}", reference=CANARY, birth_year=1970)
    sri = add(sari, "Sri")
    do(sari, "listen.change_person", person=person, name=f"{CANARY} Baru", occupation="farmer")
    alone = {"participants": [{"person": person}], "place": CANARY, "summary": CANARY}
    do(sari, "listen.record_encounter", kind="one_on_one", held_on="2026-05-01", **alone)
    both = [{"person": person, "part": "spoke"}, {"person": sri}]
    do(sari, "listen.record_encounter", kind="meeting", held_on="2026-05-02", participants=both)
    promise = do(sari, "listen.make_promise", person=person, what=CANARY, made_on="2026-05-02")
    do(
        sari,
        "listen.settle_promise",
        promise=promise["id"],
        outcome="kept",
        noted_on="2026-05-03",
    )
    do(sari, "listen.note_observation", person=person, trait="stance", value=2, evidence=CANARY)
    concern = {"life_area": "health", "own_words": CANARY}
    do(sari, "listen.note_concern", person=person, shared_with=[sri], **concern)
    do(sari, "listen.note_concern", person=sri, life_area="jobs", shared_with=[person])
    do(sari, "map.report_tie", from_person=person, to_person=sri, kind="kin", source=CANARY)
    reasons = [
        {"code": "reaches_first", "facts": {"names": f"Sri, {CANARY}"}},
        {"code": "ties", "facts": {"count": 2}},
    ]
    visits = [
        {"person": person, "planned_on": "2026-05-04", "reasons": reasons},
        {"person": sri, "planned_on": "2026-05-04", "reasons": reasons},
    ]
    do(sari, "listen.plan_visits", visits=visits)
    do(sari, "listen.note_consent", person=person, purpose="keep", answer="given", witness=CANARY)
    do(sari, "listen.ask_request", person=person, kind="erase")
    do(sari, "listen.protect_person", person=person, protected=True)
    plan = {"catalysts": [{"person": person, "reasons": []}], "picture": {"names": [CANARY]}}
    made = {"count": 1, "seed": 1, "spread": "model", "made_on": "2026-05-01"}
    do(sari, "start.keep_plan", **made, outcome=plan)
    return person, sri


def erase(actor: Actor, person: str, why: str = "asked") -> dict:
    return do(actor, "listen.erase_person", person=person, why=why)


def everything_readable() -> str:
    """All that stands in our tables, what is sealed opened."""
    found: list[Any] = []
    for model in apps.get_models():
        sealed = [
            each for each in model._meta.concrete_fields if isinstance(each, ConfidentialField)
        ]
        for row in models.QuerySet(model).values():
            for column in sealed:
                if row[column.attname] is not None:
                    key = row[model._meta.pk.attname]
                    row[column.attname] = unseal(column, key, row[column.attname])
            found.append((model._meta.label, row))
    return json.dumps(found, default=str)


def history(actor: Actor) -> tuple[Any, ...]:
    """What is told of the past: encounters with how many were there, and ties."""
    met = [(row.kind, row.held_on, row.people) for row in queries.encounters(actor)]
    return met, map_queries.counts(actor)


def test_no_word_about_them_is_left_in_any_table(cast: Cast) -> None:
    sari = cast.actor("sari")
    person, _sri = told_of(sari)
    assert everything_readable().count(CANARY) >= 20, "the canary was not planted"

    erase(sari, person)

    left = everything_readable()
    assert re.findall(rf".{{80}}{CANARY}.{{20}}", left, re.IGNORECASE) == []
    assert CANARY.lower() not in left.lower()


def test_what_was_counted_stays_counted(cast: Cast) -> None:
    sari = cast.actor("sari")
    person, _sri = told_of(sari)
    before = history(sari)

    erase(sari, person)

    assert history(sari) == before
    assert [row.name for row in queries.people(sari).rows] == ["Sri"]


def test_others_keep_what_was_noted_of_them(cast: Cast) -> None:
    sari = cast.actor("sari")
    person, sri = told_of(sari)

    erase(sari, person)

    (visit,) = queries.visits(sari)
    assert [reason["code"] for reason in visit.reasons] == ["ties"]
    (concern,) = queries.concerns_of(sari, uuid.UUID(sri))
    assert concern.shared_with == ()
    assert queries.person(sari, uuid.UUID(sri)).encounters == 1


def test_undoing_older_entries_brings_nothing_back(cast: Cast) -> None:
    sari = cast.actor("sari")
    person, _sri = told_of(sari)
    keys = list(LogEntry.objects.filter(community=sari.community).order_by("-number"))

    erase(sari, person)
    for entry in {row.entry: None for row in keys}:
        for _twice in range(2):
            last = [Deed(action="core.withdraw_entry", data={"entry": entry})]
            try:
                perform(sari, last)
            except (Refused, Missing, Denied):
                break

    assert CANARY.lower() not in everything_readable().lower()
    assert not models.QuerySet(Person).filter(pk=person).exists()


def test_an_erasure_is_not_undone_and_the_log_is_whole(cast: Cast) -> None:
    sari = cast.actor("sari")
    person, _sri = told_of(sari)
    deed = Deed(action="listen.erase_person", data={"person": person, "why": "asked"})
    (receipt,) = perform(sari, [deed])

    with pytest.raises(Refused):
        perform(sari, [Deed(action="core.withdraw_entry", data={"entry": receipt.entry})])

    assert person not in json.dumps(receipt.result)
    assert verified(sari.community).whole


def test_records_that_were_merged_into_them_go_as_well(cast: Cast) -> None:
    sari = cast.actor("sari")
    person, _sri = told_of(sari)
    other = add(sari, f"{CANARY} Lama", phone="08123456789")
    do(sari, "listen.merge_people", stays=person, goes=other)

    erase(sari, person)

    assert CANARY.lower() not in everything_readable().lower()


def test_a_household_that_others_share_stays(cast: Cast) -> None:
    sari = cast.actor("sari")
    slamet, _sri = add(sari, "Slamet", household="RT 3"), add(sari, "Sri", household="RT 3")

    erase(sari, slamet)

    assert models.QuerySet(Household).count() == 1


def test_whoever_was_taken_back_may_be_erased_too(cast: Cast) -> None:
    sari = cast.actor("sari")
    deed = Deed(action="listen.add_person", data={"name": CANARY})
    (receipt,) = perform(sari, [deed])
    perform(sari, [Deed(action="core.withdraw_entry", data={"entry": receipt.entry})])

    erase(sari, receipt.result["id"])

    assert CANARY.lower() not in everything_readable().lower()


def test_jobs_that_ended_go_and_one_under_way_is_waited_for(cast: Cast) -> None:
    sari = cast.actor("sari")
    slamet = add(sari, "Slamet")
    job = begin(sari, long_work.NAME, {"name": "Slamet"}, key=new_identifier())

    with pytest.raises(Refused):
        erase(sari, slamet)

    Job.objects.filter(pk=job).update(state="done")
    erase(sari, slamet)
    assert not Job.objects.exists()


def test_what_other_organisations_hold_is_not_touched_by_a_shared_name(cast: Cast) -> None:
    sari, oscar = cast.actor("sari"), cast.actor("oscar", "other")
    slamet, _theirs = add(sari, "Slamet"), add(oscar, "Slamet")
    made = {"count": 1, "seed": 1, "spread": "model", "made_on": "2026-05-01"}
    do(
        oscar,
        "start.keep_plan",
        **made,
        outcome={"catalysts": [], "picture": {"names": ["Slamet"]}},
    )
    begin(oscar, long_work.NAME, {"name": "Slamet"}, key=new_identifier())

    erase(sari, slamet)

    assert Job.objects.count() == 1
    assert start.newest_plan(oscar) is not None
    assert [row.name for row in queries.people(oscar).rows] == ["Slamet"]


def test_only_those_who_answer_for_it_may_erase_and_only_whom_they_reach(cast: Cast) -> None:
    sari = cast.actor("sari")
    slamet = add(sari, "Slamet")

    with pytest.raises(Denied):
        erase(cast.actor("rudi"), slamet)
    with pytest.raises(Missing):
        erase(cast.actor("charlie", "sidorejo"), slamet)


def test_a_text_of_others_that_names_them_is_found_and_written_anew(cast: Cast) -> None:
    sari = cast.actor("sari")
    slamet, sri = add(sari, "Slamet Riyadi"), add(sari, "Sri")
    told = f"Slamet and she fight over {CANARY}"
    do(sari, "listen.note_concern", person=sri, life_area="safety", own_words=told)
    do(sari, "listen.note_concern", person=sri, life_area="jobs", own_words="selamat")

    (found,) = queries.mentions(sari, uuid.UUID(slamet))
    redacted = "She fights with a neighbour"
    do(sari, "listen.redact_text", row=str(found.row), field=found.field, redacted=redacted)

    assert found.text == told
    assert queries.mentions(sari, uuid.UUID(slamet)) == ()
    assert CANARY not in everything_readable()
    assert redacted in {row.own_words for row in queries.concerns_of(sari, uuid.UUID(sri))}


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_in_the_files_of_the_database(cast: Cast, own_data_folder: Path) -> None:
    sari = cast.actor("sari")
    person, _sri = told_of(sari)

    erase(sari, person)

    assert CANARY.lower().encode() not in content(own_data_folder).lower()
    # What PostgreSQL keeps in its files is emptied by VACUUM.
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        journal = Path(f"{file}-wal")
        held = file.read_bytes() + (journal.read_bytes() if journal.exists() else b"")
        assert b"Sri" in held, "this is not the database"
        assert CANARY.lower().encode() not in held.lower()


def content(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


@pytest.mark.django_db(transaction=True)
def test_the_ledger_cleans_a_backup_that_was_restored(
    cast: Cast, own_data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sari = cast.actor("sari")
    slamet, _sri = add(sari, "Slamet"), add(sari, "Sri")
    erase(sari, slamet)
    written = own_data_folder / "erasures"
    line = written.read_text()
    assert slamet not in line
    assert oct(written.stat().st_mode & 0o777) == "0o600"
    Erased.objects.all().delete()
    # The backup holds them still.
    do(sari, "listen.add_person", name="Slamet", id=slamet)
    kept = own_data_folder / "kept"
    kept.write_text(line)

    call_command("apply_erasures", str(kept))

    assert "1" in capsys.readouterr().out
    assert [row.name for row in queries.people(sari).rows] == ["Sri"]
    assert Erased.objects.exists()


def test_a_file_that_is_no_ledger_is_refused(own_data_folder: Path, db: None) -> None:
    other = own_data_folder / "list.csv"
    other.write_text("name,phone\n")

    with pytest.raises(CommandError):
        call_command("apply_erasures", str(other))


def test_a_name_is_a_mention_only_as_a_word_of_its_own() -> None:
    assert erasing.mentions("We met Ani, and Sri.", {"ani"})
    assert not erasing.mentions("The animals", {"Ani"})
