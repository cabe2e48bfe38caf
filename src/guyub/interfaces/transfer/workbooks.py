"""Reads one sheet of a workbook (.xlsx or .xlsm) into a table of text.

Only in the process of `reading`: a workbook is a packed archive, and what it unpacks to is known
only afterwards. Why calamine, and why no other kinds of workbook: docs/adr/0008.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from datetime import date, datetime, time
from typing import Any

from guyub.interfaces.transfer.refusals import UnreadableTable, listed
from guyub.interfaces.transfer.tables import (
    LONGEST_CELL,
    Table,
    refuse_wide,
    table_of_rows,
)

# Our choice. A sheet of 200,000 rows unpacks to some 200 MB, a fortieth of it when packed.
MOST_MEMBERS = 2_000
MOST_UNPACKED = 300_000_000
MOST_UNPACKED_TO_PACKED = 200
# Below this nothing is a bomb, however well it is packed.
_HARMLESS = 1_000_000
_ENCRYPTED = 0x1
_AT_ONCE = 1 << 20


def parse_workbook(content: bytes, name: str, sheet: str = "") -> Table:
    """Read a sheet of a workbook: the named one, else the first that has a header.

    :raises UnreadableTable: it is no workbook, is packed as no workbook is, or has no such sheet.
    """
    _check_archive(content, name)
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        raise UnreadableTable("needs_calamine", name=name) from None
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = _chosen(workbook, name, sheet)
    except (CalamineError, OSError, ValueError) as error:
        if isinstance(error, UnreadableTable):
            raise
        raise _damaged(name) from None
    return table_of_rows(rows, name)


def _damaged(name: str) -> UnreadableTable:
    return UnreadableTable("damaged_workbook", name=name)


def _check_archive(content: bytes, name: str) -> None:
    """Refuse what unpacks to more than a workbook does, by what it says and by what it does."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _check_directory(members, len(content), name)
            for member in members:
                with archive.open(member) as stream:
                    while stream.read(_AT_ONCE):
                        pass
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        raise _damaged(name) from None


def _check_directory(members: list[zipfile.ZipInfo], size: int, name: str) -> None:
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise UnreadableTable("locked", name=name)
    names = [member.filename.replace("\\", "/").lower() for member in members]
    if "xl/workbook.xml" not in names:
        raise UnreadableTable("no_workbook", name=name)
    unpacked = sum(member.file_size for member in members)
    if (
        len(members) > MOST_MEMBERS
        or unpacked > MOST_UNPACKED
        or unpacked > max(size * MOST_UNPACKED_TO_PACKED, _HARMLESS)
    ):
        raise UnreadableTable("packed", name=name)
    if len(set(names)) < len(names):
        raise _damaged(name)


def _chosen(workbook: Any, name: str, sheet: str) -> list[list[str]]:
    """The rows of the chosen sheet; the first of them has the names of the columns."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    if sheet:
        if sheet not in workbook.sheet_names:
            sheets = listed(workbook.sheet_names)
            raise UnreadableTable("no_sheet", name=name, sheet=sheet, sheets=sheets)
        candidates = [sheet]
    else:
        candidates = [
            each.name
            for each in workbook.sheets_metadata
            if each.typ == SheetTypeEnum.WorkSheet and each.visible == SheetVisibleEnum.Visible
        ]
    first: list[list[str]] = []
    for candidate in candidates:
        rows = _rows(workbook.get_sheet_by_name(candidate), name)
        # A sheet with one cell beside another is a list; a cover has its words below each other.
        if rows and sum(map(bool, rows[0])) > 1:
            return rows
        first = first or rows
    if not first:
        raise UnreadableTable("empty", name=name)
    return first


def _rows(sheet: Any, name: str) -> list[list[str]]:
    """The rows that say something, as text, as wide as the header."""
    titles = {top for (top, left), (_, right) in sheet.merged_cell_ranges or () if left < right}
    found: list[list[str]] = []
    width = 0
    for place, cells in enumerate(sheet.iter_rows()):
        if not found:
            while cells and cells[-1] == "":
                cells.pop()
            width = len(cells)
            refuse_wide(width, name)
        row = [_text(cell, name) for cell in cells[:width]]
        filled = sum(not each.isspace() for each in row if each)
        # A cell merged over several columns is a heading for people, not a row.
        if filled and not (filled == 1 and place in titles):
            found.append(row)
    return found


def _text(cell: object, name: str) -> str:
    """What a cell says, as it would stand in a CSV file."""
    if isinstance(cell, str):
        if len(cell) > LONGEST_CELL:
            raise UnreadableTable("long_cell", name=name, most=LONGEST_CELL)
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return "" if cell is None else str(cell)
