"""Words of Listen."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Gender(TextChoices):
    FEMALE = "female", _("female")
    MALE = "male", _("male")
    OTHER = "other", _("other")
    UNSTATED = "unstated", _("not stated")


class PersonStatus(TextChoices):
    PRESENT = "present", _("lives here")
    MOVED = "moved", _("moved away")
    DIED = "died", _("died")


class EncounterKind(TextChoices):
    ONE_ON_ONE = "one_on_one", _("one-on-one")
    HOUSE_VISIT = "house_visit", _("house visit")
    GROUP_TALK = "group_talk", _("group talk")
    MEETING = "meeting", _("meeting")
    ACTION = "action", _("action")
    TRAINING = "training", _("training")
    SERVICE = "service", _("service")
    CELEBRATION = "celebration", _("ritual or celebration")
    ONLINE = "online", _("online")


class TimeOfDay(TextChoices):
    """When in the day people met, as far as a worker remembers; empty where nobody does."""

    MORNING = "morning", _("morning")
    MIDDAY = "midday", _("midday")
    AFTERNOON = "afternoon", _("afternoon")
    EVENING = "evening", _("evening")
    UNKNOWN = "", _("not known")


class InitiatedBy(TextChoices):
    """Who made an encounter happen: self-reliance counts this."""

    WORKER = "worker", _("worker")
    MEMBER = "member", _("member")


class Part(TextChoices):
    """What somebody did in an encounter."""

    PRESENT = "present", _("was there")
    SPOKE = "spoke", _("spoke")
    HOSTED = "hosted", _("hosted")
    ORGANISED = "organised", _("organised it")
    BROUGHT = "brought", _("brought others")


class Outcome(TextChoices):
    """What became of a promise. A promise without an outcome is open."""

    KEPT = "kept", _("kept")
    BROKEN = "broken", _("broken")
    RELEASED = "released", _("released")


class VisitResult(TextChoices):
    """What became of a planned visit. One without a result stands as planned."""

    MET = "met", _("met")
    LATER = "later", _("put off")
    DROPPED = "dropped", _("dropped")


class Trait(TextChoices):
    STANCE = "stance", _("stance")
    INITIATIVE = "initiative", _("initiative")
    RESPONSIBILITY = "responsibility", _("responsibility for the future")
    VISION = "vision", _("vision")
    PROACTIVE = "proactive", _("proactive")
    OPENNESS = "openness", _("openness to change")
    INFLUENCE = "influence", _("influence")


class LifeArea(TextChoices):
    """The eight areas of life in which something may get better."""

    JOBS = "jobs", _("jobs")
    HOUSING = "housing", _("housing")
    ENVIRONMENT = "environment", _("environment")
    BUSINESS = "business", _("business")
    EDUCATION = "education", _("education")
    HEALTH = "health", _("health")
    SAFETY = "safety", _("safety")
    SOCIAL_CAPITAL = "social_capital", _("social capital")


# The spectrum of allies: 1 active ally, 3 neutral, 5 active opponent.
STANCE_VALUES = range(1, 6)

# The other traits: 0 nothing of it seen, 4 seen again and again.
TRAIT_VALUES = range(5)


def labels(text: str) -> tuple[str, ...]:
    """The labels between the commas of a text, each once, however it was typed."""
    found: dict[str, str] = {}
    for part in text.replace(";", ",").split(","):
        label = " ".join(part.split())
        if label:
            found.setdefault(label.casefold(), label)
    return tuple(found.values())


def values_of(trait: Trait) -> range:
    """The values that an observation of this trait may have."""
    return STANCE_VALUES if trait == Trait.STANCE else TRAIT_VALUES
