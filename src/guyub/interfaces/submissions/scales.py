"""What each value of an observation means, in words that two workers read alike."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guyub.cycle.listen.vocabulary import Trait, values_of

_STANCES = {
    1: _("active ally"),
    2: _("passive ally"),
    3: _("neutral"),
    4: _("passive opponent"),
    5: _("active opponent"),
}

# Nothing is noted of what nobody saw: 0 is the opposite, and can be seen as well.
_OPPOSITES = {
    Trait.INITIATIVE: _("waits to be told"),
    Trait.RESPONSIBILITY: _("leaves it to others"),
    Trait.VISION: _("says nothing can change"),
    Trait.PROACTIVE: _("acts only once it has gone wrong"),
    Trait.OPENNESS: _("refuses what is new"),
    Trait.INFLUENCE: _("nobody follows what they say"),
}
_SEEN = {
    1: _("seen seldom"),
    2: _("seen now and then"),
    3: _("seen often"),
    4: _("seen again and again"),
}

# What to look for, in a sentence that a worker can answer from what they saw.
QUESTIONS = {
    Trait.STANCE: _("Where do they stand on what people want to change here?"),
    Trait.INITIATIVE: _("Do they begin things without being asked?"),
    Trait.RESPONSIBILITY: _("Do they care for what comes after them?"),
    Trait.VISION: _("Can they say what this place could be?"),
    Trait.PROACTIVE: _("Do they act before a problem grows?"),
    Trait.OPENNESS: _("Do they try what is new to them?"),
    Trait.INFLUENCE: _("Do others do what they say?"),
}


def anchors(trait: Trait) -> list[tuple[int, str]]:
    """The values of a trait, each with its words."""
    words = _STANCES if trait == Trait.STANCE else {0: _OPPOSITES[trait], **_SEEN}
    return [(value, str(words[value])) for value in values_of(trait)]


def anchor(trait: Trait, value: int) -> str:
    """The words of one value."""
    return dict(anchors(trait))[value]
