"""People of the sample village who show what a plan looks for.

Four start things and are not the best connected: they keep what they promise, and workers see
initiative, responsibility, vision and action in them. The best connected of all talks loudly and
never keeps a promise. Somebody who ties places together is against it. A chance of its own chooses
them: the village was there before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from guyub.sample.records import SampleEncounter, SampleObservation, SamplePromise
from guyub.sample.ties import SampleTie
from guyub.sample.timeline import random_stream
from guyub.sample.village import Village, words

# What workers see in those who start things, and in who only talks.
_STARTER = {"initiative": 4, "responsibility": 4, "vision": 3, "proactive": 4}
_TALKER = {"initiative": 3, "responsibility": 1, "influence": 4}

_KEPT, _BROKEN = 2, 3

# When they were talked with, in days before today, and how long a promise runs.
_TALKED, _RUNS = (100, 70, 40), 14

_OPPOSED = 4


@dataclass(frozen=True, kw_only=True)
class Records:
    """What workers noted of the village."""

    observations: tuple[SampleObservation, ...]
    encounters: tuple[SampleEncounter, ...]
    promises: tuple[SamplePromise, ...]


@dataclass(frozen=True, kw_only=True)
class Personas:
    """Who shows what, by their ids."""

    starters: tuple[str, ...]
    talker: str
    opponent: str


def personas(village: Village, ties: Sequence[SampleTie]) -> Personas:
    """Choose them: of people without an office whom nobody asks for advice."""
    rng = random_stream("personas", village.seed)
    around = Counter(end for tie in ties for end in (tie.source, tie.target))
    home = {key: row.sub_community for key, row in village.people.items()}
    outside = Counter(
        end
        for tie in ties
        if home[tie.source] != home[tie.target] and tie.kind != "conflict"
        for end in (tie.source, tie.target)
    )
    special = {*village.opponents, *village.bridging}
    special |= {key for advisers in village.advisers.values() for key in advisers}
    plain = [
        key
        for key, row in village.people.items()
        if key not in special and not row.office and 24 < village.age(key) < 60
    ]
    talker = max(
        (key for key in village.people if key not in village.opponents), key=lambda key: around[key]
    )
    opponent = max((key for key in plain if key != talker), key=lambda key: outside[key])
    starters = []
    for dusun in village.dusun[:4]:
        here = sorted((key for key in plain if home[key] == dusun), key=lambda key: around[key])
        middle = [key for key in here[len(here) // 3 : 2 * len(here) // 3] if key != opponent]
        starters.append(rng.choice(middle))
    return Personas(starters=tuple(starters), talker=talker, opponent=opponent)


def with_personas(village: Village, found: Records, who: Personas) -> Records:
    """What workers noted, and what they noted of these people."""
    traits = dict.fromkeys(who.starters, _STARTER) | {who.talker: _TALKER}
    traits[who.opponent] = {"stance": _OPPOSED}
    kept = tuple(
        row
        for row in found.observations
        if row.trait not in traits.get(row.person, {})
        and not (row.person in who.starters and row.trait == "stance")
    )
    seen = tuple(
        _observation(village, person, trait, value)
        for person, values in traits.items()
        for trait, value in values.items()
    )
    encounters, promises = list(found.encounters), list(found.promises)
    told = words()["promises"]["what"]
    for place, (person, number) in enumerate(_talks(who)):
        talk = _talk(village, person, number, len(encounters) + 1)
        outcome = "kept" if person in who.starters else "broken"
        due_on = talk.held_on + timedelta(days=_RUNS)
        settled_on = due_on + timedelta(days=1) if outcome == "broken" else due_on
        encounters.append(talk)
        promises.append(
            SamplePromise(
                person=person,
                what=told[place % len(told)],
                encounter=talk.id,
                made_on=talk.held_on,
                due_on=due_on,
                outcome=outcome,
                settled_on=settled_on,
                by=talk.by,
            )
        )
    return replace(
        found,
        observations=(*kept, *seen),
        encounters=tuple(sorted(encounters, key=lambda row: row.held_on)),
        promises=tuple(promises),
    )


def _talks(who: Personas) -> list[tuple[str, int]]:
    kept = [(person, number) for person in who.starters for number in range(_KEPT)]
    return kept + [(who.talker, number) for number in range(_BROKEN)]


def _talk(village: Village, person: str, number: int, place: int) -> SampleEncounter:
    row = village.people[person]
    hamlet = village.hamlets[row.sub_community]
    texts = words()["encounters"]["alone"]
    matter = hamlet["matters"][place % len(hamlet["matters"])]
    text = texts[place % len(texts)].format(name=row.name, matter=matter, dusun=row.sub_community)
    return SampleEncounter(
        id=f"e{place:02}",
        held_on=village.today - timedelta(days=_TALKED[number]),
        kind="one_on_one",
        who=(person,),
        place=hamlet["places"][place % len(hamlet["places"])],
        initiated_by="worker",
        summary=text[0].upper() + text[1:],
        by=hamlet["worker"],
    )


def _observation(village: Village, person: str, trait: str, value: int) -> SampleObservation:
    # What is told of a stance is told of active allies and opponents.
    high_or_low = "high" if value > 2 else "low"
    evidence = "" if trait == "stance" else words()["evidence"][trait][high_or_low]
    return SampleObservation(
        person=person,
        trait=trait,
        value=value,
        evidence=evidence,
        observed_on=village.today - timedelta(days=_TALKED[-1]),
        observer=village.worker_of(person),
    )
