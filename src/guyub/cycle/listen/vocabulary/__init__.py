"""Words of Listen."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from guyub.core.permissions import Permission
from guyub.cycle.listen.vocabulary.permissions import ListenPermission


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

    @classmethod
    def at(cls, hour: int) -> TimeOfDay:
        """What people call this hour."""
        if hour < 11:
            return cls.MORNING
        if hour < 15:
            return cls.MIDDAY
        return cls.AFTERNOON if hour < 18 else cls.EVENING


# What is not a talk with one household: where people meet each other, and not only a worker.
GATHERINGS = frozenset(EncounterKind) - {EncounterKind.ONE_ON_ONE, EncounterKind.HOUSE_VISIT}

# In what people say what moves them: whoever took part was heard. Our choice: in a meeting, a
# training or a ceremony most say nothing of themselves.
CONVERSATIONS = frozenset(
    {EncounterKind.ONE_ON_ONE, EncounterKind.HOUSE_VISIT, EncounterKind.GROUP_TALK}
)


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
    ASKED = "asked", _("was asked to lead something")


class Outcome(TextChoices):
    """What became of a promise. A promise without an outcome is open."""

    KEPT = "kept", _("kept")
    BROKEN = "broken", _("broken")
    RELEASED = "released", _("dropped")


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


class LadderStep(TextChoices):
    """How far somebody has come; in the order of the engine's steps."""

    STRANGER = "stranger", _("stranger")
    CONTACT = "contact", _("contact")
    PARTICIPANT = "participant", _("participant")
    MEMBER = "member", _("member")
    DOER = "doer", _("doer")
    LEADER = "leader", _("leader")


class ConditionKind(TextChoices):
    """What can be asked of people; the words begin a sentence that its fields end."""

    PLACE = "place", _("live in")
    GENDER = "gender", _("are of the gender")
    AGE = "age", _("are of the age")
    GROUP = "group", _("take part in")
    OFFICE = "office", _("hold an office")
    HEARD = "heard", _("have been heard")
    MET = "met", _("were met in the last … days")
    ATTENDED = "attended", _("came to at least … of the last … gatherings")
    PART = "part", _("did so in encounters")
    PROMISE = "promise", _("have promises that are")
    CONCERN = "concern", _("care about")
    THEME = "theme", _("care about what belongs to")
    TIED = "tied", _("are tied to")
    LADDER = "ladder", _("have reached at least the step")
    STANCE = "stance", _("stand from … to …")
    TRAIT = "trait", _("show at least this much")


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One thing asked of people; which fields say something depends on the kind (see SLOTS).

    negated: people of whom it is not so. alternative: with it begins another way to be found; the
    conditions of one way all hold together.
    """

    kind: ConditionKind
    negated: bool = False
    alternative: bool = False
    which: uuid.UUID | None = None
    choice: str = ""
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, kw_only=True)
class Slots:
    """What a kind of condition needs (needs), may have (may), and who may ask it (permission).

    bounds: the numbers that its least and most may be.
    """

    permission: Permission
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    bounds: tuple[int, int] = (0, 1000)


_P = ListenPermission

# Nobody asks by what they may not read: the permission of a kind is that of the facts it rests on.
SLOTS: dict[ConditionKind, Slots] = {
    ConditionKind.PLACE: Slots(permission=_P.READ, needs=("which",)),
    ConditionKind.GENDER: Slots(permission=_P.READ, needs=("choice",)),
    ConditionKind.AGE: Slots(permission=_P.READ, needs=("least", "most"), bounds=(0, 150)),
    ConditionKind.GROUP: Slots(permission=_P.READ, needs=("choice",)),
    ConditionKind.OFFICE: Slots(permission=_P.READ),
    ConditionKind.HEARD: Slots(permission=_P.WRITE),
    ConditionKind.MET: Slots(permission=_P.WRITE, needs=("most",), bounds=(1, 3660)),
    ConditionKind.ATTENDED: Slots(
        permission=_P.WRITE,
        needs=("least", "most"),
        may=("choice", "which"),
        bounds=(1, 100),
    ),
    ConditionKind.PART: Slots(permission=_P.WRITE, needs=("choice", "least"), bounds=(1, 100)),
    ConditionKind.PROMISE: Slots(permission=_P.WRITE, needs=("choice", "least"), bounds=(1, 100)),
    ConditionKind.CONCERN: Slots(permission=_P.WRITE, may=("choice", "least"), bounds=(1, 5)),
    ConditionKind.THEME: Slots(permission=_P.WRITE, needs=("which",)),
    # Whom somebody is tied to is told by a later step, whose own door is asked as well.
    ConditionKind.TIED: Slots(permission=_P.WRITE, needs=("which",)),
    ConditionKind.LADDER: Slots(permission=_P.WRITE, needs=("choice",)),
    ConditionKind.STANCE: Slots(permission=_P.WRITE, needs=("least", "most"), bounds=(1, 5)),
    ConditionKind.TRAIT: Slots(permission=_P.WRITE, needs=("choice", "least"), bounds=(0, 4)),
}

# By these a list tells what people said in confidence, or how they are judged: it does not leave.
STAY_HERE = frozenset(
    {
        ConditionKind.HEARD,
        ConditionKind.CONCERN,
        ConditionKind.THEME,
        ConditionKind.PROMISE,
        ConditionKind.LADDER,
        ConditionKind.STANCE,
        ConditionKind.TRAIT,
    }
)

# What a person's promise may be, in a question.
OPEN_PROMISE = "open"

# Or open past its day, whoever promised it to whom.
OVERDUE_PROMISE = "overdue"

# The spectrum of allies: 1 active ally, 3 neutral, 5 active opponent.
STANCE_VALUES = range(1, 6)

# The other traits: 0 the opposite was seen, 4 seen again and again.
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
