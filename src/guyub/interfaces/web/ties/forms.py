"""The form about a tie."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from guyub.cycle.map.vocabulary import TieKind
from guyub.interfaces.submissions.forms import DeedForm


class TieForm(DeedForm):
    """To whom a person is tied, how, and how closely. Which way it leads follows from the kind."""

    to_person = forms.UUIDField(
        label=_("To whom?"), error_messages={"required": _("Choose the other person.")}
    )
    kind = forms.ChoiceField(label=_("What ties them?"), choices=TieKind.choices)
    strength = forms.TypedChoiceField(
        label=_("How close?"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", _("not asked")),
            (1, _("1, hardly")),
            (2, "2"),
            (3, "3"),
            (4, "4"),
            (5, _("5, very close")),
        ],
    )
