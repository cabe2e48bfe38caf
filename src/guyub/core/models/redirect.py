"""Who is no longer here under the identifier that a phone may still hold."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from guyub.core.identifiers import new_identifier
from guyub.core.models.stated import CurrentManager, Stated
from guyub.core.vocabulary import ErasureReason


class Erased(models.Model):
    """That something was erased: a keyed digest of its identifier, and nothing else of it.

    It is no fact that could be withdrawn. Whatever still comes in about it is dropped unread.
    """

    mark = models.CharField(max_length=64, primary_key=True, editable=False)
    erased_at = models.DateTimeField()
    reason = models.CharField(max_length=20, choices=ErasureReason, blank=True)

    def __str__(self) -> str:
        return self.mark[:8]


class Redirect(Stated):
    """That one row was merged into another: what speaks of the one means the other."""

    id = models.UUIDField(primary_key=True, default=new_identifier, editable=False)
    gone = models.UUIDField()
    into = models.UUIDField()

    objects = models.Manager()
    current = CurrentManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["gone"], condition=Q(withdrawn_in=None), name="merged_into_one_only"
            )
        ]

    def __str__(self) -> str:
        return f"{self.gone}"


class NamelessCount(models.Model):
    """How many rows of one kind were erased in a community: all that is left of them.

    What was counted once stays counted, so that history does not change when somebody leaves it.
    """

    id = models.UUIDField(primary_key=True, default=new_identifier, editable=False)
    community = models.ForeignKey("core.Community", models.PROTECT, related_name="+")
    table = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["community", "table", "kind"], name="one_count_of_what_was_erased"
            )
        ]

    def __str__(self) -> str:
        return f"{self.count} {self.table}"
