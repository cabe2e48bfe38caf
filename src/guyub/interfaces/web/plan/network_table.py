"""The picture of a plan in words: everybody in it, in a table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from guyub.cycle.listen.vocabulary import Trait
from guyub.cycle.start.analysis import Picture, PlanRecord
from guyub.interfaces.submissions.scales import anchors


@dataclass(frozen=True, kw_only=True)
class NetworkRow:
    """Somebody in the table of the network. number: their place in the plan, 0 outside it."""

    person: str
    place: str
    group: str
    stance: str
    ties: int
    number: int


def network_rows(record: PlanRecord, picture: Picture) -> list[NetworkRow]:
    """Everybody who is drawn, whoever has most ties first."""
    ties = Counter(picture.ties)
    numbers = {each.id: number for number, each in enumerate(record.plan.catalysts, start=1)}
    stances = dict(anchors(Trait.STANCE))
    columns = zip(picture.people, picture.place, picture.group, picture.stance, strict=True)
    rows = [
        NetworkRow(
            person=person,
            place=place,
            group=group,
            stance=stances.get(stance, ""),
            ties=ties[each],
            number=numbers.get(person, 0),
        )
        for each, (person, place, group, stance) in enumerate(columns)
    ]
    return sorted(rows, key=lambda row: -row.ties)
