"""What one notes after a conversation. Who and when is enough; all else is offered."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import formats, timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guyub.core.actor import Actor
from guyub.core.queries import place_names
from guyub.core.submissions import Submission
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.vocabulary import (
    EncounterKind,
    InitiatedBy,
    LifeArea,
    Part,
    TimeOfDay,
    Trait,
    labels,
)
from guyub.cycle.map.vocabulary import Capital, MapPermission, TieKind
from guyub.interfaces.submissions.conversation_rules import (
    PICKED,
    PROMISES,
    RULES,
    SEVERAL,
    SHOWN,
    SKILLS,
    TRAITS,
)
from guyub.interfaces.submissions.fields import (
    DayField,
    PeopleField,
    chips,
    depth_field,
    segments,
    several_chips,
    skill_field,
    ticked,
    words_field,
)
from guyub.interfaces.submissions.forms import SubmissionForm
from guyub.interfaces.submissions.offline import faults
from guyub.interfaces.submissions.scales import QUESTIONS, anchors

# Kinds of conversation that stand open: those of every day come first. Our choice.
_OFTEN = 4

# Places for somebody new that are tapped; more of them stand in a list. Our choice.
_TAPPED_PLACES = 8

# Kinds of tie that have a question of their own.
_ASKED = (TieKind.ADVICE, TieKind.NOMINATION, TieKind.ORGANISES)

# A promise is most often for the same day or the week after; our choice.
SOON = ((0, _("Today")), (7, _("In a week")))


class ConversationForm(SubmissionForm):
    """A conversation: who, when, and what came of it."""

    name = "conversation"
    version = 1
    several = SEVERAL
    of_each = ("part_",)
    beside = ("key", "person")
    rules = RULES
    shown = SHOWN

    # The planned visit that it was, and whose page one came from.
    visit = forms.UUIDField(required=False, widget=forms.HiddenInput)
    person = forms.UUIDField(required=False, widget=forms.HiddenInput)
    people = PeopleField(label=_("Who was there?"), required=False)
    # Of several who were there, the one of whom the rest of the page speaks.
    about = forms.UUIDField(required=False)
    new_names = forms.CharField(
        label=_("Someone new"),
        max_length=400,
        required=False,
        help_text=_("First names are enough. Put a comma between people."),
    )
    new_place = forms.TypedChoiceField(
        label=_("Where do they live?"), required=False, coerce=uuid.UUID, empty_value=None
    )
    # Where one person was there; of several it stands beside each.
    asked_to_lead = forms.BooleanField(
        label=_("I asked them to lead something"), required=False, widget=ticked()
    )
    others = forms.IntegerField(
        label=_("And how many others?"), min_value=0, max_value=100_000, required=False
    )
    when = forms.CharField(max_length=30, required=False)
    day = DayField(label=_("Another day"))
    month = forms.RegexField(
        r"^\d{4}-\d{2}$",
        label=_("Or only the month"),
        required=False,
        widget=forms.TextInput(attrs={"type": "month"}),
    )
    kind = chips(EncounterKind.choices, _("What kind of conversation?"), EncounterKind.ONE_ON_ONE)
    place = forms.CharField(label=_("Where did you meet?"), max_length=200, required=False)
    initiated_by = chips(
        [(InitiatedBy.WORKER, _("I did")), (InitiatedBy.MEMBER, _("They did"))],
        _("Who wanted to meet?"),
        InitiatedBy.WORKER,
    )
    summary = words_field(_("What was said?"), 4)
    open_summary = forms.BooleanField(
        label=_("Anyone who can read about people here can read this"),
        required=False,
        widget=ticked(),
    )
    own_words = words_field(_("In their own words"))
    life_area = several_chips(LifeArea.choices, _("Which area of life?"))
    depth = depth_field()
    sharing = PeopleField(label=_("Who do they share it with?"), required=False)
    advice = PeopleField(label=_("Who do they ask for advice?"), required=False)
    news = PeopleField(label=_("Who spreads news best?"), required=False)
    brings = PeopleField(label=_("Who do they bring along?"), required=False)
    known = PeopleField(label=_("Who else are they tied to?"), required=False)
    known_kind = chips(
        [each for each in TieKind.choices if each[0] not in _ASKED],
        _("How are they tied?"),
    )
    stance = chips([], _("Where do they stand?"))
    evidence = words_field(_("What did you see or hear that says so?"), 2)
    asset = forms.CharField(
        label=_("What do they have that may help all?"), max_length=120, required=False
    )
    asset_capital = forms.ChoiceField(
        label=_("What kind of thing is it?"),
        required=False,
        choices=[
            ("", _("not chosen")),
            *(each for each in Capital.choices if each[0] != Capital.HUMAN),
        ],
    )
    next_on = DayField(label=_("When do you meet again?"))

    def __init__(self, actor: Actor, *arguments: Any, **named: Any) -> None:
        super().__init__(actor, *arguments, **named)
        self.fields["stance"].choices = anchors(Trait.STANCE)  # type: ignore[attr-defined]
        places = list(place_names(actor).items())
        if len(places) <= _TAPPED_PLACES:
            self.fields["new_place"].widget = forms.RadioSelect()
        self.fields["new_place"].choices = places  # type: ignore[attr-defined]
        self.fields["new_place"].initial = actor.community
        for trait in TRAITS:
            self.fields[trait] = segments(QUESTIONS[trait], anchors(trait))
        for number in PROMISES:
            self.fields[f"promise_{number}"] = forms.CharField(
                label=_("What was promised?"), max_length=500, required=False
            )
            self.fields[f"due_{number}"] = DayField(label=_("By when?"))
            self.fields[f"soon_{number}"] = forms.DateField(required=False)
            self.fields[f"mine_{number}"] = forms.BooleanField(
                label=_("I promised it to them"),
                required=False,
                widget=forms.CheckboxInput(attrs={"class": "size-5 shrink-0 accent-primary"}),
            )
        for number in SKILLS:
            for name, field in skill_field(number).items():
                self.fields[name] = field
        skills = [name for name in self.fields if name.partition("_")[0] in _SKILL_NAMES]
        learnt = (*PICKED[2:], "known_kind", "asset", "asset_capital", *skills)
        self.withhold(MapPermission.WRITE, learnt)

    @property
    def days(self) -> list[tuple[str, Any]]:
        """The times that most conversations are noted at; said by date, so that they stay true."""
        now = timezone.localtime()
        today = now.date().isoformat()
        yesterday = (now.date() - timedelta(days=1)).isoformat()
        found = [(f"{today} {TimeOfDay.at(now.hour)}", _("Just now"))]
        if TimeOfDay.at(now.hour) != TimeOfDay.MORNING:
            found.append((f"{today} {TimeOfDay.MORNING}", _("This morning")))
        found.append((yesterday, _("Yesterday")))
        noted = str(self.initial.get("when") or self.data.get("when") or "")
        return found if noted in {"", *dict(found)} else [(noted, _said(noted)), *found]

    @property
    def chosen_day(self) -> str:
        """The time that stands chosen."""
        if self["day"].value() or self["month"].value():
            return ""
        return str(self["when"].value() or self.days[0][0])

    @property
    def several_places(self) -> bool:
        """Whether there is a smaller place to choose for somebody new."""
        return len(self.fields["new_place"].choices) > 1  # type: ignore[attr-defined]

    @property
    def kinds(self) -> dict[str, list[Any]]:
        """The kinds of conversation that are noted often, and those that are seldom."""
        every = list(self["kind"].subwidgets)
        return {"often": every[:_OFTEN], "seldom": every[_OFTEN:]}

    @property
    def traits(self) -> list[forms.BoundField]:
        """What one may have seen of somebody besides their stance."""
        return [self[trait] for trait in TRAITS]

    @property
    def promises(self) -> list[tuple[forms.BoundField, ...]]:
        """What was promised, by when (soon, or on a day), and whether by the worker."""
        names = ("promise", "soon", "due", "mine")
        return [tuple(self[f"{name}_{n}"] for name in names) for n in PROMISES]

    @property
    def soon(self) -> list[tuple[str, Any]]:
        """The days by which most promises are due."""
        return [((self.today + timedelta(days=days)).isoformat(), words) for days, words in SOON]

    @property
    def skills(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """What somebody can do, how well, and whether they would teach it."""
        return [(self[f"skill_{n}"], self[f"level_{n}"], self[f"teaches_{n}"]) for n in SKILLS]

    def picked(self, name: str) -> list[tuple[uuid.UUID, str]]:
        """Who is chosen in a field, by name; who is not known here is left out."""
        try:
            chosen = PeopleField(required=False).clean(self[name].value())
        except forms.ValidationError:
            return []
        names = listen.names(self._actor, set(chosen))
        return [(each, names[each]) for each in chosen if each in names]

    def part_of(self, person: uuid.UUID) -> Part:
        """What somebody did in a meeting; being there, unless something else was chosen."""
        told = str(self.data.get(f"part_{person}", ""))
        return Part(told) if told in Part.values else Part.PRESENT

    def opened(self) -> dict[str, bool]:
        """Which sections stand open: those with something in them, or something wrong."""
        usual: dict[str, Any] = {"initiated_by": InitiatedBy.WORKER, "known_kind": ""}
        usual["asked_to_lead"] = False
        usual["kind"] = EncounterKind.ONE_ON_ONE
        often = {choice.data["value"] for choice in self.kinds["often"]}
        usual["kind"] = self["kind"].value() if self["kind"].value() in often else usual["kind"]
        return {
            section: any(
                self[name].errors or self[name].value() not in (None, "", [], usual.get(name))
                for name in names
                if name in self.fields
            )
            for section, names in {
                "more": ("day", "month", "place", "others", "kind", "initiated_by"),
                "story": ("summary",),
                "ties": (*PICKED[3:], "known_kind"),
                "gifts": ("asset", *(f"skill_{n}" for n in SKILLS)),
                "traits": ("evidence", *TRAITS),
                "next": ("asked_to_lead", "next_on"),
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
        self._when(told)
        there = len(told.get("people") or ()) + len(told.get("new_names") or ())
        for name, sentence in faults(RULES, told, there=there, today=self.today):
            if name != "people" or not self.errors:
                self.add_error(name, sentence)
        # A day that was written is meant more exactly than one that was tapped.
        told |= {f"due_{n}": told.get(f"due_{n}") or told.get(f"soon_{n}") for n in PROMISES}
        return told

    def _when(self, told: dict[str, Any]) -> None:
        """Into `held_on`, `time_of_day` and `month_only`, whichever was said most exactly."""
        told |= {"held_on": self.today, "time_of_day": TimeOfDay.UNKNOWN, "month_only": False}
        said, _space, time = str(told.get("when") or "").partition(" ")
        if told.get("day"):
            told["held_on"] = told["day"]
        elif told.get("month"):
            said, told["month_only"] = f"{told['month']}-01", True
        elif time in TimeOfDay.values:
            told["time_of_day"] = TimeOfDay(time)
        if not told.get("day") and said:
            try:
                told["held_on"] = date.fromisoformat(said)
            except ValueError:
                self.add_error("when", gettext("Choose when it was."))
        if told["held_on"] > self.today and not told.get("day") and not told.get("month"):
            self.add_error("when", gettext("Choose today or an earlier day."))

    def initial_from(self, answers: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        """Answers that were given before; a day that was tapped then is written out."""
        given = dict(answers)
        for n in PROMISES:
            if soon := given.pop(f"soon_{n}", None):
                given.setdefault(f"due_{n}", soon)
        return super().initial_from(given)


def met_today(person: uuid.UUID, key: uuid.UUID, *, visit: uuid.UUID | None = None) -> Submission:
    """That one met somebody today, and no more; visit: the planned one that it was."""
    answers = {
        "people": [str(person)],
        "kind": [EncounterKind.ONE_ON_ONE.value],
        "initiated_by": [InitiatedBy.WORKER.value],
        "when": [timezone.localdate().isoformat()],
    }
    if visit:
        answers["visit"] = [str(visit)]
    return Submission(
        form=ConversationForm.name, version=ConversationForm.version, key=key, answers=answers
    )


def _said(when: str) -> str:
    """A day and a time of day that were noted before, in words."""
    day, _space, time = when.partition(" ")
    try:
        shown = formats.date_format(date.fromisoformat(day), "j M")
    except ValueError:
        return when
    return f"{shown}, {TimeOfDay(time).label}" if time in TimeOfDay.values and time else shown


_SKILL_NAMES = frozenset({"skill", "level", "teaches"})
