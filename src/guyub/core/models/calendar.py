"""Secret addresses under which a calendar program reads what is planned in a community."""

from __future__ import annotations

from django.db import models

from guyub.core.identifiers import new_identifier
from guyub.core.models.stated import CurrentManager, Stated


class CalendarLink(Stated):
    """One account's link for one community. Of the secret itself only a digest is kept."""

    id = models.UUIDField(primary_key=True, default=new_identifier, editable=False)
    community = models.ForeignKey("core.Community", models.PROTECT, related_name="+")
    account = models.ForeignKey("core.Account", models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    # Whether it tells what a meeting is about, and where it is: it may lie with a foreign company.
    telling = models.BooleanField(default=False)

    objects = models.Manager()
    current = CurrentManager()

    def __str__(self) -> str:
        return f"{self.pk}"
