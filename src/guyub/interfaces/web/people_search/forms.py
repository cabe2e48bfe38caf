"""A question to the list of people, as a row of small forms: one for each condition.

It stands in the address (kind-0=place&which-0=…), so that it can be kept, sent and gone back to. No
name and nothing confidential is in it: a place, a number or a choice, at most somebody's key.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from guyub.core.actor import Actor
from guyub.core.queries import communities_below, place_names
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.vocabulary import (
    GATHERINGS,
    OPEN_PROMISE,
    OVERDUE_PROMISE,
    SLOTS,
    Condition,
    ConditionKind,
    EncounterKind,
    Gender,
    LadderStep,
    LifeArea,
    Outcome,
    Part,
    Trait,
)
from guyub.interfaces.submissions.forms import DeedForm
from guyub.interfaces.submissions.scales import anchors
from guyub.interfaces.web.frame.question_address import PLAIN

# With what each kind begins when it is added. Our choice: what is asked most.
_FIRST: dict[ConditionKind, dict[str, Any]] = {
    ConditionKind.AGE: {"least": 16, "most": 30},
    ConditionKind.MET: {"most": 30},
    ConditionKind.ATTENDED: {"least": 3, "most": 5},
    ConditionKind.PART: {"choice": Part.BROUGHT, "least": 1},
    ConditionKind.PROMISE: {"choice": OPEN_PROMISE, "least": 1},
    ConditionKind.LADDER: {"choice": LadderStep.PARTICIPANT},
    ConditionKind.STANCE: {"least": 1, "most": 2},
    ConditionKind.TRAIT: {"choice": Trait.INITIATIVE, "least": 3},
}

_NUMBERS: dict[ConditionKind, tuple[Any, Any]] = {
    ConditionKind.AGE: (_("from"), _("to")),
    ConditionKind.MET: ("", _("days")),
    ConditionKind.ATTENDED: (_("at least"), _("of the last")),
    ConditionKind.PART: (_("how often at least"), ""),
    ConditionKind.PROMISE: (_("how many at least"), ""),
    ConditionKind.CONCERN: (_("how deeply at least"), ""),
    ConditionKind.TRAIT: (_("at least"), ""),
    ConditionKind.STANCE: (_("from"), _("to")),
}


class ConditionForm(forms.Form):
    """One condition. Which fields it has follows from its kind."""

    kind = forms.CharField(widget=forms.HiddenInput)
    alternative = forms.ChoiceField(
        label=_("Together with the one before"),
        required=False,
        choices=[("", _("and")), ("on", _("or else"))],
    )
    negated = forms.ChoiceField(
        label=_("Is this right?"), required=False, choices=[("", _("yes")), ("on", _("no"))]
    )

    def __init__(self, actor: Actor, kind: ConditionKind, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.of = kind
        slots = SLOTS[kind]
        for name in (*slots.needs, *slots.may):
            required = name in slots.needs
            field = self._field(actor, name, required, slots.bounds)
            self.fields[name] = field
        if self.prefix == "0":
            del self.fields["alternative"]

    @property
    def words(self) -> str:
        """How the condition is called."""
        return str(self.of.label)

    def condition(self) -> Condition:
        """What is asked."""
        told = {name: self.cleaned_data.get(name) for name in PLAIN}
        return Condition(
            kind=self.of,
            negated=bool(self.cleaned_data["negated"]),
            alternative=bool(self.cleaned_data.get("alternative")),
            which=told["which"],
            choice=told["choice"] or "",
            least=told["least"],
            most=told["most"],
        )

    def _field(
        self, actor: Actor, name: str, required: bool, bounds: tuple[int, int]
    ) -> forms.Field:
        if name == "which":
            return self._which(actor, required)
        if name == "choice":
            any_one = [] if required else [("", _("any"))]
            found = [*any_one, *_choices(actor, self.of)]
            return forms.ChoiceField(label=_("Which?"), required=required, choices=found)
        label = _NUMBERS[self.of][name == "most"]
        if self.of == ConditionKind.STANCE:
            return forms.TypedChoiceField(label=label, coerce=int, choices=anchors(Trait.STANCE))
        least, most = bounds
        return forms.IntegerField(label=label, required=required, min_value=least, max_value=most)

    def _which(self, actor: Actor, required: bool) -> forms.Field:
        if self.of == ConditionKind.TIED:
            return forms.UUIDField(widget=forms.HiddenInput)
        if self.of == ConditionKind.THEME:
            found = [(str(row.id), row.name) for row in listen.themes(actor)]
        else:
            found = [(str(key), name) for key, name in place_names(actor).items()]
        any_one = [] if required else [("", _("anywhere here"))]
        return forms.TypedChoiceField(
            label=_("Which?") if self.of == ConditionKind.THEME else _("Where"),
            required=required,
            coerce=uuid.UUID,
            empty_value=None,
            choices=[*any_one, *found],
        )


class KeepQuestionForm(DeedForm):
    """The name under which a question is kept, and whether the team shares it."""

    name = forms.CharField(label=_("Save as"), max_length=120, required=False)
    shared = forms.BooleanField(label=_("Share it with the team"), required=False)


class TogetherForm(DeedForm):
    """What is to be done with many people at once."""

    deed = forms.ChoiceField(
        label=_("What?"),
        choices=[
            ("label", _("Add to a group")),
            ("unlabel", _("Remove from a group")),
            ("visit", _("Plan a visit by me")),
        ],
    )
    label = forms.CharField(label=_("Group"), max_length=60, required=False)
    planned_on = forms.DateField(
        label=_("Starting when?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    whom = forms.ChoiceField(
        label=_("Who?"), choices=[("all", _("all of them")), ("ticked", _("those ticked here"))]
    )
    people = forms.TypedMultipleChoiceField(required=False, coerce=uuid.UUID)

    def __init__(self, shown: Iterable[uuid.UUID], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["people"].choices = [(str(each), "") for each in shown]  # type: ignore[attr-defined]


def condition_forms(actor: Actor, asked: QueryDict) -> list[ConditionForm]:
    """The conditions that stand in an address, in their order; those of no known kind are not."""
    found = []
    for number in range(listen.MOST_CONDITIONS):
        kind = asked.get(f"{number}-kind")
        if kind in ConditionKind.values:
            found.append(ConditionForm(actor, ConditionKind(kind), asked, prefix=str(number)))
    return found


def new_condition(actor: Actor, kind: ConditionKind) -> Condition:
    """A condition of this kind as it is added."""
    first = dict(_FIRST.get(kind, {}))
    if kind == ConditionKind.PLACE:
        first["which"] = communities_below(actor)[-1][0]
    elif kind == ConditionKind.THEME:
        first["which"] = listen.themes(actor)[0].id
    elif "choice" in SLOTS[kind].needs and "choice" not in first:
        first["choice"] = str(_choices(actor, kind)[0][0])
    return Condition(kind=kind, **first)


def kinds(actor: Actor) -> list[tuple[str, Any]]:
    """The kinds of conditions that somebody may add here."""
    lacking = {
        # Whoever ties are asked about is chosen on their own page.
        ConditionKind.TIED: True,
        ConditionKind.THEME: not (may_write(actor) and listen.themes(actor)),
        ConditionKind.GROUP: not listen.groups(actor),
        ConditionKind.PLACE: len(communities_below(actor)) < 2,
    }
    return [
        (kind.value, kind.label)
        for kind in ConditionKind
        if actor.may(SLOTS[kind].permission) and not lacking.get(kind)
    ]


def may_write(actor: Actor) -> bool:
    """Whether somebody may note people, and so share questions."""
    return actor.may(SLOTS[ConditionKind.THEME].permission)


def _choices(actor: Actor, kind: ConditionKind) -> list[tuple[str, Any]]:
    if kind == ConditionKind.GROUP:
        return [(each, each) for each in listen.groups(actor)]
    if kind == ConditionKind.PROMISE:
        return [(OPEN_PROMISE, _("open")), (OVERDUE_PROMISE, _("overdue")), *Outcome.choices]
    if kind == ConditionKind.ATTENDED:
        return [(each.value, each.label) for each in EncounterKind if each in GATHERINGS]
    if kind == ConditionKind.TRAIT:
        return [(each.value, each.label) for each in Trait if each != Trait.STANCE]
    return {
        ConditionKind.GENDER: Gender.choices,
        ConditionKind.PART: Part.choices,
        ConditionKind.CONCERN: LifeArea.choices,
        ConditionKind.LADDER: LadderStep.choices,
    }[kind]
