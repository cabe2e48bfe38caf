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
from hashlib import blake2b
from types import MappingProxyType
from typing import TYPE_CHECKING

from guyub.core.actor import Actor
from guyub.core.cache import Cache
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.analysis import AGES
from guyub.cycle.listen.queries import Contact, PersonRow
from guyub.cycle.listen.vocabulary import Gender, labels
from guyub.cycle.map import queries as map_queries

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Columns = Mapping[str, NDArray[np.int64]]

# What the rules look at: the columns of a circle that are about one person each.
COLUMNS = (
    "named_by",
    "ties",
    "bridges",
    "group_met",
    "last_on",
    "met",
    "heard",
    "speaks_for",
    "calls",
    "child",
    "place",
    "household",
    "gender",
    "age",
)

# How much it says that nobody was heard of a hamlet, a gender, an age, a household. Our choice.
_SPEAKS_FOR = {"place": 2, "gender": 1, "age": 1, "household": 1}

# Whoever turns so old this year is asked for themselves: under it children (Law 35/2014 says 18;
# only the year of birth is known), as in the starting plan. Our choice.
_ADULT = 17

# A few people; nothing stands for everybody.
Few = frozenset[uuid.UUID]


@dataclass(frozen=True, kw_only=True)
class PeopleColumns:
    """People in the order in which they were noted, and a value of each column for each of them.

    places: where in that order somebody stands. rows: what lists say of them. gatherings: who was
    there together of late.
    last_on: the day of the last encounter as an ordinal, 0 where there was none. place, household,
    gender, age: a number for each, 0 where it is not known; speaks_for: see ContactTable.
    """

    people: tuple[uuid.UUID, ...]
    places: Mapping[uuid.UUID, int]
    columns: Columns
    rows: Mapping[uuid.UUID, PersonRow]
    gatherings: Mapping[uuid.UUID, Few]


# The people of a village, or nothing where too many live there.
_everybody = Cache[PeopleColumns | None]()

# When people of a district were met whom its page looks at.
_contacts = Cache[Mapping[uuid.UUID, Contact]]()

# Who of them was heard.
_heard = Cache[Few]()


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
        rows=MappingProxyType({}),
        gatherings=MappingProxyType({}),
    )
    read = _with_ties(actor, _with_people(on, nobody, listen.all_people(actor)), None)
    read = _with_parts(_with_contacts(actor, read, None))
    return _with_groups(actor, on, read, None)


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


def heard_of(actor: Actor, people: Few) -> Few:
    """Who of these people of a district was heard."""

    def follow(known: Few, few: Few) -> Few:
        again = people & few
        return (known - again) | listen.heard(actor, again) if again else known

    return _heard.get(actor, people, lambda: listen.heard(actor, people), own=False, follow=follow)


def _brought_up(actor: Actor, on: date, known: PeopleColumns, few: Few) -> PeopleColumns | None:
    """What is known, with these few read again; nothing where they are not all that differs."""
    here = {row.id: row for row in listen.all_people(actor, among=few)}
    if any(person in known.rows and known.rows[person] != here.get(person) for person in few):
        return None
    new = [row for row in here.values() if row.id not in known.rows]
    if known.people and any(row.id < known.people[-1] for row in new):
        # Noted on a phone before those who are here: their place is among them.
        return None
    read = _with_people(on, known, new)
    if new:
        # Whoever was tied to them before has one tie more.
        ends = map_queries.tie_ends(actor, frozenset(row.id for row in new))
        few = few.union(*((one, other) for one, other, _named in ends))
    few &= read.rows.keys()
    read = _with_parts(_with_contacts(actor, _with_ties(actor, read, few), few))
    return _with_groups(actor, on, read, few, new=bool(new))


def _with_people(on: date, read: PeopleColumns, rows: Iterable[PersonRow]) -> PeopleColumns:
    """Others beside them, of whom nothing is known yet but what lists say."""
    import numpy as np

    rows = list(rows)
    if not rows:
        return read
    none = np.zeros(len(rows), np.int64)
    people = (*read.people, *(row.id for row in rows))
    found = [_of_row(on, row) for row in rows]
    given = {name: np.array([each[name] for each in found], np.int64) for name in found[0]}
    columns = {
        name: np.concatenate((column, given.get(name, none)))
        for name, column in read.columns.items()
    }
    return replace(
        read,
        people=people,
        places=MappingProxyType({person: place for place, person in enumerate(people)}),
        columns=_read_only(columns),
        rows=MappingProxyType({**read.rows, **{row.id: row for row in rows}}),
    )


def _of_row(on: date, row: PersonRow) -> dict[str, int]:
    """The columns that follow from what lists say of somebody."""
    age = on.year - row.birth_year if row.birth_year else None
    return {
        "calls": int(bool(row.office)),
        "child": int(age is not None and age < _ADULT),
        "place": _number(str(row.community)),
        "household": _number(f"{row.community} {row.household}") if row.household else 0,
        "gender": 0 if row.gender == Gender.UNSTATED else _number(row.gender),
        "age": 0 if age is None else 1 + sum(age > oldest for _youngest, oldest in AGES[:-1]),
    }


@lru_cache(maxsize=4096)
def _number(word: str) -> int:
    """The same number for the same word, whoever else is there; of 63 bits, so that no two meet."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest()) >> 1


def _with_parts(read: PeopleColumns) -> PeopleColumns:
    """What people stand for of which nobody was heard."""
    import numpy as np

    heard = read.columns["heard"] > 0
    speaks_for = np.zeros(len(heard), np.int64)
    for name, worth in _SPEAKS_FOR.items():
        column = read.columns[name]
        new = ~np.isin(column, column[heard])
        # Whoever lives alone has no household; that a gender or an age is not known says nothing.
        speaks_for += worth * (new | (column == 0) if name == "household" else new & (column > 0))
    return replace(read, columns=_read_only({**read.columns, "speaks_for": speaks_for}))


def _with_ties(actor: Actor, read: PeopleColumns, about: Few | None) -> PeopleColumns:
    """Who named these people (or all), and to whom they are tied, read anew.

    Ties to others count, and those to others of another small community.
    """
    if about == frozenset():
        return read
    homes = {person: row.community for person, row in read.rows.items()}
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
    """When these people (or all) were met, and whether they were heard, read anew."""
    if about == frozenset():
        return read
    contacts = listen.contacts(actor, about)
    found = {
        "last_on": {each: contact.last_on.toordinal() for each, contact in contacts.items()},
        "met": {each: contact.encounters for each, contact in contacts.items()},
        "heard": dict.fromkeys(listen.heard(actor, about), 1),
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
    return _labels(read.rows[person].groups if person in read.rows else "")


@lru_cache(maxsize=4096)
def _labels(groups: str) -> frozenset[str]:
    return frozenset(each.casefold() for each in labels(groups))
