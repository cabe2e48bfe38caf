"""People and ties leave as tables and as networks, and say no more than they should."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import igraph
import networkx
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as some
from xlsxwriter import Workbook

import real_data
from guyub.core import queries as core
from guyub.core.action import perform
from guyub.core.actions.exports import ExportFormat
from guyub.core.actor import Actor
from guyub.core.errors import Denied, Invalid, Refused
from guyub.core.identifiers import new_identifier
from guyub.cycle.listen import queries as listen
from guyub.cycle.map import queries as map_queries
from guyub.cycle.start.analysis import frame
from guyub.interfaces.transfer import list_export as rules
from guyub.interfaces.transfer.cells import plain_cell, safe_cell, sayable
from guyub.interfaces.transfer.columns import people_from, ties_from
from guyub.interfaces.transfer.list_export import prepare_export
from guyub.interfaces.transfer.list_import import prepare_import
from guyub.interfaces.transfer.reading import read_safely
from guyub.interfaces.transfer.tables import Table, parse_csv, read_table
from guyub.interfaces.transfer.writing import write
from people import Cast, do

TODAY = date(2026, 5, 1)
REASON = "for the village plan"
TABLES = [ExportFormat.CSV, ExportFormat.XLSX]
NETWORKS = [ExportFormat.GRAPHML, ExportFormat.GEXF]

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "+62 812",
    "-2+3",
    "\uff1d1+1",
    "'=quoted",
    "''@twice",
    "Tom & <b>\"Jerry\"</b> ]]> &amp; 'x'",
    "<!DOCTYPE x [<!ENTITY y 'z'>]>",
    "Sri \U0001f33e \u0645\u0631\u062d\u0628\u0627",
    "two\nlines\tand a tab",
    "_x0041_",
    "007",
    "1e5",
    "a;b,c",
]
# What no file has a word for; a NUL cannot be noted in the first place on PostgreSQL.
UNSAYABLE = "bell\x07\x7f \x1b[31m \ufffe end"
SAID = "bell\ufffd\ufffd \ufffd[31m \ufffd end"


def take(actor: Actor, kind: ExportFormat, **more: bool) -> bytes:
    """What would be downloaded."""
    stream = io.BytesIO()
    write(prepare_export(actor, reason=REASON, format=kind, **more), stream)
    return stream.getvalue()


def tables(content: bytes, kind: ExportFormat) -> tuple[Table, Table]:
    """People and ties, as they are read again."""
    if kind == ExportFormat.XLSX:
        people, ties = (
            read_safely(content, "out.xlsx", sheet=sheet) for sheet in ("people", "ties")
        )
        return people, ties
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == ["people.csv", "ties.csv"]
        people, ties = (parse_csv(archive.read(name), name) for name in archive.namelist())
        return people, ties


def network(content: bytes, kind: ExportFormat) -> networkx.MultiDiGraph:
    read = networkx.read_graphml if kind == ExportFormat.GRAPHML else networkx.read_gexf
    return networkx.MultiDiGraph(read(io.BytesIO(content)))


def bring_in(actor: Actor, people: Table, ties: Table, today: date = TODAY) -> None:
    found = prepare_import(
        actor, people_from(people, this_year=today.year), ties_from(ties), today=today
    )
    perform(actor, found.deeds, entry=new_identifier())


@pytest.fixture
def sari(cast: Cast) -> Actor:
    """Sari's village: Slamet and Sri in Krajan tell of each other, Parno was named by Sri."""
    actor = cast.actor("sari")
    krajan = next(each for each, _above, name in core.communities_below(actor) if name == "Krajan")
    rows = [
        {"name": "Slamet", "gender": "male", "birth_year": 1986, "household": "KK-17"},
        {"name": "Sri", "gender": "female", "office": "ketua RT", "phone": "0812"},
        {"name": "Parno"},
    ]
    slamet, sri, parno = (
        do(actor, "listen.add_person", community=home, **row)["id"]
        for row, home in zip(rows, (krajan, krajan, None), strict=True)
    )
    do(actor, "map.report_tie", from_person=slamet, to_person=sri, kind="kin", mutual=True)
    named = {"strength": 4, "reported_on": "2026-03-01", "source": "told by Bu Yati"}
    do(actor, "map.report_tie", from_person=sri, to_person=parno, kind="advice", **named)
    do(actor, "map.report_tie", from_person=sri, to_person=parno, kind="conflict")
    do(actor, "listen.note_observation", person=parno, trait="stance", value=5, evidence="shouted")
    return actor


