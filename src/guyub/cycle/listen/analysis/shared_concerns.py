"""What moves people: how widely, how deeply, where; and of whom nobody knows it yet."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from guyub.core.actor import Actor
from guyub.core.query import query
from guyub.cycle.listen import queries
from guyub.cycle.listen.analysis.days import today_here
from guyub.cycle.listen.analysis.stems import stems
from guyub.cycle.listen.queries import ConcernOf, ThemeRow, Villagers
from guyub.cycle.listen.vocabulary import LifeArea, ListenPermission

# The young are 16 to 30 (Law 40/2009), the old 60 and more (Law 13/1998); the rest our choice.
AGES = ((0, 15), (16, 30), (31, 45), (46, 59), (60, 150))


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What several care about: a life area, or a theme in it.

    members: who. share: of all who live here. depths: how many at each depth from 1 to 5, by what
    each of them cares about most; asked: how many of them were asked how much. places: for each
    community how many of those who live there, and the share of them.
    """

    life_area: LifeArea
    theme: ThemeRow | None
    members: frozenset[uuid.UUID]
    share: float
    depths: tuple[int, ...]
    asked: int
    places: tuple[tuple[uuid.UUID, int, float], ...]


@dataclass(frozen=True, kw_only=True)
class Unheard:
    """People alike in one thing (place, gender or age): how many, and how many of them were heard.

    value: a community, a gender, or the place of a band in AGES; None where it is not known.
    """

    kind: str
    value: uuid.UUID | str | int | None
    people: int
    heard: int


@dataclass(frozen=True, kw_only=True)
class ConcernsOverview:
    """What moves people here. heard: how many were heard; see guyub.cycle.listen.queries.heard."""

    people: int
    heard: int
    areas: tuple[Matter, ...]
    themes: tuple[Matter, ...]
    unheard: tuple[Unheard, ...]


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """Concerns of several people that share a word, and are in no theme yet."""

    word: str
    people: int
    concerns: tuple[uuid.UUID, ...]
    life_area: LifeArea


@query("listen.concerns_overview", permission=ListenPermission.WRITE)
def concerns_overview(actor: Actor) -> ConcernsOverview:
    """What moves people here, the widest first, and who has not been heard."""
    villagers, said = queries.villagers(actor), queries.concerns(actor)
    homes: Counter[uuid.UUID] = Counter()
    for each in villagers:
        homes[each.community] += each.people

    def matter(rows: list[ConcernOf], area: LifeArea, theme: ThemeRow | None) -> Matter:
        return _matter(rows, area, theme, homes)

    areas = [
        matter([each for each in said if each.life_area == area], area, None) for area in LifeArea
    ]
    themes = [
        matter([each for each in said if row.id in each.themes], row.life_area, row)
        for row in queries.themes(actor)
    ]
    heard = queries.heard_villagers(actor)
    return ConcernsOverview(
        people=homes.total(),
        heard=sum(each.people for each in heard),
        areas=_widest(each for each in areas if each.members),
        themes=_widest(themes),
        unheard=tuple(_unheard(actor, villagers, heard)),
    )


@query("listen.suggested_themes", permission=ListenPermission.WRITE)
def suggested_themes(actor: Actor) -> tuple[Suggested, ...]:
    """Concerns without a theme that share a word, those of the most people first."""
    from guyub.engine import shared_words

    said = [each for each in queries.statements(actor, loose=True) if each.own_words]
    found = [stems(each.own_words) for each in said]
    numbers = {person: place for place, person in enumerate({each.person for each in said})}
    shared = shared_words(
        [frozenset(bag) for bag in found], [numbers[each.person] for each in said]
    )
    suggested = []
    for each in shared:
        words = Counter(found[text][each.word] for text in each.texts)
        areas = Counter(said[text].life_area for text in each.texts)
        suggested.append(
            Suggested(
                # As most people say it; the stem itself is no word to read.
                word=min(words, key=lambda word: (-words[word], len(word), word)),
                people=each.people,
                concerns=tuple(said[text].id for text in each.texts),
                life_area=areas.most_common(1)[0][0],
            )
        )
    return tuple(suggested)


def _matter(
    rows: list[ConcernOf],
    area: LifeArea,
    theme: ThemeRow | None,
    homes: Counter[uuid.UUID],
) -> Matter:
    deepest: dict[uuid.UUID, int] = {}
    living: dict[uuid.UUID, uuid.UUID] = {}
    for each in rows:
        living[each.person] = each.community
        deepest[each.person] = max(deepest.get(each.person, 0), each.depth or 0)
    depths = Counter(deepest.values())
    places = Counter(living.values())
    return Matter(
        life_area=area,
        theme=theme,
        members=frozenset(deepest),
        share=len(deepest) / homes.total() if deepest else 0.0,
        depths=tuple(depths[depth] for depth in range(1, 6)),
        asked=len(deepest) - depths[0],
        places=tuple((place, count, count / homes[place]) for place, count in places.most_common()),
    )


def _widest(matters: Iterable[Matter]) -> tuple[Matter, ...]:
    return tuple(sorted(matters, key=lambda each: -len(each.members)))


def _unheard(
    actor: Actor, villagers: Iterable[Villagers], heard: Iterable[Villagers]
) -> Iterable[Unheard]:
    year = today_here(actor).year

    def band(each: Villagers) -> int | None:
        if each.birth_year is None:
            return None
        age = year - each.birth_year
        return next((place for place, (least, most) in enumerate(AGES) if least <= age <= most), 4)

    kinds: dict[str, Callable[[Villagers], uuid.UUID | str | int | None]] = {
        "place": lambda each: each.community,
        "gender": lambda each: each.gender.value,
        "age": band,
    }
    for kind, value_of in kinds.items():
        all_of, heard_of = (Counter[uuid.UUID | str | int | None]() for _each in range(2))
        for counted, rows in ((all_of, villagers), (heard_of, heard)):
            for alike in rows:
                counted[value_of(alike)] += alike.people
        for value, count in all_of.items():
            yield Unheard(kind=kind, value=value, people=count, heard=heard_of[value])
