"""A worker's day as its page shows it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from guyub.core.actor import Actor
from guyub.core.jobs import begin
from guyub.core.language import language_read
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.queries import NamedPromise, VisitRow
from guyub.cycle.listen.vocabulary import Outcome, TimeOfDay, VisitResult
from guyub.cycle.start.analysis import Suggestion, lacks_candidates, plan_sentences
from guyub.cycle.start.vocabulary import Answer, StartPermission
from guyub.interfaces.submissions.fields import PUT_OFF
from guyub.interfaces.submissions.forms import DeedForm

# As many reasons as are read while one puts on a helmet; our choice.
_REASONS = 3


# Each rule that finds whom to meet, in their order: its word, its colour, and what it looks at.
_RULES = {
    "promise_due": (
        pgettext_lazy("why somebody is met", "promise"),
        "promise",
        gettext_lazy("People with a promise due: a promise comes first."),
    ),
    "catalyst_not_met": (
        gettext_lazy("to begin with"),
        "catalyst",
        gettext_lazy("People the newest plan starts with, not met since."),
    ),
    "tie_fading": (
        gettext_lazy("fading tie"),
        "overdue",
        gettext_lazy(
            "Well-connected people, or people with ties to other places, nobody has met "
            "for six weeks."
        ),
    ),
    "first_talk": (
        gettext_lazy("new acquaintance"),
        "new",
        gettext_lazy("People named by several others as spreading news well, not yet heard."),
    ),
    "drifting": (
        gettext_lazy("comes less often"),
        "overdue",
        gettext_lazy(
            "People who used to come but have stayed away for two months while others met."
        ),
    ),
    "never_yet_heard": (
        gettext_lazy("not yet heard"),
        "new",
        gettext_lazy(
            "People nobody has talked with, one of each household. First those who were named, "
            "who call people together, or who live where nobody has been heard."
        ),
    ),
}


class SettleForm(DeedForm):
    """What became of a visit. days: by how many it is put off."""

    result = forms.ChoiceField(choices=VisitResult.choices)
    days = forms.IntegerField(min_value=1, max_value=366, required=False)


class AnswerForm(DeedForm):
    """What a worker says to a suggestion. days: when they mean to meet, if later."""

    result = forms.ChoiceField(
        choices=[(VisitResult.MET, ""), (VisitResult.LATER, ""), *Answer.choices]
    )
    days = forms.IntegerField(min_value=1, max_value=366, required=False)


class OutcomeForm(DeedForm):
    """What became of a promise."""

    outcome = forms.ChoiceField(choices=Outcome.choices)


_GREETINGS = {
    TimeOfDay.MORNING: gettext_lazy("Good morning"),
    TimeOfDay.MIDDAY: gettext_lazy("Good day"),
    TimeOfDay.AFTERNOON: gettext_lazy("Good afternoon"),
    TimeOfDay.EVENING: gettext_lazy("Good evening"),
}


def greeting(hour: int) -> str:
    """What one says to each other at this hour."""
    return str(_GREETINGS[TimeOfDay.at(hour)])


_NOT_THIS_PERSON = gettext_lazy("Not this person")

# Besides meeting somebody now or later: the answer, its icon, its words.
_TO_A_VISIT = ((VisitResult.DROPPED, "user-round-x", _NOT_THIS_PERSON),)
_TO_A_SUGGESTION = (
    (Answer.SOMEBODY_ELSE, "users", gettext_lazy("Someone else should go")),
    (Answer.NOT_THIS_PERSON, "user-round-x", _NOT_THIS_PERSON),
)


def visit_cards(
    actor: Actor,
    rows: Sequence[VisitRow],
    community: str,
    places: dict[uuid.UUID, str],
    today: date,
) -> list[dict[str, Any]]:
    """Planned visits, as people to meet; some do not want to be visited any more."""
    unwilling = listen.unwilling(actor) if rows else frozenset()
    return [
        _visit_card(actor, row, community, places, today) | {"refuses": row.person in unwilling}
        for row in rows
    ]


def _visit_card(
    actor: Actor, row: VisitRow, community: str, places: dict[uuid.UUID, str], today: date
) -> dict[str, Any]:
    reasons: tuple[str, ...] = ()
    if row.reasons and actor.may(StartPermission.READ):
        reasons = plan_sentences(actor, list(row.reasons), language_read())[: _REASONS + 1]
    day = date_format(row.due_on, "j M")
    return {
        "community": community,
        "person": row.person,
        "name": row.name,
        "place": places.get(row.community, ""),
        "worker": "" if row.worker == actor.account else row.worker_name,
        "badge": _("put off to %(day)s") % {"day": day} if row.put_off else day,
        "tone": "overdue" if row.due_on < today else "planned",
        "reasons": reasons,
        "note": f"visit={row.id}",
        "address": reverse("settle_visit", args=(community, row.id)),
        "put_off": PUT_OFF,
        "answers": _TO_A_VISIT,
        **_reached_at(row.phone),
    }


def suggestion_cards(
    actor: Actor, rows: Sequence[Suggestion], community: str, places: dict[uuid.UUID, str]
) -> list[dict[str, Any]]:
    """Those whom the rules found, as people to meet."""
    phones = listen.phones_of(actor, frozenset(row.person for row in rows)) if rows else {}
    return [
        {
            "community": community,
            "person": row.person,
            "name": row.name,
            "place": places.get(row.community, ""),
            "badge": _RULES[row.rule][0],
            "tone": _RULES[row.rule][1],
            "reasons": plan_sentences(actor, list(row.reasons), language_read()),
            "note": f"person={row.person}",
            "address": reverse("answer_suggestion", args=(community, row.person)),
            "put_off": PUT_OFF[2:] + PUT_OFF[:2],
            "answers": _TO_A_SUGGESTION,
            **_reached_at(phones.get(row.person, "")),
        }
        for row in rows
    ]


def undone_from(request: HttpRequest, entry: uuid.UUID, community: str) -> str:
    """What a message needs to offer undo on a page that may belong to no community."""
    if request.POST.get("next") == reverse("my_today"):
        return f"{entry} {reverse('my_today')} {community}"
    return str(entry)


def begin_looking(actor: Actor, day: date) -> bool:
    """Whether long work still finds whom to meet in a large community; it begins with the day."""
    if not lacks_candidates(actor, day):
        return False
    # One key for each worker and day: whoever looks again waits for the same work.
    key = uuid.uuid5(actor.community, f"{actor.account} {day}")
    begin(actor, "start.find_candidates", {}, key=key)
    return True


def rules() -> list[tuple[Any, Any]]:
    """The rules in their order: the word of each, and what it looks at."""
    return [(word, looks_at) for word, _tone, looks_at in _RULES.values()]


def promise_card(
    row: NamedPromise, community: str, places: dict[uuid.UUID, str], today: date
) -> dict[str, Any]:
    """One promise: whose, what, and by how many days it is overdue."""
    due_on = row.promise.due_on
    return {
        "community": community,
        "promise": row.promise,
        "name": row.name,
        "place": places.get(row.community, ""),
        "overdue": max(0, (today - due_on).days) if due_on else 0,
    }


def _reached_at(phone: str) -> dict[str, str]:
    """How to call and to write to somebody; empty where they gave no number."""
    if not phone:
        return {"call": "", "write": ""}
    return {"call": re.sub(r"[^0-9+]", "", phone), "write": _whatsapp(phone)}


def _whatsapp(phone: str) -> str:
    """An address of WhatsApp: digits only, with the country; 08… is an Indonesian number."""
    digits = re.sub(r"[^0-9]", "", phone)
    return f"https://wa.me/{f'62{digits[1:]}' if digits.startswith('0') else digits}"
