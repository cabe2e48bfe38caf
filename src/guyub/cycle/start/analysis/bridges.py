"""Who holds a community together, where it has holes, and whom to introduce to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from guyub.core.actor import Actor
from guyub.core.errors import Refused
from guyub.core.query import query
from guyub.cycle.listen import queries as listen
from guyub.cycle.start.analysis.plans import MOST_DRAWN, frame_of
from guyub.cycle.start.vocabulary import StartPermission

if TYPE_CHECKING:
    from guyub.engine import Frame

# As many as a team can talk through in one meeting. Our choice.
_INTRODUCTIONS, _KEY, _BROKERS, _LOOSE, _THROUGH = 5, 5, 5, 8, 3

# With fewer ties nobody's surroundings can be called loose or tight. Our choice.
_FEWEST_TIES = 4

# "Near" is a friend of a friend: news goes further by chance only (Granovetter 1973 on weak ties;
# two steps are our choice).
_NEAR = 2


@query("start.draft_bridges", permission=StartPermission.READ)
def draft_bridges(actor: Actor) -> dict[str, Any]:
    """Bridges and holes of the opened community, worked out now: people by their identifiers.

    :raises Refused: no ties are known, or there are too many people to be looked at.
    """
    rows = listen.all_people(actor)
    if len(rows) > MOST_DRAWN:
        raise Refused(
            _("This works for up to %(most)s people at once. Open a smaller community.")
            % {"most": MOST_DRAWN}
        )
    seen = frame_of(actor, rows)
    network = seen.network()
    if not network.arcs:
        raise Refused(_("No ties are known yet: note who is tied to whom first."))
    people = [str(row.id) for row in rows]
    return {"on": seen.on.isoformat(), "people": network.size} | _found(seen, people)


def _found(seen: Frame, people: Sequence[str]) -> dict[str, Any]:
    from guyub.engine import (
        cohesion,
        external_internal,
        key_to_cohesion,
        key_to_reach,
        kinds_of_ties,
    )

    network, places = seen.network(), seen.sub_community
    whole = cohesion(network)
    few = min(_KEY, network.size - 1)
    leaning, near = key_to_cohesion(network, few), key_to_reach(network, few, within=_NEAR)
    kinds = kinds_of_ties(network, (places, seen.gender, seen.household), seen.leader)
    return {
        "ties": whole.ties,
        "components": whole.components,
        "giant_share": whole.giant_share,
        "isolates": int(whole.isolates.size),
        "deep": _deep(seen),
        "core": _core(seen, people),
        "cut_people": _named(people, whole.cut_people),
        "introductions": _introductions(seen, people),
        "leaning": {
            "people": _named(people, leaning.people),
            "with": 1.0 - leaning.before,
            "without": 1.0 - leaning.value,
        },
        "near": {"people": _named(people, near.people), "share": near.value},
        "kinds": asdict(kinds),
        # From -1 (all ties inside) to 1 (all lead out) to the share that leads out.
        "places": {
            label: (1.0 + index) / 2.0
            for label, index in external_internal(network, places).by_label.items()
        },
        "brokers": _brokers(seen, people),
        "loose": _loose(seen, people),
    }


def _deep(seen: Frame) -> dict[str, Any]:
    """How many belong to a group that holds together whoever leaves, one or two of them."""
    from guyub.engine import structural_cohesion

    embedded = structural_cohesion(seen.network(), deepest=3).embeddedness
    return {"one": float((embedded >= 2).mean()), "two": float((embedded >= 3).mean())}


def _core(seen: Frame, people: Sequence[str]) -> dict[str, Any] | None:
    """Who is tied to most while the others are not tied to each other, where there is such a core.

    None where no core can be looked for: nobody is tied, or everybody to everybody.
    """
    from guyub.engine import EngineError, core_periphery

    try:
        found = core_periphery(seen.network())
    except EngineError:
        return None
    return {"clear": found.clear, "people": _named(people, found.core) if found.clear else []}


def _introductions(seen: Frame, people: Sequence[str]) -> list[dict[str, Any]]:
    """Whom to introduce, never people in conflict; whoever stands against is left in peace."""
    import numpy as np

    from guyub.engine import TIE_KINDS, introductions

    conflict = seen.kind == TIE_KINDS.index("conflict")
    found = introductions(
        seen.network(),
        _INTRODUCTIONS,
        apart=zip(seen.source[conflict].tolist(), seen.target[conflict].tolist(), strict=True),
        left_out=np.flatnonzero(seen.opposed()),
    )
    return [
        {
            "people": _named(people, each.people),
            "through": _named(people, each.through[:_THROUGH]),
            "reasons": [asdict(reason) for reason in each.reasons],
        }
        for each in found
    ]


def _brokers(seen: Frame, people: Sequence[str]) -> list[list[Any]]:
    """Who stands between people of different places most often, and how often."""
    import numpy as np

    from guyub.engine import brokerage

    # A coordinator stands between people of one place; the other four roles join places.
    between = brokerage(seen.network(), seen.sub_community)[:, 1:].sum(axis=1)
    first = np.argsort(-between, kind="stable")[:_BROKERS].tolist()
    return [[people[each], int(between[each])] for each in first if between[each]]


def _loose(seen: Frame, people: Sequence[str]) -> list[list[Any]]:
    """Of whose ties fewest lead into one circle: how many ties, and their effective size."""
    import numpy as np

    from guyub.engine import structural_holes

    around, ties = structural_holes(seen.network()), seen.network().undirected.out_degree
    enough = np.flatnonzero(ties >= _FEWEST_TIES)
    order = np.argsort(around.constraint[enough], kind="stable")[:_LOOSE]
    return [
        [people[each], int(ties[each]), float(around.effective_size[each])]
        for each in enough[order].tolist()
    ]


def _named(people: Sequence[str], places: Any) -> list[str]:
    return [people[int(each)] for each in places]
