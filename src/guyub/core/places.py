"""How places are called so that nobody takes one for another."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable

from guyub.core.vocabulary import CommunityKind

# (id, parent, name, kind)
Place = tuple[uuid.UUID, uuid.UUID | None, str, str]


def villages_of(places: Iterable[Place]) -> dict[uuid.UUID, uuid.UUID | None]:
    """In which village each place lies: the largest community around it that is no network.

    A network lies in none. places: parents first.
    """
    found: dict[uuid.UUID, uuid.UUID | None] = {}
    for place, above, _name, kind in places:
        around = found.get(above) if above else None
        found[place] = around or (None if kind == CommunityKind.NETWORK else place)
    return found


def told_apart(places: tuple[Place, ...]) -> dict[uuid.UUID, str]:
    """What each place is called in a list that holds all of them; places: parents first.

    A hamlet is called with its village where there are several villages. Those called alike are
    called with what they lie in, step by step, until all are told apart or nothing is left to say.
    """
    above = {place: parent for place, parent, _name, _kind in places}
    name = {place: own for place, _parent, own, _kind in places}
    village = villages_of(places)
    several = len(set(village.values()) - {None}) > 1
    # What stands in the name of a place, from the inside out.
    said = {
        place: [place, around] if several and around and around != place else [place]
        for place, around in village.items()
    }
    called = _called(said, name)
    while alike := [place for place, often in _often(called).items() if often > 1]:
        longer = [place for place in alike if _say_more(said[place], above)]
        if not longer:
            break
        called |= _called({place: said[place] for place in longer}, name)
    return called


def _called(
    said: dict[uuid.UUID, list[uuid.UUID]], name: dict[uuid.UUID, str]
) -> dict[uuid.UUID, str]:
    return {place: ", ".join(name[each] for each in around) for place, around in said.items()}


def _often(called: dict[uuid.UUID, str]) -> dict[uuid.UUID, int]:
    counts = Counter(words.casefold() for words in called.values())
    return {place: counts[words.casefold()] for place, words in called.items()}


def _say_more(said: list[uuid.UUID], above: dict[uuid.UUID, uuid.UUID | None]) -> bool:
    """Add the nearest place around that is not said yet, in its order; False where all are said."""
    for number, place in enumerate(said):
        around = above.get(place)
        # What lies above the opened community is out of sight.
        if around in above and around not in said:
            said.insert(number + 1, around)
            return True
    return False
