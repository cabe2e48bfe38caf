"""What was filled in: the answers to a form, sealed beside the entry that they became."""

from __future__ import annotations

from django.db import models

from guyub.core.confidential import ConfidentialField


class FilledForm(models.Model):
    """The answers of one entry, so that whoever gave them can say them rightly.

    It is no fact of a community: what was said is told by the deeds of the entry.
    """

    entry = models.UUIDField(primary_key=True, editable=False)
    account = models.ForeignKey("core.Account", models.PROTECT, related_name="+")
    community = models.ForeignKey("core.Community", models.PROTECT, related_name="+")
    form = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    # The key of the submission, from which those of its deeds follow.
    key = models.UUIDField()
    # {field: [value, …]}
    answers = ConfidentialField()

    def __str__(self) -> str:
        return f"{self.form} {self.version}"
