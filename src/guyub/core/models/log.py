"""The log: every deed, in order, unalterable, each bound to the one before it.

The log entry is at once the audit trail, the receipt that makes repeating a deed harmless, and the
history that a phone follows. It holds who, when and what, never the content of a deed.
"""

from __future__ import annotations

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from guyub.core.permissions import Role


class LogHead(models.Model):
    """The last number and hash of one community's log; locked while a deed is being done.

    One chain for each community, not one for all: 75,000 villages must not wait for each other.
    The number is taken inside the transaction, so a reader who follows it never skips a deed
    (a database sequence would let a later number appear first).
    """

    community = models.OneToOneField(
        "core.Community", models.PROTECT, primary_key=True, related_name="log_head"
    )
    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)


class LogEntry(models.Model):
    """One deed."""

    key = models.UUIDField(primary_key=True, editable=False)
    entry = models.UUIDField(db_index=True, editable=False)
    community = models.ForeignKey("core.Community", models.PROTECT, related_name="+")
    number = models.BigIntegerField(editable=False)
    account = models.ForeignKey("core.Account", models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role)
    action = models.CharField(max_length=80)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    # A keyed digest of the data: tells a repetition from a different deed under the same key
    # without holding what was said.
    fingerprint = models.CharField(max_length=64)
    result = models.JSONField(encoder=DjangoJSONEncoder, null=True)
    reason = models.CharField(max_length=500, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "number"], name="one_entry_for_each_number_of_a_log"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"

    def computed_hash(self) -> str:
        """The hash that this entry must carry, over itself and the hash before it."""
        content = [
            self.previous_hash,
            str(self.key),
            str(self.entry),
            str(self.community_id),
            self.number,
            str(self.account_id),
            self.role,
            self.action,
            self.at.isoformat(),
            self.received_at.isoformat(),
            self.fingerprint,
            self.result,
            self.reason,
        ]
        canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()
