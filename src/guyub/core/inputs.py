"""From a mapping (form, file, JSON, phone) to the typed Input of a deed: the only parser."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from functools import cache
from typing import Any, TypeVar, cast

from django.utils.translation import gettext as _
from pydantic import TypeAdapter, ValidationError

from guyub.core.errors import Invalid

Input = TypeVar("Input")

# A number with this many digits or more cannot be stored; told apart so that the sentence helps.
_WHOLE = "*"


@cache
def _adapter(input_type: Any) -> TypeAdapter:
    return TypeAdapter(input_type)


def parse(input_type: type[Input], data: Mapping[str, Any] | Input) -> Input:
    """Read the data of a deed.

    Data that already is the Input (code calling code) is taken as it is.

    :raises Invalid: what is wrong, field by field, in the reader's language.
    """
    if isinstance(data, input_type):
        return data
    try:
        return _adapter(cast(Hashable, input_type)).validate_python(data)
    except ValidationError as error:
        # Without the input: an error text must not carry what was said about somebody.
        found = error.errors(include_input=False, include_url=False, include_context=True)
        raise Invalid({_field(item["loc"]): _sentence(item) for item in found}) from None


def _field(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location) or _WHOLE


def _sentence(error: Any) -> str:
    context = error.get("ctx", {})
    kind = re.sub(r"^(int|float|decimal|string|bool)_", "", error["type"])
    sentences = {
        "missing": lambda: _("This is needed."),
        "too_short": lambda: _("This is needed."),
        "too_long": lambda: (
            _("This is too long: at most %(limit)s characters.")
            % {"limit": context.get("max_length", "?")}
        ),
        "enum": lambda: (
            _("Choose one of: %(choices)s.") % {"choices": context.get("expected", "?")}
        ),
        "literal_error": lambda: (
            _("Choose one of: %(choices)s.") % {"choices": context.get("expected", "?")}
        ),
        "greater_than_equal": lambda: (
            _("This must be at least %(limit)s.") % {"limit": context.get("ge", "?")}
        ),
        "less_than_equal": lambda: (
            _("This must be at most %(limit)s.") % {"limit": context.get("le", "?")}
        ),
        "unexpected_keyword_argument": lambda: _("This is not known here."),
        "value_error": lambda: str(context.get("error", "")),
    }
    for known in (error["type"], kind):
        if known in sentences:
            return sentences[known]()
    if "date" in error["type"] or "time" in error["type"]:
        return _("This is not a date or time that can be read.")
    if "uuid" in error["type"]:
        return _("There is nothing here by this name.")
    return _("This cannot be read.")
