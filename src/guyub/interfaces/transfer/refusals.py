"""Why a file as a whole cannot be read: which of the faults, and the facts that it names.

English stands here, for the shell; pages say the same in their reader's language. What comes from
the process that reads files of strangers is believed no further than it fits these sentences.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

# Longer facts do not help to find a place in a file; our choice.
_LONGEST, _MOST_LISTED = 80, 10


def gettext_noop(text: str) -> str:
    """Mark a sentence for the catalogue of translations, where Django need not be there."""
    return text


REFUSALS = {
    "large": gettext_noop("%(name)s is larger than %(most)s MB; split it into parts."),
    "folder": gettext_noop("%(name)s is a folder; name the file inside it."),
    "link": gettext_noop("%(name)s is a link; name the file it leads to."),
    "device": gettext_noop("%(name)s is a device or a pipe; save the list as a file first."),
    "closed": gettext_noop("%(name)s cannot be read: %(reason)s."),
    "archive": gettext_noop(
        "%(name)s is a spreadsheet or an archive; save it as CSV first (File, Save as, CSV)."
    ),
    "parquet": gettext_noop(
        "%(name)s is a Parquet file; save it as CSV first (File, Save as, CSV)."
    ),
    "pdf": gettext_noop("%(name)s is a PDF. Save it as CSV first (File, Save as, CSV)."),
    "picture": gettext_noop("%(name)s is a picture; save it as CSV first (File, Save as, CSV)."),
    "formatted": gettext_noop(
        "%(name)s is a text with formatting; save it as CSV first (File, Save as, CSV)."
    ),
    "page": gettext_noop("%(name)s is a web page; open it in a spreadsheet and save it as CSV."),
    "empty": gettext_noop("%(name)s is empty. It needs a first line with column names."),
    "no_table": gettext_noop("%(name)s is not a table we can read; save it as CSV again."),
    "open_quote": gettext_noop(
        "%(name)s opens a quote that is never closed; save it as CSV again."
    ),
    "no_text": gettext_noop("%(name)s is not a text file; save it as CSV in UTF-8."),
    "wide": gettext_noop("%(name)s has %(columns)s columns; at most %(most)s are read."),
    "same_title": gettext_noop("%(name)s has two columns called “%(column)s”; rename one of them."),
    "no_header": gettext_noop("%(name)s has no column names in its first line."),
    "needs_pyarrow": gettext_noop(
        "Reading Parquet needs pyarrow: pip install 'guyub[parquet]', or save the file as CSV."
    ),
    "no_parquet": gettext_noop("%(name)s is not a Parquet file that can be read."),
    "needs_calamine": gettext_noop(
        "Reading %(name)s needs python-calamine: pip install 'guyub[web]', or save it as CSV."
    ),
    "old_workbook": gettext_noop(
        "%(name)s is an old or locked workbook; save it as .xlsx without a password, or as CSV."
    ),
    "damaged_workbook": gettext_noop(
        "%(name)s is damaged; open it in a spreadsheet and save it again as .xlsx, or as CSV."
    ),
    "locked": gettext_noop("%(name)s is locked; save it without a password, or as CSV."),
    "no_workbook": gettext_noop("%(name)s is an archive but no .xlsx; save it as .xlsx or as CSV."),
    "packed": gettext_noop(
        "%(name)s unpacks to far more than a list should; save only the sheet with the "
        "list, as CSV."
    ),
    "no_sheet": gettext_noop("%(name)s has no sheet called “%(sheet)s”. It has: %(sheets)s."),
    "long_cell": gettext_noop("%(name)s has a cell of more than %(most)s characters."),
    "slow": gettext_noop(
        "%(name)s takes too long to read; split it into parts, or save it as CSV."
    ),
    "memory": gettext_noop(
        "%(name)s needs too much memory; remove cells far outside the list, or save it as CSV."
    ),
    "damaged": gettext_noop(
        "%(name)s is damaged and cannot be read; open it in a spreadsheet and save it "
        "again, or as CSV."
    ),
    "rows": gettext_noop("%(name)s has more than %(most)s rows; split it into parts."),
    "cells": gettext_noop("%(name)s has more than %(most)s cells; remove columns, or split it."),
    "rows_on_page": gettext_noop(
        "This list has %(rows)s rows; at most %(most)s can be imported here. Send it "
        "in parts, or use guyub import on the computer that runs Guyub."
    ),
    "nobody_told_apart": gettext_noop(
        "%(name)s has no column 'id' or 'name'. It has: %(columns)s."
    ),
    "no_from": gettext_noop("%(name)s has no column 'from'. It has: %(columns)s."),
    "no_to": gettext_noop("%(name)s has no column 'to'. It has: %(columns)s."),
    "no_wave": gettext_noop("%(name)s has no wave %(wave)s; it has %(waves)s."),
    "no_column": gettext_noop("%(name)s has no column “%(column)s”. It has: %(columns)s."),
    "no_meaning": gettext_noop("“%(meaning)s” is not a column meaning we know."),
    "same_meaning": gettext_noop(
        "“%(column)s” and “%(other)s” cannot both be %(meaning)s; leave one out."
    ),
}


class UnreadableTable(ValueError):
    """The file cannot be read as a table; the text says why and what to do."""

    def __init__(self, fault: str, **facts: str | int) -> None:
        self.fault = fault
        self.facts: Mapping[str, str | int] = {
            name: printable(fact) if isinstance(fact, str) else fact for name, fact in facts.items()
        }
        super().__init__(REFUSALS[fault] % self.facts)


def listed(names: Sequence[str]) -> str:
    """Some names of columns or sheets, so that the right one can be found among them."""
    some = [printable(name)[:_LONGEST] for name in names[:_MOST_LISTED]]
    return ", ".join(some) + (", ..." if len(names) > _MOST_LISTED else "")


def believed(said: object, name: str) -> UnreadableTable:
    """What the process that reads files says of one, as far as it fits a sentence.

    :raises ValueError: it fits none.
    """
    match said:
        case [str(fault), dict(facts)] if fault in REFUSALS:
            known: dict[str, Any] = {key: facts.get(key) for key in _facts_of(fault)}
            known["name"] = name
            if all(type(fact) in (str, int) for fact in known.values()):
                return UnreadableTable(fault, **known)
    raise ValueError


@cache
def _facts_of(fault: str) -> frozenset[str]:
    return frozenset(re.findall(r"%\((\w+)\)s", REFUSALS[fault]))


def printable(fact: str) -> str:
    """What a file says, for a terminal: nothing that steers it, and not too long."""
    clean = "".join(each if each.isprintable() else "?" for each in fact)
    most = _LONGEST * (_MOST_LISTED + 1)
    return clean if len(clean) <= most else f"{clean[:most]}..."
