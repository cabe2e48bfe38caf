"""The sample community: an invented village to try everything out on. Nobody in it is real.

The village grows in the order in which a village can be explained. Households come first, family by
family, until each hamlet has its people; then offices are filled, and a few people get a trade that
takes them through several hamlets. Ties follow: kin inside households and between them, neighbours
along the lane, friends of one's own age, workmates, and advice, which goes to a handful of people
in each hamlet. Hamlets are joined by few marriages and friendships, and by those who travel through
them: people without an office and without the most ties. So a good choice of whom to begin with is
neither a list of office-holders nor of the best connected. One hamlet lies beyond the ridge and
is joined to the others by even less. What workers learnt comes last: observations, encounters,
what was promised in them, and the meetings of groups.

Only people of 17 and more are listed. Names are put together by chance, and the 0800-000 numbers
belong to nobody. Words stand in community.toml; people grow in village.py, ties in ties.py, and
timeline.py says how the months are walked. Numbers are our choice unless they name a source: the
village is to look like one, and is not estimated from data.

The same seed gives the same village. `today` only moves its dates and years of birth.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from random import Random

from guyub.sample.concerns import SampleConcern, concerns
from guyub.sample.meetings import SampleMeeting, meetings
from guyub.sample.personas import Records, personas, with_personas
from guyub.sample.records import SampleEncounter, SampleObservation, SamplePromise
from guyub.sample.ties import SampleTie, Ties
from guyub.sample.village import SamplePerson, Village, words

# About a third of the people have been observed, some of them by two workers.
_OBSERVED = 137
_SEEN_BY_TWO = 0.2
_WORKERS = ("sari", "rudi", "budi")

# Most people wait and see. Active opponents (5) are chosen beforehand, never drawn.
_STANCES, _STANCE_WEIGHTS = (1, 2, 3, 4), (2, 5, 8, 2)
_OPPOSED = 5
_LEVELS, _LEVEL_WEIGHTS = (0, 1, 2, 3, 4), (1, 3, 4, 3, 1)
_LEVEL_TRAITS = ("initiative", "responsibility", "vision", "proactive", "openness", "influence")

# Workers have been about for 120 days. Kinds of encounters, and how many of each.
_WORK_BEGAN = 120
_ALONE = {"one_on_one": 24, "house_visit": 12}
_TOGETHER = {"group_talk": 11, "meeting": 7, "action": 3, "training": 2, "celebration": 1}

# What becomes of promises whose day has come, dealt in this order; "open" is overdue.
_PROMISES = 30
_OUTCOMES = ("kept", "kept", "broken", "kept", "open", "kept", "kept", "released", "kept", "broken")


@dataclass(frozen=True, kw_only=True)
class SampleCommunity:
    """The whole village as plain rows."""

    name: str
    began: date
    today: date
    dusun: tuple[str, ...]
    people: tuple[SamplePerson, ...]
    ties: tuple[SampleTie, ...]
    observations: tuple[SampleObservation, ...]
    encounters: tuple[SampleEncounter, ...]
    promises: tuple[SamplePromise, ...]
    concerns: tuple[SampleConcern, ...]
    meetings: tuple[SampleMeeting, ...]


def sample_community(*, today: date, seed: int = 1945) -> SampleCommunity:
    """Make up the village of this seed, with everything that is dated lying before today."""
    village = Village(seed, today)
    ties = Ties(village)
    encounters = _encounters(village)
    observations, promises = _observations(village), _promises(village, encounters)
    told = concerns(village, encounters, seed)
    noted = with_personas(
        village,
        Records(observations=observations, encounters=encounters, promises=promises),
        personas(village, tuple(ties.rows.values())),
    )
    return SampleCommunity(
        name=words()["name"],
        began=today - timedelta(days=_WORK_BEGAN),
        today=today,
        dusun=village.dusun,
        people=tuple(village.people.values()),
        ties=tuple(ties.rows.values()),
        observations=noted.observations,
        encounters=noted.encounters,
        promises=noted.promises,
        concerns=told,
        meetings=meetings(village, seed),
    )


def _observations(village: Village) -> tuple[SampleObservation, ...]:
    """What workers judged: of those who matter first, then of whoever they met."""
    rng = village.rng
    first = [*village.opponents, *village.bridging]
    first += [key for advisers in village.advisers.values() for key in advisers]
    first = list(dict.fromkeys(first))
    others = [key for key in village.people if key not in first]
    found = []
    for key in first + rng.sample(others, _OBSERVED - len(first)):
        worker = village.worker_of(key)
        traits = {"stance": _stance(village, key)}
        for trait in rng.sample(_LEVEL_TRAITS, rng.randint(1, 4)):
            traits[trait] = _level(village, key, trait)
        for trait, value in traits.items():
            found.append(_observation(village, key, trait, value, worker))
        if rng.random() < _SEEN_BY_TWO:
            second = rng.choice([name for name in _WORKERS if name != worker])
            for trait, value in traits.items():
                found.append(_observation(village, key, trait, _seen(rng, trait, value), second))
    return tuple(found)


def _stance(village: Village, person: str) -> int:
    if person in village.opponents:
        return _OPPOSED
    if person in village.bridging:
        return village.rng.choice((1, 2, 2, 3))
    return village.rng.choices(_STANCES, _STANCE_WEIGHTS)[0]


def _level(village: Village, person: str, trait: str) -> int:
    adviser = person in village.advisers[village.people[person].sub_community]
    if person in village.bridging or (adviser and trait == "influence"):
        return village.rng.choice((2, 3, 3, 4))
    return village.rng.choices(_LEVELS, _LEVEL_WEIGHTS)[0]


def _seen(rng: Random, trait: str, value: int) -> int:
    """What another worker makes of the same person: half of the time something else."""
    least, most = (1, 4) if trait == "stance" else (0, 4)
    return min(most, max(least, value + rng.choice((0, 0, 0, -1, 1, 2))))


def _observation(
    village: Village, person: str, trait: str, value: int, worker: str
) -> SampleObservation:
    evidence = ""
    low, high = (1, 5) if trait == "stance" else (1, 3)
    if value <= low or value >= high:
        evidence = words()["evidence"][trait]["low" if value <= low else "high"]
    return SampleObservation(
        person=person,
        trait=trait,
        value=value,
        evidence=evidence if village.rng.random() < 0.7 else "",
        observed_on=village.ago(1, _WORK_BEGAN - 10),
        observer=worker,
    )


def _encounters(village: Village) -> tuple[SampleEncounter, ...]:
    """Talks with one or two people, and gatherings; oldest first."""
    rng, texts = village.rng, words()["encounters"]
    kinds = [kind for kind, number in (_ALONE | _TOGETHER).items() for _ in range(number)]
    rng.shuffle(kinds)
    days = sorted((rng.randint(1, _WORK_BEGAN) for _ in kinds), reverse=True)
    decks = {name: _deck(rng, texts[name]) for name in texts}
    found = []
    for number, (kind, days_ago) in enumerate(zip(kinds, days, strict=True), start=1):
        dusun = rng.choice(village.dusun)
        who = _gathered(village, dusun, 1 if kind in _ALONE else rng.randint(5, 12))
        hamlet, first = village.hamlets[dusun], village.people[who[0]]
        text = next(decks["alone" if kind in _ALONE else kind if kind in decks else "together"])
        by_member = rng.random() < (0.1 if days_ago > _WORK_BEGAN / 2 else 0.35)
        at_home = f"rumah {first.name}"
        found.append(
            SampleEncounter(
                id=f"e{number:02}",
                held_on=village.today - timedelta(days=days_ago),
                kind=kind,
                who=who,
                place=at_home if kind == "house_visit" else rng.choice(hamlet["places"]),
                initiated_by="member" if by_member else "worker",
                summary=_sentence(text, first.name, rng.choice(hamlet["matters"]), dusun),
                by=hamlet["worker"],
            )
        )
    return tuple(found)


def _gathered(village: Village, dusun: str, number: int) -> tuple[str, ...]:
    """Who came. Those who travel and those who are asked for advice are met more often."""
    known = [key for key in village.living_in(dusun) if key in village.bridging]
    known += village.advisers[dusun]
    first = village.rng.choice(known if village.rng.random() < 0.3 else village.living_in(dusun))
    others = [key for key in village.living_in(dusun) if key != first]
    return (first, *village.rng.sample(others, number - 1))


def _sentence(text: str, name: str, matter: str, dusun: str) -> str:
    sentence = text.format(name=name, matter=matter, dusun=dusun)
    return sentence[0].upper() + sentence[1:]


def _deck(rng: Random, texts: Sequence[str]) -> Iterator[str]:
    """Each text once, in any order, before one comes again."""
    while True:
        yield from rng.sample(texts, len(texts))


def _promises(village: Village, encounters: Sequence[SampleEncounter]) -> tuple[SamplePromise, ...]:
    """What people took upon themselves in encounters, and what became of it."""
    rng, fates = village.rng, cycle(_OUTCOMES)
    found = []
    chosen = sorted(rng.sample(encounters, _PROMISES), key=lambda row: row.id)
    for encounter, what in zip(chosen, _deck(rng, words()["promises"]["what"]), strict=False):
        due_on = encounter.held_on + timedelta(days=rng.randint(5, 28))
        settled_after = rng.randint(2, 24)
        outcome = next(fates) if due_on < village.today else "open"
        settled_on = min(due_on, encounter.held_on + timedelta(days=settled_after))
        if outcome == "broken":  # nobody knows before the day has come
            settled_on = due_on + timedelta(days=1)
        found.append(
            SamplePromise(
                person=rng.choice(encounter.who),
                what=what,
                encounter=encounter.id,
                made_on=encounter.held_on,
                due_on=due_on,
                outcome=outcome,
                settled_on=None if outcome == "open" else settled_on,
                by=encounter.by,
            )
        )
    return tuple(found)
