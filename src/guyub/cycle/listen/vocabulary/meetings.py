"""Words of meetings that are planned ahead."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from guyub.cycle.listen.vocabulary import EncounterKind


class MeetingState(TextChoices):
    """What became of a meeting, as its facts tell."""

    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


# To what people are invited; one-on-ones and visits are planned as visits.
GATHERINGS = (
    EncounterKind.MEETING,
    EncounterKind.GROUP_TALK,
    EncounterKind.ACTION,
    EncounterKind.TRAINING,
    EncounterKind.SERVICE,
    EncounterKind.CELEBRATION,
    EncounterKind.ONLINE,
)
