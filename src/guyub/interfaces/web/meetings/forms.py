"""The forms of meetings: to plan one, to note who came, and what came of it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guyub.core.actor import Actor
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.queries import MeetingCard
from guyub.cycle.listen.vocabulary import Part
from guyub.cycle.listen.vocabulary.meetings import GATHERINGS
from guyub.interfaces.submissions.fields import chips, several_chips, ticked, words_field
from guyub.interfaces.submissions.forms import DeedForm

# As many of one name as one looks through; our choice.
_MOST_OFFERED = 20


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
    """A meeting that is planned, and whose it is. people: who is invited, unless unticked."""

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
    invited = several_chips([], _("Who is invited?"))
    field_order = ("title", "kind", "planned_on", "begins_at", "ends_at", "venue", "group")

    def __init__(
        self, actor: Actor, people: dict[uuid.UUID, str], *arguments: Any, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        self.fields["planned_on"].initial = timezone.localdate
        by_name = sorted(people.items(), key=lambda each: each[1].casefold())
        self.fields["invited"].choices = [  # type: ignore[attr-defined]
            (str(person), name) for person, name in by_name
        ]
        self.fields["invited"].initial = [str(person) for person in people]
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


# The worker's own name among those who do what was decided.
_MYSELF = "me"


class DecisionForm(DeedForm):
    """What was decided, who does it and by when.

    people: who may be chosen, by key. Somebody else is sought by `other`, a name or a part of it;
    where several bear it, these are offered (`among`).
    """

    decided = forms.CharField(label=_("What was decided?"), max_length=500)
    owner = forms.ChoiceField(label=_("Who does it?"), required=False)
    other = forms.CharField(
        label=_("Someone who was not there"),
        max_length=100,
        required=False,
        help_text=_("A name, or a part of it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    due_on = _day(_("By when?"))

    def __init__(self, people: Sequence[tuple[str, str]], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["due_on"].required = False
        self._offer(people)

    def _offer(self, people: Sequence[tuple[str, str]]) -> None:
        alone = [("", _("Nobody yet")), (_MYSELF, _("I do it myself"))]
        self.fields["owner"].choices = [*alone, *people]  # type: ignore[attr-defined]

    def seek(self, actor: Actor) -> None:
        """Find whom a name means; of several one is to be chosen, so these are offered instead."""
        name = self.cleaned_data["other"].strip()
        if self.cleaned_data["owner"] or not name:
            return
        rows = listen.people(actor, text=name, limit=_MOST_OFFERED).rows
        if len(rows) == 1:
            self.cleaned_data["owner"] = str(rows[0].id)
        elif rows:
            self._offer([(str(row.id), row.name) for row in rows])
            self.add_error("owner", _("Several people have that name: choose one."))
        else:
            self.add_error("other", _("Nobody else here has that name."))

    def decision(self) -> dict[str, Any]:
        """As the door reads it."""
        told = self.cleaned_data
        myself = told["owner"] == _MYSELF
        return {
            "decided": told["decided"],
            "owner": None if myself else told["owner"] or None,
            "by_worker": myself,
            "due_on": told["due_on"],
        }


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
