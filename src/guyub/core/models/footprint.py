"""What each entry wrote, for the caches of all processes."""

from __future__ import annotations

import uuid

from django.db import models


class Footprint(models.Model):
    """What one entry wrote, until every process has read it.

    It is no part of the log: it names people by their keys, and goes after an hour, or when
    somebody is erased.
    """

    # Tells a row from another that had its number in a transaction that was rolled back, or in a
    # database that was restored.
    token = models.UUIDField(default=uuid.uuid4, editable=False)
    written_at = models.DateTimeField(auto_now_add=True)
    # See guyub.core.footprint.WriteSet; nothing stands for everything.
    content = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"{self.pk}"
