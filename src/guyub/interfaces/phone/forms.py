"""The forms as a page shows them that is kept for longer than a day, and holds nobody's data."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guyub.interfaces.submissions.conversation import SOON, ConversationForm


class KeptConversationForm(ConversationForm):
    """A conversation; the phone turns what is said of today into days, and fills in the places."""

    several_places = True
    chosen_day = "now"

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["new_place"].widget = forms.Select()
        self.fields["new_place"].choices = []  # type: ignore[attr-defined]

    @property
    def days(self) -> list[tuple[str, Any]]:
        """The times that most conversations are noted at, by a name."""
        return [
            ("now", _("Just now")),
            ("morning", _("This morning")),
            ("yesterday", _("Yesterday")),
        ]

    @property
    def soon(self) -> list[tuple[str, Any]]:
        """The days by which most promises are due, by how far ahead they are."""
        return [(str(days), words) for days, words in SOON]
