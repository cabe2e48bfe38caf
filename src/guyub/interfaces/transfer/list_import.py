"""From two spreadsheets to the deeds of one entry: what comes in, and what stays outside.

Nothing is written here. Whoever has looked at the preview performs the deeds as one entry, so that
they come in together or not at all, and go out again by one undo.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeVar

from guyub.core import queries as core
from guyub.core.action import Deed
from guyub.core.actions.communities import NewCommunity
from guyub.core.actor import Actor
from guyub.core.identifiers import new_identifier
from guyub.core.vocabulary import CommunityKind
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.actions.encounters import NewObservation
from guyub.cycle.listen.actions.list_import import MOST_ROWS, ManyObservations, ManyPeople
from guyub.cycle.listen.actions.people import NewPerson
from guyub.cycle.listen.vocabulary import Gender, Trait
from guyub.cycle.listen.vocabulary.person_fields import PERSON_FIELDS
from guyub.cycle.map.actions import ManyTies, ReportedTie
from guyub.cycle.map.vocabulary import ReportedBy, TieKind
from guyub.interfaces.transfer.columns import PeopleColumns, TieColumns

Row = TypeVar("Row")

# The fields of a person that a list fills with any text, and the column of each.
_TEXTS = {
    name: field.column
    for name, field in PERSON_FIELDS.items()
    if field.is_text and field.column and name != "name"
}


@dataclass(frozen=True, kw_only=True)
class ListImport:
    """What two files would bring in, before anything is written.

    new_places: sub-communities to be founded. unknown: ties that name people who are neither in the
    list nor here. selves: ties from someone to themselves. promises: counts of promises, which are
    not brought in: a promise is noted with its words.
    """

    deeds: tuple[Deed, ...]
    people: int
    new_places: tuple[str, ...]
    observations: int
    ties: int
    unknown: int
    selves: int
    promises: int


def prepare_import(
    actor: Actor, people: PeopleColumns | None, ties: TieColumns | None, *, today: date
) -> ListImport:
    """What these columns would bring into the opened community."""
    new = _NewPeople(actor, people, today) if people else None
    persons = dict(_known_people(actor))
    if new:
        persons |= new.identifiers
    rows, unknown, selves = _ties(ties, persons) if ties else ([], 0, 0)
    deeds: list[Deed] = []
    if new:
        deeds += [
            Deed(
                action="core.found_community",
                data=NewCommunity(id=place, name=name, kind=CommunityKind.DUSUN),
            )
            for name, place in new.founded.items()
        ]
        deeds += [
            Deed(action="listen.import_people", data=ManyPeople(rows=chunk))
            for chunk in _chunks(new.rows)
        ]
        deeds += [
            Deed(action="listen.import_observations", data=ManyObservations(rows=chunk))
            for chunk in _chunks(new.observations)
        ]
    deeds += [Deed(action="map.import_ties", data=ManyTies(rows=chunk)) for chunk in _chunks(rows)]
    return ListImport(
        deeds=tuple(deeds),
        people=len(new.rows) if new else 0,
        new_places=tuple(new.founded) if new else (),
        observations=len(new.observations) if new else 0,
        ties=len(rows),
        unknown=unknown,
        selves=selves,
        promises=sum(map(sum, people.deeds.values())) if people else 0,
    )


class _NewPeople:
    """The rows of a list of people, each with the identifier that ties will name."""

    def __init__(self, actor: Actor, people: PeopleColumns, today: date) -> None:
        # By its name alone, and as a list that was exported calls it.
        places = {name: place for place, _parent, name in core.communities_below(actor)[1:]}
        places |= {name: place for place, name in list(core.place_names(actor).items())[1:]}
        # In the order of the list, each once.
        wanted = dict.fromkeys(name for name in people.sub_community if name)
        self.founded = {name: new_identifier() for name in wanted if name not in places}
        places |= self.founded
        self.rows: list[NewPerson] = []
        self.identifiers: dict[str, uuid.UUID] = {}
        places_of_rows = []
        for place, reference in enumerate(people.id):
            if not reference or reference in self.identifiers:
                continue
            identifier = self.identifiers[reference] = new_identifier()
            places_of_rows.append(place)
            self.rows.append(_person(people, place, identifier, places))
        self.observations = [
            NewObservation(
                person=self.identifiers[people.id[place]],
                trait=Trait(trait),
                value=value,
                observed_on=today,
            )
            for trait, cells in people.traits.items()
            for place in places_of_rows
            if (value := cells[place]) is not None
        ]


def _person(
    people: PeopleColumns, place: int, identifier: uuid.UUID, places: dict[str, uuid.UUID]
) -> NewPerson:
    return NewPerson(
        id=identifier,
        reference=people.id[place],
        name=people.name[place],
        gender=Gender(people.gender[place]),
        birth_year=people.birth_year[place] or None,
        community=places.get(people.sub_community[place]),
        **{name: people.texts[column][place] for name, column in _TEXTS.items()},
    )


def _known_people(actor: Actor) -> Iterator[tuple[str, uuid.UUID]]:
    return ((row.reference, row.id) for row in listen.all_people(actor) if row.reference)


def _ties(ties: TieColumns, persons: dict[str, uuid.UUID]) -> tuple[list[ReportedTie], int, int]:
    rows, unknown, selves = [], 0, 0
    told = zip(
        ties.source.read(persons.get),
        ties.target.read(persons.get),
        ties.kind.read(TieKind),
        ties.mutual,
        ties.strength,
        ties.reported_by.read(ReportedBy),
        ties.reported_on,
        ties.reported_in,
        strict=True,
    )
    for one, other, kind, mutual, strength, reported_by, reported_on, source in told:
        if one is None or other is None:
            unknown += 1
        elif one == other:
            selves += 1
        else:
            rows.append(
                ReportedTie(
                    from_person=one,
                    to_person=other,
                    kind=kind,
                    mutual=mutual,
                    strength=strength or None,
                    reported_by=reported_by,
                    reported_on=reported_on,
                    source=source,
                )
            )
    return rows, unknown, selves


def _chunks(rows: Sequence[Row]) -> Iterator[tuple[Row, ...]]:
    remaining = iter(rows)
    while chunk := tuple(islice(remaining, MOST_ROWS)):
        yield chunk
