"""The forms about somebody who lives here. They read what was typed; the doors decide."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guyub.core.action import Deed
from guyub.core.actor import Actor
from guyub.core.queries import place_names
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.queries import PersonCard
from guyub.cycle.listen.vocabulary import Gender, ListenPermission, PersonStatus, Trait
from guyub.cycle.listen.vocabulary.person_fields import PERSON_FIELDS, PersonField
from guyub.interfaces.submissions.forms import DeedForm
from guyub.interfaces.submissions.scales import anchors
from guyub.interfaces.web.people.fields import form_field, value_of

# As much of a name as somebody would look for.
_LONGEST_SEARCH = 100


class FindForm(forms.Form):
    """Whom somebody looks for in the list of people."""

    text = forms.CharField(
        label=_("Name or alias"),
        max_length=_LONGEST_SEARCH,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    community = forms.TypedChoiceField(label=_("Where"), required=False, coerce=uuid.UUID)
    gender = forms.ChoiceField(
        label=_("Gender"), required=False, choices=[("", _("Everyone")), *Gender.choices]
    )
    group = forms.ChoiceField(label=_("Group"), required=False)
    stance = forms.TypedChoiceField(
        label=_("Stance"),
        required=False,
        coerce=int,
        empty_value=None,
    )
    after = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, actor: Actor, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        # The opened community comes first.
        below = list(place_names(actor).items())[1:]
        self.fields["community"].choices = [  # type: ignore[attr-defined]
            ("", _("Everywhere here")),
            *((str(identifier), name) for identifier, name in below),
        ]
        if not below:
            del self.fields["community"]
        groups = listen.groups(actor)
        self.fields["group"].choices = [  # type: ignore[attr-defined]
            ("", _("All groups")),
            *((label, label) for label in groups),
        ]
        if not groups:
            del self.fields["group"]
        if actor.may(ListenPermission.WRITE):
            self.fields["stance"].choices = [  # type: ignore[attr-defined]
                ("", _("Any stance")),
                *anchors(Trait.STANCE),
            ]
        else:
            del self.fields["stance"]

    def asked(self) -> dict[str, Any]:
        """What was asked for, without what was left open."""
        return {name: value for name, value in self.cleaned_data.items() if value}


# What a form asks before all else; the other fields stand behind "More".
_FIRST = {"name", "community", "gender", "status"}
_MORE = tuple(name for name in PERSON_FIELDS if name not in _FIRST)


class PersonForm(DeedForm):
    """Somebody met for the first time."""

    def __init__(self, actor: Actor, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields |= {name: form_field(each) for name, each in self.asked_for().items()}
        where: Any = self.fields["community"]
        where.widget.choices = list(place_names(actor).items())
        where.initial = actor.community

    def asked_for(self) -> dict[str, PersonField]:
        """The fields of a person on this form: whoever is new here lives here."""
        return {name: each for name, each in PERSON_FIELDS.items() if name != "status"}

    def more(self) -> list[forms.BoundField]:
        """The fields that can wait."""
        return [self[name] for name in _MORE if name in self.fields]

    def more_is_wrong(self) -> bool:
        """Whether one of them has to be looked at again."""
        return any(name in self.errors for name in _MORE)


class ChangeForm(PersonForm):
    """What is different about somebody, beside all that was noted."""

    drop_visits = forms.BooleanField(
        label=_("Drop the visits that are planned with them"), required=False, initial=True
    )
    release_promises = forms.BooleanField(
        label=_("Drop their open promises"), required=False, initial=True
    )
    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, actor: Actor, card: PersonCard, *arguments: Any, **named: Any) -> None:
        # Whoever may not see a number would empty it by saving.
        self._hidden = card.protected and not actor.may(ListenPermission.RIGHTS)
        self._noted = {
            name: value_of(card.person, card.confidential, name) for name in self.asked_for()
        }
        super().__init__(actor, *arguments, initial=self._noted | {"seen": card.version}, **named)
        # The place of somebody is theirs, not the one that is opened.
        self.fields["community"].initial = card.person.community
        self._version = card.version

    def asked_for(self) -> dict[str, PersonField]:
        """All of them, but for what is confidential of somebody who must not be found."""
        return {
            name: each
            for name, each in PERSON_FIELDS.items()
            if not (each.confidential and self._hidden)
        }

    def clean_birth_year(self) -> int:
        """No year means that it is not known."""
        return self.cleaned_data["birth_year"] or 0

    def tell_what_stands_now(self) -> None:
        """After somebody else's change: keep what was typed, and say what they noted."""
        if self.cleaned_data["seen"] == self._version:
            return
        self.data = {**self.data.dict(), "seen": self._version}  # type: ignore[attr-defined]
        for name, noted in self._noted.items():
            if (self.cleaned_data.get(name) or "") != (self.fields[name].clean(noted or "") or ""):
                shown = dict(getattr(self.fields[name], "choices", ())).get(noted, noted)
                self.add_error(name, gettext("Now on record: %(noted)s") % {"noted": shown or "–"})


def leaving(form: ChangeForm, person: uuid.UUID) -> tuple[dict[str, Any], list[Deed]]:
    """What changes about somebody, and what nobody waits for once they are not here any more."""
    beside = {"key", "drop_visits", "release_promises"}
    told = {name: value for name, value in form.cleaned_data.items() if name not in beside}
    closed = {
        "visits": form.cleaned_data["drop_visits"],
        "promises": form.cleaned_data["release_promises"],
    }
    gone = told["status"] != PersonStatus.PRESENT and "status" in form.changed_data
    also = [Deed(action="listen.close_matters", data={"person": person, **closed})]
    return told | {"person": person}, also if gone and any(closed.values()) else []


_CHOOSE = {"required": _("Choose one of these.")}


class ObservationForm(DeedForm):
    """What somebody saw of a person: one trait, one of its anchored values, and the evidence."""

    value = forms.TypedChoiceField(
        label=_("How much of it?"), widget=forms.RadioSelect, coerce=int, error_messages=_CHOOSE
    )
    evidence = forms.CharField(
        label=_("What did you see or hear?"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "One sentence is enough. It is sealed: only you and the team’s planners can read it."
        ),
    )

    def __init__(self, trait: Trait, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["value"].choices = anchors(trait)  # type: ignore[attr-defined]


class MergeForm(DeedForm):
    """Which value stays where two records differ; and what both looked like to whoever decides."""

    seen = forms.CharField(max_length=200, widget=forms.HiddenInput)

    def __init__(self, fields: dict[str, Any], seen: str, data: Any = None) -> None:
        super().__init__(data, initial={"seen": seen})
        for name, (label, here, there, initial) in fields.items():
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=[("stays", here), ("goes", there)],
                initial=initial,
                widget=forms.RadioSelect,
            )
        self._names = list(fields)

    def taken(self) -> list[str]:
        """The fields whose value comes from the record that goes."""
        return [name for name in self._names if self.cleaned_data[name] == "goes"]

    def choices(self) -> list[forms.BoundField]:
        """What has to be decided."""
        return [self[name] for name in self._names]
