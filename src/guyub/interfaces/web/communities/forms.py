"""The forms for a smaller community, and for the first of all."""

from __future__ import annotations

import zoneinfo
from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from guyub.core.vocabulary import CommunityKind
from guyub.interfaces.submissions.forms import DeedForm


class NewCommunityForm(DeedForm):
    """A smaller community inside the opened one."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=CommunityKind.choices)


# The three zones of Indonesia, by the names people know.
_INDONESIA = [
    ("Asia/Jakarta", _("WIB (Jakarta)")),
    ("Asia/Makassar", _("WITA (Makassar)")),
    ("Asia/Jayapura", _("WIT (Jayapura)")),
]


@cache
def _other_zones() -> list[tuple[str, str]]:
    known = {zone for zone, _name in _INDONESIA}
    return [(zone, zone) for zone in sorted(zoneinfo.available_timezones() - known)]


class FirstWorkspaceForm(forms.Form):
    """The organisation that the first account founds, and the community it begins with."""

    name = forms.CharField(label=_("What is your organisation called?"), max_length=200)
    first = forms.CharField(
        label=_("Where do you begin?"),
        help_text=_("The name of a village, a neighbourhood or a workplace. Others follow later."),
        max_length=200,
    )
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[each for each in CommunityKind.choices if each[0] != CommunityKind.NETWORK],
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"))

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        zones = [(_("Indonesia"), _INDONESIA), (_("Elsewhere"), _other_zones())]
        self.fields["time_zone"].choices = zones  # type: ignore[attr-defined]
