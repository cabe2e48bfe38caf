"""A list that somebody else made is read in a process of its own, and comes back the same."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from guyub.interfaces.transfer import reading
from guyub.interfaces.transfer.reading import read_safely
from guyub.interfaces.transfer.refusals import UnreadableTable
from guyub.interfaces.transfer.tables import parse_csv, parse_parquet

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
# The second format is a day, the third a day with its hour.
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><cellXfs count="3"><xf numFmtId="0"/>'
    '<xf numFmtId="14"/><xf numFmtId="22"/></cellXfs></styleSheet>'
)


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def cell(place: str, words: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def row(number: int, *cells: str) -> str:
    """Cells from A on: words, or XML as it stands."""
    written = [
        each if each.startswith("<") else cell(f"{chr(65 + place)}{number}", each)
        for place, each in enumerate(cells)
        if each
    ]
    return f'<row r="{number}">{"".join(written)}</row>'


def workbook(
    sheets: Mapping[str, str], *, hidden: str = "", parts: Mapping[str, str | bytes] | None = None
) -> bytes:
    """A workbook as a spreadsheet program packs it. parts: further ones, or others instead."""
    listed = related = ""
    packed: dict[str, str | bytes] = {}
    for number, (name, content) in enumerate(sheets.items(), start=1):
        state = ' state="hidden"' if name == hidden else ""
        listed += f'<sheet name="{name}" sheetId="{number}" r:id="r{number}"{state}/>'
        part = f"worksheets/sheet{number}.xml"
        related += f'<Relationship Id="r{number}" Type="{_OFFICE}/worksheet" Target="{part}"/>'
        packed[f"xl/{part}"] = f'<worksheet xmlns="{_MAIN}">{content}</worksheet>'
    for name in ("sharedStrings", "styles"):
        related += f'<Relationship Id="{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
    packed |= {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r0" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">'
        f"{related}</Relationships>",
        "xl/styles.xml": _STYLES,
        **(parts or {}),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in packed.items():
            archive.writestr(name, words)
    return file.getvalue()


def sheet(*rows: str) -> str:
    return f"<sheetData>{''.join(rows)}</sheetData>"


LISTS = {
    "commas": b"id,nama\nw1,Slamet\nw2,Sri\n",
    "semicolons and quotes": b'id;nama\nw1;"Slamet; Pak"\nw2;Sri\n',
    "marked UTF-8": "\ufeffid,nama\nw1,Žofia\n".encode(),
    "marked UTF-16": "id\tnama\nw1\tSlamet\n".encode("utf-16"),
    "Windows-1252": "id,nama\nw1,José\n".encode("cp1252"),
    "old line ends": b"id,nama\rw1,Slamet\rw2,Sri\r",
    "uneven rows": b"id,nama\nw1\nw2,Sri,7\n",
    "no rows": b"id,nama\n",
}


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_is_read_as_if_it_were_ones_own(kind: str, tmp_path: Path) -> None:
    own = parse_csv(LISTS[kind], "list.csv")
    (tmp_path / "list.csv").write_bytes(LISTS[kind])

    for source in (LISTS[kind], tmp_path / "list.csv"):
        read = read_safely(source, "list.csv")
        assert {title: list(cells) for title, cells in read.columns.items()} == {
            title: list(cells) for title, cells in own.columns.items()
        }
        assert (read.name, read.rows, read.ragged) == (own.name, own.rows, own.ragged)


def test_parquet_is_read_there_too(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    parquet.write_table(arrow.table({"id": ["w1"], "umur": [40]}), tmp_path / "list")

    columns = read_safely(tmp_path / "list", "list").columns

    assert {title: list(cells) for title, cells in columns.items()} == {
        "id": ["w1"],
        "umur": ["40"],
    }


def test_parquet_cells_of_every_kind_become_text(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    told = {
        "name": ["Sri", None, "Sri", ""],
        "age": [40, 7, None, 40],
        "told": [True, None, False, True],
        "share": [0.5, 0.5, None, 2.0],
        "groups": [["arisan"], [], None, ["arisan"]],
    }
    parquet.write_table(arrow.table(told), tmp_path / "list", row_group_size=2)

    columns = parse_parquet(tmp_path / "list", "list").columns

    assert {title: list(cells) for title, cells in columns.items()} == {
        "name": ["Sri", "", "Sri", ""],
        "age": ["40", "7", "", "40"],
        "told": ["True", "", "False", "True"],
        "share": ["0.5", "0.5", "", "2.0"],
        "groups": ["['arisan']", "[]", "", "['arisan']"],
    }


def test_the_child_loads_neither_django_nor_what_reads_workbooks() -> None:
    program = (
        "import sys; from guyub.interfaces.transfer import reading\n"
        "reading._table(b'id\\nw1\\n', 'list.csv', '')\n"
        "assert not {'django', 'python_calamine'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SECONDS", 0.01)

    with pytest.raises(UnreadableTable, match=r"takes too long"):
        read_safely(b"id,nama\nw1,Sri\n", "list.csv")


def test_a_child_that_answers_without_end_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST_ANSWER", 20)

    with pytest.raises(UnreadableTable, match="is damaged"):
        read_safely(b"id,nama\nw1,Sri\n", "list.csv")


def test_nothing_in_the_current_folder_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "csv.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)

    assert read_safely(b"id,nama\nw1,Sri\n", "list.csv").rows == 1


def test_a_name_stands_in_the_sentence_without_its_folders_and_signs() -> None:
    with pytest.raises(UnreadableTable, match=r"^list\?\.csv is empty"):
        read_safely(b"", "../../etc/list\0.csv")


def read(content: bytes, **options: str) -> dict[str, list[str]]:
    table = read_safely(content, "list.xlsx", **options)
    return {title: list(cells) for title, cells in table.columns.items()}


def test_cells_of_a_workbook_become_the_words_that_a_csv_file_would_hold() -> None:
    cells = [
        '<c r="B2"><v>40.0</v></c>',
        '<c r="C2" s="1"><v>45000</v></c>',
        '<c r="D2" t="b"><v>1</v></c>',
        '<c r="E2" s="2"><v>45000.5</v></c>',
        '<c r="F2"><v>62812345678901</v></c>',
        '<c r="G2"><v>2.5</v></c>',
        '<c r="H2" t="e"><v>#N/A</v></c>',
    ]
    titles = ["id", "umur", "lahir", "aktif", "temu", "hp", "nilai", "salah"]

    assert read(workbook({"Warga": sheet(row(1, *titles), row(2, "w1", *cells))})) == {
        "id": ["w1"],
        "umur": ["40"],
        "lahir": ["2023-03-15"],
        "aktif": ["yes"],
        "temu": ["2023-03-15T12:00:00"],
        "hp": ["62812345678901"],
        "nilai": ["2.5"],
        "salah": [""],
    }


def test_headings_over_several_columns_and_blank_rows_are_passed_over() -> None:
    rows = [row(2, "", "Daftar warga"), row(4, "", "id", "nama"), row(5, "", "RT 1")]
    rows += [row(6, "", "w1", "Sri"), row(7, " "), row(9, "", "w2")]
    merged = '<mergeCells><mergeCell ref="B2:F2"/><mergeCell ref="B5:F5"/></mergeCells>'

    assert read(workbook({"Warga": sheet(*rows) + merged})) == {
        "id": ["w1", "w2"],
        "nama": ["Sri", ""],
    }


def test_the_first_sheet_with_a_header_is_read_unless_another_is_named() -> None:
    book = workbook(
        {
            "Sampul": sheet(row(1, "Desa Sukamaju")),
            "Lama": sheet(row(1, "id", "nama"), row(2, "w0", "Lama")),
            "Warga": sheet(row(1, "id", "nama"), row(2, "w1", "Sri")),
            "Relasi": sheet(row(1, "dari", "ke"), row(2, "w1", "w2")),
        },
        hidden="Lama",
    )

    assert read(book)["id"] == ["w1"]
    assert read(book, sheet="Relasi")["dari"] == ["w1"]
    with pytest.raises(UnreadableTable, match="It has: Sampul, Lama, Warga, Relasi"):
        read(book, sheet="Tidak ada")


def test_a_list_of_one_column_is_read() -> None:
    assert read(workbook({"Warga": sheet(row(1, "nama"), row(2, "Sri"))})) == {"nama": ["Sri"]}
