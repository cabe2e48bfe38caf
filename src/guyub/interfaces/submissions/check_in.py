"""Who came to a meeting, noted at the door."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guyub.core.action import Deed
from guyub.core.actor import Actor
from guyub.core.errors import Missing
from guyub.core.submissions import Submission, reader
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.vocabulary import labels
from guyub.interfaces.submissions.fields import PeopleField
from guyub.interfaces.submissions.forms import SubmissionForm, filled
from guyub.interfaces.submissions.offline import Shown


class CheckInForm(SubmissionForm):
    """Who came in; that people come together is said with it, be it for the second time."""

    name = "check_in"
    version = 1
    several = ("people",)
    shown = Shown(
        people="people",
        new="new_names",
        rows=(
            {"kind": "begun", "id": "{meeting}", "data": {"meeting": "{meeting}"}},
            {
                "kind": "arrival",
                "each": "there",
                "id": "{meeting} {each}",
                "data": {"meeting": "{meeting}", "person": "{each}"},
            },
        ),
    )

    meeting = forms.UUIDField(label=_("Meeting"))
    people = PeopleField(label=_("Who came?"), required=False)
    new_names = forms.CharField(label=_("Someone new"), max_length=400, required=False)

    def clean_new_names(self) -> tuple[str, ...]:
        """The names of new people, each once."""
        names = labels(self.cleaned_data["new_names"])
        if any(len(name) > 200 for name in names):
            raise forms.ValidationError(_("This name is too long."))
        return names


@reader("check_in", 1)
def read_check_in(actor: Actor, submission: Submission) -> Sequence[Deed]:
    """Get to know who is new, hold the meeting, and note who came."""
    told = filled(CheckInForm, actor, submission).cleaned_data
    key, meeting = submission.key, told["meeting"]
    new = [(uuid.uuid5(key, f"person {name}"), name) for name in told["new_names"]]
    home = _home(actor, meeting) if new else None
    said: list[tuple[str, str, dict[str, Any]]] = [
        ("listen.add_person", f"add {name}", {"id": person, "name": name, "community": home})
        for person, name in new
    ]
    said.append(("listen.hold_meeting", "hold", {"meeting": meeting}))
    there = [*told["people"], *(person for person, _name in new)]
    if there:
        arrivals = {"meeting": meeting, "arrivals": [{"person": person} for person in there]}
        said.append(("listen.check_in", "arrive", arrivals))
    return [
        Deed(action=action, data=data, key=uuid.uuid5(key, part)) for action, part, data in said
    ]


def _home(actor: Actor, meeting: uuid.UUID) -> uuid.UUID:
    """Whoever is new at a meeting lives where it is held; of one not known yet, here."""
    try:
        return listen.meeting(actor, meeting).meeting.community
    except Missing:
        return actor.community
