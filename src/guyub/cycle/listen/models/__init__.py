"""Tables of Listen: people and households, encounters, promises, observations."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any, cast

from django.db import models
from django.db.models import Q

from guyub.core.confidential import ConfidentialField, Sealed
from guyub.core.keys import derived_key, key_ring
from guyub.core.models import CommunityModel, CoveringIndex
from guyub.cycle.listen.models.contact_dates import SavedQuestion, Theme, ThemedConcern
from guyub.cycle.listen.models.meetings import Cancellation, Decision, Invitation, Meeting
from guyub.cycle.listen.models.rights import (
    Consent,
    DataRequest,
    NotTheSame,
    Protection,
    RequestOutcome,
)
from guyub.cycle.listen.vocabulary import (
    EncounterKind,
    Gender,
    InitiatedBy,
    LifeArea,
    Outcome,
    Part,
    PersonStatus,
    TimeOfDay,
    Trait,
    VisitResult,
)
from guyub.cycle.listen.vocabulary.rights import dialled
from guyub.cycle.listen.vocabulary.spelling import LONGEST_SEARCHED, alike, searched

__all__ = [
    "CalledField",
    "Cancellation",
    "Concern",
    "Consent",
    "DataRequest",
    "Decision",
    "Encounter",
    "Household",
    "Invitation",
    "Meeting",
    "NotTheSame",
    "Observation",
    "Participation",
    "Person",
    "PhoneMarkField",
    "PlannedVisit",
    "Promise",
    "PromiseOutcome",
    "Protection",
    "RequestOutcome",
    "SavedQuestion",
    "SearchedField",
    "SharedConcern",
    "Theme",
    "ThemedConcern",
    "VisitOutcome",
    "phone_mark",
    "phone_marks",
]


class Household(CommunityModel):
    """People who share a kitchen."""

    label = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.label


class SearchedField(models.CharField):
    """In what a search for somebody looks, kept by whatever writes their name."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Read name and alias anew."""
        person = cast(Person, model_instance)
        person.searched = searched(person.name, person.alias)
        return person.searched


class CalledField(models.CharField):
    """The same for names that may be one; see vocabulary.spelling."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Read the name anew."""
        person = cast(Person, model_instance)
        person.called = alike(person.name)[:200]
        return person.called


class PhoneMarkField(models.CharField):
    """A keyed digest of a phone number: two alike are the same number, none leads back to it."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Read the number anew, unless it stands as it was sealed."""
        person = cast(Person, model_instance)
        phone = person.__dict__.get("phone")
        if not isinstance(phone, Sealed):
            person.phone_mark = phone_mark(phone or "")
        return person.phone_mark


def phone_mark(phone: str, version: int | None = None) -> str:
    """What two records with the same phone have in common.

    It is made under the field key that seals the number (the newest, by default); a rotation makes
    it anew together with the seal.
    """
    number = dialled(phone)
    key = derived_key("phone", version)
    return hmac.new(key, number.encode(), hashlib.sha256).hexdigest()[:32] if number else ""


def phone_marks(phone: str) -> list[str]:
    """The mark of a phone under every key there is: a rotation may be under way."""
    return [phone_mark(phone, version) for version in key_ring().keys] if dialled(phone) else []


class Person(CommunityModel):
    """Somebody in a community, known by name or alias. One name is enough."""

    name = models.CharField(max_length=200)
    alias = models.CharField(max_length=200, blank=True)
    searched = SearchedField(max_length=LONGEST_SEARCHED, default="", editable=False)
    gender = models.CharField(max_length=10, choices=Gender, default=Gender.UNSTATED)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="members"
    )
    occupation = models.CharField(max_length=120, blank=True)
    # The office somebody holds (village head, RT chair…); empty for almost everybody.
    office = models.CharField(max_length=120, blank=True)
    phone = ConfidentialField()
    # Where they take part, as labels between commas (PKK, karang taruna); see vocabulary.labels.
    groups = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=PersonStatus, default=PersonStatus.PRESENT)
    # How the spreadsheet that brought them calls them: ties refer to it, exports give it back.
    reference = models.CharField(max_length=80, blank=True)
    # By what two records of one person are found.
    called = CalledField(max_length=200, default="", editable=False)
    phone_mark = PhoneMarkField(max_length=32, default="", editable=False)

    read_from_others = ("searched", "called", "phone_mark")
    is_somebody = True

    class Meta(CommunityModel.Meta):
        indexes = [
            models.Index(
                fields=["community", "called"],
                condition=Q(withdrawn_in=None),
                name="person_as_called",
            ),
            models.Index(fields=["community", "name", "id"], name="person_by_name"),
            # By name through several communities; and by part of a name, gender or group, without
            # a look at the rows themselves.
            CoveringIndex(
                fields=["name", "id"],
                carries=["community", "searched", "gender", "groups", "withdrawn_in"],
                condition=Q(withdrawn_in=None),
                name="person_everywhere_by_name",
            ),
            models.Index(fields=["community", "reference"], name="person_by_reference"),
            models.Index(
                fields=["groups", "community", "withdrawn_in"],
                condition=Q(withdrawn_in=None) & ~Q(groups=""),
                name="person_by_groups",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **named: Any) -> None:
        """Keep what is read from others beside them, also where only these are saved."""
        if (fields := named.get("update_fields")) is not None:
            named["update_fields"] = {*fields, *self.read_from_others}
        super().save(*args, **named)

    @property
    def version(self) -> str:
        """Another one after each change. Of what is sealed only the seal goes into it."""
        values = [self.__dict__[each.attname] for each in self._meta.concrete_fields]
        content = [each.text if isinstance(each, Sealed) else str(each) for each in values]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:32]


