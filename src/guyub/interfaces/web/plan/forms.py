"""What is wished of a starting plan, as one fills it in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from guyub.cycle.start.analysis import HoursWished, PlanWishes
from guyub.interfaces.submissions.fields import ticked
from guyub.interfaces.submissions.forms import DeedForm
from guyub.interfaces.web.plan.choices import (
    FAIR_AIMS,
    FAIR_BY,
    MOST_FOR,
    OBJECTIVES,
    SPREADS,
    TIMES,
)

# A conversation that is one, with the way there; and where the way is long. Our choice.
_VISIT_HOURS, _FAR_HOURS = 2.0, 4.0

_MOST_HOURS = 500


_NO_GROUPS = _("A plan can balance groups for news, not for a habit. Choose one.")

# What a plan for a habit cannot do besides.
_NOT_FOR_A_HABIT = {
    "fair_by": _NO_GROUPS,
    "most_for": _NO_GROUPS,
    "hours": _("A plan can be limited by hours for news, not for a habit. Choose one."),
    "competitive": _("A plan cannot include opponents of a habit. Choose one."),
}


# The kinds of evidence of who starts things, by the names of the engine.
EVIDENCE = ("acts", "traits", "named")


def _times(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=TIMES.items(), required=False, initial="1")


def _hours(label: Any, *, least: float = 0.25, initial: float | None = None) -> forms.FloatField:
    return forms.FloatField(
        label=label,
        required=False,
        localize=True,
        min_value=least,
        max_value=_MOST_HOURS,
        initial=initial,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


class PlanForm(DeedForm):
    """How many to begin with, or how many hours, what is to spread, and who is looked to.

    Who is left out, has begun or was chosen by hand stands beside it, one field for each person.
    """

    count = forms.IntegerField(
        label=_("How many people to start with"), min_value=1, max_value=20, initial=5
    )
    needs = forms.TypedChoiceField(
        label=_("What is to spread"),
        choices=SPREADS.items(),
        coerce=int,
        required=False,
        initial=PlanWishes.needs,
    )
    competitive = forms.BooleanField(
        label=_("Active opponents speak against it"),
        required=False,
        widget=ticked(),
    )
    fair_by = forms.ChoiceField(label=_("Balance groups"), choices=FAIR_BY.items(), required=False)
    aim = forms.ChoiceField(
        label=_("In which way"), choices=FAIR_AIMS.items(), required=False, initial=PlanWishes.aim
    )
    most_for = forms.ChoiceField(label=_("Priority group"), required=False)
    hours = _hours(_("Hours available for visits"))
    visit_hours = _hours(_("Hours for one visit, including travel"), initial=_VISIT_HOURS)
    far = forms.MultipleChoiceField(label=_("Farther away"), required=False)
    far_hours = _hours(_("Hours for a visit there"), initial=_FAR_HOURS)
    households = forms.BooleanField(
        label=_("People in one house are met in one visit"),
        required=False,
        widget=ticked(),
    )
    objective = forms.ChoiceField(
        label=_("What to look for"),
        choices=OBJECTIVES.items(),
        required=False,
        initial=PlanWishes.objective,
    )
    acts = _times(_("What people did in the last year"))
    traits = _times(_("What the team observed"))
    named = _times(_("Who others name"))

    # Whether it turned out that too little is known for what was asked.
    too_little_heard = False

    def __init__(self, places: Iterable[str], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        named_places = list(places)
        field = cast(forms.ChoiceField, self.fields["most_for"])
        field.choices = [
            *MOST_FOR.items(),
            *((f"sub_community={each}", each) for each in named_places),
        ]
        cast(forms.ChoiceField, self.fields["far"]).choices = [
            (each, each) for each in named_places
        ]

    def clean_needs(self) -> int:
        """News, where nothing else was said."""
        return self.cleaned_data["needs"] or PlanWishes.needs

    def clean_aim(self) -> str:
        """Evenly, where nothing else was said."""
        return self.cleaned_data["aim"] or PlanWishes.aim

    def clean_objective(self) -> str:
        """Self-starters, where nothing else was said."""
        return self.cleaned_data["objective"] or PlanWishes.objective

    def clean(self) -> dict[str, Any]:
        """What cannot be had in one plan; each fault stands at the wish that is to give way."""
        given = super().clean() or {}
        habit = given.get("needs", PlanWishes.needs) != PlanWishes.needs
        groups = given.get("fair_by") or given.get("most_for")
        told = {name for name in _NOT_FOR_A_HABIT if given.get(name)}
        if habit:
            for name in told - ({"most_for"} if given.get("fair_by") else set()):
                self.add_error(name, _NOT_FOR_A_HABIT[name])
        if given.get("fair_by") and given.get("most_for"):
            self.add_error("most_for", _("Choose one: every group, or one group first."))
        if groups and given.get("hours"):
            self.add_error("hours", _("Choose groups or hours: a plan cannot do both."))
        return given

    def wishes(self) -> dict[str, Any]:
        """What was filled in, as the analysis takes it."""
        told = self.cleaned_data
        by, _equals, name = told["most_for"].partition("=")
        groups = (
            {"fair_by": by, "aim": f"wanted:{name}"}
            if by
            else {"fair_by": told["fair_by"], "aim": told["aim"]}
        )
        return {
            "count": told["count"],
            "needs": told["needs"],
            "competitive": told["competitive"],
            "objective": told["objective"],
            "evidence": {name: float(told[name]) for name in EVIDENCE if told[name]},
            "hours": self._hours_wished(),
            **groups,
        }

    def _hours_wished(self) -> HoursWished | None:
        told = self.cleaned_data
        if not told["hours"]:
            return None
        return HoursWished(
            there=told["hours"],
            each=told["visit_hours"] or _VISIT_HOURS,
            by_place=dict.fromkeys(told["far"], told["far_hours"] or _FAR_HOURS),
            households=told["households"],
        )

    def filled_in(self) -> dict[str, Any]:
        """The form as it was filled in, to be shown again beside the plan."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "key" and value not in (None, "", False, [])
        }
