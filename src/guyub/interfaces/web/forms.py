"""The forms of the shell. They read what was typed; the doors decide."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from guyub.core.actor import Actor
from guyub.core.first_password import first_password
from guyub.core.identifiers import new_identifier
from guyub.core.permissions import Role, may_grant
from guyub.core.queries import communities_below
from guyub.core.vocabulary import CommunityKind
from guyub.interfaces.web.words import ROLE_SENTENCES


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


def _relabel(form: forms.Form, labels: dict[str, Any]) -> None:
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].widget.attrs.pop("placeholder", None)


class DeedForm(forms.Form):
    """A form that becomes one deed. Its key makes sending it twice harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=new_identifier)


class UndoForm(DeedForm):
    """The entry to take back."""

    entry = forms.UUIDField(widget=forms.HiddenInput)


class RoleForm(DeedForm):
    """A role among those that this person may give."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, actor: Actor, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.value, role.label) for role in Role if may_grant(actor.role, role)
        ]

    def role_choices(self) -> list[tuple[str, Any, Any]]:
        """Each role with its name and what it opens."""
        return [
            (value, label, ROLE_SENTENCES[Role(value)])
            for value, label in self.fields["role"].choices  # type: ignore[attr-defined]
        ]


class AccountForm(RoleForm):
    """Somebody who is to log in."""

    field_order = ("name", "username", "community", "role")
    name = forms.CharField(label=_("Name"), max_length=200)
    username = forms.CharField(
        label=_("Log-in name"),
        max_length=60,
        help_text=_("Small letters and digits, no spaces: siti or siti.aminah."),
    )
    community = forms.UUIDField(label=_("Where"), widget=forms.Select)
    password = forms.CharField(widget=forms.HiddenInput, initial=first_password, strip=False)

    def __init__(self, actor: Actor, *arguments: Any, **named: Any) -> None:
        super().__init__(actor, *arguments, **named)
        where = self.fields["community"]
        where.widget.choices = [
            (identifier, name) for identifier, _parent, name in communities_below(actor)
        ]
        where.initial = actor.community


class NewPasswordForm(DeedForm):
    """A new first password for somebody who forgot theirs."""

    password = forms.CharField(widget=forms.HiddenInput, initial=first_password, strip=False)


class ProfileForm(DeedForm):
    """How somebody wants to be called, and in which language they read."""

    name = forms.CharField(label=_("Name"), max_length=200)
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("As in the browser")), *settings.LANGUAGES],
    )


class NewCommunityForm(DeedForm):
    """A smaller community inside the opened one."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=CommunityKind.choices, initial=CommunityKind.DUSUN
    )
