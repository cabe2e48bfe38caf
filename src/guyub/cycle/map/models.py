"""Tables of Map: ties, and what people have."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from guyub.core.models import CommunityModel
from guyub.cycle.map.vocabulary import Capital, ReportedBy, TieKind


class Tie(CommunityModel):
    """A relation between two people, as it was reported.

    It belongs to the smallest community that holds both, so that whoever works in one hamlet sees
    the ties inside it, and not who in another hamlet they lead to.
    """

    from_person = models.ForeignKey("listen.Person", models.PROTECT, related_name="ties_out")
    to_person = models.ForeignKey("listen.Person", models.PROTECT, related_name="ties_in")
    kind = models.CharField(max_length=12, choices=TieKind)
    mutual = models.BooleanField()
    strength = models.PositiveSmallIntegerField(null=True, blank=True)
    reported_by = models.CharField(max_length=5, choices=ReportedBy, blank=True)
    reported_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=120, blank=True)

    belongs_with = ("from_person", "to_person")
    said_once = ("from_person", "to_person", "kind")
    counted_by = "kind"

    class Meta(CommunityModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_person=F("to_person")), name="a_tie_needs_two_people"
            ),
            models.CheckConstraint(
                condition=Q(strength=None) | Q(strength__range=(1, 5)),
                name="strength_of_a_tie_from_1_to_5",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Asset(CommunityModel):
    """What a person has that may be of use to all: a thing, a place, or a skill.

    A skill is human capital with a level; whoever has it may be willing to teach it.
    """

    holder = models.ForeignKey("listen.Person", models.PROTECT, related_name="+")
    capital = models.CharField(max_length=10, choices=Capital)
    name = models.CharField(max_length=120)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    would_teach = models.BooleanField(default=False)
    noted_on = models.DateField()

    belongs_with = ("holder",)

    class Meta(CommunityModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(level=None) | Q(level__range=(1, 4), capital=Capital.HUMAN),
                name="only_a_skill_has_a_level_from_1_to_4",
            )
        ]

    def __str__(self) -> str:
        return self.name
