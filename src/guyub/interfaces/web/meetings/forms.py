"""The forms of meetings: to plan one, to note who came, and what came of it."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guyub.core.actor import Actor
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.queries import MeetingCard
from guyub.cycle.listen.vocabulary import Part
from guyub.cycle.listen.vocabulary.meetings import GATHERINGS
from guyub.interfaces.submissions.fields import chips, ticked, words_field
from guyub.interfaces.submissions.forms import DeedForm


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


def _hour(label: Any) -> forms.TimeField:
    shown = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, required=False, widget=shown)


class PlannedForm(DeedForm):
    """When and where; for a meeting that is planned anew or moved."""

    title = forms.CharField(
        label=_("What is it about?"),
        max_length=120,
        help_text=_("Anyone who can read about people here can see it."),
    )
    planned_on = _day(_("Which day?"))
    begins_at = _hour(_("Start time"))
    ends_at = _hour(_("End time, if known"))
    venue = forms.CharField(label=_("Where?"), max_length=200, required=False)


class NewMeetingForm(PlannedForm):
    """A meeting that is planned, and whose it is."""

    kind = chips(
        [(each.value, each.label) for each in GATHERINGS],
        _("What kind of gathering?"),
        GATHERINGS[0].value,
    )
    group = forms.CharField(
        label=_("Which group meets?"),
        max_length=80,
        required=False,
        help_text=_("Everyone in the group is invited. Leave empty if it is for everyone."),
        widget=forms.TextInput(attrs={"list": "groups", "autocomplete": "off"}),
    )
    field_order = ("title", "kind", "planned_on", "begins_at", "ends_at", "venue", "group")

    def __init__(self, actor: Actor, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["planned_on"].initial = timezone.localdate
        self.groups = listen.groups(actor)


class PersonOfMeetingForm(DeedForm):
    """Somebody who is invited, or came."""

    person = forms.UUIDField()


class ArrivalForm(PersonOfMeetingForm):
    """Somebody who came, what they did, and who had them come along."""

    part = forms.ChoiceField(choices=Part.choices, required=False)
    brought_by = forms.UUIDField(required=False)

    def arrival(self) -> dict[str, Any]:
        """As the door reads it."""
        told = self.cleaned_data
        part = told["part"] or Part.PRESENT
        return {"person": told["person"], "part": part, "brought_by": told["brought_by"]}


class NewcomerForm(DeedForm):
    """Somebody whom nobody has noted yet: the first name is enough."""

    name = forms.CharField(label=_("Someone new"), max_length=200)


class CancelForm(DeedForm):
    """Why a meeting does not take place."""

    why = forms.CharField(label=_("Why not?"), max_length=300, required=False)


class MinutesForm(DeedForm):
    """How many came, and what was said."""

    head_count = forms.IntegerField(
        label=_("How many came in total?"), min_value=0, max_value=1_000_000, required=False
    )
    summary = words_field(_("What was said?"), 5)
    open_summary = forms.BooleanField(
        label=_("Anyone who can read about people here can read this"),
        required=False,
        widget=ticked(),
    )

    @classmethod
    def of(cls, card: MeetingCard) -> MinutesForm:
        """The form with what is written already."""
        told = {name: getattr(card, name) for name in ("head_count", "summary", "open_summary")}
        return cls(initial=told)


class DecisionForm(DeedForm):
    """What was decided."""

    decided = forms.CharField(label=_("What was decided?"), max_length=500)


class CalendarLinkForm(DeedForm):
    """Whether a calendar program may read what meetings are about."""

    telling = forms.BooleanField(
        label=_("Also show the subject and place"), required=False, widget=ticked()
    )


def chosen(value: str) -> uuid.UUID | None:
    """A key that stands in an address; nothing where none does."""
    try:
        return uuid.UUID(value)
    except ValueError:
        return None