@pytest.mark.parametrize("kind", TABLES)
@pytest.mark.parametrize("name", real_data.NAMES)
def test_a_real_community_goes_out_and_comes_into_another_place_the_same(
    cast: Cast, name: str, kind: ExportFormat
) -> None:
    people, ties = map(read_table, real_data.files(name))
    bring_in(cast.actor("sari"), people, ties)
    before = frame(cast.actor("sari"), on=TODAY)

    bring_in(cast.actor("charlie", "sidorejo"), *tables(take(cast.actor("sari"), kind), kind))

    after = frame(cast.actor("charlie", "sidorejo"), on=TODAY)
    if before.observations.day.size:
        # Judgements stay behind.
        assert after.observations.day.size == 0
        return
    assert after.equals(before)


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_tells_everything_that_can_be_brought_in_again(
    sari: Actor, cast: Cast, kind: ExportFormat
) -> None:
    bring_in(cast.actor("charlie", "sidorejo"), *tables(take(sari, kind), kind))

    charlie = cast.actor("charlie", "sidorejo")
    slamet, sri, parno = listen.all_people(charlie)
    assert (slamet.name, slamet.birth_year, slamet.household) == ("Slamet", 1986, "KK-17")
    assert (sri.gender.value, sri.office, parno.office) == ("female", "ketua RT", "")
    assert slamet.community == sri.community != parno.community
    told, asked, quarrel = map_queries.ties(charlie)
    assert (told.from_person, told.to_person, told.mutual) == (slamet.id, sri.id, True)
    assert (asked.strength, asked.reported_on) == (4, date(2026, 3, 1))
    assert (asked.source, asked.mutual) == ("told by Bu Yati", False)
    assert quarrel.kind.value == "conflict"


@pytest.mark.parametrize("kind", NETWORKS)
def test_a_network_holds_each_tie_with_its_direction_kind_and_strength(
    sari: Actor, kind: ExportFormat
) -> None:
    found = network(take(sari, kind), kind)

    people = {about["label"]: about for _id, about in found.nodes(data=True)}
    assert people.keys() == {"Slamet", "Sri", "Parno"}
    assert people["Sri"] == {"label": "Sri", "gender": "female", "sub_community": "Krajan"}
    assert people["Parno"] == {"label": "Parno"}
    names = networkx.get_node_attributes(found, "label")
    arcs = {
        (names[one], names[other], tie["kind"], tie.get("strength"), tie["mutual"])
        for one, other, tie in found.edges(data=True)
    }
    assert arcs == {
        ("Slamet", "Sri", "kin", None, True),
        ("Sri", "Slamet", "kin", None, True),
        ("Sri", "Parno", "advice", 4, False),
        ("Sri", "Parno", "conflict", None, False),
    }


def test_igraph_reads_the_same_network(sari: Actor, tmp_path: Path) -> None:
    file = tmp_path / "out.graphml"
    file.write_bytes(take(sari, ExportFormat.GRAPHML))
    found = igraph.Graph.Read_GraphML(str(file))

    assert (found.vcount(), found.ecount(), found.is_directed()) == (3, 4, True)
    assert found.vs["label"] == ["Slamet", "Sri", "Parno"]
    assert Counter(found.es["kind"]) == {"kin": 2, "advice": 1, "conflict": 1}
    assert found.es["mutual"] == [True, True, False, False]


