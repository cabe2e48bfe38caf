"""The form with which people and ties are taken out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guyub.core.actions.exports import LONGEST_REASON, SHORTEST_REASON, ExportFormat
from guyub.interfaces.web.frame.password_confirmation import PasswordAgainForm

# What leaves, in which form, and what that is good for.
_FORMATS = (
    (
        ExportFormat.XLSX,
        _("People and ties, as a workbook (XLSX)"),
        _("Two sheets, for Excel or LibreOffice. Can be imported again."),
    ),
    (
        ExportFormat.CSV,
        _("People and ties, as CSV"),
        _("Two tables in a ZIP file, for other programs. Can be imported again."),
    ),
    (
        ExportFormat.GEXF,
        _("The network, for Gephi (GEXF)"),
        _("Ties between people, to draw and to count."),
    ),
    (
        ExportFormat.GRAPHML,
        _("The network, for other programs (GraphML)"),
        _("For R, igraph, networkx, yEd and Gephi."),
    ),
)
_NAMES = (
    (
        "without",
        _("Without names"),
        _("New random numbers for each file; no names, birth years, households or offices."),
    ),
    ("with", _("With names"), _("As it is in your records, without phone numbers.")),
)


class SearchExportForm(PasswordAgainForm):
    """Why a list of people is taken out. It carries no key: each download is noted as one."""

    reason = forms.CharField(
        label=_("What is it for?"),
        help_text=_("One sentence, without people’s names. It stays in the log."),
        max_length=LONGEST_REASON,
    )
    field_order = ("reason", "password")


class ExportForm(PasswordAgainForm):
    """What to take out, how, and why. It carries no key: each download is noted as one."""

    format = forms.ChoiceField(choices=[each[:2] for each in _FORMATS], initial="xlsx")
    names = forms.ChoiceField(choices=[each[:2] for each in _NAMES], initial="without")
    reason = forms.CharField(
        label=_("What is it for?"),
        help_text=_("One sentence, without people’s names. It stays in the log."),
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        error_messages={
            "min_length": _("Say a little more: your colleagues will read it in the log."),
        },
    )
    field_order = ("format", "names", "reason", "password")

    @property
    def format_choices(self) -> tuple[tuple[Any, Any, Any], ...]:
        """Each kind of file with its name and what it is good for."""
        return _FORMATS

    @property
    def names_choices(self) -> tuple[tuple[Any, Any, Any], ...]:
        """With names or without, and what that means."""
        return _NAMES
