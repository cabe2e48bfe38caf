"""Tables of what people allow, what they ask, and who is told apart from whom."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from guyub.core.models import CommunityModel
from guyub.cycle.listen.vocabulary.rights import (
    Basis,
    ConsentAnswer,
    HowGiven,
    Purpose,
    RequestKind,
    RequestResult,
)


class Consent(CommunityModel):
    """What somebody said about one purpose; a refusal counts until they agree knowing of it."""

    person = models.ForeignKey("listen.Person", models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=10, choices=Purpose)
    answer = models.CharField(max_length=10, choices=ConsentAnswer)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.CONSENT)
    how = models.CharField(max_length=10, choices=HowGiven, default=HowGiven.SPOKEN)
    # The words they were asked with, and in which language.
    text_version = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=5, blank=True)
    noted_on = models.DateField()
    witness = models.CharField(max_length=120, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    # The refusal that this takes back, noted by somebody who knew of it.
    answers = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="answered_by"
    )

    belongs_with = ("person",)

    def __str__(self) -> str:
        return self.answer


class Protection(CommunityModel):
    """Somebody who must not be found: only coordinators may know how to reach them."""

    person = models.ForeignKey("listen.Person", models.PROTECT, related_name="protections")

    belongs_with = ("person",)
    said_once = ("person",)

    def __str__(self) -> str:
        return f"{self.pk}"


class DataRequest(CommunityModel):
    """What somebody asks about what we hold of them. It has to be answered in three days."""

    person = models.ForeignKey("listen.Person", models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=10, choices=RequestKind)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()

    belongs_with = ("person",)
    counted_by = "kind"

    class Meta(CommunityModel.Meta):
        indexes = [models.Index(fields=["community", "due_at"], name="data_request_by_deadline")]

    def __str__(self) -> str:
        return self.kind


class RequestOutcome(CommunityModel):
    """What was done about a request."""

    request = models.ForeignKey("listen.DataRequest", models.PROTECT, related_name="outcomes")
    result = models.CharField(max_length=20, choices=RequestResult)

    belongs_with = ("request",)

    def __str__(self) -> str:
        return self.result


class NotTheSame(CommunityModel):
    """Two people who look like one in the book, and are not. The smaller identifier comes first."""

    one = models.ForeignKey("listen.Person", models.PROTECT, related_name="+")
    other = models.ForeignKey("listen.Person", models.PROTECT, related_name="+")

    belongs_with = ("one", "other")

    class Meta(CommunityModel.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(one=F("other")), name="not_the_same_needs_two")
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
