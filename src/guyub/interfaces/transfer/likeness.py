"""Who in a list may be here already under the same name. A hint for a reader: nobody is merged."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from guyub.cycle.listen.queries import PersonRow
from guyub.interfaces.transfer.columns import PeopleColumns

# How people are addressed, in Indonesian and its regions, and what stands before or after a name.
_SPOKEN = """
    pak bapak bp bu ibu mas mbak mbah mbok kang bang abang neng cak ning eyang nyai haji
    hajah h hj kh kyai kiai ki gus ustaz ustad ustadz ustadzah ust sdr sdri tn ny dr drs
    dra ir prof alm almh raden rd
"""
_HONORIFICS = frozenset(_SPOKEN.split())

_OTHER_THAN_WORDS = re.compile(r"[^\w]+|_+")


def plain_name(name: str) -> str:
    """A name without capitals, punctuation and forms of address: Hj. Siti-Aminah, siti aminah."""
    words = _OTHER_THAN_WORDS.sub(" ", name.replace("'", "").casefold()).split()
    called = [word for word in words if word not in _HONORIFICS]
    return " ".join(called or words)


def likely_again(
    people: PeopleColumns, here: Sequence[PersonRow]
) -> list[tuple[int, tuple[PersonRow, ...]]]:
    """Places in the list whose name is here already, each with those who bear it."""
    bearers: dict[str, list[PersonRow]] = defaultdict(list)
    for row in here:
        bearers[plain_name(row.name)].append(row)
    found = []
    for place, name in enumerate(people.name):
        plain = plain_name(name)
        if plain and plain in bearers:
            found.append((place, tuple(bearers[plain])))
    return found
