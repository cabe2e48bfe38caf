"""The form for a smaller community."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from guyub.core.vocabulary import CommunityKind
from guyub.interfaces.submissions.forms import DeedForm


class NewCommunityForm(DeedForm):
    """A smaller community inside the opened one."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=CommunityKind.choices)
