"""The words of the commands on files, in both languages; the rest of the shell speaks English."""

from __future__ import annotations

import os
import tomllib
from functools import cache
from pathlib import Path


def word(key: str, language: str, **facts: object) -> str:
    """A heading or sentence of the shell. language: en or id."""
    return _words()[key][language].format(**facts)


def spoken_language() -> str:
    """The language of the person at the keyboard, as their shell tells it: en or id."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return "id" if (spoken or "").startswith("id") else "en"


def count_phrase(count: int, one: str, many: str) -> str:
    """A number with its noun: 1 tie, 2 ties."""
    return f"{count} {one if count == 1 else many}"


def number(value: float, language: str, digits: int = 1) -> str:
    """A number as it is written in this language: 1,234.5 or 1.234,5."""
    text = f"{value:,.{digits}f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "id" else text


@cache
def _words() -> dict[str, dict[str, str]]:
    with Path(__file__).with_name("cli_messages.toml").open("rb") as stream:
        return tomllib.load(stream)
