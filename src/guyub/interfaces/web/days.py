"""A worker's day as its page shows it."""

from __future__ import annotations

import re
import uuid
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from guyub.core.actor import Actor
from guyub.core.permissions import Permission
from guyub.cycle.listen.queries import NamedPromise, VisitRow
from guyub.cycle.listen.vocabulary import Outcome, VisitResult
from guyub.cycle.start.analysis import Suggestion, plan_sentences
from guyub.interfaces.web.forms import DeedForm
from guyub.interfaces.web.plans import language_read

# As many reasons as are read while one puts on a helmet; our choice.
_REASONS = 3


# The word and the colour of each rule that finds whom to meet.
_RULES = {
    "promise_due": (pgettext_lazy("why somebody is met", "promise"), "promise"),
    "catalyst_not_met": (gettext_lazy("to begin with"), "catalyst"),
    "tie_fading": (gettext_lazy("fading tie"), "overdue"),
    "first_talk": (gettext_lazy("new acquaintance"), "new"),
    "drifting": (gettext_lazy("comes less often"), "overdue"),
}


class SettleForm(DeedForm):
    """What became of a visit. days: by how many it is put off."""

    result = forms.ChoiceField(choices=VisitResult.choices)
    days = forms.IntegerField(min_value=1, max_value=366, required=False)


class AnswerForm(DeedForm):
    """Whether a worker met somebody who was suggested, or means to later."""

    result = forms.ChoiceField(choices=[(VisitResult.MET, ""), (VisitResult.LATER, "")])


class OutcomeForm(DeedForm):
    """What became of a promise."""

    outcome = forms.ChoiceField(choices=Outcome.choices)


def greeting(hour: int) -> str:
    """What one says to each other at this hour."""
    if hour < 11:
        return _("Good morning")
    if hour < 15:
        return _("Good day")
    if hour < 18:
        return _("Good afternoon")
    return _("Good evening")


def visit_card(
    actor: Actor, row: VisitRow, places: dict[uuid.UUID, str], today: date
) -> dict[str, Any]:
    """One visit: who, where, why, and how to call them."""
    reasons: tuple[str, ...] = ()
    if row.reasons and actor.may(Permission.START_READ):
        reasons = plan_sentences(actor, list(row.reasons), language_read())[: _REASONS + 1]
    return {
        "visit": row,
        "place": places.get(row.community, ""),
        "reasons": reasons,
        "overdue": row.due_on < today,
        "call": _digits(row.phone),
        "write": _whatsapp(row.phone),
    }


def suggestion_card(actor: Actor, row: Suggestion, places: dict[uuid.UUID, str]) -> dict[str, Any]:
    """Somebody to meet: who, where, and all reasons."""
    badge, tone = _RULES[row.rule]
    return {
        "suggestion": row,
        "place": places.get(row.community, ""),
        "badge": badge,
        "tone": tone,
        "reasons": plan_sentences(actor, list(row.reasons), language_read()),
    }


def promise_card(row: NamedPromise, places: dict[uuid.UUID, str], today: date) -> dict[str, Any]:
    """One promise: whose, what, and by how many days it is overdue."""
    due_on = row.promise.due_on
    return {
        "promise": row.promise,
        "name": row.name,
        "place": places.get(row.community, ""),
        "overdue": max(0, (today - due_on).days) if due_on else 0,
    }


def _digits(phone: str) -> str:
    return re.sub(r"[^0-9+]", "", phone)


def _whatsapp(phone: str) -> str:
    """An address of WhatsApp: digits only, with the country; 08… is an Indonesian number."""
    digits = re.sub(r"[^0-9]", "", phone)
    return f"https://wa.me/{f'62{digits[1:]}' if digits.startswith('0') else digits}"
