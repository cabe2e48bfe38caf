"""The forms that every family builds on. They read what was typed; the doors decide."""

from __future__ import annotations

from django import forms

from guyub.core.identifiers import new_identifier


class DeedForm(forms.Form):
    """A form that becomes one deed. Its key makes sending it twice harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=new_identifier)


class UndoForm(DeedForm):
    """The entry to take back."""

    entry = forms.UUIDField(widget=forms.HiddenInput)
