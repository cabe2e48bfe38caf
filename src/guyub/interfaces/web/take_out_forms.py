"""The form with which people and ties are taken out."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guyub.core.actions.exports import LONGEST_REASON, SHORTEST_REASON, ExportFormat
from guyub.interfaces.web.answers import PageRequest

# What leaves, in which form, and what that is good for.
_FORMATS = (
    (
        ExportFormat.XLSX,
        _("People and ties, as a workbook (XLSX)"),
        _("Two sheets, for Excel or LibreOffice. Can be brought in again."),
    ),
    (
        ExportFormat.CSV,
        _("People and ties, as CSV"),
        _("Two tables in a ZIP file, for other programs. Can be brought in again."),
    ),
    (
        ExportFormat.GEXF,
        _("The network, for Gephi (GEXF)"),
        _("Who is tied to whom, to draw it and to count."),
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
        _("Numbers drawn anew for each file; no names, years of birth, households or offices."),
    ),
    ("with", _("With names"), _("As it stands in your book, without phone numbers.")),
)


class TakeOutForm(forms.Form):
    """What to take out, how, and why. It carries no key: each download is noted as one."""

    format = forms.ChoiceField(choices=[each[:2] for each in _FORMATS], initial="xlsx")
    names = forms.ChoiceField(choices=[each[:2] for each in _NAMES], initial="without")
    reason = forms.CharField(
        label=_("What is it for?"),
        help_text=_("One sentence, without names of people. It stays in the log."),
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        error_messages={
            "min_length": _("Say a little more: colleagues will read it in the log."),
        },
    )
    password = forms.CharField(
        label=_("Your password"),
        help_text=_("Once more, so that nobody takes the book along from an open screen."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: PageRequest, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._request = request

    def clean(self) -> dict[str, Any]:
        """Ask for the password last: a mistyped reason costs no try."""
        data = super().clean() or {}
        if not self.errors and not self._is_own_password(data["password"]):
            self.add_error("password", gettext("This password is not right."))
        return data

    def _is_own_password(self, password: str) -> bool:
        user = self._request.user
        if not ratelimit.consume(self._request, action="reauthenticate", user=user):
            tried = gettext("That was tried too often. Wait a minute, then try again.")
            raise forms.ValidationError(tried)
        return get_adapter(self._request).reauthenticate(user, password)

    @property
    def format_choices(self) -> tuple[tuple[Any, Any, Any], ...]:
        """Each kind of file with its name and what it is good for."""
        return _FORMATS

    @property
    def names_choices(self) -> tuple[tuple[Any, Any, Any], ...]:
        """With names or without, and what that means."""
        return _NAMES
