"""Tables of Start: plans that were made, who may need a visit, what workers said to that."""

from __future__ import annotations

from django.db import models

from guyub.core.confidential import ConfidentialField
from guyub.core.models import CommunityModel
from guyub.cycle.start.vocabulary import Answer


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

    speaks_of = ("outcome",)
    worked_out = True

    class Meta(CommunityModel.Meta):
        indexes = [models.Index(fields=["community", "-id"], name="newest_starting_plan")]

    def __str__(self) -> str:
        return f"{self.made_on}"


class Bridges(CommunityModel):
    """Who holds a community together, and whom to introduce to whom, as it was found one day.

    It tells who stands between whom, and who is kept apart because of a conflict: all of it sealed.
    """

    found_on = models.DateField()
    # People, figures and introductions: see guyub.cycle.start.analysis.bridges.
    outcome = ConfidentialField()

    speaks_of = ("outcome",)
    worked_out = True

    class Meta(CommunityModel.Meta):
        indexes = [models.Index(fields=["community", "-id"], name="newest_bridges")]

    def __str__(self) -> str:
        return f"{self.found_on}"


class Candidates(CommunityModel):
    """Who in a large community may need a visit, as one day's long work found them.

    It tells who stands close to whom, so all of it is sealed.
    """

    found_on = models.DateField()
    # People, and for each what the rules look at: see guyub.cycle.start.analysis.suggestions.
    found = ConfidentialField()

    speaks_of = ("found",)
    worked_out = True

    class Meta(CommunityModel.Meta):
        indexes = [models.Index(fields=["community", "-id"], name="newest_candidates")]

    def __str__(self) -> str:
        return f"{self.found_on}"


class SuggestionAnswer(CommunityModel):
    """A worker will not meet somebody who was suggested to them; withdrawn, it is asked again."""

    person = models.ForeignKey("listen.Person", models.PROTECT, related_name="+")
    worker = models.ForeignKey("core.Account", models.PROTECT, related_name="+")
    answer = models.CharField(max_length=20, choices=Answer)
    # The last day on which it counts; without one it counts until it is withdrawn.
    until = models.DateField(null=True, blank=True)

    belongs_with = ("person",)

    class Meta(CommunityModel.Meta):
        indexes = [models.Index(fields=["community", "answer"], name="suggestion_answered")]

    def __str__(self) -> str:
        return self.answer
