"""Which entry noted a conversation, for whoever noted it and wants to say it rightly."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from guyub.core.actor import Actor
from guyub.core.errors import Missing, Refused
from guyub.core.models import LogEntry
from guyub.core.query import query
from guyub.cycle.listen.models import Encounter, VisitOutcome
from guyub.cycle.listen.vocabulary import ListenPermission


@dataclass(frozen=True, kw_only=True)
class RecordedConversation:
    """The entry of a conversation. deeds: their keys, with their actions. settled: the visit."""

    entry: uuid.UUID
    deeds: dict[uuid.UUID, str]
    settled: uuid.UUID | None


@query("listen.recorded_conversation", permission=ListenPermission.WRITE)
def recorded_conversation(actor: Actor, encounter: uuid.UUID) -> RecordedConversation:
    """A conversation that this actor noted, and what else they noted in the same entry.

    :raises Missing: it is not here, a meeting, or somebody else's note.
    :raises Refused: it was withdrawn.
    """
    every = Encounter.objects.with_withdrawn().select_related("stated_in")
    own = every.filter(stated_in__account_id=actor.account, meeting=None)
    row: Any = own.filter(pk=encounter).first()
    if row is None:
        raise Missing(str(encounter))
    if row.withdrawn_in_id is not None:
        raise Refused(_("This note was already corrected or undone."))
    entry = row.stated_in.entry
    logged = LogEntry.objects.filter(entry=entry, community_id=row.stated_in.community_id)
    deeds = dict(logged.values_list("key", "action"))
    settled = VisitOutcome.objects.filter(stated_in__in=deeds).values_list("visit", flat=True)
    return RecordedConversation(entry=entry, deeds=deeds, settled=settled.first())
