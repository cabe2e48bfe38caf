"""Who hears when, as its page shows it: one plan, or two in the same simulations."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guyub.core.actor import Actor
from guyub.cycle.start.analysis import Followed, FollowedPlan, Picture, PlanRecord, followed
from guyub.cycle.start.queries import KeptPlan, PlanLine
from guyub.interfaces.web.plan.choices import SPREADS
from guyub.interfaces.web.plan.page import names_of

# From how many of a hundred simulations on somebody is painted in each shade. Our choice.
_SHADES = (1, 25, 50, 75)

# From how many of a hundred simulations on it is said that somebody hears. Our choice: more often
# than not.
_HEARS = 50


class FollowForm(forms.Form):
    """Which plan is followed, beside which other, and as what."""

    plan = forms.TypedChoiceField(label=gettext_lazy("Plan"), coerce=uuid.UUID)
    beside = forms.TypedChoiceField(
        label=gettext_lazy("Beside it"), coerce=uuid.UUID, required=False, empty_value=None
    )
    needs = forms.TypedChoiceField(
        label=gettext_lazy("What is to spread"), choices=SPREADS.items(), coerce=int
    )

    def __init__(self, lines: Sequence[PlanLine], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        told = [(str(line.id), _label(line)) for line in lines]
        for name, choices in (("plan", told), ("beside", [("", _("no other")), *told])):
            field = cast(forms.TypedChoiceField, self.fields[name])
            field.choices = choices


def _label(line: PlanLine) -> str:
    moment = timezone.localtime(line.made_at)
    return _("%(number)s: %(day)s, %(count)s people, %(name)s") % {
        "number": line.number,
        "day": date_format(moment, "j M H.i"),
        "count": line.count,
        "name": line.made_by,
    }


def following_context(actor: Actor, plans: Sequence[KeptPlan], needs: int) -> dict[str, Any]:
    """All that the page shows of these plans; the first is drawn as it was kept."""
    found = followed(actor, tuple(plan.id for plan in plans), needs=needs)
    records = [PlanRecord.of(plan) for plan in plans]
    picture = records[0].picture
    told = {str(person) for each in found.plans for person in each.heard}
    begun = {str(person) for each in records for person in each.begins_with}
    names = names_of(actor, told | begun | set(picture.people if picture else ()))
    last = max(each.ends for each in found.plans)
    return {
        "followed": [
            {
                "letter": letter,
                "names": [names[str(each)] for each in plan.begins_with if str(each) in names],
                "reach": each.reach[last],
                "picture": _picture(picture, plan, each, names, last) if picture else None,
                "hears": _hears(each, names, last),
            }
            for letter, plan, each in zip("AB", records, found.plans, strict=False)
        ],
        "rounds": [
            {"number": number, "reach": [each.reach[number] for each in found.plans]}
            for number in range(last + 1)
        ],
        "last": last,
        "needs": needs,
        "shared": _shared(records, names),
        "difference": _difference(found),
    }


def _picture(
    picture: Picture, plan: PlanRecord, each: FollowedPlan, names: dict[str, str], last: int
) -> dict[str, Any]:
    """The network with the shade of everybody in each round."""
    people = picture.people
    place = {person: number for number, person in enumerate(people)}
    heard = [each.heard.get(uuid.UUID(person)) for person in people]
    rounds = [
        [sum(rows[number] >= least for least in _SHADES) if rows else 0 for rows in heard]
        for number in range(last + 1)
    ]
    chosen = [str(person) for person in plan.begins_with]
    return {
        "x": picture.x,
        "y": picture.y,
        "ties": picture.ties,
        "names": [names.get(person, "") for person in people],
        "colours": {"heard": rounds[0]},
        "rounds": rounds,
        "chosen": [place[person] for person in chosen if person in place],
        "active": [],
    }


def _hears(each: FollowedPlan, names: dict[str, str], last: int) -> list[dict[str, Any]]:
    """Who hears more often than not, by the round in which they do."""
    rounds: list[list[str]] = [[] for _number in range(last + 1)]
    for person, rows in each.heard.items():
        heard = next((at for at in range(last + 1) if rows[at] >= _HEARS), None)
        if heard is not None and str(person) in names:
            rounds[heard].append(names[str(person)])
    return [
        {"number": number, "names": sorted(people)}
        for number, people in enumerate(rounds)
        if people
    ]


def _shared(plans: Sequence[PlanRecord], names: dict[str, str]) -> dict[str, list[str]] | None:
    """Who begins in both plans, and who in one of them only."""
    if len(plans) < 2:
        return None
    mine, theirs = (plan.begins_with for plan in plans)

    def called(people: list[uuid.UUID]) -> list[str]:
        return [names[str(each)] for each in people if str(each) in names]

    return {
        "both": called([each for each in mine if each in theirs]),
        "first": called([each for each in mine if each not in theirs]),
        "second": called([each for each in theirs if each not in mine]),
    }


def _difference(found: Followed) -> dict[str, Any] | None:
    """How many more one of two plans reaches, and which."""
    if found.more is None:
        return None
    more, low, high = found.more
    if low <= 0.0 <= high:
        return {"better": ""}
    if more > 0:
        return {"better": "B", "more": more, "low": low, "high": high}
    return {"better": "A", "more": -more, "low": -high, "high": -low}
