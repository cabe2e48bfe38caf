"""The forms about themes. They read what was chosen; the doors decide."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guyub.cycle.listen.queries import ThemeRow
from guyub.cycle.listen.vocabulary import LifeArea
from guyub.interfaces.submissions.forms import DeedForm

_CHOOSE = {"required": _("Choose what belongs to it.")}


class ConcernsForm(forms.Form):
    """Which concerns are to be shown: of a life area, of a suggestion, or all without a theme."""

    area = forms.ChoiceField(
        label=_("Life area"), required=False, choices=[("", _("All areas")), *LifeArea.choices]
    )
    # The place of a suggestion: its word is somebody's own, and stands in no address.
    suggested = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    loose = forms.BooleanField(label=_("Only those without a theme"), required=False)
    shown = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class _ChosenForm(DeedForm):
    concerns = forms.TypedMultipleChoiceField(
        label=_("Concerns"),
        coerce=uuid.UUID,
        widget=forms.CheckboxSelectMultiple,
        error_messages=_CHOOSE,
    )

    def __init__(self, concerns: list[uuid.UUID], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["concerns"].choices = [  # type: ignore[attr-defined]
            (str(each), "") for each in concerns
        ]


class TakeOutOfThemeForm(_ChosenForm):
    """Concerns that do not belong to a theme after all."""


class IntoThemeForm(_ChosenForm):
    """Concerns that belong together, and the theme into which they go, be it a new one."""

    theme = forms.TypedChoiceField(
        label=_("Which theme?"), required=False, coerce=uuid.UUID, empty_value=None
    )
    name = forms.CharField(
        label=_("Name of the new theme"),
        max_length=120,
        required=False,
        help_text=_("In words that people here use: clean water, the road to the market."),
    )
    life_area = forms.ChoiceField(label=_("Its life area"), choices=LifeArea.choices)

    def __init__(
        self,
        concerns: list[uuid.UUID],
        themes: tuple[ThemeRow, ...],
        *arguments: Any,
        **named: Any,
    ) -> None:
        super().__init__(concerns, *arguments, **named)
        self.fields["theme"].choices = [  # type: ignore[attr-defined]
            ("", _("a new theme")),
            *((str(each.id), each.name) for each in themes),
        ]
        if not themes:
            del self.fields["theme"]

    def deed(self) -> tuple[str, dict[str, Any]]:
        """The action that this stands for, and its data."""
        told = {"concerns": self.cleaned_data["concerns"]}
        if theme := self.cleaned_data.get("theme"):
            return "listen.put_into_theme", told | {"theme": theme}
        named = {name: self.cleaned_data[name] for name in ("name", "life_area")}
        return "listen.name_theme", told | named
