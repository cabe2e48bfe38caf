"""A form that asks for one's own password once more."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guyub.interfaces.web.frame.responses import PageRequest


class PasswordAgainForm(forms.Form):
    """Something that nobody is to do from an open screen of somebody else."""

    password = forms.CharField(
        label=_("Your password"),
        help_text=_("Enter it again, so nobody can do this from a screen left open."),
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
