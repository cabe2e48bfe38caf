"""What the columns of a list mean and what is wrong with a row, in a reader's words.

The columns stand in interfaces/transfer/columns.toml, the faults in column_values.py beside it.
"""

from __future__ import annotations

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as spoken
from django.utils.translation import gettext_lazy as _

from guyub.cycle.listen.vocabulary.person_fields import PERSON_FIELDS
from guyub.interfaces.transfer.column_values import FAULTS, Problem
from guyub.interfaces.transfer.refusals import REFUSALS, UnreadableTable

HEADINGS: dict[str, dict[str, Any]] = {
    "people": {
        "id": _("number or id"),
        "age": _("age"),
        **{each.column: each.word for each in PERSON_FIELDS.values() if each.column},
        "stance": _("stance"),
        "initiative": _("initiative"),
        "responsibility": _("responsibility for the future"),
        "vision": _("vision"),
        "proactive": _("proactive"),
        "openness": _("openness to change"),
        "influence": _("influence"),
        "promises_kept": _("promises kept"),
        "promises_broken": _("promises broken"),
        "promises_overdue": _("promises overdue"),
        "hosted": _("times they hosted"),
        "organised": _("times they organised"),
        "brought": _("people they brought"),
        "tasks_done": _("tasks done"),
        "asked_to_lead": _("said yes to leading"),
        "met": _("met by the team"),
    },
    "ties": {
        "from": _("from whom"),
        "to": _("to whom"),
        "kind": _("kind of tie"),
        "strength": _("strength"),
        "mutual": _("both ways"),
        "date": _("date"),
        "source": _("where it was reported"),
        "reported_by": _("reported by one or both"),
        "wave": _("wave"),
    },
}

# What a word that is not known is taken for.
_TAKEN_AS: dict[object, Any] = {
    "any": _("any tie"),
    "unstated": _("not stated"),
    "no": _("no"),
    "unknown": _("unknown"),
}


def fault_sentence(problem: Problem) -> str:
    """Say what is wrong with a row."""
    facts = dict(problem.facts)
    if "meaning" in facts:
        facts["meaning"] = str(_TAKEN_AS.get(facts["meaning"], facts["meaning"]))
    return str(spoken(FAULTS[problem.fault]) % facts)


def refusal_sentence(refusal: UnreadableTable) -> str:
    """Say why a whole list cannot be read."""
    facts = {
        name: number_format(fact) if isinstance(fact, int) else fact
        for name, fact in refusal.facts.items()
    }
    meaning = str(facts.get("meaning", ""))
    if meaning:
        known = {**HEADINGS["ties"], **HEADINGS["people"]}
        facts["meaning"] = str(known.get(meaning, meaning))
    return str(spoken(REFUSALS[refusal.fault]) % facts)
