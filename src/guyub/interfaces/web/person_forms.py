"""The forms about somebody who lives here. They read what was typed; the doors decide."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guyub.core.actor import Actor
from guyub.core.queries import communities_below
from guyub.cycle.listen.vocabulary import Gender
from guyub.interfaces.web.forms import DeedForm

# As much of a name as somebody would look for.
_LONGEST_SEARCH = 100


class FindForm(forms.Form):
    """Whom somebody looks for in the list of people."""

    text = forms.CharField(
        label=_("Name or alias"),
        max_length=_LONGEST_SEARCH,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    community = forms.TypedChoiceField(label=_("Where"), required=False, coerce=uuid.UUID)
    gender = forms.ChoiceField(
        label=_("Gender"), required=False, choices=[("", _("Everybody")), *Gender.choices]
    )
    after = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, actor: Actor, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        below = communities_below(actor)[1:]
        self.fields["community"].choices = [  # type: ignore[attr-defined]
            ("", _("Everywhere here")),
            *((str(identifier), name) for identifier, _parent, name in below),
        ]
        if not below:
            del self.fields["community"]

    def asked(self) -> dict[str, Any]:
        """What was asked for, without what was left open."""
        return {name: value for name, value in self.cleaned_data.items() if value}


class PersonForm(DeedForm):
    """Somebody met for the first time."""

    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("The first name alone is enough.")
    )
    community = forms.UUIDField(label=_("Where"), widget=forms.Select)
    gender = forms.ChoiceField(label=_("Gender"), choices=Gender.choices, initial=Gender.UNSTATED)
    alias = forms.CharField(
        label=_("Also called"), max_length=200, required=False, help_text=_("Pak RT, Bu Darmi…")
    )
    birth_year = forms.IntegerField(label=_("Year of birth"), required=False)
    household = forms.CharField(
        label=_("Household"),
        max_length=120,
        required=False,
        help_text=_("Whose kitchen they share. Who has the same words here lives together."),
    )
    occupation = forms.CharField(label=_("Work"), max_length=120, required=False)
    office = forms.CharField(
        label=_("Office"),
        max_length=120,
        required=False,
        help_text=_("Village head, head of an RT, chair of a group; empty for almost everybody."),
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        help_text=_("Sealed. Only the team can read it."),
    )

    # What stands behind "More" on the form.
    MORE = ("alias", "birth_year", "household", "occupation", "office", "phone")

    def __init__(self, actor: Actor, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        where = self.fields["community"]
        where.widget.choices = [
            (identifier, name) for identifier, _parent, name in communities_below(actor)
        ]
        where.initial = actor.community

    def more(self) -> list[forms.BoundField]:
        """The fields that can wait."""
        return [self[name] for name in self.MORE]

    def more_is_wrong(self) -> bool:
        """Whether one of them has to be looked at again."""
        return any(name in self.errors for name in self.MORE)
