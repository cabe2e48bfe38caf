"""A conversation that was noted is noted again, rightly: the form as it was filled in then.

What the old entry stated is withdrawn in the entry that states it anew, so that both happen or
neither; whoever was new then stays, for others may have met them since.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from guyub.core.action import Deed
from guyub.core.actor import Actor
from guyub.core.errors import Missing, Refused
from guyub.core.submissions import Submission, filled_form
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.vocabulary import labels

# What an entry may hold besides what the form says anew.
_BESIDE = frozenset({"listen.add_person", "core.withdraw_entry"})


@dataclass(frozen=True, kw_only=True)
class EarlierConversation:
    """How the form was filled in, and what is withdrawn when it is noted again."""

    entry: uuid.UUID
    deeds: tuple[uuid.UUID, ...]
    answers: dict[str, Sequence[str]]
    settled: uuid.UUID | None

    def withdrawal(self, key: uuid.UUID) -> Deed:
        """The deed that takes the old note back. key: that of the form."""
        data = {"entry": self.entry, "deeds": self.deeds}
        return Deed(action="core.withdraw_entry", data=data, key=uuid.uuid5(key, "withdraw"))


def earlier_conversation(actor: Actor, encounter: uuid.UUID) -> EarlierConversation:
    """What was noted of a conversation, as answers to the form.

    :raises Missing: it is not here, or not one's own note.
    :raises Refused: it was withdrawn, or its answers are not kept.
    """
    noted = listen.recorded_conversation(actor, encounter)
    try:
        submission = filled_form(actor, noted.entry)
    except Missing:
        raise Refused(_("What was filled in then is not kept. Nothing was changed.")) from None
    deeds = tuple(key for key, action in noted.deeds.items() if action not in _BESIDE)
    return EarlierConversation(
        entry=noted.entry, deeds=deeds, answers=_known_by_now(submission), settled=noted.settled
    )


def _known_by_now(submission: Submission) -> dict[str, Sequence[str]]:
    """The answers, with whoever was new then among the people that one knows."""
    answers = dict(submission.answers)
    names = labels(" ".join(answers.pop("new_names", ())))
    new = [str(uuid.uuid5(submission.key, f"person {name}")) for name in names]
    answers["people"] = [*answers.get("people", ()), *new]
    return answers
