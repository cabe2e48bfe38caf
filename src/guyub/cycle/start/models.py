"""Tables of Start: plans that were made."""

from __future__ import annotations

from django.db import models

from guyub.core.confidential import ConfidentialField
from guyub.core.models import CommunityModel


class StartingPlan(CommunityModel):
    """Whom to begin with, as it was worked out one day.

    It rests on judgements about people, so all that it says is sealed.
    """

    count = models.PositiveSmallIntegerField()
    seed = models.PositiveIntegerField()
    spread = models.CharField(max_length=40)
    made_on = models.DateField()
    # People chosen, reasons, reach, comparison and picture, as the analysis drafts them.
    outcome = ConfidentialField()

    class Meta(CommunityModel.Meta):
        indexes = [models.Index(fields=["community", "-id"], name="newest_starting_plan")]

    def __str__(self) -> str:
        return f"{self.made_on}"
