"""A form as it was filled in, in words: for whoever has to decide about it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from guyub.core.actor import Actor
from guyub.core.redirects import identifiers_in
from guyub.cycle.listen import queries as listen
from guyub.interfaces.submissions.forms import FORMS


def answers_in_words(
    actor: Actor, form: str, version: int, answers: Mapping[str, Sequence[str]]
) -> list[tuple[str, str]]:
    """Each question that was answered, and the answer. Who is not known here is somebody."""
    data = QueryDict(mutable=True)
    for name, values in answers.items():
        data.setlist(name, list(values))
    shown = FORMS[form, version](actor, data)
    people = {uuid.UUID(each) for each in identifiers_in(dict(answers))}
    names = {str(each): name for each, name in listen.names(actor, people).items()}
    return [
        (str(shown.fields[name].label or ""), _said(shown.fields[name], values, names))
        for name, values in answers.items()
        if name in shown.fields and values and not shown[name].is_hidden
    ]


def _said(field: forms.Field, values: Sequence[str], names: Mapping[str, str]) -> str:
    if isinstance(field, forms.BooleanField):
        return _("yes")
    choices: dict[str, Any] = {
        str(value): words for value, words in getattr(field, "choices", None) or ()
    }
    somebody = _("someone who has not arrived")
    said = [
        str(choices.get(each) or names.get(each) or (somebody if identifiers_in(each) else each))
        for each in values
    ]
    return ", ".join(said)
