"""What the rules see of everybody who lives in a village, kept in step with what is noted.

To read a village of thousands anew takes a third of a second, and somebody notes something every
few minutes. So what was read is remembered, and after something is noted of few people, what is
about them is read again; after anything else, everybody's.
"""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from guyub.core.actor import Actor
from guyub.core.cache import Cache
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.queries import Contact, PersonRow
from guyub.cycle.listen.vocabulary import labels
from guyub.cycle.map import queries as map_queries

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Columns = Mapping[str, NDArray[np.int64]]

# What the rules look at: the columns of a circle that are about one person each.
COLUMNS = ("named_by", "ties", "bridges", "group_met", "last_on", "met")

# A few people; nothing stands for everybody.
Few = frozenset[uuid.UUID]


@dataclass(frozen=True, kw_only=True)
class PeopleColumns:
    """People in the order in which they were noted, and a value of each column for each of them.

    places: where in that order somebody stands. homes, groups: in which community they live, and
    where they take part. gatherings: who was there together of late.
    last_on: the day of the last encounter as an ordinal, 0 where there was none.
    """

    people: tuple[uuid.UUID, ...]
    places: Mapping[uuid.UUID, int]
    columns: Columns
    homes: Mapping[uuid.UUID, uuid.UUID]
    groups: Mapping[uuid.UUID, str]
    gatherings: Mapping[uuid.UUID, Few]


# The people of a village, or nothing where too many live there.
_everybody = Cache[PeopleColumns | None]()

# When people of a district were met whom its page looks at.
_contacts = Cache[Mapping[uuid.UUID, Contact]]()


def build_columns(actor: Actor, on: date, *, most: int) -> PeopleColumns | None:
    """Everybody here as of now; nothing where more than `most` people live here."""

    def read() -> PeopleColumns | None:
        return None if listen.has_more_people(actor, most) else read_everybody(actor, on)

    def follow(known: PeopleColumns | None, few: Few) -> PeopleColumns | None:
        found = _brought_up(actor, on, known, few) if known else None
        return found if found and len(found.people) <= most else None

    return _everybody.get(actor, (on, most), read, own=False, follow=follow)


def read_everybody(actor: Actor, on: date) -> PeopleColumns:
    """Everybody here, read anew."""
    import numpy as np

    nobody = PeopleColumns(
        people=(),
        places=MappingProxyType({}),
        columns=MappingProxyType({name: np.zeros(0, np.int64) for name in COLUMNS}),
        homes=MappingProxyType({}),
        groups=MappingProxyType({}),
        gatherings=MappingProxyType({}),
    )
    read = _with_ties(actor, _with_people(nobody, listen.all_people(actor)), None)
    return _with_groups(actor, on, _with_contacts(actor, read, None), None)


def contacts_of(actor: Actor, people: Few) -> Mapping[uuid.UUID, Contact]:
    """When these people of a district were met."""

    def read() -> Mapping[uuid.UUID, Contact]:
        return MappingProxyType(listen.contacts(actor, people))

    def follow(known: Mapping[uuid.UUID, Contact], few: Few) -> Mapping[uuid.UUID, Contact]:
        again = people & few
        if not again:
            return known
        others = {person: contact for person, contact in known.items() if person not in again}
        return MappingProxyType(others | listen.contacts(actor, again))

    return _contacts.get(actor, people, read, own=False, follow=follow)


def _brought_up(actor: Actor, on: date, known: PeopleColumns, few: Few) -> PeopleColumns | None:
    """What is known, with these few read again; nothing where they are not all that differs."""
    here = {row.id: row for row in listen.all_people(actor, among=few)}
    if any(_lives_elsewhere(known, person, here.get(person)) for person in few):
        return None
    new = [row for row in here.values() if row.id not in known.homes]
    if known.people and any(row.id < known.people[-1] for row in new):
        # Noted on a phone before those who are here: their place is among them.
        return None
    read = _with_people(known, new)
    if new:
        # Whoever was tied to them before has one tie more.
        ends = map_queries.tie_ends(actor, frozenset(row.id for row in new))
        few = few.union(*((one, other) for one, other, _named in ends))
    few &= read.homes.keys()
    read = _with_contacts(actor, _with_ties(actor, read, few), few)
    return _with_groups(actor, on, read, few, new=bool(new))


def _lives_elsewhere(known: PeopleColumns, person: uuid.UUID, row: PersonRow | None) -> bool:
    """Whether somebody who was here is not, or no longer in the same place and groups."""
    if person not in known.homes:
        return False
    now = row and (row.community, row.groups)
    return now != (known.homes[person], known.groups.get(person, ""))


