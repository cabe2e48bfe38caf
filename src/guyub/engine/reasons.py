"""Why this person? Reasons as facts first, put into words afterwards, in the reader's language."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from guyub.engine.records import Record

LANGUAGES = ("en", "id")


@dataclass(frozen=True, kw_only=True)
class Reason(Record):
    """One reason: a word that names it, and what fills its sentence."""

    code: str
    facts: dict[str, Any]


def sentence(reason: Reason, language: str = "en") -> str:
    """A reason in words. language: en or id.

    >>> from guyub.engine import Reason, sentence
    >>> sentence(Reason(code="ties", facts={"count": 2}), "en")
    'tied to 2 people'
    """
    forms = _sentences()[reason.code]
    one = forms.get(f"{language}_one") if reason.facts.get("count") == 1 else None
    return (one or forms[language]).format(**reason.facts)


@cache
def _sentences() -> dict[str, dict[str, str]]:
    with Path(__file__).with_name("reasons.toml").open("rb") as stream:
        return tomllib.load(stream)
