"""What the rules see of everybody who lives in a village, kept in step with what is noted.

To read a village of thousands anew takes a third of a second, and somebody notes something every
few minutes. So what was read is remembered, and after deeds that only add a conversation, a tie or
a person, the columns of those they are about are read again; after any other deed, everybody's.
"""

from __future__ import annotations

import uuid
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from threading import Lock
from typing import TYPE_CHECKING

from guyub.core import queries as core
from guyub.core.actor import Actor
from guyub.core.queries import Marks
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.queries import Contact, PersonRow
from guyub.cycle.listen.vocabulary import labels
from guyub.cycle.map import queries as map_queries

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# What the rules look at: the columns of the table of contacts that are about one person each.
COLUMNS = ("named_by", "ties", "bridges", "group_met", "last_on", "met")

# Deeds that change none of the columns, ...
_BESIDE = frozenset(
    {
        "core.note_export",
        "core.register_device",
        "listen.bring_in_observations",
        "listen.cancel_meeting",
        "listen.change_meeting",
        "listen.hold_meeting",
        "listen.invite",
        "listen.make_promise",
        "listen.name_theme",
        "listen.note_concern",
        "listen.note_decision",
        "listen.note_observation",
        "listen.plan_meeting",
        "listen.plan_visits",
        "listen.save_question",
        "listen.settle_promise",
        "listen.settle_visit",
        "listen.write_minutes",
        "map.note_asset",
        "start.answer_suggestion",
        "start.keep_bridges",
        "start.keep_candidates",
        "start.keep_plan",
    }
)

# ... and those that change them of the people they are about.
_ADDING = frozenset(
    {"listen.add_person", "listen.check_in", "listen.record_encounter", "map.report_tie"}
)

# More deeds than this, or people they are about, and all is read anew. Our choice.
_MOST_DEEDS, _MOST_PEOPLE = 200, 300

# Villages that are remembered. Our choice.
_MOST_KNOWN = 16


@dataclass(frozen=True, kw_only=True)
class Everybody:
    """People in the order in which they were noted, and a value of each column for each of them.

    places: where in that order somebody stands. homes, groups: in which community they live, and
    where they take part.
    last_on: the day of the last encounter as an ordinal, 0 where there was none.
    """

    people: list[uuid.UUID]
    places: dict[uuid.UUID, int]
    columns: dict[str, NDArray[np.int64]]
    homes: dict[uuid.UUID, uuid.UUID]
    groups: dict[uuid.UUID, frozenset[str]]


@dataclass(frozen=True)
class _Known:
    marks: Marks
    read: Everybody


_known: OrderedDict[tuple[frozenset[uuid.UUID], date], _Known] = OrderedDict()
# When people of a district were met whom its page looks at, under how far the logs had come.
_contacts: OrderedDict[
    tuple[frozenset[uuid.UUID], frozenset[uuid.UUID]],
    tuple[Marks, dict[uuid.UUID, Contact]],
] = OrderedDict()
_lock = Lock()


def everybody(actor: Actor, on: date, *, most: int) -> Everybody | None:
    """Everybody here as of now, from what is remembered and what was done since.

    Nothing where more than `most` people live here.
    """
    marks = core.marks(actor)
    with _lock:
        known = _known.get((actor.reach, on))
    read = _brought_up(actor, on, known, marks) if known else None
    if read is None and not listen.has_more_people(actor, most):
        read = read_everybody(actor, on)
    if read is None or len(read.people) > most:
        return None
    with _lock:
        _known[actor.reach, on] = _Known(marks, read)
        _known.move_to_end((actor.reach, on))
        while len(_known) > _MOST_KNOWN:
            _known.popitem(last=False)
    return read


def read_everybody(actor: Actor, on: date) -> Everybody:
    """Everybody here, read anew."""
    import numpy as np

    rows = listen.everybody(actor)
    none = {name: np.zeros(0, np.int64) for name in COLUMNS}
    nobody = Everybody(people=[], places={}, columns=none, homes={}, groups={})
    read = _with_ties(actor, _with_people(nobody, rows), None)
    return _with_groups(actor, on, _with_contacts(actor, read, None))


def contacts_of(actor: Actor, people: frozenset[uuid.UUID]) -> dict[uuid.UUID, Contact]:
    """When these people of a district were met, from what is remembered and what was done since."""
    marks, asked = core.marks(actor), (actor.reach, people)
    with _lock:
        known = _contacts.get(asked)
    found: dict[uuid.UUID, Contact] | None = None
    if known is not None:
        done = _followed(actor, known[0], marks)
        if done is not None:
            again = people.intersection(set().union(*_seen(actor, done).values()))
            found = known[1] | (listen.contacts(actor, again) if again else {})
    if found is None:
        found = listen.contacts(actor, people)
    with _lock:
        _contacts[asked] = (marks, found)
        _contacts.move_to_end(asked)
        while len(_contacts) > _MOST_KNOWN:
            _contacts.popitem(last=False)
    return found


def _followed(actor: Actor, then: Marks, now: Marks) -> dict[uuid.UUID, str] | None:
    """What was done since, where it can be followed; nothing where all has to be read anew."""
    if then == now:
        return {}
    done = core.deeds_between(actor, then, now, _MOST_DEEDS)
    return done if done is not None and set(done.values()) <= _BESIDE | _ADDING else None


