"""What the columns of a list stand for, and what the words in them mean.

Headings and words stand in columns.toml. Whoever sends a list may say otherwise of each column.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from guyub.interfaces.transfer.refusals import UnreadableTable, listed
from guyub.interfaces.transfer.tables import Table

# What a column is said to stand for that is left out.
NOTHING = ""

_OTHER_THAN_WORDS = re.compile(r"[^0-9a-zà-ÿ]+")


def recognised(table: Table, sheet: str, chosen: Mapping[str, str] | None = None) -> dict[str, str]:
    """Which column of the file stands for what: as somebody chose, else by its heading.

    chosen: for some columns, what they stand for, or `NOTHING`.

    :raises UnreadableTable: there is no such column or meaning, or two columns have the same.
    """
    chosen = chosen or {}
    found = _as_chosen(table, sheet, chosen)
    plain = {plain_words(title): title for title in table.columns if title not in chosen}
    for meaning, titles in _book()[sheet].items():
        if meaning in found:
            continue
        for title in titles:
            if title in plain and plain[title] not in found.values():
                found[meaning] = plain[title]
                break
    # In the order of our own columns, whoever chose them.
    return {meaning: found[meaning] for meaning in meanings_of(sheet) if meaning in found}


def _as_chosen(table: Table, sheet: str, chosen: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for title, meaning in chosen.items():
        if title not in table.columns:
            columns = listed(list(table.columns))
            raise UnreadableTable("no_column", name=table.name, column=title, columns=columns)
        if meaning == NOTHING:
            continue
        if meaning not in meanings_of(sheet):
            raise UnreadableTable("no_meaning", meaning=meaning)
        if meaning in found:
            raise UnreadableTable(
                "same_meaning", column=found[meaning], other=title, meaning=meaning
            )
        found[meaning] = title
    return found


def meanings_of(sheet: str) -> tuple[str, ...]:
    """What a column of a list of people or of ties can stand for."""
    return tuple(_book()[sheet])


@cache
def words_for(vocabulary: str) -> dict[str, str]:
    """What each word of a vocabulary means."""
    words = _book()["words"][vocabulary]
    return {word: meaning for meaning, spoken in words.items() for word in spoken}


def plain_words(text: str) -> str:
    """A heading or a cell in small letters, with everything but letters and digits as a space."""
    return _OTHER_THAN_WORDS.sub(" ", text.lower()).strip()


@cache
def _book() -> dict[str, Any]:
    with Path(__file__).with_name("columns.toml").open("rb") as stream:
        return tomllib.load(stream)
