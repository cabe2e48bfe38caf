"""Tables of meetings: what is planned, who is invited, what was decided."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guyub.core.models import CommunityModel
from guyub.cycle.listen.vocabulary import EncounterKind


class Meeting(CommunityModel):
    """A gathering that is planned. Once people have come together, an encounter stands for it."""

    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=EncounterKind, default=EncounterKind.MEETING)
    planned_on = models.DateField()
    begins_at = models.TimeField(null=True, blank=True)
    ends_at = models.TimeField(null=True, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    # The group that meets, by its label; see Person.groups.
    group = models.CharField(max_length=80, blank=True)

    class Meta(CommunityModel.Meta):
        indexes = [
            models.Index(fields=["community", "planned_on", "id"], name="meeting_by_day"),
            models.Index(fields=["community", "group", "planned_on"], name="meeting_by_group"),
        ]

    def __str__(self) -> str:
        return self.title


class Invitation(CommunityModel):
    """That somebody is expected at a meeting."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="invitations")
    person = models.ForeignKey("listen.Person", models.PROTECT, related_name="invitations")

    belongs_with = ("person",)
    said_once = ("meeting", "person")

    class Meta(CommunityModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(withdrawn_in=None),
                name="somebody_is_invited_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Cancellation(CommunityModel):
    """That a meeting does not take place."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="cancellations")
    why = models.CharField(max_length=300, blank=True)

    belongs_with = ("meeting",)

    def __str__(self) -> str:
        return f"{self.pk}"


class Decision(CommunityModel):
    """What people decided together."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    decided = models.CharField(max_length=500)

    belongs_with = ("meeting",)

    def __str__(self) -> str:
        return f"{self.pk}"
