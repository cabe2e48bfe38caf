"""Cells that leave in a table, and come back the same.

A cell that begins like a formula is a way into the computer of whoever opens the file (OWASP, CSV
injection). An apostrophe before it makes it text; it is taken off again when the file comes back.
A workbook's text cells are no formulas, but they become some when it is saved as CSV: they get the
apostrophe, too (OWASP ASVS 5.0, 1.2.10).
"""

from __future__ import annotations

import re
from datetime import date

# The wide forms are read as the narrow ones by some programs.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")

# What XML 1.0 cannot say at all, and what makes a CSV file look like none to a reader.
_UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")

Cell = str | int | bool | date | None


def sayable(text: str) -> str:
    """A text that any kind of file can hold: control characters become a mark."""
    return _UNSAYABLE.sub("\ufffd", text)


def safe_cell(cell: object) -> str:
    """A cell as text that no spreadsheet program takes for a formula."""
    text = _text(cell)
    return f"'{text}" if _looks_like_a_formula(text.lstrip("'")) else text


def plain_cell(text: str) -> str:
    """What a cell said before it was made safe."""
    return text[1:] if text[:1] == "'" and _looks_like_a_formula(text.lstrip("'")) else text


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "" if cell is None else sayable(str(cell))


def _looks_like_a_formula(text: str) -> bool:
    return text.startswith(_FORMULA) and not _is_number(text)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
