"""Reads a CSV or Parquet file into plain columns of text, whatever program wrote it.

CSV: UTF-8, UTF-16 or Windows-1252; comma, semicolon or tab; quotes or none. The standard library's
reader takes a million rows a second, which is faster than its alternatives once their import is
counted in a shell command. Parquet needs pyarrow (`pip install 'guyub[parquet]'`).
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from guyub.interfaces.transfer.dictionary_column import Repeated, TextOfCells
from guyub.interfaces.transfer.refusals import UnreadableTable

# Beyond these a file is not a list of people or ties ; our choice.
MOST_COLUMNS = 200
LONGEST_CELL = 32_767
LARGEST_FILE = 512 * 1024 * 1024

# So many letters of a file are looked through at once: they stay near the processor. Our choice.
_PIECE = 1 << 18

_DELIMITERS = ",;\t|"

# How files begin that are often taken for a list, and the fault that says what they are.
_OTHER_KINDS = (
    (b"PK", "archive"),
    (b"\xd0\xcf\x11\xe0", "old_workbook"),
    (b"PAR1", "parquet"),
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"{\\rtf", "formatted"),
)
_FIRST_LINE = re.compile(rb"[^\r\n]*")
_PAGE = re.compile(rb"\s*<(!|\?xml|html|table)", re.IGNORECASE)
_NOT_WRITTEN_BY_HAND = re.compile("[\x01-\x08\x0e-\x19\x1b-\x1f\x7f]")
_CLOSED = "\x1a"

# So far it is looked whether a file was written by hand. Our choice.
_LOOKED_AT = 65_536


@dataclass(frozen=True, eq=False, kw_only=True)
class Table:
    """Columns of text by name, all of one length; `ragged` names the rows that were not."""

    name: str
    columns: dict[str, Repeated[str]]
    rows: int
    ragged: tuple[int, ...] = ()


def read_table(path: str | Path) -> Table:
    """Read a table from a file.

    :raises UnreadableTable: there is no such file, it is empty, or it is no table.
    """
    file = Path(path)
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise UnreadableTable("large", name=file.name, most=LARGEST_FILE >> 20)
        if file.suffix.lower() in {".parquet", ".pq"}:
            return parse_parquet(file, file.name)
        content = file.read_bytes()
    except IsADirectoryError:
        raise UnreadableTable("folder", name=str(file)) from None
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        raise UnreadableTable("closed", name=str(file), reason=reason) from None
    return parse_csv(content, file.name)


def parse_csv(content: bytes, name: str) -> Table:
    """Read a table from the content of a CSV file.

    :raises UnreadableTable: it is empty, has no header, or is not text.
    """
    for beginning, fault in _OTHER_KINDS:
        if content.startswith(beginning):
            raise UnreadableTable(fault, name=name)
    if _PAGE.match(content.removeprefix(b"\xef\xbb\xbf")):
        raise UnreadableTable("page", name=name)
    text = _as_utf8(content, name)
    if not (text[:_LOOKED_AT].decode(errors="ignore").strip() or text.decode().strip()):
        raise UnreadableTable("empty", name=name)
    header = _FIRST_LINE.match(text)[0].decode()  # type: ignore[index]
    delimiter = max(_DELIMITERS, key=header.count)
    plain = _plain_columns(text, delimiter, name)
    if plain is not None:
        return plain
    csv.field_size_limit(LONGEST_CELL)
    lines = chain(io.StringIO(text.decode(), newline=""), [_CLOSED])
    try:
        rows = list(csv.reader(lines, delimiter=delimiter))
    except csv.Error as error:
        if "field larger" in str(error):
            raise UnreadableTable("long_cell", name=name, most=LONGEST_CELL) from None
        raise UnreadableTable("no_table", name=name) from None
    # Whoever opens a quote and never closes it has one cell from there to the end.
    if rows.pop() != [_CLOSED]:
        raise UnreadableTable("open_quote", name=name)
    return table_of_rows(rows, name)


def _as_utf8(content: bytes, name: str) -> bytes:
    """The content of a file in UTF-8, without a mark before it."""
    if (
        content.isascii()
        and _written_by_hand(content[:_LOOKED_AT].decode())
        and b"\0" not in content
    ):
        return content
    marked = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "cp1252"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and _written_by_hand(text[:_LOOKED_AT]):
            return text.encode()
    raise UnreadableTable("no_text", name=name)


def _written_by_hand(text: str) -> bool:
    return not _NOT_WRITTEN_BY_HAND.search(text)


def _plain_columns(text: bytes, delimiter: str, name: str) -> Table | None:
    """A table without quotes or ragged rows, cut in one go: five times as fast as row by row.

    None where it is not as plain as that, and has to be read with care.
    """
    if b'"' in text:
        return None
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n")
    first = _FIRST_LINE.match(text)[0]  # type: ignore[index]
    refuse_wide(first.decode().count(delimiter) + 1, name)
    header = _header(first.decode().split(delimiter), name)
    begin, end = len(first) + 1, len(text.rstrip(b"\n"))
    if len(header) < 2 or begin >= end or b"\r" in text:
        return None
    bounds = _bounds(np.frombuffer(text, np.uint8), begin, end, delimiter, len(header))
    if bounds is None:
        return None
    text_of_cells = TextOfCells(text)
    columns = {
        title: text_of_cells.column(starts, ends)
        for title, (starts, ends) in zip(header, bounds, strict=True)
        if title
    }
    return Table(name=name, columns=columns, rows=bounds[0][0].size)


def _bounds(
    letters: NDArray[np.uint8], begin: int, end: int, delimiter: str, width: int
) -> list[tuple[NDArray[np.int32], NDArray[np.int32]]] | None:
    """Where the cells of each column begin and end, between two places of a text.

    None where a line has another number of cells than the header, or is too long.
    """
    marks = _marks(letters, begin, end, delimiter)
    if marks.size % width:
        return None
    # As many as there should be in all; and every so many of them, and no other, closes a line.
    *inner, ends = (marks[place::width] for place in range(width))
    closed = all((letters[each] != ord("\n")).all() for each in inner)
    if not closed or not (letters[ends[:-1]] == ord("\n")).all():
        return None
    starts = np.empty_like(ends)
    starts[0], starts[1:] = begin, ends[:-1] + 1
    if (ends - starts).max() > LONGEST_CELL:
        return None
    begins = [starts, *(each + 1 for each in inner)]
    return list(zip(begins, [*inner, ends], strict=True))


def _marks(letters: NDArray[np.uint8], begin: int, end: int, delimiter: str) -> NDArray[np.int32]:
    """Where cells end: at a delimiter, a line feed, and the end."""
    found = []
    # Piece by piece: memory that is used again need not be brought in anew.
    for first in range(begin, end, _PIECE):
        piece = letters[first : min(end, first + _PIECE)]
        places = np.flatnonzero((piece == ord("\n")) | (piece == ord(delimiter))) + first
        found.append(places.astype(np.int32))
    return np.concatenate([*found, np.array([end], np.int32)])


def refuse_wide(columns: int, name: str) -> None:
    """A list of people has a few dozen columns.

    :raises UnreadableTable: there are more than are read.
    """
    if columns > MOST_COLUMNS:
        raise UnreadableTable("wide", name=name, columns=columns, most=MOST_COLUMNS)


def _header(cells: list[str], name: str) -> list[str]:
    header = [cell.strip() for cell in cells]
    refuse_wide(len(header), name)
    twice = {cell for cell in header if cell and header.count(cell) > 1}
    if twice:
        raise UnreadableTable("same_title", name=name, column=min(twice))
    if not any(header):
        raise UnreadableTable("no_header", name=name)
    return header


def table_of_rows(rows: list[list[str]], name: str) -> Table:
    """A table from rows of cells, the first of which holds the names of the columns."""
    header = _header(rows[0], name)
    width = len(header)
    body = rows[1:]
    ragged: list[int] = []
    if any(len(row) != width for row in body):
        kept = []
        for number, row in enumerate(body, start=2):
            if not any(row):
                continue
            if len(row) != width:
                ragged.append(number)
                row = (row + [""] * width)[:width]
            kept.append(row)
        body = kept
    columns = list(zip(*body, strict=True)) or [()] * width
    named = {
        title: Repeated.of(column) for title, column in zip(header, columns, strict=True) if title
    }
    return Table(name=name, columns=named, rows=len(body), ragged=tuple(ragged))


def _column(column: Any) -> Repeated[str]:
    """A column of Parquet as text, each different cell read once where it can be told apart."""
    from pyarrow import ArrowException

    try:
        told = column.combine_chunks().dictionary_encode(null_encoding="encode")
    except ArrowException:
        return Repeated.of(map(_text, column.to_pylist()))
    return Repeated(
        list(map(_text, told.dictionary.to_pylist())),
        told.indices.to_numpy(zero_copy_only=False).astype(np.intp),
    )


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)


def parse_parquet(file: Path | BinaryIO, name: str) -> Table:
    """Read a table from a Parquet file.

    :raises UnreadableTable: pyarrow is not installed, or it is no Parquet file.
    """
    try:
        from pyarrow import ArrowException, parquet
    except ImportError:
        raise UnreadableTable("needs_pyarrow") from None
    try:
        table = parquet.read_table(file)
    except (ArrowException, OSError):
        raise UnreadableTable("no_parquet", name=name) from None
    columns = {title: _column(table.column(title)) for title in table.column_names[:MOST_COLUMNS]}
    if not columns:
        raise UnreadableTable("no_header", name=name)
    return Table(name=name, columns=columns, rows=table.num_rows)
