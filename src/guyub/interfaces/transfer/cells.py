"""Cells that leave in a table, and come back the same.

A cell that begins like a formula is a way into the computer of whoever opens the file (OWASP, CSV
injection). An apostrophe before it makes it text; it is taken off again when the file comes back.
"""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(cell: object) -> str:
    """A cell that no spreadsheet program takes for a formula."""
    text = str(cell)
    return f"'{text}" if _looks_like_a_formula(text) else text


def plain_cell(text: str) -> str:
    """What a cell said before it was made safe."""
    return text[1:] if text[:1] == "'" and _looks_like_a_formula(text[1:]) else text


def _looks_like_a_formula(text: str) -> bool:
    return text.startswith(_FORMULA) and not _is_number(text)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
