"""The forms that all others build on. They read what was typed; the doors decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, TypeVar
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from guyub.core.actor import Actor
from guyub.core.errors import Invalid
from guyub.core.identifiers import new_identifier
from guyub.core.permissions import Permission
from guyub.core.queries import community
from guyub.core.submissions import Submission
from guyub.interfaces.submissions.offline import Rules, Shown


class DeedForm(forms.Form):
    """A form that becomes one deed. Its key makes sending it twice harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=new_identifier)


class UndoForm(DeedForm):
    """The entry to take back."""

    entry = forms.UUIDField(widget=forms.HiddenInput)


# Every version of every form, whatever a phone still holds.
FORMS: dict[tuple[str, int], type[SubmissionForm]] = {}


class SubmissionForm(DeedForm):
    """A form whose answers become the deeds of one entry, whether a phone or a browser sends them.

    A question may be added to a version; to take one away or to mean something else by it takes
    another version, as phones may hold the old one for months.
    """

    name: ClassVar[str]
    version: ClassVar[int]
    # Questions that may have several answers, and the beginnings of names that are asked of each.
    several: ClassVar[tuple[str, ...]] = ()
    of_each: ClassVar[tuple[str, ...]] = ()
    # Where somebody came from, say: no answer.
    beside: ClassVar[tuple[str, ...]] = ("key",)
    # Of a form about one person: what one must be allowed in order to fill it in, and the route of
    # the page that asks it, which takes the community and the person.
    permission: ClassVar[Permission | None] = None
    page: ClassVar[str] = ""
    rules: ClassVar[Rules] = Rules()
    shown: ClassVar[Shown] = Shown()

    def __init_subclass__(cls, **named: Any) -> None:
        super().__init_subclass__(**named)
        # One that only looks different somewhere is found as the form that it comes from.
        if "name" in vars(cls):
            FORMS[cls.name, cls.version] = cls

    def __init__(self, actor: Actor, *arguments: Any, today: date | None = None, **named: Any):
        super().__init__(*arguments, **named)
        self._actor = actor
        self.today = today or timezone.localdate()
        # Questions that are not put to this actor, by what they would need to answer them.
        self.withheld: dict[str, Permission] = {}

    def withhold(self, permission: Permission, names: Sequence[str]) -> None:
        """Leave these questions out unless the actor has a permission."""
        if not self._actor.may(permission):
            for name in names:
                del self.fields[name]
                self.withheld[name] = permission

    def is_question(self, name: str) -> bool:
        """Whether an answer may stand under this name."""
        known = name in self.fields and name not in self.beside
        return known or any(name.startswith(each) for each in self.of_each)

    @property
    def submission(self) -> Submission:
        """What was filled in, without what nobody asked."""
        sent = self.data.lists() if isinstance(self.data, QueryDict) else ()
        answers = {name: [each for each in values if each] for name, values in sent}
        return Submission(
            form=self.name,
            version=self.version,
            key=self.cleaned_data["key"],
            answers={
                name: values
                for name, values in answers.items()
                if values and self.is_question(name)
            },
        )

    def initial_from(self, answers: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        """Answers that were given before, as a page shows them."""
        return {
            name: list(values) if name in self.several else values[0]
            for name, values in answers.items()
            if values
        }


def short_forms(actor: Actor) -> list[type[SubmissionForm]]:
    """The forms about one person that this actor may fill in, each in its newest version."""
    newest = {name: FORMS[name, version] for name, version in sorted(FORMS)}
    return [
        form
        for form in newest.values()
        if form.shown.title and (form.permission is None or actor.may(form.permission))
    ]


Filled = TypeVar("Filled", bound=SubmissionForm)


def filled(form: type[Filled], actor: Actor, submission: Submission) -> Filled:
    """A form as it was filled in, on the day when it was.

    :raises Invalid: an answer is wrong, or answers a question that is not known here.
    :raises Denied: a question is answered that this actor is not asked.
    """
    data = QueryDict(mutable=True)
    for name, values in submission.answers.items():
        data.setlist(name, list(values))
    data["key"] = str(submission.key)
    at = submission.at or timezone.now()
    day = at.astimezone(ZoneInfo(community(actor).time_zone)).date()
    read = form(actor, data, today=day)
    for name in submission.answers:
        if name in read.withheld:
            actor.demand(read.withheld[name])
        if not read.is_question(name):
            # Of a later phone, say: to leave it out unseen would lose it.
            raise Invalid({name: _("It refers to something we do not have yet.")})
    if not read.is_valid():
        raise Invalid({name: " ".join(map(str, said)) for name, said in read.errors.items()})
    return read
