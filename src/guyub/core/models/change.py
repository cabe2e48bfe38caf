"""What stood in a row before a deed changed it, so that undo can bring it back."""

from __future__ import annotations

from django.db import models

from guyub.core.confidential import ConfidentialField
from guyub.core.models.scoped import CommunityModel


class Change(CommunityModel):
    """One row changed by one deed. Somebody's phone may be among the values: all are sealed."""

    table = models.CharField(max_length=100)
    row = models.UUIDField(db_index=True)
    # {field: [what stood there, what stands there since]}
    values = ConfidentialField()

    def __str__(self) -> str:
        return self.table