class Encounter(CommunityModel):
    """A meeting of any kind that took place."""

    # The planned meeting that it was, if it was one.
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="encounters"
    )
    kind = models.CharField(max_length=20, choices=EncounterKind)
    held_on = models.DateField()
    # Only the month is known: `held_on` is its first day then.
    month_only = models.BooleanField(default=False)
    time_of_day = models.CharField(max_length=10, choices=TimeOfDay, blank=True)
    place = models.CharField(max_length=200, blank=True)
    initiated_by = models.CharField(max_length=10, choices=InitiatedBy, default=InitiatedBy.WORKER)
    # Everybody present, known by name or not.
    head_count = models.PositiveIntegerField(null=True, blank=True)
    # What was said. Sealed in any case; `open_summary` lets everybody who reads Listen read it.
    summary = ConfidentialField()
    open_summary = models.BooleanField(default=False)

    class Meta(CommunityModel.Meta):
        indexes = [models.Index(fields=["community", "-held_on", "id"], name="encounter_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(withdrawn_in=None), name="a_meeting_is_held_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.held_on}"


class Participation(CommunityModel):
    """Somebody's part in an encounter."""

    encounter = models.ForeignKey(Encounter, models.PROTECT, related_name="participations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="participations")
    part = models.CharField(max_length=10, choices=Part, default=Part.PRESENT)
    # Who had them come along, where somebody saw it.
    brought_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    belongs_with = ("person",)
    said_once = ("encounter", "person", "part")
    counted_by = "part"

    class Meta(CommunityModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["encounter", "person", "part"],
                condition=Q(withdrawn_in=None),
                name="a_part_in_an_encounter_counts_once",
            )
        ]

    def __str__(self) -> str:
        return self.part


class Promise(CommunityModel):
    """What somebody said they would do, and by when; or what a worker promised them."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="promises")
    what = models.CharField(max_length=500)
    made_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    # Promised to the person by whoever noted it, who is a worker: their follow-up.
    by_worker = models.BooleanField(default=False)
    # The decision of a meeting that it carries out, noted in the same entry.
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="promises"
    )

    belongs_with = ("person",)

    class Meta(CommunityModel.Meta):
        # Which are due is answered without a look at the rows themselves.
        indexes = [
            CoveringIndex(
                fields=["community", "due_on"],
                carries=["made_on", "id", "by_worker", "person", "stated_in", "withdrawn_in"],
                condition=Q(withdrawn_in=None),
                name="promise_by_due_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.made_on}"


class PromiseOutcome(CommunityModel):
    """What became of a promise; the latest counts."""

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="outcomes")
    outcome = models.CharField(max_length=10, choices=Outcome)
    noted_on = models.DateField()

    belongs_with = ("promise",)

    class Meta(CommunityModel.Meta):
        # Which promises are settled, likewise.
        indexes = [
            CoveringIndex(
                fields=["community"],
                carries=["promise", "withdrawn_in"],
                condition=Q(withdrawn_in=None),
                name="promises_settled",
            )
        ]

    def __str__(self) -> str:
        return self.outcome


class Concern(CommunityModel):
    """What somebody cares about, in their own words."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="concerns")
    # Where it was heard, if in an encounter that is noted.
    encounter = models.ForeignKey(
        Encounter, models.PROTECT, null=True, blank=True, related_name="concerns"
    )
    life_area = models.CharField(max_length=20, choices=LifeArea)
    # Sealed: people say what may bring them into danger.
    own_words = ConfidentialField()
    # How much it matters to them: 1 a little, 5 more than almost anything.
    depth = models.PositiveSmallIntegerField(null=True, blank=True)
    noted_on = models.DateField()

    belongs_with = ("person",)

    def __str__(self) -> str:
        return self.life_area


class SharedConcern(CommunityModel):
    """Somebody with whom a person shares a concern."""

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="shared")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    belongs_with = ("concern",)
    said_once = ("concern", "person")

    def __str__(self) -> str:
        return f"{self.pk}"


class Observation(CommunityModel):
    """A dated, signed judgement about a person on an anchored scale."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="observations")
    trait = models.CharField(max_length=20, choices=Trait)
    value = ConfidentialField()
    evidence = ConfidentialField()
    observed_on = models.DateField()
    observer = models.ForeignKey("core.Account", models.PROTECT, related_name="+")

    belongs_with = ("person",)

    class Meta(CommunityModel.Meta):
        indexes = [
            models.Index(fields=["person", "trait", "-observed_on"], name="observation_by_trait")
        ]

    def __str__(self) -> str:
        return self.trait


class PlannedVisit(CommunityModel):
    """Whom a worker means to meet, from which day on."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="planned_visits")
    worker = models.ForeignKey("core.Account", models.PROTECT, related_name="+")
    planned_on = models.DateField()
    # Why: facts that the reader's language puts into sentences. They rest on judgements.
    reasons = ConfidentialField()

    belongs_with = ("person",)
    speaks_of = ("reasons",)

    class Meta(CommunityModel.Meta):
        indexes = [models.Index(fields=["worker", "planned_on"], name="planned_visit_by_worker")]

    def __str__(self) -> str:
        return f"{self.planned_on}"


class VisitOutcome(CommunityModel):
    """What became of a planned visit; the latest counts. Put off, it stands on another day."""

    visit = models.ForeignKey(PlannedVisit, models.PROTECT, related_name="outcomes")
    result = models.CharField(max_length=10, choices=VisitResult)
    noted_on = models.DateField()
    later_on = models.DateField(null=True, blank=True)

    belongs_with = ("visit",)

    def __str__(self) -> str:
        return self.result