@pytest.mark.parametrize("kind", [*TABLES, *NETWORKS])
def test_hostile_names_leave_as_text_and_break_no_file(
    cast: Cast, sari: Actor, tmp_path: Path, kind: ExportFormat
) -> None:
    for name in [*HOSTILE, UNSAYABLE]:
        do(sari, "listen.add_person", name=name)
    content = take(sari, kind)

    if kind in NETWORKS:
        labels = networkx.get_node_attributes(network(content, kind), "label").values()
        assert set(HOSTILE) <= set(labels)
        assert SAID in labels
        return
    people, ties = tables(content, kind)
    bring_in(cast.actor("charlie", "sidorejo"), people, ties)
    came = {row.name for row in listen.all_people(cast.actor("charlie", "sidorejo"))}
    assert set(HOSTILE) - came == set()
    begins = {cell[:1] for cell in people.columns["name"].cells}
    assert not begins & {"=", "@", "+", "-", "\uff1d"}
    assert SAID in came


@given(some.text() | some.text(alphabet="'=+@1 \x00"))
def test_a_cell_comes_back_as_it_left(text: str) -> None:
    assert plain_cell(safe_cell(text)) == sayable(text)


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(sari: Actor) -> None:
    for name in HOSTILE + ["https://example.org/", "mailto:a@example.org"]:
        do(sari, "listen.add_person", name=name)

    with zipfile.ZipFile(io.BytesIO(take(sari, ExportFormat.XLSX))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        rest = " ".join(archive.namelist())
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet + rest
    assert "<t>'=cmd" in sheet


@pytest.mark.parametrize("kind", [*TABLES, *NETWORKS])
def test_without_names_nothing_leaves_that_tells_who_somebody_is(
    sari: Actor, kind: ExportFormat
) -> None:
    content = unpacked(take(sari, kind, names=False))

    for word in ("Slamet", "KK-17", "1986", "ketua RT", "0812", "Yati", "2026-03-01"):
        assert word not in content
    assert not any(str(row.id) in content for row in listen.all_people(sari))
    # Two people in Krajan and one beside them: none of the places may be told apart.
    assert "Krajan" not in content
    assert "advice" in content


def unpacked(content: bytes) -> str:
    """A file as text; of an archive what lies in it."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        # When and by which program it was written stands beside the sheets.
        names = [name for name in archive.namelist() if not name.startswith("docProps/")]
        return " ".join(archive.read(name).decode() for name in names)


def test_numbers_in_place_of_names_are_drawn_anew_and_the_rows_follow_them(
    cast: Cast, sari: Actor
) -> None:
    for number in range(30):
        do(sari, "listen.add_person", name=f"W{number}", gender="male" if number < 15 else "female")

    drawn = [
        list(prepare_export(sari, reason=REASON, names=False).people.rows) for _each in range(2)
    ]

    assert [row[0] for row in drawn[0]] == list(range(1, 34))
    assert [row[1] for row in drawn[0]] != [row[1] for row in drawn[1]]


def test_a_nameless_network_has_the_same_shape(cast: Cast, sari: Actor) -> None:
    named, nameless = (
        network(take(sari, ExportFormat.GEXF, names=names), ExportFormat.GEXF)
        for names in (True, False)
    )
    assert networkx.is_isomorphic(named, nameless)


@pytest.mark.parametrize(
    ("sizes", "in_none", "named"),
    [
        ({"Krajan": 5, "Kali": 6}, 0, {"Krajan", "Kali"}),
        ({"Krajan": 4, "Kali": 6}, 0, set()),
        ({"Krajan": 4, "Kali": 6}, 5, {"Kali"}),
        ({"Krajan": 5, "Kali": 6}, 1, {"Kali"}),
        ({"Krajan": 2, "Kali": 3}, 0, set()),
    ],
)
def test_a_hamlet_is_named_only_where_enough_people_share_its_name(
    cast: Cast, sizes: dict[str, int], in_none: int, named: set[str]
) -> None:
    sari = cast.actor("sari")
    homes = {name: each for each, _above, name in core.communities_below(sari)}
    for home, size in [*sizes.items(), ("Sukamaju", in_none)]:
        for number in range(size):
            do(sari, "listen.add_person", name=f"{home} {number}", community=homes[home])

    rows = list(prepare_export(sari, reason=REASON, names=False).people.rows)

    assert {place for _id, _gender, place in rows} - {""} == named


def test_people_whom_two_lists_call_the_same_stay_two_people(cast: Cast) -> None:
    sari = cast.actor("sari")
    for name in ("Slamet", "Sri"):
        do(sari, "listen.add_person", name=name, reference="w1")

    found = network(take(sari, ExportFormat.GRAPHML), ExportFormat.GRAPHML)

    assert len(found) == 2


@pytest.mark.parametrize("kind", [*TABLES, *NETWORKS])
@pytest.mark.parametrize("names", [True, False])
def test_no_judgement_leaves_in_any_form(sari: Actor, kind: ExportFormat, names: bool) -> None:
    content = unpacked(take(sari, kind, names=names))

    assert "stance" not in content
    assert "shouted" not in content
    assert "0812" not in content


def test_phones_leave_only_in_tables_with_names_where_they_are_asked_for(sari: Actor) -> None:
    assert "0812" in unpacked(take(sari, ExportFormat.CSV, phones=True))
    with pytest.raises(Refused):
        take(sari, ExportFormat.CSV, phones=True, names=False)
    with pytest.raises(Refused):
        take(sari, ExportFormat.GEXF, phones=True)


@pytest.mark.parametrize("reason", ["", " ", "because", "x" * 501])
def test_a_reason_that_says_something_is_needed(sari: Actor, reason: str) -> None:
    before = core.log(sari).rows

    with pytest.raises(Invalid):
        prepare_export(sari, reason=reason)

    assert core.log(sari).rows == before


@pytest.mark.parametrize("kind", [*TABLES, *NETWORKS])
def test_an_organizer_takes_nothing_out(cast: Cast, kind: ExportFormat) -> None:
    with pytest.raises(Denied):
        prepare_export(cast.actor("rudi"), reason=REASON, format=kind)


def test_what_is_taken_out_stands_in_the_log_as_one_entry(sari: Actor) -> None:
    prepare_export(sari, reason=REASON, format=ExportFormat.GEXF, names=False)

    ties, people = core.log(sari).rows[:2]
    assert (people.action, people.reason) == ("core.note_export", REASON)
    assert people.result == {"what": "people", "rows": 3, "format": "gexf", "names": False}
    assert ties.result == {"what": "ties", "rows": 3, "format": "gexf", "names": False}
    assert people.entry == ties.entry


def test_what_does_not_fit_on_a_sheet_is_refused_before_it_is_noted(
    sari: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MOST_ROWS_OF_A_SHEET", 2)
    before = core.log(sari).rows

    with pytest.raises(Refused, match=" 2 "):
        prepare_export(sari, reason=REASON, format=ExportFormat.XLSX)

    assert core.log(sari).rows == before


@pytest.fixture
def shelf() -> Path:
    return Path(settings.GUYUB_DATA) / "exports"


def test_nothing_stays_on_the_disk_even_where_writing_breaks_off(
    sari: Actor, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(sari, ExportFormat.XLSX)
    assert list(shelf.iterdir()) == []
    assert shelf.stat().st_mode & 0o777 == 0o700

    monkeypatch.setattr(Workbook, "add_worksheet", None)
    with pytest.raises(TypeError):
        take(sari, ExportFormat.XLSX)

    assert list(shelf.iterdir()) == []
