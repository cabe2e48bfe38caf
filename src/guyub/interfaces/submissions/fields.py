"""Fields that are answered with a thumb: people, chips, dots, days."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guyub.cycle.map.vocabulary import SKILL_LEVELS

# How well somebody can do something, in words that they would use themselves. Our choice.
_LEVELS = (_("is learning it"), _("can do it"), _("does it well"), _("others come to learn it"))

# By how many days somebody is put off.
PUT_OFF = (
    (1, _("one day")),
    (3, _("three days")),
    (7, _("a week")),
    (30, _("a month")),
)


class PeopleField(forms.Field):
    """People chosen on the page, each once."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> list[uuid.UUID]:
        """The keys of those who were chosen."""
        try:
            return list(dict.fromkeys(uuid.UUID(str(each)) for each in value or ()))
        except ValueError:
            raise forms.ValidationError(_("Choose people from the list.")) from None


class DayField(forms.DateField):
    """A day, which may be left out."""

    def __init__(self, *, label: Any) -> None:
        shown = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(label=label, required=False, widget=shown)


def chips(choices: Sequence[tuple[Any, Any]], label: Any, initial: Any = "") -> forms.ChoiceField:
    """One of a few, chosen by a tap. Without something chosen from the start it may be left out."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        initial=initial,
        required=bool(initial),
        widget=forms.RadioSelect,
    )


def ticked() -> forms.CheckboxInput:
    """A box to tick."""
    return forms.CheckboxInput(attrs={"class": "size-5 shrink-0 accent-primary"})


def words_field(label: Any, rows: int = 3) -> forms.CharField:
    """As many words as somebody has time for."""
    shown = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=10_000, required=False, widget=shown)


def several_chips(choices: Sequence[tuple[Any, Any]], label: Any) -> forms.MultipleChoiceField:
    """Any of a few, each chosen by a tap."""
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )


def segments(label: Any, choices: Sequence[tuple[int, Any]]) -> forms.TypedChoiceField:
    """A value of a scale, chosen by a tap on its words; nothing where nobody asked."""
    return forms.TypedChoiceField(
        label=label,
        required=False,
        coerce=int,
        empty_value=None,
        choices=choices,
        widget=forms.RadioSelect,
    )


def number_field(label: Any, choices: Sequence[tuple[int, Any]]) -> forms.TypedChoiceField:
    """A value of a scale, with its words; nothing where nobody asked."""
    return forms.TypedChoiceField(
        label=label,
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("not asked")), *choices],
    )


def depth_field() -> forms.TypedChoiceField:
    """How much something matters, as five dots."""
    words = {1: _("1, a little"), 5: _("5, more than almost anything")}
    choices = [(value, words.get(value, str(value))) for value in range(1, 6)]
    return segments(_("How much does it matter to them?"), choices)


def skill_field(number: int) -> dict[str, forms.Field]:
    """The three fields of one skill: what, how well, and whether they would teach it."""
    levels = list(zip(SKILL_LEVELS, _LEVELS, strict=True))
    return {
        f"skill_{number}": forms.CharField(
            label=_("What can they do well?"), max_length=120, required=False
        ),
        f"level_{number}": number_field(_("How well can they do it?"), levels),
        f"teaches_{number}": forms.BooleanField(
            label=_("They would teach it"),
            required=False,
            widget=ticked(),
        ),
    }
