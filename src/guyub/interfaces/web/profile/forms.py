"""Logging in, one's own password and one's own profile."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from guyub.interfaces.submissions.forms import DeedForm


class LogInForm(LoginForm):
    """allauth's form with our words: a label says it, so a placeholder need not."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        _relabel(self, {"login": _("Log-in name"), "password": _("Password")})
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "autocorrect": "off"}


class OwnPasswordForm(ChangePasswordForm):
    """allauth's form with our words."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        labels = {
            "oldpassword": _("Present password"),
            "password1": _("New password"),
            "password2": _("New password, once more"),
        }
        _relabel(self, labels)
        self.fields["password1"].help_text = ""


class ProfileForm(DeedForm):
    """How somebody wants to be called, and in which language they read."""

    name = forms.CharField(label=_("Name"), max_length=200)
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("As in the browser")), *settings.LANGUAGES],
    )


def _relabel(form: forms.Form, labels: dict[str, Any]) -> None:
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].widget.attrs.pop("placeholder", None)
