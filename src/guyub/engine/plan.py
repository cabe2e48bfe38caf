"""The starting plan: whom to begin with, how far it reaches, beside the usual choices, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from guyub.engine.catalysts import Catalysts, catalysts
from guyub.engine.fairness import FairPlan, GroupReached, fair_catalysts
from guyub.engine.frame import Frame
from guyub.engine.groupings import OTHERS, group_number, grouping
from guyub.engine.heuristics import UsualChoice, usual_choices
from guyub.engine.influence import InfluenceModel, Spread, shown
from guyub.engine.most_wanted import most_wanted
from guyub.engine.reasons import Reason, assumptions, reasons_for
from guyub.engine.robustness import stays, word_for
from guyub.engine.spread import (
    Cascades,
    Reach,
    cascades,
    enough_worlds,
    interval,
    reach_of_any,
)
from guyub.engine.thresholds import adopted, habit_plan
from guyub.engine.unknown_ties import Possible, possible
from guyub.engine.wishes import counted, demand_enough, demand_fairness, named

# An aim that names a group which is to be reached above all begins so.
WANTED = "wanted:"

# People up to whom it is asked how firmly each stands: half a second. Our choice, a large village.
_MOST_FIRM = 5_000


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """One person of the plan. marginal_reach: how many they add to those before them.

    firm: how firmly they stand in it where some ties were told by one side only (`robustness`):
    sure, likely or one_of_several; empty where that was not asked.
    """

    id: str
    name: str
    marginal_reach: float
    reasons: tuple[Reason, ...]
    firm: str = ""


@dataclass(frozen=True, kw_only=True)
class Fairness:
    """What a plan that looks to every group does for each, and what it costs.

    by: what people are grouped by; aim: welfare or worst (see `fairness`), or wanted:NAME for a
    group that is to be reached above all (`most_wanted`). groups: by their names; of a wanted one
    it and the others.
    price: how many fewer are reached than by the plain plan, in the same worlds.
    """

    by: str
    aim: str
    groups: dict[str, GroupReached]
    price: Reach


@dataclass(frozen=True, kw_only=True)
class StartingPlan:
    """Whom to begin with.

    active: ids of those who have begun already. reach: of the plan and of the active together, with
    a 99 % interval. guarantee: what the plan adds to the active is at least this share of the best
    possible, with probability `confidence`. comparison: the usual choices, together with the
    active, in the same simulated worlds. fairness: where the plan looks to every group; the
    guarantee is then that of its aim, and the comparison begins with the plain plan. needs: how
    many others must have shown it to somebody; from 2 on it is a habit, nothing can be proved, and
    the comparison begins with the plan for news.
    """

    catalysts: tuple[Chosen, ...]
    active: tuple[str, ...]
    reach: Reach
    guarantee: float | None
    confidence: float | None
    comparison: dict[str, Reach]
    assumptions: tuple[Reason, ...]
    people: int
    ties: int
    seed: int
    spread: str
    fairness: Fairness | None = None
    needs: int = 1


def starting_plan(
    frame: Frame,
    count: int,
    *,
    seed: int = 1,
    spread: str = "model",
    excluded: Sequence[str] = (),
    active: Sequence[str] = (),
    weights: Mapping[str, float] | None = None,
    fair_by: str = "",
    aim: str = "welfare",
    needs: int = 1,
    model: InfluenceModel | None = None,
    firmness: bool = False,
    guess: bool = False,
) -> StartingPlan:
    """Choose `count` people of a frame to begin with.

    excluded: ids of people who must be left out; whoever stands against is left out in any case.
    active: ids of people who have begun already: the plan is what adds most to them. weights: for
    how much people count when they are reached, by their ids; everybody else counts for one. All
    that is said of reach is then said of weight. fair_by: a grouping of which every group is to be
    reached (`groupings`), as well as `aim` says; people then count for one. needs: how many others
    must have shown it to somebody, 1 for news, 2 or more for a habit (`thresholds`). firmness: ask
    how firmly each stands in the plan where ties are doubtful (not of a fair plan, nor of one for a
    habit). guess: count what may be between people nobody of whom was asked (`unknown_ties`).

    :raises EngineError: somebody named is not in the list, too few are left, people are in fewer
        than two groups, needs are below 1, or a habit is to reach every group.
    """
    demand_fairness(fair_by, weights, needs)
    places = {identifier: place for place, identifier in enumerate(frame.id)}
    begun = named(places, active)
    candidates = ~frame.opposed()
    candidates[np.concatenate((begun, named(places, excluded)))] = False
    demand_enough(count, candidates)
    counts = counted(places, weights)
    cascade = frame.spread(spread, model)
    usual = _usual(frame, cascade, count, candidates, seed)
    likely = _likely(frame, cascade, model, guess) if firmness or guess else None
    cascade = cascade if likely is None else likely.mean
    if fair_by:
        told = _fair(frame, cascade, fair_by, aim, count, candidates, begun, usual, seed)
    elif needs != 1:
        cascade = shown(cascade, model)
        told = _habit(frame, cascade, needs, count, candidates, begun, usual, counts, seed)
    else:
        drawn = likely if firmness else None
        told = _plain(frame, cascade, count, candidates, begun, usual, counts, seed, drawn)
    return told if likely is None else _with_guesses(told, likely)


def _with_guesses(told: StartingPlan, likely: Possible) -> StartingPlan:
    """What is taken for granted of those who were not asked."""
    ties = round(float(likely.unknown.chance.sum()))
    if not ties:
        return told
    asked = int(likely.unknown.asked.sum())
    facts = {"asked": asked, "people": told.people, "ties": ties}
    return replace(told, assumptions=(*told.assumptions, Reason(code="guessed", facts=facts)))


def _plain(
    frame: Frame,
    cascade: Spread,
    count: int,
    candidates: NDArray[np.bool_],
    begun: NDArray[np.int64],
    usual: Sequence[UsualChoice],
    counts: NDArray[np.float64] | None,
    seed: int,
    likely: Possible | None,
) -> StartingPlan:
    """The choice that reaches most, and how firmly each stands in it, if that is asked."""
    found = catalysts(
        cascade,
        count,
        seed=seed,
        excluded=~candidates,
        active=begun,
        rivals=_single(usual),
        weights=counts,
    )
    expected = found.estimate + begun.size if counts is None else None
    told = _told(frame, cascade, begun, found, usual, counts, seed, expected)
    if likely is None:
        return told
    firm = _firm(likely, found, ~candidates, begun, counts, seed)
    return replace(told, catalysts=tuple(map(_firmly, told.catalysts, firm)))


def _likely(
    frame: Frame, cascade: Spread, model: InfluenceModel | None, guess: bool
) -> Possible | None:
    """What may be there; the neutral models take ties as they were told."""
    return possible(frame, model, guess=guess) if cascade.name == "model" else None


def _firmly(chosen: Chosen, word: str) -> Chosen:
    return replace(chosen, firm=word)


def _firm(
    likely: Possible,
    found: Catalysts,
    excluded: NDArray[np.bool_],
    begun: NDArray[np.int64],
    counts: NDArray[np.float64] | None,
    seed: int,
) -> list[str]:
    """How firmly each chosen person stands in the plan; empty where no tie is doubtful."""
    if not likely.doubtful or likely.certain.network.size > _MOST_FIRM:
        return [""] * found.people.size
    share = stays(
        likely.certain,
        likely.there,
        found.people.size,
        seed=seed,
        excluded=excluded,
        active=begun,
        weights=counts,
    )
    return [word_for(float(share[person])) for person in found.people]


def _fair(
    frame: Frame,
    cascade: Spread,
    by: str,
    aim: str,
    count: int,
    candidates: NDArray[np.bool_],
    begun: NDArray[np.int64],
    usual: Sequence[UsualChoice],
    seed: int,
) -> StartingPlan:
    """A choice that looks to every group, played beside the plain one."""
    wanted = aim.removeprefix(WANTED)
    # One group is enough to be looked to above all.
    numbers, names = grouping(frame, by, fewest=2 if wanted == aim else 1)
    if wanted == aim:
        found = fair_catalysts(
            cascade, count, numbers, aim=aim, seed=seed, excluded=~candidates, active=begun
        )
    else:
        marks = numbers == group_number(names, wanted)
        found = most_wanted(cascade, count, marks, seed=seed, excluded=~candidates, active=begun)
        names = (wanted, OTHERS)
    beside = (UsualChoice(name="plain", plans=(found.plain,)), *usual)
    told = _told(frame, cascade, begun, found, beside, None, seed, None)
    groups = dict(zip(names, found.groups, strict=True))
    return replace(told, fairness=Fairness(by=by, aim=aim, groups=groups, price=found.price))


def _habit(
    frame: Frame,
    cascade: Spread,
    needs: int,
    count: int,
    candidates: NDArray[np.bool_],
    begun: NDArray[np.int64],
    usual: Sequence[UsualChoice],
    counts: NDArray[np.float64] | None,
    seed: int,
) -> StartingPlan:
    """People from whom a habit spreads far, beside the plan for news and the usual choices.

    What somebody adds is what would be lost without them: nobody moves anybody alone.
    """
    found = habit_plan(
        cascade, count, needs=needs, seed=seed, excluded=~candidates, active=begun, weights=counts
    )

    def taken_up(plan: NDArray[np.int64], worlds: int, first: int = seed) -> NDArray[np.float64]:
        together = np.concatenate((begun, plan))
        return adopted(cascade, together, needs, worlds=worlds, seed=first, weights=counts)

    worlds = found.reach.worlds
    order = np.argsort(-found.lost, kind="stable")
    usually = {
        choice.name: interval(
            np.concatenate(
                [
                    taken_up(plan, max(2, worlds // len(choice.plans)), seed + at)
                    for at, plan in enumerate(choice.plans)
                ]
            )
        )
        for choice in usual
    }
    return StartingPlan(
        catalysts=_chosen(frame, found.people[order], found.lost[order], None),
        active=tuple(frame.id[person] for person in begun),
        reach=found.reach,
        guarantee=None,
        confidence=None,
        comparison={"news": found.plain_reach, **usually},
        assumptions=assumptions(frame, cascade.name, needs),
        people=frame.size,
        ties=frame.source.size,
        seed=seed,
        spread=cascade.name,
        needs=needs,
    )


def _told(
    frame: Frame,
    cascade: Spread,
    begun: NDArray[np.int64],
    found: Catalysts | FairPlan,
    usual: Sequence[UsualChoice],
    counts: NDArray[np.float64] | None,
    seed: int,
    expected: float | None,
) -> StartingPlan:
    """A choice played beside the usual ones, with reasons. expected: its reach, where known."""
    worlds = enough_worlds(cascade, expected)
    together = np.concatenate((begun, found.people))
    played = cascades(cascade, together, worlds=worlds, seed=seed, first=True, weights=counts)
    return StartingPlan(
        catalysts=_chosen(
            frame,
            found.people,
            played.after(begun.size).marginal,
            played.after(begun.size),
        ),
        active=tuple(frame.id[person] for person in begun),
        reach=played.reach,
        guarantee=found.guarantee,
        confidence=found.confidence,
        comparison={
            choice.name: _reach(cascade, begun, choice, worlds, seed, counts) for choice in usual
        },
        assumptions=assumptions(frame, cascade.name),
        people=frame.size,
        ties=frame.source.size,
        seed=seed,
        spread=cascade.name,
    )


def _usual(
    frame: Frame, cascade: Spread, count: int, candidates: NDArray[np.bool_], seed: int
) -> tuple[UsualChoice, ...]:
    return usual_choices(
        cascade.network,
        count,
        seed=seed,
        candidates=candidates,
        nominated=frame.nominated(),
        leaders=frame.leader,
    )


def _single(usual: Sequence[UsualChoice]) -> list[NDArray[np.int64]]:
    """The usual choices in which chance has no part."""
    return [choice.plans[0] for choice in usual if len(choice.plans) == 1]


def _chosen(
    frame: Frame,
    people: NDArray[np.int64],
    adds: NDArray[np.float64],
    played: Cascades | None,
) -> tuple[Chosen, ...]:
    reasons = reasons_for(frame, people, played)
    return tuple(
        Chosen(id=frame.id[person], name=frame.name[person], marginal_reach=added, reasons=why)
        for person, added, why in zip(people, adds.tolist(), reasons, strict=True)
    )


def _reach(
    cascade: Spread,
    begun: NDArray[np.int64],
    choice: UsualChoice,
    worlds: int,
    seed: int,
    counts: NDArray[np.float64] | None,
) -> Reach:
    plans = [np.concatenate((begun, plan)) for plan in choice.plans]
    if len(plans) == 1:
        return cascades(cascade, plans[0], worlds=worlds, seed=seed, weights=counts).reach
    return reach_of_any(cascade, plans, worlds=worlds, seed=seed, weights=counts)
