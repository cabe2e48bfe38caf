"""Who in a list may be here already under the same name. A hint for a reader: nobody is merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from guyub.cycle.listen.queries import PersonRow
from guyub.cycle.listen.vocabulary.spelling import alike
from guyub.interfaces.transfer.columns import PeopleColumns


def likely_duplicates(
    people: PeopleColumns, here: Sequence[PersonRow]
) -> list[tuple[int, tuple[PersonRow, ...]]]:
    """Places in the list whose name is here already, each with those who bear it."""
    bearers: dict[str, list[PersonRow]] = defaultdict(list)
    for row in here:
        bearers[alike(row.name)].append(row)
    found = []
    for place, name in enumerate(people.name):
        plain = alike(name)
        if plain and plain in bearers:
            found.append((place, tuple(bearers[plain])))
    return found
