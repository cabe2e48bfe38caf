"""What stands behind the figures of a community: every number opens into what it counts."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from guyub.core.actor import Actor
from guyub.core.lens import Figure
from guyub.core.permissions import Permission
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.vocabulary import OPEN_PROMISE, Condition, ConditionKind, ListenPermission
from guyub.cycle.map import queries as map_queries
from guyub.cycle.map.vocabulary import MapPermission
from guyub.interfaces.web.frame.question_address import question_address

# Lines on a page; our choice.
_AT_A_TIME = 50

_OPEN = Condition(kind=ConditionKind.PROMISE, choice=OPEN_PROMISE, least=1)


@dataclass(frozen=True, kw_only=True)
class CountedLine:
    """One of those counted: its own words, the people in it as (identifier, name), and more."""

    words: str
    people: tuple[tuple[uuid.UUID, str], ...] = ()
    more: str = ""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A list that only a figure leads to. lines: some of it, from a number on."""

    title: Any
    permission: Permission
    lines: Callable[[Actor, int, int], list[CountedLine]]
    sentence: Any = ""


def _encounters(actor: Actor, start: int, limit: int) -> list[CountedLine]:
    found = []
    for row in listen.encounters(actor, start=start, limit=limit):
        there = ngettext("%(count)s person", "%(count)s people", row.people) % {"count": row.people}
        noted = _("noted by %(name)s") % {"name": row.noted_by}
        day = date_format(row.held_on, "F Y" if row.month_only else "j M Y")
        more = [day, row.place, there, noted]
        found.append(CountedLine(words=str(row.kind.label), more=" · ".join(filter(None, more))))
    return found


def _households(actor: Actor, start: int, limit: int) -> list[CountedLine]:
    rows = listen.households(actor, start=start, limit=limit)
    return [CountedLine(words=row.label, people=row.members) for row in rows]


def _ties(actor: Actor, start: int, limit: int, *, bridging: bool = False) -> list[CountedLine]:
    rows = map_queries.newest_ties(actor, bridging=bridging, start=start, limit=limit)
    names = listen.names(actor, {each for row in rows for each in (row.from_person, row.to_person)})
    return [
        CountedLine(
            words="",
            people=tuple((each, names[each]) for each in (row.from_person, row.to_person)),
            more=str(row.kind.label),
        )
        for row in rows
        # Whoever was taken back is no longer here, and neither is the tie to them.
        if {row.from_person, row.to_person} <= names.keys()
    ]


def _bridging_ties(actor: Actor, start: int, limit: int) -> list[CountedLine]:
    return _ties(actor, start, limit, bridging=True)


_WITHOUT_CONFLICTS = gettext_lazy(
    "Who is tied to whom. Conflicts are counted, but stand only on the pages of those concerned."
)

COUNTED = {
    "encounters": Counted(
        title=gettext_lazy("Encounters"), permission=ListenPermission.READ, lines=_encounters
    ),
    "households": Counted(
        title=gettext_lazy("Households"), permission=ListenPermission.READ, lines=_households
    ),
    "ties": Counted(
        title=gettext_lazy("Ties"),
        permission=MapPermission.READ,
        lines=_ties,
        sentence=_WITHOUT_CONFLICTS,
    ),
    "bridging_ties": Counted(
        title=gettext_lazy("Bridging ties"),
        permission=MapPermission.READ,
        lines=_bridging_ties,
        sentence=_WITHOUT_CONFLICTS,
    ),
}


def figures_with_addresses(
    actor: Actor, slug: str, figures: list[Figure]
) -> list[tuple[Figure, str]]:
    """Each figure with where it opens; nowhere where the actor may not look."""
    return [(figure, _address(actor, slug, figure)) for figure in figures]


def _address(actor: Actor, slug: str, figure: Figure) -> str:
    if not figure.value:
        return ""
    if figure.counts == "people" and actor.may(ListenPermission.READ):
        return reverse("people", args=(slug,))
    if figure.counts == "open_promises" and actor.may(ListenPermission.WRITE):
        return question_address(slug, _OPEN)
    counted = COUNTED.get(figure.counts)
    if counted is None or not actor.may(counted.permission):
        return ""
    return f"{reverse('counted', args=(slug,))}?of={figure.counts}"


def counted_context(actor: Actor, of: str, page: int) -> dict[str, Any]:
    """A page of what a figure counts."""
    counted = COUNTED[of]
    actor.demand(counted.permission)
    start = (page - 1) * _AT_A_TIME
    further = counted.lines(actor, start + _AT_A_TIME, 1)
    return {
        "title": counted.title,
        "sentence": counted.sentence,
        "of": of,
        "between": ", " if of == "households" else " – ",
        "lines": counted.lines(actor, start, _AT_A_TIME),
        "before": page - 1,
        "after": page + 1 if further else 0,
    }
