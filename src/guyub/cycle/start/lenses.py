"""Start seen through the two lenses."""

from __future__ import annotations

import uuid

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guyub.core.actor import Actor
from guyub.core.lens import Figure, Lens
from guyub.cycle.map import queries as map_queries
from guyub.cycle.map.vocabulary import TieKind
from guyub.cycle.start.vocabulary import StartPermission


def individual(actor: Actor, person: uuid.UUID) -> Lens:
    """Who names somebody as one who spreads news well."""
    actor.demand(StartPermission.READ)
    ties = map_queries.ties_of(actor, person)
    names = {
        tie.from_person
        for tie in ties
        if tie.kind == TieKind.NOMINATION and tie.to_person == person
    }
    count = len(names)
    return Lens(
        step="start",
        title=_("Start"),
        question=_("Would you start with this person?"),
        sentence=ngettext(
            "%(count)s person named them as someone who spreads news well.",
            "%(count)s people named them as someone who spreads news well.",
            count,
        )
        % {"count": count},
        figures=(Figure(label=_("Named by"), value=count),),
    )


def community(actor: Actor) -> Lens:
    """Whom people here name when they are asked who spreads news well."""
    actor.demand(StartPermission.READ)
    found = map_queries.nominations(actor)
    return Lens(
        step="start",
        title=_("Start"),
        question=_("Who do I start with, and why?"),
        sentence=ngettext(
            "%(count)s person was named by others as someone who spreads news well.",
            "%(count)s people were named by others as people who spread news well.",
            found.named,
        )
        % {"count": localize(found.named)},
    )
