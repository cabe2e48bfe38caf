"""What is noted of somebody, field by field: on their page, side by side, and on a form."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms

from guyub.cycle.listen.queries import PersonRow
from guyub.cycle.listen.vocabulary import Gender
from guyub.cycle.listen.vocabulary.person_fields import (
    CONFIDENTIAL_FIELDS,
    PERSON_FIELDS,
    PersonField,
)

# What a browser is told of a field beside what is declared.
_INPUT = {"phone": {"inputmode": "tel"}}


def value_of(person: PersonRow, confidential: Mapping[str, str], name: str) -> Any:
    """What stands in a field of somebody; None where it may not be read."""
    return confidential.get(name) if name in CONFIDENTIAL_FIELDS else getattr(person, name)


def in_words(name: str, value: Any, places: Mapping[uuid.UUID, str]) -> str:
    """A value of this field as a reader says it; empty where nothing is noted.

    value: as it stands in a row, or as plain data that a phone sent.
    """
    choices = PERSON_FIELDS[name].choices
    try:
        if name == "community":
            return places.get(uuid.UUID(str(value)), "")
        if choices:
            return str(choices(value).label)
    except ValueError:
        return ""
    return str(value) if value else ""


def in_brief(person: PersonRow, places: Mapping[uuid.UUID, str]) -> list[str]:
    """What a page says of somebody beneath their name, where it has no place of its own."""
    found = []
    for name, field in PERSON_FIELDS.items():
        value = getattr(person, name) if field.in_brief else ""
        if value and value != Gender.UNSTATED:
            found.append(field.in_brief % {"value": in_words(name, value, places)})
    return found


def all_in_words(
    person: PersonRow, confidential: Mapping[str, str], places: Mapping[uuid.UUID, str]
) -> list[tuple[str, str]]:
    """Everything noted of somebody, each with the name of its field: for themselves."""
    found = []
    for name, field in PERSON_FIELDS.items():
        words = in_words(name, value_of(person, confidential, name), places)
        if words:
            found.append((str(field.label), words))
    return found


def form_field(field: PersonField) -> forms.Field:
    """The field of a form that takes it."""
    if field.choices:
        return forms.ChoiceField(
            label=field.label, choices=field.choices.choices, initial=field.default
        )
    if field.name == "community":
        return forms.UUIDField(label=field.label, widget=forms.Select)
    if not field.is_text:
        return forms.IntegerField(label=field.label, required=False, help_text=field.help)
    attributes = _INPUT.get(field.name, {})
    if field.confidential:
        attributes = {**attributes, "autocomplete": "off"}
    return forms.CharField(
        label=field.label,
        max_length=field.max_length,
        required=field.name == "name",
        help_text=field.help,
        widget=forms.TextInput(attrs=attributes),
    )
