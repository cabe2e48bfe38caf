"""What a worker sees as one: concerns of several people in a theme, people by a question."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guyub.core.confidential import ConfidentialField
from guyub.core.models import CommunityModel
from guyub.cycle.listen.vocabulary import LifeArea


class Theme(CommunityModel):
    """Concerns of several people that are one matter, named by a worker."""

    name = models.CharField(max_length=120)
    life_area = models.CharField(max_length=20, choices=LifeArea)

    def __str__(self) -> str:
        return self.name


class ThemedConcern(CommunityModel):
    """That a concern belongs to a theme; taken out again, it is withdrawn."""

    concern = models.ForeignKey("listen.Concern", models.PROTECT, related_name="themes")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="concerns")

    belongs_with = ("concern",)
    said_once = ("concern", "theme")

    class Meta(CommunityModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["concern", "theme"],
                condition=Q(withdrawn_in=None),
                name="a_concern_stands_in_a_theme_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class SavedQuestion(CommunityModel):
    """A question about who is meant, kept under a name: one's own, or the team's."""

    name = models.CharField(max_length=120)
    shared = models.BooleanField(default=False)
    # The conditions. Sealed: they may name somebody to whom people are tied.
    conditions = ConfidentialField()

    speaks_of = ("conditions",)
    # Without one of its conditions it would quietly mean other people: it goes as a whole.
    worked_out = True

    def __str__(self) -> str:
        return self.name
