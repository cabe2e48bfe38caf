"""Map seen through the two lenses."""

from __future__ import annotations

import uuid

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guyub.core.actor import Actor
from guyub.core.lens import Figure, Lens
from guyub.cycle.map import queries


def individual(actor: Actor, person: uuid.UUID) -> Lens:
    """Whom somebody is tied to."""
    ties = queries.ties_of(actor, person)
    neighbours = {tie.from_person for tie in ties} | {tie.to_person for tie in ties}
    count = len(neighbours - {person})
    return Lens(
        step="map",
        title=_("Map"),
        question=_("Who is this person tied to?"),
        sentence=ngettext("Tied to %(count)s person.", "Tied to %(count)s people.", count)
        % {"count": count},
        figures=(Figure(label=_("Ties"), value=len(ties)),),
    )


def community(actor: Actor) -> Lens:
    """How closely people here are tied."""
    found = queries.counts(actor)
    return Lens(
        step="map",
        title=_("Map"),
        question=_("Who is tied to whom, what do we have?"),
        sentence=_("%(ties)s ties, %(bridging)s of them between smaller communities")
        % {"ties": localize(found.ties), "bridging": localize(found.bridging)},
        figures=(
            Figure(label=_("Ties"), value=found.ties, counts="ties"),
            Figure(
                label=_("Bridging ties"),
                value=found.bridging,
                sentence=_("They lead from one smaller community to another."),
                counts="bridging_ties",
            ),
        ),
    )