def _with_people(read: PeopleColumns, rows: Iterable[PersonRow]) -> PeopleColumns:
    """Others beside them, of whom nothing is known yet."""
    import numpy as np

    rows = list(rows)
    if not rows:
        return read
    none = np.zeros(len(rows), np.int64)
    people = (*read.people, *(row.id for row in rows))
    homes = {row.id: row.community for row in rows}
    groups = {row.id: row.groups for row in rows if row.groups}
    columns = {name: np.concatenate((column, none)) for name, column in read.columns.items()}
    return replace(
        read,
        people=people,
        places=MappingProxyType({person: place for place, person in enumerate(people)}),
        columns=_read_only(columns),
        homes=MappingProxyType({**read.homes, **homes}),
        groups=MappingProxyType({**read.groups, **groups}),
    )


def _with_ties(actor: Actor, read: PeopleColumns, about: Few | None) -> PeopleColumns:
    """Who named these people (or all), and to whom they are tied, read anew.

    Ties to others count, and those to others of another small community.
    """
    if about == frozenset():
        return read
    homes = read.homes
    named: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    tied: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for one, other, names in map_queries.tie_ends(actor, about):
        if names:
            named[other].add(one)
        elif one in homes and other in homes:
            tied[one].add(other)
            tied[other].add(one)
    bridges = {
        person: sum(homes[each] != homes[person] for each in others)
        for person, others in tied.items()
    }
    found = {"named_by": _counts(named), "ties": _counts(tied), "bridges": bridges}
    return _with_columns(read, about, found)


def _counts(sets: Mapping[uuid.UUID, set[uuid.UUID]]) -> dict[uuid.UUID, int]:
    return {person: len(others) for person, others in sets.items()}


def _with_contacts(actor: Actor, read: PeopleColumns, about: Few | None) -> PeopleColumns:
    """When these people (or all) were met, read anew."""
    if about == frozenset():
        return read
    contacts = listen.contacts(actor, about)
    found = {
        "last_on": {each: contact.last_on.toordinal() for each, contact in contacts.items()},
        "met": {each: contact.encounters for each, contact in contacts.items()},
    }
    return _with_columns(read, about, found)


def _with_columns(
    read: PeopleColumns, about: Few | None, found: Mapping[str, Mapping[uuid.UUID, int]]
) -> PeopleColumns:
    """What was found of these people (or all), nothing standing for 0."""
    wanted = read.people if about is None else list(about)
    places = [read.places[person] for person in wanted]
    columns = dict(read.columns)
    for name, values in found.items():
        column = read.columns[name].copy()
        column[places] = [values.get(person, 0) for person in wanted]
        columns[name] = column
    return replace(read, columns=_read_only(columns))


def _with_groups(
    actor: Actor, on: date, read: PeopleColumns, about: Few | None, *, new: bool = True
) -> PeopleColumns:
    """In how many encounters of late two or more of one's group took part.

    about: whose encounters are read again. new: whether there are others than before.
    """
    import numpy as np

    from guyub.engine.field.suggestions import DRIFTING_DAYS

    since = on - timedelta(days=DRIFTING_DAYS - 1)
    others: dict[uuid.UUID, Few] = {}
    if about is not None:
        others = {key: there for key, there in read.gatherings.items() if not there & about}
    again = frozenset(read.gatherings.keys() - others.keys())
    found = others | listen.attendance_since(actor, since, about=about, known=again)
    if found == read.gatherings and not new:
        return read
    lately: Counter[str] = Counter()
    for people in found.values():
        present = Counter(label for person in people for label in _labels_of(read, person))
        lately.update(label for label, count in present.items() if count > 1)
    met = [
        sum(lately[label] for label in _labels_of(read, person)) if lately else 0
        for person in read.people
    ]
    columns = {**read.columns, "group_met": np.array(met, np.int64)}
    return replace(read, columns=_read_only(columns), gatherings=MappingProxyType(found))


def _read_only(columns: dict[str, NDArray[np.int64]]) -> Columns:
    for column in columns.values():
        column.setflags(write=False)
    return MappingProxyType(columns)


def _labels_of(read: PeopleColumns, person: uuid.UUID) -> frozenset[str]:
    return _labels(read.groups.get(person, ""))


@lru_cache(maxsize=4096)
def _labels(groups: str) -> frozenset[str]:
    return frozenset(each.casefold() for each in labels(groups))
