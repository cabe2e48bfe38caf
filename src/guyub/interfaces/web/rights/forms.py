"""The forms about what people allow and ask, about erasing them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from guyub.core.actions.exports import LONGEST_REASON, SHORTEST_REASON
from guyub.core.vocabulary import ErasureReason
from guyub.cycle.listen.vocabulary.rights import (
    TEXT_VERSION,
    Basis,
    ConsentAnswer,
    HowGiven,
    Purpose,
    RequestKind,
    RequestResult,
)
from guyub.interfaces.submissions.forms import DeedForm
from guyub.interfaces.web.frame.password_confirmation import PasswordAgainForm
from guyub.interfaces.web.frame.responses import PageRequest


def _day(**named: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, **named)


class ConsentForm(DeedForm):
    """What somebody said about one purpose. seen: the refusals that stood on the page."""

    purpose = forms.ChoiceField(label=_("What for?"), choices=Purpose.choices)
    answer = forms.ChoiceField(
        label=_("What did they say?"), choices=ConsentAnswer.choices, widget=forms.RadioSelect
    )
    how = forms.ChoiceField(label=_("How did they say it?"), choices=HowGiven.choices)
    basis = forms.ChoiceField(label=_("Why may we hold it?"), choices=Basis.choices)
    language = forms.ChoiceField(label=_("In which language?"), choices=settings.LANGUAGES)
    noted_on = _day(label=_("When?"))
    witness = forms.CharField(label=_("Who was there as well?"), max_length=120, required=False)
    expires_on = _day(
        label=_("Valid until"),
        required=False,
        help_text=_("Leave empty if there is no end date."),
    )
    seen = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)

    def __init__(self, refusals: tuple[Any, ...], data: Any = None) -> None:
        first = {
            "noted_on": timezone.localdate(),
            "language": (get_language() or "")[:2],
            "seen": " ".join(map(str, refusals)),
        }
        super().__init__(data, initial=first)

    def told(self) -> dict[str, Any]:
        """The data of the deed."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        return data | {"seen": data["seen"].split(), "text_version": TEXT_VERSION}


class RequestForm(DeedForm):
    """What somebody asks for."""

    kind = forms.ChoiceField(label=_("What are they asking for?"), choices=RequestKind.choices)


# What is mostly done about each request. (Whoever is erased takes the request along.)
USUAL_RESULT = {
    RequestKind.SEE: RequestResult.HANDED_OVER,
    RequestKind.CORRECT: RequestResult.PUT_RIGHT,
    RequestKind.STOP: RequestResult.STOPPED,
    RequestKind.ERASE: RequestResult.SENT_BACK,
}


class SettledForm(DeedForm):
    """What was done about a request."""

    result = forms.ChoiceField(label=_("What was done?"), choices=RequestResult.choices)


class ProtectionForm(DeedForm):
    """Whether how to reach somebody is hidden: any word means yes."""

    protected = forms.CharField(required=False, max_length=5)

    def clean_protected(self) -> bool:
        """Empty means no."""
        return bool(self.cleaned_data["protected"])


class OwnDataForm(forms.Form):
    """In which language somebody reads what we hold about them. Each printing is noted as one."""

    language = forms.ChoiceField(label=_("Their language"), choices=settings.LANGUAGES)
    reason = forms.CharField(
        label=_("What is it for?"),
        help_text=_("One sentence, without people’s names. It stays in the log."),
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
    )


class ErasureForm(PasswordAgainForm, DeedForm):
    """The one thing without undo: why, their name typed out, and one's own password."""

    why = forms.ChoiceField(
        label=_("Why?"), choices=ErasureReason.choices, widget=forms.RadioSelect
    )
    typed = forms.CharField(
        label=_("Their name, as shown above"),
        max_length=200,
        help_text=_("Type it in full, so nobody is erased by mistake."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("why", "typed", "password")

    def __init__(self, request: PageRequest, name: str, *arguments: Any, **named: Any) -> None:
        super().__init__(request, *arguments, **named)
        self._name = name

    def clean_typed(self) -> str:
        """The name itself, whatever its capitals and spaces."""
        typed: str = self.cleaned_data["typed"]
        if typed.casefold().split() != self._name.casefold().split():
            raise forms.ValidationError(gettext("This is not their name."))
        return typed


class RedactionForm(DeedForm):
    """A text that names somebody, to be written anew."""

    row = forms.UUIDField(widget=forms.HiddenInput)
    field = forms.CharField(widget=forms.HiddenInput, max_length=20)
    redacted = forms.CharField(
        label=_("Corrected version"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
