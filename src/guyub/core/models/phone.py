"""Phones that work without a network: which they are, what they sent, what they were handed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from guyub.core.confidential import ConfidentialField
from guyub.core.identifiers import new_identifier
from guyub.core.models.stated import CurrentManager, Stated
from guyub.core.vocabulary import SentOutcome, Settled


class Device(models.Model):
    """One phone of one account. Revoked, it stays known: it is told so whenever it asks."""

    # Made by the phone itself.
    id = models.UUIDField(primary_key=True, editable=False)
    account = models.ForeignKey("core.Account", models.PROTECT, related_name="devices")
    label = models.CharField(max_length=80)
    # In which form the phone keeps what it holds.
    schema = models.PositiveSmallIntegerField()
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.label


class OfflineBan(Stated):
    """That an organisation keeps nothing on phones."""

    id = models.UUIDField(primary_key=True, default=new_identifier, editable=False)
    workspace = models.ForeignKey("core.Workspace", models.PROTECT, related_name="+")

    objects = models.Manager()
    current = CurrentManager()

    def __str__(self) -> str:
        return f"{self.workspace}"


class SentEntry(models.Model):
    """The receipt for an entry that a phone sent, written together with what the entry did.

    It is no fact of a community: what the entry did is told by its deeds.
    """

    # The entry's own identifier, made by the phone: nothing can be received twice.
    id = models.UUIDField(primary_key=True, editable=False)
    account = models.ForeignKey("core.Account", models.PROTECT, related_name="+")
    community = models.ForeignKey("core.Community", models.PROTECT, related_name="+")
    device = models.ForeignKey(Device, models.PROTECT, related_name="+")
    # A keyed digest of what was sent: tells a repetition from something else under one identifier.
    digest = models.CharField(max_length=64)
    outcome = models.CharField(max_length=10, choices=SentOutcome)
    # The last number it took in the log, where it was done.
    number = models.BigIntegerField(null=True)
    # What was sent, while it waits or needs a look; why it was refused. Nothing of what was done.
    content = ConfidentialField()
    # Whom a correction that needs a look is about.
    subject = models.UUIDField(null=True, db_index=True)
    # What has not arrived yet.
    waits_for = models.UUIDField(null=True, db_index=True)
    noted_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["community", "outcome", "received_at"], name="sent_by_outcome"),
        ]

    def __str__(self) -> str:
        return self.outcome


class Settlement(Stated):
    """What somebody decided about an entry that needed a look. Undone, it needs one again."""

    id = models.UUIDField(primary_key=True, default=new_identifier, editable=False)
    sent = models.ForeignKey(SentEntry, models.PROTECT, related_name="settlements")
    how = models.CharField(max_length=10, choices=Settled)

    objects = models.Manager()
    current = CurrentManager()

    def __str__(self) -> str:
        return self.how


class HandedOver(models.Model):
    """Exactly what a phone holds of a community once an answer has reached it.

    The phone names it in its next question. Two are kept of each phone: the one it spoke of last,
    and the answer that may have been lost on the way.
    """

    id = models.UUIDField(primary_key=True, default=new_identifier, editable=False)
    device = models.ForeignKey(Device, models.CASCADE, related_name="+")
    community = models.ForeignKey("core.Community", models.PROTECT, related_name="+")
    # With which rights, and in which form, it was handed over.
    epoch = models.CharField(max_length=64)
    # The state of the logs that it was worked out from; empty while there is more to fetch.
    heads = models.CharField(max_length=64, blank=True)
    # {kind and identifier: version}
    held = ConfidentialField()

    def __str__(self) -> str:
        return f"{self.pk}"