def _brought_up(actor: Actor, on: date, known: _Known, marks: Marks) -> Everybody | None:
    """What was read, with what deeds have added since; nothing where it has to be read anew."""
    done = _followed(actor, known.marks, marks)
    if done is None:
        return None
    if not _ADDING & set(done.values()):
        return known.read
    read = known.read
    new: list[PersonRow] = []
    if noted := _deeds(done, "listen.add_person"):
        new = [row for row in listen.everybody(actor, added_in=noted) if row.id not in read.homes]
        if read.people and any(row.id < read.people[-1] for row in new):
            # Noted on a phone before those who are here: their place is among them.
            return None
    tied, met = {row.id for row in new}, {row.id for row in new}
    if reported := _deeds(done, "map.report_tie"):
        tied |= map_queries.tied_in(actor, reported)
    arrived = "listen.check_in" in done.values()
    seen = _seen(actor, done)
    met.update(*seen.values())
    read = _with_people(read, new)
    if len(tied) + len(met) > _MOST_PEOPLE:
        return None
    read = _with_ties(actor, read, frozenset(tied & read.homes.keys()))
    read = _with_contacts(actor, read, frozenset(met & read.homes.keys()))
    together = arrived or any(len(each) > 1 for each in seen.values())
    return _with_groups(actor, on, read) if together or any(row.groups for row in new) else read


def _seen(actor: Actor, done: Mapping[uuid.UUID, str]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """Of whom these deeds say that they took part in an encounter, for each encounter."""
    met = _deeds(done, "listen.record_encounter", "listen.check_in")
    return listen.seen_in(actor, met) if met else {}


def _deeds(done: Mapping[uuid.UUID, str], *actions: str) -> frozenset[uuid.UUID]:
    return frozenset(key for key, action in done.items() if action in actions)


def _with_people(read: Everybody, rows: Iterable[PersonRow]) -> Everybody:
    """Others beside them, of whom nothing is known yet."""
    import numpy as np

    rows = list(rows)
    if not rows:
        return read
    none = np.zeros(len(rows), np.int64)
    named = {row.id: frozenset(each.casefold() for each in labels(row.groups)) for row in rows}
    people = [*read.people, *(row.id for row in rows)]
    return Everybody(
        people=people,
        places={person: place for place, person in enumerate(people)},
        columns={name: np.concatenate((column, none)) for name, column in read.columns.items()},
        homes=read.homes | {row.id: row.community for row in rows},
        groups=read.groups | {person: groups for person, groups in named.items() if groups},
    )


def _with_ties(actor: Actor, read: Everybody, about: frozenset[uuid.UUID] | None) -> Everybody:
    """Who named these people (or all), and to whom they are tied, read anew."""
    if about == frozenset():
        return read
    named = map_queries.namings(actor, about)
    return _with_columns(read, about, {"named_by": named, **_tied(actor, read, about)})


def _with_contacts(actor: Actor, read: Everybody, about: frozenset[uuid.UUID] | None) -> Everybody:
    """When these people (or all) were met, read anew."""
    if about == frozenset():
        return read
    return _with_columns(read, about, _columns(listen.contacts(actor, about)))


def _columns(contacts: Mapping[uuid.UUID, Contact]) -> dict[str, Mapping[uuid.UUID, int]]:
    return {
        "last_on": {each: contact.last_on.toordinal() for each, contact in contacts.items()},
        "met": {each: contact.encounters for each, contact in contacts.items()},
    }


def _with_columns(
    read: Everybody,
    about: frozenset[uuid.UUID] | None,
    found: Mapping[str, Mapping[uuid.UUID, int]],
) -> Everybody:
    """What was found of these people (or all), nothing standing for 0."""
    wanted = read.people if about is None else list(about)
    places = [read.places[person] for person in wanted]
    columns = dict(read.columns)
    for name, values in found.items():
        column = read.columns[name].copy()
        column[places] = [values.get(person, 0) for person in wanted]
        columns[name] = column
    return replace(read, columns=columns)


def _tied(
    actor: Actor, read: Everybody, about: frozenset[uuid.UUID] | None
) -> dict[str, dict[uuid.UUID, int]]:
    """To how many others somebody is tied, and to how many of another smaller community."""
    tied: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    homes = read.homes
    for one, other in map_queries.pairs(actor, about):
        if one in homes and other in homes:
            tied[one].add(other)
            tied[other].add(one)
    return {
        "ties": {person: len(others) for person, others in tied.items()},
        "bridges": {
            person: sum(homes[each] != homes[person] for each in others)
            for person, others in tied.items()
        },
    }


def _with_groups(actor: Actor, on: date, read: Everybody) -> Everybody:
    """In how many encounters of late two or more of one's group took part."""
    import numpy as np

    from guyub.engine.field.suggestions import DRIFTING_DAYS

    lately: Counter[str] = Counter()
    since = on - timedelta(days=DRIFTING_DAYS - 1)
    for people in listen.seen_together(actor, since).values():
        if len(people) > 1:
            there = (read.groups.get(person, ()) for person in people)
            present = Counter(label for groups in there for label in groups)
            lately.update(label for label, count in present.items() if count > 1)
    met = [
        sum(lately[label] for label in read.groups.get(person, ())) if lately else 0
        for person in read.people
    ]
    return replace(read, columns=read.columns | {"group_met": np.array(met, np.int64)})
