"""What is noted of somebody, field by field, in words: where two values stand side by side."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from guyub.cycle.listen.vocabulary import Gender, PersonStatus

LABELS = {
    "name": gettext_lazy("Name"),
    "alias": gettext_lazy("Also called"),
    "gender": gettext_lazy("Gender"),
    "birth_year": gettext_lazy("Year of birth"),
    "household": gettext_lazy("Household"),
    "occupation": gettext_lazy("Work"),
    "office": gettext_lazy("Office"),
    "groups": gettext_lazy("Groups"),
    "phone": gettext_lazy("Phone"),
    "status": gettext_lazy("Still here?"),
    "community": gettext_lazy("Where"),
}


def in_words(name: str, value: Any, places: Mapping[uuid.UUID, str]) -> str:
    """A value of this field as a reader says it; empty where nothing is noted.

    value: as it stands in a row, or as plain data that a phone sent.
    """
    try:
        match name:
            case "community":
                return places.get(uuid.UUID(str(value)), "")
            case "gender":
                return str(Gender(value).label)
            case "status":
                return str(PersonStatus(value).label)
    except ValueError:
        return ""
    return str(value) if value else ""
