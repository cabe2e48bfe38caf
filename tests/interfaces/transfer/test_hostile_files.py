"""Files made to harm whoever reads them: each gets a sentence, or is read as the words it holds.

All are made here, most of them small; what they unpack to is not.
"""

from __future__ import annotations

import io
import os
import random
import resource
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from guyub.interfaces.transfer.reading import read_safely
from guyub.interfaces.transfer.refusals import REFUSALS, UnreadableTable
from interfaces.transfer.test_reading import cell, row, sheet, workbook

GOOD = b"id,nama\nw1,Sri\n"
MOST_GROWTH = 200 * 1024 * 1024
SHEET = "xl/worksheets/sheet1.xml"
SHARED = "xl/sharedStrings.xml"
TITLES = row(1, "id", "nama")
READ = "is read"


def of_zeros(gigabytes: float) -> bytes:
    """Zeros, packed; without packing them one after the other."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(10_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * int(gigabytes * 100) + zlib.compressobj(9, zlib.DEFLATED, -15).flush()


def archive(
    *members: tuple[str, bytes, int, int], flags: int = 0, overlapping: bool = False
) -> bytes:
    """An archive that says what it likes of its members: name, packed content, size, sum."""
    content, directory, start = b"", b"", 0
    for name, packed, size, total in members:
        start = 0 if overlapping else len(content)
        head = struct.pack(
            "<HHHHHIIIHH", 20, flags, 8, 0, 33, total, len(packed), size, len(name), 0
        )
        if start == len(content):
            content += b"PK\x03\x04" + head + name.encode() + packed
        directory += b"PK\x01\x02\x14\x00" + head + struct.pack("<HHHII", 0, 0, 0, 0, start)
        directory += name.encode()
    count = len(members)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(content), 0)
    return content + directory + b"PK\x05\x06" + end


def honest(name: str, words: bytes) -> tuple[str, bytes, int, int]:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return name, packer.compress(words) + packer.flush(), len(words), zlib.crc32(words)


def members_of(book: bytes) -> list[tuple[str, bytes, int, int]]:
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        return [honest(name, packed.read(name)) for name in packed.namelist()]


def good_book(*rows: str, **parts: str | bytes) -> bytes:
    return workbook({"Warga": sheet(TITLES, *(rows or [row(2, "w1", "Sri")]))}, parts=parts)


def with_part(name: str, words: str | bytes) -> bytes:
    return good_book(**{name: words})


def with_words(shared: str, place: str = "0") -> bytes:
    """A workbook whose only row takes its words from the list of shared ones."""
    rows = row(2, "w1", f'<c r="B2" t="s"><v>{place}</v></c>')
    return good_book(rows, **{SHARED: shared})


def streamed(piece: str, times: int) -> bytes:
    """A sheet of many rows, written piece by piece."""
    file = io.BytesIO(archive(*[each for each in members_of(good_book()) if each[0] != SHEET]))
    with (
        zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as packed,
        packed.open(SHEET, "w") as stream,
    ):
        stream.write(b"<worksheet><sheetData>")
        for _ in range(times):
            stream.write(piece.encode())
        stream.write(b"</sheetData></worksheet>")
    return file.getvalue()


def without(part: str) -> bytes:
    return archive(*[each for each in members_of(good_book()) if each[0] != part])


def lying(size: int, *, total: int) -> bytes:
    """The sheet is 3 GB of zeros and says that it is small."""
    bomb = (SHEET, of_zeros(3), size, total)
    return archive(*[each for each in members_of(good_book()) if each[0] != SHEET], bomb)


def entities(count: int) -> str:
    steps = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(count))
    return f'<!DOCTYPE sst [<!ENTITY e0 "ha">{steps}]><sst><si><t>&e{count};</t></si></sst>'


QUADRATIC = (
    f'<!DOCTYPE sst [<!ENTITY a "{"a" * 100_000}">]><sst><si><t>{"&a;" * 30_000}</t></si></sst>'
)
OUTSIDE = '<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst><si><t>&x;</t></si></sst>'
FAR = sheet(row(1, "id"), '<row r="1048576">' + cell("XFD1048576", "x") + "</row>")
NESTED = "<a>" * 100_000 + "</a>" * 100_000
MANY_ROWS = row(1, "w").replace(' r="1"', "").replace(' r="A1"', "") * 1024

# What is made, and what the sentence holds; READ where the words are read as they stand.
TEXTS: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "is empty"),
    "blank lines": (lambda: b"\r\n" * 10_000_000, "is empty"),
    "a mark and no more": (lambda: b"\xef\xbb\xbf", "is empty"),
    "a UTF-16 mark and no more": (lambda: b"\xff\xfe", "is empty"),
    "a header and no more": (lambda: b"id,nama\n", READ),
    "no header": (lambda: b"w1,Sri\nw2,Slamet\n", READ),
    "a header without names": (lambda: b",,,\n1,2,3,4\n", "no column names"),
    "10,000 columns": (lambda: b"a," * 10_000 + b"\n", "10001 columns"),
    "two columns of one name": (lambda: b"id,id\n1,2\n", "two columns called “id”"),
    "a header of formulas": (lambda: b"=1+1,@SUM(A1)\n1,2\n", READ),
    "cells that are commands": (lambda: b"id,nama\nw1,=cmd|' /C calc'!A0\n", READ),
    "ids of 100 KB": (lambda: b"id,nama\n" + b"x" * 100_000 + b",Sri\n", "cell of more than 32767"),
    "a NUL": (lambda: b"id,nama\nw1,S\0ri\n", "not a text file"),
    "signs that nobody writes": (lambda: b"id,nama\nw1,\x1b]0;x\x07\n", "not a text file"),
    "one line of 50 MB": (lambda: b"a" * 50_000_000, "cell of more than 32767"),
    "one line of 25 million columns": (lambda: b"a," * 25_000_000, "25000001 columns"),
    "a quote that is never closed": (lambda: b'id,nama\nw1,"Sri\nw2,Adi\n', "never closed"),
    "a million quotes": (lambda: b"id,nama\n" + b'"' * 1_000_000, "cell of more than 32767"),
    "a million quoted cells": (lambda: b'"a"\n' + b'""\n' * 1_000_000, "200000 rows"),
    "a million rows": (lambda: b"a,b\n" + b"1,2\n" * 1_000_000, "200000 rows"),
    "200 columns, mostly empty": (lambda: header(200) + b"," * 199 + b"\n", READ),
    "4 million cells": (lambda: header(200) + (b"," * 199 + b"\n") * 20_000, "3000000 cells"),
    "several encodings": (lambda: b"id,nama\n1,\xc3\xa9\n2,\xe9\n3,\x81\n", "not a text file"),
    "UTF-7": (lambda: b"id,nama\nw1,+ADw-script+AD4-\n", READ),
    "UTF-32": (lambda: "id,nama\nw1,Sri\n".encode("utf-32"), "not a text file"),
    "UTF-16 without a mark": (lambda: "id,nama\n".encode("utf-16-le"), "not a text file"),
    "half a sign of UTF-16": (lambda: b"\xff\xfei\0d\0\n", "not a text file"),
    "a sign that turns the line": (lambda: "id,nama\nw1,\u202eirS\n".encode(), READ),
    "a web page": (lambda: b"<html><table><tr><td>id</td></tr></table></html>", "a web page"),
    "a sheet in XML": (lambda: b'\xef\xbb\xbf\n<?xml version="1.0"?><Workbook/>', "a web page"),
    "a PDF": (lambda: b"%PDF-1.7\n1 0 obj\n", "is a PDF"),
    "a PNG": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "is a picture"),
    "a JPEG": (lambda: b"\xff\xd8\xff\xe0" + bytes(100), "is a picture"),
    "a program for Windows": (lambda: b"MZ\x90\0\x03" + bytes(100), "not a text file"),
    "a program for Linux": (lambda: b"\x7fELF\x02\x01\x01" + bytes(100), "not a text file"),
    "random bytes": (lambda: random.Random(1).randbytes(100_000), "not a text file"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old or locked"),
    "Parquet in name": (lambda: b"PAR1" + bytes(100) + b"PAR1", "Parquet"),
}


def header(columns: int) -> bytes:
    return ",".join(f"c{place}" for place in range(columns)).encode() + b"\n"


BOOKS: dict[str, tuple[Callable[[], bytes], str]] = {
    "10 GB of zeros": (lambda: archive(
        *members_of(good_book()), *[(f"{n}.xml", of_zeros(3.4), 3_400_000_000, 1) for n in "abc"]
    ), "unpacks to far more"),
    "a bomb that says it is small": (lambda: lying(1_000, total=1), "is damaged"),
    "a bomb that lies well": (lambda: lying(1_000, total=zlib.crc32(bytes(1_000))), "damaged|mem"),
    "600 MB declared": (lambda: archive(
        *members_of(good_book()), ("a.xml", b"\3\0", 600_000_000, 0)), "unpacks to far more"),
    "spaces packed a thousandfold": (lambda: with_part("a.xml", " " * 50_000_000), "unpacks to"),
    "members that are all the same one": (lambda: archive(
        *members_of(good_book()), *[("a.xml", b"\3\0", 1_000_000, 0)] * 1_000, overlapping=True
    ), "unpacks to far more"),
    "5,000 members": (lambda: archive(
        *members_of(good_book()), *[(f"{n}", b"\3\0", 0, 0) for n in range(5_000)]), "unpacks to"),
    "an archive in an archive": (lambda: archive(honest("a.zip", good_book())), "no .xlsx"),
    "a workbook in a workbook": (lambda: with_part("a.zip", good_book()), READ),
    "two members of one name": (lambda: archive(*members_of(good_book()) * 2), "is damaged"),
    "cut off": (lambda: good_book()[:-100], "is damaged"),
    "cut off at the start": (lambda: b"PK\3\4" + good_book()[300:], "is damaged"),
    "a wrong sum": (lambda: archive(
        *[(name, packed, size, 7) for name, packed, size, _ in members_of(good_book())]
    ), "is damaged"),
    "locked": (lambda: archive(*members_of(good_book()), flags=1), "is locked"),
    "names that climb": (lambda: with_part("../../../etc/cron.d/x", "x"), READ),
    "a letter": (lambda: archive(honest("word/document.xml", b"<w/>")), "no .xlsx"),
    "an open document": (lambda: archive(honest("content.xml", b"<x/>")), "no .xlsx"),
    "no sheet": (lambda: without(SHEET), "is damaged|is empty"),
    "no relations": (lambda: without("xl/_rels/workbook.xml.rels"), "is damaged"),
    "an empty sheet": (lambda: workbook({"Warga": ""}), "is empty"),
    "a billion laughs": (lambda: with_words(entities(9)), "is damaged"),
    "laughs in the sheet": (lambda: with_part(SHEET, entities(9)), "is damaged|is empty"),
    "a long laugh often": (lambda: with_words(QUADRATIC), "is damaged"),
    "words from another file": (lambda: with_words(OUTSIDE), "is damaged"),
    "a sheet that is no XML": (lambda: with_part(SHEET, b"\x89PNG" * 9), "is damaged|is empty"),
    "XML 100,000 deep": (lambda: with_part(SHEET, f"<worksheet>{NESTED}"), "is damaged|is empty"),
    "a shared word that is not there": (lambda: with_words("<sst/>", "9"), "is damaged"),
    "a shared word below zero": (lambda: with_words("<sst/>", "-1"), "is damaged"),
    "a shared word beyond count": (lambda: with_words("<sst/>", "9" * 30), "is damaged"),
    "a count that lies": (lambda: with_words(
        '<sst count="4294967295" uniqueCount="18446744073709551615"><si><t>Sri</t></si></sst>'
    ), "is damaged"),
    "a size that lies": (lambda: workbook(
        {"Warga": '<dimension ref="A1:XFD1048576"/>' + sheet(TITLES, row(2, "w1", "Sri"))}), READ),
    "cells in opposite corners": (lambda: workbook({"Warga": FAR}), "too much memory"),
    "a place that is none": (lambda: good_book('<row r="0"><c r="ZZZZZZZ0"/></row>'), "is damaged"),
    "a row beyond count": (lambda: good_book(
        f'<row r="{"9" * 30}"><c><v>1</v></c></row>'), "too much memory"),
    "1,048,576 rows": (lambda: streamed(MANY_ROWS, 1024), "200000 rows"),
    "10,000 columns in a sheet": (lambda: streamed(
        "<row>" + "<c><v>1</v></c>" * 10_000 + "</row>", 5), "10000 columns"),
    "a cell of 100 KB": (lambda: good_book(row(2, "x" * 100_000)), "more than 32767 characters"),
    "a formula": (lambda: good_book(row(2, "w1", "<c r='B2'><f>1+1</f><v>2</v></c>")), READ),
    "a day beyond the calendar": (lambda: good_book(
        row(2, "w1", '<c r="B2" s="1"><v>1e300</v></c>')), READ),
    "a number that is none": (lambda: good_book(row(2, "w1", "<c r='B2'><v>nan</v></c>")), READ),
    "merged over everything": (lambda: workbook({"Warga": sheet(TITLES, row(2, "w1", "Sri")) +
        "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 10_000 + "</mergeCells>"}), READ),
}  # fmt: skip
FILES = {**TEXTS, **BOOKS}


def peak() -> int:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


@pytest.fixture
def unharmed() -> Iterator[None]:
    # Other tests of this process may have needed more before.
    before = peak()
    yield
    assert peak() - before < MOST_GROWTH
    assert list(read_safely(GOOD, "good.csv").columns["nama"]) == ["Sri"]


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.usefixtures("unharmed")
def test_a_hostile_file_gets_a_sentence_or_is_read_as_words(kind: str) -> None:
    make, sentence = FILES[kind]
    if sentence == READ:
        table = read_safely(make(), "list.xlsx")
        assert all(len(cells) == table.rows <= 2 for cells in table.columns.values())
        return

    with pytest.raises(UnreadableTable, match=sentence) as told:
        read_safely(make(), "list.xlsx")

    assert str(told.value).startswith("list.xlsx ")
    assert told.value.fault in REFUSALS


def a_pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.csv")
    return folder / "pipe.csv"


def a_link(folder: Path) -> Path:
    (folder / "link.csv").symlink_to("/etc/passwd")
    return folder / "link.csv"


def a_large_one(folder: Path) -> Path:
    with (folder / "large.csv").open("wb") as file:
        file.truncate(600_000_000)
    return folder / "large.csv"


PLACES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a pipe": (a_pipe, "a device or a pipe"),
    "a device without end": (lambda folder: Path("/dev/zero"), "a device or a pipe"),
    "a link": (a_link, "is a link"),
    "a folder": (lambda folder: folder, "is a folder"),
    "nothing": (lambda folder: folder / "none.csv", "no such file"),
    "a name with a NUL": (lambda folder: folder / "a\0.csv", "cannot be read"),
    "a file of 600 MB": (a_large_one, "larger than 64 MB"),
}


@pytest.mark.parametrize("kind", PLACES)
@pytest.mark.usefixtures("unharmed")
def test_what_is_no_plain_file_is_not_opened(kind: str, tmp_path: Path) -> None:
    make, sentence = PLACES[kind]

    with pytest.raises(UnreadableTable, match=sentence):
        read_safely(make(tmp_path), "list.csv")


def test_what_is_read_stays_words() -> None:
    book = good_book(row(2, "=cmd|' /C calc'!A0", "<c r='B2'><f>1+1</f><v>2</v></c>"))

    table = read_safely(book, "list.xlsx")

    assert {title: list(cells) for title, cells in table.columns.items()} == {
        "id": ["=cmd|' /C calc'!A0"],
        "nama": ["2"],
    }
