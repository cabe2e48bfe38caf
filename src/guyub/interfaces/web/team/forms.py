"""Who belongs to the team, and in which role. The forms read what was typed; the doors decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guyub.core.actor import Actor
from guyub.core.first_password import first_password
from guyub.core.permissions import Role, may_grant
from guyub.core.queries import place_names
from guyub.interfaces.submissions.forms import DeedForm

ROLE_SENTENCES = {
    Role.MEMBER: _("Can see the community’s own page."),
    Role.VIEWER: _("Can see the page, who lives here and open notes, but no ties or promises."),
    Role.FIELD_WORKER: _(
        "Can note people, conversations and ties, and read their own confidential notes."
    ),
    Role.ORGANIZER: _("Can also import lists, and read everything the team noted."),
    Role.COORDINATOR: _("Can also manage the team, the log and exports."),
    Role.OWNER: _("Can do everything, and only owners can make others owners."),
}


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
        where.widget.choices = list(place_names(actor).items())
        where.initial = actor.community


class NewPasswordForm(DeedForm):
    """A new first password for somebody who forgot theirs."""

    password = forms.CharField(widget=forms.HiddenInput, initial=first_password, strip=False)
