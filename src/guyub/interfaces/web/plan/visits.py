"""From a plan to visits: on which days, and by whom."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import Any

from django import forms
from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from guyub.core.action import Receipt
from guyub.core.actor import Actor
from guyub.cycle.listen.queries import colleagues
from guyub.cycle.listen.vocabulary import ListenPermission
from guyub.interfaces.submissions.forms import DeedForm
from guyub.interfaces.web.frame.responses import PageRequest

# A conversation that is one takes an hour and the way there; our choice.
_A_DAY = 2


class VisitsForm(DeedForm):
    """Who goes, from which day on, and to how many people a day."""

    begins_on = forms.DateField(
        label=_("Starting when?"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        initial=timezone.localdate,
    )
    each_day = forms.IntegerField(
        label=_("How many people a day?"), min_value=1, max_value=20, initial=_A_DAY
    )
    goes = forms.TypedChoiceField(label=_("Who goes?"), coerce=uuid.UUID)

    def __init__(self, actor: Actor, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if actor.may(ListenPermission.CONFIDENTIAL):
            self.fields["goes"].choices = [  # type: ignore[attr-defined]
                (str(each.id), each.name) for each in colleagues(actor)
            ]
            self.fields["goes"].initial = str(actor.account)
        else:
            del self.fields["goes"]

    def clean_begins_on(self) -> date:
        """Visits lie ahead."""
        begins_on: date = self.cleaned_data["begins_on"]
        if begins_on < timezone.localdate():
            raise forms.ValidationError(_("Choose today or a later day."))
        return begins_on

    def days(self) -> Iterator[date]:
        """The day of each visit, one after the other."""
        begins_on, each_day = self.cleaned_data["begins_on"], self.cleaned_data["each_day"]
        return (begins_on + timedelta(days=number // each_day) for number in count())

    def worker(self) -> uuid.UUID | None:
        """Who was chosen, where there was a choice."""
        return self.cleaned_data.get("goes")


def say_planned(request: PageRequest, done: Receipt) -> None:
    """Tell how many visits are planned, and who got none for which reason."""
    planned, awaited, met = (done.result[name] for name in ("planned", "awaited", "met"))
    said = [ngettext("%(count)s visit is planned.", "%(count)s visits are planned.", planned)]
    said[0] %= {"count": planned}
    if awaited:
        already = ngettext(
            "%(count)s person already had a visit planned.",
            "%(count)s people already had a visit planned.",
            awaited,
        )
        said.append(already % {"count": awaited})
    if met:
        said.append(said_met(met))
    messages.success(request, " ".join(said), extra_tags=str(done.entry) if planned else "")


def said_met(count: int) -> str:
    """Why some get no visit on that day."""
    said = ngettext(
        "%(count)s person was already met that day and gets no visit.",
        "%(count)s people were already met that day and get no visit.",
        count,
    )
    return said % {"count": count}
