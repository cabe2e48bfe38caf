"""Long work that somebody began, and who is at it: the lease table of the jobs."""

from __future__ import annotations

from django.db import models

from guyub.core.confidential import ConfidentialField
from guyub.core.vocabulary import JobState


class Job(models.Model):
    """One piece of work. It is no fact of a community: what comes of it is told by its deeds.

    Whoever runs it holds a lease under a token. A runner that dies lets the lease run out, and
    another takes the job under a token of its own; the first one's word then counts no more.
    """

    # The key it was begun with, so that beginning it twice finds the same row.
    id = models.UUIDField(primary_key=True, editable=False)
    community = models.ForeignKey("core.Community", models.PROTECT, related_name="+")
    account = models.ForeignKey("core.Account", models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    # In which language whoever began it reads, for the sentence of a fault.
    language = models.CharField(max_length=5)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    # The page that shows what came of it.
    # An address: that of a preview holds a signed token of about 250 letters.
    goes_to = models.CharField(max_length=1000, default="")
    # What it was told and what stood in its way may both speak of people.
    data = ConfidentialField()
    fault = ConfidentialField()
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # By the clock of the database, which all runners share.
    not_before = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    token = models.UUIDField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["state", "begun_at"], name="jobs_in_their_order")]

    def __str__(self) -> str:
        return f"{self.name}: {self.state}"
