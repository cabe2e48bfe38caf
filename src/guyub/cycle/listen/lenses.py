"""Listen seen through the two lenses."""

from __future__ import annotations

import uuid

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guyub.core.actor import Actor
from guyub.core.lens import Figure, Lens
from guyub.cycle.listen import queries
from guyub.cycle.listen.vocabulary import Outcome


def individual(actor: Actor, person: uuid.UUID) -> Lens:
    """What we heard from somebody."""
    card = queries.person(actor, person)
    promised = [each for each in card.promises if not each.by_worker]
    kept = sum(each.outcome == Outcome.KEPT for each in promised)
    return Lens(
        step="listen",
        title=_("Listen"),
        question=_("What moves this person?"),
        sentence=ngettext("We met %(count)s time.", "We met %(count)s times.", card.encounters)
        % {"count": card.encounters},
        figures=(
            Figure(label=_("Encounters"), value=card.encounters),
            Figure(label=_("Promises"), value=len(promised)),
            Figure(label=_("Promises kept"), value=kept),
        ),
    )


def community(actor: Actor) -> Lens:
    """Whom we know here, and whom we heard."""
    known = queries.counts(actor)
    return Lens(
        step="listen",
        title=_("Listen"),
        question=_("Who lives here, what moves them?"),
        sentence=_("%(heard)s of %(people)s people have been heard")
        % {"heard": localize(known.heard), "people": localize(known.people)},
        figures=(
            Figure(label=_("People"), value=known.people, counts="people"),
            Figure(label=_("Households"), value=known.households, counts="households"),
            Figure(label=_("Encounters"), value=known.encounters, counts="encounters"),
            Figure(label=_("Open promises"), value=known.promises_open, counts="open_promises"),
        ),
        done=known.heard / known.people if known.people else 0.0,
    )
