"""What one notes after a conversation. Who and when is enough; all else is offered."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guyub.core.actor import Actor
from guyub.core.permissions import Permission
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.vocabulary import EncounterKind, InitiatedBy, LifeArea, Trait, labels
from guyub.interfaces.web.forms import DeedForm
from guyub.interfaces.web.scales import anchors

# Promises that one conversation may hold; our choice.
PROMISES = (1, 2, 3)

# Whom one looks for by name: who was there, and whom they told of.
PICKED = ("people", "advice", "news")

# What is about one person: with several there, nobody could tell about whom.
_ABOUT_ONE = ("life_area", "own_words", "depth", "advice", "news", "stance", "next_on", "promise_1")


class PeopleField(forms.Field):
    """People chosen on the page, each once."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> list[uuid.UUID]:
        """The keys of those who were chosen."""
        try:
            return list(dict.fromkeys(uuid.UUID(str(each)) for each in value or ()))
        except ValueError:
            raise forms.ValidationError(_("Choose people from the list.")) from None


def _day(label: Any) -> forms.DateField:
    shown = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=False, widget=shown)


def _words(label: Any, rows: int = 3, help_text: Any = "") -> forms.CharField:
    shown = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, max_length=10_000, required=False, widget=shown, help_text=help_text
    )


def _number(label: Any, choices: list[tuple[Any, Any]]) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, required=False, coerce=int, empty_value=None, choices=choices
    )


class NoteForm(DeedForm):
    """A conversation: who, when, and what came of it."""

    # The planned visit that it was, and whose page one came from.
    visit = forms.UUIDField(required=False, widget=forms.HiddenInput)
    person = forms.UUIDField(required=False, widget=forms.HiddenInput)
    people = PeopleField(label=_("Who was there?"), required=False)
    new_names = forms.CharField(
        label=_("Somebody new"),
        max_length=400,
        required=False,
        help_text=_("The first name alone is enough. Put a comma between two people."),
    )
    others = forms.IntegerField(
        label=_("And how many others?"), min_value=0, max_value=100_000, required=False
    )
    when = forms.DateField(required=False)
    day = _day(_("Another day"))
    kind = forms.ChoiceField(
        label=_("What kind of conversation?"),
        choices=EncounterKind.choices,
        initial=EncounterKind.ONE_ON_ONE,
    )
    place = forms.CharField(label=_("Where did you meet?"), max_length=200, required=False)
    initiated_by = forms.ChoiceField(
        label=_("Who wanted to meet?"),
        choices=[(InitiatedBy.WORKER, _("I did")), (InitiatedBy.MEMBER, _("They did"))],
        initial=InitiatedBy.WORKER,
    )
    summary = _words(_("What was said?"), 4)
    open_summary = forms.BooleanField(
        label=_("Everybody who may read about people here may read this"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "checkbox checkbox-primary checkbox-sm mt-0.5"}),
    )
    life_area = forms.ChoiceField(
        label=_("Which area of life?"),
        required=False,
        choices=[("", _("not chosen")), *LifeArea.choices],
    )
    own_words = _words(_("In their own words"))
    depth = _number(
        _("How much does it matter to them?"),
        [
            ("", _("not asked")),
            (1, _("1, a little")),
            (2, "2"),
            (3, "3"),
            (4, "4"),
            (5, _("5, more than almost anything")),
        ],
    )
    advice = PeopleField(label=_("Whom do they ask for advice?"), required=False)
    news = PeopleField(label=_("Who spreads news best?"), required=False)
    stance = _number(_("Where do they stand?"), [])
    next_on = _day(_("When do you meet again?"))

    def __init__(self, actor: Actor, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._actor = actor
        self.fields["stance"].choices = [  # type: ignore[attr-defined]
            ("", _("not known yet")),
            *anchors(Trait.STANCE),
        ]
        for number in PROMISES:
            self.fields[f"promise_{number}"] = forms.CharField(
                label=_("What did they promise?"), max_length=500, required=False
            )
            self.fields[f"due_{number}"] = _day(_("By when?"))
        if not actor.may(Permission.MAP_WRITE):
            del self.fields["advice"], self.fields["news"]

    @property
    def days(self) -> list[tuple[str, Any]]:
        """The days that most conversations are noted on."""
        today = timezone.localdate()
        yesterday = today - timedelta(days=1)
        return [(today.isoformat(), _("Today")), (yesterday.isoformat(), _("Yesterday"))]

    @property
    def chosen_day(self) -> str:
        """The day that stands chosen."""
        return str(self["when"].value() or self.days[0][0])

    def picked(self, name: str) -> list[tuple[uuid.UUID, str]]:
        """Who is chosen in a field, by name; who is not known here is left out."""
        try:
            chosen = PeopleField(required=False).clean(self[name].value())
        except forms.ValidationError:
            return []
        names = listen.names(self._actor, set(chosen))
        return [(each, names[each]) for each in chosen if each in names]

    def opened(self) -> dict[str, bool]:
        """Which sections stand open: those with something in them, or something wrong."""
        return {
            section: any(self[name].value() or self[name].errors for name in names)
            for section, names in {
                "story": ("summary",),
                "concern": ("life_area", "own_words", "depth"),
                "ties": tuple(name for name in PICKED[1:] if name in self.fields),
                "stance": ("stance",),
                "promises": tuple(f"{what}_{n}" for what in ("promise", "due") for n in PROMISES),
                "next": ("next_on",),
            }.items()
        }

    def clean_new_names(self) -> tuple[str, ...]:
        """The names of new people, each once."""
        names = labels(self.cleaned_data["new_names"])
        if any(len(name) > 200 for name in names):
            raise forms.ValidationError(_("This name is too long."))
        return names

    def clean(self) -> dict[str, Any]:
        """Say in the form's own words what the doors would refuse."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        told["held_on"] = told.get("day") or told.get("when") or timezone.localdate()
        there = len(told.get("people") or ()) + len(told.get("new_names") or ())
        if not there and not told.get("others") and not self.errors:
            self.add_error("people", gettext("Choose who was there, or write how many."))
        if told["held_on"] > timezone.localdate():
            self.add_error("day", gettext("Choose today or an earlier day."))
        if told.get("next_on") and told["next_on"] < timezone.localdate():
            self.add_error("next_on", gettext("Choose today or a later day."))
        if (told.get("own_words") or told.get("depth")) and not told.get("life_area"):
            self.add_error("life_area", gettext("Choose the area of life."))
        for number in PROMISES:
            if told.get(f"due_{number}") and not told.get(f"promise_{number}"):
                self.add_error(f"promise_{number}", gettext("Write what was promised."))
        self._about_one(told, there)
        return told

    def _about_one(self, told: Mapping[str, Any], there: int) -> None:
        sentence = gettext("This is about one person: choose only one above, or leave it empty.")
        names = [*_ABOUT_ONE, *(f"promise_{number}" for number in PROMISES[1:])]
        for name in names if there != 1 else ():
            if told.get(name):
                self.add_error(name, sentence)
        for name in PICKED[1:]:
            if set(told.get(name) or ()) & set(told.get("people") or ()):
                self.add_error(name, gettext("A tie needs two people."))


def held_on(form: NoteForm) -> date:
    """The day of the conversation."""
    day: date = form.cleaned_data["held_on"]
    return day
