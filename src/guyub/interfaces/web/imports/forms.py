"""The form with which lists are sent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guyub.interfaces.transfer.refusals import UnreadableTable
from guyub.interfaces.web.imports.messages import refusal_sentence
from guyub.interfaces.web.imports.preview import read_table

# A hundred thousand people with all their columns are about 10 MB; our choice.
LARGEST = 20 * 1024 * 1024

_ACCEPTED = ".csv,.tsv,.txt,.xlsx,.parquet,text/csv"


def _list_field(label: Any, help_text: Any) -> forms.FileField:
    widget = forms.FileInput(attrs={"accept": _ACCEPTED})
    return forms.FileField(label=label, help_text=help_text, required=False, widget=widget)


class ListsForm(forms.Form):
    """A list of people, a list of ties, or both."""

    people = _list_field(
        _("List of people"),
        _("One row for each person. Needed: a name or an id. Welcome: hamlet, household, office."),
    )
    ties = _list_field(
        _("List of ties"),
        _("One row for each tie: from, to, kind. Names or ids as in the list of people."),
    )

    def clean_people(self) -> UploadedFile | None:
        """Look whether it is a list."""
        return _readable(self.cleaned_data["people"])

    def clean_ties(self) -> UploadedFile | None:
        """Look whether it is a list."""
        return _readable(self.cleaned_data["ties"])

    def clean(self) -> dict[str, Any]:
        """Ask for at least one of them."""
        data = super().clean() or {}
        if not self.errors and not any(data.values()):
            raise forms.ValidationError(gettext("Choose a list first: people, ties, or both."))
        return data

    def lists(self) -> dict[str, UploadedFile]:
        """What was sent."""
        return {name: sent for name, sent in self.cleaned_data.items() if sent}


def _readable(sent: UploadedFile | None) -> UploadedFile | None:
    if not sent:
        return None
    if (sent.size or 0) > LARGEST:
        raise forms.ValidationError(
            gettext("This file is larger than 20 MB. Send the list in parts, or without pictures.")
        )
    try:
        read_table(sent.read(), sent.name or "")
    except UnreadableTable as fault:
        raise forms.ValidationError(
            [refusal_sentence(fault), gettext("Nothing was saved.")]
        ) from None
    finally:
        sent.seek(0)
    return sent
