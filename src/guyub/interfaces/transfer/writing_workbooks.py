"""Writes tables into a workbook (.xlsx): text as text, numbers as numbers, dates as dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import IO, Any

from guyub.interfaces.transfer.cells import Cell, safe_cell
from guyub.interfaces.transfer.list_export import Sheet

# A workbook's calendar begins here; an older day stays text.
_FIRST_YEAR = 1900

_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_workbook(sheets: Sequence[Sheet], stream: IO[bytes], folder: Path) -> None:
    """Write each table on a sheet of its own. folder: where rows wait until all are written."""
    from xlsxwriter import Workbook

    options = {"constant_memory": True, "tmpdir": str(folder), **_PLAIN}
    with Workbook(stream, options) as workbook:
        bold = workbook.add_format({"bold": True})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for sheet in sheets:
            page = workbook.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            page.set_column(0, len(sheet.heading) - 1, 16)
            for column, title in enumerate(sheet.heading):
                page.write_string(0, column, title, bold)
            for number, row in enumerate(sheet.rows, start=1):
                for column, cell in enumerate(row):
                    _write(page, number, column, cell, day)


def _write(page: Any, row: int, column: int, cell: Cell, day: Any) -> None:
    if isinstance(cell, int) and not isinstance(cell, bool):
        page.write_number(row, column, cell)
    elif isinstance(cell, date) and cell.year >= _FIRST_YEAR:
        page.write_datetime(row, column, cell, day)
    elif text := safe_cell(cell):
        page.write_string(row, column, text)
