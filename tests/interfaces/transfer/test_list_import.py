"""Spreadsheets come in and go out, and an analysis sees the same on every road."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

import real_data
from guyub.core import queries as core
from guyub.core.action import Deed, perform
from guyub.core.actor import Actor
from guyub.core.errors import Denied, Invalid
from guyub.core.identifiers import new_identifier
from guyub.cycle.listen import queries as listen
from guyub.cycle.map import queries as map_queries
from guyub.cycle.start.analysis import PlanWishes, draft_plan, frame
from guyub.engine.plan.request import PlanRequest
from guyub.engine.plan.starting_plan import starting_plan as plan_of
from guyub.interfaces.cli.frame_from_files import frame_from_files
from guyub.interfaces.transfer.columns import people_from, ties_from
from guyub.interfaces.transfer.list_export import prepare_export
from guyub.interfaces.transfer.list_import import ListImport, prepare_import
from guyub.interfaces.transfer.scales import Counting
from guyub.interfaces.transfer.tables import parse_csv, read_table
from guyub.interfaces.transfer.writing import write_csv
from people import Cast, do

TODAY = date(2026, 5, 1)

PEOPLE = """\
id;nama;jenis kelamin;umur;dusun;kk;jabatan;sikap;keterbukaan;hp;kelompok
w1;Slamet;L;40;Krajan;K1;ketua RT;2;3;0812;"karang taruna, PKK"
w2;Sri Wahyuni;P;36;Krajan;K1;;1;4;;
w3;=Parno;L;;Ngasem;K2;;5;;;
w4;;P;;;;;;;;
"""
TIES = """\
dari;ke;jenis;kekuatan;tanggal
w1;w2;kerabat;5;01/03/2026
w2;w3;nasihat;3;
w3;w9;teman;2;
w4;w4;teman;2;
"""


def brought(actor: Actor, people: str, ties: str) -> ListImport:
    found = prepare_import(
        actor,
        people_from(parse_csv(people.encode(), "people.csv"), this_year=TODAY.year),
        ties_from(parse_csv(ties.encode(), "ties.csv")),
        today=TODAY,
    )
    perform(actor, found.deeds, entry=new_identifier())
    return found


def written(folder: Path, people: str, ties: str) -> tuple[str, str]:
    files = folder / "people.csv", folder / "ties.csv"
    for file, content in zip(files, (people, ties), strict=True):
        file.write_text(content, encoding="utf-8")
    return str(files[0]), str(files[1])


def test_what_would_come_in_is_told_before_anything_is_written(cast: Cast) -> None:
    sari = cast.actor("sari")
    found = prepare_import(
        sari,
        people_from(parse_csv(PEOPLE.encode(), "people.csv"), this_year=2026),
        ties_from(parse_csv(TIES.encode(), "ties.csv")),
        today=TODAY,
    )

    assert (found.people, found.ties, found.unknown, found.selves) == (4, 2, 1, 1)
    # Krajan is there already.
    assert found.new_places == ("Ngasem",)
    assert found.observations == 5
    assert listen.counts(sari).people == 0


def test_people_come_in_with_everything_the_list_tells(cast: Cast) -> None:
    sari = cast.actor("sari")
    brought(sari, PEOPLE, TIES)

    first, second, third, fourth = listen.all_people(cast.actor("sari"))
    assert (first.name, first.gender.value, first.birth_year) == ("Slamet", "male", 1986)
    assert (first.household, first.office, first.reference) == ("K1", "ketua RT", "w1")
    assert second.household == first.household
    assert first.groups == "karang taruna, PKK"
    assert (third.name, fourth.name) == ("=Parno", "w4")
    assert listen.phones(sari) == {first.id: "0812"}


def test_an_import_is_one_entry_and_goes_out_again_as_a_whole(cast: Cast) -> None:
    sari = cast.actor("sari")
    brought(sari, PEOPLE, TIES)
    entries = {row.entry for row in core.log(sari).rows}
    assert len(entries) == 1

    sari = cast.actor("sari")
    perform(sari, [Deed(action="core.withdraw_entry", data={"entry": entries.pop()})])

    sari = cast.actor("sari")
    assert listen.all_people(sari) == ()
    assert map_queries.ties(sari) == ()
    assert "Ngasem" not in {name for _id, _parent, name in core.communities_below(sari)}


def test_a_failure_midway_leaves_nothing_behind(cast: Cast) -> None:
    sari = cast.actor("sari")
    found = prepare_import(
        sari,
        people_from(parse_csv(PEOPLE.replace("40", "39").encode(), "p"), this_year=2026),
        ties_from(parse_csv(TIES.encode(), "ties.csv")),
        today=TODAY,
    )
    ties = found.deeds[-1]
    broken = replace(
        ties,
        data=replace(
            ties.data, rows=(replace(ties.data.rows[0], to_person=ties.data.rows[0].from_person),)
        ),
    )

    with pytest.raises(Invalid):
        perform(sari, [*found.deeds[:-1], broken])

    sari = cast.actor("sari")
    assert listen.all_people(sari) == ()
    assert core.log(sari).rows == ()


def test_ties_alone_find_people_who_are_here_already(cast: Cast) -> None:
    sari = cast.actor("sari")
    brought(sari, PEOPLE, "from,to\n")
    sari = cast.actor("sari")

    found = prepare_import(sari, None, ties_from(parse_csv(TIES.encode(), "ties.csv")), today=TODAY)

    assert (found.people, found.ties, found.unknown) == (0, 2, 1)


def test_who_may_not_bring_people_in_changes_nothing(cast: Cast) -> None:
    with pytest.raises(Denied):
        brought(cast.actor("budi", "krajan"), PEOPLE.replace("Ngasem", "Krajan"), TIES)

    assert listen.all_people(cast.actor("sari")) == ()


def test_files_and_the_database_give_the_same_frame(cast: Cast, tmp_path: Path) -> None:
    brought(cast.actor("sari"), PEOPLE, TIES)
    files = written(tmp_path, PEOPLE, TIES)
    from_files = frame_from_files(*files, counting=Counting(stance="1-is-support")).frame
    # The age becomes a year of birth by the calendar of whoever brings the list in.
    years = np.array([1986, 1990, 0, 0], np.int32)
    from_files = replace(from_files, on=TODAY, birth_year=years)
    days = np.full_like(from_files.observations.day, (TODAY - date(1970, 1, 1)).days)
    seen = replace(from_files.observations, day=days)

    assert frame(cast.actor("sari"), on=TODAY).equals(replace(from_files, observations=seen))


@pytest.mark.parametrize("name", real_data.NAMES)
def test_a_real_community_comes_in_and_goes_out_the_same(
    cast: Cast, tmp_path: Path, name: str
) -> None:
    people, ties = real_data.files(name)
    on_file = frame_from_files(people, ties).frame
    actor = cast.actor("sari")
    found = prepare_import(
        actor,
        people_from(read_table(people), this_year=on_file.on.year),
        ties_from(read_table(ties)),
        today=on_file.on,
    )
    perform(actor, found.deeds, entry=new_identifier())
    actor = cast.actor("sari")

    assert frame(actor, on=on_file.on).equals(on_file)
    files = tmp_path / "people.csv", tmp_path / "ties.csv"
    out = prepare_export(actor, reason="round trip")
    for file, sheet in zip(files, (out.people, out.ties), strict=True):
        with file.open("wb") as stream:
            write_csv(sheet, stream)
    assert frame_from_files(*map(str, files)).frame.equals(on_file)


def test_the_plan_is_the_same_on_both_roads(cast: Cast, tmp_path: Path) -> None:
    people, ties = real_data.files("tailor-shop")
    on_file = frame_from_files(people, ties).frame
    brought(cast.actor("sari"), Path(people).read_text(), Path(ties).read_text())

    here = draft_plan(cast.actor("sari"), PlanWishes(count=3, objective="reach"))

    there = plan_of(on_file, PlanRequest(count=3))
    assert here.plan.reach == there.reach
    assert here.plan.comparison == there.comparison
    called = {str(row.id): row.reference for row in listen.all_people(cast.actor("sari"))}
    assert [called[each.id] for each in here.plan.catalysts] == [
        each.id for each in there.catalysts
    ]


def test_a_hamlet_is_found_as_an_export_calls_it(cast: Cast) -> None:
    charlie = cast.actor("charlie", "sidorejo")
    do(charlie, "core.found_community", name="Krajan", kind="dusun")
    tini = cast.actor("tini", "yayasan")
    brought(tini, 'id,name,sub_community\n1,Slamet,"Krajan, Sidorejo"\n', "from,to\n")

    tini = cast.actor("tini", "yayasan")
    (slamet,) = listen.all_people(tini)
    assert core.place_names(tini)[slamet.community] == "Krajan, Sidorejo"
    assert len(core.communities_below(tini)) == 6
