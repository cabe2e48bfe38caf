"""Facts are stated in a deed and withdrawn in another; nothing is overwritten or deleted."""

from __future__ import annotations

from typing import Any

from django.db import models

from guyub.core.errors import ClosedCommunity


class Stated(models.Model):
    """A row that one deed stated, and that another may have withdrawn."""

    # The log entry is written after the rows it speaks of; the database checks at commit.
    stated_in = models.ForeignKey("core.LogEntry", models.PROTECT, related_name="+")
    withdrawn_in = models.ForeignKey(
        "core.LogEntry", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        abstract = True

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ClosedCommunity("Facts are withdrawn, not deleted.")


class CurrentManager(models.Manager):
    """Rows that have not been withdrawn."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(withdrawn_in=None)
