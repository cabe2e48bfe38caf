"""Whom to learn about next: whose ties, once told, would change a plan most for the better?

To ask somebody settles the ties that only the other side told of, and all that nobody told of. So
ties of theirs are drawn as they may turn out; for each outcome a plan is made that knows them, and
held against the plan that does not, on sets that neither has seen. What the plans that know reach
more, on average, is what asking is worth (the expected value of sample information; Raiffa &
Schlaifer 1961). First a quick look says who is worth the trouble: in how many of the networks that
may be is somebody in the plan? Whoever surely is, or surely is not, need not be asked for it.

Where hardly anybody was asked, no model says anything yet. Then people are drawn by chance, and
beside each somebody whom those asked have named: those named are more central than those drawn
(Feld 1991; Wilder et al. 2018 start their samples so).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guyub.engine.diffusion.influence import InfluenceModel
from guyub.engine.diffusion.model import DiffusionModel
from guyub.engine.frame import Frame
from guyub.engine.plan.missing_ties import UncertainTies, uncertain_ties
from guyub.engine.randomness import seed_for
from guyub.engine.seeds.problem import SeedProblem, as_mask
from guyub.engine.seeds.reverse_reachable import ReverseSets, count_hits
from guyub.engine.seeds.robustness import plan_membership

# From which share of people on a plan is worth trusting: Wilder et al. (2018) reach nearly as far
# from the ties of 15 to 20 in a hundred as from all.
ENOUGH_ASKED = 0.15

# People looked at closely, outcomes drawn for each, networks of the quick look, and sets on which
# plans are made and judged. Our choice: about a second for a village of 400.
_CLOSELY, _OUTCOMES, _NETWORKS = 12, 5, 30
_SETS, _ENTRIES = 12_000, 400_000

_DRAWING, _CHOOSING, _JUDGING, _ASKING = 16, 17, 18, 19


@dataclass(frozen=True, kw_only=True)
class SurveyCandidate:
    """Somebody to ask about their ties.

    unknown: how many ties of theirs are likely still unknown. enters: in which share of the
    networks that may be they are in the plan. more: how many more people a plan is expected to
    reach once their ties are known; 0 where chance hides it, None where it was not looked at.
    """

    id: str
    name: str
    unknown: float
    enters: float
    more: float | None


@dataclass(frozen=True, kw_only=True)
class SurveyPlan:
    """Whom to ask next, and how many were asked.

    people: those first who are worth most. asked: how many of all told of their ties. enough: how
    many should have, before a plan is worth trusting.
    """

    people: tuple[SurveyCandidate, ...]
    asked: int
    enough: int


def survey_next(
    frame: Frame,
    count: int,
    *,
    most: int = 5,
    candidates: ArrayLike | None = None,
    spared: ArrayLike = (),
    seed: int = 1,
    model: InfluenceModel | None = None,
) -> SurveyPlan:
    """Whom to ask next for a plan of `count` people, `most` of them at most.

    candidates, seed: as for `SeedProblem`. spared: who is not to be asked, by number or
    mark. model: other numbers than those of Guyub's influence model.

    >>> from guyub.engine import Frame, survey_next
    >>> found = survey_next(Frame.of([f"p{number}" for number in range(20)]), 2)
    >>> len(found.people), found.asked, found.enough  # nobody was asked yet
    (3, 0, 3)

    :raises EngineError: there are fewer people to choose from than the plan is for.
    """
    found = uncertain_ties(frame, model)
    open_to = ~as_mask(spared, frame.size, "spared") & ~found.unknown.asked
    asked = int(found.unknown.asked.sum())
    enough = math.ceil(ENOUGH_ASKED * frame.size)
    problem = SeedProblem.of(found.certain, candidates=candidates, seed=seed)
    problem.demand(count)
    if asked < enough:
        people = _first_to_ask(frame, found, open_to, min(most, enough - asked), seed)
    elif found.doubtful:
        people = _most_worth(frame, found, open_to, problem, count, most)
    else:
        people = ()
    return SurveyPlan(people=people, asked=asked, enough=enough)


def _first_to_ask(
    frame: Frame, found: UncertainTies, open_to: NDArray[np.bool_], most: int, seed: int
) -> tuple[SurveyCandidate, ...]:
    """People drawn by chance, and in turn with them whom those asked have named most."""
    unknown = found.unknown
    generator = np.random.default_rng(int(seed_for(seed, _ASKING)))
    drawn = generator.permutation(np.flatnonzero(open_to))
    known = drawn[np.argsort(-unknown.named[drawn], kind="stable")]
    named = known[unknown.named[known] > 0]
    chosen: dict[int, None] = {}
    for turn in range(drawn.size):
        for people in (named, drawn):
            if turn < people.size:
                chosen.setdefault(int(people[turn]))
    expected = unknown.expected()
    return tuple(
        SurveyCandidate(
            id=frame.id[person],
            name=frame.name[person],
            unknown=float(expected[person]),
            enters=0.0,
            more=None,
        )
        for person in list(chosen)[:most]
    )


def _most_worth(
    frame: Frame,
    found: UncertainTies,
    open_to: NDArray[np.bool_],
    problem: SeedProblem,
    count: int,
    most: int,
) -> tuple[SurveyCandidate, ...]:
    """Those first whose ties, once known, let a plan reach most."""
    unsettled = np.where(open_to, _unsettled(found), 0.0)
    share = plan_membership(problem, found.there, count, networks=_NETWORKS)
    doubt = np.where(unsettled > 0.0, share * (1.0 - share), -1.0)
    order = np.lexsort((-unsettled, -doubt))
    order = order[unsettled[order] > 0.0][: max(most, _CLOSELY)]
    plain = _plan(replace(problem, diffusion=found.mean), count, problem.seed)
    worth = [_worth(found, problem, plain, int(person)) for person in order]
    candidates = [
        SurveyCandidate(
            id=frame.id[person],
            name=frame.name[person],
            unknown=float(unsettled[person]),
            enters=float(share[person]),
            more=max(0.0, more),
        )
        for person, more in zip(order, worth, strict=True)
    ]
    # What is nothing stands in the order of the quick look.
    return tuple(sorted(candidates, key=lambda each: -(each.more or 0.0))[:most])


def _unsettled(found: UncertainTies) -> NDArray[np.float64]:
    """How many ties of each person are likely there that asking them would settle."""
    network = found.certain.network
    doubtful = found.there < 1.0
    ends = network.out_sources[doubtful], network.out_targets[doubtful]
    # Each tie once, from whichever end: a guessed one has an arc each way.
    likely = np.where(found.guessed[doubtful], found.there[doubtful] / 2.0, found.there[doubtful])
    both = np.concatenate(ends)
    settled = np.bincount(both, np.tile(likely, 2), network.size)
    return settled.astype(np.float64)


def _plan(problem: SeedProblem, count: int, seed: int) -> NDArray[np.int64]:
    pool = ReverseSets(problem.backward, seed_for(seed, _CHOOSING))
    pool.grow(_SETS, _ENTRIES)
    return pool.coverage().greedy(count, problem.candidates)[0]


def _worth(
    found: UncertainTies, problem: SeedProblem, plain: NDArray[np.int64], person: int
) -> float:
    """How many more a plan reaches that knows this person's ties, over what they may be."""
    seed = problem.seed
    generator = np.random.default_rng(int(seed_for(seed + person, _DRAWING)))
    gained = 0.0
    for outcome in range(_OUTCOMES):
        known = replace(problem, diffusion=_as_if_asked(found, person, generator))
        plan = _plan(known, plain.size, seed + outcome)
        if set(plan) == set(plain):
            continue
        backward = known.backward
        judged = seed_for(seed + outcome, _JUDGING)
        hits, before = (count_hits(backward, judged, _SETS, each) for each in (plan, plain))
        gained += (hits - before) * backward.worth / _SETS
    return gained / _OUTCOMES


def _as_if_asked(
    found: UncertainTies, person: int, generator: np.random.Generator
) -> DiffusionModel:
    """The cascade once somebody has told of their ties, one way in which they may."""
    network, there = found.certain.network, found.there.copy()
    touching = (network.out_sources == person) | (network.out_targets == person)
    # How sociable they are is not known either: it is drawn from what is believed of them.
    shape = found.unknown.shape + float(found.unknown.named[person])
    sociable = generator.gamma(shape) / shape
    chance = np.where(found.guessed[touching], there[touching] * sociable, there[touching])
    others = np.where(
        network.out_sources[touching] == person,
        network.out_targets[touching],
        network.out_sources[touching],
    )
    # One coin for each acquaintance, whichever way the arc leads.
    there[touching] = generator.random(network.size)[others] < chance
    probability = (found.certain.probability * there).astype(np.float32)
    return replace(found.certain, probability=probability)
